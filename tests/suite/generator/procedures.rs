//! The plan of procedures, and one evidence sheet for each of them.

use rust_decimal::Decimal;

use crate::harness::grid::Cell;

use super::draft::{Draft, DraftRecord, Spot, cells};
use super::headers::{self, COORDINATOR, EXPECTED, NUMBER, OUTCOME, PROCEDURE, SOURCE};
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::{Gravity, Key, Want};
use super::words::{CASE_PROCEDURES, CHECK_PROCEDURES, COVERAGE_PROCEDURES, OFFICES, PEOPLE, STEP_PROCEDURES};
use super::{cases, checks, coverage, steps};

/// What an evidence sheet proves.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Kind of evidence as the JSON names it.
    pub kind: &'static str,
    /// Records counted.
    pub total: i64,
    /// Records that met.
    pub met: i64,
    /// Records left out, where the kind has them.
    pub left_out: Option<i64>,
    /// Mean days, where the kind has them.
    pub mean_days: Option<Decimal>,
    /// The least number that is enough.
    pub enough: Option<i64>,
}

impl Proof {
    /// The score.
    pub fn score(&self) -> Decimal {
        let (met, total) = (Decimal::from(self.met), Decimal::from(self.total));
        match self.enough {
            Some(enough) if self.met >= enough => Decimal::ONE_HUNDRED,
            Some(enough) => met / Decimal::from(enough) * Decimal::ONE_HUNDRED,
            None => met / total * Decimal::ONE_HUNDRED,
        }
    }

    /// Adds the record that the whole sheet proves.
    pub fn record(&self, draft: &mut Draft, name: &str, trapped: bool) {
        let whole: Vec<Spot> = vec![(None, None)];
        let number = |value: i64| Want::Number(Decimal::from(value));
        let mut wants = vec![
            ("evidence/kind", Want::Text(self.kind.to_owned()), whole.clone()),
            ("evidence/total", number(self.total), whole.clone()),
            ("evidence/met", number(self.met), whole.clone()),
            ("score", Want::Number(self.score()), whole.clone()),
        ];
        if let Some(left_out) = self.left_out {
            wants.push(("evidence/left_out", number(left_out), whole.clone()));
        }
        if let Some(mean) = self.mean_days {
            wants.push(("evidence/mean_days", Want::Number(mean), whole.clone()));
        }
        if trapped {
            for (field, want, _) in &mut wants {
                if *field != "evidence/kind" {
                    *want = Want::Flag;
                }
            }
        }
        let key = Key::Procedure { name: name.to_owned() };
        draft.records.push(DraftRecord { row: None, key, wants, trapped });
    }
}

/// How a sheet says what it proves.
pub fn say(rng: &mut Rng, draft: &mut Draft, name: &str) {
    let year = draft.style.year;
    let place = match *rng.pick(&["label", "title", "label", "file name", "sheet name"]) {
        // A text file has no sheet of its own name.
        "sheet name" if draft.style.medium == Medium::Csv => "file name",
        place => place,
    };
    draft.choices.insert("proves in", place.to_owned());
    match place {
        "label" => {
            let label = *rng.pick(&["Procedimento:", "Procedura:", "PROCEDIMENTO:"]);
            draft.about.push(format!("{label} {name}"));
            draft.about.push(format!("Monitoraggio anno {year}"));
        }
        "title" => draft.about.push(format!("{name} - anno {year}")),
        "file name" => {
            draft.file_name = Some(format!("{name} {year}"));
            draft.alone = true;
            draft.about.push(format!("Monitoraggio anno {year}"));
        }
        _ => {
            draft.sheet_name = Some(name.chars().take(31).collect());
            draft.about.push(format!("Monitoraggio anno {year}"));
        }
    }
}

/// Draws the plan and its evidence sheets.
pub fn drafts(rng: &mut Rng, style: &mut dyn FnMut(&mut Rng) -> Style, trapped: bool) -> Vec<Draft> {
    let mut list: Vec<(&str, &'static str)> = Vec::new();
    let pools = [
        (CASE_PROCEDURES, "cases"),
        (STEP_PROCEDURES, "steps"),
        (CHECK_PROCEDURES, "checks"),
        (COVERAGE_PROCEDURES, "coverage"),
    ];
    for (pool, kind) in pools {
        let start = rng.below(pool.len());
        let count = if kind == "cases" { 2 } else { 1 };
        list.extend((0..count).map(|at| (pool[(start + at) % pool.len()], kind)));
    }
    rng.shuffle(&mut list);
    let lonely = trapped.then(|| rng.below(list.len()));
    let declared = rng.chance(40);

    let mut plan = Draft::new("procedures", style(rng));
    let year = plan.style.year;
    plan.about.push(format!("ELENCO DEI PROCEDIMENTI DA MONITORARE - ANNO {year}"));
    plan.column("number", *rng.pick(NUMBER));
    plan.column("name", *rng.pick(PROCEDURE));
    plan.column("coordinator", *rng.pick(COORDINATOR));
    plan.column("expected", *rng.pick(EXPECTED));
    plan.column("source", *rng.pick(SOURCE));
    if declared {
        plan.column("result", *rng.pick(OUTCOME));
    }
    headers::disfigure(rng, &mut plan);
    let mut all = Vec::new();
    for (at, (name, kind)) in list.iter().enumerate() {
        let missing = lonely == Some(at);
        let mut sheet = style(rng);
        if *kind == "checks" && sheet.medium == Medium::Csv {
            sheet.medium = Medium::Xlsx;
        }
        let trap = trapped && rng.chance(40);
        let (draft, expected, proof) = match *kind {
            "cases" => cases::draft(rng, sheet, name, trap),
            "steps" => steps::draft(rng, sheet, name, trap),
            "checks" => checks::draft(rng, sheet, name, trap),
            _ => coverage::draft(rng, sheet, name, trap),
        };
        let clean = draft.records.iter().all(|record| !record.trapped);
        if !missing {
            all.push(draft);
        }
        planned(rng, &mut plan, at, name, &expected, &proof, missing, declared && clean);
    }
    plan.choices.insert("plan declares", declared.to_string());
    all.push(plan);
    all
}

#[expect(clippy::too_many_arguments, reason = "one row of the plan, from all that is known of its procedure")]
fn planned(
    rng: &mut Rng,
    plan: &mut Draft,
    at: usize,
    name: &str,
    expected: &str,
    proof: &Proof,
    missing: bool,
    declared: bool,
) {
    let coordinator = *rng.pick(PEOPLE);
    let control = if rng.chance(50) { "Monitoraggio rispetto tempi\nRisultato atteso: " } else { "" };
    let number = Decimal::from(at as i64 + 1);
    let shown = if rng.chance(25) { format!("{name}\nTRASVERSALE") } else { name.to_owned() };
    let mut row = cells([
        ("number", plan.style.number(rng, number)),
        ("name", Cell::text(shown)),
        ("coordinator", Cell::text(coordinator)),
        ("expected", Cell::text(format!("{control}{expected}"))),
        ("source", Cell::text(*rng.pick(OFFICES))),
    ]);
    let differs = declared && !missing && rng.chance(20);
    if declared && !missing {
        let score = if differs { Decimal::from(33) } else { proof.score() };
        row.insert("result".to_owned(), plan.style.percent(rng, score));
    }
    let row = plan.record(row);
    let whole: Vec<Spot> = vec![(Some(row), None)];
    let mut wants = vec![
        ("number", Want::Text(number.to_string()), whole.clone()),
        ("name", Want::Holds(name.to_owned()), whole.clone()),
        ("coordinator", Want::Text(coordinator.to_owned()), whole.clone()),
    ];
    if missing {
        wants.push(("score", Want::Null, whole));
        plan.missing.push(("procedure", name.to_owned()));
    }
    if differs {
        plan.need("declared result differs from evidence", row, &["result"], Gravity::Warning);
    }
    let key = Key::Procedure { name: name.to_owned() };
    plan.records.push(DraftRecord { row: Some(row), key, wants, trapped: missing });
}
