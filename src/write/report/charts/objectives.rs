//! The objectives with their percentage, by holder.

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::score::{Objective, Status};
use crate::value::number::round2;
use crate::write::decimal::binary;
use crate::write::report::words;
use rust_decimal::Decimal;

/// The chart.
pub fn chart(objectives: &[Objective], lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let mut groups: Vec<Group> = Vec::new();
    let mut rows = Vec::new();
    let mut holder = None;
    for objective in objectives {
        if holder != Some(&objective.holder) {
            groups.push(Group { heading: objective.holder.clone(), bars: Vec::new() });
            holder = Some(&objective.holder);
        }
        let shown = match (objective.score, objective.status) {
            (Some(score), _) => words::percent(score, lang),
            (None, Status::NotCounted) => "N.C.".to_owned(),
            (None, _) => say("manca", "missing").to_owned(),
        };
        let series = match objective.score {
            Some(score) if round2(score) < Decimal::ONE_HUNDRED => Series::Look,
            _ => Series::Good,
        };
        let name = format!("{} – {}", objective.number, objective.title);
        let part = objective.score.map(|score| (series, binary(score), format!("{name}: {shown}")));
        let label = format!("{} {}", say("obiettivo", "objective"), objective.number);
        let bar = Bar { label, parts: part.into_iter().collect(), shown: shown.clone(), marker: None };
        if let Some(group) = groups.last_mut() {
            group.bars.push(bar);
        }
        rows.push(vec![format!("{} {name}", objective.holder), shown]);
    }
    let scores = || objectives.iter().filter_map(|one| one.score);
    let full = scores().filter(|score| round2(*score) >= Decimal::ONE_HUNDRED).count();
    let description = match lang {
        Lang::It => format!("{} obiettivi: {full} al 100%, {} sotto.", objectives.len(), scores().count() - full),
        Lang::En => format!("{} objectives: {full} at 100%, {} below.", objectives.len(), scores().count() - full),
    };
    let frame = Frame {
        lang,
        id: "grafico-obiettivi",
        title: Text::new("Obiettivi: grado di realizzazione", "Objectives: degree of achievement"),
        legend: vec![
            (Series::Good, Text::new("al 100%", "at 100%")),
            (Series::Look, Text::new("sotto il 100%", "below 100%")),
        ],
        note: Text::new("In percentuale; la linea tratteggiata è il 100%.", "In percent; the dashed line is 100%."),
        empty: Text::new("Nessun obiettivo trovato nei fogli.", "No objective was found in the sheets."),
    };
    let chart = Bars { groups, scale: 100.0, reference: Some(100.0) };
    frame.bars(chart, description, &[say("Obiettivo", "Objective"), say("Risultato", "Result")], rows)
}
