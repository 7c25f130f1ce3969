//! The one writer of a site: decides, commits, and only then lets answers and intents leave.
