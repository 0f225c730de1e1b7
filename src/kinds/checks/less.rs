//! What is the better the less of it there is: waits, costs and faults, whose bare goal is the most there may be.

use crate::value::fold::words;
use crate::value::goal::{Goal, Op};

/// Words of waits and costs, of which less is better where the goal is no share.
const WAITS: &[&str] = &["tempo", "tempi", "tempestivita", "durata", "attesa", "costo", "costi"];
/// Words of faults.
const FAULTS: &[&str] = &[
    "ritardo",
    "ritardi",
    "errore",
    "errori",
    "reclamo",
    "reclami",
    "ricorso",
    "ricorsi",
    "contenziosi",
    "assenze",
    "assenza",
    "assenteismo",
    "irregolarita",
    "inadempienze",
];
/// How words begin beside which more is better all the same: `reclami evasi`, `rispetto dei tempi`.
const BUT: &[&str] = &[
    "evas",
    "gestit",
    "risolt",
    "corrett",
    "rispett",
    "ridu",
    "ridott",
    "riscontr",
    "trattat",
    "chius",
    "conclus",
    "termin",
    "entro",
    "rispost",
    "esamin",
    "miglior",
    "diminu",
    "apertur",
    "dedicat",
    "formazion",
];

/// Whether a goal without a word for most or least is of something of which less is better.
pub fn is_of_less(target: &str, goal: &str, goals: &[Goal]) -> bool {
    let Some(Goal::Compare { op: Op::AtLeast, amount }) = goals.first() else { return false };
    if goal.trim_start().starts_with(|first: char| !first.is_ascii_digit()) {
        return false;
    }
    // `5 o più`, `10 minimo`.
    if words(goal).iter().any(|word| ["min", "piu", "oltre", "almeno"].iter().any(|stem| word.starts_with(stem))) {
        return false;
    }
    let words = words(target);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_wait = has(WAITS) || (has(&["giorni"]) && has(&["medi", "medio"]));
    let is_less = has(FAULTS) || (!amount.percent && is_wait);
    is_less && !words.iter().any(|word| BUT.iter().any(|stem| word.starts_with(stem)))
}

/// Whether a text is of faults, and of nothing about them of which more is better.
pub fn is_of_faults(text: &str) -> bool {
    let words = words(text);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    (any(FAULTS) || words.windows(2).any(|pair| pair[0] == "fuori" && pair[1].starts_with("termin")))
        && !words.iter().any(|word| BUT.iter().any(|stem| word.starts_with(stem) && *stem != "termin"))
}

/// The same goal as the most there may be.
pub fn at_most(goal: &mut Goal) {
    if let Goal::Compare { op, .. } = goal {
        *op = Op::AtMost;
    }
}
