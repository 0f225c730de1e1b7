//! Each stage by itself over a folder of books: what comes before it is done ahead and not measured.

use std::sync::Arc;

use allegati::finding::{Findings, Lang};
use allegati::intake::{self, Found, Limits, Opened};
use allegati::kinds::reader::Records;
use allegati::recognise::vocabulary::Vocabulary;
use allegati::recognise::{Recognition, Subject, recognise};
use allegati::settings::Settings;
use allegati::{parse, score, write};
use rayon::prelude::*;

use super::Make;
use super::whole::consolidated;
use crate::harness::{Work, contender};
use crate::inputs;

const BOOKS: u64 = 400;
const YEAR: i16 = 2019;

pub const WORKS: &[(&str, Make)] = &[
    ("stage-recognise", |id| {
        let books = opened();
        stage(id, "recognise", move || {
            let vocabulary = Vocabulary::new(&Settings::default());
            books.par_iter().map(|book| book.recognised(&vocabulary).len() as u64).sum()
        })
    }),
    ("stage-parse", |id| {
        let books = opened();
        let vocabulary = Vocabulary::new(&Settings::default());
        let recognised: Vec<_> = books.iter().map(|book| book.recognised(&vocabulary)).collect();
        stage(id, "parse", move || {
            let books = books.par_iter().zip(&recognised);
            books.map(|(book, recognised)| book.parsed(&vocabulary, recognised).1).sum()
        })
    }),
    ("stage-score", |id| {
        let vocabulary = Vocabulary::new(&Settings::default());
        let mut records = Records::default();
        for book in opened() {
            records.append(book.parsed(&vocabulary, &book.recognised(&vocabulary)).0);
        }
        stage(id, "score, with a copy of the records", move || {
            let (settings, mut findings) = (Settings::default(), Findings::default());
            let scored = score::consolidate(records.clone(), &[], None, YEAR, &settings, &mut findings);
            scored.charter.rows.len() as u64
        })
    }),
    ("stage-workbook", |id| {
        let outcome = consolidated(&inputs::books(BOOKS), None);
        stage(id, "workbook", move || write::workbook(&outcome, Lang::It, "../").expect("a workbook").len() as u64)
    }),
    ("stage-json", |id| {
        let outcome = consolidated(&inputs::books(BOOKS), None);
        stage(id, "JSON", move || write::json(&outcome, Lang::It).len() as u64)
    }),
];

fn stage(id: &'static str, what: &str, run: impl Fn() -> u64 + 'static) -> Option<Work> {
    let contenders = vec![contender("ours", "one stage", run)];
    Some(Work { id, what: format!("{BOOKS} books, {what}"), goal: None, contenders })
}

/// One book, opened.
struct Book {
    file: Arc<str>,
    opened: Opened,
}

fn opened() -> Vec<Book> {
    let files = inputs::files(&inputs::books(BOOKS), "xlsx");
    let open = |path: std::path::PathBuf| {
        let file: Arc<str> = path.file_name().unwrap_or_default().to_string_lossy().into();
        let found = Found { path, name: Arc::clone(&file) };
        Book { file, opened: intake::open(&found, &Limits::default(), None).0.expect("a readable input") }
    };
    files.into_iter().map(open).collect()
}

impl Book {
    fn subjects<'a>(&'a self, vocabulary: &'a Vocabulary) -> impl Iterator<Item = Subject<'a>> {
        let sheets = self.opened.sheets.iter();
        sheets.map(move |sheet| Subject { file: &self.file, sheet, year: Some(YEAR), vocabulary })
    }

    fn recognised(&self, vocabulary: &Vocabulary) -> Vec<Recognition> {
        self.subjects(vocabulary).map(|subject| recognise(&subject)).collect()
    }

    /// Its records, and how many they are.
    fn parsed(&self, vocabulary: &Vocabulary, recognised: &[Recognition]) -> (Records, u64) {
        let (mut records, mut count) = (Records::default(), 0);
        for (subject, recognition) in self.subjects(vocabulary).zip(recognised) {
            let done = parse::parse(&subject, recognition, YEAR, false);
            count += u64::from(done.count);
            records.append(done.records);
        }
        (records, count)
    }
}
