//! A folder's files, each recognised and parsed as soon as it is opened, while its cells are at hand.
//!
//! Needs a year before every file has been heard: the one that most files heard so far name. The few that were read for
//! another year than the folder turns out to have are read once more. What is said of a file gets its windows at once.
//! Sheets are kept as long as they are few; those that come later are let go, so that the next file takes their room,
//! and their file is opened again when somebody must look at them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Options, Progress, Read, excerpts, file, origin};
use crate::delivery::{Ballot, Deliveries, Delivery};
use crate::finding::Findings;
use crate::intake::{self, Found};
use crate::recognise::vocabulary::Vocabulary;
use crate::settings::Settings;
use crate::sheet::Sheet;

/// So many cells are kept for those who ask for them when all files have been read: a few MB with their texts.
const HELD_CELLS: usize = 200_000;
/// From this size on a file is large: its cells take some tens of MB.
const LARGE: u64 = 4 << 20;
/// Large files are read at the same time only as far as they are no larger than this together.
const LARGE_TOGETHER: u64 = 64 << 20;

/// How the files of a folder are read.
pub struct Folder<'a> {
    settings: &'a Settings,
    options: &'a Options,
    /// Told what was done.
    progress: &'a (dyn Fn(Progress) + Sync),
    vocabulary: Vocabulary,
    year: Option<i16>,
    /// What all files heard so far say of the year.
    heard: Mutex<Ballot>,
    held: AtomicUsize,
    /// How many windows findings have so far.
    shown: AtomicUsize,
}

/// One file, read.
struct Taken {
    read: Read,
    delivery: Delivery,
    /// The year it was read for.
    year: i16,
}

impl<'a> Folder<'a> {
    /// A folder whose name names a year, or none.
    pub fn new(
        year: Option<i16>,
        vocabulary: Vocabulary,
        settings: &'a Settings,
        options: &'a Options,
        progress: &'a (dyn Fn(Progress) + Sync),
    ) -> Self {
        let (heard, held, shown) = (Mutex::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        Self { settings, options, progress, vocabulary, year, heard, held, shown }
    }

    /// Reads its files; gives what each gave, and the files with the sheets that are kept.
    pub fn read(&self, files: Vec<Found>, into: &mut Deliveries) -> Vec<Read> {
        let mut taken = self.take_all(files);
        drop_copies(&mut taken);
        into.folder_year = self.year;
        let votes: Vec<&Ballot> = taken.iter().map(|taken| &taken.delivery.ballot).collect();
        (into.year, into.body) = origin::year_and_body(&votes, self.year, self.settings, &mut Findings::default());
        let year = into.year;
        let other_year = |taken: &&mut Taken| taken.year != year && !taken.delivery.copy;
        taken.par_iter_mut().filter(other_year).for_each(|taken| self.take_again(taken, year));
        let (reads, deliveries) = taken.into_iter().map(|taken| (taken.read, taken.delivery)).unzip();
        into.files = deliveries;
        reads
    }

    /// Small files first, for most of them name the year; then the large ones, few at a time.
    fn take_all(&self, files: Vec<Found>) -> Vec<Taken> {
        let sized = files.into_par_iter().enumerate().map(|(at, found)| (at, found.bytes(), found));
        let (large, small): (Vec<_>, Vec<_>) = sized.partition(|(_, size, _)| *size >= LARGE);
        let mut groups = vec![small];
        let mut together = LARGE_TOGETHER;
        for one in large {
            if together + one.1 > LARGE_TOGETHER {
                groups.push(Vec::new());
                together = 0;
            }
            together += one.1;
            groups.last_mut().expect("one was just pushed").push(one);
        }
        let mut all: Vec<(usize, Option<Taken>)> = Vec::new();
        for group in groups {
            let one_by_one = group.into_par_iter().with_max_len(1);
            all.par_extend(one_by_one.map(|(at, size, found)| (at, self.take(found, size))));
        }
        all.sort_unstable_by_key(|(at, _)| *at);
        all.into_iter().filter_map(|(_, taken)| taken).collect()
    }

    /// Takes a file, unless it is a result of this program. Its size was asked once: on a shared drive each question takes
    /// its time.
    fn take(&self, found: Found, size: u64) -> Option<Taken> {
        let Options { limits, worker, passwords, .. } = self.options;
        let opened = intake::open_candidate(&found, size, limits, worker.as_deref(), passwords);
        (self.progress)(Progress::FileRead);
        let Some((opened, findings)) = opened else {
            (self.progress)(Progress::FileRecognised);
            return None;
        };
        let mut read = Read { found, opened, findings, let_go: false };
        let mut ballot = origin::ballot(&read);
        let year = self.presumed(&read, &mut ballot);
        let mut delivery = file::parse(&read, year, &self.vocabulary);
        (delivery.ballot, delivery.opening) = (ballot, std::mem::take(&mut read.findings));
        (self.progress)(Progress::FileRecognised);
        self.show(&read, &mut delivery);
        self.keep(&mut read);
        Some(Taken { read, delivery, year })
    }

    /// The year that this file and those heard before it name. Cells are asked only while no title names one.
    fn presumed(&self, read: &Read, ballot: &mut Ballot) -> i16 {
        let lock = || self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let unnamed = self.settings.year.is_none() && ballot.years.is_empty() && lock().years.is_empty();
        if self.options.count_dates || unnamed {
            origin::count_dates(read, ballot);
        }
        let mut heard = lock();
        heard.add(ballot);
        origin::year_and_body(&[&heard], self.year, self.settings, &mut Findings::default()).0
    }

    /// Reads a file for another year. Its sheets are most likely still there; else it is opened as it is now.
    fn take_again(&self, taken: &mut Taken, year: i16) {
        let mut opened;
        let read = if taken.read.let_go {
            opened = open(taken.read.found.clone(), self.options);
            taken.delivery.opening = std::mem::take(&mut opened.findings);
            &opened
        } else {
            &taken.read
        };
        let mut again = file::parse(read, year, &self.vocabulary);
        again.ballot = std::mem::take(&mut taken.delivery.ballot);
        again.opening = std::mem::take(&mut taken.delivery.opening);
        self.show(read, &mut again);
        taken.delivery = again;
    }

    /// Gives what is said of a file its windows while its sheets are at hand.
    fn show(&self, read: &Read, delivery: &mut Delivery) {
        let sheets = read.opened.as_ref().map(|opened| &*opened.sheets).unwrap_or_default();
        excerpts::begin(&mut delivery.opening, sheets, &self.shown);
        excerpts::begin(&mut delivery.findings, sheets, &self.shown);
    }

    /// Keeps the sheets of a file while there is room.
    fn keep(&self, read: &mut Read) {
        let Some(opened) = &mut read.opened else { return };
        let cells: usize = opened.sheets.iter().map(Sheet::count).sum();
        let before = self.held.fetch_add(cells, Ordering::Relaxed);
        if before + cells > self.options.held_cells.unwrap_or(HELD_CELLS) && !self.options.keep_sheets {
            self.held.fetch_sub(cells, Ordering::Relaxed);
            opened.sheets = Vec::new();
            read.let_go = true;
        }
    }
}

/// Leaves nothing of every file whose bytes came before.
fn drop_copies(taken: &mut [Taken]) {
    let files: Vec<(&str, Option<&str>)> = taken
        .iter()
        .map(|Taken { delivery: Delivery { source, .. }, .. }| {
            (&*source.file, Some(&*source.sha256).filter(|_| !source.sheets.is_empty()))
        })
        .collect();
    let copies = origin::copies(&files);
    for (taken, _) in taken.iter_mut().zip(copies).filter(|(_, first)| first.is_some()) {
        taken.delivery.become_copy();
        taken.read.let_go = false;
        taken.read.opened.iter_mut().for_each(|opened| opened.sheets.clear());
    }
}

/// Opens a file.
pub fn open(found: Found, options: &Options) -> Read {
    let (opened, findings) = intake::open_with(&found, &options.limits, options.worker.as_deref(), &options.passwords);
    Read { found, opened, findings, let_go: false }
}

/// Looks at the sheets of a file; of one whose sheets were let go, only when it is still the same.
pub fn look_at<T>(read: &Read, options: &Options, look: impl FnOnce(&[Sheet]) -> T) -> T {
    let sha256 = |read: &Read| read.opened.as_ref().map(|opened| opened.sha256.clone());
    if !read.let_go {
        return look(read.opened.as_ref().map(|opened| &*opened.sheets).unwrap_or_default());
    }
    let again = open(read.found.clone(), options);
    let same = sha256(&again) == sha256(read);
    look(again.opened.as_ref().filter(|_| same).map(|opened| &*opened.sheets).unwrap_or_default())
}
