//! Consolidates the monitoring sheets of a public body's offices into the workbook of Allegati 1–3.
//!
//! Data walks through the modules in one direction, in the order they stand here: files become sheets, sheets become
//! tables, tables become records, records become scores, and all of it becomes a workbook, a JSON and a list of
//! findings. A module uses only modules above it.

pub mod memo;
pub mod place;
pub mod finding;
pub mod sheet;
pub mod value;
pub mod calendar;
pub mod settings;
pub mod earlier;
pub mod kinds;
pub mod intake;
pub mod recognise;
pub mod parse;
pub mod score;
pub mod outcome;
pub mod delivery;
pub mod exchange;
pub mod write;
pub mod verify;
pub mod pipeline;
