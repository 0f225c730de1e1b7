//! Objectives: weighted means of indicators, and what links give them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rust_decimal::Decimal;

use super::charter::sources;
use super::{Indicator, Objective, Rule, Status};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::objectives::Record;
use crate::kinds::reader::Read;
use crate::parse::across::Joined;
use crate::value::fold::{spaced_words, words};
use crate::value::number;

/// An indicator or objective without value and without link.
pub static NO_VALUE: Code = Code {
    id: "P030",
    slug: "indicator-without-value",
    severity: Severity::Error,
    message: Text::new(
        "«{name}» non ha un valore né un collegamento: l’obiettivo resta incompleto",
        "\"{name}\" has neither a value nor a link: the objective stays incomplete",
    ),
    help: Text::new(
        "scrivere il risultato nella cella, oppure aggiungere in allegati.toml sotto [links]: \"{name}\" = \"{link}\"",
        "write the result in the cell, or add in allegati.toml under [links]: \"{name}\" = \"{link}\"",
    ),
};

/// A declared objective percentage that the indicators do not give.
pub static OBJECTIVE_DIFFERS: Code = Code {
    id: "P031",
    slug: "objective-declared-differs",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: dichiarato {declared}, dagli indicatori risulta {computed}",
        "\"{name}\": {declared} declared, the indicators give {computed}",
    ),
    help: Text::new(
        "controllare la media degli indicatori; il programma usa quella calcolata",
        "check the mean of the indicators; the program uses the computed one",
    ),
};

/// A declared objective percentage that was cut.
pub static OBJECTIVE_CUT: Code = Code {
    id: "P032",
    slug: "objective-cut-not-rounded",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: dichiarato {declared}, troncato invece che arrotondato: {computed}",
        "\"{name}\": {declared} declared, cut instead of rounded: {computed}",
    ),
    help: Text::new(
        "arrotondare invece di troncare: 99,1667 diventa 99,17",
        "round instead of cutting: 99.1667 becomes 99.17",
    ),
};

/// Weights of one objective that do not make a whole.
pub static WEIGHTS_NOT_WHOLE: Code = Code {
    id: "P033",
    slug: "weights-not-whole",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}»: i pesi degli indicatori sommano a {sum}, non a {whole}",
        "\"{name}\": the weights of the indicators add up to {sum}, not to {whole}",
    ),
    help: Text::new(
        "controllare i pesi; la media è calcolata con quelli scritti",
        "check the weights; the mean is computed with those written",
    ),
};

/// An indicator without a weight beside others that have one.
pub static WEIGHT_MISSING: Code = Code {
    id: "P034",
    slug: "weight-missing",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}» non ha un peso, gli altri indicatori sì: contato con peso 1",
        "\"{name}\" has no weight, the other indicators have: counted with weight 1",
    ),
    help: Text::new("scrivere il peso dell’indicatore", "write the indicator's weight"),
};

/// Indicators that count for nothing.
pub static WEIGHTS_NOUGHT: Code = Code {
    id: "P075",
    slug: "weights-all-zero",
    severity: Severity::Error,
    message: Text::new(
        "«{name}»: gli indicatori con un risultato hanno peso 0, e l’obiettivo resta senza risultato",
        "\"{name}\": the indicators with a result have weight 0, and the objective stays without one",
    ),
    help: Text::new(
        "scrivere i pesi degli indicatori, o svuotare la colonna se contano tutti allo stesso modo",
        "write the indicators' weights, or empty the column when they all count the same",
    ),
};

/// One number over two objectives.
pub static TWO_TITLES: Code = Code {
    id: "P035",
    slug: "number-of-two-objectives",
    severity: Severity::Warning,
    message: Text::new(
        "il numero {number} è di due obiettivi, «{first}» e «{second}»: sono stati letti come uno solo",
        "number {number} is that of two objectives, \"{first}\" and \"{second}\": they were read as one",
    ),
    help: Text::new(
        "dare a ogni obiettivo dello stesso titolare un numero suo",
        "give each objective of a holder a number of its own",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] =
    &[&NO_VALUE, &OBJECTIVE_DIFFERS, &OBJECTIVE_CUT, &WEIGHTS_NOT_WHOLE, &WEIGHT_MISSING, &WEIGHTS_NOUGHT, &TWO_TITLES];

/// An objective with what its sheet declares for the whole of it, before links are followed.
pub struct Card {
    /// The objective, indicators unscored where a link must give the value.
    pub objective: Objective,
    /// The declared percentages, each with the column and the record that declare it.
    pub declared: Vec<(Decimal, &'static str, Joined<Record>)>,
    /// Records of the indicators, in their order; of the objective itself when it has none.
    pub records: Vec<Record>,
}

/// Groups records into objectives: the entity's own first, then the other holders by name.
pub fn cards(records: Vec<Joined<Record>>, findings: &mut Findings) -> Vec<Card> {
    let mut groups: Vec<(String, Vec<Joined<Record>>)> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for row in records {
        let holder = spaced_words(&row.record.holder);
        let number = if row.record.number.is_empty() {
            spaced_words(&row.record.title)
        } else {
            row.record.number.to_lowercase()
        };
        match known.entry((holder, number)) {
            Entry::Occupied(at) => groups[*at.get()].1.push(row),
            Entry::Vacant(free) => {
                groups.push((free.key().0.clone(), vec![row]));
                free.insert(groups.len() - 1);
            }
        }
    }
    groups.sort_by(|a, b| (rank(&a.0), &a.0).cmp(&(rank(&b.0), &b.0)));
    groups.iter().for_each(|(_, rows)| two_titles(rows, findings));
    groups.into_iter().map(|(_, rows)| card(rows)).collect()
}

/// Tells a number under which two objectives stand.
fn two_titles(rows: &[Joined<Record>], findings: &mut Findings) {
    let mut titled = rows.iter().map(|row| &row.record).filter(|record| !record.title.is_empty());
    let Some(first) = titled.next() else { return };
    let is_other = |record: &&Record| !is_same_title(&first.title, &record.title);
    if let Some(other) = titled.find(is_other) {
        let finding = Finding::new(&TWO_TITLES, other.origin.place("objective")).with("number", first.number.clone());
        let finding = finding.with("first", first.title.clone()).with("second", other.title.clone());
        findings.push(finding.and(first.origin.place("objective")));
    }
}

/// Whether two titles are of one objective: the same, nearly the same, or one of them cut short.
fn is_same_title(one: &str, other: &str) -> bool {
    let mut titles = [one, other].map(|title| (spaced_words(title), title.trim_end()));
    titles.sort_by_key(|(words, _)| words.len());
    let [(short, as_written), (long, whole)] = titles;
    let Some(rest) = long.strip_prefix(&*short) else {
        return strsim::normalized_levenshtein(&short, &long) >= ALIKE;
    };
    let is_within_word = !rest.starts_with(' ') && short.len() >= LEAST_CUT;
    let is_cut = is_within_word || as_written.ends_with('…') || as_written.ends_with("...");
    // `Tempi` is not `Tempi e spese`; in two lines the second explains the first.
    rest.is_empty() || is_cut || whole.lines().next().is_some_and(|line| spaced_words(line) == short)
}

/// What is cut within a word is at least so long.
const LEAST_CUT: usize = 15;

/// Titles less alike than so are of two objectives.
const ALIKE: f64 = 0.6;

/// The entity, then its Secretary General, then the others.
fn rank(holder: &str) -> u8 {
    match holder {
        "ente" => 0,
        _ if holder.starts_with("segretario") || holder.starts_with("direttore generale") => 1,
        _ => 2,
    }
}

fn card(rows: Vec<Joined<Record>>) -> Card {
    let has_indicators = rows.iter().any(|row| row.record.indicator.is_some());
    // Rows below an objective that give it no number of their own are its indicators all the same.
    let unnumbered =
        |record: &Record| record.indicator.is_none() && !record.states_objective && !record.description.is_empty();
    let first = &rows[0].record;
    let title = rows.iter().map(|row| &row.record.title).find(|title| !title.is_empty()).cloned().unwrap_or_default();
    let mut objective = Objective {
        holder: first.holder.clone(),
        number: first.number.clone(),
        title,
        weight: rows.iter().find_map(|row| row.record.objective_weight),
        to_check: rows.iter().any(|row| row.to_check()),
        sources: sources(rows[0].origins(), "objective"),
        ..Objective::default()
    };
    let several = rows.len() > 1;
    let mut card = Card { objective: Objective::default(), declared: Vec::new(), records: Vec::new() };
    for row in rows {
        let record = &row.record;
        // Once for each objective, though a merge gives it to every row.
        let told = |whole: &Decimal| {
            card.declared.iter().any(|(other, column, _)| other == whole && *column == "whole_result")
        };
        if let Some(whole) = record.whole.filter(|whole| !told(whole)) {
            card.declared.push((whole, "whole_result", row.clone()));
        }
        let own = record.indicator.is_none() && (has_indicators || !several) && !unnumbered(record);
        if !own {
            objective.indicators.push(indicator(&row));
            card.records.push(record.clone());
        } else if has_indicators {
            if let Read::Value(value) = &record.result {
                card.declared.push((*value, "result", row.clone()));
            }
        } else {
            objective.text.clone_from(&record.text);
            if objective.weight.is_none() {
                objective.weight = record.weight.value().copied();
            }
            (objective.score, objective.status, objective.rule) = own_result(&record.result);
            card.records.push(record.clone());
        }
    }
    card.objective = objective;
    card
}

fn own_result(result: &Read<Decimal>) -> (Option<Decimal>, Status, Rule) {
    match result {
        Read::Value(value) => (Some(*value), Status::Counted, Rule::Read),
        Read::NotCounted(_) => (None, Status::NotCounted, Rule::NotCounted),
        _ => (None, Status::Incomplete, Rule::None),
    }
}

fn indicator(row: &Joined<Record>) -> Indicator {
    let record = &row.record;
    let (score, status, rule) = own_result(&record.result);
    Indicator {
        id: record.indicator.clone().unwrap_or_default(),
        description: record.description.clone(),
        weight: record.weight.value().copied().unwrap_or(Decimal::ONE),
        text: record.text.clone(),
        score,
        status,
        link: None,
        notes: record.notes.clone(),
        rule,
        to_check: row.to_check(),
        sources: sources(row.origins(), "result"),
    }
}

/// The objective's score from its indicators: exact weighted mean of those that count.
pub fn weighted(objective: &mut Objective) {
    if objective.indicators.is_empty() || objective.link.is_some() {
        return;
    }
    if objective.indicators.iter().any(|indicator| indicator.status == Status::Incomplete) {
        (objective.score, objective.status, objective.rule) = (None, Status::Incomplete, Rule::None);
        return;
    }
    let counted = || objective.indicators.iter().filter(|indicator| indicator.status == Status::Counted);
    let weights: Decimal = counted().map(|indicator| indicator.weight).sum();
    let sum = counted().filter_map(|indicator| indicator.score.and_then(|score| score.checked_mul(indicator.weight)));
    let sum = sum.fold(Decimal::ZERO, Decimal::saturating_add);
    (objective.score, objective.status, objective.rule) = match sum.checked_div(weights) {
        Some(mean) => (Some(mean), Status::Counted, Rule::WeightedMean),
        None => (None, Status::NotCounted, Rule::NotCounted),
    };
}

/// After links: what still has no value, and declared percentages that are not the computed ones.
///
/// `entity` are the numbers of the entity's own objectives, which a link may point to.
pub fn check(card: &Card, entity: &[String], findings: &mut Findings) {
    let objective = &card.objective;
    let name = format!("{}/{}", objective.holder, objective.number);
    if objective.indicators.is_empty() {
        declared_wholes(card, name.clone(), findings);
        if let (Status::Incomplete, Some(record)) = (objective.status, card.records.first()) {
            let link = proposed(objective, &objective.title, entity);
            no_value(record, name, link, objective.link.is_some(), findings);
        }
        return;
    }
    for (indicator, record) in objective.indicators.iter().zip(&card.records) {
        if indicator.status == Status::Incomplete {
            let link = proposed(objective, &indicator.description, entity);
            no_value(record, format!("{name}/{}", indicator.id), link, indicator.link.is_some(), findings);
        }
    }
    declared_wholes(card, name, findings);
}

/// Weights that are lacking, and those that make no whole: neither of their objective nor of all objectives of its holder.
pub fn weights(cards: &[Card], findings: &mut Findings) {
    for of_holder in cards.chunk_by(|one, other| one.objective.holder == other.objective.holder) {
        let all: Vec<Decimal> = of_holder.iter().flat_map(given).collect();
        let is_shared = whole(&all).is_some_and(|whole| is_whole(&all, whole));
        for card in of_holder {
            weights_nought(card, findings);
            if card.records.len() > 1 {
                weights_of(card, is_shared, findings);
            }
        }
    }
}

fn weights_of(card: &Card, is_shared: bool, findings: &mut Findings) {
    let name = format!("{}/{}", card.objective.holder, card.objective.number);
    let weights: Vec<Decimal> = given(card).collect();
    // A weight that is not counted is none.
    let is_blank = |record: &&Record| matches!(record.weight, Read::Empty | Read::NotCounted(_));
    let mut blank = card.records.iter().filter(is_blank).peekable();
    if weights.is_empty() || blank.peek().is_some() {
        for record in blank.filter(|_| !weights.is_empty()) {
            let name = format!("{name}/{}", record.indicator.as_deref().unwrap_or_default());
            findings.push(Finding::new(&WEIGHT_MISSING, record.origin.place("weight")).with("name", name));
        }
        return;
    }
    let Some(whole) = whole(&weights).filter(|whole| !is_shared && !is_whole(&weights, *whole)) else { return };
    let mut places = card.records.iter().map(|record| record.origin.place("weight"));
    // A weight that could not be read has said so already.
    let Some(first) = places.next().filter(|_| weights.len() == card.records.len()) else { return };
    let shown = |value: Decimal| number::plain(value).replace('.', ",");
    let finding = Finding::new(&WEIGHTS_NOT_WHOLE, first).with("name", name);
    let finding = finding.with("sum", shown(sum(&weights))).with("whole", shown(whole));
    findings.push(places.fold(finding, Finding::and));
}

/// Tells an objective without a result whose indicators that have one all weigh nothing.
fn weights_nought(card: &Card, findings: &mut Findings) {
    let objective = &card.objective;
    if objective.status != Status::NotCounted || objective.link.is_some() {
        return;
    }
    let counted = objective.indicators.iter().zip(&card.records);
    let mut places = counted
        .filter(|(indicator, _)| indicator.status == Status::Counted)
        .map(|(_, record)| record.origin.place("weight"));
    let Some(first) = places.next() else { return };
    let name = format!("{}/{}", objective.holder, objective.number);
    findings.push(places.fold(Finding::new(&WEIGHTS_NOUGHT, first).with("name", name), Finding::and));
}

fn given(card: &Card) -> impl Iterator<Item = Decimal> {
    card.records.iter().filter_map(|record| record.weight.value().copied())
}

/// What weights should add up to: one hundred, or one when they are fractions; none of 2, 1 and 1.
fn whole(weights: &[Decimal]) -> Option<Decimal> {
    let largest = weights.iter().max()?;
    if weights.iter().all(|weight| *weight < Decimal::ONE) && *largest > Decimal::ZERO {
        return Some(Decimal::ONE);
    }
    (*largest > Decimal::TEN).then_some(Decimal::ONE_HUNDRED)
}

/// Three thirds may be written 33.
fn is_whole(weights: &[Decimal], whole: Decimal) -> bool {
    (sum(weights) - whole).abs() * Decimal::ONE_HUNDRED <= whole
}

fn sum(weights: &[Decimal]) -> Decimal {
    weights.iter().fold(Decimal::ZERO, |sum, weight| sum.saturating_add(*weight))
}

/// Percentages that a sheet declares for the whole of an objective: cut is told apart from wrong.
fn declared_wholes(card: &Card, name: String, findings: &mut Findings) {
    let Some(score) = card.objective.score else { return };
    for (declared, column, row) in &card.declared {
        let computed = number::round2(score);
        if (computed - declared).abs() > Decimal::new(1, 2) || computed != number::round2(*declared) {
            let cut = score.trunc_with_scale(2) == *declared;
            let code = if cut { &OBJECTIVE_CUT } else { &OBJECTIVE_DIFFERS };
            let shown = |value: Decimal| number::italian(value, 2, false);
            let finding = Finding::new(code, row.record.origin.place(column)).with("name", &name);
            findings.push(finding.with("declared", shown(*declared)).with("computed", shown(computed)));
        }
    }
}

/// The line to add, as far as the texts tell: the entity's objectives a title names, or the one with the same number.
fn proposed(objective: &Objective, about: &str, entity: &[String]) -> String {
    let own = words(&objective.holder).concat() == "ente";
    let words = words(about);
    let named: Vec<&String> =
        words.iter().skip_while(|word| *word != "ente").filter(|word| entity.contains(word)).collect();
    match (own, &named[..]) {
        (false, [_, _, ..]) => {
            format!("mean({})", named.iter().map(|number| format!("Ente/{number}")).collect::<Vec<_>>().join(", "))
        }
        (false, [only]) => format!("Ente/{only}"),
        (false, []) if entity.contains(&objective.number) => format!("Ente/{}", objective.number),
        _ => "mean(allegato1.percent, allegato2.rounded)".to_owned(),
    }
}

fn no_value(record: &Record, name: String, link: String, linked: bool, findings: &mut Findings) {
    // A cell that could not be read, or a link that leads nowhere, has said so already.
    if matches!(record.result, Read::Unread) || linked {
        return;
    }
    findings.push(Finding::new(&NO_VALUE, record.origin.place("result")).with("name", name).with("link", link));
}
