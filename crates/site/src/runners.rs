//! The tasks that touch the world: buses, messages.
