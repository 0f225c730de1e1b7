//! Text files: the first sheet, as a spreadsheet program saves what it shows.

use super::grid::{Book, Encoding};
use super::shown::shown;

/// The bytes of the first sheet.
pub fn bytes(book: &Book) -> Vec<u8> {
    let sheet = &book.sheets[0];
    let mut text = String::new();
    for row in 0..sheet.height() {
        for col in 0..sheet.width() {
            if col > 0 {
                text.push(book.delimiter);
            }
            if let Some(cell) = sheet.cells.get(&(row, col)) {
                let field = shown(cell, book.decimal_comma);
                if field.contains(['"', '\n', '\r', book.delimiter]) {
                    text.push('"');
                    text.push_str(&field.replace('"', "\"\""));
                    text.push('"');
                } else {
                    text.push_str(&field);
                }
            }
        }
        text.push_str("\r\n");
    }
    match book.encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Utf8Bom => [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        // What the code page cannot hold becomes a question mark, as Excel does it.
        Encoding::Windows1252 => text.chars().flat_map(windows_1252).collect(),
        Encoding::Utf16 => {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
    }
}

fn windows_1252(c: char) -> Vec<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if lost { vec![b'?'] } else { bytes.into_owned() }
}
