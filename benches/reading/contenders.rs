//! Who reads: the floor, the peer, and we; each says how many non-empty cells it met.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Read};
use std::path::Path;

use allegati::intake::{self, Found, Limits};
use calamine::{Data, DataRef, Ods, Reader, Xlsx, open_workbook};
use rayon::prelude::*;
use zip::ZipArchive;

use super::inputs::{Work, Written};

/// One way of doing a work.
pub struct Contender {
    /// `floor`, `peer` or `ours`.
    pub id: &'static str,
    /// What stands in the table.
    pub what: &'static str,
    /// Reads all files and counts their cells.
    pub run: fn(&Work) -> u64,
}

static XLSX: &[Contender] = &[
    Contender { id: "floor", what: "inflate only", run: |work| over(work, inflate) },
    Contender { id: "peer", what: "calamine, streaming", run: |work| over(work, calamine_xlsx) },
    OURS,
];

static ODS: &[Contender] = &[
    Contender { id: "floor", what: "inflate only", run: |work| over(work, inflate) },
    Contender { id: "peer", what: "calamine, ranges", run: |work| over(work, calamine_ods) },
    OURS,
];

static CSV: &[Contender] = &[
    Contender { id: "floor", what: "bytes, checked UTF-8", run: |work| over(work, utf8) },
    Contender { id: "peer", what: "csv crate", run: |work| over(work, csv_records) },
    OURS,
];

const OURS: Contender = Contender { id: "ours", what: "intake::open", run: |work| over(work, ours) };

/// Who can do a work.
pub fn of(work: &Work) -> &'static [Contender] {
    match work.written {
        Written::Xlsx => XLSX,
        Written::Ods => ODS,
        Written::Csv => CSV,
    }
}

fn over(work: &Work, read: fn(&Path) -> u64) -> u64 {
    work.files.par_iter().map(|path| read(path)).sum()
}

fn ours(path: &Path) -> u64 {
    let found = Found { path: path.to_owned(), name: "a".into() };
    let (opened, findings) = intake::open(&found, &Limits::default(), None);
    assert!(findings.is_empty(), "{}: {findings:?}", path.display());
    let opened = black_box(opened.expect("a readable input"));
    opened.sheets.iter().map(|sheet| sheet.count() as u64).sum()
}

fn calamine_xlsx(path: &Path) -> u64 {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).expect("a workbook");
    let mut count = 0;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
        while let Some(cell) = cells.next_cell().expect("a cell") {
            count += u64::from(!matches!(black_box(cell.get_value()), DataRef::Empty));
        }
    }
    count
}

fn calamine_ods(path: &Path) -> u64 {
    let mut book: Ods<BufReader<File>> = open_workbook(path).expect("a workbook");
    let ranges = black_box(book.worksheets());
    ranges.iter().flat_map(|(_, range)| range.used_cells()).filter(|(_, _, data)| **data != Data::Empty).count() as u64
}

fn csv_records(path: &Path) -> u64 {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_path(path).expect("a text");
    let mut record = csv::StringRecord::new();
    let mut count = 0;
    while reader.read_record(&mut record).expect("a record") {
        count += black_box(&record).iter().filter(|field| !field.is_empty()).count() as u64;
    }
    count
}

fn inflate(path: &Path) -> u64 {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).expect("a file"))).expect("an archive");
    let mut bytes = Vec::new();
    for index in 0..archive.len() {
        bytes.clear();
        archive.by_index(index).expect("a part").read_to_end(&mut bytes).expect("its bytes");
        black_box(&bytes);
    }
    0
}

fn utf8(path: &Path) -> u64 {
    let bytes = std::fs::read(path).expect("a file");
    black_box(std::str::from_utf8(&bytes).expect("UTF-8"));
    0
}
