//! What a folder looks like at a moment, told without reading the sheets: so that two moments can be compared.
//!
//! Needs the folder; gives a [`Stamp`]. What a run depends on is in it: the files to read with their size and times, the
//! names of those that are no spreadsheets, what could not be listed, the settings. What this program wrote is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::list::{is_other, is_passed_over, own_name, walk};
use crate::settings::FILE_NAME;

/// Size and times of a file. The time of creation tells a file from another one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    bytes: u64,
    changed: Option<SystemTime>,
    made: Option<SystemTime>,
}

impl Mark {
    fn of(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), changed: metadata.modified().ok(), made: metadata.created().ok() }
    }
}

/// What a folder looked like at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Files that a run reads, and the settings; without a mark when a file went away meanwhile.
    files: BTreeMap<Arc<str>, Option<Mark>>,
    /// What counts by its name only, and what could not be listed with the reason.
    names: BTreeSet<String>,
}

impl Stamp {
    /// Whether there is nothing that a run would depend on.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.names.is_empty()
    }

    /// What is different from an earlier moment.
    pub fn since(&self, before: &Self) -> Changes {
        let mut changes = Changes::default();
        for (name, mark) in &self.files {
            match before.files.get(name) {
                None => changes.arrived.push(Arc::clone(name)),
                Some(then) if then != mark => changes.changed.push(Arc::clone(name)),
                Some(_) => {}
            }
        }
        changes.gone.extend(before.files.keys().filter(|name| !self.files.contains_key(*name)).cloned());
        changes.names = self.names != before.names;
        changes
    }
}

/// What is different between two moments; names are relative to the folder, in the order of their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub arrived: Vec<Arc<str>>,
    /// Files that were there and are not the same.
    pub changed: Vec<Arc<str>>,
    /// Files that are no longer there.
    pub gone: Vec<Arc<str>>,
    /// Whether something else came or went: files that are no spreadsheets, subfolders that cannot be read.
    pub names: bool,
}

impl Changes {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.arrived.is_empty() && self.changed.is_empty() && self.gone.is_empty() && !self.names
    }
}

/// Looks at a folder again and again; a file that has not changed is not opened again to see who wrote it.
#[derive(Debug)]
pub struct Observer {
    folder: PathBuf,
    follow_links: bool,
    /// Whether a file is passed over, and what it looked like when that was found.
    known: BTreeMap<Arc<str>, (Mark, bool)>,
}

impl Observer {
    /// One for a folder; links that lead out of it are followed when asked.
    pub fn new(folder: &Path, follow_links: bool) -> Self {
        Self { folder: folder.to_owned(), follow_links, known: BTreeMap::new() }
    }

    /// What the folder looks like now.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn look(&mut self) -> io::Result<Stamp> {
        let listing = walk(&self.folder, self.follow_links)?;
        let (mut stamp, mut known) = (Stamp::default(), BTreeMap::new());
        for found in listing.files {
            let own = own_name(&found.name);
            // Also through a link: what the file itself looks like.
            let mark = fs::metadata(&found.path).ok().map(|metadata| Mark::of(&metadata));
            let settings = found.name.eq_ignore_ascii_case(FILE_NAME);
            let before = self.known.get(&found.name).filter(|(then, _)| Some(*then) == mark);
            let passed_over = before.map_or_else(|| is_passed_over(&found.path, own), |(_, passed_over)| *passed_over);
            if let Some(mark) = mark {
                known.insert(Arc::clone(&found.name), (mark, passed_over));
            }
            if !settings && passed_over {
                continue;
            }
            if !settings && is_other(own) {
                stamp.names.insert(found.name.to_string());
            } else {
                stamp.files.insert(found.name, mark);
            }
        }
        for finding in listing.findings.iter() {
            stamp.names.insert(format!("{} {}", finding.code.id, finding.place.file));
        }
        self.known = known;
        Ok(stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_by_name_and_our_own_files_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let mut observer = Observer::new(folder.path(), false);
        let mut last = observer.look().unwrap();
        assert!(last.is_empty());
        let mut next = || {
            let now = observer.look().unwrap();
            let changes = now.since(&last);
            last = now;
            changes
        };
        let names = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect::<Vec<Arc<str>>>();
        write("a.csv", "1");
        write("allegati.toml", "");
        assert_eq!(next().arrived, names(&["a.csv", "allegati.toml"]));
        write("a.csv", "12");
        assert_eq!(next().changed, names(&["a.csv"]));
        write("ESITO.html", "<meta name=\"generator\" content=\"allegati\">");
        write("~$a.xlsx", "");
        write(".allegati-abcdef.tmp", "");
        fs::create_dir(folder.path().join("consolidato")).unwrap();
        write("consolidato/Allegati-2019.json", "{}");
        assert!(next().is_empty());
        write("foto.jpg", "x");
        assert_eq!(next(), Changes { names: true, ..Changes::default() });
        write("foto.jpg", "xy");
        assert!(next().is_empty(), "what is not read counts by its name");
        fs::rename(folder.path().join("a.csv"), folder.path().join("b.csv")).unwrap();
        let changes = next();
        assert_eq!((changes.arrived, changes.gone), (names(&["b.csv"]), names(&["a.csv"])));
        fs::remove_dir_all(folder.path()).unwrap();
        assert!(observer.look().is_err());
    }
}
