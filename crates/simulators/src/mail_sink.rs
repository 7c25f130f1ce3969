//! A mail server for demonstrations and tests: accepts SMTP on loopback and keeps what came.
