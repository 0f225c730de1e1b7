//! The findings by office and severity.

use std::collections::BTreeMap;

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Severity, Text};
use crate::outcome::Outcome;
use crate::write::offices::Offices;

const SEVERITIES: [(Severity, Series, Text); 3] = [
    (Severity::Error, Series::Bad, Text::new("errori", "errors")),
    (Severity::Warning, Series::Look, Text::new("avvisi", "warnings")),
    (Severity::Info, Series::Out, Text::new("note", "infos")),
];

/// The chart.
pub fn chart(outcome: &Outcome, lang: Lang) -> Chart {
    let say = |it, en| Text::new(it, en).get(lang);
    let offices = Offices::of(&outcome.consolidation);
    let mut counted: BTreeMap<(bool, &str), [usize; 3]> = BTreeMap::new();
    for finding in outcome.findings.iter() {
        let office = offices.of_file(&finding.place.file);
        let name = office.unwrap_or(say("non attribuite a un ufficio", "not attributed to an office"));
        let at = SEVERITIES.iter().position(|(severity, ..)| *severity == finding.severity).unwrap_or_default();
        counted.entry((office.is_none(), name)).or_default()[at] += 1;
    }
    let most = counted.values().map(|counts| counts.iter().sum::<usize>()).max().unwrap_or_default();
    let mut counted: Vec<_> = counted.into_iter().collect();
    counted.sort_by_key(|(_, counts)| std::cmp::Reverse(*counts));
    let (mut groups, mut rows) = (Vec::new(), Vec::new());
    for ((_, office), counts) in counted {
        let part = |at: usize| {
            let (_, series, text) = SEVERITIES[at];
            (series, counts[at] as f64, format!("{office}, {}: {}", text.get(lang), counts[at]))
        };
        let shown = counts.iter().sum::<usize>().to_string();
        let bar = Bar { parts: (0..3).map(part).collect(), shown, ..Bar::default() };
        groups.push(Group { heading: office.to_owned(), bars: vec![bar] });
        let mut row = vec![office.to_owned()];
        row.extend(counts.iter().map(usize::to_string));
        rows.push(row);
    }
    let told =
        SEVERITIES.map(|(severity, _, text)| format!("{}: {}", text.get(lang), outcome.findings.count(severity)));
    let frame = Frame {
        lang,
        id: "grafico-anomalie",
        title: Text::new("Anomalie per ufficio", "Findings by office"),
        legend: SEVERITIES.map(|(_, series, text)| (series, text)).to_vec(),
        note: Text::new("Numero di anomalie.", "Number of findings."),
        empty: Text::new("Nessuna anomalia.", "No finding."),
    };
    let mut headers = vec![say("Ufficio", "Office")];
    headers.extend(SEVERITIES.iter().map(|(_, _, text)| text.get(lang)));
    let chart = Bars { groups, scale: most as f64, reference: None };
    frame.bars(chart, format!("{}.", told.join("; ")), &headers, rows)
}
