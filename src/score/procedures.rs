//! Procedures of the plan: their evidence, or their own result; the mean of Allegato 2.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::charter::{mean_of, sources};
use super::evidence::{Judge, Term, judge, term_in, working_in};
use super::{EvidenceResult, ProcedureRow, Procedures, Rule, Status};
use crate::calendar::Calendar;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::procedures::Record;
use crate::kinds::reader::Read;
use crate::parse::across::Joined;
use crate::place::Place;
use crate::value::duration::Unit;
use crate::value::{goal, number};

/// Evidence that says something else than the plan.
pub static RESULT_DIFFERS: Code = Code {
    id: "P020",
    slug: "evidence-differs-from-plan",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: l’elenco dichiara {declared}, dalle evidenze risulta {computed}: contano le evidenze",
        "\"{name}\": the plan declares {declared}, the evidence gives {computed}: the evidence counts",
    ),
    help: Text::new(
        "controllare il risultato dell’elenco o il foglio delle evidenze",
        "check the plan's result or the evidence sheet",
    ),
};

/// A planned procedure that nobody proved.
pub static PROCEDURE_MISSING: Code = Code {
    id: "X020",
    slug: "procedure-missing",
    severity: Severity::Error,
    message: Text::new(
        "mancante: nessun dato per «{name}»; da chiedere a {office}",
        "missing: no data for \"{name}\"; ask {office}",
    ),
    help: Text::new(
        "chiedere il foglio all’ufficio, o scrivere il risultato nell’elenco dei procedimenti",
        "ask the office for its sheet, or write the result in the list of procedures",
    ),
};

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
pub static CODES: &[&Code] =
    &[&RESULT_DIFFERS, &PROCEDURE_MISSING, &EVIDENCE_JOINED, &EVIDENCE_TWICE, &EVIDENCE_OF_TWO_KINDS];

/// Scores the plan; `proofs` holds the evidence of each of its rows.
pub fn score(
    plan: &[Joined<Record>],
    proofs: &[Vec<&Evidence>],
    calendar: &Calendar,
    reference: jiff::civil::Date,
    findings: &mut Findings,
) -> Procedures {
    let score_row = |(row, proofs): (&Joined<Record>, &Vec<&Evidence>)| {
        let mut said = Findings::default();
        (score_row(row, proofs, calendar, reference, &mut said), said)
    };
    let (rows, said): (Vec<ProcedureRow>, Vec<Findings>) = plan.par_iter().zip(proofs).map(score_row).unzip();
    said.into_iter().for_each(|said| findings.append(said));
    let mut procedures = Procedures { rows, ..Procedures::default() };
    let scores: Vec<Decimal> =
        procedures.rows.iter().filter(|row| row.status == Status::Counted).filter_map(|row| row.score).collect();
    procedures.counted = scores.len() as u32;
    procedures.mean = mean_of(scores.iter().copied().sum(), scores.len());
    procedures.rounded = procedures.mean.map(|mean| number::round_to(number::round2(mean), 0));
    procedures
}

fn score_row(
    row: &Joined<Record>,
    proofs: &[&Evidence],
    calendar: &Calendar,
    reference: jiff::civil::Date,
    findings: &mut Findings,
) -> ProcedureRow {
    let record = &row.record;
    let mut scored = ProcedureRow {
        number: record.number.clone(),
        name: record.name.clone(),
        coordinator: record.coordinator.clone(),
        expected: record.expected.clone(),
        source_office: record.source_office.clone(),
        to_check: row.to_check,
        sources: sources(row.origins(), "name"),
        ..ProcedureRow::default()
    };
    let (proofs, mixed) = usable(record, proofs, findings);
    scored.to_check |= mixed;
    if proofs.is_empty() {
        declared_only(record, &mut scored, findings);
        return scored;
    }
    let context = Judge {
        calendar,
        reference,
        term: term(&proofs, &record.expected),
        at_least: at_least(&proofs, &record.expected),
    };
    let judged = judge(&proofs, &context, findings);
    if let (Read::Value(declared), Some(computed)) = (&record.result, judged.score)
        && (*declared - number::round2(computed)).abs() > Decimal::new(1, 2)
    {
        let shown = |value: Decimal| number::italian(number::round2(value), 2, false);
        let finding = Finding::new(&RESULT_DIFFERS, record.origin.place("result")).with("name", record.name.clone());
        findings.push(finding.with("declared", shown(*declared)).with("computed", shown(computed)));
    }
    scored.status = if judged.score.is_some() { Status::Counted } else { Status::Incomplete };
    if judged.score.is_none() && matches!(record.result, Read::NotCounted(_)) {
        scored.status = Status::NotCounted;
    }
    scored.score = judged.score;
    scored.rule = if judged.score.is_some() { Rule::Evidence } else { Rule::None };
    scored.evidence = Some(judged.result);
    scored
}

/// A procedure without evidence: its own result, N.C., or missing.
fn declared_only(record: &Record, scored: &mut ProcedureRow, findings: &mut Findings) {
    match &record.result {
        Read::Value(result) => {
            (scored.score, scored.status, scored.rule) = (Some(*result), Status::Counted, Rule::Declared);
            scored.evidence =
                Some(EvidenceResult { kind: "declared", sources: scored.sources.clone(), ..EvidenceResult::default() });
        }
        Read::NotCounted(_) => (scored.status, scored.rule) = (Status::NotCounted, Rule::NotCounted),
        // A result that could not be read has said so already.
        Read::Unread => {}
        _ => {
            let office =
                if record.source_office.is_empty() { record.coordinator.clone() } else { record.source_office.clone() };
            let office = if office.is_empty() { "—".to_owned() } else { office };
            let finding =
                Finding::new(&PROCEDURE_MISSING, record.origin.place("name")).with("name", record.name.clone());
            findings.push(finding.with("office", office));
        }
    }
}

/// The tables that count: copies once, one kind only.
fn usable<'a>(record: &Record, proofs: &[&'a Evidence], findings: &mut Findings) -> (Vec<&'a Evidence>, bool) {
    let mut kept: Vec<&Evidence> = Vec::new();
    let mut mixed = false;
    for proof in proofs {
        let place = Place::sheet(&proof.table.file, &proof.table.sheet);
        if let Some(first) = kept.iter().find(|other| same_rows(other, proof)) {
            let other = Place::sheet(&first.table.file, &first.table.sheet);
            findings.push(Finding::new(&EVIDENCE_TWICE, place).with("other", other.to_string()).and(other));
        } else if let Some(first) = kept.first().filter(|first| !std::ptr::eq(first.table.kind, proof.table.kind)) {
            let other = Place::sheet(&first.table.file, &first.table.sheet);
            let finding = Finding::new(&EVIDENCE_OF_TWO_KINDS, place).with("name", record.name.clone()).and(other);
            findings.push(finding.with("first", first.table.kind.title).with("second", proof.table.kind.title));
            mixed = true;
        } else {
            kept.push(proof);
        }
    }
    if let [first, second, ..] = &kept[..] {
        let place = Place::sheet(&second.table.file, &second.table.sheet);
        let finding = Finding::new(&EVIDENCE_JOINED, place)
            .with("name", record.name.clone())
            .with("count", kept.len().to_string());
        findings.push(finding.and(Place::sheet(&first.table.file, &first.table.sheet)));
    }
    (kept, mixed)
}

/// Whether two tables hold the same rows, wherever they stand.
fn same_rows(a: &Evidence, b: &Evidence) -> bool {
    match (&a.rows, &b.rows) {
        (Rows::Cases(a), Rows::Cases(b)) => {
            !a.is_empty()
                && a.len() == b.len()
                && a.iter().zip(b.iter()).all(|(a, b)| {
                    (&a.id, a.start, a.end, a.suspension_days) == (&b.id, b.start, b.end, b.suspension_days)
                })
        }
        (Rows::Steps(a), Rows::Steps(b)) => {
            !a.is_empty() && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.due, a.actual) == (b.due, b.actual))
        }
        (Rows::Checks(a), Rows::Checks(b)) => {
            !a.is_empty()
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| (&a.target, a.met, a.actual) == (&b.target, b.met, b.actual))
        }
        _ => false,
    }
}

/// The term: the sheet's label, else its titles, else what the plan expects; working days where any of them says so.
pub fn term(proofs: &[&Evidence], expected: &str) -> Option<Term> {
    let contexts = || proofs.iter().map(|proof| &proof.table.context);
    let label = contexts().find_map(|context| context.label(&["termine", "termine di conclusione"]));
    let labelled = label.and_then(|label| term_in(&label.value).or_else(|| plain_days(&label.value)));
    let titled = || contexts().flat_map(|context| &context.titles).find_map(|(title, _)| term_in(title));
    let (amount, working, unit) = labelled.or_else(titled).or_else(|| term_in(expected))?;
    let anywhere = || contexts().flat_map(|context| &context.titles).find_map(|(title, _)| working_in(title));
    let working = working.or_else(anywhere).or_else(|| working_in(expected)).unwrap_or(false);
    let days = if unit == Unit::Hours { amount / Decimal::from(24) } else { amount };
    Some(Term { days, working })
}

/// `Termine: 30`.
fn plain_days(text: &str) -> Option<(Decimal, Option<bool>, Unit)> {
    number::scan(text).map(|number| (number.read(number::Nature::Measure, None), None, Unit::Days))
}

/// `almeno 4 su 5`, in the plan or in a title.
fn at_least(proofs: &[&Evidence], expected: &str) -> Option<u32> {
    goal::at_least_count(expected).or_else(|| {
        proofs.iter().flat_map(|proof| &proof.table.context.titles).find_map(|(title, _)| goal::at_least_count(title))
    })
}
