//! `.xlsx` by hand, so that formulas without result, error cells, hidden parts and 1904 come out exactly as asked.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::grid::{Book, Cell, Sheet, Value, Visibility, a1, letters};
use super::package::{escape, zip};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Tables that the sheets share.
#[derive(Default)]
struct Shared {
    texts: Vec<String>,
    text_at: BTreeMap<String, usize>,
    formats: Vec<String>,
}

impl Shared {
    fn text(&mut self, text: &str) -> usize {
        if let Some(at) = self.text_at.get(text) {
            return *at;
        }
        self.texts.push(text.to_owned());
        self.text_at.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    /// Style index of a format code; 0 is `General`.
    fn style(&mut self, code: &str) -> usize {
        if code == "General" {
            return 0;
        }
        let at = self.formats.iter().position(|known| known == code).unwrap_or_else(|| {
            self.formats.push(code.to_owned());
            self.formats.len() - 1
        });
        at + 1
    }
}

/// The bytes of the workbook.
pub fn bytes(book: &Book) -> Vec<u8> {
    let mut shared = Shared::default();
    let sheets: Vec<String> = book.sheets.iter().map(|sheet| self::sheet(book, sheet, &mut shared)).collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(book)),
        ("_rels/.rels".to_owned(), root_relations(book)),
        ("xl/workbook.xml".to_owned(), workbook(book)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(book)),
        ("xl/styles.xml".to_owned(), styles(&shared)),
    ];
    if !book.application.is_empty() {
        let text = format!(
            "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
             <Application>{}</Application></Properties>",
            escape(&book.application)
        );
        parts.push(("docProps/app.xml".to_owned(), text));
    }
    if book.shared_strings {
        let items: String = shared
            .texts
            .iter()
            .map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escape(text)))
            .collect();
        let count = shared.texts.len();
        parts.push((
            "xl/sharedStrings.xml".to_owned(),
            format!("{HEAD}<sst xmlns=\"{MAIN}\" count=\"{count}\" uniqueCount=\"{count}\">{items}</sst>"),
        ));
    }
    for (at, text) in sheets.into_iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), text));
    }
    zip(&parts)
}

fn sheet(book: &Book, sheet: &Sheet, shared: &mut Shared) -> String {
    let mut out = format!("{HEAD}<worksheet xmlns=\"{MAIN}\">");
    if !sheet.hidden_cols.is_empty() {
        out.push_str("<cols>");
        for col in &sheet.hidden_cols {
            let n = col + 1;
            let _ = write!(out, "<col min=\"{n}\" max=\"{n}\" width=\"0\" hidden=\"1\" customWidth=\"1\"/>");
        }
        out.push_str("</cols>");
    }
    out.push_str("<sheetData>");
    for row in 0..sheet.height() {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0)).peekable();
        if cells.peek().is_none() {
            continue;
        }
        let hidden = if sheet.hidden_rows.contains(&row) { " hidden=\"1\"" } else { "" };
        let _ = write!(out, "<row r=\"{}\"{hidden}>", row + 1);
        for ((_, col), cell) in cells {
            self::cell(book, &a1(row, *col), cell, shared, &mut out);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    if !sheet.merges.is_empty() {
        let _ = write!(out, "<mergeCells count=\"{}\">", sheet.merges.len());
        for (top, left, bottom, right) in &sheet.merges {
            let _ = write!(out, "<mergeCell ref=\"{}{}:{}{}\"/>", letters(*left), top + 1, letters(*right), bottom + 1);
        }
        out.push_str("</mergeCells>");
    }
    out.push_str("</worksheet>");
    out
}

fn cell(book: &Book, name: &str, cell: &Cell, shared: &mut Shared, out: &mut String) {
    let style = match shared.style(cell.code()) {
        0 => String::new(),
        at => format!(" s=\"{at}\""),
    };
    let (formula, value) = match &cell.value {
        Value::Formula { text, stored } => (format!("<f>{}</f>", escape(text)), stored.as_deref()),
        other => (String::new(), Some(other)),
    };
    let computed = !formula.is_empty();
    let _ = match value {
        None => write!(out, "<c r=\"{name}\"{style}>{formula}</c>"),
        Some(Value::Number(number)) => write!(out, "<c r=\"{name}\"{style}>{formula}<v>{number}</v></c>"),
        Some(Value::Date(serial)) => {
            write!(out, "<c r=\"{name}\"{style}>{formula}<v>{}</v></c>", book.serial(*serial))
        }
        Some(Value::Bool(truth)) => {
            write!(out, "<c r=\"{name}\"{style} t=\"b\">{formula}<v>{}</v></c>", u8::from(*truth))
        }
        Some(Value::Error(error)) => {
            write!(out, "<c r=\"{name}\"{style} t=\"e\">{formula}<v>{}</v></c>", escape(error))
        }
        Some(Value::Text(text)) if computed => {
            write!(out, "<c r=\"{name}\"{style} t=\"str\">{formula}<v>{}</v></c>", escape(text))
        }
        Some(Value::Text(text)) if book.shared_strings => {
            write!(out, "<c r=\"{name}\"{style} t=\"s\"><v>{}</v></c>", shared.text(text))
        }
        Some(Value::Text(text)) => {
            let text = escape(text);
            write!(out, "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        }
        Some(Value::Formula { .. }) => panic!("a formula's result is no formula"),
    };
}

fn content_types(book: &Book) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>"
    );
    if book.shared_strings {
        let _ = write!(out, "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{kind}.sharedStrings+xml\"/>");
    }
    if !book.application.is_empty() {
        out.push_str(
            "<Override PartName=\"/docProps/app.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
        );
    }
    for at in 1..=book.sheets.len() {
        let _ =
            write!(out, "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{kind}.worksheet+xml\"/>");
    }
    out.push_str("</Types>");
    out
}

fn root_relations(book: &Book) -> String {
    let mut out = format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    );
    if !book.application.is_empty() {
        let _ =
            write!(out, "<Relationship Id=\"rId2\" Type=\"{REL}/extended-properties\" Target=\"docProps/app.xml\"/>");
    }
    out.push_str("</Relationships>");
    out
}

fn workbook(book: &Book) -> String {
    let mut out = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\">");
    if book.date_1904 {
        out.push_str("<workbookPr date1904=\"1\"/>");
    }
    out.push_str("<sheets>");
    for (at, sheet) in book.sheets.iter().enumerate() {
        let state = match sheet.visibility {
            Visibility::Visible => "",
            Visibility::Hidden => " state=\"hidden\"",
            Visibility::VeryHidden => " state=\"veryHidden\"",
        };
        let (n, name) = (at + 1, escape(&sheet.name));
        let _ = write!(out, "<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"rId{n}\"/>");
    }
    out.push_str("</sheets>");
    if book.compute_on_load {
        out.push_str("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>");
    }
    out.push_str("</workbook>");
    out
}

fn relations(book: &Book) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for at in 1..=book.sheets.len() {
        let _ =
            write!(out, "<Relationship Id=\"rId{at}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>");
    }
    let next = book.sheets.len() + 1;
    let _ = write!(out, "<Relationship Id=\"rId{next}\" Type=\"{REL}/styles\" Target=\"styles.xml\"/>");
    if book.shared_strings {
        let _ = write!(
            out,
            "<Relationship Id=\"rId{}\" Type=\"{REL}/sharedStrings\" Target=\"sharedStrings.xml\"/>",
            next + 1
        );
    }
    out.push_str("</Relationships>");
    out
}

fn styles(shared: &Shared) -> String {
    let mut out = format!("{HEAD}<styleSheet xmlns=\"{MAIN}\">");
    if !shared.formats.is_empty() {
        let _ = write!(out, "<numFmts count=\"{}\">", shared.formats.len());
        for (at, code) in shared.formats.iter().enumerate() {
            let _ = write!(out, "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + at, escape(code));
        }
        out.push_str("</numFmts>");
    }
    out.push_str(
        "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    );
    let _ = write!(out, "<cellXfs count=\"{}\">", shared.formats.len() + 1);
    out.push_str("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
    for at in 0..shared.formats.len() {
        let _ = write!(
            out,
            "<xf numFmtId=\"{}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
            164 + at
        );
    }
    out.push_str("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
    out
}
