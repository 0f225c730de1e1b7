//! What the targets share: bytes as a file through intake, parts packed into a container, whose panic counts.
//!
//! A byte reader takes two forms of input. Bytes that begin like a container are a file as they stand. Any other bytes
//! are parts, each after a line `@part NAME`, and are packed first: a mutation of a packed part would only ever break
//! its checksum.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use allegati::intake::{self, Found, Limits, Opened};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What stands before the name of a part; a line end follows the name.
pub const MARK: &[u8] = b"\n@part ";

/// A folder in memory where there is one: it is written to for every input.
static PLACE: LazyLock<TempDir> = LazyLock::new(|| folder().expect("a folder for the inputs"));

/// A new folder in memory, or a usual one.
///
/// # Errors
/// When neither can be made.
pub fn folder() -> std::io::Result<TempDir> {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())
}

/// Reads bytes as intake reads a file, in this process, and asks every cell for its text.
pub fn read(bytes: &[u8]) {
    let path = PLACE.path().join("file");
    std::fs::write(&path, bytes).expect("an input");
    let limits = Limits { inflated_bytes: 32 << 20, cells: 200_000, seconds: 5, ..Limits::default() };
    let (opened, _) = intake::open(&Found { path, name: "file".into() }, &limits, None);
    show(&opened.expect("it is there and it is small"));
}

fn show(opened: &Opened) {
    for sheet in &opened.sheets {
        assert!(sheet.rows.iter().is_sorted_by(|one, next| one.index < next.index), "rows are in order");
        for row in sheet.rows.iter() {
            assert!(row.cols().is_sorted_by(|one, next| one < next), "cells are in order");
            for cell in row.cells() {
                let text = sheet.text(row.index, cell.col);
                assert!(text.len() < 1 << 20, "a cell shows {} bytes", text.len());
            }
        }
    }
}

/// The bytes of a zip: as they stand, or packed from parts.
pub fn zipped(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_owned();
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(bytes) {
        // A name that is there already is refused, and so is its content.
        if writer.start_file(name, stored).is_ok() {
            writer.write_all(content).expect("a part");
        }
    }
    writer.finish().expect("a zip").into_inner()
}

/// The bytes of a compound file: as they stand, or packed from streams.
pub fn compound(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return bytes.to_owned();
    }
    // Some names of streams stop the library that packs; what the readers do is what is tested.
    std::panic::catch_unwind(|| packed(bytes)).unwrap_or_else(|_| bytes.to_owned())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for (name, content) in parts(bytes) {
        if let Ok(mut stream) = file.create_stream(Path::new("/").join(name)) {
            stream.write_all(content).expect("a stream");
        }
    }
    file.flush().expect("the container");
    file.into_inner().into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut starts: Vec<usize> =
        bytes.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK).map(|(at, _)| at).collect();
    starts.push(bytes.len());
    let pieces = starts.windows(2).take(32).map(|ends| &bytes[ends[0] + MARK.len()..ends[1]]);
    let named = pieces.filter_map(|piece| {
        let end = piece.iter().position(|byte| *byte == b'\n')?;
        Some((String::from_utf8_lossy(&piece[..end]).into_owned(), &piece[end + 1..]))
    });
    named.collect()
}

/// Lets a library's panic pass: intake makes a finding of it. One of the program's own code still ends the target.
pub fn only_own_panics() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", |location| location.file());
        if !file.contains("/registry/") && !file.starts_with("/rustc/") {
            abort(panic);
        }
    }));
}
