//! *Andamento*: figures over the years, with live changes, and the records of earlier years that they come from.

use super::style::{Align, Role, Shade, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{formula, names};
use crate::finding::{Lang, Text};
use crate::place::Place;
use crate::score::trend::{Absence, Fate, Figure, Part, Row, Series, Trends, Unit, Value};
use crate::write::decimal::round2;

/// The sheet's name.
pub const NAME: &str = "Andamento";
/// The column of the unit, after code and name.
const UNIT: u32 = 2;
/// Where the years begin.
const BEFORE: u32 = 3;

/// The table; none without results of an earlier year.
pub fn table(view: &View, others: &[TableSheet]) -> Option<TableSheet> {
    let trends = &view.figures().trends;
    let nearest = trends.earlier.first()?;
    let mut widths = vec![13.0, 46.0, 7.0];
    widths.resize(widths.len() + trends.earlier.len() + 1, 14.0);
    widths.extend([13.0, 12.0, 34.0]);
    let mut sheet = TableSheet::new(NAME, Page { landscape: true, one_page: false }, &widths, &[62.0]);
    view.open(&mut sheet, view.say("ANDAMENTO", "TRENDS"));
    headers(view, trends, &mut sheet);
    for series in Series::ALL {
        let of_series: Vec<&Row> = trends.rows.iter().filter(|row| row.figure.series == series).collect();
        if !of_series.is_empty() {
            sheet.across(title(series).get(view.lang), Role::Section);
        }
        for row in of_series {
            let cells = cells(view, trends, row, others, sheet.next_row());
            sheet.push(cells);
        }
    }
    provenance(view, trends, &mut sheet);
    let (year, then) = (view.year(), nearest.year);
    sheet.across(
        match view.lang {
            Lang::It => format!(
                "Variazione: {year} meno {then}; punti per le percentuali, giorni, euro. Variazione %: sul {then}. —: non c’è."
            ),
            Lang::En => format!(
                "Change: {year} less {then}; points of percentages, days, euro. Change %: on {then}. —: it is not there."
            ),
        },
        Role::Note,
    );
    Some(sheet)
}

fn headers(view: &View, trends: &Trends, sheet: &mut TableSheet) {
    let years: Vec<String> = trends.earlier.iter().rev().map(|one| one.year.to_string()).collect();
    let (now, then) = (view.year().to_string(), trends.earlier.first().map_or(0, |one| one.year));
    let change = format!("{} {then}", view.say("VARIAZIONE SUL", "CHANGE ON"));
    let percent = format!("{} {then}", view.say("VARIAZIONE % SUL", "CHANGE % ON"));
    let mut texts = vec![view.say("CODICE", "CODE"), view.say("DATO", "FIGURE"), view.say("UNITÀ", "UNIT")];
    texts.extend(years.iter().map(String::as_str));
    texts.extend([&*now, &*change, &*percent, view.say("NOTE", "NOTES"), view.say("Fonte", "Source")]);
    sheet.headers(&texts);
}

const fn title(series: Series) -> Text {
    match series {
        Series::Summary => Text::new("Allegati nel complesso", "Annexes as a whole"),
        Series::Measured => {
            Text::new("Standard della Carta dei servizi: valore rilevato", "Standards of the service charter: measured")
        }
        Series::Standard => {
            Text::new("Standard della Carta dei servizi: risultato", "Standards of the service charter: result")
        }
        Series::Procedure => Text::new("Procedimenti: risultato", "Procedures: result"),
        Series::Objective => Text::new("Obiettivi: risultato", "Objectives: result"),
        Series::StaffCost => Text::new("Costo del personale", "Cost of staff"),
        Series::Resource => Text::new("Risorse: consuntivo", "Resources: actual"),
        Series::Target => Text::new("Target strategici: punteggio", "Strategic targets: score"),
    }
}

/// What a figure is called on its row.
fn called(view: &View, figure: &Figure) -> String {
    match figure.part.label() {
        None => figure.title.clone(),
        Some(part) if figure.title.is_empty() => part.get(view.lang).to_owned(),
        Some(part) => format!("{} – {}", figure.title, part.get(view.lang)),
    }
}

fn unit(view: &View, unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Days => view.say("giorni", "days"),
        Unit::Euro => "€",
    }
}

fn cells(view: &View, trends: &Trends, row: &Row, others: &[TableSheet], at: u32) -> Vec<Cell> {
    let shade = match row.fate {
        _ if row.jumps => Shade::Warning,
        Fate::Several | Fate::OtherUnit => Shade::Check,
        _ => Shade::None,
    };
    let years = trends.earlier.len() as u32;
    let (then, now, change) = (BEFORE + years - 1, BEFORE + years, BEFORE + years + 1);
    let mut cells = vec![
        Cell::text(&row.figure.label),
        Cell::text(called(view, &row.figure)),
        Cell::text(unit(view, row.figure.unit)).align(Align::Centre),
    ];
    cells.extend(row.then.iter().rev().map(|then| value(view, *then)));
    cells.push(by_name(view, row, others).unwrap_or_else(|| value(view, row.now)));
    let (now, then, changed) = (formula::cell(at, now), formula::cell(at, then), formula::cell(at, change));
    cells.push(row.change.map_or_else(Cell::empty, |change| {
        Cell::formula(format!("ROUND({now}-{then},2)"), change, Show::Two).role(Role::Strong)
    }));
    cells.push(row.change_percent.map_or_else(Cell::empty, |percent| {
        Cell::formula(format!("ROUND({changed}/{then}*100,2)"), percent, Show::Two).role(Role::Strong)
    }));
    cells.push(Cell::text(note(row, trends, view.year(), view.lang)));
    let mut cells: Vec<Cell> = cells.into_iter().map(|cell| cell.shade(shade)).collect();
    cells.push(view.source(&row.sources));
    cells
}

fn value(view: &View, value: Option<Value>) -> Cell {
    match value {
        Some(Ok(value)) => Cell::number(value, Show::Two),
        Some(Err(Absence::NotCounted)) => Cell::text("N.C.").align(Align::Right),
        Some(Err(Absence::Incomplete)) => Cell::text(view.say("da completare", "to be completed")).align(Align::Right),
        Some(Err(Absence::Reported)) => Cell::text(view.say("riportato", "reported")).align(Align::Right),
        Some(Err(Absence::Empty)) | None => Cell::text("—").align(Align::Right),
    }
}

/// This year's value as the figure that has a name on its own sheet.
fn by_name(view: &View, row: &Row, others: &[TableSheet]) -> Option<Cell> {
    let name = match row.figure.part {
        Part::CharterPercent => names::CHARTER_PERCENT.to_owned(),
        Part::CharterDeviation => names::CHARTER_DEVIATION.to_owned(),
        Part::ProceduresMean => names::PROCEDURES_MEAN.to_owned(),
        Part::Total => names::cost(view.year()),
        _ => return None,
    };
    let value = row.now?.ok().map(round2)?;
    let known = others.iter().flat_map(|sheet| &sheet.names).any(|(known, _)| *known == name);
    known.then(|| Cell::formula(name, value, Show::Two))
}

/// What is to be said of a row: how it was matched, and whether its change is hard to believe.
pub fn note(row: &Row, trends: &Trends, year: i16, lang: Lang) -> String {
    let Some(then) = trends.earlier.first().map(|one| one.year) else { return String::new() };
    let say = |it: String, en: String| match lang {
        Lang::It => it,
        Lang::En => en,
    };
    let mut notes = Vec::new();
    match row.fate {
        Fate::Found => {}
        Fate::New => notes.push(say(format!("nuovo: non c’era nel {then}"), format!("new: not there in {then}"))),
        Fate::Ended => notes.push(say(format!("non c’è più nel {year}"), format!("no longer there in {year}"))),
        Fate::Several => notes.push(say(
            "più candidati con questo nome o codice: non confrontato".to_owned(),
            "several candidates of this name or code: not compared".to_owned(),
        )),
        Fate::OtherUnit => notes.push(say(
            format!("nel {then} era in un’altra unità: non confrontato"),
            format!("in another unit in {then}: not compared"),
        )),
    }
    if let Some(called) = &row.called {
        let called = crate::finding::shorten(called, 100);
        notes.push(match row.fate {
            Fate::New => say(
                format!("lo stesso numero nel {then} era «{called}»"),
                format!("the same number was \"{called}\" in {then}"),
            ),
            _ => say(format!("nel {then}: «{called}»"), format!("in {then}: \"{called}\"")),
        });
    }
    if row.jumps {
        notes.push(say(
            "variazione poco credibile: vedi Anomalie".to_owned(),
            "change hard to believe: see Anomalie".to_owned(),
        ));
    }
    notes.join("; ")
}

/// The records of earlier years, each with its hash.
fn provenance(view: &View, trends: &Trends, sheet: &mut TableSheet) {
    sheet.across(view.say("Risultati degli anni precedenti", "Results of earlier years"), Role::Section);
    let last = sheet.printed() - 1;
    for one in &trends.earlier {
        let mut cells = vec![view.place(one.file.to_string(), &Place::file(&one.file))];
        cells.resize(last as usize, Cell::empty());
        cells[UNIT as usize] = Cell::text(&one.sha256).role(Role::Small);
        cells.push(Cell::number(one.year, Show::Integer).align(Align::Left));
        let row = sheet.push(cells);
        sheet.merge(row, 0, row, UNIT - 1);
        sheet.merge(row, UNIT, row, last - 1);
    }
}
