//! The stages on one screen: intake, recognise, parse, score. The only module that knows them all.
//!
//! Needs a folder and its settings; gives an [`Outcome`]. Files are opened and parsed in parallel, and everything that
//! depends on their order follows the byte order of their names, so that the same folder always gives the same outcome.

mod excerpts;
mod file;
mod inspect;
mod origin;
mod roster;
mod verify;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::{Code, Findings};
use crate::intake::{self, Found, Limits, Opened, Passwords};
use crate::kinds::KINDS;
use crate::kinds::reader::Records;
use crate::outcome::{FileSource, Inspection, KeptFile, Outcome};
use crate::recognise::vocabulary::Vocabulary;
use crate::score;
use crate::settings::Settings;
use crate::verify::Verification;
use file::Parsed;

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
    /// Whether the outcome keeps the sheets of files with findings.
    pub keep_sheets: bool,
    /// Whether links that lead out of the folder are followed.
    pub follow_links: bool,
}

/// What a run reports while it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// So many files will be read.
    Listed(usize),
    /// One of them is done.
    FileDone,
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
    let listing = intake::list_with(folder, options.follow_links).map_err(Failure::Folder)?;
    progress(Progress::Listed(listing.files.len()));
    let threads = match &options.threads {
        Some(shared) => Arc::clone(shared),
        None => threads(options.jobs)?,
    };
    let (other, of_listing) = (listing.other, listing.findings.clone());
    let mut findings = listing.findings;
    let mut reads: Vec<Read> = threads.install(|| {
        listing
            .files
            .into_par_iter()
            .map(|found| {
                let (opened, findings) =
                    intake::open_with(&found, &options.limits, options.worker.as_deref(), &options.passwords);
                progress(Progress::FileDone);
                Read { found, opened, findings }
            })
            .collect()
    });
    origin::drop_copies(&mut reads, &mut findings);
    let (year, body) = origin::year_and_body(&reads, folder, settings, &mut findings);
    let vocabulary = Vocabulary::new(settings);
    let parsed: Vec<Parsed> =
        threads.install(|| reads.par_iter().map(|read| file::parse(read, year, &vocabulary)).collect());
    let (mut records, mut names, mut sources, mut prints) = (Records::default(), Vec::new(), Vec::new(), Vec::new());
    let mut spoken = Vec::new();
    for (read, parsed) in reads.iter_mut().zip(parsed) {
        findings.append(std::mem::take(&mut read.findings));
        findings.append(parsed.findings);
        records.append(parsed.records);
        spoken.extend(parsed.names.iter().map(|name| (read.found.name.clone(), name.clone())));
        names.extend(parsed.names);
        prints.extend(parsed.prints);
        sources.push(parsed.source);
    }
    file::tell_of_blank_forms(&sources, &mut findings);
    crate::parse::copies::compare(&prints, &mut findings);
    let consolidation = score::consolidate(records, &names, body, year, settings, &mut findings);
    findings.sort();
    excerpts::attach(&mut findings, &reads);
    let hashes = sources.iter().map(|source| (source.file.clone(), source.sha256.clone()));
    let inputs_sha256 = intake::combined(folder, hashes, &other, &of_listing);
    let roster = roster::coverage(&settings.offices, &spoken, &consolidation);
    let kept = if options.keep_sheets {
        kept(reads, &findings)
    } else {
        // Nobody waits for the memory of large sheets to be given back.
        threads.spawn(move || drop(reads));
        Vec::new()
    };
    let respect = settings.respect;
    Ok(Outcome { consolidation, findings, sources, inputs_sha256, roster, respect, kept })
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
    let found = Found { path: file.to_owned(), name };
    let (opened, findings) = intake::open_with(&found, &options.limits, options.worker.as_deref(), &options.passwords);
    Ok(inspect::inspection(Read { found, opened, findings }, settings))
}

/// Checks a finished workbook: gives every figure it declares with a verdict, its sheets, and what was wrong with the file.
pub fn verify(
    file: &Path,
    settings: &Settings,
    options: &Options,
) -> (Verification, Vec<crate::sheet::Sheet>, Findings) {
    let name: Arc<str> = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into();
    let found = Found { path: file.to_owned(), name };
    let (opened, findings) = intake::open_with(&found, &options.limits, options.worker.as_deref(), &options.passwords);
    verify::verification(Read { found, opened, findings }, settings)
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

/// The source of a file that was read, or of one that was not.
fn source_of(read: &Read) -> FileSource {
    let sha256 = read.opened.as_ref().map(|opened| opened.sha256.clone()).unwrap_or_default();
    FileSource { file: read.found.name.clone(), sha256, ..FileSource::default() }
}
