//! The lines of a letter on what is owed, and on what has become of the findings of the run before.

use super::dossier::Dossier;
use super::phrases::{self, counted, place, say};
use crate::finding::{Lang, Severity};

/// More places or notes in one line than this are only counted.
const MOST_TOLD: usize = 4;

/// The lines on what was said in the run before.
pub fn progress(dossier: &Dossier<'_>, lang: Lang) -> Vec<String> {
    let Some((line, progress)) = phrases::solved(dossier, lang).zip(dossier.progress.as_ref()) else {
        return Vec::new();
    };
    let mut lines =
        vec![format!("{} {line}.", say(lang, "Rispetto alla comunicazione precedente:", "Since the last message:"))];
    let new = dossier.items.iter().filter(|item| item.before == Some(false) && item.finding.severity != Severity::Info);
    let new = new.count();
    if new > 0 {
        lines.push(match lang {
            Lang::It => format!(
                "{}, qui sotto con la parola «nuova».",
                counted(new, "segnalazione nuova", "segnalazioni nuove")
            ),
            Lang::En => format!("{}, told below by the word “new”.", counted(new, "new finding", "new findings")),
        });
    }
    if !progress.solved.is_empty() {
        let places = progress.solved.iter().map(|one| place(one, lang));
        lines.push(format!("{} {}.", say(lang, "Risolte:", "Solved:"), some(places, lang)));
    }
    if !progress.untold.is_empty() {
        let places =
            progress.untold.iter().map(|(one, why)| format!("{} ({})", place(one, lang), phrases::why(*why, lang)));
        lines.push(format!("{} {}.", say(lang, "Non verificabili:", "Cannot be verified:"), some(places, lang)));
    }
    for (one, before, now) in &progress.shrunk {
        let place = place(one, lang);
        lines.push(match lang {
            Lang::It => format!("Attenzione, {place}: le righe di dati erano {before}, ora sono {now}."),
            Lang::En => format!("Mind, {place}: there were {before} rows of data, now there are {now}."),
        });
    }
    lines
}

/// The first few of a list, and how many there are besides.
pub fn some(list: impl Iterator<Item = String>, lang: Lang) -> String {
    let all: Vec<String> = list.collect();
    let mut text = all.iter().take(MOST_TOLD).cloned().collect::<Vec<_>>().join("; ");
    if all.len() > MOST_TOLD {
        text.push_str(&format!("; {} {}", say(lang, "e altre", "and more:"), all.len() - MOST_TOLD));
    }
    text
}

/// What the office must still send.
pub fn owed(dossier: &Dossier<'_>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if dossier.absent {
        lines.push(
            say(lang, "il foglio di monitoraggio del vostro ufficio", "the monitoring sheet of your office").to_owned(),
        );
    }
    lines.extend(dossier.asked.iter().map(|name| match lang {
        Lang::It => format!("i dati del procedimento «{name}»"),
        Lang::En => format!("the data of the procedure “{name}”"),
    }));
    lines
}
