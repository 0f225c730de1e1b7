//! Links: figures and scorecards that take their value from others, exactly.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::objectives::{Card, weighted};
use super::{Charter, Procedures, Rule, Status};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::reader::Read;
use crate::place::Place;
use crate::settings::link::{Expr, Figure, Reference};
use crate::settings::{FILE_NAME, Settings};
use crate::value::fold::words;
use crate::value::number;

/// A link that points to nothing.
pub static LINK_TO_NOTHING: Code = Code {
    id: "P040",
    slug: "link-to-nothing",
    severity: Severity::Error,
    message: Text::new(
        "il collegamento «{link}» rimanda a «{reference}», che non ha un valore",
        "the link \"{link}\" points to \"{reference}\", which has no value",
    ),
    help: Text::new(
        "controllare in allegati.toml, sotto [links], titolare e numeri; oppure completare i fogli",
        "check holder and numbers under [links] in allegati.toml; or complete the sheets",
    ),
};

/// A link for an objective that no sheet has.
pub static LINK_OF_NOBODY: Code = Code {
    id: "P041",
    slug: "link-of-nobody",
    severity: Severity::Warning,
    message: Text::new(
        "il collegamento di «{link}» non serve: nessun foglio ha questo obiettivo",
        "the link of \"{link}\" is of no use: no sheet has this objective",
    ),
    help: Text::new(
        "controllare in allegati.toml, sotto [links], titolare e numeri",
        "check holder and numbers under [links] in allegati.toml",
    ),
};

/// Links that go round in a circle.
pub static LINK_CIRCLE: Code = Code {
    id: "P042",
    slug: "links-in-a-circle",
    severity: Severity::Error,
    message: Text::new(
        "i collegamenti girano in cerchio: «{link}» dipende da se stesso",
        "the links go round in a circle: \"{link}\" depends on itself",
    ),
    help: Text::new("togliere uno dei collegamenti in allegati.toml", "remove one of the links in allegati.toml"),
};

/// A value in the sheet and a link that says something else.
pub static LINK_OVER_VALUE: Code = Code {
    id: "P043",
    slug: "link-over-value",
    severity: Severity::Warning,
    message: Text::new(
        "«{link}»: il foglio dice {declared}, il collegamento dà {computed}: conta il collegamento",
        "\"{link}\": the sheet says {declared}, the link gives {computed}: the link counts",
    ),
    help: Text::new(
        "controllare il valore del foglio, o togliere il collegamento",
        "check the sheet's value, or remove the link",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&LINK_TO_NOTHING, &LINK_OF_NOBODY, &LINK_CIRCLE, &LINK_OVER_VALUE];

/// What a reference gives.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Given {
    Value(Decimal),
    NotCounted,
    Nothing,
}

/// Where a scorecard stands: card, and indicator in it.
type Target = (usize, Option<usize>);

struct Links<'a> {
    cards: &'a mut [Card],
    charter: &'a Charter,
    procedures: &'a Procedures,
    /// Expressions by target, with the reference as written.
    open: BTreeMap<Target, (String, String, Expr)>,
    /// Targets being followed, to see circles.
    following: Vec<Target>,
}

/// Gives every linked objective and indicator its value, then every objective the mean of its indicators.
pub fn follow(
    cards: &mut [Card],
    charter: &Charter,
    procedures: &Procedures,
    settings: &Settings,
    findings: &mut Findings,
) {
    let file: std::sync::Arc<str> = FILE_NAME.into();
    let mut open = BTreeMap::new();
    for (reference, expression) in &settings.links {
        let (Ok(Reference::Scorecard { holder, objective, indicator, .. }), Ok(expr)) =
            (Reference::parse(reference), Expr::parse(expression))
        else {
            continue;
        };
        match find(cards, &holder, &objective, indicator.as_deref()) {
            Some(target) => {
                open.insert(target, (reference.clone(), expression.clone(), expr));
            }
            None => findings.push(Finding::new(&LINK_OF_NOBODY, Place::file(&file)).with("link", reference.clone())),
        }
    }
    let mut links = Links { cards, charter, procedures, open, following: Vec::new() };
    while let Some(target) = links.open.keys().next().copied() {
        links.settle(target, findings);
    }
    links.cards.iter_mut().for_each(|card| weighted(&mut card.objective));
}

/// The scorecard with a holder, number and indicator, names compared folded.
fn find(cards: &[Card], holder: &str, objective: &str, indicator: Option<&str>) -> Option<Target> {
    let same = |a: &str, b: &str| words(a) == words(b);
    let wanted = words(holder);
    let named = |card: &&Card| same(&card.objective.holder, holder);
    // A holder may be called by the first words of a long name: Dirigente.
    let begins = |card: &&Card| words(&card.objective.holder).starts_with(&wanted);
    let numbered = |card: &Card| same(&card.objective.number, objective);
    let exact = cards.iter().position(|card| named(&card) && numbered(card));
    let card = exact.or_else(|| {
        let holders: std::collections::BTreeSet<&str> =
            cards.iter().filter(begins).map(|card| card.objective.holder.as_str()).collect();
        if holders.len() == 1 { cards.iter().position(|card| begins(&card) && numbered(card)) } else { None }
    })?;
    match indicator {
        None => Some((card, None)),
        Some(id) => {
            let at = cards[card].objective.indicators.iter().position(|indicator| same(&indicator.id, id))?;
            Some((card, Some(at)))
        }
    }
}

impl Links<'_> {
    /// Follows one link and everything it depends on.
    fn settle(&mut self, target: Target, findings: &mut Findings) {
        let Some((name, expression, expr)) = self.open.get(&target).cloned() else { return };
        if self.following.contains(&target) {
            findings.push(Finding::new(&LINK_CIRCLE, self.place(target)).with("link", name));
            self.open.remove(&target);
            return;
        }
        self.following.push(target);
        let given: Vec<Given> = expr.references().iter().map(|reference| self.value(reference, findings)).collect();
        self.following.pop();
        if self.open.remove(&target).is_none() {
            self.set(target, &expression, Given::Nothing);
            return;
        }
        let missing = expr.references().iter().zip(&given).find(|(_, given)| **given == Given::Nothing);
        let result = match missing {
            Some((reference, _)) => {
                let finding = Finding::new(&LINK_TO_NOTHING, self.place(target)).with("link", name.clone());
                findings.push(finding.with("reference", spelled(reference)));
                Given::Nothing
            }
            None => mean(&given),
        };
        self.compare(target, &name, result, findings);
        self.set(target, &expression, result);
    }

    fn value(&mut self, reference: &Reference, findings: &mut Findings) -> Given {
        let (value, rounded) = match reference {
            Reference::Figure { name, rounded } => (self.figure(*name), *rounded),
            Reference::Scorecard { holder, objective, indicator, rounded } => {
                let Some(target) = find(self.cards, holder, objective, indicator.as_deref()) else {
                    return Given::Nothing;
                };
                (self.scorecard(target, findings), *rounded)
            }
        };
        match value {
            Given::Value(value) if rounded => Given::Value(number::round_to(number::round2(value), 0)),
            other => other,
        }
    }

    fn figure(&self, name: Figure) -> Given {
        let value = match name {
            Figure::CharterPercent => self.charter.percent,
            Figure::CharterTotal => (self.charter.counted > 0).then_some(self.charter.total),
            Figure::CharterMeanDeviation => self.charter.mean_deviation_percent,
            Figure::ProceduresMean | Figure::ProceduresPercent => self.procedures.mean,
            Figure::ProceduresRounded => self.procedures.rounded,
        };
        value.map_or(Given::Nothing, Given::Value)
    }

    fn scorecard(&mut self, target: Target, findings: &mut Findings) -> Given {
        self.settle(target, findings);
        let (card, indicator) = target;
        if let Some(at) = indicator {
            let indicator = &self.cards[card].objective.indicators[at];
            return given(indicator.score, indicator.status);
        }
        for at in 0..self.cards[card].objective.indicators.len() {
            self.settle((card, Some(at)), findings);
        }
        weighted(&mut self.cards[card].objective);
        given(self.cards[card].objective.score, self.cards[card].objective.status)
    }

    /// A value typed in the sheet beside the link.
    fn compare(&self, (card, indicator): Target, name: &str, result: Given, findings: &mut Findings) {
        let card = &self.cards[card];
        let record = match indicator {
            Some(at) => card.records.get(at),
            None if card.objective.indicators.is_empty() => card.records.first(),
            None => None,
        };
        if let (Some(record), Given::Value(computed)) = (record, result)
            && let Read::Value(declared) = &record.result
        {
            let computed = number::round2(computed);
            if (computed - declared).abs() > Decimal::new(1, 2) {
                let shown = |value: Decimal| number::italian(value, 2, false);
                let finding = Finding::new(&LINK_OVER_VALUE, record.origin.place("result")).with("link", name);
                findings.push(finding.with("declared", shown(*declared)).with("computed", shown(computed)));
            }
        }
    }

    fn set(&mut self, (card, indicator): Target, expression: &str, given: Given) {
        let (score, status, rule) = match given {
            Given::Value(value) => (Some(value), Status::Counted, Rule::Link),
            Given::NotCounted => (None, Status::NotCounted, Rule::NotCounted),
            Given::Nothing => (None, Status::Incomplete, Rule::None),
        };
        let objective = &mut self.cards[card].objective;
        match indicator {
            Some(at) => {
                let indicator = &mut objective.indicators[at];
                (indicator.score, indicator.status, indicator.rule) = (score, status, rule);
                indicator.link = Some(expression.to_owned());
            }
            None => {
                (objective.score, objective.status, objective.rule) = (score, status, rule);
                objective.link = Some(expression.to_owned());
            }
        }
    }

    fn place(&self, (card, indicator): Target) -> Place {
        let record = self.cards[card].records.get(indicator.unwrap_or(0));
        record.map_or_else(|| Place::file(&FILE_NAME.into()), |record| record.origin.place("result"))
    }
}

fn given(score: Option<Decimal>, status: Status) -> Given {
    match (status, score) {
        (Status::Counted, Some(score)) => Given::Value(score),
        (Status::NotCounted, _) => Given::NotCounted,
        _ => Given::Nothing,
    }
}

/// Exact mean of the values that count; N.C. ones drop out.
fn mean(given: &[Given]) -> Given {
    let values: Vec<Decimal> =
        given.iter().filter_map(|given| if let Given::Value(value) = given { Some(*value) } else { None }).collect();
    super::charter::mean_of(values.iter().copied().sum(), values.len()).map_or(Given::NotCounted, Given::Value)
}

fn spelled(reference: &Reference) -> String {
    match reference {
        Reference::Figure { name, .. } => crate::settings::link::FIGURES
            .iter()
            .find(|(_, figure)| figure == name)
            .map_or("?", |(spelling, _)| spelling)
            .to_owned(),
        Reference::Scorecard { holder, objective, indicator, .. } => {
            [Some(holder.as_str()), Some(objective.as_str()), indicator.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("/")
        }
    }
}
