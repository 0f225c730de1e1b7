//! Units that a column of their own gives: `U.M.` beside the values, with `gg`, `ore` or `%` in each row.

use super::codes::UNIT_UNKNOWN;
use super::{Decision, RowReader};
use crate::kinds::table::{Mapped, Role, Table};
use crate::value::duration;
use crate::value::fold::{trim, words};

/// Whether a header names a column of units: `U.M.`, `Unità di misura`.
///
/// ```
/// use allegati::kinds::reader::names_units;
/// assert!(["U.M.", "u.m", "Unità di misura"].into_iter().all(names_units));
/// assert!(!["Unità organizzativa", "Misura"].into_iter().any(names_units));
/// ```
pub fn names_units(header: &str) -> bool {
    let words = words(header);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words[..], ["um"] | ["u", "m"] | ["unita", "misura"] | ["unita", "di", "misura"])
}

/// The column that gives the units of another: the one right of it, or the only one there is.
pub fn units_of(table: &Table, col: u32) -> Option<u32> {
    let is_it = |mapped: &&Mapped| matches!(mapped.role, Role::Unknown) && names_units(&mapped.header);
    let mut all = table.columns.iter().filter(is_it).map(|mapped| mapped.col);
    let beside = table.columns.iter().find(|mapped| mapped.col > col).filter(is_it).map(|mapped| mapped.col);
    beside.or_else(|| all.next().filter(|_| all.next().is_none()))
}

/// Whether a header gives a unit that is neither a time nor a percentage: a count, money, marks of another scale than 100.
///
/// ```
/// use allegati::kinds::reader::says_amount;
/// let amounts = ["Risultato (n.)", "Risultato (€)", "Risultato in euro", "Valutazione (1-5)", "Punteggio (max 20)"];
/// assert!(amounts.into_iter().all(says_amount) && says_amount("Voto (in trentesimi)"));
/// let others = ["Risultato (%)", "Risultato (0-100)", "Risultato (1)", "Risultato (al 31/12)", "Punteggio (max 100)"];
/// assert!(!others.into_iter().any(says_amount) && !says_amount("Risultato (N.C.)"));
/// ```
pub fn says_amount(header: &str) -> bool {
    let inside = header.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    let all = words(header);
    let is_other_whole = |word: &str| word == "decimi" || word.ends_with("esimi") && word != "centesimi";
    let ends_in_unit =
        matches!(&all[..], [.., before, last] if before == "in" && (last == "euro" || is_other_whole(last)));
    let is_count = |inside: &str| {
        let words = words(inside);
        match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["euro" | "eur" | "unita" | "n" | "nr" | "num" | "numero"] => true,
            ["n" | "nr" | "num" | "numero", counted] => counted.len() > 3,
            _ => false,
        }
    };
    let says =
        header.contains('€') || ends_in_unit || inside.is_some_and(|inside| is_count(inside) || is_scale(inside));
    says && !header.contains('%')
}

/// Whether brackets give the ends of a scale of marks: `1-5`, `da 0 a 10`, `max 20`.
fn is_scale(inside: &str) -> bool {
    const BESIDE: &[&str] = &["da", "a", "su", "max", "massimo", "scala", "punti", "base"];
    let words = words(inside);
    let (ends, beside): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let ends: Vec<u32> = ends.into_iter().filter_map(|end| end.parse().ok()).collect();
    let is_named = beside.iter().any(|word| matches!(word.as_str(), "su" | "max" | "massimo"));
    let is_top = |top: u32| (3..=60).contains(&top);
    let is_whole = match ends[..] {
        [0 | 1, top] => is_top(top),
        [top] => is_named && is_top(top),
        _ => false,
    };
    is_whole && !inside.contains(['/', ',', ';']) && beside.iter().all(|word| BESIDE.contains(&word.as_str()))
}

impl RowReader<'_> {
    /// Whether a bare number of a column is a time, by the unit beside it in this row, else by its header.
    pub fn gives_time(&self, id: &str) -> bool {
        let Some(col) = self.table.col(id) else { return false };
        let decision = self.decision(col);
        let unit = decision.units.and_then(|col| self.sheet.cell_of(self.stored, col));
        match unit.map(|cell| self.sheet.shown(cell)).filter(|said| !trim(said).is_empty()) {
            Some(said) => duration::header_clock(&format!("u ({})", trim(&said))).is_some(),
            None => decision.no_share,
        }
    }

    /// What a column decided, with the unit that its row gives; none when nobody can tell what the unit is, which is
    /// reported where a bare number needs it.
    pub(super) fn with_unit(&mut self, mut decision: Decision, is_bare: bool) -> Option<Decision> {
        let Some(cell) = decision.units.and_then(|col| self.sheet.cell_of(self.stored, col)) else {
            return Some(decision);
        };
        let shown = self.sheet.shown(cell);
        let said = trim(&shown);
        if said.is_empty() {
            return Some(decision);
        }
        let clock = duration::header_clock(&format!("u ({said})"));
        decision.points = clock.is_none() && duration::header_says_points(said);
        match clock {
            Some(clock) => decision.clock = clock,
            None if decision.points || !is_bare => {}
            None => {
                let place = self.place(cell.col);
                let is_told =
                    |finding: &crate::finding::Finding| finding.code.id == UNIT_UNKNOWN.id && finding.place == place;
                if !self.findings.iter().rev().take(8).any(is_told) {
                    self.report(&UNIT_UNKNOWN, cell.col, &[("seen", said.into())]);
                }
                return None;
            }
        }
        Some(decision)
    }
}
