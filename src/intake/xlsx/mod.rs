//! Office Open XML in one pass of our own: parts by relationship, values with format, formula state, merges and what is
//! hidden. One bad cell costs that cell, one bad part keeps what stood before the damage.

mod cell;
mod plain;
mod sheet;
mod strings;
mod styles;
mod workbook;

use std::sync::Arc;

use super::budget::{Job, Over};
use super::build::{Formats, only_zeros};
use super::package::{Package, PartError, resolve};
use super::sniff::{self, Content};
use super::xml::{self, Broken, Tag, Xml, unescape, unprefixed};
use crate::finding::{Code, Finding, Severity, Text, Word};
use crate::place::Place;
use crate::sheet::{SharedText, Sheet};

pub(super) static NOT_A_GRID: Code = Code {
    id: "F014",
    slug: "not-a-grid",
    severity: Severity::Info,
    message: Text::new(
        "Il foglio {what}: non contiene celle e non è stato letto.",
        "The sheet {what}: it holds no cells and was not read.",
    ),
    help: Text::new(
        "Nulla da fare, se i dati stanno negli altri fogli.",
        "Nothing to do, as long as the data stand in the other sheets.",
    ),
};

/// Reads all sheets, from the container when it is open already.
pub(super) fn read(package: Option<Package<'_>>, bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    let package = match package.map_or_else(|| Package::open(bytes), Ok) {
        Ok(package) => package,
        Err(why) => {
            sniff::refuse(&Content::BrokenZip(why), job);
            return Ok(Vec::new());
        }
    };
    package.remark(job);
    let mut parts = Parts { package, job };
    let Some(book) = workbook::read(&mut parts)? else { return Ok(Vec::new()) };
    // Cells that are read side by side find those there, however many formats the workbook has.
    let mut formats = Formats::with_iso_codes();
    let styles = styles::read(&mut parts, &book, &mut formats)?;
    let strings = Arc::new(strings::read(&mut parts, &book)?);
    let known = SharedText::of_all(&strings);
    let mut sheets = Vec::with_capacity(book.sheets.len());
    for entry in &book.sheets {
        parts.job.sheet()?;
        let source =
            sheet::Source { book: &book, entry, styles: &styles, strings: &strings, known: &known, formats: &formats };
        sheets.extend(sheet::read(&mut parts, &source)?);
    }
    // Texts that are not there are missed by the cells that point to them.
    if let Some(name) = book.strings.as_ref().filter(|name| !parts.package.has(name))
        && sheets.iter().any(|sheet| !sheet.damaged.is_empty())
    {
        parts.job.damaged(name.as_str(), Text::new("la parte manca", "the part is missing"));
    }
    finish(&mut sheets, &book, formats);
    Ok(sheets)
}

/// What is known only when all sheets are read.
fn finish(sheets: &mut [Sheet], book: &workbook::Book, formats: Formats) {
    let formats = formats.into_list();
    let zeros = book.recalculates && only_zeros(sheets);
    for sheet in sheets {
        sheet.formats = Arc::clone(&formats);
        sheet.date_1904 = book.date_1904;
        sheet.uncomputed_zeros = zeros;
    }
}

/// The parts of a workbook, and the job that pays for them.
pub(super) struct Parts<'a, 'b, 'c> {
    pub(super) package: Package<'a>,
    pub(super) job: &'b mut Job<'c>,
}

/// One relationship.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub(super) kind: String,
    pub(super) target: String,
}

impl Parts<'_, '_, '_> {
    /// The text of a part.
    fn text(&mut self, name: &str) -> Result<Option<String>, Over> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        Ok(Some(self.decoded(name, bytes)))
    }

    /// Bytes of a part as text.
    fn decoded(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let (text, spoilt) = xml::decode(bytes);
        if spoilt {
            let what =
                Word::Both(format!("caratteri illeggibili in {name}"), format!("unreadable characters in {name}"));
            self.job.partly(self.job.place(), what);
        }
        text
    }

    /// The bytes of a part; what is wrong with it is a finding, and what could be unpacked comes back.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Over> {
        let bytes = match self.package.part(name, self.job) {
            Ok(bytes) => bytes,
            Err(PartError::Over(over)) => return Err(over),
            Err(PartError::Missing) => {
                self.job.damaged(name, Text::new("la parte manca", "the part is missing"));
                return Ok(None);
            }
            Err(PartError::Encrypted) => {
                sniff::refuse(&Content::Encrypted, self.job);
                return Ok(None);
            }
            Err(PartError::Damaged(bytes, why)) => {
                self.job.damaged(name, why);
                bytes
            }
        };
        Ok(Some(bytes))
    }

    /// The bytes of a part that becomes a list of texts, which takes up to five times its length.
    pub(super) fn list(&mut self, name: &str) -> Result<Option<Vec<u8>>, Over> {
        let declared = self.package.declared(name);
        self.job.inflate(declared.saturating_mul(4))?;
        self.bytes(name)
    }

    fn broken(&mut self, name: &str, error: Broken) {
        self.job.damaged(name, error.0);
    }

    /// The relationships of a part; none when it has no list of them.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Over> {
        let (folder, own) = of.rsplit_once('/').unwrap_or(("", of));
        let name = format!("{folder}/_rels/{own}.rels");
        if !self.package.has(&name) {
            return Ok(Vec::new());
        }
        let Some(text) = self.text(name.trim_start_matches('/'))? else { return Ok(Vec::new()) };
        let (mut relations, mut has_list) = (Vec::new(), false);
        let mut xml = Xml::new(&text);
        loop {
            match xml.child(0) {
                Ok(Some(start)) if start.local() == "Relationship" => relations.extend(relation(&start, of)),
                Ok(Some(_)) => has_list = true,
                Ok(None) if has_list => return Ok(relations),
                Ok(None) => {
                    self.broken(&name, Broken("XML, byte 0".to_owned()));
                    return Ok(relations);
                }
                Err(error) => {
                    self.broken(&name, error);
                    return Ok(relations);
                }
            }
        }
    }

    /// A sheet that holds no cells.
    pub(super) fn not_a_grid(&mut self, sheet: &Arc<str>, what: Text) {
        let place = Place::sheet(self.job.file, sheet);
        self.job.findings.push(Finding::new(&NOT_A_GRID, place).with("what", what));
    }
}

fn relation(start: &Tag<'_>, of: &str) -> Option<Relation> {
    let (mut id, mut kind, mut target, mut mode) = (None, None, None, None);
    for (key, value) in start.attributes() {
        let known = match unprefixed(key) {
            "Id" => &mut id,
            "Type" => &mut kind,
            "Target" => &mut target,
            "TargetMode" => &mut mode,
            _ => continue,
        };
        known.get_or_insert(value);
    }
    if mode.is_some_and(|mode| unescape(mode).eq_ignore_ascii_case("external")) {
        return None;
    }
    let kind = unescape(kind?);
    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
    let target = resolve(of, &unescape(target?));
    Some(Relation { id: unescape(id?).into_owned(), kind, target })
}
