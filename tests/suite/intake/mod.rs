//! Files are read right, or a finding says what is wrong with them.

pub mod book;
mod compared;
mod explained;
mod files;
mod ods;
mod pieces;
mod random;
mod samples;
mod silent;
mod xlsx;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use allegati::finding::{Findings, Lang};
use allegati::intake::{self, Found, Limits, Opened};
use allegati::sheet::Sheet;

/// Opens bytes under a file name, in this process.
pub fn open(name: &str, bytes: &[u8]) -> (Option<Opened>, Findings) {
    open_with(name, bytes, &Limits::default(), None)
}

/// Opens bytes under a file name.
pub fn open_with(name: &str, bytes: &[u8], limits: &Limits, worker: Option<&Path>) -> (Option<Opened>, Findings) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file");
    intake::open(&Found { path, name: name.into() }, limits, worker)
}

/// The sheets of bytes that must be read without any finding.
pub fn sheets(name: &str, bytes: &[u8]) -> Vec<Sheet> {
    let (opened, findings) = open(name, bytes);
    assert_eq!(codes(&findings), Vec::<&str>::new(), "{:?}", messages(&findings));
    opened.expect("the file is read").sheets
}

/// The codes found, in order.
pub fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.id).collect()
}

/// The messages found.
pub fn messages(findings: &Findings) -> Vec<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.place, finding.message(Lang::En))).collect()
}

/// A zip archive of parts.
pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let bytes: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zip_bytes(&bytes)
}

/// A zip archive of parts given as bytes.
pub fn zip_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("the archive").into_inner()
}

/// The cells of a sheet as `A1=text` with the text shown.
pub fn grid(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.cells();
    let show = |(row, cell): (u32, allegati::sheet::Cell<'_>)| {
        format!("{}={}", allegati::place::CellRef::new(row, cell.col), sheet.shown(cell))
    };
    cells.map(show).collect()
}

/// The folder of the sample office.
pub fn samples_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lucca-2019")
}
