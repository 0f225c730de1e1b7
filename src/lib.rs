//! The map.
pub mod place;
pub mod finding;
pub mod sheet;
pub mod value;
pub mod calendar;
pub mod intake;
