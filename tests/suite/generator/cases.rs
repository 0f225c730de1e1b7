//! Evidence: one row per case, with start and end, now and then suspended, still open, or numbered twice.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::clock;
use super::draft::{Cellmap, Draft};
use super::headers::{self, AMOUNT, CASE, DAYS, END, PARTY, START, SUSPENSION};
use super::procedures::{Proof, say};
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::Gravity;
use super::words::PARTIES;

const TRAPS: &[&str] = &[
    "impossible date",
    "end before start",
    "case twice",
    "declared days differ",
    "error cell",
    "unreadable date",
    "formula without result",
];

struct Case {
    row: usize,
    days: i64,
}

/// Draws the log of a procedure; gives also its expected result for the plan and what it proves.
pub fn draft(rng: &mut Rng, style: Style, name: &str, trapped: bool) -> (Draft, String, Proof) {
    let mut draft = Draft::new("cases", style);
    let term = *rng.pick(&[10, 15, 20, 30, 60]);
    let working = rng.chance(25);
    let labelled = working || rng.chance(40);
    draft.choices.insert("clock", if working { "working" } else { "calendar" }.to_owned());
    draft.choices.insert("term in", if labelled { "label" } else { "plan" }.to_owned());
    let expected = format!("rispetto dei tempi a {term} gg. dalla data di protocollo");
    say(rng, &mut draft, name);
    if labelled {
        let clock = match (working, rng.chance(50)) {
            (true, _) => " (giorni lavorativi)",
            (false, true) => " (giorni naturali)",
            _ => "",
        };
        draft.about.push(format!("Termine: {term} gg.{clock}"));
    }
    draft.column("case", *rng.pick(CASE));
    draft.column("start", *rng.pick(START));
    if rng.chance(70) {
        draft.column("party", *rng.pick(PARTY));
    }
    if rng.chance(50) {
        draft.column("amount", *rng.pick(AMOUNT));
    }
    if !working && rng.chance(50) {
        draft.column("suspension", *rng.pick(SUSPENSION));
    }
    draft.column("end", *rng.pick(END));
    let drawn = *rng.pick(TRAPS);
    let trap = if trapped { possible(drawn, draft.style.medium) } else { "" };
    if trap == "declared days differ" || rng.chance(50) {
        draft.column("days", *rng.pick(DAYS));
    }
    headers::disfigure(rng, &mut draft);

    let (proof, closed) = rows(rng, &mut draft, term, working);
    if !trap.is_empty() {
        plant(rng, &mut draft, trap, &closed);
    }
    let spoiled = !matches!(trap, "" | "declared days differ");
    proof.record(&mut draft, name, spoiled);
    (draft, expected, proof)
}

/// Draws the log that proves a standard of the charter; gives also the mean of its days.
pub fn of_a_standard(rng: &mut Rng, style: Style, process: &str) -> (Draft, Decimal) {
    let mut draft = Draft::new("cases", style);
    let label = *rng.pick(&["Standard:", "STANDARD:"]);
    draft.about.push(format!("{label} {process}"));
    draft.about.push(format!("Registro delle pratiche anno {}", draft.style.year));
    draft.column("case", *rng.pick(CASE));
    draft.column("start", *rng.pick(START));
    draft.column("end", *rng.pick(END));
    headers::disfigure(rng, &mut draft);
    let (proof, _) = rows(rng, &mut draft, 20, false);
    (draft, proof.mean_days.expect("closed cases have a mean"))
}

fn possible(trap: &'static str, medium: Medium) -> &'static str {
    match (trap, medium) {
        ("formula without result", Medium::Csv | Medium::Xls | Medium::Xlsb) => "end before start",
        ("error cell", Medium::Csv) => "unreadable date",
        _ => trap,
    }
}

fn rows(rng: &mut Rng, draft: &mut Draft, term: i64, working: bool) -> (Proof, Vec<Case>) {
    let year = draft.style.year as i16;
    let last = date(year, 12, 31);
    let count = rng.range(8, 40);
    let first = rng.range(100, 5000);
    let numbering = rng.below(3);
    let (mut closed, mut met, mut open_late, mut open) = (Vec::new(), 0, 0, 0);
    for at in 0..count {
        let number = first + at;
        let id = match numbering {
            0 => Cell::text(format!("{number}/{year}")),
            1 => draft.style.number(rng, Decimal::from(number)),
            _ => Cell::text(format!("PRAT-{number:05}")),
        };
        let suspended = if draft.has("suspension") && rng.chance(15) { rng.range(1, 10) } else { 0 };
        let mut cells = Cellmap::from([("case".to_owned(), id)]);
        cells.insert("party".to_owned(), Cell::text(*rng.pick(PARTIES)));
        let cents = Decimal::new(rng.range(1_000, 9_000_000), 2);
        let amount = draft.style.amount(rng, cents);
        cells.insert("amount".to_owned(), amount);
        if suspended > 0 {
            cells.insert("suspension".to_owned(), draft.style.number(rng, Decimal::from(suspended)));
        }
        let late_start = |back: i64| clock::plus(last, -back);
        match rng.below(14) {
            // Open, and its term ran out long ago or will not for long: nothing hangs on the last day of the year.
            0 => {
                let start = late_start(term * 2 + suspended + rng.range(12, 40));
                cells.insert("start".to_owned(), draft.style.date(rng, start));
                draft.record(cells);
                open_late += 1;
            }
            1 => {
                let start = late_start(rng.range(0, term / 3));
                cells.insert("start".to_owned(), draft.style.date(rng, start));
                draft.record(cells);
                open += 1;
            }
            _ => {
                let (start, end) = closed_dates(rng, year, term);
                let days = if working { clock::working(start, end) } else { clock::calendar(start, end) } - suspended;
                let suspended_too_long = days < 0;
                let days = if suspended_too_long { days + suspended } else { days };
                if suspended_too_long {
                    cells.remove("suspension");
                }
                cells.insert("start".to_owned(), draft.style.date(rng, start));
                cells.insert("end".to_owned(), draft.style.date(rng, end));
                cells.insert("days".to_owned(), draft.style.number(rng, Decimal::from(days)));
                let row = draft.record(cells);
                met += i64::from(days <= term);
                closed.push(Case { row, days });
            }
        }
    }
    let total = closed.len() as i64 + open_late;
    let sum: i64 = closed.iter().map(|case| case.days).sum();
    let mean = Decimal::from(sum) / Decimal::from(closed.len() as i64);
    let proof = Proof { kind: "cases", total, met, left_out: Some(open), mean_days: Some(mean), enough: None };
    (proof, closed)
}

fn closed_dates(rng: &mut Rng, year: i16, term: i64) -> (Date, Date) {
    let last = date(year, 12, 31);
    loop {
        let start = clock::plus(date(year, 1, 2), rng.range(0, 330));
        let long = if rng.chance(15) { rng.range(term, term * 2) } else { rng.range(0, term) };
        let end = clock::plus(start, long);
        if end <= last {
            return (start, end);
        }
    }
}

fn plant(rng: &mut Rng, draft: &mut Draft, trap: &'static str, closed: &[Case]) {
    let case = rng.pick(closed);
    let row = case.row;
    match trap {
        "impossible date" => {
            let year = draft.style.year;
            let text = rng.pick(&["31/02/", "30/02/", "31/06/", "45/03/", "12/13/"]).to_string();
            draft.set(row, "end", Cell::text(format!("{text}{year}")));
            draft.need(trap, row, &["end"], Gravity::Warning);
        }
        "unreadable date" => {
            draft.set(row, "end", Cell::text(*rng.pick(&["da definire", "vedi prot.", "marzo?", "??/04"])));
            draft.need(trap, row, &["end"], Gravity::Warning);
        }
        "end before start" => {
            let year = draft.style.year as i16;
            let (start, end) = (date(year, 9, 20), date(year, 5, 14));
            let (start, end) = (draft.style.date(rng, start), draft.style.date(rng, end));
            draft.set(row, "start", start);
            draft.set(row, "end", end);
            draft.need(trap, row, &["start", "end"], Gravity::Warning);
        }
        "case twice" => {
            let other = closed.iter().find(|other| other.row != row).expect("a second case");
            let cells = |draft: &Draft, row: usize| match &draft.rows[row] {
                super::draft::Row::Record(cells) => cells["case"].clone(),
                _ => unreachable!("a record"),
            };
            let id = cells(draft, row);
            draft.set(other.row, "case", id);
            let spots = BTreeSet::from([row, other.row]);
            let spots = spots.into_iter().map(|row| super::draft::spot(row, "case")).collect();
            draft.needs.push(super::draft::DraftNeed { trap, spots, gravity: Gravity::Warning });
        }
        "declared days differ" => {
            let cell = draft.style.number(rng, Decimal::from(case.days + 7));
            draft.set(row, "days", cell);
            draft.need(trap, row, &["days"], Gravity::Warning);
        }
        "error cell" => {
            draft.set(row, "start", Cell::new(Value::Error("#REF!".to_owned())));
            draft.need(trap, row, &["start"], Gravity::Warning);
        }
        _ => {
            draft.set(row, "end", Cell::new(Value::Formula { text: "TODAY()-Z1".to_owned(), stored: None }));
            draft.need("formula without result", row, &["end"], Gravity::Warning);
        }
    }
}
