//! A cell as nearly every program writes it, read in one pass: `<c r="B2" s="3" t="s"><v>14</v></c>`.
//!
//! Most of what a run reads are such cells. Whatever is written in another way, right or wrong, is left to the reader of
//! all others, which would have made the same of these.

use memchr::memchr3;

use super::super::build::number;
use crate::place::{CellRef, MAX_COLS, MAX_ROWS};

/// What stands in the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plain<'a> {
    pub(super) place: CellRef,
    pub(super) style: usize,
    /// The text of its formula, which is never empty, and whose result is stored.
    pub(super) formula: Option<&'a str>,
    pub(super) stored: Stored,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stored {
    Nothing,
    Number(f64),
    /// The place of a text of the workbook.
    Shared(usize),
}

/// More digits than these are not exact when they are put together as a whole number.
const EXACT_DIGITS: usize = 15;

/// Powers of ten that are exact.
const POWERS: [f64; EXACT_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// How the cells of a row say that they are in it: they are known by it without a look at each digit.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowMark {
    row: u32,
    /// The digits and the quote behind them, eight at most.
    written: u64,
    len: usize,
}

impl RowMark {
    /// The mark of a 0-based row.
    pub(super) fn of(row: u32) -> Self {
        // Rows that no sheet has are left to those who read each digit.
        let row = row.min(MAX_ROWS - 1);
        let (mut written, mut len, mut left) = (u64::from(b'"'), 1, row + 1);
        while left > 0 {
            written = written << 8 | u64::from(b'0' + (left % 10) as u8);
            (len, left) = (len + 1, left / 10);
        }
        Self { row, written, len }
    }

    /// The place in this row that a text begins with, of one letter, and what follows it.
    #[inline(always)]
    fn strip<'a>(&self, text: &'a [u8]) -> Option<(CellRef, &'a [u8])> {
        let (letter @ b'A'..=b'Z', digits) = text.split_first()? else { return None };
        let differs = u64::from_le_bytes(*digits.first_chunk()?) ^ self.written;
        // What stands behind the quote does not count.
        let is_here = differs << (64 - 8 * self.len) == 0;
        is_here.then(|| (CellRef::new(self.row, u32::from(letter - b'A')), &digits[self.len..]))
    }
}

/// The end of a row and the start of the next one: the index of that row, 0-based, and how long both are.
///
/// It says where it is, and not whether it is hidden; whatever else it says does not matter. Most rows of a sheet say the
/// same: what the last one said, up to the end of its tag, is remembered.
pub(super) fn next_row<'a>(text: &'a str, said: &mut &'a [u8]) -> Option<(u32, usize)> {
    let mut rest = text.as_bytes().strip_prefix(b"</row><row r=\"")?;
    let row = whole(&mut rest).filter(|row| (1..=MAX_ROWS).contains(row))?;
    rest = rest.strip_prefix(b"\"")?;
    if !said.is_empty()
        && let Some(after) = rest.strip_prefix(*said)
    {
        return Some((row - 1, text.len() - after.len()));
    }
    let attributes = rest;
    while let Some(after) = rest.strip_prefix(b" ") {
        let equals = after.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':')?;
        let (key, after) = after.split_at(equals);
        if matches!(key, b"" | b"r" | b"hidden") {
            return None;
        }
        let value = after.strip_prefix(b"=\"")?;
        let end = value.iter().position(|byte| *byte == b'"')?;
        rest = &value[end + 1..];
    }
    rest = rest.strip_prefix(b">")?;
    *said = &attributes[..attributes.len() - rest.len()];
    Some((row - 1, text.len() - rest.len()))
}

/// The cell that a text begins with, and its length; most are in the row with the mark.
#[inline(always)]
pub(super) fn scan<'a>(text: &'a str, mark: &RowMark) -> Option<(Plain<'a>, usize)> {
    let mut rest = text.as_bytes().strip_prefix(b"<c r=\"")?;
    let place = match mark.strip(rest) {
        Some((place, after)) => {
            rest = after;
            place
        }
        None => place(&mut rest)?,
    };
    let mut style = 0;
    if let Some(after) = rest.strip_prefix(b" s=\"") {
        rest = after;
        style = whole(&mut rest)? as usize;
        rest = rest.strip_prefix(b"\"")?;
    }
    let mut is_shared = false;
    if let Some(kind) = rest.strip_prefix(b" t=\"") {
        is_shared = kind.starts_with(b"s\"");
        rest = kind.strip_prefix(if is_shared { b"s\"" } else { b"n\"" })?;
    }
    let mut formula = None;
    if let Some(after) = rest.strip_prefix(b"><v>") {
        rest = after;
    } else if let Some(after) = rest.strip_prefix(b"/>") {
        return Some((Plain { place, style, formula, stored: Stored::Nothing }, text.len() - after.len()));
    } else {
        let after = rest.strip_prefix(b"><f>")?;
        let from = text.len() - after.len();
        let length = memchr3(b'<', b'&', b'\r', after).filter(|length| *length > 0)?;
        formula = Some(&text[from..from + length]);
        rest = after[length..].strip_prefix(b"</f><v>")?;
    }
    let stored = match is_shared {
        true => Stored::Shared(whole(&mut rest)? as usize),
        false => Stored::Number(decimal(text, &mut rest)?),
    };
    rest = rest.strip_prefix(b"</v></c>")?;
    Some((Plain { place, style, formula, stored }, text.len() - rest.len()))
}

/// The place of a cell and the quote behind it.
fn place(rest: &mut &[u8]) -> Option<CellRef> {
    let mut col = 0;
    while let [letter @ b'A'..=b'Z', after @ ..] = *rest
        && col <= MAX_COLS
    {
        col = col * 26 + u32::from(letter - b'A') + 1;
        *rest = after;
    }
    let row = whole(rest)?;
    *rest = rest.strip_prefix(b"\"")?;
    let is_there = (1..=MAX_COLS).contains(&col) && (1..=MAX_ROWS).contains(&row);
    is_there.then(|| CellRef::new(row - 1, col - 1))
}

/// A whole number of up to nine digits, without a nought in front.
#[inline(always)]
fn whole(rest: &mut &[u8]) -> Option<u32> {
    let bytes = *rest;
    let (mut number, mut length) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = bytes.get(length) {
        if length == 9 {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
        length += 1;
    }
    *rest = &bytes[length..];
    (length == 1 || (length > 0 && bytes[0] != b'0')).then_some(number)
}

/// The number up to the next tag.
#[inline(always)]
fn decimal(text: &str, rest: &mut &[u8]) -> Option<f64> {
    let bytes = *rest;
    let negative = bytes.first() == Some(&b'-');
    let (mut digits, from) = (0, usize::from(negative));
    let mut end = from + read_digits(bytes, from, &mut digits);
    let (mut count, mut decimals) = (end - from, 0);
    if count > 0 && bytes.get(end) == Some(&b'.') {
        decimals = read_digits(bytes, end + 1, &mut digits);
        if decimals == 0 {
            return None;
        }
        (count, end) = (count + decimals, end + 1 + decimals);
    }
    if count > EXACT_DIGITS || bytes.get(end) != Some(&b'<') {
        return long_number(text, rest, end + 40);
    }
    *rest = &bytes[end..];
    // Both are exact, so that their quotient is the nearest number there is.
    let value = digits as i64 as f64 / POWERS[decimals];
    (count > 0).then_some(if negative { -value } else { value })
}

/// The number of so many bytes at most, with more digits or an exponent.
#[inline(never)]
fn long_number(text: &str, rest: &mut &[u8], most: usize) -> Option<f64> {
    let length = rest.iter().take(most).position(|byte| *byte == b'<')?;
    let from = text.len() - rest.len();
    *rest = &rest[length..];
    number(&text[from..from + length])
}

/// Appends the digits that stand from some byte on to a number, which is not exact when it has more than it can hold;
/// how many there are.
#[inline(always)]
fn read_digits(bytes: &[u8], from: usize, number: &mut u64) -> usize {
    let mut at = from;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        *number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    at - from
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a cell, which is the same whatever row it is expected in.
    fn scan(text: &str) -> Option<(Plain<'_>, usize)> {
        let told = super::scan(text, &RowMark::of(MAX_ROWS - 1));
        for row in [0, 1, 8, 9, 98, 99, 9_999, u32::MAX] {
            assert_eq!(super::scan(text, &RowMark::of(row)), told, "{text} {row}");
        }
        told
    }

    fn read(text: &str) -> Option<Plain<'_>> {
        let (plain, length) = scan(text)?;
        assert_eq!(&text[length..], "<c", "{text}");
        Some(plain)
    }

    #[test]
    fn cells_are_known_by_the_mark_of_their_row() {
        for row in [0, 1, 8, 9, 10, 99, 100, 999, 65_535, 99_999, 999_999, MAX_ROWS - 1] {
            let mark = RowMark::of(row);
            for (letter, col) in [(b'A', 0), (b'J', 9), (b'Z', 25)] {
                let place = format!("{}{}\"><v>1234567", char::from(letter), row + 1);
                let (told, after) = mark.strip(place.as_bytes()).expect("a cell of the row");
                assert_eq!((told, after), (CellRef::new(row, col), &b"><v>1234567"[..]), "{place}");
            }
            for other in [format!("AA{}\"", row + 1), format!("A{}\"", row + 2), format!("A{}0\"", row + 1)] {
                assert_eq!(mark.strip(format!("{other}><v>1234567").as_bytes()), None, "{other}");
            }
        }
    }

    #[test]
    fn plain_rows() {
        for (text, wanted) in [
            ("</row><row r=\"5\">", Some(4)),
            ("</row><row r=\"1048576\" spans=\"1:10\">", Some(1_048_575)),
            ("</row><row r=\"12\" s=\"3\" customFormat=\"1\" ht=\"15.75\" x14ac:dyDescent=\"0.25\">", Some(11)),
            ("</row><row r=\"5\" note=\"a>b hidden='1'\">", Some(4)),
            ("</row><row r=\"5\" hidden=\"1\">", None),
            ("</row><row r=\"5\" ht=\"15\" hidden=\"0\">", None),
            ("</row><row r=\"5\" r=\"6\">", None),
            ("</row><row r=\"5\" spans=\"1:10\"/>", None),
            ("</row><row r=\"5\" spans='1:10'>", None),
            ("</row><row r=\"5\" spans=\"1:10>", None),
            ("</row><row r=\"5\" spans>", None),
            ("</row><row r=\"5\"  spans=\"1:10\">", None),
            ("</row><row r=\"5\" >", None),
            ("</row><row r=\"5\"x=\"1\">", None),
            ("</row><row r=\"0\">", None),
            ("</row><row r=\"05\">", None),
            ("</row><row r=\"1048577\">", None),
            ("</row><row r=\"\">", None),
            ("</row><row>", None),
            ("</row><row spans=\"1:10\" r=\"5\">", None),
            ("</row >", None),
            ("</row>", None),
        ] {
            let (part, wanted) = (format!("{text}<c"), wanted.map(|row| (row, text.len())));
            // Whatever the row above said.
            for said in ["", ">", " spans=\"1:10\">", " note=\"a>b hidden='1'\">"] {
                assert_eq!(next_row(&part, &mut said.as_bytes()), wanted, "{text} {said}");
            }
        }
    }

    #[test]
    fn plain_cells() {
        let cell =
            |row, col, style, stored| Some(Plain { place: CellRef::new(row, col), style, formula: None, stored });
        for (text, wanted) in [
            ("<c r=\"B2\" s=\"3\" t=\"s\"><v>14</v></c>", cell(1, 1, 3, Stored::Shared(14))),
            ("<c r=\"XFD1048576\"><v>-0.5</v></c>", cell(1_048_575, 16_383, 0, Stored::Number(-0.5))),
            ("<c r=\"A1\" s=\"12\" t=\"n\"><v>43466</v></c>", cell(0, 0, 12, Stored::Number(43_466.0))),
            ("<c r=\"AA10\" s=\"7\"/>", cell(9, 26, 7, Stored::Nothing)),
            ("<c r=\"A1\"><v>0.49099999999999999</v></c>", cell(0, 0, 0, Stored::Number(0.491))),
            ("<c r=\"A1\"><v>1E-3</v></c>", cell(0, 0, 0, Stored::Number(0.001))),
            ("<c r=\"A1\"><v>.5</v></c>", cell(0, 0, 0, Stored::Number(0.5))),
        ] {
            assert_eq!(read(&format!("{text}<c")), wanted, "{text}");
        }
        let computed = read("<c r=\"J3\" s=\"2\"><f>SUM(B3:H3)</f><v>3262.43</v></c><c");
        assert_eq!(
            computed.map(|cell| (cell.formula, cell.stored)),
            Some((Some("SUM(B3:H3)"), Stored::Number(3262.43)))
        );
    }

    #[test]
    fn others_are_left_alone() {
        for text in [
            "<c r=\"b2\"><v>1</v></c>",
            "<c r=\"$B$2\"><v>1</v></c>",
            "<c r=\"B02\"><v>1</v></c>",
            "<c r=\"XFE1\"><v>1</v></c>",
            "<c r=\"A1048577\"><v>1</v></c>",
            "<c r=\"A0\"><v>1</v></c>",
            "<c r=\"2\"><v>1</v></c>",
            "<c><v>1</v></c>",
            "<c  r=\"B2\"><v>1</v></c>",
            "<c r='B2'><v>1</v></c>",
            "<c s=\"1\" r=\"B2\"><v>1</v></c>",
            "<c r=\"B2\" s=\"\"><v>1</v></c>",
            "<c r=\"B2\" s=\"01\"><v>1</v></c>",
            "<c r=\"B2\" t=\"str\"><v>1</v></c>",
            "<c r=\"B2\" t=\"s\"><v>01</v></c>",
            "<c r=\"B2\" t=\"s\"><v>1.0</v></c>",
            "<c r=\"B2\"><v></v></c>",
            "<c r=\"B2\"><v>1.</v></c>",
            "<c r=\"B2\"><v>-</v></c>",
            "<c r=\"B2\"><v>1&#48;</v></c>",
            "<c r=\"B2\"><v>1</v><v>2</v></c>",
            "<c r=\"B2\"><f>A1&amp;B1</f><v>1</v></c>",
            "<c r=\"B2\"><f></f><v>1</v></c>",
            "<c r=\"B2\"><f/><v>1</v></c>",
            "<c r=\"B2\"><f t=\"shared\" si=\"0\">A1</f><v>1</v></c>",
            "<c r=\"B2\"><f>A1</f></c>",
            "<c r=\"B2\"><f>A1</f><v></v></c>",
            "<c r=\"B2\"><v>1</v><f>A1</f></c>",
            "<c r=\"B2\"><v>1</v>",
            "<c r=\"B2\"><v>1</v></d>",
            "<c r=\"B2\"><v>12",
            "<c r=\"B2\" ",
            "<c r=\"",
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_standard_library(text in "-?[0-9]{1,17}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?") {
            let wanted: f64 = text.parse().unwrap();
            let cell = format!("<c r=\"A1\"><v>{text}</v></c>");
            let Some((Plain { stored: Stored::Number(told), .. }, _)) = scan(&cell) else { panic!("{text}") };
            prop_assert_eq!(told.to_bits(), wanted.to_bits());
        }
    }
}
