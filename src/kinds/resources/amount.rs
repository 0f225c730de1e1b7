//! What a header of amounts says when no spelling is declared for it: budget or actual, and income, expense or investment.

use crate::value::fold::words;

/// Beginnings of words of what was budgeted.
const BUDGETED: &[&str] = &["preventiv", "budget", "stanzia", "previs", "assestat", "inizial"];
/// Beginnings of words of what was spent or taken in.
const ACTUAL: &[&str] =
    &["consuntiv", "effettiv", "speso", "impiegat", "realizzat", "utilizzat", "sostenut", "rendicontat", "conseguit"];
const INCOME: &[&str] = &["proventi", "entrate", "ricavi", "accertamenti"];
const EXPENSE: &[&str] = &["oneri", "costi", "spese", "uscite", "impegni"];
/// Capital expense is investment.
const INVESTMENT: &[&str] = &["investimenti", "investimento", "immobilizzazioni", "capitale"];
/// Beginnings of words of what is worked out from amounts, or told beside them.
const DERIVED: &[&str] = &[
    "percentual",
    "differenz",
    "scostament",
    "scost",
    "diff",
    "saldo",
    "avanz",
    "disavanz",
    "total",
    "residu",
    "variazion",
    "var",
    "indic",
    "grado",
    "not",
    "motiv",
    "data",
    "att",
    "economi",
    "utilizzo",
];

/// The declared column that a header surely is by its words.
///
/// ```
/// use allegati::kinds::resources::amount_of;
/// assert_eq!(amount_of("RISORSE A PREVENTIVO SPESE IN CONTO CAPITALE"), Some("budget_investment"));
/// assert_eq!(amount_of("RISORSE A CONSUNTIVO ACCERTAMENTI"), Some("actual_income"));
/// assert_eq!(amount_of("RISORSE A CONSUNTIVO CONTRIBUTI"), None);
/// assert_eq!(amount_of("CONSUNTIVO SALDO ENTRATE"), None);
/// ```
pub fn amount_of(header: &str) -> Option<&'static str> {
    if !is_amount(header) {
        return None;
    }
    let words = words(header);
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let budgeted = begins(&words, BUDGETED);
    let pick = |budget, actual| Some(if budgeted { budget } else { actual });
    match (is(INCOME), is(INVESTMENT), is(EXPENSE)) {
        (true, false, false) => pick("budget_income", "actual_income"),
        (false, true, _) => pick("budget_investment", "actual_investment"),
        (false, false, true) => pick("budget_expense", "actual_expense"),
        _ => None,
    }
}

/// Whether a header is of amounts budgeted or spent, whatever they are of.
pub fn is_amount(header: &str) -> bool {
    let words = words(header);
    let is_one = begins(&words, BUDGETED) != begins(&words, ACTUAL);
    is_one && !header.contains('%') && !begins(&words, DERIVED)
}

fn begins(words: &[String], stems: &[&str]) -> bool {
    words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)))
}
