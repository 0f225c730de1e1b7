//! One sheet of a copy: its values, and its marks.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError};

use super::super::phrases::say;
use super::width::{WIDEST, height, widths};
use super::{Copied, Remarks};
use crate::finding::{Finding, Lang, Severity, shorten};
use crate::place::{Area, CellRef, MAX_COLS, MAX_ROWS};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Formula, Sheet, Value, Visibility};
use crate::write::xlsx::fitting;

/// A merge of more cells than this is left out: each of them would be written.
const MOST_MERGED: u64 = 5_000;
/// Days between the two counts of days that Excel knows.
const FROM_1904: f64 = 1462.0;
/// The longest note; Excel shows no more.
const LONGEST_NOTE: usize = 900;
/// How wide a note is, in pixels, and about how many letters fit in a line of it.
const NOTE_WIDTH: (u32, usize) = (330, 46);

/// What is found at each cell of a sheet.
type Marks<'a> = BTreeMap<CellRef, Vec<&'a Finding>>;

/// The colour of a severity.
pub fn fill(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::RGB(0xFF_C7CE),
        Severity::Warning => Color::RGB(0xFF_EB9C),
        Severity::Info => Color::RGB(0xDD_EBF7),
    }
}

/// A format with the colour and the border of a severity.
pub fn marked(format: Format, severity: Severity) -> Format {
    let (border, colour) = match severity {
        Severity::Error => (FormatBorder::Thick, Color::RGB(0xA4_141C)),
        Severity::Warning => (FormatBorder::MediumDashed, Color::RGB(0x7A_5200)),
        Severity::Info => (FormatBorder::Dotted, Color::RGB(0x1F_3864)),
    };
    format.set_background_color(fill(severity)).set_border(border).set_border_color(colour)
}

/// Draws a sheet; `notes` are those that may still be written.
pub fn draw(
    copied: &Copied<'_>,
    sheet: &Sheet,
    worksheet: &mut Worksheet,
    remarks: &mut Remarks,
    notes: &mut usize,
    lang: Lang,
) -> Result<(), XlsxError> {
    let marks = marks(copied, sheet);
    let mut pen = Pen { sheet, formats: HashMap::new(), headers: headers(copied, sheet) };
    outline(sheet, worksheet)?;
    remarks.merges += merges(sheet, worksheet)?;
    remarks.counts_from_1904 |= sheet.date_1904;
    for row in sheet.rows.iter() {
        if copied.is_foreign(&sheet.name, row.index) {
            remarks.foreign_rows += 1;
            continue;
        }
        for cell in row.cells().filter(|cell| cell.col < MAX_COLS && row.index < MAX_ROWS) {
            remarks.formulas += usize::from(cell.formula != Formula::None);
            let severity = marks.get(&CellRef::new(row.index, cell.col)).map(|list| gravest(list));
            pen.cell(worksheet, row.index, cell, severity)?;
        }
    }
    for (at, findings) in &marks {
        if sheet.stored(at.row, at.col).is_none() {
            worksheet.write_blank(at.row, at.col as u16, &marked(Format::new(), gravest(findings)))?;
        }
        match notes.checked_sub(1) {
            Some(left) => {
                *notes = left;
                worksheet.insert_note(at.row, at.col as u16, &note(findings, lang))?;
            }
            None => remarks.unnoted += 1,
        }
    }
    Ok(())
}

/// Findings by cell, those of cells that another office's rows hold left out.
fn marks<'a>(copied: &Copied<'a>, sheet: &Sheet) -> Marks<'a> {
    let mut marks = Marks::new();
    for item in copied.items.iter().filter(|item| item.place.sheet.as_ref() == Some(&sheet.name)) {
        let cell = item.place.cell.filter(|cell| cell.row < MAX_ROWS && cell.col < MAX_COLS);
        if let Some(cell) = cell.filter(|cell| !copied.is_foreign(&sheet.name, cell.row)) {
            marks.entry(cell).or_default().push(item.finding);
        }
    }
    marks
}

fn gravest(findings: &[&Finding]) -> Severity {
    findings.iter().map(|finding| finding.severity).min().unwrap_or(Severity::Info)
}

fn note(findings: &[&Finding], lang: Lang) -> Note {
    let one = |finding: &&Finding| {
        let label = finding.severity.label().get(lang).to_uppercase();
        let (seen, cure) = (shorten(&finding.message(lang), 400), shorten(&finding.help(lang), 400));
        format!("{label} {}\n{seen}\n{} {cure}", finding.code.id, say(lang, "Che cosa fare:", "What to do:"))
    };
    let text = findings.iter().map(one).collect::<Vec<_>>().join("\n\n");
    let text: String = fitting(&text).chars().take(LONGEST_NOTE).collect();
    let (width, letters) = NOTE_WIDTH;
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / letters).sum();
    let height = 12 + 17 * u32::try_from(lines).unwrap_or(20).min(20);
    Note::new(text).add_author_prefix(false).set_author("allegati").set_width(width).set_height(height)
}

/// Rows of the header, 0-based.
fn headers(copied: &Copied<'_>, sheet: &Sheet) -> HashSet<u32> {
    let file = copied.outcome.sources.iter().find(|source| source.file == copied.kept.file);
    let known = file.and_then(|file| file.sheets.iter().find(|known| *known.name == *sheet.name));
    known.into_iter().flat_map(|known| &known.header_rows).map(|row| row - 1).collect()
}

/// Widths and heights, the page, and what is hidden.
fn outline(sheet: &Sheet, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    let widths = widths(sheet);
    for (col, width) in widths.range(..MAX_COLS) {
        worksheet.set_column_width(*col as u16, *width)?;
    }
    for row in sheet.rows.iter().filter(|row| row.index < MAX_ROWS) {
        if let Some(height) = height(sheet, row, &widths) {
            worksheet.set_row_height(row.index, height)?;
        }
    }
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (first, last) in sheet.hidden_cols.iter().filter(|(first, _)| *first < MAX_COLS) {
        worksheet.set_column_range_hidden(*first as u16, (*last).min(MAX_COLS - 1) as u16)?;
    }
    for row in sheet.rows.iter().filter(|row| row.hidden() && row.index < MAX_ROWS) {
        worksheet.set_row_hidden(row.index)?;
    }
    match sheet.visibility {
        Visibility::Visible => {}
        Visibility::Hidden => _ = worksheet.set_hidden(true),
        Visibility::VeryHidden => _ = worksheet.set_very_hidden(true),
    }
    Ok(())
}

/// Draws the merges that fit; how many do not.
fn merges(sheet: &Sheet, worksheet: &mut Worksheet) -> Result<usize, XlsxError> {
    let (mut drawn, mut left): (Vec<Area>, usize) = (Vec::new(), 0);
    for area in &sheet.merges {
        let (first, last) = (area.first, area.last);
        let cells = u64::from(last.row - first.row + 1) * u64::from(last.col - first.col + 1);
        let outside = last.row >= MAX_ROWS || last.col >= MAX_COLS;
        let meets = |other: &Area| {
            first.row <= other.last.row
                && other.first.row <= last.row
                && first.col <= other.last.col
                && other.first.col <= last.col
        };
        if !(2..=MOST_MERGED).contains(&cells) || outside || drawn.iter().any(meets) {
            left += 1;
            continue;
        }
        let format = Format::new().set_align(FormatAlign::Top);
        worksheet.merge_range(first.row, first.col as u16, last.row, last.col as u16, "", &format)?;
        drawn.push(*area);
    }
    Ok(left)
}

/// What writes the cells of one sheet.
struct Pen<'a> {
    sheet: &'a Sheet,
    formats: HashMap<(u16, bool, bool, Option<Severity>), Format>,
    headers: HashSet<u32>,
}

impl Pen<'_> {
    fn cell(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        cell: Cell<'_>,
        severity: Option<Severity>,
    ) -> Result<(), XlsxError> {
        let wraps = matches!(&cell.value, Value::Text(text) if text.contains('\n') || text.chars().count() > WIDEST);
        let alone = self.sheet.row(row).is_some_and(|row| row.len() == 1);
        let format = self.format(cell.format, wraps && !alone, self.headers.contains(&row), severity);
        let col = cell.col as u16;
        match &cell.value {
            Value::Number(number) if number.is_finite() => {
                let number = if self.is_date_of_1904(cell) { number + FROM_1904 } else { *number };
                worksheet.write_number_with_format(row, col, number, &format)?
            }
            Value::Number(number) => worksheet.write_string_with_format(row, col, number.to_string(), &format)?,
            Value::Text(text) => worksheet.write_string_with_format(row, col, fitting(text), &format)?,
            // A text, because only a formula could give the error itself; it is read as the error all the same.
            Value::Error(text) => worksheet.write_string_with_format(row, col, fitting(text), &format)?,
            Value::Bool(value) => worksheet.write_boolean_with_format(row, col, *value, &format)?,
            Value::Blank => worksheet.write_blank(row, col, &format)?,
        };
        Ok(())
    }

    fn is_date_of_1904(&self, cell: Cell<'_>) -> bool {
        self.sheet.date_1904 && self.sheet.format(cell).kind == FormatKind::Date
    }

    fn format(&mut self, number: u16, wraps: bool, header: bool, severity: Option<Severity>) -> Format {
        let code = &self.sheet.formats[usize::from(number)].code;
        let made = self.formats.entry((number, wraps, header, severity)).or_insert_with(|| {
            let mut format = Format::new().set_align(FormatAlign::Top);
            if !code.is_empty() && !matches!(&**code, "General" | "Standard") {
                format = format.set_num_format(&**code);
            }
            if wraps || header {
                format = format.set_text_wrap();
            }
            if header {
                format = format.set_bold().set_border_bottom(FormatBorder::Thin);
            }
            severity.map_or(format.clone(), |severity| marked(format, severity))
        });
        made.clone()
    }
}
