//! What is the better the less of it there is: waits, costs and faults, whose bare goal is the most there may be.

use crate::value::fold::words;
use crate::value::goal::{Goal, GoalAmount, Op};

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
    "disservizio",
    "disservizi",
    "disguidi",
    "guasto",
    "guasti",
    "lamentele",
];
/// Words of what burdens an office, in whatever unit.
const BURDENS: &[&str] = &[
    "arretrato",
    "arretrati",
    "arretrata",
    "arretrate",
    "giacenza",
    "giacenze",
    "contenzioso",
    "infortunio",
    "infortuni",
    "scostamento",
    "scostamenti",
];
/// Words of what it spends, where the goal is no share.
const SPENT: &[&str] = &["spesa", "spese", "consumo", "consumi"];
/// How words begin that say that something good is done about them: `arretrato smaltito`, `spese rendicontate`.
const DONE: &[&str] = &[
    "smalt",
    "abbatt",
    "azzer",
    "elimin",
    "recuper",
    "definit",
    "definiz",
    "prevenz",
    "contenim",
    "risparmi",
    "copert",
    "capacit",
    "pagat",
    "liquid",
    "impegn",
    "investi",
    "certific",
    "rendicont",
    "erogat",
    "realizz",
    "monitor",
    "controll",
    "verific",
    "anali",
    "report",
    "rilevaz",
    "pubblic",
    "vint",
    "cors",
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

/// How words begin of changes, whose 0 is the least: `riduzione dei costi`.
const CHANGES: &[&str] = &["ridu", "ridott", "miglior", "diminu", "increment", "aument", "risparmi", "contenim"];

/// Whether a goal without a word for most or least is of something of which less is better.
pub fn is_of_less(target: &str, goal: &str, goals: &[Goal]) -> bool {
    bare(goal, goals).is_some_and(|amount| is_better_less(target, amount.percent))
}

/// Whether a goal is a bare 0, which everything reaches unless it is the most there may be.
pub fn is_nought(target: &str, goal: &str, goals: &[Goal]) -> bool {
    let is_change = |word: &String| CHANGES.iter().any(|stem| word.starts_with(stem));
    bare(goal, goals).is_some_and(|amount| amount.value.is_zero()) && !words(target).iter().any(is_change)
}

/// Whether `mantenimento` alone, which is read as not less, is wanted of something of which less is better.
pub fn is_kept_of_less(target: &str, goal: &str, is_share: bool) -> bool {
    let is_more = |word: &String| ["increment", "aument", "cresc"].iter().any(|stem| word.starts_with(stem));
    !words(goal).iter().any(is_more) && is_better_less(target, is_share)
}

/// The figure of a goal that has no word for most or least.
fn bare<'a>(goal: &str, goals: &'a [Goal]) -> Option<&'a GoalAmount> {
    let Some(Goal::Compare { op: Op::AtLeast, amount }) = goals.first() else { return None };
    // `5 o più`, `10 minimo`.
    let is_least = |word: &String| ["min", "piu", "oltre", "almeno"].iter().any(|stem| word.starts_with(stem));
    (goal.trim_start().starts_with(|first: char| first.is_ascii_digit()) && !words(goal).iter().any(is_least))
        .then_some(amount)
}

/// Whether less of a target is better: a wait or costs, unless it is a share of them; faults, burdens.
pub fn is_better_less(target: &str, is_share: bool) -> bool {
    let words = words(target);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let begins = |list: &[&str]| words.iter().any(|word| list.iter().any(|stem| word.starts_with(stem)));
    let is_wait = has(WAITS) || (has(&["giorni"]) && has(&["medi", "medio"]));
    let is_burden = (has(BURDENS) || (!is_share && has(SPENT))) && !begins(DONE);
    (has(FAULTS) || (!is_share && is_wait) || is_burden) && !begins(BUT)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burdens_are_better_fewer_unless_something_is_done_about_them() {
        for target in
            ["Giacenza media (pratiche)", "Arretrato", "Infortuni", "Spese postali", "Consumi di carta", "Costo medio"]
        {
            assert!(is_better_less(target, false), "{target}");
        }
        let others = [
            "Riduzione dei costi",
            "Arretrato smaltito",
            "Contenzioso definito",
            "Spese rendicontate",
            "Risparmio di spesa",
            "Corsi sugli infortuni",
            "Scostamenti analizzati",
            "Reclami evasi",
        ];
        for target in others {
            assert!(!is_better_less(target, false), "{target}");
        }
        assert!(!is_better_less("Spesa sul budget", true));
    }
}
