//! Words that letters, copies and their list share, in both languages.

use super::dossier::Dossier;
use super::earlier::Why;
use super::markup::Uncopied;
use crate::finding::{Lang, Severity};
use crate::place::Place;

/// One of two texts.
pub fn say<'a>(lang: Lang, it: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::It => it,
        Lang::En => en,
    }
}

/// A number with its noun.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// Whom a letter is for.
pub fn addressee<'a>(dossier: &'a Dossier<'_>, lang: Lang) -> &'a str {
    if dossier.office.is_some() { &dossier.name } else { say(lang, "Da attribuire", "To be assigned") }
}

/// The name of the list of all letters.
pub fn list_name(lang: Lang) -> &'static str {
    say(lang, "Elenco delle risposte", "List of replies")
}

/// How the name of a marked-up copy ends.
pub fn copy_ending(lang: Lang) -> &'static str {
    say(lang, " (segnato).xlsx", " (marked).xlsx")
}

/// File, sheet and cell in words.
pub fn place(place: &Place, lang: Lang) -> String {
    let mut text = format!("file «{}»", place.file);
    if let Some(sheet) = &place.sheet {
        text.push_str(&format!(", {} «{sheet}»", say(lang, "foglio", "sheet")));
    }
    if let Some(cell) = place.cell {
        text.push_str(&format!(", {} {cell}", say(lang, "cella", "cell")));
    }
    if lang == Lang::En { text.replace('«', "“").replace('»', "”") } else { text }
}

/// How many errors and warnings, without what there is none of: `1 errore e 2 avvisi`.
pub fn gravity(dossier: &Dossier<'_>, lang: Lang) -> String {
    let words = [
        (Severity::Error, say(lang, "errore", "error"), say(lang, "errori", "errors")),
        (Severity::Warning, say(lang, "avviso", "warning"), say(lang, "avvisi", "warnings")),
    ];
    let told = words.map(|(severity, one, more)| (dossier.count(severity), one, more));
    let told = told.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| counted(count, one, more));
    told.collect::<Vec<_>>().join(say(lang, " e ", " and "))
}

/// `3 di 5 risolte`, with what is still open and what nobody can tell.
pub fn solved(dossier: &Dossier<'_>, lang: Lang) -> Option<String> {
    let progress = dossier.progress.as_ref().filter(|progress| progress.before() > 0)?;
    let (solved, before) = (progress.solved.len(), progress.before());
    let mut text = match lang {
        Lang::It => format!("{solved} di {before} {}", if before == 1 { "risolta" } else { "risolte" }),
        Lang::En => format!("{solved} of {before} solved"),
    };
    if progress.open > 0 {
        let open =
            counted(progress.open, say(lang, "ancora aperta", "still open"), say(lang, "ancora aperte", "still open"));
        text.push_str(&format!("; {open}"));
    }
    if !progress.untold.is_empty() {
        let words =
            (say(lang, "non verificabile", "cannot be verified"), say(lang, "non verificabili", "cannot be verified"));
        text.push_str(&format!("; {}", counted(progress.untold.len(), words.0, words.1)));
    }
    Some(text)
}

/// Why nobody can say whether something was solved.
pub fn why(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::FileGone => say(lang, "il file non c’è più", "the file is no longer there"),
        Why::Unread => say(lang, "il file non si è potuto leggere", "the file could not be read"),
        Why::SheetGone => say(
            lang,
            "il foglio non c’è più, o non se ne sono ricavati dati",
            "the sheet is no longer there, or gave no data",
        ),
    }
}

/// Why there is no marked-up copy.
pub fn uncopied(why: Uncopied, lang: Lang) -> String {
    match why {
        Uncopied::Nothing => String::new(),
        Uncopied::Protected => say(
            lang,
            "è protetto da una password, e una copia la toglierebbe",
            "a password protects it, and a copy would be without",
        )
        .to_owned(),
        Uncopied::TooLarge(cells) => match lang {
            Lang::It => format!("ha {cells} celle, troppe per una copia"),
            Lang::En => format!("it has {cells} cells, too many for a copy"),
        },
    }
}

/// The address of a file in the same folder.
pub fn address(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
