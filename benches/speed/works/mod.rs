//! What is measured, in the order of the table.

mod growth;
mod peers;
mod reading;
mod stages;
mod starting;
mod whole;
mod writing;

use crate::harness::Work;

/// Makes a work of this name, its inputs too; nothing when it cannot be done here.
type Make = fn(&'static str) -> Option<Work>;

/// Every work by name.
pub fn all() -> Vec<(&'static str, Make)> {
    [whole::WORKS, writing::WORKS, starting::WORKS, growth::WORKS, reading::WORKS, stages::WORKS, peers::WORKS].concat()
}
