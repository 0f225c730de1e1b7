//! Ways of showing findings to a person; one file each.

pub mod terminal;
