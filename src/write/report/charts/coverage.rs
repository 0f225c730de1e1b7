//! How many offices of the roster sent something.

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::outcome::Outcome;
use crate::write::report::coverage;

/// The chart.
pub fn chart(outcome: &Outcome, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let coverage = coverage::of(outcome, lang);
    let (all, present) = (coverage.offices.len(), coverage.present());
    let absent = all - present;
    let with = Text::new("con dati", "with data");
    let without = Text::new("senza dati", "without data");
    let told = [format!("{}: {present}", with.get(lang)), format!("{}: {absent}", without.get(lang))];
    let parts = vec![(Series::Good, present as f64, told[0].clone()), (Series::Bad, absent as f64, told[1].clone())];
    let bar = Bar { parts, shown: format!("{present} {} {all}", say("di", "of")), ..Bar::default() };
    let heading = say("Uffici dell’elenco", "Offices of the roster").to_owned();
    let groups = if all == 0 { Vec::new() } else { vec![Group { heading, bars: vec![bar] }] };
    let state = |present: bool| if present { with } else { without }.get(lang).to_owned();
    let rows = coverage.offices.iter().map(|(name, present)| vec![name.clone(), state(*present)]).collect();
    let frame = Frame {
        lang,
        id: "grafico-copertura",
        title: Text::new("Copertura dell’elenco degli uffici", "Coverage of the roster"),
        legend: vec![(Series::Good, with), (Series::Bad, without)],
        note: Text::new("Numero di uffici.", "Number of offices."),
        empty: Text::new(
            "Nessun elenco degli uffici in allegati.toml: non si può dire chi manca.",
            "No roster in allegati.toml: who is missing cannot be told.",
        ),
    };
    let chart = Bars { groups, scale: all as f64, reference: None };
    frame.bars(chart, format!("{}.", told.join("; ")), &[say("Ufficio", "Office"), say("Stato", "Status")], rows)
}
