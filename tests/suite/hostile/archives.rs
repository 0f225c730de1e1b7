//! Archives that are cut, padded, locked or packed in a way that no spreadsheet program uses.

use super::bomb::Part;
use super::findings;
use super::packages::{SHEET, xlsx};
use crate::intake::book::Book;

/// The same archive with flags and a method of packing of its own for every part.
fn marked(bytes: &[u8], flags: u8, method: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(12) {
        let flag = match bytes[at..at + 4] {
            [b'P', b'K', 3, 4] => at + 6,
            [b'P', b'K', 1, 2] => at + 8,
            _ => continue,
        };
        bytes[flag] |= flags;
        bytes[flag + 2] = method;
    }
    bytes
}

#[test]
fn archives_that_are_spoilt_are_told() {
    let whole = Book::of(&"<row><c><v>1</v></c></row>".repeat(100)).bytes();
    assert!(findings("whole.xlsx", &whole).is_empty());
    let end = whole.len() - 22;
    for length in [4, 100, whole.len() / 2, end, end + 10] {
        assert_eq!(findings("cut.xlsx", &whole[..length]), ["F005"], "{length}");
    }
    let mut bad_end = whole.clone();
    bad_end[end + 12..end + 20].fill(0xEE);
    assert_eq!(findings("end.xlsx", &bad_end), ["F005"]);
    assert_eq!(findings("before.xlsx", &[b"\0\x01garbage", &*whole].concat()), ["F003"]);
    assert!(findings("behind.xlsx", &[&*whole, &[0xA5; 300]].concat()).is_empty(), "what counts is whole");
    assert_eq!(findings("deflate64.xlsx", &marked(&whole, 0, 9)), ["F005"]);
    assert_eq!(findings("locked.xlsx", &marked(&whole, 1, 8)), ["F002"]);
}

#[test]
fn letters_that_are_none_are_told() {
    let sheet = b"<worksheet><sheetData><row><c t=\"str\"><v>caff\xFF</v></c></row></sheetData></worksheet>";
    assert_eq!(findings("letters.xlsx", &xlsx(vec![Part::honest(SHEET, sheet)])), ["F011"]);
}
