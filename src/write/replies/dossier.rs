//! What is to be said to each office: what it sent, what must be corrected, what it still owes, what it has solved.

use std::collections::{BTreeMap, HashSet};

use super::desk::{Desk, OFFICE_MISSING, Office, PROCEDURE_MISSING};
use super::earlier::{Earlier, Fate, Past, Why};
use crate::finding::{Finding, Severity};
use crate::outcome::{FileSource, Outcome, SheetSource};
use crate::place::Place;
use crate::value::fold::fold;

/// All that is to be said to one office, or of what nobody knows whose it is.
#[derive(Debug, Default)]
pub struct Dossier<'a> {
    /// The office; `None` for what nobody is known to keep.
    pub office: Office,
    /// Its name; empty when there is none.
    pub name: String,
    /// What it sent.
    pub received: Vec<Received<'a>>,
    /// What was found, errors first.
    pub items: Vec<Item<'a>>,
    /// Procedures for which it owes the data.
    pub asked: Vec<String>,
    /// Whether nothing of it has come.
    pub absent: bool,
    /// How things stand since the run before, when there was one that said something to it.
    pub progress: Option<Progress>,
}

/// A file, or the sheets of it that are the office's.
#[derive(Debug)]
pub struct Received<'a> {
    /// The file.
    pub file: &'a FileSource,
    /// Its sheets.
    pub sheets: Vec<&'a SheetSource>,
}

/// One finding, as one office sees it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The place of it that is the office's.
    pub place: &'a Place,
    /// Whether the run before found it; `None` when there was none.
    pub before: Option<bool>,
}

impl Item<'_> {
    /// Whether the place is the finding's own, not one that belongs to it.
    pub fn is_own(&self) -> bool {
        std::ptr::eq(self.place, &self.finding.place)
    }
}

/// How things stand since the run before: errors and warnings.
#[derive(Debug, Default)]
pub struct Progress {
    /// Still there.
    pub open: usize,
    /// No longer found: where they were.
    pub solved: Vec<Place>,
    /// Of which nobody can say: where they were, and why.
    pub untold: Vec<(Place, Why)>,
    /// Sheets with something solved that gave fewer records than then: then and now.
    pub shrunk: Vec<(Place, u64, u64)>,
}

impl Progress {
    /// How many there were.
    pub fn before(&self) -> usize {
        self.open + self.solved.len() + self.untold.len()
    }
}

impl Dossier<'_> {
    /// How many findings are of a severity; what is owed counts as an error, a sheet that has not come as a warning.
    pub fn count(&self, severity: Severity) -> usize {
        let owed = match severity {
            Severity::Error => self.asked.len(),
            Severity::Warning => usize::from(self.absent),
            Severity::Info => 0,
        };
        self.items.iter().filter(|item| item.finding.severity == severity).count() + owed
    }

    /// Whether nothing must be corrected or sent.
    pub fn is_clear(&self) -> bool {
        self.count(Severity::Error) + self.count(Severity::Warning) == 0
    }
}

/// The dossiers of a run, by the name of the office; what nobody is known to keep comes last.
pub fn gather<'a>(outcome: &'a Outcome, earlier: Option<&Earlier>) -> (Desk, Vec<Dossier<'a>>) {
    let mut desk = Desk::of(outcome);
    let absent: HashSet<Office> = outcome
        .consolidation
        .missing
        .iter()
        .filter(|missing| missing.what == "office")
        .map(|missing| desk.office(&missing.name))
        .collect();
    let review = earlier.map(|earlier| (earlier, earlier.review(outcome)));
    let known: Option<HashSet<usize>> = review.as_ref().map(|(_, list)| list.iter().filter_map(still_open).collect());
    let mut dossiers: BTreeMap<Office, Dossier<'a>> = BTreeMap::new();
    for office in &absent {
        dossiers.entry(*office).or_default().absent = true;
    }
    findings(outcome, &desk, known.as_ref(), &mut dossiers);
    if let Some((earlier, list)) = &review {
        progress(outcome, earlier, list, &mut desk, &mut dossiers);
    }
    received(outcome, &desk, &mut dossiers);
    for (office, dossier) in &mut dossiers {
        dossier.office = *office;
        dossier.name = office.map(|office| desk.names[office].clone()).unwrap_or_default();
    }
    let mut dossiers: Vec<Dossier<'a>> = dossiers.into_values().filter(is_worth_a_letter).collect();
    dossiers.sort_by_cached_key(|dossier| (dossier.office.is_none(), fold(&dossier.name)));
    (desk, dossiers)
}

/// What nobody keeps is worth a letter only when somebody must act.
fn is_worth_a_letter(dossier: &Dossier<'_>) -> bool {
    dossier.office.is_some() || !dossier.is_clear() || dossier.progress.is_some()
}

fn still_open((_, fate): &(Place, Fate)) -> Option<usize> {
    if let Fate::Open(now) = fate { Some(*now) } else { None }
}

/// Hands each finding to its office; one that contradicts another office's sheet to that office too.
fn findings<'a>(
    outcome: &'a Outcome,
    desk: &Desk,
    known: Option<&HashSet<usize>>,
    dossiers: &mut BTreeMap<Office, Dossier<'a>>,
) {
    for (at, finding) in outcome.findings.iter().enumerate() {
        let office = desk.of_finding(finding);
        let dossier = dossiers.entry(office).or_default();
        match finding.code.slug {
            OFFICE_MISSING => continue,
            PROCEDURE_MISSING if office.is_some() => {
                let name = finding.words.iter().find(|(word, _)| *word == "name");
                dossier.asked.extend(name.map(|(_, name)| name.get(crate::finding::Lang::It).to_owned()));
                continue;
            }
            _ => {}
        }
        let before = known.map(|known| known.contains(&at));
        dossier.items.push(Item { finding, place: &finding.place, before });
        if finding.severity == Severity::Info {
            continue;
        }
        let mut told = vec![office];
        for place in &finding.also {
            let other = desk.of_place(place);
            if other.is_some() && !told.contains(&other) {
                told.push(other);
                dossiers.entry(other).or_default().items.push(Item { finding, place, before });
            }
        }
    }
}

/// Says to each office what became of its findings of the run before.
fn progress(
    outcome: &Outcome,
    earlier: &Earlier,
    review: &[(Place, Fate)],
    desk: &mut Desk,
    dossiers: &mut BTreeMap<Office, Dossier<'_>>,
) {
    let now: Vec<&Finding> = outcome.findings.iter().collect();
    for (past, (place, fate)) in earlier.findings.iter().zip(review).filter(|(past, _)| past.slug != OFFICE_MISSING) {
        let office = match fate {
            Fate::Open(at) => desk.of_finding(now[*at]),
            _ => whose(past, place, desk),
        };
        let progress = dossiers.entry(office).or_default().progress.get_or_insert_default();
        match fate {
            Fate::Open(_) => progress.open += 1,
            Fate::Solved => progress.solved.push(place.clone()),
            Fate::Untold(why) => progress.untold.push((past.place.clone(), *why)),
        }
    }
    let shrunk = earlier.shrunk(outcome);
    for progress in dossiers.values_mut().filter_map(|dossier| dossier.progress.as_mut()) {
        let solved_in =
            |place: &Place| progress.solved.iter().any(|one| one.file == place.file && one.sheet == place.sheet);
        progress.shrunk = shrunk.iter().filter(|(place, ..)| solved_in(place)).cloned().collect();
    }
}

/// The office of a finding that is no longer there: who keeps its place now, else who did.
fn whose(past: &Past, place: &Place, desk: &mut Desk) -> Office {
    if past.slug == PROCEDURE_MISSING {
        return desk.of_planned(place);
    }
    desk.of_place(place).or_else(|| past.office.as_deref().and_then(|name| desk.office(name)))
}

/// Says to each office what it sent; what nobody keeps is listed where something is to be said of it.
fn received<'a>(outcome: &'a Outcome, desk: &Desk, dossiers: &mut BTreeMap<Office, Dossier<'a>>) {
    for file in &outcome.sources {
        let mut offices: Vec<Office> = Vec::new();
        let mut sheets: BTreeMap<Office, Vec<&'a SheetSource>> = BTreeMap::new();
        for sheet in &file.sheets {
            let office = desk.keeper(&file.file, Some(&sheet.name.as_str().into()));
            sheets.entry(office).or_default().push(sheet);
            offices.push(office);
        }
        offices.push(desk.keeper(&file.file, None));
        offices.sort_unstable();
        offices.dedup();
        for office in offices {
            let spoken_of = |dossier: &Dossier<'_>| dossier.items.iter().any(|item| item.place.file == file.file);
            if office.is_none() && !dossiers.get(&office).is_some_and(spoken_of) {
                continue;
            }
            let sheets = sheets.remove(&office).unwrap_or_default();
            dossiers.entry(office).or_default().received.push(Received { file, sheets });
        }
    }
}
