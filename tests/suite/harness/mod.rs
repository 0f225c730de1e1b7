//! Building blocks of the suite: a neutral grid, writers that turn it into real workbooks cell by cell, a text form of
//! it that a diff can show, and a runner of the compiled program. Nothing here uses the program's own readers.

pub mod biff;
pub mod delimited;
pub mod grid;
pub mod measured;
pub mod ods;
pub mod package;
mod readback;
pub mod run;
pub mod shown;
pub mod text;
pub mod xls;
pub mod xlsb;
pub mod xlsx;

use std::path::{Path, PathBuf};

use grid::Book;

/// Writes a book in the format that its file name's extension names.
pub fn write(book: &Book, path: &Path) {
    let bytes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx" | "xlsm") => xlsx::bytes(book),
        Some("ods") => ods::bytes(book),
        Some("xls") => xls::bytes(book),
        Some("xlsb") => xlsb::bytes(book),
        Some("csv" | "tsv" | "txt") => delimited::bytes(book),
        other => panic!("no writer for {other:?}"),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).expect("folder of the workbook");
    }
    std::fs::write(path, bytes).expect("workbook written");
}

/// Turns a text grid into a workbook in a folder, under the name it asks for or else `STEM.xlsx`; gives the name.
pub fn deliver(grid: &str, stem: &str, folder: &Path) -> String {
    let written = text::parse(grid);
    let name = written.file.unwrap_or_else(|| format!("{stem}.xlsx"));
    write(&written.book, &folder.join(&name));
    name
}

/// The text grids of a folder, by name.
pub fn grids(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of grids");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "grid"));
    paths.sort();
    paths
}
