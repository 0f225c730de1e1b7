//! What evidence proves: cases within term, steps on time, checks met, items done.

mod cases;
pub mod several;
pub mod term;

use jiff::civil::Date;
use rust_decimal::Decimal;
use term::Term;

use super::{EvidenceResult, Source};
use crate::calendar::Calendar;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::evidence::{Check, Evidence, Item, MET_DIFFERS, NOT_STATED, Rows, Step, UNDECIDED};
use crate::place::Place;
use crate::value::goal::AtLeast;
use crate::value::number;

/// A case log whose term nobody names.
pub static NO_TERM: Code = Code {
    id: "P010",
    slug: "term-unknown",
    severity: Severity::Error,
    message: Text::new(
        "non si sa entro quanti giorni vanno chiuse le pratiche: la quota non si può calcolare",
        "within how many days the cases must end is not stated: the share cannot be computed",
    ),
    help: Text::new(
        "scrivere «Termine: 30 gg.» sopra la tabella, o il termine nel risultato atteso dell’elenco",
        "write \"Termine: 30 gg.\" above the table, or the term in the plan's expected result",
    ),
};

/// An evidence table without a row that counts.
pub static NOTHING_COUNTS: Code = Code {
    id: "P011",
    slug: "evidence-empty",
    severity: Severity::Warning,
    message: Text::new("nel foglio non c’è nessuna riga da conteggiare", "the sheet has no row that counts"),
    help: Text::new(
        "controllare che il foglio sia completo; se non ci sono stati casi scrivere N.C. nell’elenco",
        "check that the sheet is complete; when there were no cases write N.C. in the plan",
    ),
};

/// Things wanted of which nobody says that they are the checks.
pub static LEAST_OF_ROWS: Code = Code {
    id: "P057",
    slug: "least-of-rows",
    severity: Severity::Warning,
    message: Text::new(
        "si chiede «almeno {least}» e le verifiche sono {rows}: {counts}",
        "\"almeno {least}\" is wanted and there are {rows} checks: {counts}",
    ),
    help: Text::new(
        "se sono le verifiche che si contano, elencarle tutte e scrivere «almeno {least} target su …»",
        "when it is the checks that are counted, list all of them and write \"almeno {least} target su …\"",
    ),
};

/// The codes of this module.
pub fn codes() -> Vec<&'static Code> {
    let own: &[&Code] = &[
        &NO_TERM,
        &NOTHING_COUNTS,
        &term::TWO_TERMS,
        &term::UNREAD_TERM,
        &term::SEVERAL_EXPECTED,
        &term::TERM_DIFFERS,
        &LEAST_OF_ROWS,
    ];
    [own, several::CODES, cases::CODES].concat()
}

/// What evidence is judged by.
pub struct Judge<'a> {
    /// Working days.
    pub calendar: &'a Calendar,
    /// Open cases and steps are looked at on this day.
    pub reference: Date,
    /// The term of the cases of each table.
    pub terms: &'a [Option<Term>],
    /// `almeno N`.
    pub at_least: Option<AtLeast>,
}

/// A result and its exact score; the score is missing when nothing counts or the term is unknown.
pub struct Judged {
    /// The figures.
    pub result: EvidenceResult,
    /// Exact score.
    pub score: Option<Decimal>,
}

/// Judges the tables that prove one result, all of one kind.
pub fn judge(tables: &[&Evidence], judge: &Judge<'_>, findings: &mut Findings) -> Judged {
    let mut result = EvidenceResult {
        kind: tables.first().map_or("cases", |evidence| evidence.table.kind.id),
        sources: tables.iter().map(|evidence| source(evidence)).collect(),
        ..EvidenceResult::default()
    };
    let mut logs: Vec<cases::Log<'_>> = Vec::new();
    for (at, evidence) in tables.iter().enumerate() {
        let term = judge.terms.get(at).copied().flatten();
        match &evidence.rows {
            Rows::Cases(rows) if rows.is_empty() => {}
            Rows::Cases(rows) => logs.push(cases::Log { evidence, cases: rows, term }),
            Rows::Steps(rows) => {
                rows.iter().for_each(|step| judge_step(evidence, step, judge.reference, &mut result, findings))
            }
            Rows::Checks(rows) => rows.iter().for_each(|check| judge_check(evidence, check, &mut result, findings)),
            Rows::Coverage(rows) => {
                result.total += rows.len() as u32;
                result.met += rows.iter().filter(|item| item.done == Some(true)).count() as u32;
                not_stated(evidence, rows, findings);
            }
        }
    }
    if !logs.is_empty() {
        cases::judge(&logs, judge, &mut result, findings);
    }
    result.at_least = least(tables, judge.at_least, &result, findings);
    let known = logs.iter().all(|log| log.term.is_some());
    let score = score(&result, known);
    if let (None, Some(evidence)) = (score, tables.first()) {
        let place = Place::sheet(&evidence.table.file, &evidence.table.sheet);
        findings.push(Finding::new(if known { &NOTHING_COUNTS } else { &NO_TERM }, place));
    }
    Judged { result, score }
}

/// How many checks must be met; things of which there are more than checks are none of them.
fn least(
    tables: &[&Evidence],
    least: Option<AtLeast>,
    result: &EvidenceResult,
    findings: &mut Findings,
) -> Option<u32> {
    let checks = tables.iter().find(|evidence| matches!(evidence.rows, Rows::Checks(_)))?;
    let least = least?;
    let applies = least.of_targets || least.count <= result.total || result.total == 0;
    // Where all are met it makes no difference what is counted.
    if !least.of_targets && result.met < result.total {
        let place = Place::sheet(&checks.table.file, &checks.table.sheet);
        let finding = Finding::new(&LEAST_OF_ROWS, place).with("least", least.count.to_string());
        let finding = finding.with("rows", result.total.to_string());
        findings.push(if applies {
            let count = least.count;
            let enough = Word::Both(format!("bastano {count} raggiunte"), format!("{count} met are enough"));
            finding.with("counts", enough).at(Severity::Info)
        } else {
            let share = Text::new("contata la quota di quelle raggiunte", "the share of those met was counted");
            finding.with("counts", share)
        });
    }
    applies.then_some(least.count)
}

fn source(evidence: &Evidence) -> Source {
    Source {
        file: evidence.table.file.clone(),
        sheet: evidence.table.sheet.clone(),
        row: evidence.table.header_rows.0,
        col: evidence.table.columns.first().map_or(0, |mapped| mapped.col),
    }
}

/// Met over all, in percent; with `almeno N` over N.
fn score(result: &EvidenceResult, known: bool) -> Option<Decimal> {
    if result.total == 0 || !known {
        return None;
    }
    let met = Decimal::from(result.met);
    match result.at_least {
        Some(least) if result.met >= least => Some(Decimal::ONE_HUNDRED),
        Some(least) if least > 0 => Some(met / Decimal::from(least) * Decimal::ONE_HUNDRED),
        _ => Some(met / Decimal::from(result.total) * Decimal::ONE_HUNDRED),
    }
}

fn judge_step(evidence: &Evidence, step: &Step, reference: Date, result: &mut EvidenceResult, findings: &mut Findings) {
    if step.not_counted {
        result.left_out += 1;
        if let Some(said) = step.met {
            let counts = Text::new("la riga non conta", "the row does not count");
            findings.push(contradiction(evidence, step.row, said, "N.C.".to_owned(), counts));
        }
        return;
    }
    let on_time = match step.actual {
        Some(actual) => actual <= step.due,
        None if step.due >= reference => {
            result.left_out += 1;
            return;
        }
        None => false,
    };
    result.total += 1;
    result.met += u32::from(on_time);
    if let Some(said) = step.met.filter(|said| *said != on_time) {
        let values = match step.actual {
            Some(actual) => {
                format!("{} / {}", crate::value::date::italian(step.due), crate::value::date::italian(actual))
            }
            None => crate::value::date::italian(step.due),
        };
        let counts = Text::new("contano le date", "the dates count");
        findings.push(contradiction(evidence, step.row, said, values, counts));
    }
}

fn contradiction(evidence: &Evidence, row: u32, said: bool, values: String, counts: Text) -> Finding {
    let col = evidence.table.col("met").unwrap_or(0);
    Finding::new(&MET_DIFFERS, Place::cell(&evidence.table.file, &evidence.table.sheet, row, col))
        .with("seen", if said { "SI" } else { "NO" })
        .with("values", values)
        .with("counts", counts)
}

/// A blank beside an item counts as not done, and may have been forgotten.
fn not_stated(evidence: &Evidence, items: &[Item], findings: &mut Findings) {
    let blank = || items.iter().filter(|item| item.done.is_none());
    let Some(first) = blank().next() else { return };
    let col = evidence.table.col("done").unwrap_or(0);
    let place = |item: &Item| Place::cell(&evidence.table.file, &evidence.table.sheet, item.row, col);
    let first_item = format!("«{}»", first.item);
    let items = match blank().count() - 1 {
        0 => Word::Same(first_item),
        1 => Word::Both(format!("{first_item} e un’altra voce"), format!("{first_item} and one more")),
        more => Word::Both(format!("{first_item} e altre {more} voci"), format!("{first_item} and {more} more")),
    };
    if let Some(finding) = Finding::over(&NOT_STATED, blank().map(place)) {
        findings.push(finding.with("items", items));
    }
}

fn judge_check(evidence: &Evidence, check: &Check, result: &mut EvidenceResult, findings: &mut Findings) {
    if check.not_counted {
        result.left_out += 1;
        return;
    }
    let met = match (check.met, check.computed()) {
        (Some(said), Some(computed)) if said != computed => {
            let values = check.actual.map(|actual| number::italian(actual, 2, false)).unwrap_or_default();
            let counts = Text::new("conta il SI/NO dell’ufficio", "the office's SI/NO counts");
            findings.push(contradiction(evidence, check.row, said, values, counts));
            said
        }
        (Some(said), _) => said,
        (None, Some(computed)) => computed,
        (None, None) => {
            let col = evidence.table.col("last_year").or_else(|| evidence.table.col("actual")).unwrap_or(0);
            let place = Place::cell(&evidence.table.file, &evidence.table.sheet, check.row, col);
            let why = Text::new("manca il dato dell’anno precedente", "last year's value is missing");
            findings.push(Finding::new(&UNDECIDED, place).with("target", check.target.clone()).with("why", why));
            return;
        }
    };
    result.total += 1;
    result.met += u32::from(met);
}
