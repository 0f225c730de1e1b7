//! The text form of a book: what the cases and the museum of findings keep, so that a diff can be read.
//!
//! ```text
//! # file: urp.xlsx                 name of the file; its extension is its format (default: the grid's own name.xlsx)
//! # sheet: Carta 2019              starts a sheet; `# sheet: OLD [hidden]`, `[very hidden]`
//! # merge: A1:D1  A5:A6            merges of the current sheet
//! # hidden: 7  C                   hidden rows (numbers) and columns (letters) of the current sheet
//! # at: C6                         the next row's first cell stands here
//! # 1904                           the file counts days from 1904
//! # by: rust_xlsxwriter            the program that saved it
//! # compute                        the file asks to be computed when opened
//! # csv: , utf-16 point            separator (`tab` too), encoding (utf-8, bom, windows-1252, utf-16), decimal mark
//! Codice | Processo | Programmato | Rilevato
//! 3.1.1  | Accesso  | 30 gg.      | 0.9 [0%]
//!
//! 3.1.2  | Reclami  | 10          | =AVERAGE(A1:A2) -> 0.6
//! ```
//! Cells are separated by `|`; an empty line is a blank row; blanks around a cell do not count. A cell is a text unless
//! it is a plain number with a decimal point (`12`, `-3.5`) or says what it is: `'12` text, `0.9 [0%]` number with
//! a format, `2019-03-12 [date]`, `43536 [serial]` a day without a date format, `TRUE [bool]`, `#REF! [error]`,
//! `=F -> V` formula with stored result, `=F` formula without one. `\n` is a line break, `\_` a no-break space, `\|` a
//! bar, `\\` a backslash.

use super::grid::{Book, Cell, Encoding, Sheet, Value, Visibility, place};
use super::shown::serial;

/// A book and the file name it asks for.
#[derive(Debug)]
pub struct Written {
    /// Name of the file, when the text gives one.
    pub file: Option<String>,
    /// The book.
    pub book: Book,
}

/// Reads the text form.
///
/// # Panics
/// On a directive that it does not know: the text is a test's own.
pub fn parse(text: &str) -> Written {
    let mut written = Written { file: None, book: Book::new(Vec::new()) };
    let (mut row, mut left) = (0, 0);
    for line in text.lines() {
        if let Some(directive) = line.strip_prefix("# ") {
            let (name, value) = directive.split_once(':').unwrap_or((directive, ""));
            let value = value.trim();
            match name.trim() {
                "file" => written.file = Some(value.to_owned()),
                "1904" => written.book.date_1904 = true,
                "compute" => written.book.compute_on_load = true,
                "by" => written.book.application = value.to_owned(),
                "csv" => delimited(&mut written.book, value),
                "sheet" => {
                    written.book.sheets.push(named(value));
                    (row, left) = (0, 0);
                }
                "at" => (row, left) = place(value).expect("a cell after `# at:`"),
                "merge" => {
                    for area in value.split_whitespace() {
                        let (first, last) = area.split_once(':').expect("an area after `# merge:`");
                        let (first, last) = (place(first).expect("cell"), place(last).expect("cell"));
                        current(&mut written.book).merges.push((first.0, first.1, last.0, last.1));
                    }
                }
                "hidden" => {
                    for part in value.split_whitespace() {
                        let sheet = current(&mut written.book);
                        match part.parse::<u32>() {
                            Ok(n) => sheet.hidden_rows.insert(n - 1),
                            Err(_) => sheet.hidden_cols.insert(place(&format!("{part}1")).expect("a column").1),
                        };
                    }
                }
                other => panic!("unknown directive `# {other}`"),
            }
            continue;
        }
        for (at, part) in split(line).iter().enumerate() {
            if let Some(cell) = cell(part.trim()) {
                current(&mut written.book).put(row, left + at as u32, cell);
            }
        }
        row += 1;
    }
    current(&mut written.book);
    written
}

fn current(book: &mut Book) -> &mut Sheet {
    if book.sheets.is_empty() {
        book.sheets.push(Sheet::new("Foglio1"));
    }
    book.sheets.last_mut().expect("a sheet")
}

fn named(value: &str) -> Sheet {
    for (mark, visibility) in [("[hidden]", Visibility::Hidden), ("[very hidden]", Visibility::VeryHidden)] {
        if let Some(name) = value.strip_suffix(mark) {
            return Sheet { visibility, ..Sheet::new(name.trim()) };
        }
    }
    Sheet::new(value)
}

fn delimited(book: &mut Book, value: &str) {
    for word in value.split_whitespace() {
        match word {
            "tab" => book.delimiter = '\t',
            "utf-8" => book.encoding = Encoding::Utf8,
            "bom" => book.encoding = Encoding::Utf8Bom,
            "windows-1252" => book.encoding = Encoding::Windows1252,
            "utf-16" => book.encoding = Encoding::Utf16,
            "comma" => book.decimal_comma = true,
            "point" => book.decimal_comma = false,
            mark => book.delimiter = mark.chars().next().expect("a separator"),
        }
    }
}

/// The parts of a line between bars that no backslash escapes; escapes stay.
fn split(line: &str) -> Vec<String> {
    let (mut parts, mut escaped) = (vec![String::new()], false);
    for c in line.chars() {
        if c == '|' && !escaped {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("a part").push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    parts
}

fn cell(part: &str) -> Option<Cell> {
    if part.is_empty() {
        return None;
    }
    if let Some(formula) = part.strip_prefix('=') {
        let (text, stored) = formula.split_once(" -> ").map_or((formula, None), |(text, result)| (text, Some(result)));
        let stored = stored.and_then(|result| cell(result.trim()));
        let format = stored.as_ref().and_then(|cell| cell.format.clone());
        let stored = stored.map(|cell| Box::new(cell.value));
        return Some(Cell { value: Value::Formula { text: unescape(text.trim()), stored }, format });
    }
    if let Some((value, mark)) = part.strip_suffix(']').and_then(|rest| rest.rsplit_once(" [")) {
        let value = value.trim();
        let known = match mark {
            "date" => value.parse().ok().map(|day| Cell::date(serial(day))),
            "serial" => value.parse().ok().map(|days| Cell::date(days).formatted("General")),
            "bool" => Some(Cell::new(Value::Bool(value == "TRUE"))),
            "error" => Some(Cell::new(Value::Error(value.to_owned()))),
            code => value.parse().ok().map(|number| Cell::number(number).formatted(code)),
        };
        if known.is_some() {
            return known;
        }
    }
    let plain = part.starts_with(|c: char| c.is_ascii_digit() || c == '-') && !part.ends_with('.');
    match part.parse::<f64>() {
        Ok(number) if plain => Some(Cell::number(number)),
        _ => Some(Cell::text(unescape(part.strip_prefix('\'').unwrap_or(part)))),
    }
}

fn unescape(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('_')) => out.push('\u{a0}'),
            ('\\', Some(other)) => out.push(other),
            (c, _) => out.push(c),
        }
    }
    out
}
