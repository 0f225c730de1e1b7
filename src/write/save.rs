//! Bytes go to their place on disk whole, or the file that was there stays as it was.

use std::fs;
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Writes a file through a temporary one in the same folder, which is synced and renamed; the folder is made when it
/// is not there.
///
/// # Errors
///
/// When the file is open in a spreadsheet program, may not be written, or the disk refuses. The old file is untouched.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| Error::new(ErrorKind::InvalidInput, format!("{} is not the name of a file", path.display())))?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    refuse_if_open(path, folder, &name.to_string_lossy())?;
    refuse_if_not_writable(path)?;
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failure| with_path(&failure.error, path))?;
    Ok(())
}

/// Spreadsheet programs leave a file of their own beside the one they have open.
fn refuse_if_open(path: &Path, folder: &Path, name: &str) -> Result<()> {
    let locks: [PathBuf; 2] = [folder.join(format!("~${name}")), folder.join(format!(".~lock.{name}#"))];
    match locks.iter().find(|lock| lock.exists()) {
        None => Ok(()),
        Some(lock) => Err(Error::new(
            ErrorKind::ResourceBusy,
            format!(
                "{} is open in a spreadsheet program ({} exists): close it and try again",
                path.display(),
                lock.file_name().unwrap_or_default().to_string_lossy()
            ),
        )),
    }
}

fn refuse_if_not_writable(path: &Path) -> Result<()> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    if metadata.is_dir() {
        return Err(Error::new(ErrorKind::IsADirectory, format!("{} is a folder", path.display())));
    }
    if metadata.permissions().readonly() {
        return Err(Error::new(ErrorKind::PermissionDenied, format!("{} is write-protected", path.display())));
    }
    // Opening without truncating finds a file that another program holds, where the system knows of such.
    fs::OpenOptions::new().append(true).open(path).map(drop).map_err(|error| with_path(&error, path))
}

#[cfg(unix)]
fn temporary(folder: &Path) -> Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // A temporary file is private by default, the result must not be: what the user's mask leaves.
    tempfile::Builder::new().prefix(".allegati-").permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn temporary(folder: &Path) -> Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".allegati-").tempfile_in(folder)
}

fn with_path(error: &Error, path: &Path) -> Error {
    Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consolidato").join("a.xlsx");
        save(&path, b"one").unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn an_open_file_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        save(&path, b"old").unwrap();
        for lock in ["~$a.xlsx", ".~lock.a.xlsx#"] {
            let lock = folder.path().join(lock);
            fs::write(&lock, b"").unwrap();
            let error = save(&path, b"new").unwrap_err();
            assert_eq!(error.kind(), ErrorKind::ResourceBusy);
            assert!(error.to_string().contains("a.xlsx"), "{error}");
            fs::remove_file(&lock).unwrap();
        }
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn a_write_protected_file_and_a_folder_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        save(&path, b"old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(save(&path, b"new").unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(save(folder.path(), b"new").unwrap_err().kind(), ErrorKind::IsADirectory);
    }
}
