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

/// The cell that a text begins with, and its length.
pub(super) fn scan(text: &str) -> Option<(Plain<'_>, usize)> {
    let mut rest = text.as_bytes().strip_prefix(b"<c r=\"")?;
    let mut col = 0;
    while let [letter @ b'A'..=b'Z', after @ ..] = rest
        && col <= MAX_COLS
    {
        col = col * 26 + u32::from(letter - b'A') + 1;
        rest = after;
    }
    let row = whole(&mut rest)?;
    if col == 0 || col > MAX_COLS || row == 0 || row > MAX_ROWS {
        return None;
    }
    rest = rest.strip_prefix(b"\"")?;
    let mut style = 0;
    if let Some(after) = rest.strip_prefix(b" s=\"") {
        rest = after;
        style = whole(&mut rest)?;
        rest = rest.strip_prefix(b"\"")?;
    }
    let (is_shared, after) = match rest {
        [b' ', b't', b'=', b'"', b's', b'"', after @ ..] => (true, after),
        [b' ', b't', b'=', b'"', b'n', b'"', after @ ..] => (false, after),
        after => (false, after),
    };
    rest = after;
    let mut formula = None;
    let stored = if let Some(after) = rest.strip_prefix(b"/>") {
        rest = after;
        Stored::Nothing
    } else {
        rest = rest.strip_prefix(b">")?;
        if let Some(after) = rest.strip_prefix(b"<f>") {
            let from = text.len() - after.len();
            let length = memchr3(b'<', b'&', b'\r', after).filter(|length| *length > 0)?;
            formula = Some(&text[from..from + length]);
            rest = after[length..].strip_prefix(b"</f>")?;
        }
        rest = rest.strip_prefix(b"<v>")?;
        let stored = match is_shared {
            true => Stored::Shared(whole(&mut rest)? as usize),
            false => Stored::Number(decimal(text, &mut rest)?),
        };
        rest = rest.strip_prefix(b"</v></c>")?;
        stored
    };
    let place = CellRef::new(row - 1, col - 1);
    Some((Plain { place, style: style as usize, formula, stored }, text.len() - rest.len()))
}

/// A whole number of up to nine digits, without a nought in front.
fn whole(rest: &mut &[u8]) -> Option<u32> {
    let (mut number, mut length) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = rest.get(length) {
        if length == 9 || (length > 0 && number == 0) {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
        length += 1;
    }
    *rest = &rest[length..];
    (length > 0).then_some(number)
}

/// The number up to the next tag.
fn decimal(text: &str, rest: &mut &[u8]) -> Option<f64> {
    let bytes = *rest;
    let negative = bytes.first() == Some(&b'-');
    let (mut digits, from) = (0, usize::from(negative));
    let mut end = from + read_digits(&bytes[from..], &mut digits);
    let (mut count, mut decimals) = (end - from, 0);
    if count > 0 && bytes.get(end) == Some(&b'.') {
        decimals = read_digits(&bytes[end + 1..], &mut digits);
        if decimals == 0 {
            return None;
        }
        (count, end) = (count + decimals, end + 1 + decimals);
    }
    if count > EXACT_DIGITS || bytes.get(end) != Some(&b'<') {
        // Long or with an exponent.
        let length = bytes.iter().take(end + 40).position(|byte| *byte == b'<')?;
        *rest = &bytes[length..];
        let from = text.len() - bytes.len();
        return number(&text[from..from + length]);
    }
    *rest = &bytes[end..];
    // Both are exact, so that their quotient is the nearest number there is.
    let value = digits as f64 / POWERS[decimals];
    (count > 0).then_some(if negative { -value } else { value })
}

/// Appends the digits that bytes begin with to a number, which is not exact when it has more than it can hold; how many
/// there are.
#[inline]
fn read_digits(bytes: &[u8], number: &mut u64) -> usize {
    let digits = bytes.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10);
    digits.inspect(|digit| *number = number.wrapping_mul(10).wrapping_add(u64::from(*digit))).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Plain<'_>> {
        let (plain, length) = scan(text)?;
        assert_eq!(&text[length..], "<c", "{text}");
        Some(plain)
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
