//! The procedures with their result, each against the one expected of it.

use rust_decimal::Decimal;

use super::bars::{Bar, Bars, Group};
use super::{Chart, Frame, Series};
use crate::finding::{Lang, Text};
use crate::score::{ProcedureRow, Procedures, Status};
use crate::value::number;
use crate::write::decimal::binary;
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
        let wanted = expected(row);
        let below = is_below(row);
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
    let (all, below) = (procedures.rows.len(), below_expected(procedures));
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

/// How many procedures have a result below the one expected.
pub fn below_expected(procedures: &Procedures) -> usize {
    procedures.rows.iter().filter(|row| is_below(row)).count()
}

fn is_below(row: &ProcedureRow) -> bool {
    result(row).is_some_and(|score| number::round2(score) < expected(row))
}

fn result(row: &ProcedureRow) -> Option<Decimal> {
    row.score.filter(|_| row.status == Status::Counted)
}

/// The percentage that the plan expects, when it writes exactly one and not as an upper bound; else 100.
fn expected(row: &ProcedureRow) -> Decimal {
    let pieces: Vec<&str> = row.expected.split('%').collect();
    let one = match pieces.as_slice() {
        [before, _] if row.evidence.as_ref().is_none_or(|evidence| evidence.at_least.is_none()) => *before,
        _ => return Decimal::ONE_HUNDRED,
    };
    let digits = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.');
    let text = one.trim_end();
    let start =
        text.rfind(|letter| !digits(letter)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let bound = text[..start].trim_end().ends_with(['<', '≤', '=']);
    let value = number::scan(&text[start..]).map(|scanned| scanned.as_decimal);
    value.filter(|value| !bound && *value <= Decimal::ONE_HUNDRED).unwrap_or(Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expected_result_is_the_one_percentage_of_the_plan() {
        for (text, wanted) in [
            ("rispetto tempistica sul 100% degli step", "100"),
            ("rispetto tempistica definita per il 90%", "90"),
            ("almeno l’85,5 % delle pratiche", "85.5"),
            ("rispetto tempi pagamento a 30 gg. dalla data di protocollo", "100"),
            ("media errore: < 5%", "100"),
            ("errore < 5%, risposta 80%", "100"),
            ("incremento del 150%", "100"),
            ("%", "100"),
            ("", "100"),
        ] {
            let row = ProcedureRow { expected: text.to_owned(), ..ProcedureRow::default() };
            assert_eq!(expected(&row), wanted.parse().unwrap(), "{text}");
        }
    }
}
