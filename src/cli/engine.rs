//! The one place where the commands meet the library's stages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use allegati::finding::{Code, Lang};
use allegati::outcome::{Inspection, Outcome};
use allegati::settings::Settings;

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
    Vec::new()
}

/// The workbook's bytes.
pub fn workbook(_outcome: &Outcome, _lang: Lang, _source_prefix: &str) -> Result<Vec<u8>, Failure> {
    Ok(Vec::new())
}

/// The JSON.
pub fn json(_outcome: &Outcome, _lang: Lang) -> String {
    String::new()
}

/// Puts bytes in their place.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| error.to_string())
}

/// The process that reads one `.xls` or `.xlsb`.
pub fn worker() -> ExitCode {
    ExitCode::SUCCESS
}
