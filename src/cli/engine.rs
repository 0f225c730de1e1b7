//! The one place where the commands meet the library's stages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use allegati::delivery::Deliveries;
use allegati::earlier::Given;
use allegati::exchange;
use allegati::finding::{Code, Findings, Lang};
use allegati::intake::{self, FileFormat, Found, Limits, Passwords};
use allegati::outcome::{Inspection, Outcome};
use allegati::pipeline;
pub use allegati::pipeline::{Options, Progress};
use allegati::settings::Settings;
use allegati::sheet::Sheet;
use allegati::verify::Verification;
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
    let worker = std::env::current_exe().ok();
    Options { jobs, worker, limits, passwords, ..Options::default() }
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

/// The stages over a folder; `look` sees what its files gave.
pub fn consolidate_with<T>(
    folder: &Path,
    settings: &Settings,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    look: impl FnOnce(&mut Deliveries) -> T,
) -> Result<(T, Outcome), Failure> {
    let done = pipeline::consolidate_with(folder, settings, options, progress, look);
    done.map_err(|failure| of_pipeline(folder, &failure))
}

/// Consolidates what exports gave, with the settings they were made with.
///
/// # Errors
/// When the settings cannot be followed, or the sheets were read for another year than all together name.
pub fn settle(deliveries: Deliveries, settings: Option<&str>, earlier: &[Given]) -> Result<Outcome, Failure> {
    let known = pipeline::known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    let settings = settings.map_or_else(|| Ok(Settings::default()), |text| Settings::parse(text, &known))?;
    let read_for = deliveries.year;
    let outcome = pipeline::settle(deliveries, &settings, earlier);
    let year = outcome.consolidation.year;
    if year == read_for {
        return Ok(outcome);
    }
    let damage = exchange::Damage::Years(read_for, year);
    Err(Failure::new(damage.message(Lang::It), damage.message(Lang::En)))
}

/// The names of the files that findings call protected by a password.
pub fn protected(findings: &Findings) -> Vec<Arc<str>> {
    let locked = findings.iter().filter(|finding| finding.code.id == intake::ENCRYPTED.id);
    locked.map(|finding| Arc::clone(&finding.place.file)).collect()
}

/// Whether a password opens a protected file.
pub fn opens(path: PathBuf, password: &str, options: &Options) -> bool {
    let mut passwords = Passwords::default();
    passwords.add(password);
    let found = Found { path, name: "".into() };
    let (opened, findings) = intake::open_with(&found, &options.limits, options.worker.as_deref(), &passwords);
    opened.is_some_and(|opened| opened.format != FileFormat::Other) && protected(&findings).is_empty()
}

/// What is recognised in a file.
pub fn inspect(file: &Path, settings: &Settings, options: &Options) -> Result<Inspection, Failure> {
    pipeline::inspect(file, settings, options).map_err(|failure| of_pipeline(file, &failure))
}

/// Every figure that a finished workbook declares, checked; with its sheets and what was wrong with the file.
pub fn verify(file: &Path, settings: &Settings, options: &Options) -> (Verification, Vec<Sheet>, Findings) {
    pipeline::verify(file, settings, options)
}

/// The sheets of a workbook that was not written.
pub fn sheets_of(workbook: &[u8]) -> Vec<Sheet> {
    intake::open_bytes(&"".into(), workbook).sheets
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
    write::workbook(outcome, lang, source_prefix).map_err(|error| unwritable(&error))
}

/// Threads that several runs share.
pub type Threads = std::sync::Arc<rayon::ThreadPool>;

/// Starts them.
pub fn threads(jobs: Option<usize>) -> Result<Threads, Failure> {
    pipeline::threads(jobs).map_err(|failure| of_pipeline(Path::new(""), &failure))
}

/// The bytes of the summary of many runs.
pub fn summary(entries: &[write::summary::Entry], lang: Lang) -> Result<Vec<u8>, Failure> {
    write::xlsx::render(&write::summary::book(entries, lang)).map_err(|error| unwritable(&error))
}

fn unwritable(error: &write::WriteError) -> Failure {
    Failure::new(
        format!("la cartella di lavoro non si può comporre ({error})"),
        format!("the workbook cannot be put together ({error})"),
    )
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
