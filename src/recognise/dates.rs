//! Logs with several days of one sort: the one that the term runs from, or that ends the case, is told by its name.

use super::mapping::Ground;
use crate::finding::Text;
use crate::kinds::table::{Mapped, Role, Why};
use crate::kinds::{Content, cases};
use crate::value::fold::words;

/// How the words begin that say from which day a term runs, the surest first.
const STARTS: &[&[&str]] = &[
    &["protocoll", "prot"],
    &["ricezion", "ricevimen", "arriv", "pervenut", "ricevut"],
    &["domand", "richiest", "istanz", "presentazion", "presentat", "deposit"],
    &["inizi", "avvi", "apertur"],
    &["fattur"],
];
/// And those that say with which day a case ends.
const ENDS: &[&[&str]] = &[
    &["pagament", "quietanz"],
    &["rilasci", "conclusion", "chiusur", "fine", "evasion"],
    &["mandat", "ordinativ"],
    &["liquidazion"],
    &["emission", "adozion"],
];

/// Gives the column of starts, or of ends, to the day whose name says it most surely, where two could be it: `Data fattura`
/// and `Data protocollo`. The others keep why they were not sure, so that it is told.
pub fn complete(ground: &Ground<'_>, columns: &mut [Mapped]) {
    declared(columns);
    for (id, names) in [("start", STARTS), ("end", ENDS)] {
        let is_twin = |mapped: &Mapped| matches!(&mapped.role, Role::Ambiguous(ids) if ids[..] == [id]);
        let Some(column) = cases::KIND.column(id).filter(|_| columns.iter().any(is_twin)) else { continue };
        let holds_days = |col| ground.agreement(col, Content::Date).is_some_and(|part| part >= 0.5);
        let free =
            |mapped: &Mapped| is_twin(mapped) || (matches!(mapped.role, Role::Unknown) && holds_days(mapped.col));
        let mut ranked: Vec<(usize, usize)> = (0..columns.len())
            .filter(|at| free(&columns[*at]))
            .filter_map(|at| Some((rank(names, &columns[at].header)?, at)))
            .collect();
        ranked.sort_unstable();
        let best = match ranked[..] {
            [(best, at), (next, _), ..] if best < next => at,
            [(_, at)] => at,
            _ => continue,
        };
        for (at, mapped) in columns.iter_mut().enumerate() {
            if at == best {
                mapped.role = Role::Column(column);
                mapped.confidence_percent = 70;
                let why =
                    Text::new("di più date la più sicura, per il suo nome", "of several days the surest, by its name");
                mapped.why = Why::Said(why);
            } else if is_twin(mapped) || ranked.iter().any(|(_, other)| *other == at) {
                (mapped.role, mapped.why) = (Role::Unknown, Why::Twin(id));
            }
        }
    }
}

/// Words of days that are none that a case took: how late it was, how many are left, how many it may take.
const OTHER_DAYS: &[&str] = &["ritard", "scostament", "residu", "termin", "previst", "anticip", "mancant"];

/// Takes the column of declared days from one whose name is of other days: `Giorni di ritardo`.
fn declared(columns: &mut [Mapped]) {
    let is_declared = |mapped: &&mut Mapped| matches!(mapped.role, Role::Column(column) if column.id == "declared");
    for mapped in columns.iter_mut().filter(is_declared) {
        let is_other = |word: &String| OTHER_DAYS.iter().any(|stem| word.starts_with(stem));
        if words(&mapped.header).iter().any(is_other) {
            mapped.role = Role::Unknown;
            mapped.why = Why::Said(Text::new("il nome è di altri giorni", "its name is of other days"));
        }
    }
}

/// How surely a header says it; the less the surer.
fn rank(names: &[&[&str]], header: &str) -> Option<usize> {
    let words = words(header);
    names.iter().position(|stems| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem))))
}
