//! A folder of results whose number changes from run to run: which files there are ours, and which are somebody's.
//!
//! Needs the folder; gives the names that must not be used, and removes what is ours and no longer applies. A letter or
//! a copy that somebody changed is theirs, and stays as it is.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{SaveError, must_be_free};
use crate::intake::own;

/// What lies in a folder of letters and copies.
#[derive(Debug, Default)]
pub struct Shelf {
    ours: Vec<PathBuf>,
    taken: Vec<String>,
}

impl Shelf {
    /// Looks at a folder; one that is not there is empty.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn look(folder: &Path) -> Result<Self, SaveError> {
        let mut shelf = Self::default();
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(shelf),
            Err(error) => return Err(SaveError::new(folder, error)),
            Ok(entries) => entries,
        };
        for entry in entries {
            let path = entry.map_err(|error| SaveError::new(folder, error))?.path();
            if own::is_letter(&path) || own::is_untouched_copy(&path) {
                shelf.ours.push(path);
            } else if let Some(name) = path.file_name() {
                shelf.taken.push(name.to_string_lossy().into_owned());
            }
        }
        shelf.ours.sort();
        shelf.taken.sort();
        Ok(shelf)
    }

    /// Names of files that are not ours, in order.
    pub fn taken(&self) -> &[String] {
        &self.taken
    }

    /// Makes sure that what [`Shelf::clear`] will remove can be removed.
    ///
    /// # Errors
    /// When one is open in another program, or write-protected.
    pub fn must_be_clearable(&self, kept: &[PathBuf]) -> Result<(), SaveError> {
        self.stale(kept).try_for_each(must_be_free)
    }

    /// Removes what an earlier run wrote and this one did not.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn clear(&self, kept: &[PathBuf]) -> Result<(), SaveError> {
        self.stale(kept).try_for_each(|path| match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(SaveError::new(path, error)),
            _ => Ok(()),
        })
    }

    /// Ours, and not written again. Names that differ in case only may be one file.
    fn stale<'a>(&'a self, kept: &'a [PathBuf]) -> impl Iterator<Item = &'a Path> {
        let lower = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        self.ours.iter().map(PathBuf::as_path).filter(move |path| !kept.iter().any(|one| lower(one) == lower(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_and_no_longer_applies_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["old.html", "kept.html"] {
            fs::write(path(name), own::sealed("<p>a</p>\n")).unwrap();
        }
        fs::write(path("changed.html"), own::sealed("<p>a</p>\n").replace("<p>a", "<p>b")).unwrap();
        fs::write(path("mine.html"), "<p>a</p>").unwrap();
        fs::write(path("mine.xlsx"), "no workbook").unwrap();
        let shelf = Shelf::look(folder.path()).unwrap();
        assert_eq!(shelf.taken(), ["changed.html", "mine.html", "mine.xlsx"]);
        shelf.clear(&[path("KEPT.html")]).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["changed.html", "kept.html", "mine.html", "mine.xlsx"]);
        assert!(Shelf::look(&path("nowhere")).unwrap().taken().is_empty());
    }
}
