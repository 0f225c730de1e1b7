//! The first sheet of a copy: what the colours mean, what is not as in the original, and every finding with its cure.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use super::super::phrases::{self, say};
use super::sheet::marked;
use super::{Copied, MOST_NOTES, Remarks};
use crate::finding::{Lang, Severity, shorten};
use crate::intake::own;
use crate::write::xlsx::fitting;

/// More findings than this are only counted.
const MOST_LISTED: usize = 5_000;
/// Letters that fit in a line of each column of texts.
const WIDTHS: [f64; 7] = [5.0, 10.0, 22.0, 8.0, 52.0, 52.0, 8.0];
/// The height of a line, in points.
const LINE: f64 = 15.0;

/// Draws it; `named` gives the name that a sheet has in the copy.
pub fn draw(
    copied: &Copied<'_>,
    worksheet: &mut Worksheet,
    remarks: &Remarks,
    named: &dyn Fn(&str) -> Option<String>,
    lang: Lang,
) -> Result<(), XlsxError> {
    worksheet.set_active(true);
    worksheet.set_screen_gridlines(false);
    for (col, width) in (0u16..).zip(WIDTHS) {
        worksheet.set_column_width(col, width)?;
    }
    let (own_title, file) = (own::LEGENDS[usize::from(lang == Lang::En)], &copied.kept.file);
    let title = Format::new().set_bold().set_font_size(14);
    worksheet.write_string_with_format(0, 0, fitting(&format!("{own_title}: {file}")), &title)?;
    let mut row = 1;
    for line in lines(remarks, lang) {
        worksheet.write_string(row, 0, fitting(&line))?;
        row += 1;
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let format = marked(Format::new(), severity).set_align(FormatAlign::Center);
        worksheet.write_string_with_format(row, 1, severity.label().get(lang), &format)?;
        worksheet.write_string(row, 2, meaning(severity, lang))?;
        row += 1;
    }
    table(copied, worksheet, row + 1, named, lang)?;
    let footer = say(lang, "&CPagina &P di &N", "&CPage &P of &N");
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer(footer);
    Ok(())
}

fn meaning(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => say(lang, "bordo spesso: da correggere", "thick border: to be corrected"),
        Severity::Warning => say(lang, "bordo tratteggiato: da controllare", "dashed border: to be looked at"),
        Severity::Info => say(lang, "bordo punteggiato: solo per conoscenza", "dotted border: for the record"),
    }
}

/// What stands above the colours.
fn lines(remarks: &Remarks, lang: Lang) -> Vec<String> {
    let mut lines = vec![
        say(
            lang,
            "Le celle da guardare sono colorate e hanno una nota che dice che cosa non va e che cosa fare. L’elenco è qui sotto.",
            "The cells to look at are coloured and have a note that says what is wrong and what to do. The list is below.",
        )
        .to_owned(),
        say(
            lang,
            "Questo foglio è solo una spiegazione: se il file torna indietro non viene letto, quindi non scrivete qui.",
            "This sheet only explains: it is not read when the file comes back, so do not write here.",
        )
        .to_owned(),
    ];
    let mut tell = |count: usize, it: &str, en: &str| {
        if count > 0 {
            lines.push(format!("{} {count}.", say(lang, it, en)));
        }
    };
    tell(
        remarks.formulas,
        "Le formule sono riportate come valori. Celle con formula:",
        "Formulas stand as values. Cells with a formula:",
    );
    tell(
        remarks.foreign_sheets,
        "I fogli di altri uffici non sono riportati:",
        "Sheets of other offices are left out:",
    );
    tell(
        remarks.foreign_rows,
        "Le righe di altri uffici sono lasciate vuote:",
        "Rows of other offices are left empty:",
    );
    tell(remarks.merges, "Celle unite riportate separate:", "Merged cells that stand apart here:");
    if remarks.unnoted > 0 {
        lines.push(match lang {
            Lang::It => format!(
                "Le note sono al massimo {MOST_NOTES}: altre {} celle sono colorate senza nota.",
                remarks.unnoted
            ),
            Lang::En => format!(
                "There are at most {MOST_NOTES} notes: {} more cells are coloured without one.",
                remarks.unnoted
            ),
        });
    }
    if remarks.counts_from_1904 {
        lines.push(
            say(
                lang,
                "L’originale conta i giorni dal 1904: correggete l’originale, non questa copia.",
                "The original counts days from 1904: correct the original, not this copy.",
            )
            .to_owned(),
        );
    }
    for (before, now) in &remarks.renamed {
        lines.push(match lang {
            Lang::It => format!("Il foglio «{before}» qui si chiama «{now}»."),
            Lang::En => format!("The sheet “{before}” is called “{now}” here."),
        });
    }
    lines
}

fn table(
    copied: &Copied<'_>,
    worksheet: &mut Worksheet,
    first: u32,
    named: &dyn Fn(&str) -> Option<String>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let heads = match lang {
        Lang::It => ["N.", "Gravità", "Foglio", "Cella", "Che cosa non va", "Che cosa fare", "Codice"],
        Lang::En => ["No.", "Severity", "Sheet", "Cell", "What is wrong", "What to do", "Code"],
    };
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Medium);
    for (col, text) in (0u16..).zip(heads) {
        worksheet.write_string_with_format(first, col, text, &head)?;
    }
    worksheet.set_repeat_rows(first, first)?;
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair);
    let link = text.clone().set_font_color("#1F3864").set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let mut row = first;
    for (at, item) in copied.items.iter().take(MOST_LISTED).enumerate() {
        row += 1;
        let (severity, code) = (item.finding.severity, item.finding.code.id);
        let (seen, cure) = (shorten(&item.finding.message(lang), 1000), shorten(&item.finding.help(lang), 1000));
        let sheet = item.place.sheet.as_deref().unwrap_or("—");
        worksheet.write_number_with_format(row, 0, (at + 1) as f64, &text)?;
        worksheet.write_string_with_format(row, 1, severity.label().get(lang), &marked(text.clone(), severity))?;
        for (col, shown) in [(2, sheet), (4, seen.as_str()), (5, cure.as_str()), (6, code)] {
            worksheet.write_string_with_format(row, col, fitting(shown), &text)?;
        }
        match (item.place.cell, item.place.sheet.as_deref().and_then(named)) {
            (Some(cell), Some(name)) => {
                let url = format!("internal:'{}'!{cell}", name.replace('\'', "''"));
                worksheet.write_url_with_format(row, 3, Url::new(url).set_text(cell.to_string()), &link)?
            }
            (cell, _) => {
                let cell = cell.map_or("—".to_owned(), |cell| cell.to_string());
                worksheet.write_string_with_format(row, 3, cell, &text)?
            }
        };
        let lines = [(seen.as_str(), 4), (cure.as_str(), 5), (sheet, 2)]
            .map(|(text, col): (&str, usize)| (text.chars().count() as f64 * 1.15 / WIDTHS[col]).ceil());
        worksheet.set_row_height(row, LINE * lines.into_iter().fold(1.0, f64::max))?;
    }
    let more = copied.items.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        let more = phrases::counted(more, say(lang, "altra", "more"), say(lang, "altre", "more"));
        worksheet.write_string(row + 1, 4, format!("… {more}"))?;
    }
    Ok(())
}
