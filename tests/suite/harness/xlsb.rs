//! `.xlsb` by hand: a minimal BIFF12 workbook, with formats, hidden parts, merges, errors and formulas with their stored
//! results. Numbers are packed as Excel packs them. A formula's tokens are a mere reference to A1: only its result
//! matters here. Fonts, fills and borders are left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::biff::error_code;
use super::grid::{Book, Cell, Sheet, Value, Visibility};
use super::package::zip;

const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A record: its kind, its length in seven bits a byte, its data.
pub fn record(kind: u32, data: &[u8]) -> Vec<u8> {
    let mut out = head(kind, data.len());
    out.extend(data);
    out
}

/// The kind and length of a record, without its data.
pub fn head(kind: u32, mut length: usize) -> Vec<u8> {
    let mut out = vec![kind as u8];
    if kind > 0x7F {
        out = vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8];
    }
    loop {
        let more = length > 0x7F;
        out.push(length as u8 & 0x7F | if more { 0x80 } else { 0 });
        length >>= 7;
        if !more {
            return out;
        }
    }
}

/// A text with its 32-bit length before it.
pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let letters = units.iter().flat_map(|unit| unit.to_le_bytes());
    (units.len() as u32).to_le_bytes().into_iter().chain(letters).collect()
}

/// 32-bit numbers one after the other.
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Tables that the sheets share.
#[derive(Default)]
struct Shared {
    texts: Vec<String>,
    text_at: BTreeMap<String, u32>,
    formats: Vec<String>,
}

impl Shared {
    fn text(&mut self, text: &str) -> u32 {
        if let Some(at) = self.text_at.get(text) {
            return *at;
        }
        let at = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.text_at.insert(text.to_owned(), at);
        at
    }

    /// Style index of a format code; 0 is `General`.
    fn style(&mut self, code: &str) -> u32 {
        if code == "General" {
            return 0;
        }
        let at = self.formats.iter().position(|known| known == code).unwrap_or_else(|| {
            self.formats.push(code.to_owned());
            self.formats.len() - 1
        });
        at as u32 + 1
    }
}

/// The bytes of the workbook.
pub fn bytes(book: &Book) -> Vec<u8> {
    let mut shared = Shared::default();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|one| sheet(book, one, &mut shared)).collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(book).into_bytes()),
        ("_rels/.rels".to_owned(), relations(&[("officeDocument", "xl/workbook.bin".to_owned())]).into_bytes()),
        ("xl/workbook.bin".to_owned(), workbook(book)),
        ("xl/styles.bin".to_owned(), styles(&shared)),
    ];
    let mut targets: Vec<(&str, String)> =
        (1..=sheets.len()).map(|at| ("worksheet", format!("worksheets/sheet{at}.bin"))).collect();
    targets.push(("styles", "styles.bin".to_owned()));
    if book.shared_strings {
        targets.push(("sharedStrings", "sharedStrings.bin".to_owned()));
        parts.push(("xl/sharedStrings.bin".to_owned(), strings(&shared.texts)));
    }
    parts.push(("xl/_rels/workbook.bin.rels".to_owned(), relations(&targets).into_bytes()));
    for (at, bytes) in sheets.into_iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{}.bin", at + 1), bytes));
    }
    zip(&parts)
}

fn sheet(book: &Book, sheet: &Sheet, shared: &mut Shared) -> Vec<u8> {
    let last = |size: u32| size.saturating_sub(1);
    let mut out = record(0x81, &[]);
    out.extend(record(0x94, &words(&[0, last(sheet.height()), 0, last(sheet.width())])));
    if !sheet.hidden_cols.is_empty() {
        out.extend(record(0x0186, &[]));
        for col in &sheet.hidden_cols {
            out.extend(record(0x3C, &[words(&[*col, *col, 0, 0]), vec![3, 0]].concat()));
        }
        out.extend(record(0x0187, &[]));
    }
    out.extend(record(0x91, &[]));
    for row in 0..sheet.height() {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0)).peekable();
        if cells.peek().is_none() {
            continue;
        }
        let hidden = if sheet.hidden_rows.contains(&row) { 0x10 } else { 0 };
        out.extend(record(0x00, &[words(&[row, 0]), vec![0x2C, 0x01, 0, hidden, 0, 0, 0, 0, 0]].concat()));
        for ((_, col), cell) in cells {
            out.extend(self::cell(book, *col, cell, shared));
        }
    }
    out.extend(record(0x92, &[]));
    if !sheet.merges.is_empty() {
        out.extend(record(0xB1, &words(&[sheet.merges.len() as u32])));
        for (top, left, bottom, right) in &sheet.merges {
            out.extend(record(0xB0, &words(&[*top, *bottom, *left, *right])));
        }
        out.extend(record(0xB2, &[]));
    }
    out.extend(record(0x82, &[]));
    out
}

fn cell(book: &Book, col: u32, cell: &Cell, shared: &mut Shared) -> Vec<u8> {
    let start = words(&[col, shared.style(cell.code())]);
    let computed = matches!(cell.value, Value::Formula { .. });
    let stored = cell.stored().unwrap_or_else(|| panic!("an .xlsb formula always stores a result"));
    let (plain, formula, value) = match stored {
        Value::Number(number) => number_of(*number, computed),
        Value::Date(serial) => number_of(book.serial(*serial), computed),
        Value::Bool(truth) => (0x04, 0x0A, vec![u8::from(*truth)]),
        Value::Error(error) => {
            let code = error_code(error).unwrap_or_else(|| panic!("{error} has no code in an .xlsb"));
            (0x03, 0x0B, vec![code])
        }
        Value::Text(text) if book.shared_strings && !computed => (0x07, 0x08, words(&[shared.text(text)])),
        Value::Text(text) => (0x06, 0x08, self::text(text)),
        Value::Formula { .. } => panic!("a formula's result is no formula"),
    };
    if !computed {
        return record(plain, &[start, value].concat());
    }
    // Flags, the tokens with their length, and nothing that belongs to them.
    let tokens = [0, 0, 7, 0, 0, 0, 0x44, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0];
    record(formula, &[start, value, tokens.to_vec()].concat())
}

/// The kinds of a number's cell, typed and computed, and its bytes: packed where it is a whole number or hundredths.
fn number_of(number: f64, computed: bool) -> (u32, u32, Vec<u8>) {
    let whole = |number: f64| number.trunc() == number && number.abs() < f64::from(1 << 29);
    let packed = if number == 0.0 && number.is_sign_negative() {
        None
    } else if whole(number) {
        Some((number as i32) << 2 | 2)
    } else {
        let hundredths = (number * 100.0).round();
        (whole(hundredths) && hundredths / 100.0 == number).then_some((hundredths as i32) << 2 | 3)
    };
    match packed {
        Some(packed) if !computed => (0x02, 0x09, packed.to_le_bytes().to_vec()),
        _ => (0x05, 0x09, number.to_le_bytes().to_vec()),
    }
}

fn workbook(book: &Book) -> Vec<u8> {
    let mut out = record(0x83, &[]);
    out.extend(record(0x99, &words(&[u32::from(book.date_1904), 0, 0])));
    out.extend(record(0x8F, &[]));
    for (at, sheet) in (1..).zip(&book.sheets) {
        let state = match sheet.visibility {
            Visibility::Visible => 0,
            Visibility::Hidden => 1,
            Visibility::VeryHidden => 2,
        };
        out.extend(record(0x9C, &[words(&[state, at]), text(&format!("rId{at}")), text(&sheet.name)].concat()));
    }
    out.extend(record(0x90, &[]));
    out.extend(record(0x84, &[]));
    out
}

fn styles(shared: &Shared) -> Vec<u8> {
    let count = shared.formats.len() as u16;
    let mut out = record(0x0116, &[]);
    if count > 0 {
        out.extend(record(0x0267, &words(&[count.into()])));
        for (id, code) in (164u16..).zip(&shared.formats) {
            out.extend(record(0x2C, &[id.to_le_bytes().to_vec(), text(code)].concat()));
        }
        out.extend(record(0x0268, &[]));
    }
    let style = |parent: u16, format: u16| {
        let given = u8::from(format != 0);
        [&parent.to_le_bytes()[..], &format.to_le_bytes(), &[0; 8], &[0x10, 0x10, given, 0]].concat()
    };
    out.extend(record(0x0272, &words(&[1])));
    out.extend(record(0x2F, &style(0xFFFF, 0)));
    out.extend(record(0x0273, &[]));
    out.extend(record(0x0269, &words(&[u32::from(count) + 1])));
    for format in std::iter::once(0).chain((164..).take(count.into())) {
        out.extend(record(0x2F, &style(0, format)));
    }
    out.extend(record(0x026A, &[]));
    out.extend(record(0x0117, &[]));
    out
}

fn strings(texts: &[String]) -> Vec<u8> {
    let count = texts.len() as u32;
    let items = texts.iter().flat_map(|item| record(0x13, &[vec![0], text(item)].concat())).collect();
    [record(0x9F, &words(&[count, count])), items, record(0xA0, &[])].concat()
}

fn relations(targets: &[(&str, String)]) -> String {
    let mut out = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (at, (kind, target)) in (1..).zip(targets) {
        let _ = write!(out, "<Relationship Id=\"rId{at}\" Type=\"{REL}/{kind}\" Target=\"{target}\"/>");
    }
    out + "</Relationships>"
}

fn content_types(book: &Book) -> String {
    let mut out = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>\
         <Override PartName=\"/xl/styles.bin\" ContentType=\"application/vnd.ms-excel.styles\"/>"
    );
    if book.shared_strings {
        out.push_str(
            "<Override PartName=\"/xl/sharedStrings.bin\" ContentType=\"application/vnd.ms-excel.sharedStrings\"/>",
        );
    }
    for at in 1..=book.sheets.len() {
        let part = format!("/xl/worksheets/sheet{at}.bin");
        let _ = write!(out, "<Override PartName=\"{part}\" ContentType=\"application/vnd.ms-excel.worksheet\"/>");
    }
    out + "</Types>"
}
