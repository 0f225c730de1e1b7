//! The stages on one screen: intake, recognise, parse, score. The only module that knows them all.
//!
//! Needs a folder and its settings; gives an [`Outcome`]. Files are opened and parsed in parallel, and everything that
//! depends on their order follows the byte order of their names, so that the same folder always gives the same outcome.

mod excerpts;
mod file;
mod folder;
mod inspect;
mod origin;
mod roster;
mod verify;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::delivery::{Ballot, Deliveries};
use crate::earlier::Given;
use crate::finding::{Code, Findings, Severity};
use crate::intake::{self, Found, Limits, Opened, Passwords};
use crate::kinds::KINDS;
use crate::kinds::reader::Records;
use crate::outcome::{FileSource, Inspection, KeptFile, Outcome};
use crate::recognise::vocabulary::Vocabulary;
use crate::score;
use crate::settings::Settings;
use crate::verify::Verification;
use folder::Folder;

/// How a run is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Files read at a time; all cores when not said.
    pub jobs: Option<usize>,
    /// The program that reads `.xls`, `.xlsb` and what is encrypted in a process of its own; without it they are read in this one.
    pub worker: Option<PathBuf>,
    /// What one file may cost.
    pub limits: Limits,
    /// What opens the files that are protected.
    pub passwords: Passwords,
    /// Threads that several runs share; without them each run starts its own.
    pub threads: Option<Arc<rayon::ThreadPool>>,
    /// Cells of sheets that are kept until the end, for those who look at them again; half a million when not said.
    pub held_cells: Option<usize>,
    /// Whether the outcome keeps the sheets of files with findings.
    pub keep_sheets: bool,
    /// Whether links that lead out of the folder are followed.
    pub follow_links: bool,
    /// Records of other years at hand; those that can be compared with are.
    pub earlier: Vec<Given>,
    /// Whether the cells of all files are asked for the year, also when titles name it: an export keeps the answers.
    pub count_dates: bool,
}

/// What a run reports while it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// So many files will be read.
    Listed(usize),
    /// One of them was read.
    FileRead,
    /// What is in one of them was recognised.
    FileRecognised,
}

/// Why a run could not be made.
#[derive(Debug)]
pub enum Failure {
    /// The folder could not be listed.
    Folder(std::io::Error),
    /// The threads could not be started.
    Threads(rayon::ThreadPoolBuildError),
}

/// One file, opened.
struct Read {
    found: Found,
    opened: Option<Opened>,
    findings: Findings,
    /// Whether its sheets are no longer kept.
    let_go: bool,
}

/// Consolidates a folder.
///
/// # Errors
/// When the folder cannot be listed.
pub fn consolidate(
    folder: &Path,
    settings: &Settings,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Outcome, Failure> {
    consolidate_with(folder, settings, options, progress, |_| ()).map(|((), outcome)| outcome)
}

/// Consolidates a folder, as [`consolidate`] does; `look` sees what its files gave before they are put together.
///
/// # Errors
/// When the folder cannot be listed.
pub fn consolidate_with<T>(
    folder: &Path,
    settings: &Settings,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    look: impl FnOnce(&mut Deliveries) -> T,
) -> Result<(T, Outcome), Failure> {
    let threads = match &options.threads {
        Some(shared) => Arc::clone(shared),
        None => threads(options.jobs)?,
    };
    let list = || intake::candidates(folder, options.follow_links);
    let (listing, vocabulary) = threads.install(|| rayon::join(list, || Vocabulary::new(settings)));
    let listing = listing.map_err(Failure::Folder)?;
    progress(Progress::Listed(listing.files.len()));
    let mut deliveries = Deliveries { other: listing.other, listing: listing.findings, ..Deliveries::default() };
    let files = Folder::new(origin::year_of_folder(folder), vocabulary, settings, options, progress);
    let reads = threads.install(|| files.read(listing.files, &mut deliveries));
    let hashes = deliveries.files.iter().map(|file| (file.source.file.clone(), file.source.sha256.clone()));
    let inputs_sha256 = intake::combined(folder, hashes, &deliveries.other, &deliveries.listing);
    let seen = look(&mut deliveries);
    let mut outcome = threads.install(|| settle(deliveries, settings, &options.earlier));
    let earlier = crate::earlier::inputs(&options.earlier, outcome.consolidation.year);
    let inputs_sha256 = intake::with_earlier(inputs_sha256, &earlier);
    threads.install(|| excerpts::attach(&mut outcome.findings, &reads, options));
    outcome.kept = if options.keep_sheets {
        kept(reads, &outcome.findings)
    } else {
        // Nobody waits for the memory of large sheets to be given back.
        threads.spawn(move || drop(reads));
        Vec::new()
    };
    Ok((seen, Outcome { inputs_sha256, ..outcome }))
}

/// Consolidates what files gave: compares them with each other, and scores their records.
///
/// When their sheets were read for another year than they now name, or were read for different ones, the year of the
/// outcome is not that of `deliveries`: whoever puts them together looks at that.
pub fn settle(deliveries: Deliveries, settings: &Settings, earlier: &[Given]) -> Outcome {
    let Deliveries { mut files, listing: mut findings, folder_year, .. } = deliveries;
    origin::tell_of_copies(&mut files, &mut findings);
    let ballots: Vec<&Ballot> = files.iter().map(|file| &file.ballot).collect();
    let mut of_year = Findings::default();
    let (year, body) = origin::year_and_body(&ballots, folder_year, settings, &mut of_year);
    if !origin::is_unread(&files) {
        // Days of the settings are none of a year that is only guessed.
        if of_year.count(Severity::Error) == 0 {
            origin::tell_of_days(year, settings, &mut of_year);
        }
        findings.append(of_year);
    }
    file::tell_of_blank_forms(&files, &mut findings);
    let mut records = Records::with_room(files.iter().map(|file| &file.records));
    findings.reserve(files.iter().map(|file| file.opening.len() + file.findings.len()).sum());
    let mut sources = Vec::with_capacity(files.len());
    let (mut names, mut prints, mut spoken) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        findings.append(file.opening);
        findings.append(file.findings);
        records.append(file.records);
        if !settings.offices.is_empty() {
            spoken.extend(file.names.iter().map(|name| (file.source.file.clone(), name.clone())));
            names.extend(file.names);
        }
        prints.extend(file.prints);
        sources.push(file.source);
    }
    let taken = taken(&sources);
    let this = score::trend::This { year, body: body.as_deref(), taken: &taken };
    let earlier = score::trend::select(earlier, &this, &mut findings);
    let (mut copied, mut scored) = (Findings::default(), Findings::default());
    let compare = || crate::parse::copies::compare(&prints, &mut copied);
    let score = || score::consolidate(records, &names, body.clone(), year, settings, &mut scored);
    let ((), mut consolidation) = rayon::join(compare, score);
    // Nobody waits for the memory of many rows to be given back.
    rayon::spawn(move || drop(prints));
    findings.append(copied);
    findings.append(scored);
    consolidation.trends = score::trend::compare(&consolidation, &taken, &earlier, settings, &mut findings);
    findings.sort();
    let roster = roster::coverage(&settings.offices, &spoken, &consolidation);
    Outcome { consolidation, findings, sources, roster, respect: settings.respect, ..Outcome::default() }
}

/// So many threads; as many as there are processors when it is not said.
///
/// # Errors
/// When they cannot be started.
pub fn threads(jobs: Option<usize>) -> Result<Arc<rayon::ThreadPool>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    pool.map(Arc::new).map_err(Failure::Threads)
}

/// Shows what is recognised in one file.
///
/// # Errors
/// None of its own; what is wrong with the file is among the findings.
pub fn inspect(file: &Path, settings: &Settings, options: &Options) -> Result<Inspection, Failure> {
    let name: Arc<str> = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into();
    let read = folder::open(Found { path: file.to_owned(), name }, options);
    Ok(inspect::inspection(read, settings, options))
}

/// Checks a finished workbook: gives every figure it declares with a verdict, its sheets, and what was wrong with the file.
pub fn verify(
    file: &Path,
    settings: &Settings,
    options: &Options,
) -> (Verification, Vec<crate::sheet::Sheet>, Findings) {
    let name: Arc<str> = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into();
    verify::verification(folder::open(Found { path: file.to_owned(), name }, options), settings)
}

/// Every code the program can raise, by id.
pub fn codes() -> Vec<&'static Code> {
    let mut codes =
        [intake::CODES.to_vec(), origin::CODES.to_vec(), crate::kinds::codes(), crate::parse::codes(), score::codes()]
            .concat();
    codes.sort_by_key(|code| code.id);
    codes
}

/// Kinds and their columns, for the settings.
pub fn known_columns() -> Vec<(&'static str, Vec<&'static str>)> {
    KINDS.iter().map(|kind| (kind.id, kind.columns.iter().map(|column| column.id).collect())).collect()
}

/// The files that something is to be said of, with their sheets.
fn kept(reads: Vec<Read>, findings: &Findings) -> Vec<KeptFile> {
    let places = findings.iter().flat_map(|finding| std::iter::once(&finding.place).chain(&finding.also));
    let named: BTreeSet<&str> = places.map(|place| &*place.file).collect();
    let with_findings = reads.into_iter().filter(|read| named.contains(&*read.found.name));
    with_findings
        .filter_map(|Read { found, opened, .. }| {
            let Opened { sheets, protected, .. } = opened?;
            Some(KeptFile { file: found.name, protected, sheets })
        })
        .collect()
}

/// Files of which something was taken, each with its SHA-256; a blank form is the same every year.
fn taken(sources: &[FileSource]) -> Vec<(Arc<str>, String)> {
    let used = |source: &&FileSource| !source.blank && source.sheets.iter().any(|sheet| sheet.kind.is_some());
    sources.iter().filter(used).map(|source| (source.file.clone(), source.sha256.clone())).collect()
}

/// The source of a file that was read, or of one that was not.
fn source_of(read: &Read) -> FileSource {
    let sha256 = read.opened.as_ref().map(|opened| opened.sha256.clone()).unwrap_or_default();
    FileSource { file: read.found.name.clone(), sha256, ..FileSource::default() }
}
