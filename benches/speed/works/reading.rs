//! Reading alone: folders, and one long log in three formats.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use allegati::intake::{self, Found, Limits};
use calamine::{Data, DataRef, Ods, Reader, Xlsx, open_workbook};
use quick_xml::events::Event;
use rayon::prelude::*;
use zip::ZipArchive;

use super::Make;
use crate::harness::{Contender, Work, contender};
use crate::inputs;

pub const WORKS: &[(&str, Make)] = &[
    ("read-books", |id| {
        Some(xlsx(id, "read 400 books × 3 sheets × 60×10", inputs::files(&inputs::books(400), "xlsx")))
    }),
    ("read-xlsx", |id| Some(xlsx(id, "read log 200,000 × 8, xlsx", log("xlsx", 200_000)))),
    ("read-ods", |id| {
        let files = log("ods", 30_000);
        let contenders =
            vec![over("floor", "inflate", &files, inflate), over("peer", "calamine, ranges", &files, calamine_ods)];
        Some(work(id, "read log 30,000 × 8, ods", files, contenders))
    }),
    ("read-csv", |id| {
        let files = log("csv", 200_000);
        let contenders =
            vec![over("floor", "bytes, checked UTF-8", &files, utf8), over("peer", "csv crate", &files, csv_records)];
        Some(work(id, "read log 200,000 × 8, csv", files, contenders))
    }),
];

fn log(format: &str, rows: u32) -> Vec<PathBuf> {
    let mut files = inputs::files(&inputs::logs(format, rows, 1), format);
    files.retain(|path| path.file_stem().is_some_and(|name| name != "elenco"));
    files
}

fn xlsx(id: &'static str, what: &str, files: Vec<PathBuf>) -> Work {
    let contenders = vec![
        over("floor", "inflate", &files, inflate),
        over("events", "inflate + XML events", &files, events),
        over("peer", "calamine, streaming", &files, calamine_xlsx),
    ];
    work(id, what, files, contenders)
}

fn work(id: &'static str, what: &str, files: Vec<PathBuf>, mut contenders: Vec<Contender>) -> Work {
    contenders.push(over("ours", "intake::open", &files, ours));
    Work { id, what: what.to_owned(), goal: None, contenders }
}

/// Reads all files and counts their non-empty cells.
fn over(id: &'static str, what: &'static str, files: &[PathBuf], read: fn(&Path) -> u64) -> Contender {
    let files = files.to_vec();
    contender(id, what, move || files.par_iter().map(|path| read(path)).sum())
}

fn ours(path: &Path) -> u64 {
    let found = Found { path: path.to_owned(), name: "a".into() };
    let (opened, findings) = intake::open(&found, &Limits::default(), None);
    assert!(findings.is_empty(), "{}: {findings:?}", path.display());
    let opened = black_box(opened.expect("a readable input"));
    opened.sheets.iter().map(|sheet| sheet.count() as u64).sum()
}

/// What calamine streams of a workbook.
pub fn calamine_xlsx(path: &Path) -> u64 {
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
    parts(path, |part| {
        black_box(part);
        0
    })
}

fn events(path: &Path) -> u64 {
    parts(path, |part| {
        let mut reader = quick_xml::Reader::from_reader(part);
        let mut count = 0;
        while !matches!(black_box(reader.read_event().expect("well-formed XML")), Event::Eof) {
            count += 1;
        }
        count
    })
}

fn parts(path: &Path, each: impl Fn(&[u8]) -> u64) -> u64 {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).expect("a file"))).expect("an archive");
    let (mut bytes, mut count) = (Vec::new(), 0);
    for index in 0..archive.len() {
        bytes.clear();
        archive.by_index(index).expect("a part").read_to_end(&mut bytes).expect("its bytes");
        count += each(&bytes);
    }
    count
}

fn utf8(path: &Path) -> u64 {
    let bytes = std::fs::read(path).expect("a file");
    black_box(std::str::from_utf8(&bytes).expect("UTF-8"));
    0
}
