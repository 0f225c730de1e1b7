//! Whether amounts are what was budgeted or what was spent: `Preventivo` beside `Consuntivo`.

use super::names::is_topic;
use crate::value::fold::words;

/// What amounts are by the word in front of them, or behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// What was budgeted, or is expected.
    Budget,
    /// What was spent, by one of the words for it.
    Spent,
    /// The closing account, which goes before other words for what was spent.
    Account,
}

/// Words of what was budgeted, or is expected.
const BUDGETED: &[&str] = &[
    "preventivo",
    "preventivato",
    "preventivata",
    "budget",
    "stanziamento",
    "stanziamenti",
    "stanziato",
    "stanziata",
    "previsione",
    "previsioni",
    "previsto",
    "prevista",
    "previsionale",
    "assestato",
    "assestata",
    "assestamento",
    "iniziale",
    "preconsuntivo",
    "stima",
    "stimato",
    "stimata",
    "proiezione",
];
/// Words of what was spent.
const SPENT: &[&str] = &[
    "effettivo",
    "effettiva",
    "speso",
    "sostenuto",
    "sostenuta",
    "sostenute",
    "rendicontato",
    "rendicontata",
    "realizzato",
    "pagato",
    "pagata",
    "liquidato",
    "liquidata",
    "impegnato",
    "impegnata",
    "impegni",
    "pagamenti",
    "actual",
];
/// Words of the closing account.
const ACCOUNT: &[&str] = &["consuntivo", "consuntivi", "consuntivato", "consuntivata"];

/// What a header says of its amounts.
///
/// ```
/// use allegati::kinds::staff_costs::{Basis, basis};
/// assert_eq!(basis("Preventivo assestato"), Some(Basis::Budget));
/// assert_eq!(basis("Costo a consuntivo"), Some(Basis::Account));
/// assert_eq!(basis("Speso"), Some(Basis::Spent));
/// assert_eq!(basis("CCIAA Lucca"), None);
/// ```
pub fn basis(header: &str) -> Option<Basis> {
    let words = words(header);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match () {
        () if has(BUDGETED) => Some(Basis::Budget),
        () if has(ACCOUNT) => Some(Basis::Account),
        () if has(SPENT) => Some(Basis::Spent),
        () => None,
    }
}

/// Whether a header says that, and names nobody: `Stanziato`, `Costo a consuntivo`.
///
/// ```
/// use allegati::kinds::staff_costs::is_bare_basis;
/// assert!(is_bare_basis("Stanziato") && is_bare_basis("Costo a consuntivo"));
/// assert!(!is_bare_basis("CCIAA consuntivo") && !is_bare_basis("Costo del personale"));
/// ```
pub fn is_bare_basis(header: &str) -> bool {
    let rest: Vec<String> = words(header).into_iter().filter(|word| basis(word).is_none()).collect();
    basis(header).is_some() && (rest.is_empty() || is_topic(&rest.join(" ")))
}
