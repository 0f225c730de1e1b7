//! The map.
pub mod calendar;
pub mod finding;
pub mod intake;
pub mod place;
pub mod sheet;
pub mod value;
