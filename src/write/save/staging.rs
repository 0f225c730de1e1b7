//! Files that belong together and are too large to be held: each is written to a temporary file beside its place.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{SaveError, folder_of, must_be_free, of_folder, sync, temporary};

/// Files that are being written; those that are not committed go away.
#[derive(Debug, Default)]
pub struct Staging {
    files: Vec<(PathBuf, NamedTempFile)>,
}

impl Staging {
    /// Opens the temporary file of one more; its folder is made when it is not there.
    ///
    /// # Errors
    /// When something stands in the way of the file or of its folder.
    pub fn create(&mut self, path: &Path) -> Result<File, SaveError> {
        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(|error| of_folder(folder, error))?;
        must_be_free(path)?;
        let file = temporary(folder).map_err(|error| of_folder(folder, error))?;
        let handle = file.as_file().try_clone().map_err(|error| SaveError::new(path, error))?;
        self.files.push((path.to_owned(), file));
        Ok(handle)
    }

    /// Where they will be, in the order they were opened.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    /// Puts all in their places, in the order they were opened.
    ///
    /// # Errors
    /// When one cannot be synced or renamed; before the first is renamed, all are made sure of.
    pub fn commit(self) -> Result<(), SaveError> {
        for (path, file) in &self.files {
            file.as_file().sync_all().map_err(|error| SaveError::new(path, error))?;
            must_be_free(path)?;
        }
        let mut folders: Vec<PathBuf> = Vec::new();
        for (path, file) in self.files {
            file.persist(&path).map_err(|failure| SaveError::new(&path, failure.error))?;
            let folder = folder_of(&path).to_owned();
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        folders.iter().try_for_each(|folder| sync(folder).map_err(|error| SaveError::new(folder, error)))
    }
}
