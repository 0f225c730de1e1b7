//! A form is filled in as a person's program would save it: cells are put into the sheet's own part, everything else
//! stays as it was.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use allegati::kinds::Kind;
use zip::ZipArchive;

use crate::harness::package::{escape, zip};

/// What is typed into a cell.
#[derive(Debug, Clone)]
pub enum Typed {
    /// A text.
    Text(String),
    /// A number, or a day by its serial.
    Number(f64),
}

/// A text.
pub fn text(text: &str) -> Typed {
    Typed::Text(text.to_owned())
}

/// A form while it is filled in.
pub struct Form {
    kind: &'static Kind,
    parts: Vec<(String, Vec<u8>)>,
    sheet: usize,
    next: u32,
    cells: BTreeMap<u32, BTreeMap<u32, Typed>>,
}

impl Form {
    /// Opens a form.
    pub fn open(bytes: Vec<u8>, kind: &'static Kind) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let parts = (0..archive.len()).map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("readable");
            (part.name().expect("a name").into_owned(), content)
        });
        let first = kind.form.labels.len() as u32 + 4;
        Self { kind, parts: parts.collect(), sheet: 1, next: first, cells: BTreeMap::new() }
    }

    /// Chooses another sheet, by its 1-based number.
    pub fn sheet(&mut self, number: usize) {
        self.sheet = number;
    }

    /// Types into a cell at a 0-based place.
    pub fn put(&mut self, row: u32, col: u32, typed: Typed) {
        self.cells.entry(row).or_default().insert(col, typed);
    }

    /// Types beside a label.
    pub fn label(&mut self, name: &str, typed: Typed) {
        let at = self.kind.form.labels.iter().position(|label| label.name == name).expect("a label of the form");
        self.put(at as u32 + 2, 1, typed);
    }

    /// Types the next row, by column.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = (&'a str, Typed)>) {
        for (id, typed) in cells {
            let col = self.kind.columns.iter().position(|column| column.id == id).expect("a column of the form");
            self.put(self.next, col as u32, typed);
        }
        self.next += 1;
    }

    /// The form as it is saved.
    pub fn close(mut self) -> Vec<u8> {
        let name = format!("xl/worksheets/sheet{}.xml", self.sheet);
        let part = self.parts.iter_mut().find(|(part, _)| *part == name).expect("the sheet");
        let xml = String::from_utf8(std::mem::take(&mut part.1)).expect("UTF-8");
        part.1 = filled(&xml, &self.cells).into_bytes();
        zip(&self.parts)
    }
}

/// The sheet's part with the cells put in, each in its style.
fn filled(xml: &str, cells: &BTreeMap<u32, BTreeMap<u32, Typed>>) -> String {
    let (before, rest) = xml.split_once("<sheetData>").expect("cells");
    let (data, after) = rest.split_once("</sheetData>").expect("the end of the cells");
    let mut rows: BTreeMap<u32, (String, BTreeMap<u32, String>)> = BTreeMap::new();
    for row in data.split("<row ").skip(1) {
        let (tag, inner) = row.split_once('>').expect("a tag");
        let number: u32 = attribute(tag, "r").parse().expect("a number");
        let found = inner.split("<c ").skip(1).map(|cell| {
            let cell = cell.replace("</row>", "");
            (column(attribute(&cell, "r")), format!("<c {cell}"))
        });
        rows.insert(number - 1, (tag.trim_end_matches('/').to_owned(), found.collect()));
    }
    let styles: BTreeMap<u32, String> = styles_of_columns(before);
    for (row, typed) in cells {
        let (_, own) = rows.entry(*row).or_insert_with(|| (format!("r=\"{}\"", row + 1), BTreeMap::new()));
        for (col, typed) in typed {
            let style = own.get(col).map(|cell| attribute(cell, "s").to_owned());
            let style = style.or_else(|| styles.get(col).cloned()).unwrap_or_else(|| "0".to_owned());
            own.insert(*col, cell(*row, *col, &style, typed));
        }
    }
    let rows = rows
        .values()
        .map(|(tag, cells)| format!("<row {tag}>{}</row>", cells.values().map(String::as_str).collect::<String>()));
    format!("{before}<sheetData>{}</sheetData>{after}", rows.collect::<String>())
}

fn cell(row: u32, col: u32, style: &str, typed: &Typed) -> String {
    let place = format!("{}{}", allegati::place::column_letters(col), row + 1);
    match typed {
        Typed::Number(number) => format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"),
        Typed::Text(text) => format!(
            "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escape(text)
        ),
    }
}

/// The style that cells of a column have when they have none of their own.
fn styles_of_columns(head: &str) -> BTreeMap<u32, String> {
    let mut styles = BTreeMap::new();
    for tag in head.split("<col ").skip(1) {
        let number = |name: &str| attribute(tag, name).parse::<u32>().expect("a number");
        for col in number("min")..=number("max").min(number("min") + 64) {
            styles.insert(col - 1, attribute(tag, "style").to_owned());
        }
    }
    styles
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let inner = tag.split('>').next().unwrap_or(tag);
    let padded = inner
        .find(&format!(" {name}=\""))
        .map(|at| at + 1)
        .or_else(|| inner.starts_with(&format!("{name}=\"")).then_some(0));
    let Some(at) = padded else { return "0" };
    inner[at + name.len() + 2..].split('"').next().unwrap_or_default()
}

fn column(place: &str) -> u32 {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1) - 1
}
