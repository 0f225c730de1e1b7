//! What the run before found, and what became of it since.
//!
//! Needs the JSON record of the run before and the outcome of this one; gives, for each finding of then, whether it is
//! still there, solved, or can no longer be told.
//!
//! **Which findings are the same.** Two findings with one code, matched one to one, the surest first:
//! 1. same file, sheet, cell and message;
//! 2. same file, sheet and message: the row has moved;
//! 3. same file, sheet and cell: the value is another one, and wrong again;
//! 4. same file and message: the sheet has been renamed.
//!
//! A file that is no longer there is followed to a new one with the same bytes, else to a new one whose name has all its
//! words and perhaps more, or fewer of those that only tell versions apart (`v2`, `DEF`). What matches nothing is **solved** only when its sheet was read again, as the same kind and
//! with records; when the file or the sheet is gone or gave nothing, it is [`Fate::Untold`], never solved.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use crate::finding::{Finding, Lang, Severity};
use crate::outcome::{Outcome, SheetSource};
use crate::place::{CellRef, Place};
use crate::value::fold::words;

/// Words that tell versions of one file apart.
const VERSIONS: &[&str] = &[
    "v1",
    "v2",
    "v3",
    "v4",
    "def",
    "definitivo",
    "definitiva",
    "rev",
    "bis",
    "copia",
    "di",
    "corretto",
    "finale",
    "nuovo",
];

/// A finding of the run before.
#[derive(Debug, Clone)]
pub struct Past {
    /// The id of its code.
    pub code: String,
    /// The slug of its code.
    pub slug: String,
    /// Where it was, by the names of then.
    pub place: Place,
    /// Its message, in the language of then.
    pub message: String,
    /// The office it was for, by the record of then.
    pub office: Option<String>,
}

/// What the run before left in its record.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Its errors and warnings, in order.
    pub findings: Vec<Past>,
    /// SHA-256 of its files.
    files: BTreeMap<Arc<str>, String>,
    /// Kind and number of records of its sheets.
    sheets: HashMap<(Arc<str>, Arc<str>), (String, u64)>,
}

/// What became of a finding of the run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is still there: its place in the findings of now.
    Open(usize),
    /// Its sheet was read again, and it is no longer found.
    Solved,
    /// Nobody can say.
    Untold(Why),
}

/// Why nobody can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The file is no longer there.
    FileGone,
    /// The file is there and could not be read.
    Unread,
    /// The sheet is no longer there, or gave no records.
    SheetGone,
}

impl Earlier {
    /// Reads the record of a run; `None` when it is none, or of another year.
    pub fn read(json: &[u8], year: i16) -> Option<Self> {
        let record: Value = serde_json::from_slice(json).ok()?;
        if record["schema"] != "allegati/1" || record["year"] != year {
            return None;
        }
        let mut earlier = Self::default();
        for file in record["sources"].as_array()? {
            let name: Arc<str> = file["file"].as_str()?.into();
            for sheet in file["sheets"].as_array().into_iter().flatten() {
                let (kind, records) = (sheet["kind"].as_str().unwrap_or_default(), sheet["records"].as_u64());
                let place = (name.clone(), Arc::from(sheet["name"].as_str()?));
                earlier.sheets.insert(place, (kind.to_owned(), records.unwrap_or_default()));
            }
            earlier.files.insert(name, file["sha256"].as_str().unwrap_or_default().to_owned());
        }
        let told = record["findings"].as_array()?.iter().filter(|one| one["severity"] != Severity::Info.id());
        earlier.findings = told.filter_map(past).collect();
        Some(earlier)
    }

    /// What became of each of its findings, with its place by the names of now.
    pub fn review(&self, outcome: &Outcome) -> Vec<(Place, Fate)> {
        let followed = self.follow(outcome);
        let moved: Vec<Place> = self.findings.iter().map(|past| followed.place(&past.place)).collect();
        let open = match_up(&self.findings, &moved, outcome);
        let fates: Vec<Fate> = (0..moved.len())
            .map(|at| match open[at] {
                Some(now) => Fate::Open(now),
                None => self.untold(&self.findings[at].place, &moved[at], outcome).map_or(Fate::Solved, Fate::Untold),
            })
            .collect();
        moved.into_iter().zip(fates).collect()
    }

    /// Sheets that gave fewer records than then: file and name of now, then and now.
    pub fn shrunk(&self, outcome: &Outcome) -> Vec<(Place, u64, u64)> {
        let followed = self.follow(outcome);
        let mut found: Vec<_> = self
            .sheets
            .iter()
            .filter_map(|((file, sheet), (_, before))| {
                let place = followed.place(&Place::sheet(file, sheet));
                let now = u64::from(sheet_at(&place, outcome)?.records);
                (now < *before).then_some((place, *before, now))
            })
            .collect();
        found.sort();
        found
    }

    /// Why a finding that is no longer found need not be solved.
    fn untold(&self, then: &Place, now: &Place, outcome: &Outcome) -> Option<Why> {
        // The settings, or a folder: they are there as long as the run is.
        self.files.get(&then.file)?;
        let Some(file) = outcome.sources.iter().find(|source| source.file == now.file) else {
            return Some(Why::FileGone);
        };
        if file.sheets.is_empty() {
            return Some(Why::Unread);
        }
        let (kind, records) = self.sheets.get(&(then.file.clone(), then.sheet.clone()?))?;
        let same = |sheet: &SheetSource| sheet.kind == Some(kind.as_str()) && sheet.records > 0;
        // A sheet that gave nothing may go: that is the cure of an old or an empty one.
        (*records > 0 && !sheet_at(now, outcome).is_some_and(same)).then_some(Why::SheetGone)
    }

    /// Where files that are gone may have gone.
    fn follow<'a>(&self, outcome: &'a Outcome) -> Followed<'a> {
        let mut gone: Vec<_> =
            self.files.iter().filter(|(file, _)| !outcome.sources.iter().any(|now| now.file == **file)).collect();
        let mut new: Vec<_> = outcome.sources.iter().filter(|now| !self.files.contains_key(&now.file)).collect();
        let mut to = HashMap::new();
        gone.retain(|(file, hash)| match new.iter().position(|now| !hash.is_empty() && now.sha256 == **hash) {
            Some(at) => to.insert((*file).clone(), new.remove(at).file.clone()).is_some(),
            None => true,
        });
        for (file, _) in gone {
            // The first of equals, so that the same folder always gives the same answer.
            let more = new.iter().enumerate().filter_map(|(at, now)| Some((added(file, &now.file)?, at)));
            if let Some((_, at)) = more.min() {
                to.insert(file.clone(), new.remove(at).file.clone());
            }
        }
        Followed { to, outcome }
    }
}

/// Files of then that have another name now.
struct Followed<'a> {
    to: HashMap<Arc<str>, Arc<str>>,
    outcome: &'a Outcome,
}

impl Followed<'_> {
    /// A place of then by the names of now; the only sheet of a text file is called as the file is.
    fn place(&self, then: &Place) -> Place {
        let Some(file) = self.to.get(&then.file) else { return then.clone() };
        let place = Place { file: file.clone(), sheet: then.sheet.clone(), cell: then.cell };
        let named_for_file = then.sheet.as_deref() == Some(stem(&then.file));
        if named_for_file && sheet_at(&place, self.outcome).is_none() {
            return Place { sheet: Some(stem(file).into()), ..place };
        }
        place
    }
}

fn past(finding: &Value) -> Option<Past> {
    let text = |name: &str| finding[name].as_str().map(str::to_owned);
    Some(Past {
        code: text("code")?,
        slug: text("slug")?,
        place: Place {
            file: text("file")?.into(),
            sheet: text("sheet").map(Arc::from),
            cell: text("cell").and_then(|cell| CellRef::parse(&cell)),
        },
        message: text("message")?,
        office: text("office"),
    })
}

fn sheet_at<'a>(place: &Place, outcome: &'a Outcome) -> Option<&'a SheetSource> {
    let file = outcome.sources.iter().find(|source| source.file == place.file)?;
    file.sheets.iter().find(|sheet| Some(sheet.name.as_str()) == place.sheet.as_deref())
}

/// For each finding of then, the one of now that is the same.
fn match_up(past: &[Past], moved: &[Place], outcome: &Outcome) -> Vec<Option<usize>> {
    type Key<'a> = (&'a str, &'a str, Option<&'a str>, Option<CellRef>, Option<&'a str>);
    let now: Vec<&Finding> = outcome.findings.iter().collect();
    let messages: Vec<[String; 2]> = now.iter().map(|one| [Lang::It, Lang::En].map(|lang| one.message(lang))).collect();
    let (mut found, mut used) = (vec![None; past.len()], vec![false; now.len()]);
    // Whether sheet, cell and message must be the same.
    for (sheet, cell, message) in [(true, true, true), (true, false, true), (true, true, false), (false, false, true)] {
        fn key<'a>(code: &'a str, place: &'a Place, with: (bool, bool), message: Option<&'a str>) -> Key<'a> {
            let sheet = place.sheet.as_deref().filter(|_| with.0);
            (code, &place.file, sheet, place.cell.filter(|_| with.1), message)
        }
        let mut free: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        for (at, one) in now.iter().enumerate().filter(|(at, _)| !used[*at]).rev() {
            let [it, en] = &messages[at];
            let said = if message { vec![Some(it.as_str()), Some(en.as_str())] } else { vec![None] };
            for said in said {
                free.entry(key(one.code.id, &one.place, (sheet, cell), said)).or_default().push(at);
            }
        }
        for (at, one) in past.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>() {
            let said = message.then_some(one.message.as_str());
            let Some(list) = free.get_mut(&key(&one.code, &moved[at], (sheet, cell), said)) else { continue };
            while let Some(candidate) = list.pop() {
                if !used[candidate] {
                    (found[at], used[candidate]) = (Some(candidate), true);
                    break;
                }
            }
        }
    }
    found
}

/// The name of a file without its folders and its extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// How many words the name of a new version has more than the one before; `None` when it is another file's name.
fn added(before: &str, now: &str) -> Option<usize> {
    let plain = |file: &str| {
        let spaced = stem(file).replace(['_', '(', ')'], " ");
        words(&spaced).into_iter().filter(|word| !VERSIONS.contains(&word.as_str())).collect::<Vec<_>>()
    };
    let (before, now) = (plain(before), plain(now));
    let tells = before.iter().any(|word| word.chars().any(char::is_alphabetic));
    (tells && before.iter().all(|word| now.contains(word))).then(|| now.len().saturating_sub(before.len()))
}

#[cfg(test)]
#[path = "earlier_tests.rs"]
mod tests;
