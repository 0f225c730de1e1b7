//! One run at a time writes to a folder: its claim, and the sweeping of what an ended run left there.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Obstacle, SaveError, is_temporary, of_folder};

/// The name of the lock file. That it is there says nothing; that a process holds it does, and the system lets go of
/// it for a process that was killed, so that no claim is ever stale.
const LOCK: &str = ".allegati.lock";

/// How often a lock file may go away between being opened and being held before that is a failure.
const TRIES: usize = 100;

/// The right to write to some folders, until it is dropped.
///
/// Folders that were made for it and are still empty then go away again.
#[derive(Debug)]
pub struct Claim {
    held: Vec<Held>,
    made: Vec<PathBuf>,
}

/// A lock file, held as long as it is open.
#[derive(Debug)]
struct Held {
    path: PathBuf,
    _file: File,
}

impl Claim {
    /// Claims the folders of files and removes the temporary files that a run before left in them, and nothing else.
    ///
    /// Folders are made when they are not there.
    ///
    /// # Errors
    /// When another run has claimed one of them, or one cannot be made or written to.
    pub fn of(files: &[&Path]) -> Result<Self, SaveError> {
        Self { held: Vec::new(), made: Vec::new() }.besides(files)
    }

    /// Claims the folders of more files as [`Claim::of`] does, but for those that are claimed already: a part of a run
    /// may write where the whole does. It must not outlive the claim of the whole.
    ///
    /// # Errors
    /// Those of [`Claim::of`].
    pub fn besides(&self, files: &[&Path]) -> Result<Self, SaveError> {
        let mut claim = Self { held: Vec::new(), made: Vec::new() };
        for file in files {
            let folder = super::folder_of(file);
            claim.make(folder).map_err(|error| of_folder(folder, error))?;
            let real = folder.canonicalize().map_err(|error| SaveError::new(folder, error))?;
            if self.holds(&real) || claim.holds(&real) {
                continue;
            }
            claim.held.extend(hold(folder, &real)?);
            sweep(&real).map_err(|error| SaveError::new(folder, error))?;
        }
        Ok(claim)
    }

    fn holds(&self, folder: &Path) -> bool {
        self.held.iter().any(|held| held.path.parent() == Some(folder))
    }

    /// Makes a folder and the ones above it, and remembers which were not there.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|part| !part.as_os_str().is_empty() && !part.exists())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(folder)?;
        self.made.splice(0..0, missing);
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        for held in &self.held {
            // Removed while it is held, so that nobody loses one that is theirs. What cannot be removed is harmless.
            let _ = fs::remove_file(&held.path);
        }
        self.held.clear();
        for folder in &self.made {
            // Only an empty folder can be removed this way.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Holds the lock file of a folder; `None` on a drive that knows no locks.
fn hold(shown: &Path, folder: &Path) -> Result<Option<Held>, SaveError> {
    let path = folder.join(LOCK);
    let mut obstacle = Obstacle::OtherRun(None);
    for _ in 0..TRIES {
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let file = match opened {
            Ok(file) => file,
            // The run before removes its folder, or on Windows its file, at this very moment.
            // When it goes on so, the folder is one in which no file can be made.
            Err(error) if error.kind() == ErrorKind::NotFound && fs::create_dir_all(folder).is_ok() => {
                obstacle = Obstacle::FolderReadOnly;
                continue;
            }
            Err(error) => return Err(of_folder(shown, error)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => {
                let mut file = file;
                // Who holds it is only for a person to read.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                return Ok(Some(Held { path, _file: file }));
            }
            // The run before removed the file after it was opened here.
            Ok(()) => obstacle = Obstacle::OtherRun(None),
            Err(TryLockError::WouldBlock) => {
                let process = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
                return Err(SaveError::new(shown, Obstacle::OtherRun(process)));
            }
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                let _ = fs::remove_file(&path);
                return Ok(None);
            }
            Err(TryLockError::Error(error)) => return Err(SaveError::new(shown, error)),
        }
    }
    Err(SaveError::new(shown, obstacle))
}

/// Whether an open file is still the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |one: &fs::Metadata, other: &fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(one), Ok(other)) if same(&one, &other))
}

/// A file that is open keeps its name on Windows until it is closed.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes temporary files of a run that was ended; the caller holds the folder, so none is in use.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_temporary(&entry.file_name().to_string_lossy()) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    #[test]
    fn a_folder_is_claimed_once_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let (one, other) = (root.path().join("x/consolidato/a.xlsx"), root.path().join("x/consolidato/../a.json"));
        let claim = Claim::of(&[&one, &other, &one]).unwrap();
        assert!(
            matches!(Claim::of(&[&other]).unwrap_err().why, Obstacle::OtherRun(Some(id)) if id == std::process::id())
        );
        drop(claim);
        drop(Claim::of(&[&one]).unwrap());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_part_of_a_run_may_write_where_the_whole_does_and_nowhere_else_twice() {
        let root = tempfile::tempdir().unwrap();
        let (summary, other) = (root.path().join("consolidato/a.xlsx"), root.path().join("x/consolidato/b.xlsx"));
        let whole = Claim::of(&[&summary]).unwrap();
        let staged = root.path().join("consolidato/.allegati-abc123.tmp");
        fs::write(&staged, "x").unwrap();
        let part = whole.besides(&[&summary.with_extension("json"), &other]).unwrap();
        assert!(staged.exists(), "what the whole is writing is not swept");
        assert!(matches!(whole.besides(&[&other]).unwrap_err().why, Obstacle::OtherRun(Some(_))));
        drop(part);
        assert!(matches!(Claim::of(&[&summary]).unwrap_err().why, Obstacle::OtherRun(Some(_))));
        drop(Claim::of(&[&other]).unwrap());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_in_which_no_file_can_be_made_is_no_other_run() {
        let error = Claim::of(&[Path::new("/proc/a.xlsx")]).unwrap_err();
        assert!(matches!(error.why, Obstacle::FolderReadOnly), "{error:?}");
    }

    #[test]
    fn what_an_ended_run_left_is_swept_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let keep = [".allegati-mine.tmp", ".allegati-abcdef", "allegati-abcdef.tmp", ".allegati-abcdef.tmp.xlsx"];
        for name in keep.iter().chain(&[".allegati-abc123.tmp", LOCK]) {
            fs::write(root.path().join(name), "x").unwrap();
        }
        fs::create_dir(root.path().join(".allegati-ABCDEF.tmp")).unwrap();
        drop(Claim::of(&[&root.path().join("a.xlsx")]).unwrap());
        let mut left: Vec<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        let mut expected: Vec<_> = keep.iter().chain(&[".allegati-ABCDEF.tmp"]).map(std::ffi::OsString::from).collect();
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn claims_that_come_and_go_never_meet() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("consolidato/a.xlsx");
        let (inside, held) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let Ok(claim) = Claim::of(&[&file]) else { continue };
                        assert_eq!(inside.fetch_add(1, SeqCst), 0);
                        held.fetch_add(1, SeqCst);
                        inside.fetch_sub(1, SeqCst);
                        drop(claim);
                    }
                });
            }
        });
        assert!(held.into_inner() > 0);
    }
}
