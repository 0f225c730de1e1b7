//! The two sheets that explain a form: instructions, and examples. Both carry the seal by which the reader knows them.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{check, sheet, style};
use crate::finding::{Lang, Text};
use crate::kinds::form::seal;
use crate::kinds::{Column, Kind};

/// The row of the seal.
const SEAL_ROW: u32 = 1;
/// Widths of the columns of the instructions, in digits.
const WIDTHS: [f64; 4] = [34.0, 24.0, 44.0, 44.0];

/// Texts with their places and formats, before the seal is put over them.
#[derive(Default)]
struct Page {
    cells: Vec<(u32, u16, String, Format)>,
}

impl Page {
    fn put(&mut self, row: u32, col: u16, text: impl Into<String>, format: Format) {
        self.cells.push((row, col, text.into(), format));
    }

    /// Writes the texts, sealed and locked.
    fn close(mut self, sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
        // In the order in which a reader comes upon them.
        self.cells.sort_by_key(|(row, col, ..)| (*row, *col));
        let texts = self.cells.iter().map(|(row, col, text, _)| (*row, u32::from(*col), text.as_str()));
        let seal = seal(texts, lang);
        self.put(SEAL_ROW, 0, seal, style::hint());
        for (row, col, text, format) in self.cells.iter().filter(|(_, _, text, _)| !text.is_empty()) {
            sheet.write_string_with_format(*row, *col, text, format)?;
        }
        for (row, col, _, format) in self.cells.iter().filter(|(_, _, text, _)| text.is_empty()) {
            sheet.write_blank(*row, *col, format)?;
        }
        sheet.set_screen_gridlines(false);
        sheet.set_paper_size(9);
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.protect();
        Ok(())
    }
}

/// How to fill it in, column by column.
pub fn instructions(sheet: &mut Worksheet, kind: &Kind, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(Text::new("Istruzioni", "Instructions").get(lang))?;
    let mut page = Page::default();
    let heading = match lang {
        Lang::It => format!("Come si compila: {}", kind.title.it),
        Lang::En => format!("How to fill in: {}", kind.title.en),
    };
    page.put(0, 0, heading, style::title());
    let mut row = 3;
    for (number, sentence) in (1..).zip(sentences(kind, lang)) {
        page.put(row, 0, format!("{number}. {sentence}"), style::plain());
        row += 1;
    }
    row += 1;
    let headers = [
        Text::new("COLONNA", "COLUMN"),
        Text::new("SERVE?", "NEEDED?"),
        Text::new("CHE COSA CI VA", "WHAT BELONGS IN IT"),
        Text::new("COME SI SCRIVE", "HOW IT IS WRITTEN"),
    ];
    for (col, header) in (0u16..).zip(headers) {
        page.put(row, col, header.get(lang), style::header(true));
        sheet.set_column_width(col, WIDTHS[usize::from(col)])?;
    }
    sheet.set_row_height(row, 20)?;
    for column in kind.columns {
        row += 1;
        let how = check::how(column.content).map_or("", |how| how.get(lang));
        page.put(row, 0, column.header, style::cell().set_bold());
        page.put(row, 1, needed(kind, column, lang), style::cell());
        page.put(row, 2, column.help.get(lang), style::cell());
        page.put(row, 3, how, style::cell());
        sheet.set_row_height(row, 28)?;
    }
    page.close(sheet, lang)
}

/// What holds for every form, and what for this one.
fn sentences(kind: &Kind, lang: Lang) -> Vec<String> {
    let sheet = kind.form.sheet;
    let mut sentences = vec![match lang {
        Lang::It => format!("Si compila il foglio «{sheet}», sotto le intestazioni, che non si possono cambiare."),
        Lang::En => format!("Fill in the sheet “{sheet}”, below the headers, which cannot be changed."),
    }];
    sentences.extend(kind.form.notes.iter().map(|note| note.get(lang).to_owned()));
    let general = [
        Text::new(
            "Dove non c’è nulla da contare si scrive N.C.: una cella vuota e uno zero dicono un’altra cosa.",
            "Where there is nothing to count write N.C.: an empty cell and a zero say something else.",
        ),
        Text::new(
            "Le righe sono quante servono: si scrive anche sotto quelle disegnate, e si possono inserire, cancellare e ordinare.",
            "There are as many rows as needed: write below the drawn ones too; rows can be inserted, deleted and sorted.",
        ),
        Text::new(
            "La protezione non ha password: serve solo a non toccare le intestazioni per sbaglio.",
            "The protection has no password: it only keeps the headers from being changed by mistake.",
        ),
        Text::new(
            "Salvare il file con il nome dell’ufficio e consegnarlo così, anche in formato .ods o .xls.",
            "Save the file under the office’s name and hand it in like this, as .ods or .xls too.",
        ),
    ];
    sentences.extend(general.iter().map(|text| text.get(lang).to_owned()));
    sentences
}

/// Whether the kind can do without a column.
fn needed(kind: &Kind, column: &Column, lang: Lang) -> String {
    let Some(one_of) = kind.requires.iter().find(|one_of| one_of.contains(&column.id)) else {
        return Text::new("facoltativa", "optional").get(lang).to_owned();
    };
    if one_of.len() == 1 {
        return Text::new("sì", "yes").get(lang).to_owned();
    }
    Text::new("sì, o una come questa", "yes, or one like it").get(lang).to_owned()
}

/// A few rows filled in, in the layout of the form.
pub fn examples(sheet: &mut Worksheet, kind: &Kind, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(Text::new("Esempi", "Examples").get(lang))?;
    let mut page = Page::default();
    page.put(0, 0, Text::new("Esempi", "Examples").get(lang), style::title());
    let header = sheet::header_row(kind);
    for (row, label) in (2u32..).zip(kind.form.labels) {
        page.put(row, 0, format!("{}:", label.name), style::label());
        page.put(row, 1, label.example, style::plain());
    }
    for (col, column) in (0u16..).zip(kind.columns) {
        let needed = kind.requires.iter().any(|one_of| one_of.contains(&column.id));
        sheet.set_column_width(col, sheet::width(kind, col))?;
        page.put(header, col, column.form_header(), style::header(needed));
    }
    sheet.set_row_height(header, style::header_height(kind))?;
    for (row, example) in (header + 1..).zip(kind.form.examples) {
        for (col, text) in (0u16..).zip(*example) {
            page.put(row, col, *text, style::cell());
        }
        sheet.set_row_height(row, 40)?;
    }
    page.close(sheet, lang)
}
