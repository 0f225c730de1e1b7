//! Sheets of the charter of services: standards with planned and measured value, by one office each.

use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::charter_values::{Clock, Standard, standard};
use super::draft::{Cellmap, Draft, DraftRecord, Row, cells, spot};
use super::headers::{self, CODE, DECLARED, INDICATOR, MEASURED, NOTES, OFFICE, PLANNED, PROCESS};
use super::random::Rng;
use super::spell::{Medium, Percents, Style};
use super::truth::{Gravity, Key, Want};
use super::words::{INDICATORS, SECTIONS};

/// A service that an office answers for: index of its section, its name.
pub type Service = (usize, &'static str);

/// Traps of a charter sheet.
const TRAPS: &[&str] = &[
    "error cell",
    "formula without result",
    "stored zero",
    "unreadable text",
    "declared differs",
    "fractions without format",
    "mixed scale",
    "total wrong",
    "total truncated",
];

/// Draws the sheet of an office.
pub fn draft(rng: &mut Rng, style: Style, office: &str, services: &[Service], trapped: bool) -> Draft {
    let year = style.year;
    let mut draft = Draft::new("charter", style);
    let trap = if trapped { *rng.pick(TRAPS) } else { "" };
    let trap = allowed(trap, draft.style.medium);
    if trap == "mixed scale" || trap == "fractions without format" {
        draft.style.percents = Percents::Plain;
    }
    let clock = *rng.pick(&[Clock::Unnamed, Clock::Days, Clock::Working, Clock::Unnamed, Clock::Hours]);
    draft.choices.insert("clock", format!("{clock:?}"));
    about(rng, &mut draft, office);
    columns(rng, &mut draft, clock, !trap.is_empty());
    headers::disfigure(rng, &mut draft);

    let sections = rng.below(4);
    draft.choices.insert("section rows", ["none", "none", "plain", "with code"][sections].to_owned());
    let in_title = draft.choices["office in"].clone();
    let (mut last, mut sum, mut counted) = (usize::MAX, Decimal::ZERO, Decimal::ZERO);
    let victim = rng.below(services.len());
    let mut seen = Vec::new();
    for (at, (section, process)) in services.iter().enumerate() {
        let (code, title) = SECTIONS[*section];
        if sections > 1 && last != *section {
            draft.rows.push(Row::Section(if sections == 3 { format!("{code} {title}") } else { title.to_owned() }));
        }
        last = *section;
        let standard = standard(
            rng,
            &draft.style,
            clock,
            (at == victim && !trap.is_empty()) || trap == "fractions without format",
        );
        let row = record(rng, &mut draft, office, code, process, &standard);
        if let Some(score) = standard.score {
            sum += score;
            counted += Decimal::ONE;
        }
        let mut wants = wants(&standard, row, code, process);
        if sections > 1 {
            wants.push(("section", Want::Holds(title.to_owned()), vec![(Some(row), None)]));
        }
        if in_title != "nowhere" {
            wants.push(("office", Want::Holds(office.to_owned()), vec![(Some(row), None)]));
        }
        let key = Key::Charter { process: (*process).to_owned() };
        draft.records.push(DraftRecord { row: Some(row), key, wants, trapped: false });
        seen.push((row, standard));
    }
    plant(rng, &mut draft, trap, &seen, victim);
    totals(rng, &mut draft, trap, sum, counted);
    draft.label_role = "process";
    draft.choices.insert("year", year.to_string());
    draft
}

fn allowed(trap: &'static str, medium: Medium) -> &'static str {
    match (trap, medium) {
        ("formula without result", Medium::Csv | Medium::Xls | Medium::Xlsb) => "error cell",
        ("stored zero", medium) if medium != Medium::Xlsx => "unreadable text",
        ("fractions without format" | "mixed scale", Medium::Csv) => "declared differs",
        _ => trap,
    }
}

/// Title, label, and where the office is named.
fn about(rng: &mut Rng, draft: &mut Draft, office: &str) {
    let year = draft.style.year;
    let place = *rng.pick(&["column", "label", "title", "file name"]);
    draft.choices.insert("office in", place.to_owned());
    let title = *rng.pick(&[
        "MONITORAGGIO STANDARD DI QUALITÀ - CARTA DEI SERVIZI {year}",
        "Carta dei servizi - rilevazione degli standard anno {year}",
        "Rilevazione standard carta dei servizi {year}",
    ]);
    let title = title.replace("{year}", &year.to_string());
    match place {
        "title" => draft.about.push(format!("Ufficio {office} - {title}")),
        "label" => {
            draft.about.push(title);
            let label = *rng.pick(&["Ufficio:", "Unità organizzativa:", "UFFICIO:", "U.O.:"]);
            draft.about.push(format!("{label} {office}"));
        }
        "file name" => {
            draft.about.push(title);
            draft.file_name = Some(format!("{office} - carta servizi {year}"));
            draft.alone = true;
        }
        _ => draft.about.push(title),
    }
}

fn columns(rng: &mut Rng, draft: &mut Draft, clock: Clock, trapped: bool) {
    let year = draft.style.year;
    draft.column("code", *rng.pick(CODE));
    draft.column("process", *rng.pick(PROCESS));
    if draft.choices["office in"] == "column" {
        draft.column("office", *rng.pick(OFFICE));
    }
    if rng.chance(75) {
        draft.column("indicator", *rng.pick(INDICATOR));
    }
    let unit = match clock {
        Clock::Unnamed => "",
        Clock::Days => *rng.pick(&[" (gg)", " (gg.)", " (giorni)", " in giorni"]),
        Clock::Working => *rng.pick(&[" (giorni lavorativi)", " (gg lav.)", " (gg. lavorativi)"]),
        Clock::Hours => *rng.pick(&[" (ore)", " in ore"]),
    };
    let beside = *rng.weighted(&[(7, "nothing"), (2, "last year"), (2, "parts")]);
    draft.choices.insert("beside", beside.to_owned());
    let planned = format!("{}{unit}", rng.pick(PLANNED));
    let group = *rng.pick(&["VALORE", "Valore", "VALORI"]);
    match beside {
        "last year" => {
            draft.column("planned", planned);
            let base = *rng.pick(&["Valore rilevato", "Dato", "Rilevato"]);
            draft.column("?last", format!("{base} {}{unit}", year - 1));
            draft.column("measured", format!("{base} {year}{unit}"));
        }
        "parts" => {
            draft.column("planned", planned);
            for part in ["I trim.", "II trim.", "III trim.", "IV trim."] {
                draft.column(&format!("?{part}"), part);
            }
            draft.column("measured", format!("Media annua{unit}"));
        }
        _ => {
            let measured = format!("{}{unit}", rng.pick(MEASURED));
            draft.grouped("planned", planned, group, format!("PROGRAMMATO{unit}"));
            draft.grouped("measured", measured, group, format!("RILEVATO{unit}"));
        }
    }
    if trapped || rng.chance(70) {
        draft.column("declared", *rng.pick(DECLARED));
    }
    draft.column("notes", *rng.pick(NOTES));
    if draft.style.medium != Medium::Csv && rng.chance(35) {
        draft.merge_down = vec!["code", "office"];
    }
}

fn record(rng: &mut Rng, draft: &mut Draft, office: &str, code: &str, process: &str, standard: &Standard) -> usize {
    let mut cells = cells([
        ("code", Cell::text(code)),
        ("process", Cell::text(process)),
        ("planned", standard.planned.clone()),
        ("measured", standard.measured.clone()),
        ("indicator", Cell::text(*rng.pick(INDICATORS))),
    ]);
    let spelled = *rng.pick(&["Ufficio ", "UFFICIO ", ""]);
    // Two offices may answer for one standard; the second is on nobody's list.
    let second = if rng.chance(8) { " + Relazioni Esterne" } else { "" };
    cells.insert("office".to_owned(), Cell::text(format!("{spelled}{office}{second}")));
    match &standard.score {
        Some(score) => {
            let declared = draft.style.percent(rng, *score);
            cells.insert("declared".to_owned(), declared);
        }
        None => {
            cells.insert("declared".to_owned(), Cell::text("N.C."));
        }
    }
    if let Some(note) = standard.note {
        cells.insert("notes".to_owned(), Cell::text(note));
    }
    if standard.days.is_some() {
        beside(rng, draft, &mut cells, standard);
    }
    draft.record(cells)
}

/// Last year's value, or the parts of the year, which must not be taken for this year's.
fn beside(rng: &mut Rng, draft: &Draft, cells: &mut Cellmap, standard: &Standard) {
    let days = standard.days.unwrap_or_default();
    for column in &draft.columns {
        if column.role == "?last" || column.role.contains("trim") {
            let other = days + Decimal::from(rng.range(3, 40));
            cells.insert(column.role.clone(), draft.style.number(rng, other));
        }
    }
}

fn wants(
    standard: &Standard,
    row: usize,
    code: &str,
    process: &str,
) -> Vec<(&'static str, Want, Vec<super::draft::Spot>)> {
    let at = |roles: &[&str]| roles.iter().map(|role| spot(row, role)).collect::<Vec<_>>();
    let number = |value: Option<Decimal>| value.map_or(Want::Null, Want::Number);
    let mut wants = vec![
        ("code", Want::Text(code.to_owned()), at(&["code"])),
        ("process", Want::Text(process.to_owned()), at(&["process"])),
        ("score", number(standard.score), at(&["planned", "measured", "declared"])),
        ("status", Want::Text(standard.status.to_owned()), at(&["planned", "measured", "declared"])),
    ];
    if let Some(days) = standard.planned_days {
        wants.push(("planned_days", Want::Number(days), at(&["planned"])));
        if standard.days.is_some() {
            wants.push(("measured_days", number(standard.days), at(&["measured"])));
            wants.push(("deviation_percent", number(standard.deviation), at(&["planned", "measured"])));
        }
    }
    wants
}

/// Plants the sheet's trap, and the findings that untrapped rows bring by themselves.
fn plant(rng: &mut Rng, draft: &mut Draft, trap: &'static str, seen: &[(usize, Standard)], victim: usize) {
    for (row, standard) in seen {
        if standard.deviation.is_some_and(|deviation| deviation > Decimal::ZERO) && standard.note.is_none() {
            draft.need("deviation without note", *row, &["measured", "notes", "planned", "declared"], Gravity::Info);
        }
    }
    let row = seen[victim].0;
    let ways = *rng.pick(&["AVERAGE(Z1:Z9)", "SUM(Z1:Z4)/COUNT(Z1:Z4)"]);
    let formula =
        |stored: Option<Value>| Cell::new(Value::Formula { text: ways.to_owned(), stored: stored.map(Box::new) });
    let lost = |draft: &mut Draft, cell: Cell| {
        draft.set(row, "measured", cell);
        draft.need(trap, row, &["measured"], Gravity::Warning);
        let record = draft.records.iter_mut().find(|record| record.row == Some(row)).expect("the victim");
        record.trapped = true;
        for (field, want, _) in &mut record.wants {
            if !matches!(*field, "code" | "process" | "planned_days" | "section" | "office") {
                *want = Want::Flag;
            }
        }
    };
    match trap {
        "error cell" => {
            let errors: &[&str] = match draft.style.medium {
                Medium::Csv => &["#RIF!", "#N/D", "#DIV/0!", "#REF!"],
                Medium::Xls | Medium::Xlsb => &["#REF!", "#N/A", "#DIV/0!"],
                _ => &["#REF!", "#N/A", "#DIV/0!", "#SPILL!", "#VALUE!"],
            };
            let error = *rng.pick(errors);
            let text = draft.style.medium == Medium::Csv;
            lost(draft, if text { Cell::text(error) } else { Cell::new(Value::Error(error.to_owned())) });
        }
        "formula without result" => lost(draft, formula(None)),
        "stored zero" => {
            draft.zeros = true;
            draft.alone = true;
            lost(draft, formula(Some(Value::Number(0.0))));
        }
        "unreadable text" => {
            lost(
                draft,
                Cell::text(*rng.pick(&["vedi allegato", "circa qualche giorno", "??", "1O gg", "da definire"])),
            );
        }
        "declared differs" => {
            let cell = draft.style.percent(rng, Decimal::from(77));
            draft.set(row, "declared", cell);
            draft.need(trap, row, &["declared"], Gravity::Warning);
        }
        "fractions without format" => {
            let mut spots = Vec::new();
            for (at, (row, standard)) in seen.iter().enumerate() {
                spots.push(spot(*row, "declared"));
                if let Some(score) = standard.score {
                    let fraction = if at == victim { Decimal::new(5, 1) } else { score / Decimal::ONE_HUNDRED };
                    draft.set(*row, "declared", Cell::number(super::spell::float(fraction)));
                }
            }
            spots.push((None, Some("declared".to_owned())));
            draft.needs.push(super::draft::DraftNeed { trap, spots, gravity: Gravity::Warning });
        }
        "mixed scale" => {
            draft.set(row, "declared", Cell::number(0.95));
            draft.need(trap, row, &["declared"], Gravity::Warning);
        }
        _ => {}
    }
}

/// A total or mean of the declared results, right unless the trap says otherwise.
fn totals(rng: &mut Rng, draft: &mut Draft, trap: &'static str, sum: Decimal, counted: Decimal) {
    let planted = trap.starts_with("total");
    if !draft.has("declared") || counted.is_zero() || !(planted || (trap.is_empty() && rng.chance(25))) {
        return;
    }
    let mean = rng.chance(50) || planted;
    let exact = if mean { sum / counted } else { sum };
    let round = |value: Decimal| value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let value = match trap {
        "total wrong" => round(exact) - Decimal::new(5, 1),
        "total truncated" => exact.trunc_with_scale(2),
        _ => round(exact),
    };
    let label =
        if mean { *rng.pick(&["MEDIA", "Media", "Media:"]) } else { *rng.pick(&["TOTALE", "Totale", "Totale:"]) };
    let fractions = draft.style.percents == Percents::Format;
    let cell = if mean || fractions { draft.style.percent(rng, value) } else { draft.style.number(rng, value) };
    draft.rows.push(Row::Total(label.to_owned(), cells([("declared", cell)])));
    let row = draft.rows.len() - 1;
    if trap == "total wrong" {
        draft.need(trap, row, &["declared"], Gravity::Warning);
    } else if value != round(exact) && value.normalize().scale() == 2 {
        // Cut to a whole number or a tenth it would be right for the decimals it shows.
        draft.need(trap, row, &["declared"], Gravity::Info);
    }
}
