//! Which procedure or standard an evidence table proves: by its label, else its title, else the sheet's or file's name.

mod codes;
mod parts;

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::finding::{Finding, Findings, Severity};
use crate::kinds::charter;
use crate::kinds::evidence::Evidence;
use crate::kinds::procedures;
use crate::parse::across::Joined;
use crate::place::Place;
use crate::value::fold::{Name, fold, similarity, words};
pub use codes::*;
pub use parts::{join_continued, others_between};

/// A match is accepted from here.
const ACCEPTED: f64 = 0.55;
/// A match is sure from here.
const SURE: f64 = 0.75;
/// Two matches closer than this are the same to us.
const CLOSE: f64 = 0.04;

/// What a table proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proves {
    /// The procedure at an index of the plan.
    Procedure(usize),
    /// The standard at an index of the charter.
    Standard(usize),
}

/// A text that names what is proved, and what it can name.
struct Naming {
    text: String,
    procedures: bool,
    standards: bool,
    place: Place,
    /// Whether it is a title above the table.
    is_title: bool,
}

/// What is called as a text says.
enum Named<'a> {
    /// Just one, and its name.
    One(Proves, &'a str),
    /// Several standards of one process; what the first two are.
    Either(String, String),
}

/// What evidence can prove, by name and code.
pub struct Provable<'a> {
    plan: &'a [Joined<procedures::Record>],
    charter: &'a [Joined<Box<charter::Record>>],
    /// The first procedure of each folded name.
    procedures: HashMap<String, usize>,
    /// The first standards of each folded name: one process can have several. Most evidence proves procedures, so they
    /// are looked up first when they are asked for.
    standards: OnceCell<HashMap<String, (usize, Option<usize>)>>,
    /// The standards of each folded code, likewise.
    codes: OnceCell<HashMap<String, Vec<usize>>>,
}

impl<'a> Provable<'a> {
    /// All procedures of a plan and all standards.
    pub fn of(plan: &'a [Joined<procedures::Record>], charter: &'a [Joined<Box<charter::Record>>]) -> Self {
        let mut procedures = HashMap::with_capacity(plan.len());
        plan.iter().enumerate().for_each(|(at, row)| _ = procedures.entry(fold(&row.record.name)).or_insert(at));
        Self { plan, charter, procedures, standards: OnceCell::new(), codes: OnceCell::new() }
    }

    /// The first standards of a folded name.
    fn standards(&self, folded: &str) -> Option<(usize, Option<usize>)> {
        let by_name = || {
            let mut standards: HashMap<String, (usize, Option<usize>)> = HashMap::with_capacity(self.charter.len());
            for (at, row) in self.charter.iter().enumerate() {
                let named = standards.entry(fold(&row.record.process));
                named.and_modify(|(_, second)| _ = second.get_or_insert(at)).or_insert((at, None));
            }
            standards
        };
        self.standards.get_or_init(by_name).get(folded).copied()
    }

    /// The standards of a folded code.
    fn coded(&self, folded: &str) -> Option<&Vec<usize>> {
        let by_code = || {
            let mut codes: HashMap<String, Vec<usize>> = HashMap::new();
            let rows = self.charter.iter().enumerate();
            rows.for_each(|(at, row)| codes.entry(fold(&row.record.code)).or_default().push(at));
            codes
        };
        self.codes.get_or_init(by_code).get(folded)
    }

    /// What is called just so; a procedure before a standard.
    fn named(&self, naming: &Naming) -> Option<Named<'a>> {
        let folded = fold(&naming.text);
        if let Some(at) = self.procedures.get(&folded).filter(|_| naming.procedures) {
            return Some(Named::One(Proves::Procedure(*at), self.plan[*at].record.name.as_str()));
        }
        let standards = if naming.standards { self.standards(&folded) } else { None };
        Some(match standards? {
            (at, None) => Named::One(Proves::Standard(at), self.charter[at].record.process.as_str()),
            (first, Some(second)) => {
                let shown = |at| self.shown(Proves::Standard(at));
                Named::Either(shown(first), shown(second))
            }
        })
    }

    /// Whether a procedure and a standard have this name.
    fn is_of_both(&self, name: &str) -> bool {
        let folded = fold(name);
        self.procedures.contains_key(&folded) && self.standards(&folded).is_some()
    }

    /// How a person tells it from others: several standards can be of one process.
    fn shown(&self, proved: Proves) -> String {
        let record = match proved {
            Proves::Procedure(at) => return self.plan[at].record.name.clone(),
            Proves::Standard(at) => &self.charter[at].record,
        };
        let parts = [&record.code, &record.process, &record.indicator];
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Matches one table.
pub fn prove(evidence: &Evidence, provable: &Provable<'_>, findings: &mut Findings) -> Option<Proves> {
    let namings = namings(evidence);
    let mut best: Option<(f64, Proves, &str, &Naming)> = None;
    let mut double: Option<(&Naming, String, String)> = None;
    for naming in &namings {
        match by_code(naming, provable) {
            Some(Named::One(found, _)) => return Some(found),
            Some(Named::Either(first, second)) => {
                findings.push(double_match(naming, first, second));
                return None;
            }
            None => {}
        }
        // Of several standards of one process only a code tells one; what another text is called does not count then.
        if double.is_some() || best.is_some_and(|(other, ..)| other >= 1.0) {
            continue;
        }
        match provable.named(naming) {
            Some(Named::One(proves, name)) => {
                best = Some((1.0, proves, name, naming));
                continue;
            }
            Some(Named::Either(first, second)) => {
                (best, double) = (None, Some((naming, first, second)));
                continue;
            }
            None => {}
        }
        let scored = resembling(naming, provable);
        let Some((score, proves, name)) = scored.first().copied().filter(|(score, _, _)| *score >= ACCEPTED) else {
            continue;
        };
        if best.is_some_and(|(other, ..)| other >= score - CLOSE) {
            continue;
        }
        // Names that differ only in what likeness leaves out, such as the year, are two all the same, and so are two
        // standards of one name.
        let are_standards = |other: &Proves| matches!((proves, other), (Proves::Standard(_), Proves::Standard(_)));
        let differ =
            |(_, at, other): &&(f64, Proves, &str)| score < 0.999 || are_standards(at) || fold(other) != fold(name);
        // `Liquidazioni` tells `Liquidazione fatture` from `Liquidazione contributi` by nothing of its own.
        let text = Name::of(&naming.text);
        let tells_neither =
            |other: &str| score < 0.999 && text.share_in(&Name::of(name)) - text.share_in(&Name::of(other)) < 0.01;
        let is_rival = |(other, _, named): &&(f64, Proves, &str)| {
            score - other < CLOSE || (*other >= ACCEPTED && tells_neither(named))
        };
        let rival = scored.get(1).filter(is_rival).filter(differ);
        match rival {
            // A later text may name the one or the other outright.
            Some((_, second, _)) if std::ptr::eq(naming, &namings[namings.len() - 1]) && best.is_none() => {
                double = Some((naming, provable.shown(proves), provable.shown(*second)));
            }
            Some(_) => {}
            None => best = Some((score, proves, name, naming)),
        }
    }
    if let Some((score, proves, name, naming)) = best {
        if score < SURE {
            findings.push(
                Finding::new(&WEAK_MATCH, naming.place.clone()).with("seen", naming.text.clone()).with("name", name),
            );
        }
        if naming.procedures && naming.standards && provable.is_of_both(name) {
            findings.push(Finding::new(&NAME_OF_BOTH, naming.place.clone()).with("name", name));
        }
        return Some(proves);
    }
    if let Some((naming, first, second)) = double {
        findings.push(double_match(naming, first, second));
        return None;
    }
    let seen = namings.first().map(|naming| naming.text.clone()).unwrap_or_default();
    let place = namings.first().map_or_else(|| sheet_place(evidence), |naming| naming.place.clone());
    let severity = if evidence.referred { Severity::Info } else { UNMATCHED.severity };
    findings.push(Finding::new(&UNMATCHED, place).with("seen", seen).at(severity));
    None
}

fn double_match(naming: &Naming, first: String, second: String) -> Finding {
    let finding = Finding::new(&DOUBLE_MATCH, naming.place.clone()).with("seen", naming.text.clone());
    finding.with("first", first).with("second", second)
}

/// What a text can name, the most similar first.
fn resembling<'a>(naming: &Naming, provable: &Provable<'a>) -> Vec<(f64, Proves, &'a str)> {
    let mut scored: Vec<(f64, Proves, &str)> = Vec::new();
    let text = Name::of(&naming.text);
    if naming.procedures {
        let rows = provable.plan.iter().enumerate();
        scored.extend(
            rows.map(|(at, row)| (likeness(&row.record.name, &text), Proves::Procedure(at), row.record.name.as_str())),
        );
    }
    if naming.standards {
        let rows = provable.charter.iter().enumerate();
        scored.extend(rows.map(|(at, row)| {
            (likeness(&row.record.process, &text), Proves::Standard(at), row.record.process.as_str())
        }));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored
}

/// How like a text is to a name; a sheet's name is cut after 31 characters and is still the name.
fn likeness(name: &str, text: &Name) -> f64 {
    const CUT: usize = 26;
    let name = Name::of(name);
    let is_cut = text.folded().chars().count() >= CUT && name.folded().starts_with(text.folded());
    let likeness = name.similarity(text);
    if is_cut { likeness.max(0.9) } else { likeness }
}

fn sheet_place(evidence: &Evidence) -> Place {
    Place::sheet(&evidence.table.file, &evidence.table.sheet)
}

/// The texts to try, in order; a label excludes the others.
fn namings(evidence: &Evidence) -> Vec<Naming> {
    let table = &evidence.table;
    let cell = |(row, col): (u32, u32)| Place::cell(&table.file, &table.sheet, row, col);
    let labels = [
        (
            &[
                "procedimento",
                "procedura",
                "procedimento/procedura",
                "nome procedimento",
                "denominazione procedimento",
                "procedimento monitorato",
                "procedura monitorata",
                "titolo procedimento",
                "oggetto del procedimento",
            ][..],
            true,
            false,
        ),
        (&["codice standard", "cod standard", "standard", "codice"][..], false, true),
        (&["processo", "servizio", "processo/servizio"][..], true, true),
    ];
    for (names, procedures, standards) in labels {
        if let Some(label) = table.context.label(names) {
            let (text, place) = (label.value.clone(), cell(label.cell));
            return vec![Naming { text, procedures, standards, place, is_title: false }];
        }
    }
    let mut namings: Vec<Naming> = table
        .context
        .titles
        .iter()
        .filter(|(title, _)| words(title).len() >= 2 && says_what(title))
        .map(|(title, at)| (title.clone(), cell(*at)))
        .map(|(text, place)| Naming { text, procedures: true, standards: true, place, is_title: true })
        .collect();
    let file = table.file.rsplit('/').next().unwrap_or(&table.file);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    for name in [&*table.sheet, stem] {
        // `3.2.1` is the code of a standard.
        let is_code = || name.contains('.') && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if says_what(name) || is_code() {
            namings.push(Naming {
                text: name.to_owned(),
                procedures: true,
                standards: true,
                place: sheet_place(evidence),
                is_title: false,
            });
        }
    }
    namings
}

/// Whether a text says more than what kind of sheet it is: `Rilevazione 2020` names no `Rilevazione del gradimento`.
fn says_what(text: &str) -> bool {
    const PLAIN: &[&str] = &[
        "monitoraggio",
        "rilevazione",
        "rilevazioni",
        "registro",
        "elenco",
        "dati",
        "foglio",
        "sheet",
        "evidenze",
        "evidenza",
        "riepilogo",
        "scheda",
        "anno",
        "esercizio",
        "ufficio",
        "rispetto",
        "tempi",
        "al",
        "dei",
        "del",
        "di",
        "e",
        "def",
        "v",
    ];
    words(text).iter().any(|word| {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        !bare.is_empty() && !PLAIN.contains(&bare)
    })
}

/// `Codice standard: 3.3.7`: the only standard with that code, or the one whose name follows it; either of two when the
/// text names two codes, or two standards have the code.
fn by_code<'a>(naming: &Naming, provable: &Provable<'a>) -> Option<Named<'a>> {
    let (code, rest) = charter::split_code(&naming.text);
    if !naming.standards || code.is_empty() {
        return None;
    }
    let same = provable.coded(&fold(code))?;
    let first = *same.first()?;
    let one = |at: usize| Named::One(Proves::Standard(at), provable.charter[at].record.process.as_str());
    let either = |other: usize| {
        let [first, second] = [first, other].map(|at| provable.shown(Proves::Standard(at)));
        Named::Either(first, second)
    };
    let others = rest.split(|letter: char| !(letter.is_alphanumeric() || letter == '.'));
    let mut others = others.map(|word| word.trim_end_matches('.')).filter(|word| *word != code && word.contains('.'));
    if let Some(other) = others.find_map(|word| provable.coded(&fold(word))?.first()) {
        return Some(either(*other));
    }
    match (&same[..], rest.is_empty()) {
        ([only], _) => Some(one(*only)),
        ([_, second, ..], true) => Some(either(*second)),
        _ => {
            let likeness = |at: &usize| similarity(&provable.charter[*at].record.process, rest);
            let best = same.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
            (likeness(best) >= SURE).then(|| one(*best))
        }
    }
}
