//! OpenDocument sheets in one pass of our own: values with format and formula state, merges, what is hidden; what is
//! repeated costs only what it holds.

mod cell;
mod content;
mod formula;
mod number_styles;
mod styles;

use super::budget::{Job, Over};
use super::build::Formats;
use super::encryption::OpenDocument;
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
    let mut lock = None;
    if package.has("META-INF/manifest.xml")
        && let Some(manifest) = part(&mut package, "META-INF/manifest.xml", None, job)?
        && let Some(protection) = OpenDocument::parse(&manifest)
    {
        let content = bytes_of(&mut package, "content.xml", job)?.unwrap_or_default();
        // When the time is over before a password fits, that it is protected is what is known of it.
        let Ok(Some(password)) = protection.password("content.xml", &content, job) else {
            sniff::refuse(&Content::Encrypted, job);
            return Ok(Vec::new());
        };
        job.unlocked = true;
        lock = Some((protection, password));
    }
    let lock = lock.as_ref();
    let mut styles = styles::Styles::default();
    if package.has("styles.xml")
        && let Some(text) = part(&mut package, "styles.xml", lock, job)?
        && let Err(error) = styles.read(&text)
    {
        job.damaged("styles.xml", error.0);
    }
    let Some(text) = part(&mut package, "content.xml", lock, job)? else { return Ok(Vec::new()) };
    tables(&text, styles, job)
}

/// Reads the one XML file that a flat document is.
fn flat(bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let (text, spoilt) = xml::decode(bytes.to_vec());
    if spoilt {
        job.partly(job.place(), Text::new("caratteri illeggibili", "unreadable characters"));
    }
    tables(&text, styles::Styles::default(), job)
}

/// Reads the tables of a text, with the styles that stand before them.
fn tables(text: &str, mut styles: styles::Styles, job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let mut formats = Formats::new();
    // A part cut off in its styles is reported once, by the pass over its tables.
    let _ = styles.read(text);
    let mut sheets = content::read(text, &styles, &mut formats, job)?;
    let formats = formats.into_list();
    for sheet in &mut sheets {
        sheet.formats = formats.clone();
    }
    Ok(sheets)
}

/// The text of a part, decrypted when it is encrypted.
fn part(
    package: &mut Package,
    name: &str,
    lock: Option<&(OpenDocument, &str)>,
    job: &mut Job,
) -> Result<Option<String>, Over> {
    let Some(mut bytes) = bytes_of(package, name, job)? else { return Ok(None) };
    if let Some((protection, password)) = lock {
        let Some(opened) = protection.open(name, bytes, password, job)? else {
            job.damaged(name, Text::new("la password non la apre", "the password does not open it"));
            return Ok(None);
        };
        bytes = opened;
    }
    let (text, spoilt) = xml::decode(bytes);
    if spoilt {
        let what = Word::Both(format!("caratteri illeggibili in {name}"), format!("unreadable characters in {name}"));
        job.partly(job.place(), what);
    }
    Ok(Some(text))
}

/// The bytes of a part as the container has it.
fn bytes_of(package: &mut Package, name: &str, job: &mut Job) -> Result<Option<Vec<u8>>, Over> {
    match package.part(name, job) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(PartError::Over(over)) => Err(over),
        Err(PartError::Missing) => {
            job.damaged(name, Text::new("la parte manca", "the part is missing"));
            Ok(None)
        }
        Err(PartError::Encrypted) => {
            sniff::refuse(&Content::Encrypted, job);
            Ok(None)
        }
        Err(PartError::Damaged(bytes, why)) => {
            job.damaged(name, why);
            Ok(Some(bytes))
        }
    }
}
