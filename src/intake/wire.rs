//! Sheets and findings as bytes between the worker and its caller. Private to one version of the program.

use std::sync::Arc;

use crate::finding::{Finding, Findings, Lang, Severity, Word};
use crate::place::{Area, CellRef, Place};
use crate::sheet::format::Format;
use crate::sheet::{Cell, Filling, Formula, Rows, Sheet, Value, Visibility};

/// Stands at the end of a whole answer.
const END: u32 = 0x5EA1_ED01;
/// The words of the messages of this room.
const WORDS: [&str; 5] = ["what", "part", "why", "limit", "place"];

/// Writes sheets, which share their formats, and findings.
pub(super) fn encode(sheets: &[Sheet], findings: &Findings) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    let formats = sheets.first().map(|sheet| sheet.formats.as_slice()).unwrap_or_default();
    out.list(formats, |out, format| out.text(&format.code));
    out.list(sheets, sheet_out);
    let findings: Vec<&Finding> = findings.iter().collect();
    out.list(&findings, |out, finding| finding_out(out, finding));
    out.number(END);
    out.0
}

/// Writes the texts of formulas of sheets that were written before.
pub(super) fn encode_formulas(sheets: &[Sheet]) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    out.list(sheets, |out, sheet| out.texts(&sheet.formulas));
    out.number(END);
    out.0
}

/// Adds the texts of formulas, when they came to their end.
pub(super) fn decode_formulas(bytes: &[u8], sheets: &mut [Sheet]) {
    let mut input = Reader(bytes);
    let lists = input.list(Reader::texts);
    if let (Some(lists), Some(END)) = (lists, input.number()) {
        for (sheet, formulas) in sheets.iter_mut().zip(lists) {
            sheet.formulas = formulas;
        }
    }
}

/// Reads sheets and findings back, placed in the file they came from, and gives the bytes after them; `None` when the
/// answer is cut off.
pub(super) fn decode<'a>(bytes: &'a [u8], file: &Arc<str>) -> Option<(Vec<Sheet>, Findings, &'a [u8])> {
    let mut input = Reader(bytes);
    let formats = Arc::new(input.list(|input| Some(Format::parse(input.text()?)))?);
    let sheets = input.list(|input| sheet_in(input, &formats))?;
    let mut findings = Findings::default();
    for finding in input.list(|input| finding_in(input, file))? {
        findings.push(finding);
    }
    (input.number()? == END).then_some((sheets, findings, input.0))
}

fn sheet_out(out: &mut Writer, sheet: &Sheet) {
    out.text(&sheet.name);
    out.byte(sheet.visibility as u8);
    out.byte(u8::from(sheet.date_1904) | u8::from(sheet.uncomputed_zeros) << 1);
    out.number(sheet.rows.len() as u32);
    for row in sheet.rows.iter() {
        out.number(row.index);
        out.byte(u8::from(row.hidden()));
        out.number(row.len() as u32);
        row.cells().for_each(|cell| cell_out(out, &cell));
    }
    out.list(&sheet.merges, |out, area| {
        for number in [area.first.row, area.first.col, area.last.row, area.last.col] {
            out.number(number);
        }
    });
    out.list(&sheet.hidden_cols, |out, (first, last)| {
        out.number(*first);
        out.number(*last);
    });
    for texts in [&sheet.formulas, &sheet.comments, &sheet.damaged] {
        out.texts(texts);
    }
}

fn sheet_in(input: &mut Reader, formats: &Arc<Vec<Format>>) -> Option<Sheet> {
    let name = input.text()?.into();
    let visibility = match input.byte()? {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    let flags = input.byte()?;
    let rows = rows_in(input, formats.len())?;
    let merges = input.list(|input| {
        let first = CellRef::new(input.number()?, input.number()?);
        Some(Area { first, last: CellRef::new(input.number()?, input.number()?) })
    })?;
    let hidden_cols = input.list(|input| Some((input.number()?, input.number()?)))?;
    Some(Sheet {
        name,
        visibility,
        rows,
        merges,
        hidden_cols,
        formats: Arc::clone(formats),
        date_1904: flags & 1 != 0,
        formulas: input.texts()?,
        comments: input.texts()?,
        uncomputed_zeros: flags & 2 != 0,
        damaged: input.texts()?,
    })
}

fn rows_in(input: &mut Reader, formats: usize) -> Option<Rows> {
    let mut rows = Filling::default();
    for _ in 0..input.number()? {
        let (index, hidden) = (input.number()?, input.byte()? != 0);
        for _ in 0..input.number()? {
            cell_in(input, formats, |cell| rows.cell(index, hidden, cell))?;
        }
    }
    Some(rows.finish())
}

fn cell_out(out: &mut Writer, cell: &Cell) {
    out.number(cell.col);
    out.number(u32::from(cell.format));
    out.byte(cell.formula as u8);
    match cell.value {
        Value::Blank => out.byte(0),
        Value::Number(number) => {
            out.byte(1);
            out.0.extend(number.to_le_bytes());
        }
        Value::Text(text) => {
            out.byte(2);
            out.text(&text);
        }
        Value::Bool(value) => out.byte(3 + u8::from(value)),
        Value::Error(text) => {
            out.byte(5);
            out.text(&text);
        }
    }
}

/// Gives the next cell to `take`.
fn cell_in(input: &mut Reader, formats: usize, take: impl FnOnce(Cell<'_>)) -> Option<()> {
    let col = input.number()?;
    let format = u16::try_from(input.number()?).ok().filter(|format| usize::from(*format) < formats)?;
    let formula = match input.byte()? {
        0 => Formula::None,
        1 => Formula::Stored,
        _ => Formula::Unstored,
    };
    let value: Value = match input.byte()? {
        0 => Value::Blank,
        1 => Value::Number(f64::from_le_bytes(input.take(8)?.try_into().ok()?)),
        2 => Value::Text(input.text()?.into()),
        3 => Value::Bool(false),
        4 => Value::Bool(true),
        _ => Value::Error(input.text()?.into()),
    };
    take(Cell { col, format, formula, value: value.as_ref() });
    Some(())
}

fn finding_out(out: &mut Writer, finding: &Finding) {
    out.text(finding.code.id);
    out.byte(finding.severity as u8);
    out.text(finding.place.sheet.as_deref().unwrap_or_default());
    let cell = finding.place.cell.unwrap_or(CellRef::new(u32::MAX, 0));
    out.number(cell.row);
    out.number(cell.col);
    out.list(&finding.words, |out, (name, word)| {
        out.text(name);
        out.text(word.get(Lang::It));
        out.text(word.get(Lang::En));
    });
}

fn finding_in(input: &mut Reader, file: &Arc<str>) -> Option<Finding> {
    let id = input.text()?;
    let code = super::CODES.iter().find(|code| code.id == id)?;
    let severity = match input.byte()? {
        0 => Severity::Error,
        1 => Severity::Warning,
        _ => Severity::Info,
    };
    let sheet = Some(input.text()?).filter(|name| !name.is_empty()).map(Arc::from);
    let cell = CellRef::new(input.number()?, input.number()?);
    let cell = (cell.row != u32::MAX).then_some(cell);
    let mut finding = Finding::new(code, Place { file: Arc::clone(file), sheet, cell }).at(severity);
    finding.words = input.list(|input| {
        let name = input.text()?;
        let name = WORDS.iter().find(|known| **known == name)?;
        Some((*name, Word::Both(input.text()?.to_owned(), input.text()?.to_owned())))
    })?;
    Some(finding)
}

struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.0.extend(text.as_bytes());
    }

    fn texts(&mut self, texts: &Texts) {
        self.list(texts, |out, ((row, col), text)| {
            out.number(*row);
            out.number(*col);
            out.text(text);
        });
    }

    fn list<T>(&mut self, list: &[T], each: impl Fn(&mut Self, &T)) {
        self.number(list.len() as u32);
        for item in list {
            each(self, item);
        }
    }
}

/// Texts by cell.
type Texts = Vec<((u32, u32), Box<str>)>;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| each(self)).collect()
    }

    fn texts(&mut self) -> Option<Texts> {
        self.list(|input| Some(((input.number()?, input.number()?), input.text()?.into())))
    }
}
