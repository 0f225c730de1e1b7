//! The one place where the commands meet the library's stages.

use std::path::Path;

use allegati::finding::{Code, Lang};
use allegati::intake::{Limits, Passwords};
use allegati::outcome::{Inspection, Outcome};
use allegati::pipeline;
pub use allegati::pipeline::{Options, Progress};
use allegati::settings::Settings;
use allegati::write::{self, report::Ways};

use super::failure::Failure;

/// The settings of a folder.
pub fn settings(folder: &Path) -> Result<Settings, Failure> {
    let known = pipeline::known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    Ok(Settings::load(folder, &known)?)
}

/// Options for this process.
pub fn options(jobs: Option<usize>, settings: &Settings, passwords: Passwords) -> Options {
    let (said, default) = (settings.limits, Limits::default());
    let bytes = |mib: Option<u64>, default| mib.map_or(default, |mib| mib << 20);
    let limits = Limits {
        inflated_bytes: bytes(said.inflated_mib, default.inflated_bytes),
        cells: said.cells.unwrap_or(default.cells),
        seconds: said.seconds.unwrap_or(default.seconds),
        worker_memory: bytes(said.worker_mib, default.worker_memory),
    };
    Options { jobs, worker: std::env::current_exe().ok(), limits, passwords }
}

/// The stages over a folder.
pub fn consolidate(
    folder: &Path,
    settings: &Settings,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Outcome, Failure> {
    pipeline::consolidate(folder, settings, options, progress).map_err(|failure| of_pipeline(folder, &failure))
}

/// What is recognised in a file.
pub fn inspect(file: &Path, settings: &Settings, options: &Options) -> Result<Inspection, Failure> {
    pipeline::inspect(file, settings, options).map_err(|failure| of_pipeline(file, &failure))
}

fn of_pipeline(path: &Path, failure: &pipeline::Failure) -> Failure {
    match failure {
        pipeline::Failure::Folder(error) => {
            Failure::of_system(path, "la cartella non si può leggere", "the folder cannot be read", error)
        }
        pipeline::Failure::Threads(error) => Failure::new(
            format!("il programma non può partire ({error})"),
            format!("the program cannot start ({error})"),
        ),
    }
}

/// Every code.
pub fn codes() -> Vec<&'static Code> {
    pipeline::codes()
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

/// The report page; `ways` lead from its folder to the sources and the workbook.
pub fn report(outcome: &Outcome, lang: Lang, ways: Ways<'_>) -> Result<String, Failure> {
    write::report(outcome, lang, ways).map_err(|error| {
        Failure::new(
            format!("la pagina non si può comporre ({error})"),
            format!("the page cannot be put together ({error})"),
        )
    })
}
