//! What files gave, out as open data and back: tidy tables for anybody, and all that a consolidation needs besides.
//!
//! [`write()`] gives an export: a CSV per kind with its columns as the kind declares them, their description for programs
//! (`datapackage.json`, `csv-metadata.json`), and [`KEPT`], which holds what no table shows: sources,
//! findings, tables, settings. [`read()`] gives the same deliveries back, or says what is not as it was written.
//! Neither knows a kind, nor where the files lie.

mod back;
mod columns;
mod kept;
mod neutral;
mod package;
mod rows;
mod sum;

use std::io::{self, Write};

use serde_json::Value;

use crate::delivery::Deliveries;
use crate::finding::Lang;
use crate::kinds::{KINDS, Kind};
use crate::settings::Settings;

pub use back::{Damage, Export, is_package, merge, read};
use sum::{Sum, Summed};

/// The name of the description of the tables.
pub const PACKAGE: &str = "datapackage.json";
/// The name of the file with what no table shows: for `run --from-export`, not for publication.
pub const KEPT: &str = "provenienza.json";
/// The name of the description of the tables as CSV on the Web.
const CSVW: &str = "csv-metadata.json";
/// The version of all of this.
const SCHEMA: &str = "allegati-export/1";

/// What an export says of itself besides its records.
#[derive(Debug)]
pub struct About<'a> {
    /// The settings of the folder.
    pub settings: &'a Settings,
    /// The settings file, as it was written, when there is one.
    pub settings_text: Option<String>,
    /// The language of descriptions.
    pub lang: Lang,
}

/// Makes a file of an export to write to, by its name.
pub type Create<'a> = dyn FnMut(&str) -> io::Result<Box<dyn Write>> + 'a;

/// The name of a kind's table.
fn csv_name(kind: &Kind) -> String {
    format!("{}.csv", kind.id)
}

/// Writes an export, its files in a fixed order, [`PACKAGE`] last. The same deliveries give the same bytes.
///
/// # Errors
/// When a file cannot be made or written.
pub fn write(deliveries: &mut Deliveries, about: &About<'_>, create: &mut Create<'_>) -> io::Result<()> {
    let tables: Vec<kept::Tables> = deliveries.files.iter_mut().map(kept::Tables::of).collect();
    let mut written = Vec::new();
    for kind in KINDS {
        let mut file = Summed::new(create(&csv_name(kind))?);
        let rows = rows::write(kind, deliveries, &tables, &mut file)?;
        written.push(package::Table { kind, rows, sum: file.finish()? });
    }
    let mut files: Vec<(&str, Sum)> = Vec::new();
    let csvw = package::csvw(deliveries, about, &written);
    files.push((CSVW, write_json(&csvw, &mut create(CSVW)?)?));
    let kept = kept::of(deliveries, &tables, about, &written);
    let kept = serde_json::to_value(kept).map_err(io::Error::other)?;
    files.push((KEPT, write_json(&kept, &mut create(KEPT)?)?));
    let package = package::package(deliveries, about, &written, &files);
    write_json(&package, &mut create(PACKAGE)?).map(drop)
}

fn write_json(value: &Value, file: &mut dyn Write) -> io::Result<Sum> {
    let mut file = Summed::new(file);
    writeln!(file, "{value:#}")?;
    file.finish()
}
