//! Whose sheet it is: the office that labels, titles, the sheet's or the file's name speak of.

use crate::kinds::table::Table;
use crate::value::fold::{fold, words};

/// Words that name no office.
const PLAIN: &[&str] = &[
    "monitoraggio",
    "carta",
    "dei",
    "servizi",
    "standard",
    "anno",
    "def",
    "definitivo",
    "rev",
    "bozza",
    "finale",
    "export",
    "rilevazione",
    "foglio",
    "sheet",
    "qualita",
    "di",
    "del",
    "della",
    "delle",
    "riepilogo",
    "tabella",
    "dati",
    "scheda",
    "copia",
    "v1",
    "v2",
    "v3",
    "xlsx",
    "xls",
    "ods",
    "csv",
    "risultati",
    "consuntivo",
    "report",
    "processi",
    "tempi",
    "procedimenti",
    "e",
    "carta_servizi",
    "modello",
    "allegato",
    "per",
    "la",
];

/// The office of a table whose rows do not name one.
pub fn of_table(table: &Table) -> Option<String> {
    const LABELS: &[&str] = &[
        "ufficio",
        "unita organizzativa",
        "u.o",
        "struttura",
        "ufficio responsabile",
        "unita responsabile",
        "unita operativa",
        "settore",
        "servizio",
        "area",
    ];
    if let Some(label) = table.context.label(LABELS) {
        return Some(label.value.clone());
    }
    let titled = table.context.titles.iter().find_map(|(title, _)| of_title(title));
    titled.or_else(|| of_name(&table.sheet)).or_else(|| {
        let file = table.file.rsplit('/').next().unwrap_or(&table.file);
        of_name(file.rsplit_once('.').map_or(file, |(stem, _)| stem))
    })
}

/// `Ufficio Registro Imprese – monitoraggio carta dei servizi – anno 2019` → `Ufficio Registro Imprese`.
pub fn of_title(title: &str) -> Option<String> {
    let first = words(title).into_iter().next()?;
    let names = [
        "ufficio",
        "uffici",
        "settore",
        "area",
        "servizio",
        "unita",
        "uo",
        "urp",
        "sportello",
        "direzione",
        "responsabile",
    ];
    if !names.contains(&first.as_str()) {
        return None;
    }
    let end = [" – ", " - ", " — ", ":", "\n"].iter().filter_map(|mark| title.find(mark)).min().unwrap_or(title.len());
    let name = title[..end].trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// What is left of a sheet's or file's name without the words about the Carta: `Brevetti e Marchi - carta servizi 2022`.
fn of_name(name: &str) -> Option<String> {
    let spaced = name.replace('_', " ");
    spaced.split(" - ").flat_map(|piece| piece.split(" – ")).find_map(|piece| {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let numbered = words.iter().all(|word| is_plain(word) || word.chars().any(|c| c.is_ascii_digit()));
        if !numbered
            && words.iter().filter(|word| is_plain(word)).count() == 1
            && !words.iter().any(|word| speaks_of_the_carta(word) || bare(word) == "foglio")
        {
            return Some(piece.trim().to_owned());
        }
        let first = words.iter().position(|word| !is_plain(word))?;
        let last = words.iter().rposition(|word| !is_plain(word))?;
        let inner: Vec<&str> =
            words[first..=last].iter().copied().take_while(|word| !speaks_of_the_carta(word)).collect();
        let name = inner.join(" ");
        (name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(name)
    })
}

fn bare(word: &str) -> String {
    fold(word).trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

fn is_plain(word: &str) -> bool {
    let bare = bare(word);
    bare.is_empty() || PLAIN.contains(&bare.as_str())
}

/// A word after which a name has nothing more to say of the office.
fn speaks_of_the_carta(word: &str) -> bool {
    matches!(bare(word).as_str(), "monitoraggio" | "carta" | "standard" | "rilevazione" | "def" | "rev" | "export")
}

/// Whether a text speaks of an office: all significant words of its name stand in it.
pub fn speaks_of(text: &str, office: &str) -> bool {
    let significant = |word: &String| {
        word.len() > 2
            && !matches!(
                word.as_str(),
                "ufficio"
                    | "uffici"
                    | "servizio"
                    | "area"
                    | "settore"
                    | "del"
                    | "della"
                    | "dei"
                    | "delle"
                    | "per"
                    | "con"
            )
    };
    let have = words(text);
    let want: Vec<String> = words(office).into_iter().filter(significant).collect();
    !want.is_empty()
        && want.iter().all(|word| {
            have.iter().any(|other| other == word || (word.len() >= 5 && strsim::osa_distance(other, word) <= 1))
        })
}
