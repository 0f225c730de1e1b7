//! The standards of the Carta dei servizi by their outcome, in all and by office.

use std::collections::HashMap;

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::parse::spellings::Spellings;
use crate::score::{Charter, CharterRow, Status};
use crate::value::fold::one_line;
use crate::value::number::round2;
use rust_decimal::Decimal;

const OUTCOMES: [(Series, Text); 4] = [
    (Series::Good, Text::new("rispettati", "respected")),
    (Series::Bad, Text::new("oltre lo standard", "beyond the standard")),
    (Series::Out, Text::new("N.C.", "N.C.")),
    (Series::Look, Text::new("da completare", "to be completed")),
];
const EMPTY: Text = Text::new("Nessuno standard trovato nei fogli.", "No standard was found in the sheets.");

/// Which of the outcomes a row has.
fn outcome(row: &CharterRow) -> usize {
    match (row.status, row.score) {
        (Status::Counted, Some(score)) if round2(score) >= Decimal::ONE_HUNDRED => 0,
        (Status::Counted, _) => 1,
        (Status::NotCounted, _) => 2,
        (Status::Incomplete | Status::Reported, _) => 3,
    }
}

fn counted<'a>(rows: impl Iterator<Item = &'a CharterRow>) -> [usize; 4] {
    let mut counts = [0; 4];
    rows.for_each(|row| counts[outcome(row)] += 1);
    counts
}

/// Standards by outcome.
pub fn by_outcome(charter: &Charter, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let counts = counted(charter.rows.iter().map(Box::as_ref));
    let named = |at: usize| format!("{}: {}", OUTCOMES[at].1.get(lang), counts[at]);
    let group = |(at, (series, text)): (usize, &(Series, Text))| Group {
        heading: text.get(lang).to_owned(),
        bars: vec![Bar {
            parts: vec![(*series, counts[at] as f64, named(at))],
            shown: counts[at].to_string(),
            ..Bar::default()
        }],
    };
    let groups = if charter.rows.is_empty() { Vec::new() } else { OUTCOMES.iter().enumerate().map(group).collect() };
    let rows = (0..4).map(|at| vec![OUTCOMES[at].1.get(lang).to_owned(), counts[at].to_string()]).collect();
    let frame = Frame {
        lang,
        id: "grafico-standard-esito",
        title: Text::new("Standard per esito", "Standards by outcome"),
        legend: Vec::new(),
        note: Text::new("Numero di standard.", "Number of standards."),
        empty: EMPTY,
    };
    let chart = Bars { groups, scale: charter.rows.len() as f64, reference: None };
    let description = format!("{}.", (0..4).map(named).collect::<Vec<_>>().join("; "));
    frame.bars(chart, description, &[say("Esito", "Outcome"), say("Standard", "Standards")], rows)
}

/// Standards by office, each bar in parts by outcome.
pub fn by_office(charter: &Charter, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let spellings = Spellings::of(charter.rows.iter().map(|row| &*row.record().office));
    let mut by_office: HashMap<Option<usize>, (String, Vec<&CharterRow>)> = HashMap::new();
    for row in &charter.rows {
        let name = || {
            let office = one_line(&row.record().office);
            if office.is_empty() { say("senza ufficio", "without an office").to_owned() } else { office }
        };
        by_office.entry(spellings.group(&row.record().office)).or_insert_with(|| (name(), Vec::new())).1.push(row);
    }
    let mut offices: Vec<(String, Vec<&CharterRow>)> = by_office.into_values().collect();
    offices.sort_by(|a, b| a.0.cmp(&b.0));
    let most = offices.iter().map(|(_, rows)| rows.len()).max().unwrap_or_default();
    let mut offices: Vec<_> =
        offices.into_iter().map(|(office, rows)| (office, rows.len(), counted(rows.into_iter()))).collect();
    // Whom somebody must speak to comes first: what does not fit on the drawing is what is as it should be.
    offices.sort_by_key(|(_, _, counts)| std::cmp::Reverse(counts[1] + counts[3]));
    let (mut groups, mut rows) = (Vec::new(), Vec::new());
    for (office, all, counts) in offices {
        let part = |at: usize| {
            let tip = format!("{office}, {}: {}", OUTCOMES[at].1.get(lang), counts[at]);
            (OUTCOMES[at].0, counts[at] as f64, tip)
        };
        let bar = Bar { parts: (0..4).map(part).collect(), shown: all.to_string(), ..Bar::default() };
        let mut row = vec![office.clone()];
        row.extend(counts.iter().map(usize::to_string));
        rows.push(row);
        groups.push(Group { heading: office, bars: vec![bar] });
    }
    let description = match lang {
        Lang::It => format!("{} standard di {} uffici.", charter.rows.len(), groups.len()),
        Lang::En => format!("{} standards of {} offices.", charter.rows.len(), groups.len()),
    };
    let frame = Frame {
        lang,
        id: "grafico-standard-ufficio",
        title: Text::new("Standard per ufficio", "Standards by office"),
        legend: OUTCOMES.to_vec(),
        note: Text::new("Numero di standard.", "Number of standards."),
        empty: EMPTY,
    };
    let mut headers = vec![say("Ufficio", "Office")];
    headers.extend(OUTCOMES.iter().map(|(_, text)| text.get(lang)));
    frame.bars(Bars { groups, scale: most as f64, reference: None }, description, &headers, rows)
}
