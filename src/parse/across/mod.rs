//! Across sheets and files: the same record twice, and two records that contradict each other.

mod records;
mod staff;
mod uncoded;

pub use staff::Costs;

use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::reader::Origin;
use crate::kinds::{charter, objectives, procedures, resources, targets};
use crate::memo::hash;
use crate::value::fold::{spaced_words, words};
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// The same record in two places, with the same values.
pub static SAME_TWICE: Code = Code {
    id: "X001",
    slug: "same-record-twice",
    severity: Severity::Info,
    message: Text::new(
        "«{name}» compare due volte con gli stessi valori: conteggiato una volta",
        "\"{name}\" stands twice with the same values: counted once",
    ),
    help: Text::new(
        "non serve fare nulla; si può togliere una delle due righe",
        "nothing needs doing; one of the rows can be removed",
    ),
};

/// The same record in two places, with different values.
pub static CONTRADICTION: Code = Code {
    id: "X002",
    slug: "contradiction",
    severity: Severity::Error,
    message: Text::new(
        "«{name}»: qui {first}, in {other} {second}; mostrato il primo per nome di file, da verificare",
        "\"{name}\": {first} here, {second} in {other}; the first by file name is shown, to be checked",
    ),
    help: Text::new(
        "chiedere agli uffici quale valore è giusto e correggere l’altro foglio",
        "ask the offices which value is right and mend the other sheet",
    ),
};

/// Two records with the same code and nearly the same name.
pub static NEARLY_SAME: Code = Code {
    id: "X003",
    slug: "nearly-the-same",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}» è quasi uguale a «{second}» in {other}: conteggiati entrambi",
        "\"{name}\" is nearly the same as \"{second}\" in {other}: both were counted",
    ),
    help: Text::new(
        "se è lo stesso standard, o lo stesso ente, scrivere lo stesso nome nei due fogli",
        "if it is the same standard, or the same entity, write the same name in both sheets",
    ),
};

/// Two indicators under one code and name, with the same values.
pub static TWO_INDICATORS: Code = Code {
    id: "X034",
    slug: "two-indicators",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}» compare due volte con gli stessi valori, ma come «{first}» e «{second}»: conteggiato una volta",
        "\"{name}\" appears twice with the same values, but as \"{first}\" and \"{second}\": counted once",
    ),
    help: Text::new(
        "se sono due standard dare a ciascuno un codice o un nome suo; altrimenti togliere una delle due righe",
        "when they are two standards give each a code or name of its own; else remove one of the rows",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&SAME_TWICE, &TWO_INDICATORS, &CONTRADICTION, &NEARLY_SAME];

/// A record, and everywhere it stands.
#[derive(Debug, Clone)]
pub struct Joined<T> {
    /// The record that counts.
    pub record: T,
    /// Where else it stands: of very many records few stand in two places.
    others: Option<Box<Others>>,
}

/// The other places where a record stands.
#[derive(Debug, Clone, Default)]
struct Others {
    origins: Vec<Origin>,
    /// Whether one of them says something else.
    contradict: bool,
}

impl<T> Joined<T> {
    /// A record that also stands in these other places, which may contradict it.
    pub fn new(record: T, origins: Vec<Origin>, contradict: bool) -> Self {
        let is_alone = origins.is_empty() && !contradict;
        Self { record, others: (!is_alone).then(|| Box::new(Others { origins, contradict })) }
    }

    /// Whether another place says something else.
    pub fn to_check(&self) -> bool {
        self.others.as_ref().is_some_and(|others| others.contradict)
    }
}

impl<T: Record> Joined<T> {
    /// Where it stands, the record's own place first.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let others = self.others.as_deref().map_or(&[][..], |others| &others.origins);
        std::iter::once(self.record.origin()).chain(others)
    }
}

/// What a kind of record needs to be joined.
pub trait Record: Sized + Sync {
    /// What tells it from others; `None` when it has nothing of the kind.
    fn key(&self) -> Option<String>;
    /// The hash of that.
    fn key_hash(&self) -> Option<u64> {
        self.key().map(|key| hash(&key))
    }
    /// Its values, as compared.
    fn values(&self) -> String;
    /// Its name, for people.
    fn name(&self) -> String;
    /// The column whose cell is named in a contradiction with another record.
    fn column(&self, other: &Self) -> &'static str;
    /// The value shown for that column.
    fn shown(&self, column: &str) -> String;
    /// Where it stands.
    fn origin(&self) -> &Origin;
    /// Takes what only the other one with its key says, and gives it what it lacks.
    fn complete(&mut self, _other: &mut Self) {}
    /// What it is called besides its key.
    fn besides(&self) -> &str {
        ""
    }
    /// The place of a column's value.
    fn place(&self, column: &str) -> crate::place::Place {
        self.origin().place(column)
    }
}

/// Standards: code and process.
pub fn charter(records: Vec<Box<charter::Record>>, findings: &mut Findings) -> Vec<Joined<Box<charter::Record>>> {
    let joined = join(records, findings);
    let codes = Hashes::of(&joined, |row| Some(&*row.record.code).filter(|code| !code.is_empty()).map(hash));
    nearly_same(&joined, &codes, findings);
    // Who looks for those without one need not pass over all that have one.
    if !codes.are_of_all(&joined) {
        uncoded::report(&joined, findings);
    }
    joined
}

/// Procedures: name.
pub fn procedures(records: Vec<procedures::Record>, findings: &mut Findings) -> Vec<Joined<procedures::Record>> {
    join(records, findings)
}

/// Objectives: holder, number, indicator.
pub fn objectives(records: Vec<objectives::Record>, findings: &mut Findings) -> Vec<Joined<objectives::Record>> {
    join(records, findings)
}

/// Budget and actual: objective.
pub fn resources(records: Vec<resources::Record>, findings: &mut Findings) -> Vec<Joined<resources::Record>> {
    join(records, findings)
}

/// Strategic targets: objective and target.
pub fn targets(records: Vec<targets::Record>, findings: &mut Findings) -> Vec<Joined<targets::Record>> {
    join(records, findings)
}

/// Joins records with the same key; they come in the byte order of their files' paths, and the first is shown.
fn join<T: Record>(records: Vec<T>, findings: &mut Findings) -> Vec<Joined<T>> {
    let repeats = repeats(&records);
    let mut joined: Vec<Joined<T>> = Vec::with_capacity(records.len() - repeats.len());
    let mut next = repeats.iter().peekable();
    for (at, mut record) in records.into_iter().enumerate() {
        let Some((_, first)) = next.next_if(|(again, _)| *again == at) else {
            joined.push(Joined::new(record, Vec::new(), false));
            continue;
        };
        // Those above it that were joined are gone from their places.
        let shown = &mut joined[first - repeats.partition_point(|(again, _)| again < first)];
        shown.record.complete(&mut record);
        findings.push(compare(&shown.record, &record));
        let others = shown.others.get_or_insert_default();
        others.contradict |= shown.record.values() != record.values();
        others.origins.push(record.origin().clone());
    }
    joined
}

/// The records with a key that another above them has, in order, each with the first that has it.
fn repeats<T: Record>(records: &[T]) -> Vec<(usize, usize)> {
    let hashes = Hashes::of(records, T::key_hash);
    let mut repeats = Vec::new();
    for alike in hashes.alike() {
        // Two keys may have one hash, and of sheets that mean harm very many.
        let mut firsts: HashMap<Option<String>, usize> = HashMap::new();
        for at in alike {
            let first = *firsts.entry(records[at].key()).or_insert(at);
            repeats.extend((first != at).then_some((at, first)));
        }
    }
    repeats.sort_unstable();
    repeats
}

/// The hashes of what some records have, in order, each above the place of its record: there may be very many, and few
/// have the same. What is left of a hash in half a number tells enough.
struct Hashes {
    /// How many records have one.
    count: usize,
    /// Those that several have, and some more.
    repeated: Vec<u64>,
}

impl Hashes {
    /// Nothing has this hash.
    const NOTHING: u64 = u32::MAX as u64;

    fn of<T: Sync>(records: &[T], hash: impl Fn(&T) -> Option<u64> + Sync) -> Self {
        let hash = |(at, record): (usize, &T)| hash(record).map_or(Self::NOTHING, |hash| hash >> 33) << 32 | at as u64;
        let mut hashes: Vec<u64> = records.par_iter().enumerate().map(hash).collect();
        hashes.retain(|hash| hash >> 32 < Self::NOTHING);
        let count = hashes.len();
        let mut repeated = repeated(hashes);
        repeated.par_sort_unstable();
        Self { count, repeated }
    }

    /// Whether all records have one.
    fn are_of_all<T>(&self, records: &[T]) -> bool {
        self.count == records.len()
    }

    /// The places of those of one hash, in order, where there are several.
    fn alike(&self) -> impl Iterator<Item = Vec<usize>> {
        let alike = self.repeated.chunk_by(|one, next| one >> 32 == next >> 32).filter(|alike| alike.len() > 1);
        alike.map(|alike| alike.iter().map(|hash| *hash as u32 as usize).collect())
    }
}

/// The hashes that several have, and some that share a place with another: the others need no sorting.
fn repeated(mut hashes: Vec<u64>) -> Vec<u64> {
    // Each place is a bit, set when one comes to it, and another, set when a second one does.
    let places = (8 * hashes.len()).next_power_of_two().max(64);
    let mut came = vec![[0u64; 2]; places / 64];
    let place = |hash: u64| (hash >> 32) as usize & (places - 1);
    for place in hashes.iter().map(|hash| place(*hash)) {
        let ([once, again], bit) = (&mut came[place / 64], 1 << (place % 64));
        *again |= *once & bit;
        *once |= bit;
    }
    hashes.retain(|hash| came[place(*hash) / 64][1] >> (place(*hash) % 64) & 1 == 1);
    hashes
}

fn compare<T: Record>(first: &T, second: &T) -> Finding {
    let column = first.column(second);
    let (place, other) = (first.place(column), second.place(column));
    if first.values() == second.values() {
        let (one, two) = (first.besides(), second.besides());
        let are_two = !one.is_empty() && !two.is_empty() && spaced_words(one) != spaced_words(two);
        let code = if are_two { &TWO_INDICATORS } else { &SAME_TWICE };
        let finding = Finding::new(code, other).with("name", first.name()).and(place);
        return if are_two { finding.with("first", one).with("second", two) } else { finding };
    }
    let quoted = |record: &T| {
        let shown = record.shown(column);
        if shown.is_empty() { Word::Text(Text::new("vuoto", "empty")) } else { Word::Same(format!("«{shown}»")) }
    };
    Finding::new(&CONTRADICTION, place)
        .with("name", first.name())
        .with("first", quoted(first))
        .with("second", quoted(second))
        .with("other", other.to_string())
        .and(other)
}

/// Standards of one code whose names differ by a slip are probably one.
fn nearly_same(joined: &[Joined<Box<charter::Record>>], codes: &Hashes, findings: &mut Findings) {
    let of_codes: Vec<_> = codes.alike().collect();
    let of_one_code = |alike: &Vec<usize>| {
        let mut rows = alike.clone();
        // Two codes may have one hash.
        rows.sort_by_key(|at| joined[*at].record.code.as_str());
        let codes = rows.chunk_by(|one, next| joined[*one].record.code == joined[*next].record.code);
        codes.flat_map(|rows| slips(joined, rows)).collect::<Vec<_>>()
    };
    let mut pairs: Vec<(usize, usize)> = of_codes.par_iter().flat_map_iter(of_one_code).collect();
    pairs.sort_unstable();
    for (row, other) in pairs.into_iter().map(|(at, first)| (&joined[at].record, &joined[first].record)) {
        findings.push(near(row, row.process.to_string(), other, other.process.to_string()));
    }
}

/// Two standards that are probably one, each with what it is called.
fn near(row: &charter::Record, name: String, other: &charter::Record, second: String) -> Finding {
    let (place, first) = (row.origin.place("process"), other.origin.place("process"));
    let finding = Finding::new(&NEARLY_SAME, place).with("name", name).with("second", second);
    finding.with("other", first.to_string()).and(first)
}

/// Standards of one code, each with the first above it whose name differs by a slip.
fn slips(joined: &[Joined<Box<charter::Record>>], rows: &[usize]) -> Vec<(usize, usize)> {
    let names: Vec<Vec<String>> = rows.iter().map(|at| words(&joined[*at].record.process)).collect();
    // Names by a hash of all words but one: only those can differ by that one.
    let mut near: HashMap<u64, Vec<usize>> = HashMap::new();
    let hasher = RandomState::new();
    let mut slips = Vec::new();
    for (at, own) in names.iter().enumerate() {
        let numbered = own.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
        let mut first: Option<usize> = None;
        for place in (0..own.len()).filter(|place| own[*place].len() >= LEAST_LETTERS) {
            let known = near.entry(hasher.hash_one((&own[..place], &own[place + 1..]))).or_default();
            let slip = known.iter().find(|other| differ_by_a_slip(&names[**other], own));
            first = first.into_iter().chain(slip.copied()).min();
            if !numbered {
                known.push(at);
            }
        }
        slips.extend(first.map(|first| (rows[at], rows[first])));
    }
    slips
}

/// A word with fewer letters is not a slip of another.
const LEAST_LETTERS: usize = 5;

/// Whether two names have the same words but for one, which differs by a letter or two, or by its ending.
fn differ_by_a_slip(a: &[String], b: &[String]) -> bool {
    let mut other = a.iter().zip(b).filter(|(a, b)| a != b);
    match (a.len() == b.len(), other.next(), other.next()) {
        (true, Some((a, b)), None) => {
            a.len() >= LEAST_LETTERS && b.len() >= LEAST_LETTERS && strsim::osa_distance(a, b) <= 2
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Hashes, repeated};

    #[test]
    fn what_has_nothing_is_like_nothing() {
        let hashes = Hashes::of(&[Some(6), None, Some(6 << 40), None, Some(7), Some(u64::MAX)], |hash| *hash);
        assert_eq!(hashes.alike().collect::<Vec<_>>(), [[0, 4]]);
        assert_eq!(hashes.count, 4);
    }

    #[test]
    fn what_several_have_is_kept() {
        let hashes: Vec<u64> = (0..5_000).map(|at| (at * 7_919 % 4_000) << 32 | at).collect();
        let left = repeated(hashes.clone());
        let several = |hash: &u64| hashes.iter().filter(|other| *other >> 32 == hash >> 32).count() > 1;
        assert!(hashes.iter().filter(|hash| several(hash)).all(|hash| left.contains(hash)));
        assert!(left.len() < hashes.len());
    }
}
