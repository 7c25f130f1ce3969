//! The configuration file of the process: paths, listening, mail, buses. What the site itself chooses is in its policy.
