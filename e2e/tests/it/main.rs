//! Browser tests: the harness itself. Stories by persona come beside it, in a folder each: courier, resident, staff.

mod harness;
