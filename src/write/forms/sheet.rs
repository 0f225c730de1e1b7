//! The sheet to fill in: title, labels, headers that cannot be changed, rows that can.

use rust_xlsxwriter::{ConditionalFormatFormula, IgnoreError, ProtectionOptions, Worksheet, XlsxError};

use super::{Prefill, check, style};
use crate::finding::{Lang, Text};
use crate::kinds::Kind;
use crate::kinds::form::Label;
use crate::place::column_letters;

/// Paper size A4.
const A4: u8 = 9;
/// Rows that are drawn as a table from the start; more get their lines as they are filled in.
const READY: u32 = 25;
/// Rows that are checked as they are typed.
const CHECKED: u32 = 5000;
/// The last column of a sheet.
const LAST_COL: u16 = 16_383;
/// How far the cell beside a label reaches, in digits.
const LABEL_ROOM: f64 = 55.0;

/// The row of the headers.
pub const fn header_row(kind: &Kind) -> u32 {
    kind.form.labels.len() as u32 + 3
}

/// Draws it.
pub fn draw(sheet: &mut Worksheet, kind: &Kind, lang: Lang, prefill: Prefill) -> Result<(), XlsxError> {
    let form = kind.form;
    sheet.set_name(form.sheet)?;
    let header = header_row(kind);
    // Whatever is not above the table can be written in, whole rows included: so they can be inserted and deleted.
    sheet.set_column_range_format(0, LAST_COL, &style::plain().set_unlocked())?;
    for row in 0..=header {
        sheet.set_row_format(row, &style::plain())?;
    }
    head(sheet, kind, lang, prefill)?;
    for (col, column) in (0u16..).zip(kind.columns) {
        let needed = kind.requires.iter().any(|one_of| one_of.contains(&column.id));
        sheet.set_column_width(col, width(kind, col))?;
        sheet.set_column_format(col, &style::entry(column))?;
        sheet.write_string_with_format(header, col, column.form_header(), &style::header(needed))?;
        for row in header + 1..=header + READY {
            sheet.write_blank(row, col, &style::lined(style::entry(column)))?;
        }
        let first = format!("{}{}", column_letters(col.into()), header + 2);
        sheet.add_data_validation(header + 1, col, header + CHECKED, col, &check::of(kind, column, &first, lang)?)?;
        sheet.ignore_error_range(header + 1, col, header + CHECKED, col, IgnoreError::NumberStoredAsText)?;
    }
    sheet.set_row_height(header, style::header_height(kind))?;
    lines(sheet, kind, header)?;
    page(sheet, header)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        insert_links: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// How wide a column of the form is; the first has room for the labels.
pub fn width(kind: &Kind, col: u16) -> f64 {
    let own = kind.columns.get(usize::from(col)).map_or(0.0, |column| style::width(kind, column));
    if col > 0 {
        return own;
    }
    let longest = kind.form.labels.iter().map(|label| label.name.chars().count() + 1).max().unwrap_or(0);
    own.max(longest as f64 * 1.15 + 2.0)
}

fn head(sheet: &mut Worksheet, kind: &Kind, lang: Lang, prefill: Prefill) -> Result<(), XlsxError> {
    let hint = Text::new(
        "Compilare le celle chiare e le righe sotto le intestazioni; come si fa è spiegato nel foglio «Istruzioni».",
        "Fill in the light cells and the rows below the headers; the sheet “Instructions” explains how.",
    );
    sheet.write_string_with_format(0, 0, kind.form.title, &style::title())?;
    sheet.write_string_with_format(1, 0, hint.get(lang), &style::hint())?;
    sheet.set_row_height(0, 24)?;
    let (mut last, mut room) = (0, 0.0);
    while room < LABEL_ROOM && usize::from(last) + 1 < kind.columns.len() {
        last += 1;
        room += width(kind, last);
    }
    for (row, label) in (2u32..).zip(kind.form.labels) {
        sheet.write_string_with_format(row, 0, format!("{}:", label.name), &style::label())?;
        sheet.set_row_height(row, 20)?;
        match prefill.year.filter(|_| label.name == "Anno") {
            _ if last > 1 => {
                sheet.merge_range(row, 1, row, last, "", &style::input())?;
            }
            _ => {
                sheet.write_blank(row, 1, &style::input())?;
            }
        }
        if let Some(year) = prefill.year.filter(|_| label.name == "Anno") {
            sheet.write_number_with_format(row, 1, f64::from(year), &style::input())?;
        }
        ask(sheet, row, label, lang)?;
    }
    Ok(())
}

/// The message beside a label.
fn ask(sheet: &mut Worksheet, row: u32, label: &Label, lang: Lang) -> Result<(), XlsxError> {
    let check = rust_xlsxwriter::DataValidation::new()
        .allow_any_value()
        .set_input_title(label.name)?
        .set_input_message(crate::finding::shorten(label.help.get(lang), 250))?;
    sheet.add_data_validation(row, 1, row, 1, &check)?;
    Ok(())
}

/// Rows beyond the drawn ones get their lines as soon as something stands in them.
fn lines(sheet: &mut Worksheet, kind: &Kind, header: u32) -> Result<(), XlsxError> {
    let last = kind.columns.len() as u16 - 1;
    let first = header + READY + 1;
    let rule = format!("=COUNTA($A{0}:${1}{0})>0", first + 1, column_letters(last.into()));
    let filled = ConditionalFormatFormula::new()
        .set_rule(rule.as_str())
        .set_format(style::lined(rust_xlsxwriter::Format::new()));
    sheet.add_conditional_format(first, 0, header + CHECKED, last, &filled)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, header: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&8&A&R&8pagina &P di &N");
    sheet.set_repeat_rows(header, header)?;
    sheet.set_freeze_panes(header + 1, 0)?;
    sheet.set_selection(header + 1, 0, header + 1, 0)?;
    Ok(())
}
