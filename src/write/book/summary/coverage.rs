//! Who of the roster sent what: received, received with errors, missing.

use super::data::{Block, Data};
use super::{Line, section};
use crate::finding::Severity;
use crate::outcome::RosterOffice;
use crate::write::book::findings;
use crate::write::book::style::{Role, Shade, Show};
use crate::write::book::table::{Cell, TableSheet};
use crate::write::book::view::View;

/// More names than this are only in *Anomalie*.
const MOST_NAMES: usize = 12;

/// What became of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Received,
    WithErrors,
    Missing,
}

impl State {
    const ALL: [Self; 3] = [Self::Received, Self::WithErrors, Self::Missing];

    fn of(view: &View, office: &RosterOffice) -> Self {
        let error = |file: &std::sync::Arc<str>| {
            view.outcome.findings.iter().any(|found| found.severity == Severity::Error && found.place.file == *file)
        };
        match office.files.as_slice() {
            [] => Self::Missing,
            files if files.iter().any(error) => Self::WithErrors,
            _ => Self::Received,
        }
    }

    fn word(self, view: &View) -> &'static str {
        match self {
            Self::Received => view.say("ricevuto", "received"),
            Self::WithErrors => view.say("con errori", "with errors"),
            Self::Missing => view.say("mancante", "missing"),
        }
    }
}

/// The roster, office by office.
pub fn block(view: &View, data: &mut Data) -> Option<Block> {
    let roster = &view.outcome.roster;
    if roster.is_empty() {
        return None;
    }
    data.open(
        view.say("Uffici attesi", "Offices of the roster"),
        &[view.say("Ufficio", "Office"), view.say("Stato", "State"), view.say("N. file", "N. of files")],
    );
    let first = data.next_row();
    for office in roster {
        let state = Cell::text(State::of(view, office).word(view));
        data.line(vec![Cell::text(&office.name), state, Cell::number(office.files.len() as u32, Show::Integer)]);
    }
    Some(Block { first, last: data.next_row() - 1 })
}

/// The figures of the page.
pub fn lines(view: &View, block: Option<Block>) -> Vec<Line> {
    let mut lines = vec![section(view.say("Copertura degli uffici", "Coverage of the offices"), findings::NAME)];
    let Some(block) = block else {
        let none = view.say("elenco degli uffici non indicato", "no roster of offices is given");
        let hint = view.say("[roster] in allegati.toml", "[roster] in allegati.toml");
        lines.push([Cell::text(none), Cell::empty(), Cell::text(hint)]);
        return lines;
    };
    let roster = &view.outcome.roster;
    let expected = Cell::formula(format!("ROWS({})", block.column(0)), roster.len() as u32, Show::Integer);
    lines.push([Cell::text(view.say("Uffici attesi", "Offices expected")), expected, Cell::empty()]);
    for state in State::ALL {
        let count = roster.iter().filter(|office| State::of(view, office) == state).count() as u32;
        let text = format!("COUNTIF({},\"{}\")", block.column(1), state.word(view));
        let (label, verdict, shade) = match state {
            State::Received => (view.say("Ricevuti senza errori", "Received without errors"), "", Shade::None),
            State::WithErrors => (
                view.say("Ricevuti con errori", "Received with errors"),
                view.say("▲ da correggere", "▲ to be corrected"),
                Shade::Warning,
            ),
            State::Missing => {
                (view.say("Mancanti", "Missing"), view.say("■ da sollecitare", "■ to be chased"), Shade::Error)
            }
        };
        let verdict = if count == 0 { Cell::empty() } else { Cell::text(verdict).shade(shade) };
        lines.push([Cell::text(label), Cell::formula(text, count, Show::Integer), verdict]);
    }
    lines
}

/// The names of who and what is missing, across the page.
pub fn names(view: &View, sheet: &mut TableSheet) {
    let missing = &view.figures().missing;
    for (what, title) in [
        ("office", view.say("Uffici mancanti", "Missing offices")),
        ("procedure", view.say("Procedimenti senza dati", "Procedures without data")),
    ] {
        let named: Vec<&str> = missing.iter().filter(|one| one.what == what).map(|one| &*one.name).collect();
        if named.is_empty() {
            continue;
        }
        let shown: Vec<String> = named.iter().take(MOST_NAMES).map(|name| crate::finding::shorten(name, 90)).collect();
        let mut text = format!("■ {title} ({}): {}", named.len(), shown.join(" · "));
        if named.len() > MOST_NAMES {
            let more = named.len() - MOST_NAMES;
            text.push_str(&format!(
                " · {} {more} {}",
                view.say("e altri", "and"),
                view.say("(vedi Anomalie)", "more (see Anomalie)")
            ));
        }
        let row = sheet.across(text, Role::Body);
        for cell in &mut sheet.rows[row as usize] {
            cell.style.shade = Shade::Missing;
        }
    }
}
