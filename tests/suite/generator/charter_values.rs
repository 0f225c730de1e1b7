//! Standards of the charter: a planned and a measured value in some spelling, with the score that the rules give.

use rust_decimal::Decimal;

use crate::harness::grid::Cell;

use super::random::Rng;
use super::spell::{NOT_COUNTED, Style};

/// The unit that the headers name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// None.
    Unnamed,
    /// Days.
    Days,
    /// Working days.
    Working,
    /// Hours.
    Hours,
}

/// A standard with what it must give.
#[derive(Debug, Clone)]
pub struct Standard {
    /// The planned cell.
    pub planned: Cell,
    /// The measured cell.
    pub measured: Cell,
    /// The planned value in days, when it has one.
    pub planned_days: Option<Decimal>,
    /// The measured value in days, when it has one.
    pub days: Option<Decimal>,
    /// Deviation in percent, when known.
    pub deviation: Option<Decimal>,
    /// Score; `None` when not counted.
    pub score: Option<Decimal>,
    /// Status in the JSON.
    pub status: &'static str,
    /// The note.
    pub note: Option<&'static str>,
}

const NOTE: &[&str] = &["ritardo dovuto a carenza di personale", "scostamento motivato da picco di richieste"];
const REMARK: &[&str] = &["dati da gestionale", "evase tutte le richieste", "n. 12 pratiche"];

/// Draws a standard; a simple one is counted in days and within its term.
pub fn standard(rng: &mut Rng, style: &Style, clock: Clock, simple: bool) -> Standard {
    let what = if simple {
        "within"
    } else {
        *rng.weighted(&[
            (50, "within"),
            (8, "beyond"),
            (3, "beyond unreasoned"),
            (14, "at sight"),
            (3, "always"),
            (8, "word within"),
            (2, "word beyond"),
            (10, "not counted"),
            (4, "share"),
            (2, "range"),
            (2, "alternative"),
            (1, "zero beyond"),
            (2, "minutes"),
            (3, "weeks"),
        ])
    };
    let term = Decimal::from(rng.range(2, 60));
    let less = Decimal::new(rng.range(2, (term * Decimal::TEN).try_into().expect("small")), 1);
    let mut note = rng.chance(20).then(|| *rng.pick(REMARK));
    let reason = *rng.pick(NOTE);
    let words = |planned: &str, measured: &str| (Cell::text(planned), Cell::text(measured));
    let zero = Some(Decimal::ZERO);
    let full = Some(Decimal::ONE_HUNDRED);
    let pair = |rng: &mut Rng, measured: Decimal| {
        (spelled(rng, style, clock, term, true), spelled(rng, style, clock, measured, false))
    };
    let ((planned, measured), planned_days, days, deviation, score) = match what {
        "beyond" | "beyond unreasoned" => {
            let days = term + Decimal::new(rng.range(1, 90), 1);
            let deviation = (days - term) / term * Decimal::ONE_HUNDRED;
            note = (what == "beyond").then_some(reason);
            let score = (Decimal::ONE_HUNDRED - deviation).max(Decimal::ZERO);
            (pair(rng, days), Some(term), Some(days), Some(deviation), Some(score))
        }
        "at sight" => {
            let said = *rng.pick(&["a vista", "immediato", "in tempo reale", "contestuale", "A vista"]);
            let planned = *rng.pick(&["a vista", "A vista", "immediato"]);
            (words(planned, said), zero, zero, zero, full)
        }
        "always" => (words("Sempre disponibile on line", "Sempre disponibile on line"), None, None, None, full),
        "word within" => {
            let said = *rng.pick(&["nei termini", "rispettato", "Nei termini"]);
            ((spelled(rng, style, clock, term, true), Cell::text(said)), Some(term), None, None, full)
        }
        "word beyond" => {
            note = Some(reason);
            let said = *rng.pick(&["fuori termine", "oltre i termini"]);
            ((spelled(rng, style, clock, term, true), Cell::text(said)), Some(term), None, None, zero)
        }
        "not counted" => {
            let said = *rng.pick(NOT_COUNTED);
            ((spelled(rng, style, clock, term, true), Cell::text(said)), Some(term), None, None, None)
        }
        "share" => {
            let planned = *rng.pick(&["95%", "almeno 95%", ">= 95%", "95% delle pratiche entro 5 gg"]);
            let reached = Decimal::new(rng.range(9500, 10000), 2).normalize();
            let measured = Cell::text(format!("{}%", style.plain(reached)));
            ((Cell::text(planned), measured), None, None, None, full)
        }
        "range" if clock != Clock::Hours => (
            words("Da 30 a 120 giorni", "Da 30 a 120 giorni"),
            Some(Decimal::from(120)),
            Some(Decimal::from(120)),
            zero,
            full,
        ),
        "alternative" if clock != Clock::Hours => {
            let days = Decimal::from(rng.range(10, 30));
            let cell = Cell::text(format!("{days} gg."));
            ((Cell::text("30 gg. (25 gg con notifiche PEC*)"), cell), Some(Decimal::from(30)), Some(days), zero, full)
        }
        "zero beyond" if clock != Clock::Hours => {
            note = Some(reason);
            (words("a vista", "2 gg"), zero, Some(Decimal::TWO), None, zero)
        }
        "minutes" => {
            let said = *rng.pick(&["10 minuti", "8 minuti", "15 minuti"]);
            (words("15 minuti", said), None, None, None, full)
        }
        "weeks" if matches!(clock, Clock::Unnamed | Clock::Days) => {
            let (text, days) = *rng.pick(&[("2 settimane", 14), ("3 settimane", 21), ("2 mesi", 60), ("1 mese", 30)]);
            let measured = Decimal::from(rng.range(1, days));
            let said = spelled(rng, style, clock, measured, false);
            ((Cell::text(text), said), Some(Decimal::from(days)), Some(measured), zero, full)
        }
        _ => (pair(rng, less), Some(term), Some(less), zero, full),
    };
    let hours = clock == Clock::Hours;
    Standard {
        planned,
        measured,
        planned_days: planned_days.filter(|days| !hours || days.is_zero()),
        days: days.filter(|days| !hours || days.is_zero()),
        deviation,
        score,
        status: if score.is_some() { "counted" } else { "not_counted" },
        note,
    }
}

/// A duration in one of the spellings that offices use.
fn spelled(rng: &mut Rng, style: &Style, clock: Clock, value: Decimal, planned: bool) -> Cell {
    let number = style.plain(value);
    let one = value == Decimal::ONE;
    if clock == Clock::Hours {
        return match rng.below(3) {
            0 => Cell::text(format!("{number} ore")),
            _ => style.number(rng, value),
        };
    }
    let whole = value.fract().is_zero();
    let text = match rng.below(if planned { 9 } else { 14 }) {
        0 | 1 => format!("{number} gg."),
        2 => format!("{number}gg."),
        3 => format!("{number} gg"),
        4 if whole => format!("gg. {number}"),
        5 => {
            if one {
                "1 giorno".to_owned()
            } else {
                format!("{number} giorni")
            }
        }
        6 => format!("entro {number} gg"),
        7 => format!("{number} gg. dalla data di presentazione"),
        8 => format!("Media {number} gg"),
        9 => format!("{number} gg di media"),
        10 => format!("tempo medio giorni {number}"),
        11 if whole => format!("nei {number}gg"),
        12 if clock == Clock::Working => format!("Nei {number} gg lavorativi"),
        13 => format!("{number} g."),
        _ => {
            let cell = style.number(rng, value);
            let stored = matches!(cell.value, crate::harness::grid::Value::Number(_));
            return if stored && rng.chance(15) { cell.formatted("0.0#\" gg\"") } else { cell };
        }
    };
    Cell::text(text)
}
