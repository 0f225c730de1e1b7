//! Texts and codes: what a cell shows, without the blanks around it, shared with the cell where it holds just that.

use std::borrow::Cow;

use arcstr::ArcStr;

use super::codes::*;
use super::{Content, Found, RowReader};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, CellText, Value};
use crate::value::fold::{has_plain_ends, trim};

impl<'a> RowReader<'a> {
    /// The text of a cell as shown, trimmed; an error value is reported and gives nothing.
    pub fn text(&mut self, id: &str) -> String {
        self.shared_text(id).to_string()
    }

    /// The same, shared with the cell where it holds just this text.
    pub fn shared_text(&mut self, id: &str) -> ArcStr {
        self.text_at(self.table.col(id))
    }

    /// The same, in a 0-based column, when there is such a column.
    pub fn text_at(&mut self, col: Option<u32>) -> ArcStr {
        debug_assert!(self.sheet.formats.first().is_none_or(|format| format.kind == FormatKind::General));
        // Most are typed, begin and end with what everybody sees, and lie about nothing.
        match col.and_then(|col| self.stored.typed_text(col)) {
            Some(text) if has_plain_ends(text) && !is_error_text(text) => ArcStr::clone(text),
            _ => self.text_of(&self.at(col)),
        }
    }

    /// The same, of a cell that was looked up.
    pub fn text_of(&mut self, found: &Found<'_>) -> ArcStr {
        match found {
            Some((col, cell)) if !self.unusable(*col, cell) => self.trimmed(cell),
            _ => ArcStr::new(),
        }
    }

    /// The same, borrowed from the cell where it holds just this text.
    pub fn read_text(&mut self, id: &str) -> Cow<'a, str> {
        match self.cell(id) {
            Some((col, cell)) if !self.unusable(col, &cell) => match self.sheet.shown_text(cell) {
                Cow::Borrowed(text) => trim(text).into(),
                Cow::Owned(text) => trim(&text).to_owned().into(),
            },
            _ => "".into(),
        }
    }

    /// The text of a cell as shown, nothing reported.
    pub fn shown(&self, id: &str) -> String {
        self.shared_shown(id).to_string()
    }

    /// The same, shared with the cell where it holds just this text.
    pub fn shared_shown(&self, id: &str) -> ArcStr {
        self.shown_of(&self.cell(id))
    }

    /// The same, of a cell that was looked up.
    pub fn shown_of(&self, found: &Found<'_>) -> ArcStr {
        found.as_ref().map(|(_, cell)| self.trimmed(cell)).unwrap_or_default()
    }

    fn trimmed(&self, cell: &Cell<'_>) -> ArcStr {
        // Most cells show their text as it is.
        if let Value::Text(CellText::Kept(text)) = &cell.value
            && has_plain_ends(text)
            && self.sheet.format(*cell).kind == FormatKind::General
        {
            return ArcStr::clone(text);
        }
        let shown = self.sheet.shared_text(*cell);
        let trimmed = trim(&shown);
        if trimmed.len() == shown.len() { shown } else { trimmed.into() }
    }

    /// The text of an identifier; a date in its place is reported.
    pub fn code(&mut self, id: &'static str) -> ArcStr {
        let found = self.cell(id);
        self.code_of(&found)
    }

    /// The same, of a cell that was looked up.
    pub fn code_of(&mut self, found: &Found<'_>) -> ArcStr {
        let Some((col, cell)) = found else { return ArcStr::new() };
        let mut text = self.text_of(found);
        if text.contains(',') {
            let is_number = matches!(
                (&cell.value, self.sheet.format(*cell).kind),
                (Value::Number(_), FormatKind::General | FormatKind::Number)
            );
            // 3.1 typed in an Italian program that reads a point as the decimal mark; 3,2,1 typed for 3.2.1.
            if is_number || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
                text = text.replace(',', ".").into();
            }
        }
        self.no_day_in(*col, cell);
        text
    }

    /// Reports a number or code that the program turned into a day: 1/2 becomes the first of February.
    pub fn no_day(&mut self, id: &'static str) {
        if let Some((col, cell)) = self.cell(id) {
            self.no_day_in(col, &cell);
        }
    }

    fn no_day_in(&mut self, col: u32, cell: &Cell<'_>) {
        if matches!(cell.value, Value::Number(_)) && self.sheet.format(*cell).kind == FormatKind::Date {
            let seen = self.sheet.shown(*cell);
            self.report(&DATE_IN_DISGUISE, col, &[("seen", seen.into()), ("wanted", wanted(Content::Code).into())]);
        }
    }

    /// A text given once and left blank in the rows below it.
    pub fn carried_text(&mut self, id: &'static str) -> String {
        let text = self.text(id);
        if text.is_empty() {
            return self.carried.iter().find(|(name, _)| *name == id).map(|(_, text)| text.clone()).unwrap_or_default();
        }
        self.carried.retain(|(name, _)| *name != id);
        self.carried.push((id, text.clone()));
        text
    }
}

/// A number or code without what closes it.
///
/// ```
/// use allegati::kinds::reader::bare_code;
/// assert_eq!(["2.", "1)", "(5)", "2D (a)"].map(bare_code), ["2", "1", "5", "2D (a)"]);
/// ```
pub fn bare_code(text: &str) -> &str {
    let text = trim(text);
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    match inner {
        Some(inner) => trim(inner),
        None if text.contains('(') => text.trim_end_matches('.'),
        None => text.trim_end_matches(['.', ')']),
    }
}

/// An error that was saved as text: in a csv, or pasted as a value. A row of `#` is a column too narrow to show it.
pub fn is_error_text(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#N/D",
        "#N/A",
        "#RIF!",
        "#REF!",
        "#DIV/0!",
        "#VALORE!",
        "#VALUE!",
        "#NOME?",
        "#NAME?",
        "#NUM!",
        "#NULLO!",
        "#NULL!",
        "#SPILL!",
        "#ESPANSIONE!",
        "#CALC!",
        "#CALCOLO!",
        "#FIELD!",
        "#CAMPO!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#ERROR!",
        "#ERRORE!",
    ];
    // Most texts begin with another letter or a digit, or with another word.
    if let [first, rest @ ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && !(matches!(first, b'E' | b'e') && rest.get(..2).is_some_and(|rest| rest.eq_ignore_ascii_case(b"rr")))
    {
        return false;
    }
    let text = text.trim();
    if !text.starts_with(['#', 'E', 'e']) {
        return false;
    }
    let upper = text.to_uppercase();
    ERRORS.contains(&upper.as_str())
        || (text.len() >= 3 && text.bytes().all(|byte| byte == b'#'))
        || upper
            .strip_prefix("ERR:")
            .or_else(|| upper.strip_prefix("ERRORE:"))
            .is_some_and(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()))
}
