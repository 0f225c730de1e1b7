//! Standards: measured against planned, deviation, score; the totals of Allegato 1.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Charter, CharterRow, Rule, Source, Status};
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::charter::{DeclaredTotal, Record};
use crate::kinds::reader::{Origin, Read};
use crate::parse::across::Joined;
use crate::parse::totals::{self, Compared};
use crate::place::Place;
use crate::settings::{Respect, Settings};
use crate::value::duration::{Measure, Span, Unit};
use crate::value::number;

/// Values that cannot be compared: the declared result stands in.
pub static DECLARED_COUNTS: Code = Code {
    id: "P001",
    slug: "declared-result-counts",
    severity: Severity::Warning,
    message: Text::new(
        "{planned} e {measured} non si possono confrontare: conta il risultato dichiarato, {declared}",
        "{planned} and {measured} cannot be compared: the declared result counts, {declared}",
    ),
    help: Text::new(
        "scrivere valore programmato e rilevato nella stessa unità (25 gg.)",
        "write planned and measured values in the same unit (25 gg.)",
    ),
};

/// Values that cannot be compared, and no declared result.
pub static ROW_INCOMPLETE: Code = Code {
    id: "P002",
    slug: "row-incomplete",
    severity: Severity::Error,
    message: Text::new(
        "lo standard non si può valutare: programmato {planned}, rilevato {measured}, nessun risultato dichiarato",
        "the standard cannot be scored: planned {planned}, measured {measured}, no declared result",
    ),
    help: Text::new(
        "scrivere il valore rilevato, oppure N.C. se non ci sono stati casi",
        "write the measured value, or N.C. when there were no cases",
    ),
};

/// A declared result that is not the computed one.
pub static DECLARED_DIFFERS: Code = Code {
    id: "P003",
    slug: "declared-result-differs",
    severity: Severity::Warning,
    message: Text::new(
        "risultato dichiarato {declared}, dai valori risulta {computed}: conta quello calcolato",
        "declared result {declared}, the values give {computed}: the computed one counts",
    ),
    help: Text::new(
        "controllare i valori della riga e correggere il risultato",
        "check the row's values and mend the result",
    ),
};

/// A deviation that nobody explains.
pub static NO_REASON: Code = Code {
    id: "P004",
    slug: "deviation-without-reason",
    severity: Severity::Warning,
    message: Text::new(
        "scostamento del {deviation}% senza motivazione nelle note",
        "deviation of {deviation}% without a reason in the notes",
    ),
    help: Text::new(
        "scrivere nelle note il motivo dello scostamento",
        "write the reason of the deviation in the notes",
    ),
};

/// Different units or clocks, compared as they are.
pub static DIFFERENT_CLOCKS: Code = Code {
    id: "P005",
    slug: "different-clocks",
    severity: Severity::Warning,
    message: Text::new(
        "{planned} e {measured} hanno unità diverse: {why}",
        "{planned} and {measured} have different units: {why}",
    ),
    help: Text::new("usare la stessa unità per programmato e rilevato", "use the same unit for planned and measured"),
};

/// Not counted, yet with a result; or the other way round.
pub static NOT_COUNTED_CONTRADICTED: Code = Code {
    id: "P006",
    slug: "not-counted-contradicted",
    severity: Severity::Warning,
    message: Text::new(
        "rilevato {measured} ma risultato {declared}: {counts}",
        "measured {measured} but result {declared}: {counts}",
    ),
    help: Text::new(
        "scrivere N.C. in entrambe le celle, o il valore in entrambe",
        "write N.C. in both cells, or a value in both",
    ),
};

/// A share beside a plain fraction.
pub static SHARE_SCALE: Code = Code {
    id: "P007",
    slug: "share-scale",
    severity: Severity::Error,
    message: Text::new(
        "programmato {planned} e rilevato {measured}: frazione o percentuale?",
        "planned {planned} and measured {measured}: a fraction or a percentage?",
    ),
    help: Text::new(
        "scrivere il rilevato con il segno di percentuale: 95%",
        "write the measured value with a percent sign: 95%",
    ),
};

/// Somebody left a reminder in the notes.
pub static REMINDER: Code = Code {
    id: "C030",
    slug: "reminder-left",
    severity: Severity::Warning,
    message: Text::new("nota lasciata come promemoria: «{seen}»", "a reminder was left in the notes: \"{seen}\""),
    help: Text::new(
        "verificare il valore e togliere la nota prima di pubblicare",
        "check the value and remove the note before publishing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &DECLARED_COUNTS,
    &ROW_INCOMPLETE,
    &DECLARED_DIFFERS,
    &NO_REASON,
    &DIFFERENT_CLOCKS,
    &NOT_COUNTED_CONTRADICTED,
    &SHARE_SCALE,
    &REMINDER,
];

/// What comparing measured with planned gave.
struct Outcome {
    score: Decimal,
    deviation: Option<Decimal>,
    rule: Rule,
}

/// Scores all standards and adds them up. `evidence` gives the measured mean of standards that evidence proves.
pub fn score(rows: Vec<Joined<Record>>, settings: &Settings, findings: &mut Findings) -> Charter {
    let mut scored: Vec<CharterRow> = rows.into_iter().map(|row| score_row(row, settings.respect, findings)).collect();
    scored.sort_by_cached_key(|row| code_key(&row.code));
    let mut charter = Charter { rows: scored, ..Charter::default() };
    let mut deviations: Vec<Decimal> = Vec::new();
    for row in &charter.rows {
        match (row.status, row.score) {
            (Status::Counted, Some(score)) => {
                charter.counted += 1;
                charter.total = charter.total.saturating_add(score);
                deviations.extend(row.deviation_percent);
            }
            (Status::NotCounted, _) => charter.not_counted += 1,
            _ => charter.incomplete += 1,
        }
    }
    charter.percent = mean_of(charter.total, charter.counted as usize);
    charter.mean_deviation_percent = mean_of(deviations.iter().copied().sum(), deviations.len());
    charter
}

/// Compares the totals and means that sheets declare with the exact scores of their rows.
pub fn compare_totals(charter: &Charter, declared: &[DeclaredTotal], findings: &mut Findings) {
    let mut scores: HashMap<(&str, &str, u32), Decimal> = HashMap::new();
    for row in charter.rows.iter().filter(|row| row.status == Status::Counted) {
        for source in &row.sources {
            scores.extend(row.score.map(|score| ((&*source.file, &*source.sheet, source.row), score)));
        }
    }
    for total in declared {
        let mut candidates = Vec::new();
        for rows in &total.rows {
            let of_rows: Vec<Decimal> = rows
                .iter()
                .filter_map(|row| scores.get(&(&*total.table.file, &*total.table.sheet, *row)))
                .copied()
                .collect();
            let sum: Decimal = of_rows.iter().copied().sum();
            candidates.extend(mean_of(sum, of_rows.len()));
            candidates.extend((!total.mean_only && !of_rows.is_empty()).then_some(sum));
        }
        let (code, computed) = match totals::judge(total.value, total.decimals, &candidates, Decimal::ZERO) {
            Compared::Right => continue,
            Compared::Cut(computed) => (&totals::TOTAL_CUT, computed),
            Compared::Wrong(computed) => (&totals::TOTAL_DIFFERS, computed),
        };
        let place = Place::cell(&total.table.file, &total.table.sheet, total.row, total.col);
        let finding =
            Finding::new(code, place).with("label", total.label.clone()).with("declared", total.shown.clone());
        findings.push(finding.with("computed", shown(computed)));
    }
}

/// Exact sum over count; none over nothing.
pub fn mean_of(sum: Decimal, count: usize) -> Option<Decimal> {
    (count > 0).then(|| sum / Decimal::from(count))
}

/// `3.10` after `3.9`: codes in the order of their numbers, rows without one last.
fn code_key(code: &str) -> (bool, Vec<(u32, String)>) {
    let parts = code.split('.').map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse().unwrap_or(u32::MAX), part.to_owned())
    });
    (code.is_empty(), parts.collect())
}

fn score_row(row: Joined<Record>, respect: Respect, findings: &mut Findings) -> CharterRow {
    let record = &row.record;
    let mut scored = CharterRow {
        code: record.code.clone(),
        section: record.section.clone(),
        process: record.process.clone(),
        office: record.office.clone(),
        indicator: record.indicator.clone(),
        planned: record.planned_text.clone(),
        measured: record.measured_text.clone(),
        planned_days: days(&record.planned),
        measured_days: days(&record.measured),
        declared: record.declared.value().copied(),
        to_check: row.to_check,
        notes: record.notes.clone(),
        sources: sources(&row.origins, "measured"),
        ..CharterRow::default()
    };
    outcome(record, respect, &mut scored, findings);
    reminder(record, findings);
    scored
}

fn outcome(record: &Record, respect: Respect, scored: &mut CharterRow, findings: &mut Findings) {
    let place = |id: &str| record.origin.place(id);
    let finding = |code, id: &str| {
        Finding::new(code, place(id))
            .with("planned", quoted(&record.planned_text))
            .with("measured", quoted(&record.measured_text))
    };
    let not_counted = match (&record.measured, &record.declared) {
        (Read::NotCounted(_), declared) => {
            if let Read::Value(declared) = declared {
                let counts = Text::new("conta N.C.", "N.C. counts");
                findings.push(
                    finding(&NOT_COUNTED_CONTRADICTED, "declared")
                        .with("declared", shown(*declared))
                        .with("counts", counts),
                );
            }
            true
        }
        (Read::Empty, Read::NotCounted(_)) => true,
        _ => false,
    };
    if not_counted {
        (scored.status, scored.rule) = (Status::NotCounted, Rule::NotCounted);
        return;
    }
    if let (Read::Value(planned), Read::Value(measured)) = (&record.planned, &record.measured) {
        let told = findings.len();
        if let Some(compared) = compare(planned, measured, respect, &finding, findings) {
            (scored.score, scored.deviation_percent) = (Some(compared.score), compared.deviation);
            (scored.status, scored.rule) = (Status::Counted, compared.rule);
            after_comparison(record, scored, &finding, findings);
            return;
        }
        if findings.len() > told && !matches!(record.declared, Read::Value(_)) {
            (scored.status, scored.rule) = (Status::Incomplete, Rule::None);
            return;
        }
    }
    match &record.declared {
        Read::Value(declared) => {
            findings.push(finding(&DECLARED_COUNTS, "measured").with("declared", shown(*declared)));
            (scored.score, scored.status, scored.rule) = (Some(*declared), Status::Counted, Rule::Declared);
        }
        Read::NotCounted(_) => {
            findings.push(
                finding(&NOT_COUNTED_CONTRADICTED, "measured")
                    .with("declared", "N.C.")
                    .with("counts", Text::new("conta N.C.", "N.C. counts")),
            );
            (scored.status, scored.rule) = (Status::NotCounted, Rule::NotCounted);
        }
        _ => {
            // A cell that could not be read has said so already.
            if !matches!(record.planned, Read::Unread) && !matches!(record.measured, Read::Unread) {
                let at = if matches!(record.planned, Read::Empty) && !matches!(record.measured, Read::Empty) {
                    "planned"
                } else {
                    "measured"
                };
                findings.push(finding(&ROW_INCOMPLETE, at));
            }
            (scored.status, scored.rule) = (Status::Incomplete, Rule::None);
        }
    }
}

fn after_comparison(
    record: &Record,
    scored: &CharterRow,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) {
    let score = scored.score.unwrap_or_default();
    match &record.declared {
        Read::Value(declared) if (declared - score).abs() > Decimal::new(1, 2) => {
            findings.push(
                finding(&DECLARED_DIFFERS, "declared")
                    .with("declared", shown(*declared))
                    .with("computed", shown(score)),
            );
        }
        Read::NotCounted(_) => {
            let counts = Text::new("conta il valore rilevato", "the measured value counts");
            findings
                .push(finding(&NOT_COUNTED_CONTRADICTED, "declared").with("declared", "N.C.").with("counts", counts));
        }
        _ => {}
    }
    if score < Decimal::ONE_HUNDRED
        && record.notes.is_empty()
        && let Some(deviation) = scored.deviation_percent.filter(|deviation| !deviation.is_zero())
    {
        findings.push(finding(&NO_REASON, "measured").with("deviation", shown(deviation)));
    }
}

/// A value between its marks, or that there is none.
fn quoted(text: &str) -> Word {
    if text.is_empty() { Word::Text(Text::new("vuoto", "empty")) } else { Word::Same(format!("«{text}»")) }
}

fn shown(value: Decimal) -> String {
    number::italian(number::round2(value), 2, false)
}

fn days(read: &Read<Measure>) -> Option<Decimal> {
    match read {
        Read::Value(Measure::Span(span)) => Some(span.days()),
        _ => None,
    }
}

fn compare(
    planned: &Measure,
    measured: &Measure,
    respect: Respect,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> Option<Outcome> {
    use Measure::{Always, Beyond, Share, Within};
    let stated = |score| {
        Some(Outcome { score, deviation: (score == Decimal::ONE_HUNDRED).then_some(Decimal::ZERO), rule: Rule::Stated })
    };
    match (planned, measured) {
        (_, Beyond) => stated(Decimal::ZERO),
        (_, Within) | (Always, Always) => stated(Decimal::ONE_HUNDRED),
        (Share(planned), Share(measured)) => Some(score_share(*planned, *measured, respect)),
        (Share(planned), Measure::Span(span)) if !span.stated => {
            plain_share(*planned, span.amount, span.amount, finding, findings)
                .then(|| score_share(*planned, span.amount, respect))
        }
        (Measure::Span(span), Share(measured)) if !span.stated => {
            plain_share(span.amount, *measured, span.amount, finding, findings)
                .then(|| score_share(span.amount, *measured, respect))
        }
        (Measure::Span(planned), Measure::Span(measured)) => {
            let (planned, measured) = common_clock(planned, measured, finding, findings);
            Some(score_time(planned, measured, respect))
        }
        _ => None,
    }
}

/// Whether a plain number beside a share can be percent points; a fraction beside whole percents is refused, and said.
fn plain_share(
    planned: Decimal,
    measured: Decimal,
    plain: Decimal,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> bool {
    let fraction = plain <= Decimal::ONE && planned.max(measured) > Decimal::ONE && !plain.is_zero();
    if fraction {
        findings.push(finding(&SHARE_SCALE, "measured"));
    }
    !fraction
}

/// Both amounts in one unit: hours when both are hours, else days; what does not match is said.
fn common_clock(
    planned: &Span,
    measured: &Span,
    finding: &dyn Fn(&'static Code, &str) -> Finding,
    findings: &mut Findings,
) -> (Decimal, Decimal) {
    let nothing = planned.amount.is_zero() || measured.amount.is_zero();
    if planned.unit == measured.unit {
        if !nothing && matches!((planned.working, measured.working), (Some(a), Some(b)) if a != b) {
            let why = Text::new(
                "giorni lavorativi e giorni naturali, confrontati così come sono",
                "working days and calendar days, compared as they are",
            );
            findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
        }
        return (planned.amount, measured.amount);
    }
    let days = if planned.unit == Unit::Days { planned } else { measured };
    if !nothing && days.working == Some(true) {
        let why = Text::new(
            "ore e giorni lavorativi, confrontati contando 24 ore per giorno",
            "hours and working days, compared at 24 hours a day",
        );
        findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
    } else if !nothing {
        let why = Text::new(
            "ore e giorni, confrontati contando 24 ore per giorno",
            "hours and days, compared at 24 hours a day",
        );
        findings.push(finding(&DIFFERENT_CLOCKS, "measured").with("why", why));
    }
    (planned.days(), measured.days())
}

/// Less is better.
fn score_time(planned: Decimal, measured: Decimal, respect: Respect) -> Outcome {
    if measured <= planned {
        return Outcome { score: Decimal::ONE_HUNDRED, deviation: Some(Decimal::ZERO), rule: Rule::WithinStandard };
    }
    if planned.is_zero() {
        return Outcome { score: Decimal::ZERO, deviation: None, rule: beyond(respect) };
    }
    let deviation = (measured - planned) / planned * Decimal::ONE_HUNDRED;
    let score = match respect {
        Respect::Linear => (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO),
        Respect::Binary => Decimal::ZERO,
        Respect::Ratio => planned / measured * Decimal::ONE_HUNDRED,
    };
    Outcome { score, deviation: Some(deviation), rule: beyond(respect) }
}

/// More is better.
fn score_share(planned: Decimal, measured: Decimal, respect: Respect) -> Outcome {
    if measured >= planned || planned.is_zero() {
        return Outcome { score: Decimal::ONE_HUNDRED, deviation: Some(Decimal::ZERO), rule: Rule::WithinStandard };
    }
    let deviation = (planned - measured) / planned * Decimal::ONE_HUNDRED;
    let score = match respect {
        Respect::Linear => (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO),
        Respect::Binary => Decimal::ZERO,
        Respect::Ratio => measured / planned * Decimal::ONE_HUNDRED,
    };
    Outcome { score, deviation: Some(deviation), rule: beyond(respect) }
}

fn beyond(respect: Respect) -> Rule {
    match respect {
        Respect::Linear => Rule::Linear,
        Respect::Binary => Rule::Binary,
        Respect::Ratio => Rule::Ratio,
    }
}

/// `da verificare in ufficio..`: a note to oneself that would be published.
fn reminder(record: &Record, findings: &mut Findings) {
    let folded = crate::value::fold::fold(&record.notes);
    let marks = [
        "da verificare",
        "da controllare",
        "da confermare",
        "da completare",
        "verificare con",
        "chiedere a",
        "da rivedere",
        "provvisorio",
        "???",
        "da aggiornare",
        "in attesa di",
    ];
    if marks.iter().any(|mark| folded.contains(mark)) {
        findings.push(Finding::new(&REMINDER, record.origin.place("notes")).with("seen", record.notes.clone()));
    }
}

/// Where a record stands, the column that counts most named.
pub fn sources(origins: &[Origin], column: &str) -> Vec<Source> {
    origins
        .iter()
        .map(|origin| {
            let place = origin.place(column);
            Source {
                file: origin.table.file.clone(),
                sheet: origin.table.sheet.clone(),
                row: origin.row,
                col: place.cell.map_or(0, |cell| cell.col),
            }
        })
        .collect()
}
