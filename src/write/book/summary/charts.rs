//! The charts of the page, one below the other and two in a row; a chart without data is left out.

use rust_decimal::Decimal;

use super::data::{Block, Blocks, Data, Outcome, below_header};
use crate::place::{Area, CellRef};
use crate::write::book::chart::{Cells, Chart, Drawn, Hue, Series, Unit};
use crate::write::book::staff_costs;
use crate::write::book::table::TableSheet;
use crate::write::book::view::View;
use crate::write::decimal::{fixed2, round2};
use crate::write::expected;

/// The longest alternative text that spreadsheets take.
const LONGEST_ALT: usize = 240;
/// More entities than this are drawn as their total.
const MOST_ENTITIES: usize = 4;

/// A chart before it has its place, and how many rows high it is.
struct Draft {
    chart: Chart,
    rows: u32,
}

/// Draws all charts that have data.
pub fn draw(view: &View, others: &[TableSheet], blocks: &Blocks, data: &Data, sheet: &mut TableSheet) {
    sheet.gap();
    if let Some(draft) = objectives(view, blocks) {
        let rows = draft.rows;
        put(sheet, draft.chart, (0, 6), rows);
        grow(sheet, rows);
    }
    let drafts = [
        procedures(view, blocks),
        staff(view, others, blocks),
        resources(view, others),
        outcomes(view, blocks, data),
        standards(view, blocks, data),
        findings(view, blocks, data),
    ];
    let mut drafts = drafts.into_iter().flatten().peekable();
    while let Some(left) = drafts.next() {
        let right = drafts.next();
        let rows = left.rows.max(right.as_ref().map_or(0, |draft| draft.rows));
        put(sheet, left.chart, (0, 2), rows);
        if let Some(right) = right {
            put(sheet, right.chart, (4, 6), rows);
        }
        grow(sheet, rows);
    }
}

fn put(sheet: &mut TableSheet, mut chart: Chart, cols: (u32, u32), rows: u32) {
    let row = sheet.next_row();
    chart.at = CellRef::new(row, cols.0);
    chart.until = CellRef::new(row + rows - 1, cols.1);
    sheet.charts.push(chart);
}

fn grow(sheet: &mut TableSheet, rows: u32) {
    (0..rows).for_each(|_| sheet.gap());
}

fn chart(title: &str, axes: (&str, &str), alt: String, unit: Unit, series: Vec<Series>) -> Chart {
    Chart {
        title: title.to_owned(),
        category_title: axes.0.to_owned(),
        value_title: axes.1.to_owned(),
        alt: crate::finding::shorten(&alt, LONGEST_ALT),
        series,
        unit,
        most: None,
        highest: 0,
        at: CellRef::new(0, 0),
        until: CellRef::new(0, 0),
    }
}

fn series(name: &str, categories: &Cells, values: Cells, drawn: Drawn, hue: Hue) -> Series {
    Series { name: name.to_owned(), categories: categories.clone(), values, drawn, hue, labelled: false }
}

/// 100, when no value is above it.
fn hundred(mut values: impl Iterator<Item = Decimal>) -> Option<u32> {
    values.all(|value| value <= Decimal::ONE_HUNDRED).then_some(100)
}

fn objectives(view: &View, blocks: &Blocks) -> Option<Draft> {
    let block = blocks.objectives?;
    let scored: Vec<_> = view.figures().objectives.iter().filter_map(|one| Some((one, one.score?))).collect();
    let (lowest, score) = scored.iter().min_by_key(|(_, score)| *score)?;
    let alt = format!(
        "{} {}: {} {} {} {} ({}).",
        view.say("Colonne con il risultato percentuale di", "Columns with the percentage of"),
        scored.len(),
        view.say("obiettivi per titolare; il più basso è", "objectives by holder; the lowest is"),
        crate::finding::shorten(&lowest.holder, 60),
        view.say("n.", "no."),
        lowest.number,
        fixed2(*score)
    );
    let result = view.say("Risultato %", "Result %");
    let mut one = series(result, &block.cells(0, 1), block.cells(2, 2), Drawn::Columns, Hue::Dark);
    one.labelled = scored.len() <= 20;
    let axes = (view.say("Titolare e numero dell’obiettivo", "Holder and number of the objective"), result);
    let mut chart = chart(view.say("Obiettivi: risultato", "Objectives: result"), axes, alt, Unit::Score, vec![one]);
    chart.most = hundred(scored.iter().map(|(_, score)| *score));
    Some(Draft { chart, rows: 11 })
}

fn procedures(view: &View, blocks: &Blocks) -> Option<Draft> {
    let block = blocks.procedures?;
    let rows = &view.figures().procedures.rows;
    let scores: Vec<Decimal> = rows.iter().filter_map(|row| row.score).collect();
    let lowest = scores.iter().min()?;
    let (reached, _) = expected::reached_and_below(&view.figures().procedures);
    let alt = format!(
        "{} {} {}; {reached} {}; {} {}.",
        view.say("Risultato di", "Result of"),
        scores.len(),
        view.say("procedimenti accanto al risultato atteso", "procedures beside the expected result"),
        view.say("lo raggiungono", "reach it"),
        view.say("il risultato più basso è", "the lowest result is"),
        fixed2(*lowest)
    );
    let categories = block.cells(0, 0);
    let mut result = series(view.say("Risultato", "Result"), &categories, block.cells(1, 1), Drawn::Columns, Hue::Dark);
    result.labelled = scores.len() <= 10;
    let wanted = series(view.say("Atteso", "Expected"), &categories, block.cells(2, 2), Drawn::Columns, Hue::Light);
    let title = view.say("Procedimenti: risultato e atteso", "Procedures: result and expected");
    let axes = (view.say("Numero del procedimento", "Number of the procedure"), "%");
    let mut chart = chart(title, axes, alt, Unit::Score, vec![result, wanted]);
    chart.most = hundred(scores.into_iter());
    Some(Draft { chart, rows: 11 })
}

fn staff(view: &View, others: &[TableSheet], blocks: &Blocks) -> Option<Draft> {
    let block = blocks.staff?;
    let costs = &view.figures().staff_costs;
    let top = below_header(others, staff_costs::NAME);
    let column = |col| Cells {
        sheet: staff_costs::NAME,
        area: Area { first: CellRef::new(top, col), last: CellRef::new(top + costs.years.len() as u32 - 1, col) },
    };
    let years = column(0);
    let mut all = Vec::new();
    if (1..=MOST_ENTITIES).contains(&costs.entities.len()) {
        let hues = [Hue::Dark, Hue::Middle, Hue::Light, Hue::Pale];
        for ((entity, hue), col) in costs.entities.iter().zip(hues).zip(1..) {
            all.push(series(&crate::finding::shorten(entity, 24), &years, column(col), Drawn::Stacked, hue));
        }
    } else {
        all.push(series(view.say("Totale", "Total"), &years, block.cells(1, 1), Drawn::Stacked, Hue::Dark));
    }
    let base = format!("{} {}", view.say("Base", "Base"), costs.base);
    if staff_costs::base_by_name(costs).is_some() {
        all.push(series(&base, &years, block.cells(2, 2), Drawn::Line, Hue::Bad));
    }
    let (first, last) = (costs.years.first()?, costs.years.last()?);
    let most = costs.years.iter().map(|year| year.total).max()?;
    let (unit, word) = match most >= Decimal::from(1_000_000) {
        true => (Unit::Millions, view.say("milioni di euro", "millions of euro")),
        false => (Unit::Thousands, view.say("migliaia di euro", "thousands of euro")),
    };
    let alt = format!(
        "{}: {} {} {} {} {} {}.",
        view.say(
            "Costo del personale per ente e anno con la linea della base",
            "Cost of staff by entity and year with the line of the base"
        ),
        fixed2(first.total),
        view.say("euro nel", "euro in"),
        first.year,
        fixed2(last.total),
        view.say("nel", "in"),
        last.year
    );
    let title = view.say("Costo del personale per ente", "Cost of staff by entity");
    Some(Draft { chart: chart(title, (view.say("Anno", "Year"), word), alt, unit, all), rows: 11 })
}

fn resources(view: &View, others: &[TableSheet]) -> Option<Draft> {
    let resources = &view.figures().resources;
    let top = below_header(others, "Risorse");
    let uses = |pick: fn(&crate::score::Amounts) -> Option<Decimal>| {
        resources.iter().filter_map(move |one| pick(&one.use_percent)).collect::<Vec<_>>()
    };
    let column = |col| Cells {
        sheet: "Risorse",
        area: Area {
            first: CellRef::new(top, col),
            last: CellRef::new(top + (resources.len() as u32).saturating_sub(1), col),
        },
    };
    let kinds = [
        (view.say("Proventi", "Income"), uses(|one| one.income), 8, Hue::Dark),
        (view.say("Oneri", "Expense"), uses(|one| one.expense), 9, Hue::Middle),
        (view.say("Investimenti", "Investment"), uses(|one| one.investment), 10, Hue::Light),
    ];
    let values: Vec<Decimal> = kinds.iter().flat_map(|kind| kind.1.clone()).collect();
    let (least, most) = (values.iter().min()?, values.iter().max()?);
    let alt = format!(
        "{} {} {}: {} {} {} {} %.",
        view.say("Consuntivo in percento del preventivo per", "Actual in percent of the budget for"),
        resources.len(),
        view.say("obiettivi strategici", "strategic objectives"),
        view.say("da", "from"),
        fixed2(round2(*least)),
        view.say("a", "to"),
        fixed2(round2(*most))
    );
    let drawn = kinds.iter().filter(|kind| !kind.1.is_empty());
    let all = drawn.map(|(name, _, col, hue)| series(name, &column(0), column(*col), Drawn::Columns, *hue)).collect();
    let title = view.say("Risorse: utilizzo del preventivo", "Resources: use of the budget");
    let axes =
        (view.say("Obiettivo strategico", "Strategic objective"), view.say("% del preventivo", "% of the budget"));
    Some(Draft { chart: chart(title, axes, alt, Unit::Score, all), rows: 11 })
}

fn outcomes(view: &View, blocks: &Blocks, data: &Data) -> Option<Draft> {
    let block = blocks.outcomes?;
    let rows = &view.figures().charter.rows;
    let counts = Outcome::ALL.map(|outcome| {
        let count = rows.iter().filter(|row| Outcome::of(row.status, row.score) == outcome).count();
        format!("{} {count}", outcome.label(view))
    });
    let alt = format!("{}: {}.", view.say("Standard per esito", "Standards by outcome"), counts.join(", "));
    let number = view.say("Numero di standard", "Number of standards");
    let mut one = series(number, &block.cells(0, 0), block.cells(1, 1), Drawn::Columns, Hue::Dark);
    one.labelled = true;
    let axes = (view.say("Esito", "Outcome"), number);
    let title = view.say("Standard per esito", "Standards by outcome");
    let mut chart = chart(title, axes, alt, Unit::Count, vec![one]);
    chart.highest = highest(data, block);
    Some(Draft { chart, rows: 11 })
}

/// The most standards, or findings, of an office; those beyond the shown ones come together.
fn highest(data: &Data, block: Block) -> u32 {
    data.sums(block).into_iter().max().unwrap_or_default()
}

fn bars(block: Block, named: &[(&'static str, Hue)]) -> Vec<Series> {
    let offices = block.cells(0, 0);
    let one = |((name, hue), col): (&(&'static str, Hue), u32)| {
        series(name, &offices, block.cells(col, col), Drawn::Bars, *hue)
    };
    named.iter().zip(1u32..).map(one).collect()
}

/// As high as its offices need.
fn bar_rows(block: Block) -> u32 {
    (block.last - block.first + 1) * 3 / 2 + 7
}

fn standards(view: &View, blocks: &Blocks, data: &Data) -> Option<Draft> {
    let block = blocks.standards?;
    let labels = Outcome::ALL.map(|outcome| outcome.label(view));
    let all =
        bars(block, &[(labels[0], Hue::Dark), (labels[1], Hue::Look), (labels[2], Hue::Pale), (labels[3], Hue::Bad)]);
    let alt = format!(
        "{} {} {}.",
        view.say(
            "Barre con il numero di standard per ufficio ed esito, per",
            "Bars with the number of standards by office and outcome, for"
        ),
        block.last - block.first + 1,
        view.say("uffici", "offices")
    );
    let axes = (view.say("Ufficio", "Office"), view.say("Numero di standard", "Number of standards"));
    let title = view.say("Standard per ufficio", "Standards by office");
    let mut chart = chart(title, axes, alt, Unit::Count, all);
    chart.highest = highest(data, block);
    Some(Draft { chart, rows: bar_rows(block) })
}

fn findings(view: &View, blocks: &Blocks, data: &Data) -> Option<Draft> {
    let block = blocks.findings?;
    let all = bars(
        block,
        &[
            (view.say("Errori", "Errors"), Hue::Bad),
            (view.say("Avvisi", "Warnings"), Hue::Look),
            (view.say("Note", "Infos"), Hue::Pale),
        ],
    );
    let alt = format!(
        "{}: {} {}.",
        view.say(
            "Barre con il numero di anomalie per ufficio e gravità",
            "Bars with the number of findings by office and severity"
        ),
        view.outcome.findings.len(),
        view.say("in tutto", "in all")
    );
    let axes = (view.say("Ufficio", "Office"), view.say("Numero di anomalie", "Number of findings"));
    let title = view.say("Anomalie per ufficio", "Findings by office");
    let mut chart = chart(title, axes, alt, Unit::Count, all);
    chart.highest = highest(data, block);
    Some(Draft { chart, rows: bar_rows(block) })
}
