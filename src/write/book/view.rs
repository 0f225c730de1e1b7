//! For whom a book is made: the outcome, the language, and where the sources lie from there.

use super::style::{Align, Role, Shade, Show};
use super::table::{Cell, TableSheet};
use crate::finding::{Lang, Text};
use crate::outcome::Outcome;
use crate::place::{CellRef, Place};
use crate::score::{Consolidation, Source, Status};
use crate::write::offices::Offices;
use crate::write::way::is_absolute;
use rust_decimal::Decimal;

/// What every table needs.
pub struct View<'a> {
    /// The outcome that is shown.
    pub outcome: &'a Outcome,
    /// The language of headers and labels.
    pub lang: Lang,
    /// Which office keeps which file.
    pub offices: Offices,
    source_prefix: &'a str,
}

impl<'a> View<'a> {
    /// A view of an outcome.
    pub fn new(outcome: &'a Outcome, lang: Lang, source_prefix: &'a str) -> Self {
        Self { outcome, lang, offices: Offices::of(&outcome.consolidation), source_prefix }
    }

    /// The figures.
    pub fn figures(&self) -> &'a Consolidation {
        &self.outcome.consolidation
    }

    /// The reporting year.
    pub fn year(&self) -> i16 {
        self.outcome.consolidation.year
    }

    /// A label in the language of the book.
    pub fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        Text::new(it, en).get(self.lang)
    }

    /// Opens a sheet with its title and the body's line.
    pub fn open(&self, sheet: &mut TableSheet, title: &str) {
        sheet.across(format!("{title} – {} {}", self.say("anno", "year"), self.year()), Role::Title);
        let body = self.figures().body.as_deref().unwrap_or(self.say("Ente non indicato", "Body not stated"));
        sheet.across(body, Role::Subtitle);
    }

    /// Says that a table has no row.
    pub fn nothing(&self, sheet: &mut TableSheet, what: &str) {
        sheet.across(what, Role::Note);
    }

    /// The cell of a score: its number, or the word that stands for it.
    pub fn score(&self, score: Option<Decimal>, status: Status) -> Cell {
        match (score, status) {
            (Some(score), _) => Cell::number(score, Show::Two),
            (None, status) => Cell::text(self.no_score(status)).align(Align::Right),
        }
    }

    /// The word that stands for a score that is not there.
    pub fn no_score(&self, status: Status) -> &'static str {
        match status {
            Status::NotCounted => "N.C.",
            Status::Reported => self.say("riportato", "reported"),
            Status::Counted | Status::Incomplete => self.say("da completare", "to be completed"),
        }
    }

    /// What a row's status and mark warn of.
    pub fn shade(&self, status: Status, to_check: bool) -> Shade {
        match status {
            Status::Incomplete => Shade::Missing,
            _ if to_check => Shade::Check,
            Status::NotCounted => Shade::NotCounted,
            Status::Counted | Status::Reported => Shade::None,
        }
    }

    /// A note of the office, after the mark of a row that needs attention: the mark must be on the page, too.
    pub fn marked(&self, note: &str, status: Status, to_check: bool) -> Cell {
        let mark = self.mark(status, to_check);
        let text = match (mark.is_empty(), note.is_empty()) {
            (true, _) => note.to_owned(),
            (false, true) => format!("[{mark}]"),
            (false, false) => format!("[{mark}] {note}"),
        };
        Cell::text(text)
    }

    /// The mark of a row that needs attention, or nothing.
    pub fn mark(&self, status: Status, to_check: bool) -> &'static str {
        match (status, to_check) {
            (Status::Incomplete, _) => self.say("da completare", "to be completed"),
            (_, true) => self.say("da verificare", "to be checked"),
            _ => "",
        }
    }

    /// The first source of a row as a link; how many more there are is said after it.
    pub fn source(&self, sources: &[Source]) -> Cell {
        let Some(first) = sources.first() else { return Cell::empty().role(Role::Side) };
        let cell = CellRef::new(first.row, first.col);
        let mut text = format!("{} › {} › {cell}", first.file, first.sheet);
        if sources.len() > 1 {
            text.push_str(&format!(" (+{})", sources.len() - 1));
        }
        self.link(text, &first.file, Some(&first.sheet), Some(cell)).role(Role::Side)
    }

    /// A link to a place, with the words to show.
    pub fn place(&self, text: impl Into<String>, place: &Place) -> Cell {
        self.link(text.into(), &place.file, place.sheet.as_deref(), place.cell)
    }

    fn link(&self, text: String, file: &str, sheet: Option<&str>, cell: Option<CellRef>) -> Cell {
        // A folder on another drive has no relative way to it, and an absolute one is nobody else's business.
        if file.is_empty() || is_absolute(self.source_prefix) {
            return Cell::text(text);
        }
        let lower = file.to_lowercase();
        // A text file opens as a book with a sheet of another name, which a link cannot know.
        let has_sheets = ![".csv", ".tsv", ".txt"].iter().any(|end| lower.ends_with(end));
        let anchor = sheet.filter(|_| has_sheets).map(|sheet| (sheet.to_owned(), cell.unwrap_or(CellRef::new(0, 0))));
        Cell::link(text, format!("{}{file}", self.source_prefix), anchor)
    }
}
