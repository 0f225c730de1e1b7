//! The notice that a watched folder carries, `ESITO.html`: one self-contained page, read at a glance.
//!
//! Needs the [`Board`] of the last run and how things stand now; gives the text of the page. The page names this program
//! as what made it, and is therefore never read as a sheet of an office.

mod board;

use askama::Template;
use rust_decimal::Decimal;

use super::report::card::Light;
use super::report::{PageError, policy, words};
use crate::finding::{Lang, Text};

pub use board::Board;

/// The name of the page.
pub const NAME: &str = "ESITO.html";

const STYLE: &str = include_str!("../../../templates/notice/style.css");
const SCRIPT: &str = include_str!("../../../templates/notice/script.js");

/// A moment, as a person reads it and as a program does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// `25 novembre 2026, ore 14:03:22`.
    pub shown: String,
    /// `2026-11-25T14:03:22+01:00`.
    pub machine: String,
}

/// How things stand with a watched folder.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What the last run said that came to its end, and when it was made.
    pub last: Option<(&'a Board, &'a Moment)>,
    /// Why the run after it could not be made, and when.
    pub failure: Option<(&'a str, &'a Moment)>,
    /// Files that are waited for, each with the reason.
    pub awaited: &'a [(String, &'static str)],
    /// What was different from the run before: sign, word and file.
    pub changes: &'a [(&'static str, &'static str, String)],
    /// When the watch ended; `None` as long as it goes on.
    pub ended: Option<&'a Moment>,
    /// Results that belong to it: what they are, and the way to them from the page.
    pub results: &'a [(&'static str, String)],
}

/// The whole page.
#[derive(Template)]
#[template(path = "notice/page.html")]
struct Page<'a> {
    lang: Lang,
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    light: Light,
    headline: String,
    standing: Standing<'a>,
}

impl Page<'_> {
    fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        say(self.lang, it, en)
    }

    fn code(&self) -> &'static str {
        self.say("it", "en")
    }

    /// A count, grouped as the language does.
    fn number(&self, count: &usize) -> String {
        words::number(Decimal::from(*count), 0, self.lang)
    }
}

/// One of two texts.
const fn say(lang: Lang, it: &'static str, en: &'static str) -> &'static str {
    Text::new(it, en).get(lang)
}

/// The page.
///
/// # Errors
/// When the template cannot be filled in.
pub fn notice(standing: Standing<'_>, lang: Lang) -> Result<String, PageError> {
    let (light, headline) = headline(&standing, lang);
    let board = standing.last.map(|(board, _)| board);
    let body = board.map(|board| board.body.as_str()).filter(|body| !body.is_empty());
    let year = board.filter(|board| !board.nothing).map(|board| board.year);
    let mut title = say(lang, "Esito del monitoraggio", "State of the monitoring").to_owned();
    if let Some(year) = year {
        title.push_str(&format!(" {year}"));
    }
    if let Some(body) = body {
        title.push_str(&format!(" – {body}"));
    }
    let page = Page {
        lang,
        policy: policy::of(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        title,
        light,
        headline,
        standing,
    };
    page.render().map(|text| words::printable(&text))
}

/// The line that says it all, and its light.
fn headline(standing: &Standing<'_>, lang: Lang) -> (Light, String) {
    let board = match (standing.failure, standing.last) {
        (Some(_), Some(_)) => {
            let text = say(
                lang,
                "Non aggiornato: l’ultima volta il lavoro non si è potuto fare",
                "Not up to date: the last run could not be made",
            );
            return (Light::Bad, text.to_owned());
        }
        (Some(_), None) => {
            return (Light::Bad, say(lang, "Il lavoro non si è potuto fare", "The run could not be made").to_owned());
        }
        (None, None) => {
            return (Light::Plain, say(lang, "In attesa del primo esito", "Waiting for the first result").to_owned());
        }
        (None, Some((board, _))) => board,
    };
    let counted = |count: usize, one: Text, more: Text| {
        (count > 0).then(|| format!("{count} {}", if count == 1 { one.get(lang) } else { more.get(lang) }))
    };
    let told = [
        counted(board.errors, Text::new("errore", "error"), Text::new("errori", "errors")),
        counted(board.warnings, Text::new("avviso", "warning"), Text::new("avvisi", "warnings")),
        counted(board.missing, Text::new("mancante", "missing"), Text::new("mancanti", "missing")),
    ];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if board.nothing {
        return (Light::Look, say(lang, "Ancora nessun foglio da leggere", "No sheet to read yet").to_owned());
    }
    let light = match (board.errors, board.warnings + board.missing) {
        (0, 0) => Light::Good,
        (0, _) => Light::Look,
        _ => Light::Bad,
    };
    match light {
        Light::Good => (
            light,
            say(
                lang,
                "Tutto a posto: nessun errore, nessun avviso, nessuno manca",
                "All fine: no errors, no warnings, nobody is missing",
            )
            .to_owned(),
        ),
        Light::Look => (light, format!("{}: {told}", say(lang, "Da guardare", "Please look"))),
        _ => (light, format!("{}: {told}", say(lang, "Da correggere", "To be corrected"))),
    }
}

#[cfg(test)]
mod tests;
