//! What files gave, out as open data and back: tidy tables for anybody, and all that a consolidation needs besides.
//!
//! [`write()`] gives an export: a CSV and a Parquet per kind with its columns as the kind declares them, their description
//! for programs (`datapackage.json`, `csv-metadata.json`) and for people (`dizionario.html`), and [`KEPT`], which holds
//! what no table shows: sources, findings, tables, settings. [`read()`] gives the same deliveries back, or says what is not as it was written.
//! Neither knows a kind, nor where the files lie.

mod back;
mod columns;
mod dictionary;
mod kept;
mod neutral;
mod package;
mod parquet;
mod rows;
mod sum;

use std::io::{self, Write};

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
/// The name of the dictionary of the data.
const DICTIONARY: &str = "dizionario.html";
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
pub type Create<'a> = dyn FnMut(&str) -> io::Result<Box<dyn Write + Send>> + 'a;

/// The name of a kind's table.
fn csv_name(kind: &Kind) -> String {
    format!("{}.csv", kind.id)
}

/// The name of a kind's table in the form that programs for analysis read.
fn parquet_name(kind: &Kind) -> String {
    format!("{}.parquet", kind.id)
}

/// Writes an export, its files in a fixed order, [`PACKAGE`] last. The same deliveries give the same bytes.
///
/// # Errors
/// When a file cannot be made or written.
pub fn write(deliveries: &mut Deliveries, about: &About<'_>, create: &mut Create<'_>) -> io::Result<()> {
    let tables: Vec<kept::Tables> = deliveries.files.iter_mut().map(kept::Tables::of).collect();
    let (mut written, mut files): (Vec<package::Table>, Vec<(String, Sum)>) = Default::default();
    for kind in KINDS {
        let mut file = Summed::new(create(&csv_name(kind))?);
        let (rows, extents) = rows::write(kind, deliveries, &tables, &mut file)?;
        written.push(package::Table { kind, rows, sum: file.finish()? });
        let name = parquet_name(kind);
        let mut file = Summed::new(create(&name)?);
        parquet::write(kind, deliveries, &tables, &extents, &mut file)?;
        files.push((name, file.finish()?));
    }
    let page = dictionary::page(deliveries, about, &written).map_err(io::Error::other)?;
    let csvw = format!("{:#}\n", package::csvw(deliveries, about, &written));
    let kept = serde_json::to_value(kept::of(deliveries, &tables, about, &written)).map_err(io::Error::other)?;
    let kept = format!("{kept:#}\n");
    for (name, text) in [(DICTIONARY, page), (CSVW, csvw), (KEPT, kept)] {
        files.push((name.to_owned(), write_text(&text, create(name)?)?));
    }
    let package = package::package(deliveries, about, &written, &files);
    write_text(&format!("{package:#}\n"), create(PACKAGE)?).map(drop)
}

fn write_text(text: &str, file: Box<dyn Write + Send>) -> io::Result<Sum> {
    let mut file = Summed::new(file);
    file.write_all(text.as_bytes())?;
    file.finish()
}
