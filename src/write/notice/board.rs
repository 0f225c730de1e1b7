//! What a run says at a glance: what was taken, what is wrong, who is missing. Small, so that it can be kept.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::say;
use crate::finding::{Finding, Lang, Severity};
use crate::kinds::KINDS;
use crate::outcome::{FileSource, Outcome};
use crate::write::replies::{OFFICE_MISSING, PROCEDURE_MISSING};

/// More rows of one list than this are only in the workbook.
const MOST: usize = 200;

/// A finding, or who is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its severity's id, for the style.
    pub class: &'static str,
    /// A sign that stands for the severity without a colour.
    pub sign: &'static str,
    /// Its severity in words.
    pub label: &'static str,
    /// File, sheet and cell; empty when it is of the whole folder.
    pub place: String,
    /// What was seen.
    pub message: String,
    /// What to do; empty where it stands below another one.
    pub help: String,
    /// Its code.
    pub code: &'static str,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its name.
    pub file: String,
    /// What was taken of it, or why nothing was.
    pub what: String,
    /// How many rows it gave.
    pub records: usize,
    /// Sign and word of the gravest that was found in it.
    pub state: (&'static str, String),
}

/// A list that is cut when it is long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<T> {
    /// What is shown.
    pub shown: Vec<T>,
    /// How many more there are.
    pub more: usize,
}

impl<T> Cut<T> {
    fn of(mut list: Vec<T>) -> Self {
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        Self { shown: list, more }
    }
}

/// What a run says at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The public body; empty when it is not known.
    pub body: String,
    /// The year.
    pub year: i16,
    /// Whether no sheet was there to be read.
    pub nothing: bool,
    /// Files that were opened and gave rows.
    pub files: usize,
    /// Rows they gave.
    pub records: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// Errors and warnings, without those that say who is missing.
    pub wrong: Cut<Item>,
    /// How many offices and procedures are missing.
    pub missing: usize,
    /// The findings that say so.
    pub absent: Cut<Item>,
    /// Whether the settings say who must send something.
    pub roster: bool,
    /// What became of each file.
    pub taken: Cut<Taken>,
}

impl Board {
    /// The board of an outcome; `nothing` when no sheet was there to be read.
    pub fn of(outcome: &Outcome, nothing: bool, lang: Lang) -> Self {
        let is_absent = |finding: &&Finding| [OFFICE_MISSING, PROCEDURE_MISSING].contains(&finding.code.slug);
        // Where no sheet is, that one of them is missing for this or that says nothing.
        let told = |finding: &&Finding| {
            finding.severity == Severity::Error || (!nothing && finding.severity == Severity::Warning)
        };
        let findings = &outcome.findings;
        let absent = absent(findings.iter().filter(is_absent).map(|finding| item(finding, lang)).collect());
        let wrong = findings.iter().filter(told).filter(|finding| !is_absent(finding));
        let gave = |source: &&FileSource| source.sheets.iter().any(|sheet| sheet.records > 0);
        Self {
            body: outcome.consolidation.body.clone().unwrap_or_default(),
            year: outcome.consolidation.year,
            nothing,
            files: outcome.sources.iter().filter(gave).count(),
            records: outcome.sources.iter().map(records).sum(),
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            wrong: Cut::of(wrong.map(|finding| item(finding, lang)).collect()),
            missing: outcome.consolidation.missing.len(),
            absent: Cut::of(absent),
            roster: !outcome.roster.is_empty(),
            taken: Cut::of(taken(outcome, lang)),
        }
    }
}

fn item(finding: &Finding, lang: Lang) -> Item {
    Item {
        class: finding.severity.id(),
        sign: sign(finding.severity),
        label: finding.severity.label().get(lang),
        place: finding.place.to_string(),
        message: finding.message(lang),
        help: finding.help(lang),
        code: finding.code.id,
    }
}

/// Who is missing, one line each: the message names them, and what to do stands once below those of one code.
fn absent(mut items: Vec<Item>) -> Vec<Item> {
    for at in 0..items.len() {
        let last = items.get(at + 1).is_none_or(|next| next.code != items[at].code);
        items[at].place.clear();
        if !last {
            items[at].help.clear();
        }
    }
    items
}

const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "▲",
        Severity::Info => "•",
    }
}

/// Every file that was read or named: those with errors first, then by the order of the names.
fn taken(outcome: &Outcome, lang: Lang) -> Vec<Taken> {
    // Of each file the first of its gravest findings, and how many are as grave.
    let mut worst: BTreeMap<&str, (&Finding, usize)> = BTreeMap::new();
    for finding in outcome.findings.iter() {
        let (first, count) = worst.entry(&finding.place.file).or_insert((finding, 0));
        match finding.severity.cmp(&first.severity) {
            Ordering::Less => (*first, *count) = (finding, 1),
            Ordering::Equal => *count += 1,
            Ordering::Greater => {}
        }
    }
    let read = outcome.sources.iter().map(|source| {
        let (records, found) = (records(source), worst.remove(&*source.file));
        let state = match found.map(|(finding, count)| (finding.severity, count)) {
            Some((severity @ (Severity::Error | Severity::Warning), count)) => {
                (sign(severity), counted(count, severity, lang))
            }
            _ if records == 0 => ("•", say(lang, "niente da prendere", "nothing to take").to_owned()),
            _ => ("✓", say(lang, "preso", "taken").to_owned()),
        };
        Taken { file: source.file.to_string(), what: kinds(source, lang), records, state }
    });
    let mut list: Vec<Taken> = read.collect();
    // What was only named: no spreadsheets, links that lead elsewhere, what could not be listed.
    let named = worst.into_iter().filter(|(_, (finding, _))| finding.code.id.starts_with('F'));
    list.extend(named.map(|(file, (finding, _))| Taken {
        file: file.to_owned(),
        what: finding.message(lang),
        records: 0,
        state: (sign(finding.severity), say(lang, "non letto", "not read").to_owned()),
    }));
    let gravity = |taken: &Taken| ["✗", "▲"].iter().position(|sign| *sign == taken.state.0).unwrap_or(2);
    list.sort_by(|one, other| gravity(one).cmp(&gravity(other)).then_with(|| one.file.cmp(&other.file)));
    list
}

/// `1 errore`, `2 avvisi`.
fn counted(count: usize, severity: Severity, lang: Lang) -> String {
    let (one, more) = match severity {
        Severity::Error => (say(lang, "errore", "error"), say(lang, "errori", "errors")),
        _ => (say(lang, "avviso", "warning"), say(lang, "avvisi", "warnings")),
    };
    format!("{count} {}", if count == 1 { one } else { more })
}

fn records(source: &FileSource) -> usize {
    source.sheets.iter().map(|sheet| sheet.records as usize).sum()
}

/// The kinds of sheets that a file holds, each told once.
fn kinds(source: &FileSource, lang: Lang) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for sheet in source.sheets.iter().filter(|sheet| sheet.records > 0) {
        let kind = sheet.kind.and_then(|id| KINDS.iter().find(|kind| kind.id == id));
        titles.extend(kind.map(|kind| kind.title.get(lang)).filter(|title| !titles.contains(title)));
    }
    match titles.as_slice() {
        [] if source.blank => say(lang, "modello ancora vuoto", "form still blank").to_owned(),
        [] if source.sheets.is_empty() => say(lang, "nessun foglio letto", "no sheet read").to_owned(),
        [] => say(lang, "nessuna tabella riconosciuta", "no table recognised").to_owned(),
        titles => titles.join(", "),
    }
}
