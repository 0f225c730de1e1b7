//! OpenDocument sheets in one pass of our own: values with format and formula state, merges, what is hidden; what is
//! repeated costs only what it holds.

mod cell;
mod content;
mod formula;
mod number_styles;
mod styles;

use super::budget::{Job, Over};
use super::build::Formats;
use super::package::{Package, PartError};
use super::sniff::{self, Content};
use super::xml;
use crate::finding::{Text, Word};
use crate::sheet::Sheet;

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    if !bytes.starts_with(b"PK") {
        return flat(bytes, job);
    }
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(why) => {
            sniff::refuse(&Content::BrokenZip(why), job);
            return Ok(Vec::new());
        }
    };
    package.remark(job);
    if package.has("META-INF/manifest.xml") {
        let manifest = part(&mut package, "META-INF/manifest.xml", job)?;
        if manifest.is_some_and(|text| text.contains("encryption-data")) {
            sniff::refuse(&Content::Encrypted, job);
            return Ok(Vec::new());
        }
    }
    let mut styles = styles::Styles::default();
    if package.has("styles.xml")
        && let Some(text) = part(&mut package, "styles.xml", job)?
        && let Err(error) = styles.read(&text)
    {
        job.damaged("styles.xml", error.0);
    }
    let Some(text) = part(&mut package, "content.xml", job)? else { return Ok(Vec::new()) };
    tables(&text, styles, Formats::new(), job)
}

/// Reads the one XML file that a flat document is.
fn flat(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let (text, spoilt) = xml::decode(bytes.to_vec());
    if spoilt {
        job.partly(job.place(), Text::new("caratteri illeggibili", "unreadable characters"));
    }
    tables(&text, styles::Styles::default(), Formats::new(), job)
}

/// Reads the tables of a text, with the styles that stand before them.
fn tables(text: &str, mut styles: styles::Styles, mut formats: Formats, job: &mut Job) -> Result<Vec<Sheet>, Over> {
    // A part cut off in its styles is reported once, by the pass over its tables.
    let _ = styles.read(text);
    let found = content::read(text, &styles, &mut formats, job)?;
    if found.is_empty() && job.findings.is_empty() {
        job.damaged("content.xml", Text::new("non contiene alcun foglio", "it holds no sheet"));
    }
    let formats = formats.into_list();
    let mut sheets = found;
    for sheet in &mut sheets {
        sheet.formats = formats.clone();
    }
    Ok(sheets)
}

fn part(package: &mut Package, name: &str, job: &mut Job) -> Result<Option<String>, Over> {
    let bytes = match package.part(name, job) {
        Ok(bytes) => bytes,
        Err(PartError::Over(over)) => return Err(over),
        Err(PartError::Missing) => {
            job.damaged(name, Text::new("la parte manca", "the part is missing"));
            return Ok(None);
        }
        Err(PartError::Encrypted) => {
            sniff::refuse(&Content::Encrypted, job);
            return Ok(None);
        }
        Err(PartError::Damaged(bytes, why)) => {
            job.damaged(name, why);
            bytes
        }
    };
    let (text, spoilt) = xml::decode(bytes);
    if spoilt {
        let what = Word::Both(format!("caratteri illeggibili in {name}"), format!("unreadable characters in {name}"));
        job.partly(job.place(), what);
    }
    Ok(Some(text))
}
