//! Where the workbook, the JSON and the report page go, and what stands in their way.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use allegati::outcome::Outcome;
use allegati::write::save::{self, Claim, Obstacle, SaveError};

use super::failure::Failure;

/// The files of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Outputs {
    /// The consolidated workbook.
    pub workbook: PathBuf,
    /// The JSON record.
    pub json: PathBuf,
    /// The report page, when one was asked for.
    pub report: Option<PathBuf>,
}

impl Outputs {
    /// Makes sure, before any work is done, that the files asked for are named for what they will be.
    ///
    /// # Errors
    /// When an extension says that a file is something else.
    pub fn must_be_named_right(
        asked: Option<&PathBuf>,
        json: Option<&PathBuf>,
        report: Option<&PathBuf>,
    ) -> Result<(), Failure> {
        asked.map_or(Ok(()), |path| must_end_with(path, "xlsx"))?;
        report.map_or(Ok(()), |path| must_end_with(path, "html"))?;
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
        report: Option<&PathBuf>,
        outcome: &Outcome,
    ) -> Result<Self, Failure> {
        let name = format!("Allegati-{}.xlsx", outcome.consolidation.year);
        let workbook = asked.cloned().unwrap_or_else(|| folder.join("consolidato").join(name));
        let json = json.cloned().unwrap_or_else(|| workbook.with_extension("json"));
        let outputs = Self { json, workbook, report: report.cloned() };
        for source in &outcome.sources {
            let source = folder.join(&*source.file);
            for output in outputs.all() {
                if same_file(&source, output) {
                    return Err(would_replace(output));
                }
            }
        }
        Ok(outputs)
    }

    /// Makes sure that none of them would take the place of a file that was asked for as an input.
    ///
    /// # Errors
    /// When one would.
    pub fn must_spare(&self, inputs: &[PathBuf]) -> Result<(), Failure> {
        let Some(lost) = inputs.iter().find(|input| self.all().any(|output| same_file(input, output))) else {
            return Ok(());
        };
        let path = lost.display();
        Err(Failure::new(
            format!("il risultato prenderebbe il posto dei risultati da confrontare: {path}"),
            format!("the result would take the place of the results to compare with: {path}"),
        ))
    }

    /// All of them; the workbook first: it is the one that people have open.
    pub fn all(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.workbook, &self.json].into_iter().chain(&self.report)
    }

    /// The way from the workbook's folder to the sources' folder, ending with `/`.
    pub fn source_prefix(&self, folder: &Path) -> String {
        prefix(&self.workbook, folder)
    }

    /// The ways from the report page's folder to the sources' folder, ending with `/`, and to the workbook.
    pub fn report_ways(&self, report: &Path, folder: &Path) -> (String, String) {
        let beside = prefix(report, self.workbook.parent().unwrap_or(Path::new("")));
        let name = self.workbook.file_name().unwrap_or_default().to_string_lossy();
        (prefix(report, folder), format!("{beside}{name}"))
    }

    /// Makes sure that all can be written, and that nobody has them open.
    ///
    /// # Errors
    /// When one cannot.
    pub fn must_be_free(&self) -> Result<(), Failure> {
        self.all().try_for_each(|output| free(output))
    }

    /// Writes all, or leaves all as they were: `page` is the report's, when one was asked for, `more` what goes with them.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn save(
        &self,
        workbook: &[u8],
        json: &[u8],
        page: Option<&[u8]>,
        more: &[(&Path, &[u8])],
    ) -> Result<(), Failure> {
        let bytes = [workbook, json].into_iter().chain(page);
        let own: Vec<(&Path, &[u8])> = self.all().map(PathBuf::as_path).zip(bytes).collect();
        save::save(&[&own, more].concat()).map_err(|error| of_save(&error))
    }
}

/// Makes sure, before any work is done, that no other run writes to the same folders, that they can be written to, and
/// that what was asked for by name is free; what an ended run left there is swept.
///
/// # Errors
/// When one of that is not so.
pub fn claim(
    folder: &Path,
    asked: Option<&PathBuf>,
    json: Option<&PathBuf>,
    report: Option<&PathBuf>,
    replies: Option<&Path>,
) -> Result<Claim, Failure> {
    // The year of the default name is not known yet, and the folder is all that counts.
    let workbook = asked.cloned().unwrap_or_else(|| folder.join("consolidato").join("Allegati.xlsx"));
    // A file in the folder of replies stands for the folder.
    let reply = replies.map(|folder| folder.join("x.html"));
    let files: Vec<&Path> =
        [&workbook].into_iter().chain(json).chain(report).chain(&reply).map(PathBuf::as_path).collect();
    let claim = Claim::of(&files).map_err(|error| of_save(&error))?;
    asked.into_iter().chain(json).chain(report).try_for_each(|output| free(output))?;
    Ok(claim)
}

/// The same for the results of one folder of a batch, which may lie where its summary does: `whole` is the batch's.
///
/// # Errors
/// When another run writes there, or nobody can.
pub fn claim_part(whole: &Claim, folder: &Path) -> Result<Claim, Failure> {
    let results = folder.join("consolidato").join("Allegati.xlsx");
    whole.besides(&[&results]).map_err(|error| of_save(&error))
}

/// Writes one text file, whole or not at all.
///
/// # Errors
/// When its name does not end as a JSON's does, or it cannot be written.
pub fn write_one(path: &Path, json: &str) -> Result<(), Failure> {
    must_end_with(path, "json")?;
    save::save(&[(path, json.as_bytes())]).map_err(|error| of_save(&error))
}

fn free(output: &Path) -> Result<(), Failure> {
    save::must_be_free(output).map_err(|error| of_save(&error))
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

/// A result in the place of a sheet.
pub fn would_replace(output: &Path) -> Failure {
    let path = output.display();
    Failure::new(
        format!("il risultato prenderebbe il posto di un foglio di un ufficio: {path}"),
        format!("the result would take the place of an office’s sheet: {path}"),
    )
}

/// What stands in the way, and what to do about it.
pub fn of_save(error: &SaveError) -> Failure {
    let path = error.path.display();
    match &error.why {
        Obstacle::Open(lock) => {
            let lock = lock.display();
            Failure::new(
                format!(
                    "il file è aperto in Excel o in LibreOffice: {path}\n  chiuderlo e ripetere; se nessuno lo ha aperto, cancellare {lock}"
                ),
                format!(
                    "the file is open in Excel or LibreOffice: {path}\n  close it and repeat; if nobody has it open, delete {lock}"
                ),
            )
        }
        Obstacle::Held => Failure::new(
            format!(
                "un altro programma tiene il file: {path}\n  chiuderlo in quel programma (anche un’anteprima o la sincronizzazione) e ripetere"
            ),
            format!(
                "another program holds the file: {path}\n  close it there (a preview or synchronisation may hold it too) and repeat"
            ),
        ),
        Obstacle::IsFolder => Failure::new(
            format!("c’è già una cartella con il nome del risultato: {path}"),
            format!("there is already a folder with the result’s name: {path}"),
        ),
        Obstacle::ReadOnly => Failure::new(
            format!(
                "il file è di sola lettura: {path}\n  togliere «Sola lettura» dalle sue proprietà, o scegliere un altro nome con -o"
            ),
            format!(
                "the file is read-only: {path}\n  clear “Read-only” in its properties, or choose another name with -o"
            ),
        ),
        Obstacle::FolderReadOnly => Failure::new(
            format!(
                "nella cartella dei risultati non si può scrivere: {path}\n  chiedere il permesso, o scegliere un altro posto con -o"
            ),
            format!(
                "the folder of the results cannot be written to: {path}\n  ask for the permission, or choose another place with -o"
            ),
        ),
        Obstacle::Full => Failure::new(
            format!(
                "il disco è pieno o lo spazio concesso è finito: {path}\n  il risultato di prima è rimasto com’era; fare spazio e ripetere"
            ),
            format!(
                "the disk is full or the quota is used up: {path}\n  the result from before is as it was; make room and repeat"
            ),
        ),
        Obstacle::OtherRun(process) => {
            let process = process.map_or(String::new(), |id| format!(" ({id})"));
            Failure::new(
                format!(
                    "un’altra esecuzione di allegati{process} sta scrivendo in questa cartella: {path}\n  aspettare che finisca e ripetere"
                ),
                format!(
                    "another run of allegati{process} is writing to this folder: {path}\n  wait for its end and repeat"
                ),
            )
            .busy()
        }
        Obstacle::System(why) => {
            Failure::of_system(&error.path, "il risultato non si può scrivere", "the result cannot be written", why)
        }
    }
}

/// The way from a file's folder to another folder, ending with `/`; empty when they are the same.
pub fn prefix(file: &Path, folder: &Path) -> String {
    let from = absolute(file.parent().unwrap_or(Path::new("")));
    let way = way(&from, &absolute(folder));
    let parts: Vec<_> = way.components().map(|part| part.as_os_str().to_string_lossy().replace('\\', "/")).collect();
    let way = parts.join("/").replace("//", "/");
    if way.is_empty() { way } else { way + "/" }
}

/// The relative way from one file to another; `None` when they share no drive.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let folder = prefix(from, to.parent().unwrap_or(Path::new("")));
    let absolute = Path::new(&folder).is_absolute() || folder.contains(':');
    (!absolute).then(|| format!("{folder}{}", to.file_name().unwrap_or_default().to_string_lossy()))
}

/// Whether two paths lead to one file or folder that is there.
pub fn same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// The path without links, as far as it exists already.
pub fn absolute(path: &Path) -> PathBuf {
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
        Outputs::of(folder, Some(&workbook.to_owned()), None, None, &outcome).unwrap()
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
    fn sources_and_workbook_are_found_from_the_page() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("fogli");
        fs::create_dir_all(folder.join("consolidato")).unwrap();
        let outputs = outputs(&folder, &folder.join("consolidato/A.xlsx"));
        let ways = |page: &str| outputs.report_ways(&root.path().join(page), &folder);
        assert_eq!(ways("fogli/consolidato/r.html"), ("../".to_owned(), "A.xlsx".to_owned()));
        assert_eq!(ways("r.html"), ("fogli/".to_owned(), "fogli/consolidato/A.xlsx".to_owned()));
        assert_eq!(ways("fogli/r.html"), (String::new(), "consolidato/A.xlsx".to_owned()));
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
        assert!(Outputs::of(root.path(), Some(&sheet), None, None, &outcome).is_err());
    }
}
