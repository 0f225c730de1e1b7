//! One cell at a time: texts that stay texts, numbers, formulas with their results, links.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_xlsxwriter::{Format, Formula, Url, Worksheet, XlsxError};

use super::format;
use crate::finding::Lang;
use crate::place::{Area, CellRef};
use crate::write::book::{self, Cell, Content, Result as Given, Style, TableSheet};
use crate::write::decimal::binary;

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Excel opens no more links than this on a sheet; a few are left for what else counts as one.
pub const MOST_LINKS: u32 = 65_000;
/// The longest address of a link, well below Excel's own limit.
const LONGEST_LINK: usize = 2_000;

/// A style, and whether a link wears it.
pub type Look = (Style, bool);

/// How a cell looks.
pub const fn look(cell: &Cell) -> Look {
    (cell.style, matches!(cell.content, Content::Link(_)))
}

/// What writes the cells of a workbook: it keeps the formats, and counts the links of each sheet.
pub struct Pen {
    lang: Lang,
    formats: HashMap<Look, Format>,
    links: u32,
}

impl Pen {
    /// A pen for a workbook in a language.
    pub fn new(lang: Lang) -> Self {
        Self { lang, formats: HashMap::new(), links: 0 }
    }

    fn format(&mut self, look: Look) -> &Format {
        let lang = self.lang;
        self.formats.entry(look).or_insert_with(|| format::of(look.0, look.1, lang))
    }

    /// Begins another sheet.
    pub fn begin(&mut self) {
        self.links = 0;
    }

    /// Draws merged areas; their first cells are written afterwards, as any other.
    pub fn merges(&mut self, sheet: &TableSheet, areas: &[Area], worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        for area in areas {
            let style = sheet
                .rows
                .get(area.first.row as usize)
                .and_then(|row| row.get(area.first.col as usize))
                .map(|cell| cell.style)
                .unwrap_or_default();
            let format = self.format((style, false));
            let (first, last) = (area.first, area.last);
            worksheet.merge_range(first.row, first.col as u16, last.row, last.col as u16, "", format)?;
        }
        Ok(())
    }

    /// Writes one cell.
    pub fn cell(&mut self, worksheet: &mut Worksheet, row: u32, col: u16, cell: &Cell) -> Result<(), XlsxError> {
        let look = look(cell);
        self.links += u32::from(look.1);
        let may_link = self.links <= MOST_LINKS;
        let format = self.format(look);
        match &cell.content {
            Content::Empty => worksheet.write_blank(row, col, format)?,
            Content::Text(text) => worksheet.write_string_with_format(row, col, fitting(text), format)?,
            Content::Number(value) => worksheet.write_number_with_format(row, col, binary(*value), format)?,
            Content::Formula(one) => worksheet.write_formula_with_format(row, col, formula(one), format)?,
            Content::Link(link) => match address(&link.file, link.anchor.as_ref()).filter(|_| may_link) {
                Some(url) => {
                    let url = Url::new(url).set_text(fitting(&link.text));
                    worksheet.write_url_with_format(row, col, url, format)?
                }
                None => worksheet.write_string_with_format(row, col, fitting(&link.text), format)?,
            },
        };
        Ok(())
    }

    /// Writes an empty cell of this look.
    pub fn blank(&mut self, worksheet: &mut Worksheet, row: u32, col: u16, look: Look) -> Result<(), XlsxError> {
        worksheet.write_blank(row, col, self.format(look)).map(drop)
    }
}

/// A formula with its stored result.
fn formula(one: &book::Formula) -> Formula {
    let result = match &one.result {
        Given::Number(value) => binary(*value).to_string(),
        Given::Text(text) => fitting(text).into_owned(),
    };
    Formula::new(&one.text).set_result(result)
}

/// The address of a link as the library takes it; none when it cannot be said.
pub fn address(file: &str, anchor: Option<&(String, CellRef)>) -> Option<String> {
    let place = anchor.map(|(sheet, cell)| format!("'{}'!{cell}", sheet.replace('\'', "''")));
    let url = match (file.is_empty(), place) {
        (true, place) => format!("internal:{}", place?),
        (false, None) => format!("file:///{}", encoded(file)?),
        (false, Some(place)) => format!("file:///{}#{place}", encoded(file)?),
    };
    (url.encode_utf16().count() <= LONGEST_LINK).then_some(url)
}

/// The path with the characters that an address may not hold as `%XX`. None for a `#` that the library would take for
/// the beginning of an anchor.
fn encoded(file: &str) -> Option<String> {
    if file.contains('#') {
        return None;
    }
    let mut path = String::with_capacity(file.len());
    for letter in file.chars() {
        match letter {
            '%' | ' ' | '"' | '<' | '>' | '[' | ']' | '`' | '^' | '{' | '}' => {
                path.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            control if control.is_control() => return None,
            other => path.push(other),
        }
    }
    Some(path)
}

/// The text as a cell can hold it: no control characters, one kind of line end, not too long.
pub(in crate::write) fn fitting(text: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| letter == '\n' || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'));
    if text.len() < LONGEST && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut fitted = String::with_capacity(text.len());
    let mut units = 0;
    for letter in text.replace("\r\n", "\n").chars() {
        let letter = match letter {
            '\r' => '\n',
            '\n' | '\t' => letter,
            control if control.is_control() || matches!(control, '\u{FFFE}' | '\u{FFFF}') => '\u{FFFD}',
            other => other,
        };
        units += letter.len_utf16();
        if units >= LONGEST {
            fitted.push('…');
            break;
        }
        fitted.push(letter);
    }
    Cow::Owned(fitted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_within_what_a_cell_can_hold() {
        assert_eq!(fitting("a\u{1}b\r\nc\rd"), "a\u{FFFD}b\nc\nd");
        let text = "è".repeat(40_000);
        let long = fitting(&text);
        assert_eq!(long.encode_utf16().count(), LONGEST);
        assert!(long.ends_with('…'));
        assert!(fitting(&"😀".repeat(20_000)).encode_utf16().count() <= LONGEST);
    }

    #[test]
    fn addresses_are_relative_and_escaped() {
        let anchor = ("L'anno".to_owned(), CellRef::new(6, 1));
        let address = |file| address(file, Some(&anchor));
        assert_eq!(address("../a b%.xlsx").as_deref(), Some("file:///../a%20b%25.xlsx#'L''anno'!B7"));
        assert_eq!(address("").as_deref(), Some("internal:'L''anno'!B7"));
        assert_eq!(address("../a#b.xlsx"), None);
    }
}
