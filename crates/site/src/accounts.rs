//! Staff accounts: passwords, sessions, one-time links.
