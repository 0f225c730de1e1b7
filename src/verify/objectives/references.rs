//! How one objective points to others: by a link of the settings, by words of its title, by being the same one.

use rust_decimal::Decimal;

use super::Objective;
use crate::settings::Settings;
use crate::settings::link::{Expr, Figure, Reference};
use crate::value::fold::{fold, spaced_words, words};
use crate::value::number::{round_to, round2};
use crate::verify::Words;
use crate::verify::names::Figures;

/// Shorter pieces of an abridged title say too little.
const SHORTEST_PIECE: usize = 12;

/// The links of the settings, with what they point to in the workbook.
pub struct Links<'a> {
    links: Vec<(Reference, Expr, &'a str)>,
    objectives: &'a [Objective<'a>],
    figures: &'a Figures,
}

impl<'a> Links<'a> {
    pub fn new(settings: &'a Settings, objectives: &'a [Objective<'a>], figures: &'a Figures) -> Self {
        let links = settings.links.iter().filter_map(|(reference, expression)| {
            Some((Reference::parse(reference).ok()?, Expr::parse(expression).ok()?, expression.as_str()))
        });
        Self { links: links.collect(), objectives, figures }
    }

    /// The value that a link gives an objective or one of its indicators, with the link.
    pub fn of(&self, holder: &str, number: &str, indicator: Option<&str>) -> Option<(Decimal, Words)> {
        let (_, expression, text) = self.links.iter().find(|(reference, ..)| {
            matches!(reference, Reference::Scorecard { holder: h, objective: o, indicator: i, .. }
                if same_holder(holder, h) && same_number(number, o) && i.as_deref().map(fold) == indicator.map(fold))
        })?;
        let references = match expression {
            Expr::Mean(list) => list.as_slice(),
            Expr::Single(one) => std::slice::from_ref(one),
        };
        let values: Vec<Decimal> = references.iter().map(|one| self.value(one)).collect::<Option<_>>()?;
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        let mean = sum.checked_div(Decimal::from(values.len()))?;
        Some((mean, (format!("collegamento {text}"), format!("link {text}"))))
    }

    fn value(&self, reference: &Reference) -> Option<Decimal> {
        match reference {
            Reference::Figure { name, rounded } => {
                let value = match name {
                    Figure::CharterPercent => self.figures.charter_percent,
                    Figure::CharterTotal => self.figures.charter_total,
                    Figure::CharterMeanDeviation => self.figures.charter_deviation,
                    Figure::ProceduresMean | Figure::ProceduresPercent => self.figures.procedures_mean,
                    Figure::ProceduresRounded => self.figures.procedures_mean.map(whole),
                }?;
                Some(if *rounded { whole(value) } else { value })
            }
            Reference::Scorecard { holder, objective, indicator, rounded } => {
                let of = |one: &&Objective<'_>| same_holder(&one.holder, holder) && same_number(&one.number, objective);
                let found = self.objectives.iter().find(of)?;
                let value = match indicator {
                    None => found.value()?,
                    Some(id) => found.indicators.iter().find(|one| fold(&one.id) == fold(id))?.result?.value,
                };
                Some(if *rounded { whole(value) } else { value })
            }
        }
    }
}

fn whole(value: Decimal) -> Decimal {
    round_to(round2(value), 0)
}

/// Whether a holder is the one named: by the whole name or its first words.
pub fn same_holder(holder: &str, named: &str) -> bool {
    words(holder).starts_with(&words(named))
}

/// `1` and `1/2019` are one number: the year tells nothing within a workbook of one year.
pub fn same_number(a: &str, b: &str) -> bool {
    let bare = |text: &str| fold(text.split('/').next().unwrap_or(text));
    bare(a) == bare(b)
}

/// The holder and numbers that a title says it is made of: `… degli obiettivi di Ente n. 3-4-5-6`.
///
/// Two numbers with a dash are the two, not a range.
pub fn named_in(title: &str) -> Option<(String, Vec<String>)> {
    let words = words(title);
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let start = words.iter().rposition(|word| is(word, &["obiettivi"]))?;
    let rest = &words[start + 1..];
    let numbers_at = rest.iter().position(|word| word.chars().all(|c| c.is_ascii_digit()))?;
    let small = ["di", "dell", "del", "della", "n", "nn", "nr", "numero", "numeri", "dello"];
    let holder: Vec<&str> = rest[..numbers_at].iter().filter(|word| !is(word, &small)).map(String::as_str).collect();
    let listed = rest[numbers_at..].iter().filter(|word| !is(word, &["e", "ed", "n"]));
    let numbers: Vec<String> =
        listed.take_while(|word| word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit())).cloned().collect();
    (!holder.is_empty() && holder.len() <= 4 && numbers.len() >= 2).then(|| (holder.join(" "), numbers))
}

/// Whether two titles are one; an abridged one has `…` for what it leaves out.
pub fn same_title(abridged: &str, whole: &str) -> bool {
    let (whole, text) = (spaced_words(whole), abridged.replace("...", "…"));
    let pieces: Vec<String> = text.split('…').map(spaced_words).collect();
    match &pieces[..] {
        [all] => all.len() >= SHORTEST_PIECE && *all == whole,
        [first, middle @ .., last] => {
            let rest = whole.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()));
            first.len() >= SHORTEST_PIECE
                && last.len() >= SHORTEST_PIECE
                && rest.is_some_and(|rest| middle.iter().all(|piece| rest.contains(piece.as_str())))
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_the_objectives_they_are_made_of() {
        let title =
            "Coordinamento e supervisione con riferimento alla realizzazione degli obiettivi di Ente n. 3-4-5-6";
        let numbers = ["3", "4", "5", "6"].map(str::to_owned).to_vec();
        assert_eq!(named_in(title), Some(("ente".to_owned(), numbers)));
        assert_eq!(named_in("Realizzazione di almeno il 90% degli obiettivi assegnati alla struttura"), None);
        assert_eq!(named_in("Obiettivi 2019"), None);
    }

    #[test]
    fn an_abridged_title_is_the_whole_one() {
        let whole =
            "GARANTIRE I LIVELLI DI SERVIZIO ATTRAVERSO IL RISPETTO DEGLI STANDARD. ATTUAZIONE OBBLIGHI TRASPARENZA";
        assert!(same_title("Garantire i livelli di servizio … Attuazione obblighi trasparenza", whole));
        assert!(!same_title("Garantire i livelli di servizio … Gestione della spesa corrente", whole));
        assert!(!same_title("Garantire", whole));
        assert!(!same_title("Garantire i livelli di servizio", whole));
        assert!(same_title(&whole.to_lowercase(), whole));
    }
}
