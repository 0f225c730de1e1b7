//! Where the workbook and the JSON go, and what stands in their way.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use allegati::outcome::Outcome;

use super::failure::Failure;

/// The two files of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Outputs {
    /// The consolidated workbook.
    pub workbook: PathBuf,
    /// The JSON record.
    pub json: PathBuf,
}

impl Outputs {
    /// Makes sure, before any work is done, that the files asked for are named for what they will be.
    ///
    /// # Errors
    /// When an extension says that a file is something else.
    pub fn must_be_named_right(asked: Option<&PathBuf>, json: Option<&PathBuf>) -> Result<(), Failure> {
        asked.map_or(Ok(()), |path| must_end_with(path, "xlsx"))?;
        json.map_or(Ok(()), |path| must_end_with(path, "json"))
    }

    /// What was asked for, completed: `consolidato/Allegati-<year>.xlsx` in the folder, the JSON next to the workbook.
    ///
    /// # Errors
    /// When one of them would take the place of a sheet.
    pub fn of(
        folder: &Path,
        asked: Option<&PathBuf>,
        json: Option<&PathBuf>,
        outcome: &Outcome,
    ) -> Result<Self, Failure> {
        let name = format!("Allegati-{}.xlsx", outcome.consolidation.year);
        let workbook = asked.cloned().unwrap_or_else(|| folder.join("consolidato").join(name));
        let outputs = Self { json: json.cloned().unwrap_or_else(|| workbook.with_extension("json")), workbook };
        for source in &outcome.sources {
            let source = folder.join(&*source.file);
            for output in [&outputs.workbook, &outputs.json] {
                if same_file(&source, output) {
                    return Err(would_replace(output));
                }
            }
        }
        Ok(outputs)
    }

    /// The way from the workbook's folder to the sources' folder, ending with `/`.
    pub fn source_prefix(&self, folder: &Path) -> String {
        let from = absolute(self.workbook.parent().unwrap_or(Path::new("")));
        let way = way(&from, &absolute(folder));
        let parts: Vec<_> =
            way.components().map(|part| part.as_os_str().to_string_lossy().replace('\\', "/")).collect();
        let way = parts.join("/").replace("//", "/");
        if way.is_empty() { way } else { way + "/" }
    }

    /// Makes sure that both can be written, and that nobody has them open.
    ///
    /// # Errors
    /// When one cannot.
    pub fn must_be_free(&self) -> Result<(), Failure> {
        for output in [&self.workbook, &self.json] {
            if output.is_dir() {
                return Err(is_folder(output));
            }
            if let Some(lock) = lock_of(output) {
                return Err(is_open(output, &lock));
            }
            if fs::metadata(output).is_ok_and(|data| data.permissions().readonly()) {
                return Err(is_read_only(output));
            }
            let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder {
                fs::create_dir_all(folder).map_err(|error| {
                    let (it, en) =
                        ("la cartella per i risultati non si può creare", "the folder for the results cannot be made");
                    Failure::of_system(folder, it, en, &error)
                })?;
            }
        }
        Ok(())
    }
}

fn must_end_with(path: &Path, wanted: &str) -> Result<(), Failure> {
    if path.extension().is_some_and(|found| found.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::new(
        format!("il nome deve finire con .{wanted}: {path}"),
        format!("the name must end with .{wanted}: {path}"),
    ))
}

fn would_replace(output: &Path) -> Failure {
    let path = output.display();
    Failure::new(
        format!("il risultato prenderebbe il posto di un foglio di un ufficio: {path}"),
        format!("the result would take the place of an office’s sheet: {path}"),
    )
}

fn is_folder(output: &Path) -> Failure {
    let path = output.display();
    Failure::new(
        format!("c’è già una cartella con il nome del risultato: {path}"),
        format!("there is already a folder with the result’s name: {path}"),
    )
}

fn is_open(output: &Path, lock: &Path) -> Failure {
    let (path, lock) = (output.display(), lock.display());
    Failure::new(
        format!(
            "il file è aperto in Excel o in LibreOffice: {path}\n  chiuderlo e ripetere; se nessuno lo ha aperto, cancellare {lock}"
        ),
        format!(
            "the file is open in Excel or LibreOffice: {path}\n  close it and repeat; if nobody has it open, delete {lock}"
        ),
    )
}

fn is_read_only(output: &Path) -> Failure {
    let path = output.display();
    Failure::new(
        format!(
            "il file è di sola lettura: {path}\n  togliere «Sola lettura» dalle sue proprietà, o scegliere un altro nome con -o"
        ),
        format!("the file is read-only: {path}\n  clear “Read-only” in its properties, or choose another name with -o"),
    )
}

/// The file that Excel or LibreOffice leaves beside one they have open.
fn lock_of(output: &Path) -> Option<PathBuf> {
    let name = output.file_name()?.to_string_lossy();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.into_iter().map(|lock| output.with_file_name(lock)).find(|lock| lock.exists())
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// The path without links, as far as it exists already.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|part| fs::canonicalize(part).ok().map(|real| (part, real)));
    match there {
        Some((part, real)) => match path.strip_prefix(part) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => path,
    }
}

/// The relative way from one absolute folder to another; the other itself when they share no drive.
fn way(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return to.iter().collect();
    }
    let up = from[shared..].iter().map(|_| Component::Normal(OsStr::new("..")));
    up.chain(to[shared..].iter().copied()).map(|part| part.as_os_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(folder: &Path, workbook: &Path) -> Outputs {
        let outcome = Outcome::default();
        Outputs::of(folder, Some(&workbook.to_owned()), None, &outcome).unwrap()
    }

    #[test]
    fn sources_are_found_from_the_workbook() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("fogli");
        fs::create_dir(&folder).unwrap();
        let prefix = |workbook: PathBuf| outputs(&folder, &workbook).source_prefix(&folder);
        assert_eq!(prefix(folder.join("consolidato/A.xlsx")), "../");
        assert_eq!(prefix(folder.join("A.xlsx")), "");
        assert_eq!(prefix(root.path().join("A.xlsx")), "fogli/");
        assert_eq!(prefix(root.path().join("altro/qui/A.xlsx")), "../../fogli/");
    }

    #[test]
    fn the_json_goes_next_to_the_workbook() {
        let found = outputs(Path::new("x"), Path::new("y/Relazione.xlsx"));
        assert_eq!(found.json, Path::new("y/Relazione.json"));
    }

    #[test]
    fn a_file_that_is_open_or_read_only_is_told() {
        let root = tempfile::tempdir().unwrap();
        let workbook = root.path().join("Allegati-2019.xlsx");
        let free = || {
            outputs(root.path(), &workbook)
                .must_be_free()
                .map_err(|failure| failure.message(allegati::finding::Lang::En).to_owned())
        };
        assert_eq!(free(), Ok(()));
        fs::write(&workbook, "x").unwrap();
        for lock in ["~$Allegati-2019.xlsx", ".~lock.Allegati-2019.xlsx#"] {
            let lock = root.path().join(lock);
            fs::write(&lock, "x").unwrap();
            assert!(free().is_err_and(|text| text.contains(&*lock.to_string_lossy())));
            fs::remove_file(lock).unwrap();
        }
        let mut permissions = fs::metadata(&workbook).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&workbook, permissions).unwrap();
        assert!(free().is_err_and(|text| text.contains("read-only")));
    }

    #[test]
    fn an_office_s_sheet_is_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        let sheet = root.path().join("ufficio.xlsx");
        fs::write(&sheet, "x").unwrap();
        let source = allegati::outcome::FileSource { file: "ufficio.xlsx".into(), ..Default::default() };
        let outcome = Outcome { sources: vec![source], ..Default::default() };
        assert!(Outputs::of(root.path(), Some(&sheet), None, &outcome).is_err());
    }
}
