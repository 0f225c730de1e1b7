//! The sample folder, copied to where it may be spoilt, runs of the program on it, and the workbook read back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

/// What a run gave.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// Bytes of the workbook, when one was written.
    pub workbook: Option<Vec<u8>>,
    /// Bytes of the JSON, when one was written.
    pub record: Option<Vec<u8>>,
}

impl Ran {
    /// The JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.record.as_ref().expect("a JSON was written")).expect("it is JSON")
    }

    /// The workbook, read back.
    pub fn book(&self) -> Book {
        Book::read(self.workbook.clone().expect("a workbook was written"))
    }
}

/// The findings of a JSON.
pub fn findings(json: &Value) -> &[Value] {
    json["findings"].as_array().expect("a list of findings")
}

/// The folder in the repository; never written to.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lucca-2019")
}

/// Names of its files, in order; what an earlier run wrote there is none of them.
pub fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the samples").map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// A copy of the folder.
pub fn copy() -> TempDir {
    let place = tempfile::tempdir().expect("place for a copy");
    for name in names() {
        fs::copy(folder().join(&name), place.path().join(&name)).expect("copied");
    }
    place
}

/// Every file of a folder with its bytes.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read(&path).expect("a file, no folder"))).collect()
}

/// The program with arguments, in Italian unless they say otherwise: code, standard output, standard error.
pub fn say(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegati"));
    let output =
        command.env_remove("ALLEGATI_LANG").args(arguments).stdin(Stdio::null()).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

/// `run` on a folder with more options; workbook and JSON go elsewhere, so that the folder stays as it was.
pub fn run(folder: &Path, options: &[&str]) -> Ran {
    let place = tempfile::tempdir().expect("place for the outputs");
    let (workbook, record) = (place.path().join("out.xlsx"), place.path().join("out.json"));
    let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let (shown, book, json) = (path(folder), path(&workbook), path(&record));
    let (code, out, err) = say(&[&["run", &shown, "-o", &book, "--json", &json], options].concat());
    Ran { code, out, err, workbook: fs::read(workbook).ok(), record: fs::read(record).ok() }
}

/// A workbook read back with a reader that is not ours: stored values only.
pub struct Book {
    sheets: BTreeMap<String, Range<Data>>,
    names: BTreeMap<String, String>,
}

impl Book {
    fn read(bytes: Vec<u8>) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("calamine opens it");
        let names = book.defined_names().iter().cloned().collect();
        Self { sheets: book.worksheets().into_iter().collect(), names }
    }

    /// Sheet and place (row and column, 0-based) of a defined name.
    pub fn place(&self, name: &str) -> (String, (u32, u32)) {
        let target = self.names.get(name).unwrap_or_else(|| panic!("{name} is not defined: {:?}", self.names.keys()));
        let (sheet, cell) = target.rsplit_once('!').expect("a sheet and a cell");
        let (column, row) = cell.trim_start_matches('$').split_once('$').expect("an absolute cell");
        let col = column.bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1) - 1;
        (sheet.trim_matches('\'').to_owned(), (row.parse::<u32>().expect("a row") - 1, col))
    }

    /// The number behind a defined name.
    pub fn named(&self, name: &str) -> f64 {
        let (sheet, place) = self.place(name);
        self.number(&sheet, place)
    }

    /// The number in a cell.
    pub fn number(&self, sheet: &str, place: (u32, u32)) -> f64 {
        match self.cell(sheet, place) {
            Data::Float(number) => *number,
            Data::Int(number) => *number as f64,
            other => panic!("{sheet} {place:?} holds {other:?}"),
        }
    }

    /// What a cell holds, as text.
    pub fn text(&self, sheet: &str, place: (u32, u32)) -> String {
        self.cell(sheet, place).to_string()
    }

    /// What a cell holds.
    pub fn cell(&self, sheet: &str, place: (u32, u32)) -> &Data {
        self.sheets[sheet].get_value(place).unwrap_or(&Data::Empty)
    }

    /// The first row from `from` on that has this text in this column.
    pub fn row_of(&self, sheet: &str, from: u32, col: u32, text: &str) -> u32 {
        let last = self.sheets[sheet].end().expect("cells").0;
        let found = (from..=last).find(|row| self.text(sheet, (*row, col)) == text);
        found.unwrap_or_else(|| panic!("{sheet} has no {text} in column {col}"))
    }

    /// How many rows a sheet has.
    pub fn rows(&self, sheet: &str) -> u32 {
        self.sheets[sheet].end().expect("cells").0 + 1
    }

    /// The sheets' names.
    pub fn sheets(&self) -> Vec<&str> {
        self.sheets.keys().map(String::as_str).collect()
    }
}
