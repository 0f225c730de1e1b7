//! The printed page: A4, one page wide, titles and headers on every page, who and when at the margins.

use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};

use crate::finding::{Lang, Text};
use crate::write::book::{Book, Content, TableSheet};

/// Paper size A4.
const A4: u8 = 9;
/// Excel opens no more page breaks than this on a sheet; pages after the last of them end by themselves.
const MOST_BREAKS: usize = 1_023;
/// The body's name is cut so that the line stays within the 255 characters of a margin.
const LONGEST_BODY: usize = 120;

/// Sets up a sheet's page, and what stays in view on the screen.
pub fn set_up(book: &Book, sheet: &TableSheet, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    worksheet.set_paper_size(A4);
    if sheet.page.landscape {
        worksheet.set_landscape();
    } else {
        worksheet.set_portrait();
    }
    worksheet.set_print_fit_to_pages(1, u16::from(sheet.page.one_page));
    worksheet.set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3);
    worksheet.set_print_center_horizontally(true);
    worksheet.set_header(format!("&L&8{}&R&8{} {}", margin_text(&book.body), year(book.lang), book.year));
    let (page, of) = match book.lang {
        Lang::It => ("pagina", "di"),
        Lang::En => ("page", "of"),
    };
    worksheet.set_footer(format!("&L&8{}&C&8{page} &P {of} &N&R&8allegati", margin_text(&sheet.name)));
    if let Some(header) = sheet.header {
        worksheet.set_repeat_rows(0, header)?;
        worksheet.set_freeze_panes(header + 1, 0)?;
    }
    let last_col = sheet.printed().saturating_sub(1) as u16;
    if let Some(last_row) = sheet.page_rows().checked_sub(1) {
        worksheet.set_print_area(0, 0, last_row, last_col)?;
        worksheet.set_page_breaks(&sheet.breaks[..sheet.breaks.len().min(MOST_BREAKS)])?;
        quiet(sheet, worksheet, sheet.next_row() - 1)?;
    }
    Ok(())
}

/// Excel's green corners would cover codes that are texts on purpose, and sums that leave out the year beside them; a
/// cell can be told to keep quiet about one thing only.
fn quiet(sheet: &TableSheet, worksheet: &mut Worksheet, last_row: u32) -> Result<(), XlsxError> {
    let mut computed = vec![false; sheet.columns.len()];
    for row in &sheet.rows {
        for (computed, cell) in computed.iter_mut().zip(row) {
            *computed |= matches!(cell.content, Content::Formula(_));
        }
    }
    for (col, computed) in computed.into_iter().enumerate() {
        let error = if computed { IgnoreError::FormulaOmitsCells } else { IgnoreError::NumberStoredAsText };
        worksheet.ignore_error_range(0, col as u16, last_row, col as u16, error)?;
    }
    Ok(())
}

const fn year(lang: Lang) -> &'static str {
    Text::new("Anno", "Year").get(lang)
}

/// A text at the margin: an ampersand begins a code there, and a digit after a size would belong to it.
fn margin_text(text: &str) -> String {
    let short = crate::finding::shorten(text, LONGEST_BODY).replace('&', "&&");
    if short.starts_with(|letter: char| letter.is_ascii_digit()) { format!(" {short}") } else { short }
}
