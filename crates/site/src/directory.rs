//! Names and addresses: reading, searching, importing. Erasable, and never in the ledger.
