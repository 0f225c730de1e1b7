//! The records of earlier years on the disk: those beside the results, and those that a person names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::earlier::Given;

/// A larger file is no record of ours.
const LARGEST: u64 = 256 << 20;

/// The files called `Allegati-<year>.json` in a folder, by name; none when the folder is not there.
pub fn records_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_record(path)).collect();
    found.sort();
    found
}

fn is_record(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let year = name.strip_prefix("Allegati-").and_then(|rest| rest.strip_suffix(".json")).unwrap_or_default();
    year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && path.is_file()
}

/// Reads a record, to be called by a name.
pub fn record(path: &Path, name: Arc<str>, asked: bool) -> Given {
    let small = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST);
    let bytes = if small { fs::read(path).ok() } else { None };
    Given::new(name, asked, bytes.as_deref())
}
