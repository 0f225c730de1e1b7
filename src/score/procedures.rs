//! Procedures of the plan: their evidence, or their own result; the mean of Allegato 2.

mod doubt;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::charter::{mean_of, sources};
use super::evidence::several::{part_alone, usable};
use super::evidence::term::{Expected, SEVERAL_EXPECTED, TERM_DIFFERS, Term, own_term, terms, terms_in};
use super::evidence::{Judge, judge};
use super::{EvidenceResult, ProcedureRow, Procedures, Rule, Status};
use crate::calendar::Calendar;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::procedures::Record;
use crate::kinds::reader::Read;
use crate::parse::across::Joined;
use crate::value::goal::{self, AtLeast};
use crate::value::number;

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

/// Evidence that gives no result beside a plan that declares one.
pub static PLAN_COUNTS: Code = Code {
    id: "P059",
    slug: "plan-result-counts",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: le evidenze non danno un risultato, conta quello dichiarato nell’elenco, {declared}",
        "\"{name}\": the evidence gives no result, the one declared in the plan counts, {declared}",
    ),
    help: Text::new(
        "completare il foglio delle evidenze, o toglierlo dalla cartella se non serve",
        "complete the evidence sheet, or remove it from the folder when it is not needed",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] =
    &[&RESULT_DIFFERS, &PROCEDURE_MISSING, &PLAN_COUNTS, &doubt::READ_AS_PERCENT, &doubt::BESIDE_LIMIT];

/// Scores the plan; `proofs` holds the evidence of each of its rows.
pub fn score(
    plan: &[Joined<Record>],
    proofs: &[Vec<&Evidence>],
    calendar: &Calendar,
    reference: jiff::civil::Date,
    year: i16,
    findings: &mut Findings,
) -> Procedures {
    let score_row = |(row, proofs): (&Joined<Record>, &Vec<&Evidence>)| {
        let mut said = Findings::default();
        (score_row(row, proofs, calendar, reference, year, &mut said), said)
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
    year: i16,
    findings: &mut Findings,
) -> ProcedureRow {
    let record = &row.record;
    let mut scored = ProcedureRow {
        number: record.number.clone(),
        name: record.name.clone(),
        coordinator: record.coordinator.clone(),
        expected: record.expected.clone(),
        source_office: record.source_office.clone(),
        to_check: row.to_check(),
        sources: sources(row.origins(), "name"),
        ..ProcedureRow::default()
    };
    let (proofs, mixed) = usable(&record.name, proofs, findings);
    scored.to_check |= mixed;
    part_alone(&[&record.name, &record.expected], &proofs, year, findings);
    if proofs.is_empty() {
        declared_only(record, &mut scored, findings);
        return scored;
    }
    let expected = expected_of(record);
    let terms = terms(&proofs, expected, findings);
    differs_from_plan(record, expected, &proofs, findings);
    several_expected(record, &proofs, &terms, findings);
    let context = Judge { calendar, reference, terms: &terms, at_least: at_least(&proofs, &record.expected) };
    let judged = judge(&proofs, &context, findings);
    let Some(score) = judged.score else {
        let blank = proofs.iter().all(|proof| proof.rows.is_empty() && proof.unread == 0);
        without_result(record, blank, judged.result, &mut scored, findings);
        return scored;
    };
    compare(record, score, findings);
    (scored.score, scored.status, scored.rule) = (Some(score), Status::Counted, Rule::Evidence);
    scored.evidence = Some(judged.result);
    scored
}

/// What a procedure expects of its cases.
fn expected_of(record: &Record) -> Expected {
    let header = record.origin.table.mapped("expected").map_or("", |mapped| &mapped.header);
    Expected::below(&record.expected, header)
}

/// Tells a term above a log that is longer than the plan allows; a shorter one is the office's own, and flatters nobody.
fn differs_from_plan(record: &Record, expected: Expected, proofs: &[&Evidence], findings: &mut Findings) {
    let Some(days) = expected.days else { return };
    let named = terms_in(&record.expected);
    for proof in proofs.iter().filter(|proof| matches!(&proof.rows, Rows::Cases(rows) if !rows.is_empty())) {
        let own = own_term(proof).filter(|own| own.days > days && named.iter().all(|named| own.days > *named));
        let Some(own) = own else { continue };
        let finding = Finding::new(&TERM_DIFFERS, own.place).with("used", own.text);
        findings.push(finding.with("expected", record.expected.clone()).and(record.origin.place("expected")));
    }
}

/// Tells when cases are judged by one of several terms that the plan names.
fn several_expected(record: &Record, proofs: &[&Evidence], terms: &[Option<Term>], findings: &mut Findings) {
    let named = terms_in(&record.expected);
    let is_case = |proof: &&Evidence| matches!(proof.rows, Rows::Cases(_));
    let used = proofs.iter().zip(terms).find_map(|(proof, term)| term.filter(|_| is_case(proof)));
    let expected = expected_of(record).days;
    if let Some(used) = used.filter(|used| named.len() > 1 && Some(used.days) == expected) {
        let all: Vec<String> = named.iter().map(|days| number::plain(*days)).collect();
        let finding = Finding::new(&SEVERAL_EXPECTED, record.origin.place("expected"));
        findings.push(finding.with("terms", all.join(", ")).with("used", number::plain(used.days)));
    }
}

/// Tells a result of the plan that is not the computed one.
fn compare(record: &Record, score: Decimal, findings: &mut Findings) {
    let shown = |value: Decimal| number::italian(number::round2(value), 2, false);
    let declared = match &record.result {
        Read::Value(declared) if (*declared - number::round2(score)).abs() > Decimal::new(1, 2) => shown(*declared),
        Read::NotCounted(_) => "N.C.".to_owned(),
        _ => return,
    };
    let finding = Finding::new(&RESULT_DIFFERS, record.origin.place("result")).with("name", record.name.clone());
    findings.push(finding.with("declared", declared).with("computed", shown(score)));
}

/// Evidence that gives no result: the plan's own one counts; a sheet with nothing in it proves as little as none.
fn without_result(
    record: &Record,
    blank: bool,
    result: EvidenceResult,
    scored: &mut ProcedureRow,
    findings: &mut Findings,
) {
    match &record.result {
        Read::Value(declared) => {
            let shown = number::italian(number::round2(*declared), 2, false);
            let finding = Finding::new(&PLAN_COUNTS, record.origin.place("result")).with("name", record.name.clone());
            findings.push(finding.with("declared", shown));
            declared_only(record, scored, findings);
        }
        Read::NotCounted(_) => {
            (scored.status, scored.evidence) = (Status::NotCounted, Some(result));
        }
        Read::Empty if blank => declared_only(record, scored, findings),
        _ => scored.evidence = Some(result),
    }
}

/// A procedure without evidence: its own result, N.C., or missing.
fn declared_only(record: &Record, scored: &mut ProcedureRow, findings: &mut Findings) {
    match &record.result {
        Read::Value(result) => {
            doubt::tell(record, *result, findings);
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

/// `almeno 4 su 5`, in the plan or in a title.
fn at_least(proofs: &[&Evidence], expected: &str) -> Option<AtLeast> {
    goal::at_least_count(expected).or_else(|| {
        proofs.iter().flat_map(|proof| &proof.table.context.titles).find_map(|(title, _)| goal::at_least_count(title))
    })
}
