//! Cost of staff: what is a cost and what is said of costs are told apart, items are added up, renewals are taken to
//! their entity.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Joined, NEARLY_SAME, join};
use crate::finding::{Finding, Findings};
use crate::kinds::reader::Read;
use crate::kinds::staff_costs::{ITEM_MISSING, Line, NOT_A_COST, Record, line_of, owner};
use crate::kinds::table::Table;
use crate::parse::totals::TOTAL_DIFFERS;
use crate::place::Place;
use crate::value::fold::{fold, words};
use crate::value::number;

/// The costs of a folder, and what its sheets say of them.
#[derive(Debug, Default)]
pub struct Costs {
    /// Costs by entity and year.
    pub costs: Vec<Joined<Record>>,
    /// The parts of these costs, each as its table gives it: items, or entities.
    pub parts: Vec<Record>,
    /// Rows of differences and variations.
    pub declared: Vec<Record>,
    /// Renewals by year that no entity is named for.
    pub renewals: Vec<(i16, Decimal)>,
}

impl Costs {
    /// Tells the records apart.
    pub fn of(records: Vec<Record>, findings: &mut Findings) -> Self {
        let (lines, parts) = told_apart(records);
        items_missing(&parts, findings);
        let mut costs = add_items(parts.clone());
        let mut whole = Vec::new();
        // What is left without the renewals is known after all of them.
        let (net, renewals): (Vec<&Record>, Vec<&Record>) =
            lines.iter().filter(|line| line.cost.value().is_some()).partition(|line| is_net(line));
        let near = Near::of(&costs);
        renewals.iter().for_each(|line| add_renewals(line, &near, &mut costs, &mut whole));
        net.iter().for_each(|line| compare_net(line, &near, &mut costs, &mut whole, findings));
        let declared = lines
            .into_iter()
            .filter(|line| line.declared_difference.is_some() || line.declared_variation.is_some())
            .collect();
        let costs = join(costs, findings);
        nearly_one(&costs, findings);
        Self { costs, parts, declared, renewals: whole.into_iter().map(|(_, year, sum)| (year, sum)).collect() }
    }
}

/// Table, year and amount.
type Whole = (*const Table, i16, Decimal);

fn is_net(record: &Record) -> bool {
    matches!(line_of(record).0, Line::Net | Line::NetOfSomething)
}

/// What is said of costs, and the costs. A table that has nothing else has costs, whatever they are called.
fn told_apart(records: Vec<Record>) -> (Vec<Record>, Vec<Record>) {
    let is_said = |record: &Record| {
        let line = line_of(record).0;
        let declares = record.cost == Read::Empty && matches!(line, Line::Difference | Line::Variation);
        matches!(line, Line::Renewals | Line::Net | Line::NetOfSomething) || declares
    };
    let of = |record: &Record| Arc::as_ptr(&record.origin.table);
    let with_costs: HashSet<_> = records.iter().filter(|record| !is_said(record)).map(of).collect();
    let said = |record: &Record| is_said(record) && (with_costs.contains(&of(record)) || record.cost == Read::Empty);
    records.into_iter().partition(said)
}

/// Of every table and year, which costs are its.
struct Near(HashMap<(*const Table, i16), Vec<usize>>);

impl Near {
    fn of(costs: &[Record]) -> Self {
        let mut near: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, cost) in costs.iter().enumerate() {
            near.entry((Arc::as_ptr(&cost.origin.table), cost.year)).or_default().push(at);
        }
        Self(near)
    }

    /// The costs of a line's table and year.
    fn to(&self, line: &Record) -> &[usize] {
        self.0.get(&(Arc::as_ptr(&line.origin.table), line.year)).map_or(&[], Vec::as_slice)
    }

    /// The cost that a line is of: that of the entity it names, or the only one.
    fn target(&self, line: &Record, costs: &[Record]) -> Option<usize> {
        let near = self.to(line);
        let (entity, name) = (words(&line.entity).concat(), owner(line_of(line).1));
        let is_of = |at: &&usize| {
            let own = words(&costs[**at].entity).concat();
            own == entity || (!name.is_empty() && own == name)
        };
        near.iter().find(is_of).or_else(|| near.first().filter(|_| near.len() == 1)).copied()
    }

    /// The sum of the costs of a line's table and year.
    fn gross(&self, line: &Record, costs: &[Record]) -> Option<Decimal> {
        let mut amounts = self.to(line).iter().map(|at| costs[*at].cost.value());
        amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount?))
    }
}

fn add_renewals(line: &Record, near: &Near, costs: &mut [Record], whole: &mut Vec<Whole>) {
    let Read::Value(amount) = line.cost else { return };
    match near.target(line, costs).map(|at| &mut costs[at]) {
        Some(cost) => cost.renewals = Some(cost.renewals.unwrap_or_default().saturating_add(amount)),
        None => whole.push((Arc::as_ptr(&line.origin.table), line.year, amount)),
    }
}

/// A declared net cost gives the renewals where none are stated; where they are, it is compared.
fn compare_net(line: &Record, near: &Near, costs: &mut [Record], whole: &mut Vec<Whole>, findings: &mut Findings) {
    let Read::Value(net) = line.cost else { return };
    let place = line.origin.place_at(line.col);
    let (kind, label) = line_of(line);
    let at = near.target(line, costs);
    let table = Arc::as_ptr(&line.origin.table);
    let stated = match at {
        Some(at) => costs[at].renewals,
        None => whole.iter().find(|(of, year, _)| (*of, *year) == (table, line.year)).map(|(.., sum)| *sum),
    };
    let gross: Option<Decimal> = match at {
        Some(at) => costs[at].cost.value().copied(),
        None => near.gross(line, costs),
    };
    let (Some(gross), Some(label)) = (gross, Some(label).filter(|label| !label.is_empty())) else { return };
    let Some(left) = gross.checked_sub(net) else { return };
    match stated {
        Some(renewals) if (left - renewals).abs() > Decimal::new(1, 2) => {
            let money = |value: Decimal| number::italian(value, 2, true);
            let computed = gross.saturating_sub(renewals);
            let finding = Finding::new(&TOTAL_DIFFERS, place).with("label", label).with("declared", money(net));
            findings.push(finding.with("computed", money(computed)));
        }
        Some(_) => {}
        None if kind == Line::NetOfSomething => {
            // Told once, at the first of its years.
            if !findings.iter().any(|told| told.code.id == NOT_A_COST.id && is_beside(&told.place, &place)) {
                findings.push(Finding::new(&NOT_A_COST, place).with("seen", label));
            }
        }
        None => match at {
            Some(at) => costs[at].renewals = Some(left),
            None => whole.push((table, line.year, left)),
        },
    }
}

/// Whether two places are of one row.
fn is_beside(one: &Place, other: &Place) -> bool {
    let row = |place: &Place| place.cell.map(|cell| cell.row);
    one.file == other.file && one.sheet == other.sheet && row(one) == row(other)
}

/// Items without an amount in a year that has others of the same entity, and with one in another year.
fn items_missing(records: &[Record], findings: &mut Findings) {
    let is_item = |record: &&Record| !record.item.is_empty();
    let of = |record: &Record| (Arc::as_ptr(&record.origin.table), fold(&record.entity));
    let given =
        || records.iter().filter(is_item).filter(|record| record.cost.value().is_some_and(|cost| !cost.is_zero()));
    let years: HashSet<_> = given().map(|record| (of(record), record.year)).collect();
    let items: HashSet<_> = given().map(|record| (of(record), fold(&record.item))).collect();
    for record in records.iter().filter(is_item).filter(|record| record.cost == Read::Empty) {
        if years.contains(&(of(record), record.year)) && items.contains(&(of(record), fold(&record.item))) {
            let finding = Finding::new(&ITEM_MISSING, record.origin.place_at(record.col));
            findings.push(finding.with("item", record.item.clone()).with("year", record.year.to_string()));
        }
    }
}

/// Items of one table that belong to the same entity and year make one cost.
fn add_items(records: Vec<Record>) -> Vec<Record> {
    let mut out: Vec<Record> = Vec::new();
    let mut known: HashMap<(*const Table, i16, String), Vec<usize>> = HashMap::new();
    for record in records {
        let key = (Arc::as_ptr(&record.origin.table), record.year, fold(&record.entity));
        let known = known.entry(key).or_default();
        let same = known.iter().find(|at| !record.item.is_empty() && out[**at].item != record.item);
        let Some(same) = same.map(|at| &mut out[*at]) else {
            known.push(out.len());
            out.push(record);
            continue;
        };
        same.renewals = match (same.renewals, record.renewals) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        same.cost = match (&same.cost, &record.cost) {
            (Read::Value(a), Read::Value(b)) => a.checked_add(*b).map_or(Read::Unread, Read::Value),
            (Read::Value(a), Read::Empty) => Read::Value(*a),
            (Read::Empty, Read::Value(b)) => Read::Value(*b),
            _ => Read::Unread,
        };
    }
    out
}

/// Entities whose names differ by the form of the company, an abbreviation or a slip are probably one, counted twice.
fn nearly_one(costs: &[Joined<Record>], findings: &mut Findings) {
    const MOST: usize = 200;
    let mut firsts: Vec<(Vec<String>, &Record)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for record in costs.iter().map(|joined| &joined.record) {
        let spelling = words(&record.entity).concat();
        // Nobody has so many entities.
        if !known.insert(spelling) || firsts.len() >= MOST {
            continue;
        }
        let telling = telling(&record.entity);
        if let Some((_, other)) = firsts.iter().find(|(first, _)| are_one(first, &telling)) {
            let first = other.origin.place_at(other.col);
            findings.push(
                Finding::new(&NEARLY_SAME, record.origin.place_at(record.col))
                    .with("name", record.entity.clone())
                    .with("second", other.entity.clone())
                    .with("other", first.to_string())
                    .and(first),
            );
        }
        firsts.push((telling, record));
    }
}

/// The words that tell an entity from others: `Camera di Commercio di Lucca`, `C.C.I.A.A. di Lucca` and `CCIAA Lucca`
/// have the same.
fn telling(entity: &str) -> Vec<String> {
    const SMALL: &[&str] = &["di", "del", "della", "dei", "delle", "e", "la", "il", "per", "con", "a"];
    const FORMS: &[&str] =
        &["srl", "spa", "scarl", "scpa", "scrl", "soc", "societa", "consortile", "unipersonale", "uninominale", "coop"];
    let spaced = format!(" {} ", words(entity).join(" "));
    let short = [
        (" industria artigianato agricoltura ", " "),
        (" industria artigianato e agricoltura ", " "),
        (" camera di commercio ", " cciaa "),
        (" camera commercio ", " cciaa "),
        (" c c i a a ", " cciaa "),
        (" s r l ", " "),
        (" s p a ", " "),
        (" s c a r l ", " "),
        (" s c r l ", " "),
    ];
    let spaced = short.iter().fold(spaced, |spaced, (long, short)| spaced.replace(long, short));
    let telling = spaced.split_whitespace().filter(|word| !SMALL.contains(word) && !FORMS.contains(word));
    let mut telling: Vec<String> = telling.map(str::to_owned).collect();
    telling.sort_unstable();
    telling
}

/// Whether two names tell the same: the same words, one of them with a slip at most, or a body's with and without its
/// place.
fn are_one(one: &[String], other: &[String]) -> bool {
    let body = |short: &[String], long: &[String]| {
        matches!(short, [only] if only == "cciaa") && long.iter().any(|word| word == "cciaa")
    };
    let slip = |a: &String, b: &String| {
        a == b
            || (a.len() >= 6
                && b.len() >= 6
                && strsim::osa_distance(a, b) <= 1
                && !a.ends_with(|c: char| c.is_ascii_digit()))
    };
    let same = !one.is_empty() && one.len() == other.len() && one.iter().zip(other).all(|(a, b)| slip(a, b));
    same || body(one, other) || body(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entity_in_several_spellings() {
        let alike = |a: &str, b: &str| are_one(&telling(a), &telling(b));
        for other in ["Camera di Commercio di Lucca", "CCIAA di Lucca", "C.C.I.A.A. di Lucca", "CCIAA"] {
            assert!(alike("CCIAA Lucca", other), "{other}");
        }
        assert!(alike("Lucca Promos S.r.l.", "Lucca Promos"));
        for (one, other) in [("CCIAA Lucca", "CCIAA Pisa"), ("Lucca Promos", "Lucca In-Tec"), ("Alfa 1", "Alfa 2")] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }
}
