//! Our values beside those of calamine, the reference, for the samples, every case, the kept files and any folder of
//! spreadsheets. Each difference needs a rule of [`explained`](super::explained).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::panic::catch_unwind;
use std::path::Path;

use allegati::intake::{self, FileFormat, Found, Limits};
use allegati::place::CellRef;
use allegati::sheet::{Cell, Sheet, Value};
use calamine::{Data, Ods, Range, Reader, Sheets, Xls, Xlsb, Xlsx};

use super::explained::{Difference, PUBLIC, REFERENCE, Rule, What};
use super::{messages, samples_folder};
use crate::{kinds, museum};

/// A sheet of the reference with more places than this would take too much memory to compare.
const LARGEST: u64 = 4_000_000;

/// What calamine makes of a file: the sheets that it names, or why it does not open it.
type Theirs = Result<Vec<(String, Result<BTreeMap<CellRef, Data>, String>)>, String>;

/// What a comparison of many files found.
#[derive(Debug, Default)]
struct Tally {
    /// Files that the reference can be asked about.
    compared: usize,
    /// Files without a difference.
    equal: usize,
    /// Files whose every difference has a rule.
    explained: usize,
    /// Differences by the rule that explains them.
    rules: BTreeMap<&'static str, usize>,
    /// Differences that nothing explains.
    unexplained: Vec<String>,
}

impl Tally {
    fn folder(&mut self, folder: &Path, rules: &[&Rule]) {
        for found in &intake::list(folder).expect("a folder").files {
            self.file(found, rules);
        }
    }

    fn file(&mut self, found: &Found, rules: &[&Rule]) {
        let (opened, findings) = intake::open(found, &Limits::default(), None);
        let Some(opened) = opened else { return };
        if matches!(opened.format, FileFormat::Text | FileFormat::Other) || opened.sheets.iter().any(too_large) {
            return;
        }
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.id).collect();
        let theirs = theirs(&found.path, opened.format);
        let differences = differences((opened.format, is_protected(&found.path)), &codes, &opened.sheets, &theirs);
        let before = self.unexplained.len();
        for difference in &differences {
            match rules.iter().find(|rule| (rule.explains)(difference)) {
                Some(rule) => *self.rules.entry(rule.name).or_default() += 1,
                None => self.unexplained.push(format!("{}: {difference}", found.name)),
            }
        }
        self.compared += 1;
        self.equal += usize::from(differences.is_empty());
        self.explained += usize::from(!differences.is_empty() && self.unexplained.len() == before);
    }
}

fn too_large(sheet: &Sheet) -> bool {
    let width = sheet.cells().map(|(_, cell)| cell.col).max().unwrap_or(0);
    let height = sheet.rows.last().map_or(0, |row| row.index);
    (u64::from(width) + 1) * (u64::from(height) + 1) > LARGEST
}

fn theirs(path: &Path, format: FileFormat) -> Theirs {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let read = catch_unwind(|| {
        let mut book = reference(bytes, format)?;
        let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet);
        let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
        let mut read = |name: String| {
            let range = book.worksheet_range(&name).map_err(|error| error.to_string());
            (name, range.map(|range| values(&range)))
        };
        Ok(names.into_iter().map(&mut read).collect())
    });
    read.unwrap_or_else(|_| Err("panic".to_owned()))
}

/// Whether a compound file holds an encrypted package, or a workbook that says so after its first record.
fn is_protected(path: &Path) -> bool {
    let Ok(mut file) = cfb::open(path) else { return false };
    let mut bytes = Vec::new();
    if let Ok(mut stream) = file.open_stream("/Workbook") {
        stream.read_to_end(&mut bytes).expect("the stream");
    }
    let word = |at: usize| bytes.get(at..at + 2).map(|word| u16::from_le_bytes([word[0], word[1]]));
    // Records before it are few: the beginning, who has the file open, that it is to be read only.
    let mut at = 0;
    for _ in 0..4 {
        match (word(at), word(at + 2)) {
            (Some(0x002F), _) => return true,
            (Some(_), Some(length)) => at += 4 + usize::from(length),
            _ => break,
        }
    }
    file.is_stream("/EncryptedPackage")
}

fn reference(bytes: Vec<u8>, format: FileFormat) -> Result<Sheets<Cursor<Vec<u8>>>, String> {
    let bytes = Cursor::new(bytes);
    // A chain in a circle makes the reference take memory without end, which nothing here could stop.
    if format == FileFormat::Xls
        && let Err(error) = cfb::CompoundFile::open(bytes.clone())
    {
        return Err(format!("not asked: {error}"));
    }
    match format {
        FileFormat::Xls => Xls::new(bytes).map(Sheets::Xls).map_err(|error| error.to_string()),
        FileFormat::Xlsb => Xlsb::new(bytes).map(Sheets::Xlsb).map_err(|error| error.to_string()),
        FileFormat::Ods => Ods::new(bytes).map(Sheets::Ods).map_err(|error| error.to_string()),
        _ => Xlsx::new(bytes).map(Sheets::Xlsx).map_err(|error| error.to_string()),
    }
}

fn values(range: &Range<Data>) -> BTreeMap<CellRef, Data> {
    let (top, left) = range.start().unwrap_or_default();
    let place = |row: usize, col: usize| CellRef::new(row as u32 + top, col as u32 + left);
    let used = range.used_cells().filter(|(_, _, data)| their_value(data).is_some());
    used.map(|(row, col, data)| (place(row, col), data.clone())).collect()
}

/// Every difference between our sheets and theirs.
fn differences<'a>(
    (format, protected): (FileFormat, bool),
    codes: &'a [&'a str],
    sheets: &'a [Sheet],
    theirs: &'a Theirs,
) -> Vec<Difference<'a>> {
    let tell = |what| Difference { format, codes, protected, what };
    let named = match theirs {
        Err(_) if sheets.is_empty() => return Vec::new(),
        Err(why) => return vec![tell(What::Book { why })],
        Ok(named) => named,
    };
    let mut different = Vec::new();
    for (name, values) in named {
        match (sheets.iter().find(|sheet| *sheet.name == **name), values) {
            (None, Ok(values)) if !values.is_empty() => different.push(tell(What::Theirs { name })),
            (Some(sheet), Err(why)) if sheet.count() > 0 => different.push(tell(What::Sheet { sheet, why })),
            (Some(sheet), Ok(theirs)) => {
                let ours = cells(sheet);
                let places: BTreeSet<CellRef> = ours.keys().chain(theirs.keys()).copied().collect();
                for at in places {
                    let (ours, theirs) = (ours.get(&at).copied(), theirs.get(&at));
                    if ours.and_then(our_value) != theirs.and_then(their_value) {
                        different.push(tell(What::Cell { sheet, at, ours, theirs }));
                    }
                }
            }
            _ => {}
        }
    }
    let known = |sheet: &&Sheet| named.iter().any(|(name, _)| *sheet.name == **name);
    let own = sheets.iter().filter(|sheet| sheet.count() > 0 && !known(sheet));
    different.extend(own.map(|sheet| tell(What::Ours { sheet })));
    different
}

fn cells(sheet: &Sheet) -> BTreeMap<CellRef, Cell<'_>> {
    let cells = sheet.cells();
    cells.map(|(row, cell)| (CellRef::new(row, cell.col), cell)).collect()
}

fn our_value(cell: Cell<'_>) -> Option<String> {
    match &cell.value {
        Value::Blank => None,
        Value::Text(text) if text.is_empty() => None,
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Error(text) => Some(text.to_string()),
    }
}

fn their_value(data: &Data) -> Option<String> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some((*number as f64).to_string()),
        Data::Float(number) => Some(number.to_string()),
        Data::String(text) if text.is_empty() => None,
        Data::String(text) => Some(text.clone()),
        Data::Bool(value) => Some(value.to_string()),
        Data::DateTime(date) => Some(date.as_f64().to_string()),
        Data::Error(error) => Some(error.to_string()),
        other => Some(other.to_string()),
    }
}

#[test]
fn the_samples_have_the_values_of_an_independent_reader() {
    let mut tally = Tally::default();
    tally.folder(&samples_folder(), &[]);
    assert_eq!(tally.unexplained, Vec::<String>::new());
    assert_eq!(tally.equal, 23);
}

#[test]
fn every_case_and_kept_file_has_the_values_of_the_reference_or_a_rule_says_why_not() {
    let mut tally = Tally::default();
    let rules: Vec<&Rule> = REFERENCE.iter().collect();
    for case in museum::folders() {
        tally.folder(museum::build(&case).path(), &rules);
    }
    for case in allegati::kinds::KINDS.iter().flat_map(|kind| kinds::cases(kind.id)) {
        tally.folder(kinds::build(&case).path(), &rules);
    }
    tally.folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"), &rules);
    assert!(tally.unexplained.is_empty(), "{}", tally.unexplained.join("\n"));
    assert!(tally.compared > 150, "{tally:?}");
    let idle: Vec<&str> = rules.iter().map(|rule| rule.name).filter(|name| !tally.rules.contains_key(name)).collect();
    assert_eq!(idle, Vec::<&str>::new(), "rules that nothing needs");
}

#[test]
fn a_public_corpus_has_the_values_of_the_reference_or_a_rule_says_why_not() {
    let Ok(folder) = std::env::var("ALLEGATI_CORPUS") else {
        eprintln!("skipped: ALLEGATI_CORPUS names no folder of spreadsheets");
        return;
    };
    let mut tally = Tally::default();
    let rules: Vec<&Rule> = REFERENCE.iter().chain(PUBLIC).collect();
    tally.folder(Path::new(&folder), &rules);
    println!("{} compared, {} equal, {} explained: {:?}", tally.compared, tally.equal, tally.explained, tally.rules);
    assert!(tally.unexplained.is_empty(), "{}", tally.unexplained.join("\n"));
}

#[test]
#[ignore = "walks the folder that ALLEGATI_CORPUS names, and prints what became of each file"]
fn a_corpus() {
    let folder = std::env::var("ALLEGATI_CORPUS").expect("ALLEGATI_CORPUS names a folder");
    let listing = intake::list(Path::new(&folder)).expect("the folder");
    let mut panicked = 0;
    for found in &listing.files {
        let started = std::time::Instant::now();
        let (opened, findings) = intake::open(found, &Limits::default(), None);
        let sheets = opened.map(|opened| opened.sheets).unwrap_or_default();
        let cells: usize = sheets.iter().map(Sheet::count).sum();
        println!("{}: {} sheets, {cells} cells, {} ms", found.name, sheets.len(), started.elapsed().as_millis());
        for message in messages(&findings) {
            println!("    {message}");
        }
        for sheet in &sheets {
            for (at, text) in sheet.damaged.iter().take(3) {
                println!("    damaged {}!{}: {text:?}", sheet.name, CellRef::new(at.0, at.1));
            }
        }
        panicked += usize::from(findings.iter().any(|finding| finding.code.id == "F012"));
    }
    assert_eq!(panicked, 0, "no file may make the reader panic");
}
