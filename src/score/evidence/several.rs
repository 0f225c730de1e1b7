//! Several tables that prove one result: copies count once, one kind only, and that they were added up is told, as is
//! one alone that is of a part of the year.

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::{Evidence, Rows, Step};
use crate::parse::part_of_year;
use crate::place::Place;
use crate::value::fold::fold;

/// Two sheets that prove the same procedure.
pub static EVIDENCE_JOINED: Code = Code {
    id: "X013",
    slug: "evidence-joined",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}» ha più fogli di evidenze ({count}): sono stati sommati",
        "\"{name}\" has several evidence sheets ({count}): they were added up",
    ),
    help: Text::new(
        "se uno è la copia dell’altro, toglierlo dalla cartella",
        "if one is a copy of the other, remove it from the folder",
    ),
};

/// The same evidence twice.
pub static EVIDENCE_TWICE: Code = Code {
    id: "X014",
    slug: "evidence-twice",
    severity: Severity::Info,
    message: Text::new(
        "le stesse righe sono anche in {other}: conteggiate una volta",
        "the same rows are also in {other}: counted once",
    ),
    help: Text::new(
        "non serve fare nulla; si può togliere uno dei due fogli",
        "nothing needs doing; one of the sheets can be removed",
    ),
};

/// A longer list with all rows of another.
pub static EVIDENCE_AGAIN: Code = Code {
    id: "X042",
    slug: "evidence-again",
    severity: Severity::Warning,
    message: Text::new(
        "tutte le {count} righe di {other} sono anche in questo foglio: contate due volte",
        "all {count} rows of {other} are in this sheet too: counted twice",
    ),
    help: Text::new(
        "se un foglio è l’aggiornamento dell’altro, lasciare nella cartella solo il più recente",
        "if one sheet is a later version of the other, leave only the latest in the folder",
    ),
};

/// Evidence of two kinds for one procedure.
pub static EVIDENCE_OF_TWO_KINDS: Code = Code {
    id: "X015",
    slug: "evidence-of-two-kinds",
    severity: Severity::Error,
    message: Text::new(
        "«{name}» ha evidenze di due tipi («{first}» e «{second}»): usate le prime, da verificare",
        "\"{name}\" has evidence of two kinds (\"{first}\" and \"{second}\"): the first were used, to be checked",
    ),
    help: Text::new(
        "lasciare nella cartella solo il foglio che prova il risultato",
        "leave only the sheet that proves the result in the folder",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&EVIDENCE_JOINED, &EVIDENCE_TWICE, &EVIDENCE_AGAIN, &EVIDENCE_OF_TWO_KINDS];

/// The tables that count: copies once, one kind only.
pub fn usable<'a>(name: &str, proofs: &[&'a Evidence], findings: &mut Findings) -> (Vec<&'a Evidence>, bool) {
    let mut kept: Vec<&Evidence> = Vec::new();
    let mut mixed = false;
    for proof in proofs {
        let place = Place::sheet(&proof.table.file, &proof.table.sheet);
        if let Some(first) = kept.iter().find(|other| same_rows(other, proof)) {
            let other = Place::sheet(&first.table.file, &first.table.sheet);
            findings.push(Finding::new(&EVIDENCE_TWICE, place).with("other", other.to_string()).and(other));
        } else if let Some(first) = kept.first().filter(|first| !std::ptr::eq(first.table.kind, proof.table.kind)) {
            let other = Place::sheet(&first.table.file, &first.table.sheet);
            let finding = Finding::new(&EVIDENCE_OF_TWO_KINDS, place).with("name", name).and(other);
            findings.push(finding.with("first", first.table.kind.title).with("second", proof.table.kind.title));
            mixed = true;
        } else {
            kept.push(proof);
        }
    }
    if let [first, second, ..] = &kept[..] {
        let place = Place::sheet(&second.table.file, &second.table.sheet);
        let finding = Finding::new(&EVIDENCE_JOINED, place).with("name", name).with("count", kept.len().to_string());
        findings.push(finding.and(Place::sheet(&first.table.file, &first.table.sheet)));
    }
    again(&kept, findings);
    (kept, mixed)
}

/// Tells lists of steps or checks that hold all of another one: a list of June beside that of December.
fn again(kept: &[&Evidence], findings: &mut Findings) {
    // Each is compared with each; many lists are those of many offices.
    const FEW: usize = 50;
    if !(2..=FEW).contains(&kept.len()) {
        return;
    }
    let rows: Vec<Vec<Done>> = kept.iter().map(|proof| done(proof)).collect();
    for (longer, all) in kept.iter().zip(&rows) {
        let place = Place::sheet(&longer.table.file, &longer.table.sheet);
        for (shorter, some) in kept.iter().zip(&rows) {
            if some.len() > 1
                && some.len() < all.len()
                && some.iter().all(|row| all.iter().any(|other| row.becomes(other)))
            {
                let other = Place::sheet(&shorter.table.file, &shorter.table.sheet);
                let finding = Finding::new(&EVIDENCE_AGAIN, place.clone()).with("other", other.to_string());
                findings.push(finding.with("count", some.len().to_string()).and(other));
            }
        }
    }
}

/// What was to be done, and what became of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Done(String, Option<String>);

impl Done {
    /// Whether a later list may say the same of it, or more.
    fn becomes(&self, later: &Self) -> bool {
        self.0 == later.0 && (self.1.is_none() || self.1 == later.1)
    }
}

/// The rows of a short list, each once.
fn done(proof: &Evidence) -> Vec<Done> {
    const SHORT: usize = 500;
    let mut rows: Vec<Done> = match &proof.rows {
        Rows::Steps(steps) if steps.len() <= SHORT => {
            let planned = |step: &Step| format!("{}|{}|{}", fold(&step.step), fold(&step.office), step.due);
            steps.iter().map(|step| Done(planned(step), step.actual.map(|day| day.to_string()))).collect()
        }
        Rows::Checks(checks) if checks.len() <= SHORT => {
            checks.iter().map(|check| Done(fold(&check.target), Some(format!("{:?}", check.met)))).collect()
        }
        _ => Vec::new(),
    };
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Tells the only log of something when it is of a part of the year by its title or name and by its cases; what is itself
/// of a part of the year, as its names say, has no other cases.
pub fn part_alone(names: &[&str], tables: &[&Evidence], year: i16, findings: &mut Findings) {
    let [log] = tables else { return };
    let Rows::Cases(cases) = &log.rows else { return };
    if names.iter().any(|name| part_of_year::is_of_part(name, year)) {
        return;
    }
    let Some(finding) = part_of_year::named(&log.table, year) else { return };
    let months = || cases.iter().map(|case| case.start).filter(|start| start.year() == year).map(|start| start.month());
    // Titles are left in, and quarters stand below each other under that of the first.
    let reaches_over_it = months().any(|month| month <= 2) && months().any(|month| month >= 11);
    if !reaches_over_it {
        findings.push(finding);
    }
}

/// Whether two tables hold the same rows, wherever they stand.
fn same_rows(a: &Evidence, b: &Evidence) -> bool {
    match (&a.rows, &b.rows) {
        (Rows::Cases(a), Rows::Cases(b)) => {
            !a.is_empty()
                && a.len() == b.len()
                && a.iter().zip(b.iter()).all(|(a, b)| {
                    (&a.id, a.start, a.end, a.suspension_days, a.not_counted)
                        == (&b.id, b.start, b.end, b.suspension_days, b.not_counted)
                })
        }
        (Rows::Steps(a), Rows::Steps(b)) => {
            !a.is_empty()
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| (&a.step, a.due, a.actual) == (&b.step, b.due, b.actual))
        }
        (Rows::Checks(a), Rows::Checks(b)) => {
            !a.is_empty()
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| (&a.target, a.met, a.actual) == (&b.target, b.met, b.actual))
        }
        _ => false,
    }
}
