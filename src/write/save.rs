//! Bytes go to their place on disk whole, or the files that were there stay as they were.
//!
//! Needs paths and bytes; leaves the files, or says what stands in the way. Whatever moment the program is ended at,
//! each path holds the old file or the new one; what such an end leaves behind is swept by the next [`Claim`].

mod claim;
mod shelf;
mod staging;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use claim::Claim;
pub use shelf::Shelf;
pub use staging::Staging;

/// How the name of a temporary file begins: hidden, and recognised by the next run.
const PREFIX: &str = ".allegati-";

/// How it ends.
const SUFFIX: &str = ".tmp";

/// Letters and digits between the two.
const RANDOM: usize = 6;

/// What Windows answers when another program has a file open and does not share it.
const SHARING_VIOLATION: i32 = 32;

/// What Windows answers when another program has locked a part of a file.
const LOCK_VIOLATION: i32 = 33;

/// Why a file was not written; all files asked for are as they were, unless the last step of the last ones failed.
#[derive(Debug)]
pub struct SaveError {
    /// The file or the folder.
    pub path: PathBuf,
    /// What stands in the way.
    pub why: Obstacle,
}

/// What stands in the way of a file.
#[derive(Debug)]
pub enum Obstacle {
    /// A spreadsheet program has it open: the file that it left beside it.
    Open(PathBuf),
    /// Another program holds it, as the system says.
    Held,
    /// There is a folder of that name.
    IsFolder,
    /// The file is write-protected.
    ReadOnly,
    /// The folder may not be written to.
    FolderReadOnly,
    /// No room on the disk, or a quota is used up.
    Full,
    /// Another run of this program writes to the folder: its process, where that can be told.
    OtherRun(Option<u32>),
    /// Whatever else the system answered.
    System(io::Error),
}

impl From<io::Error> for Obstacle {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::Held,
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION)) => {
                Self::Held
            }
            _ => Self::System(error),
        }
    }
}

impl SaveError {
    fn new(path: &Path, why: impl Into<Obstacle>) -> Self {
        Self { path: path.to_owned(), why: why.into() }
    }
}

/// Writes files that belong together: all to temporary files beside their places, synced, and only then renamed.
///
/// Their folders are made when they are not there. The order of renaming is the order given, so the one most likely to
/// be held by another program goes first.
///
/// # Errors
/// When one is open in a spreadsheet program, may not be written, or the disk refuses.
pub fn save(outputs: &[(&Path, &[u8])]) -> Result<(), SaveError> {
    let staged: Vec<NamedTempFile> =
        outputs.iter().map(|(path, bytes)| stage(path, bytes)).collect::<Result<_, SaveError>>()?;
    // Writing takes a while, and somebody may have opened one meanwhile.
    outputs.iter().try_for_each(|(path, _)| must_be_free(path))?;
    for (file, (path, _)) in staged.into_iter().zip(outputs) {
        file.persist(path).map_err(|failure| SaveError::new(path, of_renaming(failure.error)))?;
    }
    outputs.iter().try_for_each(|(path, _)| sync(folder_of(path)).map_err(|error| SaveError::new(path, error)))
}

/// A file that is free to write but not to replace, Windows refuses as if there were no permission: a program that only
/// reads it holds it.
fn of_renaming(error: io::Error) -> Obstacle {
    if cfg!(windows) && error.kind() == ErrorKind::PermissionDenied { Obstacle::Held } else { error.into() }
}

/// Makes sure that nothing stands in the way of a file, as far as that can be told without writing.
///
/// # Errors
/// What does.
pub fn must_be_free(path: &Path) -> Result<(), SaveError> {
    let refused = |why: Obstacle| Err(SaveError::new(path, why));
    if let Some(lock) = lock_of(path) {
        return refused(Obstacle::Open(lock));
    }
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return refused(error.into()),
        Ok(metadata) => metadata,
    };
    if metadata.is_dir() {
        return refused(Obstacle::IsFolder);
    }
    if metadata.permissions().readonly() {
        return refused(Obstacle::ReadOnly);
    }
    // Opening without truncating finds a file that another program holds, where the system knows of such.
    match fs::OpenOptions::new().append(true).open(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => refused(Obstacle::ReadOnly),
        Err(error) => refused(error.into()),
        Ok(_) => Ok(()),
    }
}

/// The file that Excel or LibreOffice leaves beside one that they have open.
fn lock_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.into_iter().map(|lock| path.with_file_name(lock)).find(|lock| lock.exists())
}

/// The bytes in a synced temporary file beside their place; it goes away unless it is renamed.
fn stage(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, SaveError> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| of_folder(folder, error))?;
    must_be_free(path)?;
    let mut file = temporary(folder).map_err(|error| of_folder(folder, error))?;
    let written = file.write_all(bytes).and_then(|()| file.as_file().sync_all());
    written.map_err(|error| SaveError::new(path, error))?;
    Ok(file)
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private by default, the result must not be: what the user's mask leaves.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Whether a name is one that [`temporary`] gives.
fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The folder of a file; a bare name lies in the current one.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn of_folder(folder: &Path, error: io::Error) -> SaveError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::new(folder, Obstacle::FolderReadOnly),
        _ => SaveError::new(folder, error),
    }
}

/// A renamed file survives a power cut only when its folder is synced too.
fn sync(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some network drives cannot sync a folder; the file itself is synced.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save_one(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
        save(&[(path, bytes)])
    }

    #[test]
    fn a_file_is_written_whole_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consolidato").join("a.xlsx");
        save_one(&path, b"one").unwrap();
        save_one(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn an_open_file_is_refused_and_so_is_the_one_that_belongs_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let (workbook, json) = (folder.path().join("a.xlsx"), folder.path().join("a.json"));
        save(&[(&workbook, b"old"), (&json, b"old")]).unwrap();
        for name in ["~$a.xlsx", ".~lock.a.xlsx#", ".~lock.a.json#"] {
            let lock = folder.path().join(name);
            fs::write(&lock, b"").unwrap();
            let error = save(&[(&workbook, b"new"), (&json, b"new")]).unwrap_err();
            assert!(matches!(&error.why, Obstacle::Open(found) if *found == lock), "{error:?}");
            fs::remove_file(&lock).unwrap();
            assert_eq!(fs::read(&workbook).unwrap(), b"old");
            assert_eq!(fs::read(&json).unwrap(), b"old");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }

    #[test]
    fn a_write_protected_file_and_a_folder_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        save_one(&path, b"old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(save_one(&path, b"new").unwrap_err().why, Obstacle::ReadOnly));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert!(matches!(save_one(folder.path(), b"new").unwrap_err().why, Obstacle::IsFolder));
    }

    #[test]
    fn only_names_of_our_own_are_temporary() {
        let folder = tempfile::tempdir().unwrap();
        let file = temporary(folder.path()).unwrap();
        assert!(is_temporary(&file.path().file_name().unwrap().to_string_lossy()));
        for name in [".allegati-.tmp", ".allegati-abcdef", ".allegati-abc ef.tmp", ".allegati-abcdefg.tmp", "a.tmp"] {
            assert!(!is_temporary(name), "{name}");
        }
    }
}
