//! A folder and all below it as a list of files, always in the same order.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::own::{is_letter, is_result};
use super::{Found, Listing, UNREADABLE};
use crate::finding::{Code, Finding, Severity, Text};
use crate::kinds::form::GUIDES;
use crate::place::Place;
use crate::settings::FILE_NAME;

pub(super) static OTHER_FILE: Code = Code {
    id: "F008",
    slug: "other-file",
    severity: Severity::Info,
    message: Text::new(
        "Il file non è un foglio di calcolo e non è stato aperto.",
        "The file is not a spreadsheet and was not opened.",
    ),
    help: Text::new(
        "Se contiene dati di monitoraggio, chiedete all'ufficio di trasmetterli in un foglio Excel.",
        "If it holds monitoring data, ask the office to send them in an Excel sheet.",
    ),
};

pub(super) static LINK_OUT: Code = Code {
    id: "F010",
    slug: "link-out",
    severity: Severity::Info,
    message: Text::new(
        "È un collegamento che porta fuori dalla cartella: non è stato seguito.",
        "It is a link that leads out of the folder: it was not followed.",
    ),
    help: Text::new(
        "Se serve, copiate nella cartella il file al posto del collegamento; oppure ripetete con --follow-links.",
        "If it is needed, copy the file into the folder in place of the link; or run again with --follow-links.",
    ),
};

/// Extensions of what is never a sheet; everything else is decided by content.
const OTHER: &[&str] = &[
    "pdf", "doc", "docx", "docm", "dot", "dotx", "rtf", "odt", "ott", "odp", "odg", "ppt", "pptx", "pps", "ppsx",
    "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "svg", "heic", "webp", "zip", "rar", "7z", "gz", "tar", "json",
    "toml", "md", "html", "htm", "mht", "mhtml", "xml", "eml", "msg", "mp3", "mp4", "avi", "mov", "wav", "exe", "dll",
    "bat", "ps1", "py", "lnk", "url", "log", "mdb", "accdb", "one", "pub", "vsd", "vsdx", "pst", "bak", "tmp", "p7m",
    "p7s",
];

/// Lists a folder and all folders below it, sorted by the bytes of the relative names.
///
/// Symbolic links and junctions that lead out of the folder are named, not followed.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn list(folder: &Path) -> io::Result<Listing> {
    list_with(folder, false)
}

/// Lists a folder as [`list`] does; links that lead out of it are followed when asked.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn list_with(folder: &Path, follow_links: bool) -> io::Result<Listing> {
    let mut listing = candidates(folder, follow_links)?;
    // Each is opened for a moment, which takes its time on a shared drive.
    let is_ours = |found: &Found| is_result_called(&found.path, &found.name);
    let (ours, files): (Vec<_>, _) = std::mem::take(&mut listing.files).into_par_iter().partition(is_ours);
    listing.files = files;
    listing.skipped.extend(ours.into_iter().map(|found| found.name));
    listing.skipped.sort();
    Ok(listing)
}

/// Lists a folder as [`list_with`] does, but opens no workbook: those that this program wrote are still among its files.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn candidates(folder: &Path, follow_links: bool) -> io::Result<Listing> {
    let Listing { files, skipped, findings, .. } = walk(folder, follow_links)?;
    let mut listing = Listing { skipped, findings, ..Listing::default() };
    for found in files {
        let passed_over = is_told_unopened(&found.path, own_name(&found.name));
        match (passed_over, is_other(own_name(&found.name))) {
            (true, _) => listing.skipped.push(found.name),
            (false, true) => listing.other.push(found.name),
            (false, false) => listing.files.push(found),
        }
    }
    listing.other.sort();
    listing.skipped.sort();
    for name in &listing.other {
        listing.findings.push(Finding::new(&OTHER_FILE, Place::file(name)));
    }
    listing.findings.sort();
    Ok(listing)
}

/// Every file of a folder and below it, whatever it is and whoever wrote it: none of them is opened.
///
/// # Errors
/// When the folder itself cannot be read.
pub(super) fn walk(folder: &Path, follow_links: bool) -> io::Result<Listing> {
    let root = folder.canonicalize()?;
    let mut outside = follow_links.then(BTreeSet::new);
    let mut listing = Listing::default();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((path, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if prefix.is_empty() => return Err(error),
            Err(error) => {
                unreadable(&mut listing, &prefix, &error);
                continue;
            }
        };
        for entry in entries {
            match entry {
                Ok(entry) => sort_in(&entry, &prefix, (&root, outside.as_mut()), &mut listing, &mut folders),
                Err(error) => unreadable(&mut listing, &prefix, &error),
            }
        }
    }
    listing.files.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    Ok(listing)
}

fn unreadable(listing: &mut Listing, name: &str, error: &io::Error) {
    let place = Place::file(&Arc::from(name.trim_end_matches('/')));
    listing.findings.push(Finding::new(&UNREADABLE, place).with("why", error.to_string()));
}

/// Sorts an entry in; beside the root stand the folders outside it whose links were followed, when that is asked.
fn sort_in(
    entry: &DirEntry,
    prefix: &str,
    (root, outside): (&Path, Option<&mut BTreeSet<PathBuf>>),
    listing: &mut Listing,
    folders: &mut Vec<(PathBuf, String)>,
) {
    let own = entry.file_name().to_string_lossy().into_owned();
    let name: Arc<str> = format!("{prefix}{own}").into();
    let kind = match entry.file_type() {
        Ok(kind) => kind,
        Err(error) => return unreadable(listing, &name, &error),
    };
    if is_litter(&own) || (kind.is_dir() && own == "consolidato") {
        listing.skipped.push(name);
        return;
    }
    if kind.is_dir() {
        folders.push((entry.path(), format!("{name}/")));
    } else if kind.is_symlink() {
        match (entry.path().canonicalize(), outside) {
            (Ok(target), None) if !target.starts_with(root) => {
                listing.findings.push(Finding::new(&LINK_OUT, Place::file(&name)));
            }
            // Whatever is below a folder that was entered is read there: no circle, and no file twice.
            (Ok(target), Some(entered)) if target.is_dir() && !target.starts_with(root) => {
                if root.starts_with(&target) || entered.iter().any(|folder| target.starts_with(folder)) {
                    listing.skipped.push(name);
                } else {
                    folders.push((entry.path(), format!("{name}/")));
                    entered.insert(target);
                }
            }
            (Ok(target), _) if target.is_file() => listing.files.push(Found { path: entry.path(), name }),
            // A link to a folder of the same tree: its files are read where they are.
            (Ok(_), _) => listing.skipped.push(name),
            (Err(error), _) => unreadable(listing, &name, &error),
        }
    } else if kind.is_file() {
        listing.files.push(Found { path: entry.path(), name });
    } else {
        listing.skipped.push(name);
    }
}

/// The last part of a relative name.
pub(super) fn own_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether a file is none of the offices': the settings, the guide of a new folder, what this program wrote.
pub(super) fn is_passed_over(path: &Path, own: &str) -> bool {
    is_told_unopened(path, own) || is_result_called(path, own)
}

/// Whether that is told without opening a workbook.
fn is_told_unopened(path: &Path, own: &str) -> bool {
    own.eq_ignore_ascii_case(FILE_NAME) || is_ours_unopened(path, own) || is_guide(path, own)
}

/// Whether a workbook by such a name is asked what it is.
pub(super) fn may_be_result(name: &str) -> bool {
    name.ends_with(".xlsx")
}

fn is_result_called(path: &Path, name: &str) -> bool {
    may_be_result(name) && is_result(path)
}

/// Lock files of office programs, files of the system, hidden files.
pub(super) fn is_litter(own: &str) -> bool {
    let lower = own.to_ascii_lowercase();
    own.starts_with("~$")
        || own.starts_with('.')
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "ehthumbs.db" | "__macosx" | "$recycle.bin")
}

pub(super) fn is_other(own: &str) -> bool {
    let lower = own.to_ascii_lowercase();
    let Some((stem, extension)) = lower.rsplit_once('.') else { return false };
    // A signed spreadsheet is an office's sheet that cannot be read, not another file.
    let signed = extension == "p7m" && looks_like_sheet(stem);
    !signed && OTHER.contains(&extension)
}

/// Whether a name promises a spreadsheet, so that not reading it is an error.
pub(super) fn looks_like_sheet(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let lower = lower.strip_suffix(".p7m").unwrap_or(&lower);
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.starts_with("xl") || matches!(extension, "ods" | "ots" | "fods" | "csv" | "tsv" | "tab")
}

/// Whether it is the guide that a new folder comes with.
fn is_guide(path: &Path, own: &str) -> bool {
    let begins = |words: &str| {
        let mut text = Vec::new();
        fs::File::open(path).and_then(|file| file.take(256).read_to_end(&mut text)).is_ok()
            && String::from_utf8_lossy(&text).trim_start_matches('\u{feff}').starts_with(words)
    };
    (own == GUIDES[0] && begins("GUIDA: LA CARTELLA")) || (own == GUIDES[1] && begins("GUIDE: THE FOLDER"))
}

/// Whether a page names this program where pages name what made them.
pub(super) fn page_by_us(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(512).read_to_end(&mut start)?;
    Ok(String::from_utf8_lossy(&start).contains("<meta name=\"generator\" content=\"allegati\">"))
}

/// Whether a file is one that this program wrote: by its name, or by the marks inside it.
pub(super) fn is_ours(path: &Path, own: &str) -> bool {
    is_ours_unopened(path, own) || is_result_called(path, own)
}

/// Whether that is told without opening a workbook.
fn is_ours_unopened(path: &Path, own: &str) -> bool {
    if own.to_ascii_lowercase().ends_with(".html") {
        return is_letter(path) || page_by_us(path).unwrap_or(false);
    }
    let Some(stem) = own.strip_suffix(".xlsx").or_else(|| own.strip_suffix(".json")) else { return false };
    let year = stem.strip_prefix("Allegati-").unwrap_or_default();
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
        || (own.ends_with(".json") && record_by_us(path).unwrap_or(false))
}

/// Whether a workbook or a JSON bears the mark of this program, whatever it is called.
pub fn bears_our_mark(path: &Path) -> bool {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        record_by_us(path).unwrap_or(false)
    } else {
        is_result(path)
    }
}

/// Whether a JSON begins as this program's records do.
fn record_by_us(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(64).read_to_end(&mut start)?;
    Ok(String::from_utf8_lossy(&start).contains("\"schema\": \"allegati"))
}
