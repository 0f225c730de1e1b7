//! The use of resources: actual amounts as a share of the budget, by strategic objective.

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::score::Resource;
use crate::value::number::round2;
use crate::write::decimal::binary;
use crate::write::report::words;
use rust_decimal::Decimal;

/// Use beyond this is cut in the drawing, so that one slip does not flatten all others.
const WIDEST: f64 = 150.0;

/// The chart.
pub fn chart(resources: &[Resource], lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let kinds = [say("proventi", "income"), say("oneri", "expense"), say("investimenti", "investment")];
    let (mut groups, mut rows, mut beyond, mut most) = (Vec::new(), Vec::new(), 0, Decimal::ONE_HUNDRED);
    for resource in resources {
        let used = &resource.use_percent;
        let name = format!("{} {}", resource.objective, resource.title).trim().to_owned();
        let mut bars = Vec::new();
        let mut row = vec![name.clone()];
        for (kind, value) in kinds.iter().zip([used.income, used.expense, used.investment]) {
            let Some(value) = value else {
                row.push("N.C.".to_owned());
                continue;
            };
            let shown = words::percent(value, lang);
            let over = round2(value) > Decimal::ONE_HUNDRED;
            beyond += usize::from(over);
            most = most.max(value);
            let series = if over { Series::Look } else { Series::Good };
            let parts = vec![(series, binary(value), format!("{name}, {kind}: {shown}"))];
            bars.push(Bar { label: (*kind).to_owned(), parts, shown: shown.clone(), marker: None });
            row.push(shown);
        }
        rows.push(row);
        if !bars.is_empty() {
            groups.push(Group { heading: name, bars });
        }
    }
    let description = match lang {
        Lang::It => format!("Obiettivi strategici: {}; voci oltre il preventivo: {beyond}.", resources.len()),
        Lang::En => format!("Strategic objectives: {}; items beyond the budget: {beyond}.", resources.len()),
    };
    let frame = Frame {
        lang,
        id: "grafico-risorse",
        title: Text::new("Utilizzo delle risorse", "Use of resources"),
        legend: vec![
            (Series::Good, Text::new("entro il preventivo", "within the budget")),
            (Series::Look, Text::new("oltre il preventivo", "beyond the budget")),
        ],
        note: Text::new(
            "Consuntivo in percentuale del preventivo; la linea tratteggiata è il 100%. Senza preventivo la voce è N.C.",
            "Actual in percent of the budget; the dashed line is 100%. Without a budget an item is N.C.",
        ),
        empty: Text::new("Nessuna risorsa trovata nei fogli.", "No resource was found in the sheets."),
    };
    let headers = [say("Obiettivo", "Objective"), kinds[0], kinds[1], kinds[2]];
    let chart = Bars { groups, scale: binary(most).min(WIDEST), reference: Some(100.0) };
    frame.bars(chart, description, &headers, rows)
}
