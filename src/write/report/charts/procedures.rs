//! The procedures with their result, each against the one expected of it.

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::score::{Procedures, Status};
use crate::write::decimal::binary;
use crate::write::expected::{reached_and_below, result, threshold};
use crate::write::report::words;

/// The chart.
pub fn chart(procedures: &Procedures, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let mut groups = Vec::new();
    let mut rows = Vec::new();
    for row in &procedures.rows {
        let name = format!("{} {}", row.number, row.name).trim().to_owned();
        let shown = match (result(row), row.status) {
            (Some(score), _) => words::percent(score, lang),
            (None, Status::NotCounted) => "N.C.".to_owned(),
            (None, _) => say("manca", "missing").to_owned(),
        };
        let wanted = threshold(row);
        let below = result(row).is_some_and(|score| score < wanted);
        let told = words::percent(wanted, lang);
        let series = if below { Series::Look } else { Series::Good };
        let tip = format!("{name}: {shown} ({} {told})", say("atteso", "expected"));
        let part = result(row).map(|score| (series, binary(score), tip));
        let bar = Bar {
            label: String::new(),
            parts: part.into_iter().collect(),
            shown: shown.clone(),
            marker: Some(binary(wanted)),
        };
        groups.push(Group { heading: name.clone(), bars: vec![bar] });
        let verdict = match result(row) {
            None => "–",
            Some(_) if below => say("sotto", "below"),
            Some(_) => say("raggiunto", "reached"),
        };
        rows.push(vec![name, shown, told, verdict.to_owned()]);
    }
    let (all, below) = (procedures.rows.len(), reached_and_below(procedures).1);
    let description = match lang {
        Lang::It => format!("{all} procedimenti, {below} sotto il risultato atteso."),
        Lang::En => format!("{all} procedures, {below} below the expected result."),
    };
    let frame = Frame {
        lang,
        id: "grafico-procedimenti",
        title: Text::new("Procedimenti: risultato e risultato atteso", "Procedures: result and expected result"),
        legend: vec![
            (Series::Good, Text::new("atteso raggiunto", "expected reached")),
            (Series::Look, Text::new("sotto l’atteso", "below expected")),
        ],
        note: Text::new(
            "In percentuale; la tacca è il risultato atteso: la percentuale scritta nel piano, o 100 dove il piano non ne scrive una sola.",
            "In percent; the tick is the expected result: the percentage written in the plan, or 100 where the plan does not write a single one.",
        ),
        empty: Text::new("Nessun procedimento da monitorare trovato.", "No procedure to monitor was found."),
    };
    let headers = [
        say("Procedimento", "Procedure"),
        say("Risultato", "Result"),
        say("Atteso", "Expected"),
        say("Esito", "Verdict"),
    ];
    frame.bars(Bars { groups, scale: 100.0, reference: None }, description, &headers, rows)
}
