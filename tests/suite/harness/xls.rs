//! `.xls` by hand: a minimal BIFF8 workbook in a compound file, with formats, hidden parts, merges, errors and formulas
//! with their stored results. A formula's tokens are a mere reference to A1: only its result matters here.

use std::io::{Cursor, Write};

use super::biff::{Records, error_code, long_text, short_text};
use super::grid::{Book, Cell, Sheet, Value, Visibility};

/// The bytes of the workbook.
pub fn bytes(book: &Book) -> Vec<u8> {
    let mut texts: Vec<String> = Vec::new();
    let mut formats: Vec<String> = Vec::new();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|one| sheet(book, one, &mut texts, &mut formats)).collect();
    // The offsets of the sheets stand before them: the globals are laid out twice, the second time with the truth.
    let length = globals(book, &texts, &formats, &vec![0; sheets.len()]).len();
    let mut offsets = Vec::new();
    let mut at = length;
    for sheet in &sheets {
        offsets.push(at as u32);
        at += sheet.len();
    }
    let mut stream = globals(book, &texts, &formats, &offsets);
    stream.extend(sheets.concat());

    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("compound");
    file.create_stream("/Workbook").expect("stream").write_all(&stream).expect("stream written");
    file.flush().expect("flushed");
    file.into_inner().into_inner()
}

fn globals(book: &Book, texts: &[String], formats: &[String], offsets: &[u32]) -> Vec<u8> {
    let mut out = Records::default();
    out.begin(0x0005);
    out.push(0x0042, &1200u16.to_le_bytes());
    out.push(0x003D, &[0, 0, 0, 0, 0x60, 0x3B, 0x20, 0x1D, 0x38, 0, 0, 0, 0, 0, 1, 0, 0x58, 2]);
    out.push(0x0022, &u16::from(book.date_1904).to_le_bytes());
    for _ in 0..4 {
        let mut font = Vec::new();
        for word in [220u16, 0, 0x7FFF, 400, 0] {
            font.extend(word.to_le_bytes());
        }
        font.extend([0, 2, 0, 0]);
        font.extend(short_text("Arial"));
        out.push(0x0031, &font);
    }
    for (at, code) in formats.iter().enumerate() {
        out.push(0x041E, &[(164 + at as u16).to_le_bytes().as_slice(), &long_text(code)].concat());
    }
    for _ in 0..15 {
        out.push(0x00E0, &xf(0, true));
    }
    out.push(0x00E0, &xf(0, false));
    for at in 0..formats.len() {
        out.push(0x00E0, &xf(164 + at as u16, false));
    }
    out.push(0x0293, &[0, 0x80, 0, 0xFF]);
    for (sheet, offset) in book.sheets.iter().zip(offsets) {
        let state = match sheet.visibility {
            Visibility::Visible => 0,
            Visibility::Hidden => 1,
            Visibility::VeryHidden => 2,
        };
        out.push(0x0085, &[offset.to_le_bytes().as_slice(), &[state, 0], &short_text(&sheet.name)].concat());
    }
    out.strings(texts);
    out.end();
    out.bytes
}

fn xf(format: u16, style: bool) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend(0u16.to_le_bytes());
    body.extend(format.to_le_bytes());
    body.extend(if style { 0xFFF5u16 } else { 0x0001 }.to_le_bytes());
    body.extend([0x20, 0, 0, if format == 0 { 0 } else { 0x04 }]);
    body.extend([0; 8]);
    body.extend([0xC0, 0x20]);
    body
}

fn sheet(book: &Book, sheet: &Sheet, texts: &mut Vec<String>, formats: &mut Vec<String>) -> Vec<u8> {
    let mut out = Records::default();
    out.begin(0x0010);
    for col in &sheet.hidden_cols {
        let mut body = Vec::new();
        for word in [*col as u16, *col as u16, 0, 15, 1, 0] {
            body.extend(word.to_le_bytes());
        }
        out.push(0x007D, &body);
    }
    let mut dimensions = Vec::new();
    dimensions.extend(0u32.to_le_bytes());
    dimensions.extend(sheet.height().to_le_bytes());
    for word in [0, sheet.width() as u16, 0] {
        dimensions.extend(u16::to_le_bytes(word));
    }
    out.push(0x0200, &dimensions);
    for row in 0..sheet.height() {
        if sheet.cells.range((row, 0)..(row + 1, 0)).next().is_none() {
            continue;
        }
        let hidden = sheet.hidden_rows.contains(&row);
        let mut body = Vec::new();
        for word in [row as u16, 0, sheet.width() as u16, 300, 0, 0] {
            body.extend(word.to_le_bytes());
        }
        body.extend(if hidden { 0x0160u32 } else { 0x0100 }.to_le_bytes());
        out.push(0x0208, &body);
    }
    for ((row, col), cell) in &sheet.cells {
        self::cell(book, *row, *col, cell, texts, formats, &mut out);
    }
    out.push(0x023E, &[0xB6, 0x06, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for areas in sheet.merges.chunks(1000) {
        let mut body = (areas.len() as u16).to_le_bytes().to_vec();
        for (top, left, bottom, right) in areas {
            for word in [top, bottom, left, right] {
                body.extend((*word as u16).to_le_bytes());
            }
        }
        out.push(0x00E5, &body);
    }
    out.end();
    out.bytes
}

fn cell(
    book: &Book,
    row: u32,
    col: u32,
    cell: &Cell,
    texts: &mut Vec<String>,
    formats: &mut Vec<String>,
    out: &mut Records,
) {
    let style = if cell.code() == "General" {
        15
    } else {
        let at = formats.iter().position(|known| known == cell.code()).unwrap_or_else(|| {
            formats.push(cell.code().to_owned());
            formats.len() - 1
        });
        16 + at as u16
    };
    let mut body = Vec::new();
    for word in [row as u16, col as u16, style] {
        body.extend(word.to_le_bytes());
    }
    match &cell.value {
        Value::Number(number) => out.push(0x0203, &[body, number.to_le_bytes().to_vec()].concat()),
        Value::Date(serial) => out.push(0x0203, &[body, book.serial(*serial).to_le_bytes().to_vec()].concat()),
        Value::Bool(truth) => out.push(0x0205, &[body, vec![u8::from(*truth), 0]].concat()),
        Value::Error(error) => {
            let code = error_code(error).unwrap_or_else(|| panic!("{error} has no code in an .xls"));
            out.push(0x0205, &[body, vec![code, 1]].concat());
        }
        Value::Text(text) => {
            let at = texts.iter().position(|known| known == text).unwrap_or_else(|| {
                texts.push(text.clone());
                texts.len() - 1
            });
            out.push(0x00FD, &[body, (at as u32).to_le_bytes().to_vec()].concat());
        }
        Value::Formula { stored, .. } => {
            let (result, text): ([u8; 8], Option<&str>) = match stored.as_deref() {
                Some(Value::Number(number)) => (number.to_le_bytes(), None),
                Some(Value::Date(serial)) => (book.serial(*serial).to_le_bytes(), None),
                Some(Value::Bool(truth)) => ([1, 0, u8::from(*truth), 0, 0, 0, 0xFF, 0xFF], None),
                Some(Value::Error(error)) => {
                    ([2, 0, error_code(error).expect("an .xls error"), 0, 0, 0, 0xFF, 0xFF], None)
                }
                Some(Value::Text(text)) => ([0, 0, 0, 0, 0, 0, 0xFF, 0xFF], Some(text)),
                _ => panic!("an .xls formula always stores a result"),
            };
            body.extend(result);
            body.extend([0, 0, 0, 0, 0, 0]);
            body.extend([5, 0, 0x44, 0, 0, 0, 0xC0]);
            out.push(0x0006, &body);
            if let Some(text) = text {
                out.push(0x0207, &long_text(text));
            }
        }
    }
}
