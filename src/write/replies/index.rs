//! The list of all letters: whom to write to, what to attach, how things stand.

use askama::Template;

use super::Copy;
use super::dossier::Dossier;
use super::phrases::{self, address, addressee, say};
use crate::finding::{Lang, Severity};
use crate::outcome::Outcome;

/// What the template shows.
#[derive(Template)]
#[template(path = "replies.html")]
struct List<'a> {
    lang: &'static str,
    title: String,
    body: &'a str,
    lead: &'a str,
    heads: [&'a str; 6],
    entries: Vec<Entry>,
}

/// One letter.
pub struct Entry {
    addressee: String,
    letter: (String, String),
    copies: Vec<(String, String)>,
    errors: usize,
    warnings: usize,
    state: String,
    solved: String,
}

impl Entry {
    /// The line of a dossier whose letter has a name.
    pub fn of(dossier: &Dossier<'_>, letter: &str, copies: &[Copy], lang: Lang) -> Self {
        let state = match (dossier.is_clear(), dossier.absent) {
            (true, _) => say(lang, "ricevuto, tutto a posto", "received, all is well"),
            (_, true) => say(lang, "mancante", "missing"),
            _ => say(lang, "ricevuto, da correggere", "received, to be corrected"),
        };
        let state = if dossier.office.is_some() { state } else { say(lang, "da attribuire", "to be assigned") };
        let linked = |name: &str| (address(name), name.to_owned());
        Self {
            addressee: addressee(dossier, lang).to_owned(),
            letter: linked(letter),
            copies: copies.iter().filter(|copy| copy.made.is_ok()).map(|copy| linked(&copy.name)).collect(),
            errors: dossier.count(Severity::Error),
            warnings: dossier.count(Severity::Warning),
            state: state.to_owned(),
            solved: phrases::solved(dossier, lang).unwrap_or_default(),
        }
    }
}

/// The page.
pub fn render(outcome: &Outcome, entries: Vec<Entry>, lang: Lang) -> String {
    let figures = &outcome.consolidation;
    let heads = match lang {
        Lang::It => ["Ufficio", "Stato", "Errori", "Avvisi", "Dall’altra volta", "Lettera e copie da mandare"],
        Lang::En => ["Office", "State", "Errors", "Warnings", "Since last time", "Letter and copies to send"],
    };
    let list = List {
        lang: say(lang, "it", "en"),
        title: format!("{} – {}", phrases::list_name(lang), figures.year),
        body: figures.body.as_deref().unwrap_or_default(),
        lead: say(
            lang,
            "Una lettera per ufficio, da mandare per posta elettronica o da stampare; le copie segnate si allegano. Questo elenco resta a voi.",
            "One letter for each office, to be sent by e-mail or printed; marked-up copies go with it. This list stays with you.",
        ),
        heads,
        entries,
    };
    list.render().expect("a template writes into memory, which does not fail")
}
