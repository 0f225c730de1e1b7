//! Cost of staff by entity and year, in the six shapes that such sheets have.

use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::draft::{Cellmap, Draft, DraftRecord, Row, cells, spot};
use super::headers::{self, COST, ENTITY, YEAR};
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::{Gravity, Key, Want};

/// The costs of one entity by year.
pub type Costs<'a> = (&'a str, Vec<(i64, Decimal)>);

/// Draws the sheets of all entities.
pub fn drafts(
    rng: &mut Rng,
    style: &mut dyn FnMut(&mut Rng) -> Style,
    entities: &[Costs<'_>],
    trapped: bool,
) -> Vec<Draft> {
    let together = rng.chance(60);
    let mut drafts = if together {
        let shape = *rng.pick(&["entity and year", "years down", "years across"]);
        let mut draft = Draft::new("staff_costs", style(rng));
        draft.choices.insert("shape", shape.to_owned());
        draft.about.push(format!("Costo del personale {}", span(&entities[0].1)));
        match shape {
            "entity and year" => long(rng, &mut draft, entities),
            "years down" => down(rng, &mut draft, entities),
            _ => across(rng, &mut draft, entities),
        }
        vec![draft]
    } else {
        let one = |entity| {
            let sheet = style(rng);
            single(rng, sheet, entity)
        };
        entities.iter().map(one).collect()
    };
    if trapped {
        let at = rng.below(drafts.len());
        plant(rng, &mut drafts[at]);
    }
    drafts
}

fn span(years: &[(i64, Decimal)]) -> String {
    format!("{}-{}", years[0].0, years[years.len() - 1].0)
}

fn want(draft: &mut Draft, row: usize, role: &str, entity: &str, year: i64, amount: Decimal) {
    let key = Key::Staff { entity: entity.to_owned(), year };
    let wants = vec![("", Want::Number(amount), vec![spot(row, role)])];
    draft.records.push(DraftRecord { row: Some(row), key, wants, trapped: false });
}

fn long(rng: &mut Rng, draft: &mut Draft, entities: &[Costs<'_>]) {
    draft.column("entity", *rng.pick(ENTITY));
    draft.column("year", *rng.pick(YEAR));
    draft.column("cost", *rng.pick(COST));
    headers::disfigure(rng, draft);
    if draft.style.medium != Medium::Csv {
        draft.merge_down = vec!["entity"];
    }
    for (entity, years) in entities {
        for (year, amount) in years {
            let cell = draft.style.amount(rng, *amount);
            let year_cell = Cell::number(*year as f64);
            let row = draft.record(cells([("entity", Cell::text(*entity)), ("year", year_cell), ("cost", cell)]));
            want(draft, row, "cost", entity, *year, *amount);
        }
    }
}

fn down(rng: &mut Rng, draft: &mut Draft, entities: &[Costs<'_>]) {
    draft.fixed = true;
    draft.column("year", *rng.pick(YEAR));
    for (entity, _) in entities {
        draft.column(entity, *entity);
    }
    let total = rng.chance(60);
    if total {
        draft.column("total", *rng.pick(&["Totale", "TOTALE", "Totale sistema"]));
    }
    draft.choices.insert("total column", total.to_string());
    for (at, (year, _)) in entities[0].1.iter().enumerate() {
        let mut row = Cellmap::from([("year".to_owned(), Cell::number(*year as f64))]);
        for (entity, years) in entities {
            row.insert((*entity).to_owned(), draft.style.amount(rng, years[at].1));
        }
        let sum: Decimal = entities.iter().map(|(_, years)| years[at].1).sum();
        row.insert("total".to_owned(), draft.style.amount(rng, sum));
        let row = draft.record(row);
        for (entity, years) in entities {
            want(draft, row, entity, entity, *year, years[at].1);
        }
    }
}

fn across(rng: &mut Rng, draft: &mut Draft, entities: &[Costs<'_>]) {
    draft.fixed = true;
    draft.column("entity", *rng.pick(ENTITY));
    let prefix = *rng.pick(&["", "Anno ", "Costo "]);
    let years: Vec<i64> = entities[0].1.iter().map(|(year, _)| *year).collect();
    for year in &years {
        draft.column(&year.to_string(), format!("{prefix}{year}"));
    }
    for (entity, costs) in entities {
        let mut row = Cellmap::from([("entity".to_owned(), Cell::text(*entity))]);
        for (year, amount) in costs {
            row.insert(year.to_string(), draft.style.amount(rng, *amount));
        }
        let row = draft.record(row);
        for (year, amount) in costs {
            want(draft, row, &year.to_string(), entity, *year, *amount);
        }
    }
    if entities.len() > 1 && rng.chance(50) {
        let sums = years.iter().enumerate().map(|(at, year)| {
            let sum = entities.iter().map(|(_, costs)| costs[at].1).sum();
            (year.to_string(), draft.style.amount(rng, sum))
        });
        let sums: Cellmap = sums.collect();
        draft.label_role = "entity";
        draft.rows.push(Row::Total((*rng.pick(&["TOTALE", "Totale"])).to_owned(), sums));
    }
}

/// The sheet of one entity, which its title, its sheet or its file names.
fn single(rng: &mut Rng, style: Style, (entity, years): &Costs<'_>) -> Draft {
    let mut draft = Draft::new("staff_costs", style);
    let place = *rng.pick(&["title", "sheet name", "file name"]);
    draft.choices.insert("entity in", place.to_owned());
    match place {
        "title" => draft.about.push(format!("{entity} - costo del personale {}", span(years))),
        "sheet name" if draft.style.medium != Medium::Csv => {
            draft.about.push(format!("Costo del personale {}", span(years)));
            draft.sheet_name = Some((*entity).to_owned());
        }
        _ => {
            draft.about.push(format!("Costo del personale {}", span(years)));
            draft.file_name = Some(format!("{entity} costo personale"));
            draft.alone = true;
        }
    }
    if rng.chance(60) {
        draft.choices.insert("shape", "one entity, years down".to_owned());
        draft.column("year", *rng.pick(YEAR));
        draft.column("cost", *rng.pick(COST));
        headers::disfigure(rng, &mut draft);
        for (year, amount) in years {
            let cell = draft.style.amount(rng, *amount);
            let row = draft.record(cells([("year", Cell::number(*year as f64)), ("cost", cell)]));
            want(&mut draft, row, "cost", entity, *year, *amount);
        }
    } else {
        draft.choices.insert("shape", "one entity, years across".to_owned());
        draft.fixed = true;
        draft.column("item", *rng.pick(&["Voce", "Descrizione", "Voce di costo"]));
        for (year, _) in years {
            draft.column(&year.to_string(), format!("Anno {year}"));
        }
        let mut row = Cellmap::from([("item".to_owned(), Cell::text("Costo complessivo del personale"))]);
        for (year, amount) in years {
            row.insert(year.to_string(), draft.style.amount(rng, *amount));
        }
        let row = draft.record(row);
        for (year, amount) in years {
            want(&mut draft, row, &year.to_string(), entity, *year, *amount);
        }
    }
    draft
}

/// One amount that cannot be read, is missing, or is a thousand times what it was.
fn plant(rng: &mut Rng, draft: &mut Draft) {
    let at = rng.below(draft.records.len());
    let ((row, role), Want::Number(amount)) =
        (draft.records[at].wants[0].2[0].clone(), draft.records[at].wants[0].1.clone())
    else {
        return;
    };
    let (row, role) = (row.expect("a row"), role.expect("a role"));
    // Its total would be wrong as well, and rightly said to be.
    draft.rows.retain(|row| matches!(row, Row::Record(_)));
    let (trap, cell) = match rng.below(4) {
        0 if draft.style.medium != Medium::Csv => ("error cell", Cell::new(Value::Error("#REF!".to_owned()))),
        1 => ("unreadable text", Cell::text(*rng.pick(&["1.23.456,00", "da definire", "3,4 mln", "12.34.5"]))),
        2 => ("amount times a thousand", draft.style.amount(rng, amount * Decimal::from(1000))),
        _ => ("missing amount", Cell::text("")),
    };
    if trap == "missing amount" {
        if let Row::Record(cells) = &mut draft.rows[row] {
            cells.remove(&role);
        }
    } else {
        draft.set(row, &role, cell);
    }
    draft.need(trap, row, &[role.as_str(), "year", "entity", "total"], Gravity::Warning);
    draft.records[at].trapped = true;
    draft.records[at].wants[0].1 = Want::Flag;
}
