//! `.ods` by hand: typed values with their shown text, repeats, spans with covered cells, collapsed rows and columns,
//! hidden sheets, error cells as LibreOffice writes them.

use std::fmt::Write;

use super::grid::{Book, Cell, Sheet, Value, Visibility};
use super::package::{escape, zip};
use super::shown::{day, shown};

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
     xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
     xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" \
     xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" office:version=\"1.3\"";

/// The bytes of the workbook.
pub fn bytes(book: &Book) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    zip(&[
        ("mimetype".to_owned(), kind.to_owned()),
        ("content.xml".to_owned(), content(book)),
        ("META-INF/manifest.xml".to_owned(), manifest),
    ])
}

fn content(book: &Book) -> String {
    let mut formats: Vec<String> = Vec::new();
    let tables: String = book.sheets.iter().map(|sheet| table(sheet, &mut formats)).collect();
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {SPACES}>");
    out.push_str(
        "<office:automatic-styles>\
         <style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>",
    );
    for (at, code) in formats.iter().enumerate() {
        data_style(at, code, &mut out);
        let _ = write!(
            out,
            "<style:style style:name=\"ce{at}\" style:family=\"table-cell\" style:data-style-name=\"N{at}\"/>"
        );
    }
    let _ = write!(
        out,
        "</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    out
}

fn data_style(at: usize, code: &str, out: &mut String) {
    let places = code.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(|c| *c == '0').count());
    let grouping = if code.contains("#,") { " number:grouping=\"true\"" } else { "" };
    let number =
        format!("<number:number number:decimal-places=\"{places}\" number:min-integer-digits=\"1\"{grouping}/>");
    let quoted = code.split('"').nth(1).map(|text| format!("<number:text>{}</number:text>", escape(text)));
    let _ = match kind(code) {
        Kind::Date => write!(
            out,
            "<number:date-style style:name=\"N{at}\"><number:day number:style=\"long\"/><number:text>/</number:text>\
             <number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/>\
             </number:date-style>"
        ),
        Kind::Percent => write!(
            out,
            "<number:percentage-style style:name=\"N{at}\">{number}<number:text>%</number:text></number:percentage-style>"
        ),
        Kind::Currency => write!(
            out,
            "<number:currency-style style:name=\"N{at}\">{number}<number:text> </number:text>\
             <number:currency-symbol>€</number:currency-symbol></number:currency-style>"
        ),
        Kind::Plain => write!(
            out,
            "<number:number-style style:name=\"N{at}\">{number}{}</number:number-style>",
            quoted.unwrap_or_default()
        ),
    };
}

enum Kind {
    Plain,
    Percent,
    Currency,
    Date,
}

fn kind(code: &str) -> Kind {
    let bare: String = code.split('"').step_by(2).collect();
    if bare.contains("yy") {
        Kind::Date
    } else if bare.contains('%') {
        Kind::Percent
    } else if code.contains('€') {
        Kind::Currency
    } else {
        Kind::Plain
    }
}

fn table(sheet: &Sheet, formats: &mut Vec<String>) -> String {
    let style = if sheet.visibility == Visibility::Visible { "ta1" } else { "ta2" };
    let mut out = format!("<table:table table:name=\"{}\" table:style-name=\"{style}\">", escape(&sheet.name));
    let (height, width) = (sheet.height().max(1), sheet.width().max(1));
    for col in 0..width {
        let hidden = if sheet.hidden_cols.contains(&col) { " table:visibility=\"collapse\"" } else { "" };
        let _ = write!(out, "<table:table-column{hidden}/>");
    }
    let mut row = 0;
    while row < height {
        let blank = |row: u32| (0..width).all(|col| !sheet.cells.contains_key(&(row, col)) && !sheet.covered(row, col));
        if blank(row) {
            let run = (row..height).take_while(|row| blank(*row)).count() as u32;
            let _ = write!(
                out,
                "<table:table-row table:number-rows-repeated=\"{run}\">\
                 <table:table-cell table:number-columns-repeated=\"{width}\"/></table:table-row>"
            );
            row += run;
            continue;
        }
        let hidden = if sheet.hidden_rows.contains(&row) { " table:visibility=\"collapse\"" } else { "" };
        let _ = write!(out, "<table:table-row{hidden}>");
        cells(sheet, row, width, formats, &mut out);
        out.push_str("</table:table-row>");
        row += 1;
    }
    out.push_str("</table:table>");
    out
}

fn cells(sheet: &Sheet, row: u32, width: u32, formats: &mut Vec<String>, out: &mut String) {
    let mut col = 0;
    while col < width {
        if sheet.covered(row, col) {
            out.push_str("<table:covered-table-cell/>");
            col += 1;
            continue;
        }
        let Some(cell) = sheet.cells.get(&(row, col)) else {
            out.push_str("<table:table-cell/>");
            col += 1;
            continue;
        };
        let span = sheet.merge_from(row, col);
        // Equal neighbours are written once with a repeat, as LibreOffice does.
        let alike = |at: u32| {
            span.is_none()
                && sheet.merge_from(row, at).is_none()
                && !sheet.covered(row, at)
                && sheet.cells.get(&(row, at)) == Some(cell)
        };
        let run = 1 + (col + 1..width).take_while(|at| alike(*at)).count() as u32;
        one(cell, span, run, formats, out);
        col += run;
    }
}

fn one(cell: &Cell, span: Option<(u32, u32, u32, u32)>, run: u32, formats: &mut Vec<String>, out: &mut String) {
    let mut attributes = String::new();
    if cell.code() != "General" {
        let at = formats.iter().position(|known| known == cell.code()).unwrap_or_else(|| {
            formats.push(cell.code().to_owned());
            formats.len() - 1
        });
        let _ = write!(attributes, " table:style-name=\"ce{at}\"");
    }
    if let Some((top, left, bottom, right)) = span {
        let (cols, rows) = (right - left + 1, bottom - top + 1);
        let _ = write!(attributes, " table:number-columns-spanned=\"{cols}\" table:number-rows-spanned=\"{rows}\"");
    }
    if run > 1 {
        let _ = write!(attributes, " table:number-columns-repeated=\"{run}\"");
    }
    if let Value::Formula { text, .. } = &cell.value {
        let _ = write!(attributes, " table:formula=\"of:={}\"", escape(text));
    }
    let _ = match cell.stored() {
        None => Ok(()),
        Some(Value::Text(_)) => write!(attributes, " office:value-type=\"string\" calcext:value-type=\"string\""),
        Some(Value::Bool(truth)) => {
            write!(attributes, " office:value-type=\"boolean\" office:boolean-value=\"{truth}\"")
        }
        Some(Value::Error(_)) => {
            if !matches!(cell.value, Value::Formula { .. }) {
                attributes.push_str(" table:formula=\"of:=[.#REF!]\"");
            }
            write!(attributes, " office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"")
        }
        Some(Value::Date(serial)) if cell.code() == "General" => {
            write!(attributes, " office:value-type=\"float\" office:value=\"{serial}\"")
        }
        Some(Value::Date(serial)) => {
            write!(attributes, " office:value-type=\"date\" office:date-value=\"{}\"", day(*serial))
        }
        Some(Value::Number(number)) => match kind(cell.code()) {
            Kind::Percent => write!(attributes, " office:value-type=\"percentage\" office:value=\"{number}\""),
            Kind::Currency => {
                write!(attributes, " office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"{number}\"")
            }
            _ => write!(attributes, " office:value-type=\"float\" office:value=\"{number}\""),
        },
        Some(Value::Formula { .. }) => panic!("a formula's result is no formula"),
    };
    let _ = write!(out, "<table:table-cell{attributes}>");
    if cell.stored().is_some() {
        for line in shown(cell, true).split('\n') {
            // Runs of spaces and tabs collapse in OpenDocument unless they are written as elements.
            let line = escape(line).replace("  ", " <text:s/>").replace('\t', "<text:tab/>");
            let _ = write!(out, "<text:p>{line}</text:p>");
        }
    }
    out.push_str("</table:table-cell>");
}
