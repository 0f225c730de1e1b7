//! Which figure of an earlier year is the same as one of this year.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Figure, Part, Series};
use crate::value::fold::similarity;

/// Two titles under one number are one record from here; below, the number was given to something else.
const ALIKE: f64 = 0.55;

/// How a figure was matched with the nearest earlier year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Found,
    /// The year before had nothing of the kind.
    New,
    /// This year has nothing of the kind.
    Ended,
    /// Several could be meant: none was taken.
    Several,
    /// It is there, counted in something else.
    OtherUnit,
}

/// What was found for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its place among the figures of the other year.
    pub at: Option<usize>,
    /// How.
    pub fate: Fate,
    /// What it was called there, when that is something else.
    pub called: Option<String>,
}

type Key<'a> = (Series, Part, &'a str);
type Name<'a> = (Series, Part, &'a str, &'a str);

fn key(figure: &Figure) -> Key<'_> {
    (figure.series, figure.part, &figure.key)
}

fn name(figure: &Figure) -> Name<'_> {
    (figure.series, figure.part, &figure.scope, &figure.name)
}

/// For each figure of one year, the same of another: by key, then by a name that only one has in both years.
pub fn pair(now: &[&Figure], then: &[Figure]) -> Vec<Match> {
    let mut by_key: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (at, figure) in then.iter().enumerate() {
        by_key.entry(key(figure)).or_default().push(at);
    }
    let mut taken: HashSet<usize> = HashSet::new();
    let mut found: Vec<Match> = now.iter().map(|figure| of_key(figure, by_key.get(&key(figure)), then)).collect();
    for one in &mut found {
        if one.at.is_some_and(|at| !taken.insert(at)) {
            (one.at, one.fate) = (None, Fate::Several);
        }
    }
    let free = names(now, then, &found);
    for (at, figure) in now.iter().enumerate().filter(|(_, figure)| !figure.name.is_empty()) {
        if found[at].fate != Fate::New {
            continue;
        }
        match free.get(&name(figure)).map(|(now, then)| (now.len(), then.as_slice())) {
            Some((1, [only])) => {
                let called = called(figure, &then[*only]);
                found[at] = Match { at: Some(*only), fate: Fate::Found, called };
            }
            Some((_, [_, ..])) => found[at].fate = Fate::Several,
            _ => {}
        }
    }
    found
}

/// The figures of the other year that were left because several of this year could be meant.
pub fn several(now: &[&Figure], then: &[Figure], found: &[Match]) -> HashSet<usize> {
    let groups = names(now, then, found);
    groups.into_values().filter(|(now, _)| !now.is_empty()).flat_map(|(_, then)| then).collect()
}

fn of_key(figure: &Figure, candidates: Option<&Vec<usize>>, then: &[Figure]) -> Match {
    let none = |fate, called| Match { at: None, fate, called };
    match candidates.map(Vec::as_slice) {
        None | Some([]) => none(Fate::New, None),
        Some([only]) => {
            let other = &then[*only];
            let alike = figure.name == other.name
                || figure.name.is_empty()
                || other.name.is_empty()
                || similarity(&figure.title, &other.title) >= ALIKE;
            match alike || !figure.series.is_numbered() {
                true => Match { at: Some(*only), fate: Fate::Found, called: called(figure, other) },
                false => none(Fate::New, Some(other.title.clone())),
            }
        }
        Some(_) => none(Fate::Several, None),
    }
}

/// What the other year called a record, when its folded title or its code is another.
fn called(figure: &Figure, other: &Figure) -> Option<String> {
    let shown = [other.label.as_str(), other.title.as_str()];
    let text = shown.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let same_label = figure.label == other.label || figure.series == Series::Procedure;
    (figure.name != other.name || !same_label).then_some(text)
}

/// What is left in both years, by name: places of this year, places of the other.
fn names<'a>(now: &[&'a Figure], then: &'a [Figure], found: &[Match]) -> BTreeMap<Name<'a>, (Vec<usize>, Vec<usize>)> {
    let taken: HashSet<usize> = found.iter().filter_map(|found| found.at).collect();
    let mut groups: BTreeMap<Name<'a>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, figure) in now.iter().enumerate().filter(|(at, _)| found[*at].at.is_none()) {
        groups.entry(name(figure)).or_default().0.push(at);
    }
    for (at, figure) in then.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        groups.entry(name(figure)).or_default().1.push(at);
    }
    groups.retain(|(.., name), _| !name.is_empty());
    groups
}
