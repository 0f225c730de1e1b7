//! The workbook part: its sheets, the date system, and where styles and shared texts are.

use std::sync::Arc;

use super::super::budget::Over;
use super::super::xml::{Tag, Xml, is_true, unescape};
use super::{Parts, Relation};
use crate::sheet::Visibility;

/// What the workbook part says.
pub(super) struct Book {
    pub(super) sheets: Vec<Entry>,
    pub(super) date_1904: bool,
    /// Whether every formula is to be computed when the file is opened.
    pub(super) recalculates: bool,
    pub(super) styles: Option<String>,
    pub(super) strings: Option<String>,
}

/// One sheet of the workbook.
pub(super) struct Entry {
    pub(super) name: Arc<str>,
    pub(super) visibility: Visibility,
    /// Whether it names no part at all, as the modules of macros of Excel 5 do.
    pub(super) is_bare: bool,
    /// The kind and the part, when the relationship is there.
    pub(super) part: Option<(String, String)>,
}

/// Reads the workbook part; `None` when there is none.
pub(super) fn read(parts: &mut Parts) -> Result<Option<Book>, Over> {
    let root = parts.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let name = root.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let Some(text) = parts.text(&name)? else { return Ok(None) };
    let relations = parts.relations(&name)?;
    let target = |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|r| r.target.clone());
    let beside = |own: &str| Some(super::resolve(&name, own)).filter(|name| parts.package.has(name));
    let mut book = Book {
        sheets: Vec::new(),
        date_1904: false,
        recalculates: false,
        styles: target("styles").or_else(|| beside("styles.xml")),
        strings: target("sharedStrings").or_else(|| beside("sharedStrings.xml")),
    };
    let mut xml = Xml::new(&text);
    loop {
        match xml.child(0) {
            Ok(Some(start)) => match start.local() {
                "sheet" => book.sheets.push(entry(&start, &relations)),
                "workbookPr" => book.date_1904 = start.attribute("date1904").is_some_and(|value| is_true(&value)),
                "calcPr" => book.recalculates = start.attribute("fullCalcOnLoad").is_some_and(|value| is_true(&value)),
                _ => {}
            },
            Ok(None) => break,
            Err(error) => {
                parts.broken(&name, error);
                break;
            }
        }
    }
    if book.sheets.is_empty() && parts.job.findings.is_empty() {
        let has_links = relations.iter().any(|relation| relation.kind == "externalLink");
        parts.job.without_sheets(name, has_links);
    }
    Ok(Some(book))
}

fn entry(start: &Tag<'_>, relations: &[Relation]) -> Entry {
    let id = start.attributes().find(|(key, _)| key.ends_with(":id")).map(|(_, value)| unescape(value));
    let id = id.filter(|id| !id.is_empty());
    let is_bare = id.is_none();
    let relation = id.and_then(|id| relations.iter().find(|relation| relation.id == id));
    Entry {
        name: start.attribute("name").unwrap_or_default().into(),
        visibility: match start.attribute("state").as_deref() {
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            _ => Visibility::Visible,
        },
        is_bare,
        part: relation.map(|relation| (relation.kind.clone(), relation.target.clone())),
    }
}
