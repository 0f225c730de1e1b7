//! What this program wrote itself, told from what an office sent: by marks inside the file, never by a list kept aside.
//!
//! Needs a file; says whether it is one of our results, as it left us. A letter closes with the hash of all that stands
//! before; a marked-up copy has its date of change equal to its date of creation until a program saves it. Whoever
//! changes one makes it theirs: it is then read, and never replaced.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive};

use super::hexadecimal;
use super::inflate::inflated;
use crate::sheet::{Sheet, Value};

/// The author in the properties of every workbook that this program writes.
pub const AUTHOR: &str = "allegati";

/// The category in the properties of a marked-up copy, which may come back as an office's sheet.
pub const COPY: &str = "copia segnata";

/// How the first cell of the explanation in a marked-up copy begins, in Italian and English.
pub const LEGENDS: [&str; 2] = ["Copia segnata da allegati", "Copy marked up by allegati"];

/// How a letter closes, before the hash and after it.
const SEAL: (&str, &str) = ("<!-- allegati ", " -->\n");

/// A longer page is no letter of ours.
const LONGEST_LETTER: u64 = 16 << 20;

/// A page with the seal that tells later whether somebody changed it.
pub fn sealed(page: &str) -> String {
    format!("{page}{}{}{}", SEAL.0, hexadecimal(&Sha256::digest(page.as_bytes())), SEAL.1)
}

/// Whether a page is one that [`sealed`] gave.
fn is_sealed(bytes: &[u8]) -> bool {
    let Some(text) = std::str::from_utf8(bytes).ok().and_then(|text| text.strip_suffix(SEAL.1)) else { return false };
    text.rsplit_once(SEAL.0).is_some_and(|(page, hash)| hash == hexadecimal(&Sha256::digest(page.as_bytes())))
}

/// Whether a file is a letter as this program wrote it.
pub fn is_letter(path: &Path) -> bool {
    let named = path.extension().is_some_and(|extension| extension == "html");
    named
        && fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LONGEST_LETTER)
        && fs::read(path).is_ok_and(|bytes| is_sealed(&bytes))
}

/// Whether a page is one that this program wrote, as it left it or not.
pub fn is_page(path: &Path) -> bool {
    super::list::page_by_us(path).unwrap_or(false)
}

/// Whether a file is a marked-up copy as this program wrote it.
pub fn is_untouched_copy(path: &Path) -> bool {
    properties(path).is_some_and(|properties| properties.is_copy && properties.untouched)
}

/// Whether a workbook is a result of ours, to be passed over: the consolidated one always, a marked-up copy as long as
/// nobody changed it and it lies beside a letter. Anywhere else it stands for the sheet it was made from.
pub(super) fn is_result(path: &Path) -> bool {
    properties(path).is_some_and(|properties| properties.are_of_result(path))
}

/// The same of one whose archive is open.
pub(super) fn is_result_in(archive: &mut ZipArchive<impl Read + Seek>, path: &Path) -> bool {
    let properties = catch_unwind(AssertUnwindSafe(|| properties_in(archive))).unwrap_or_default();
    properties.is_some_and(|properties| properties.are_of_result(path))
}

fn holds_letter(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| is_letter(&entry.path()))
}

/// Whether a sheet is the explanation in a marked-up copy: it says nothing of the office's.
pub(super) fn is_legend(sheet: &Sheet) -> bool {
    let first = sheet.stored(0, 0).map(|cell| cell.value);
    matches!(first, Some(Value::Text(text)) if LEGENDS.iter().any(|legend| text.starts_with(legend)))
}

/// What the properties of a workbook of ours say.
struct Properties {
    /// It is a marked-up copy.
    is_copy: bool,
    /// It was never saved again.
    untouched: bool,
}

impl Properties {
    fn are_of_result(&self, path: &Path) -> bool {
        !self.is_copy || (self.untouched && path.parent().is_some_and(holds_letter))
    }
}

/// A longer part of properties is none of ours.
const LONGEST_CORE: u64 = 64 << 10;

/// Up to this size a file is read whole: the few pieces that are asked for lie all over it.
const SMALL: u64 = 256 << 10;

/// The properties of a workbook that this program wrote.
fn properties(path: &Path) -> Option<Properties> {
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    if length > SMALL {
        return properties_of(BufReader::new(file));
    }
    let mut file = BufReader::with_capacity(length as usize, file);
    match file.fill_buf().ok()?.len() as u64 == length {
        true => properties_of(Cursor::new(file.buffer())),
        // It did not come at once, or somebody writes to it.
        false => properties_of(file),
    }
}

fn properties_of(file: impl Read + Seek) -> Option<Properties> {
    properties_in(&mut ZipArchive::new(file).ok()?)
}

fn properties_in(archive: &mut ZipArchive<impl Read + Seek>) -> Option<Properties> {
    let text = core(archive)?;
    let of = |tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}"))?;
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split_once("</")?.0.trim().to_owned())
    };
    if of("dc:creator")? != AUTHOR {
        return None;
    }
    let (created, modified) = (of("dcterms:created"), of("dcterms:modified"));
    Some(Properties {
        is_copy: of("cp:category").as_deref() == Some(COPY),
        untouched: created.is_some() && created == modified && of("cp:lastModifiedBy").as_deref() == Some(AUTHOR),
    })
}

/// The part of a workbook that says who wrote it.
fn core(archive: &mut ZipArchive<impl Read + Seek>) -> Option<String> {
    let index = archive.index_for_name("docProps/core.xml")?;
    let mut part = archive.by_index_raw(index).ok()?;
    let (size, sum, method) = (part.size(), part.crc32(), part.compression());
    if size > LONGEST_CORE || part.encrypted() {
        return None;
    }
    let mut packed = Vec::new();
    part.by_ref().take(LONGEST_CORE).read_to_end(&mut packed).ok()?;
    let bytes = match method {
        CompressionMethod::Stored if crc32fast::hash(&packed) == sum => packed,
        CompressionMethod::Deflated => inflated(&packed, size, sum)?,
        _ => return None,
    };
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_somebody_changed_is_no_longer_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let letter = sealed("<p>Gentile ufficio</p>\n");
        fs::write(&path, &letter).unwrap();
        assert!(is_letter(&path));
        for changed in [letter.replace("Gentile", "Caro"), format!("{letter} "), sealed("").replace("allegati", "x")] {
            fs::write(&path, changed).unwrap();
            assert!(!is_letter(&path));
        }
    }
}
