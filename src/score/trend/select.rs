//! Which of the records at hand a year is compared with: of the same body, of an earlier year, one a year.

use std::sync::Arc;

use crate::earlier::{Earlier, Given};
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::place::Place;
use crate::value::fold::words;

/// As many earlier years are shown.
const MOST: usize = 3;

/// A record that cannot be compared with.
pub static NOT_USABLE: Code = Code {
    id: "X030",
    slug: "earlier-results-not-usable",
    severity: Severity::Warning,
    message: Text::new(
        "risultati di un altro anno non usati per il confronto: {why}",
        "results of another year not used for the comparison: {why}",
    ),
    help: Text::new(
        "mettere in «consolidato», o indicare con --previous, il file Allegati-ANNO.json dell’anno precedente dello stesso ente",
        "put the Allegati-YEAR.json of the year before, of the same body, into \"consolidato\", or name it with --previous",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NOT_USABLE];

/// What a record must go with.
pub struct This<'a> {
    /// The reporting year.
    pub year: i16,
    /// The public body, when it is known.
    pub body: Option<&'a str>,
    /// The files of which something was taken, each with its SHA-256.
    pub taken: &'a [(Arc<str>, String)],
}

/// The records to compare a year with, the nearest year first; the others are findings.
pub fn select<'a>(given: &'a [Given], this: &This<'_>, findings: &mut Findings) -> Vec<&'a Given> {
    let year = this.year;
    let mut all: Vec<&Given> = given.iter().filter(|one| !one.is_own_of(year)).collect();
    // What a person named comes before what was found; then the byte order of the names.
    all.sort_by(|a, b| (!a.asked, a.name.as_bytes()).cmp(&(!b.asked, b.name.as_bytes())));
    let mut used: Vec<(&Given, &Earlier)> = Vec::new();
    for one in all {
        match usable(one, this, &used) {
            Ok(Some(record)) => used.push((one, record)),
            Ok(None) => {}
            Err((severity, why)) => {
                findings.push(Finding::new(&NOT_USABLE, Place::file(&one.name)).at(severity).with("why", why));
            }
        }
    }
    used.sort_by_key(|(_, record)| std::cmp::Reverse(record.year));
    used.truncate(MOST);
    used.into_iter().map(|(given, _)| given).collect()
}

/// What a record says, when it can be used; nothing when it is a copy of one that is.
fn usable<'a>(
    given: &'a Given,
    this: &This<'_>,
    used: &[(&Given, &Earlier)],
) -> Result<Option<&'a Earlier>, (Severity, Word)> {
    let year = this.year;
    let warned = |it: String, en: String| Err((Severity::Warning, Word::Both(it, en)));
    let record = match &given.content {
        Ok(record) => record,
        Err(refusal) => return Err((Severity::Warning, Word::Text(refusal.why()))),
    };
    let then = record.year;
    if then >= year {
        // A later year's record beside the results is what running an old folder again finds.
        let severity = if then > year && !given.asked { Severity::Info } else { Severity::Warning };
        let (it, en) =
            (format!("è del {then}, non di prima del {year}"), format!("it is of {then}, not before {year}"));
        return Err((severity, Word::Both(it, en)));
    }
    let bodies = this.body.zip(record.body.as_deref());
    if let Some((own, other)) = bodies.filter(|(own, other)| words(own) != words(other)) {
        let other = crate::finding::shorten(other, 60);
        let own = crate::finding::shorten(own, 60);
        return warned(format!("è di «{other}», non di «{own}»"), format!("it is of \"{other}\", not of \"{own}\""));
    }
    let from_same = |(file, sha256): &(Arc<str>, String)| record.files.get(sha256).is_some_and(|then| **then == **file);
    // What is left of a run of this very folder, before its year was put right.
    if this.taken.len() > 1 && this.taken.iter().all(from_same) {
        let it = format!("è del {then}, ma fatto con gli stessi file di ora");
        return warned(it, format!("it is of {then}, but made from the very files of now"));
    }
    if used.iter().any(|(one, _)| one.sha256 == given.sha256) {
        return Ok(None);
    }
    if let Some((other, _)) = used.iter().find(|(_, other)| other.year == then) {
        let name = &other.name;
        return warned(format!("per il {then} vale «{name}»"), format!("for {then}, \"{name}\" counts"));
    }
    Ok(Some(record))
}
