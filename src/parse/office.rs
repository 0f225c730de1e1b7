//! Whose sheet it is: the office that labels, titles, the sheet's or the file's name speak of.

use crate::kinds::table::Table;
use crate::recognise::context::begins_as_office;
use crate::value::date::years;
use crate::value::fold::{fold, may_differ_by, words, words_of};

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

/// Words that begin what a title says besides the office's name.
const TOPICS: &[&str] = &[
    "tempo",
    "tempistiche",
    "responsabile",
    "dirigente",
    "referente",
    "camera",
    "cciaa",
    "comune",
    "provincia",
    "regione",
    "ente",
    "obiettivi",
    "indicatori",
    "elenco",
    "pratiche",
    "procedura",
    "procedure",
    "procedimento",
    "prospetto",
    "verifica",
    "verifiche",
    "controllo",
    "controlli",
    "costo",
    "costi",
    "spesa",
    "spese",
    "rendiconto",
    "rendicontazione",
    "misurazione",
    "situazione",
    "stato",
    "rispetto",
    "valori",
    "esiti",
    "esito",
    "copertura",
    "target",
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
        return Some(without_year(&label.value).to_owned());
    }
    let titled = table.context.titles.iter().find_map(|(title, _)| of_title(title));
    titled.or_else(|| of_name(&table.sheet)).or_else(|| {
        let file = table.file.rsplit('/').next().unwrap_or(&table.file);
        of_name(file.rsplit_once('.').map_or(file, |(stem, _)| stem))
    })
}

/// `Ufficio Registro Imprese – monitoraggio carta dei servizi – anno 2019` → `Ufficio Registro Imprese`; also where the
/// name stands behind a dash.
pub fn of_title(title: &str) -> Option<String> {
    let behind = |from: usize| dash(&title[from..]).map(|(_, end)| from + end);
    let office = std::iter::successors(Some(0), |from| behind(*from)).find(|from| begins_as_office(&title[*from..]));
    let from = office.or_else(|| words(title).first().filter(|first| *first == "responsabile").map(|_| 0))?;
    let end = title[from..].find([':', '\n']).map_or(title.len(), |end| from + end);
    let name = until_topic(&title[from..end]);
    // `Ufficio:` alone is the label of a name that stands elsewhere.
    let is_label = !name.contains(' ') && title[end..].starts_with(':');
    (!name.is_empty() && !is_label).then(|| name.to_owned())
}

/// What a label says of an office, up to the dash behind which it says the year: `Albi - Anno 2019`.
fn without_year(text: &str) -> &str {
    let mut from = 0;
    while let Some((start, end)) = dash(&text[from..]) {
        let rest = &text[from + end..];
        if !years(rest).is_empty() && is_topic(rest) {
            return text[..from + start].trim();
        }
        from += end;
    }
    text
}

/// A text up to the dash after which it speaks of something else: a dash can stand inside a name.
///
/// `Ufficio Ambiente - Albi – Carta dei servizi 2019` → `Ufficio Ambiente - Albi`.
fn until_topic(text: &str) -> &str {
    let mut from = 0;
    while let Some((start, end)) = dash(&text[from..]) {
        let rest = &text[from + end..];
        if is_topic(&rest[..dash(rest).map_or(rest.len(), |(start, _)| start)]) {
            return text[..from + start].trim();
        }
        from += end;
    }
    text.trim()
}

/// The first dash between blanks: where it begins and where the text goes on.
fn dash(text: &str) -> Option<(usize, usize)> {
    let marks =
        [" – ", " - ", " — "].iter().filter_map(|mark| text.find(mark).map(|start| (start, start + mark.len())));
    marks.min()
}

/// Whether a piece of a title speaks of the sheet, its year or the body, and not of an office.
fn is_topic(piece: &str) -> bool {
    let first = piece.split_whitespace().next().map(bare).unwrap_or_default();
    // A name goes on in capitals; what a title says of it does not.
    piece.trim().starts_with(char::is_lowercase)
        || is_plain(&first)
        || TOPICS.contains(&first.as_str())
        || piece.split_whitespace().any(speaks_of_the_carta)
        || !years(piece).is_empty()
}

/// What is left of a sheet's or file's name without the words about the Carta: `Brevetti e Marchi - carta servizi 2022`.
fn of_name(name: &str) -> Option<String> {
    let spaced = name.replace('_', " ");
    let mut from = 0;
    loop {
        let rest = &spaced[from..];
        let end = dash(rest);
        if let Some(found) = named_in(&rest[..end.map_or(rest.len(), |(start, _)| start)]) {
            // What follows belongs to the name as long as it speaks of nothing else.
            let more = rest
                .find(found.as_str())
                .map(|start| &rest[start..])
                .filter(|more| dash(more).is_some_and(|(start, _)| start == found.len()));
            return Some(more.map_or(found, |more| until_topic(more).to_owned()));
        }
        from += end?.1;
    }
}

/// What a piece of a name says besides words about the Carta.
fn named_in(piece: &str) -> Option<String> {
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
    let inner: Vec<&str> = words[first..=last].iter().copied().take_while(|word| !speaks_of_the_carta(word)).collect();
    let name = inner.join(" ");
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(name)
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

/// Words of an office's name that do not tell it from another.
const KINDS_OF_OFFICE: &[&str] = &[
    "ufficio",
    "uffici",
    "uff",
    "servizio",
    "area",
    "settore",
    "unita",
    "organizzativa",
    "operativa",
    "struttura",
    "del",
    "della",
    "dei",
    "delle",
    "per",
    "con",
];

/// Whether a word of an office's name tells it from another.
pub(super) fn is_significant(word: &str) -> bool {
    word.len() > 2 && !KINDS_OF_OFFICE.contains(&word)
}

/// Whether two words are one but for a slip; another figure is another word.
pub(super) fn alike(one: &str, other: &str) -> bool {
    one == other
        || (one.len() >= 5
            && !has_digit(one)
            && !has_digit(other)
            && may_differ_by(one, other, 1)
            && strsim::osa_distance(other, one) <= 1)
}

/// Whether a word holds a figure.
pub(super) fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The offices of a roster that a text speaks of: not one whose name is part of another's that the text gives whole, nor
/// one that is like another's that it gives letter by letter.
pub fn spoken_of<'a>(text: &str, roster: &'a [String]) -> Vec<&'a str> {
    let text = fold(text);
    let have: Vec<&str> = words_of(&text).collect();
    let all: Vec<(&str, Wanted)> = roster.iter().map(|name| (name.as_str(), Wanted::of(name))).collect();
    let is_heard = |(_, wanted): &&(&str, Wanted)| {
        // A number that tells it from no other may be left out.
        let is_one_of_several = all.iter().filter(|(_, other)| other.words == wanted.words).count() > 1;
        wanted.stands_in(&have, is_one_of_several)
    };
    let heard: Vec<&(&str, Wanted)> = all.iter().filter(is_heard).collect();
    let is_taken = |own: &Wanted| heard.iter().any(|(_, other)| other.goes_before(own, &have));
    heard.iter().filter(|(_, wanted)| !is_taken(wanted)).map(|(name, _)| *name).collect()
}

/// What a text must have to speak of an office.
struct Wanted {
    /// The words that tell it from others.
    words: Vec<String>,
    /// The number or letter that does, with the word before it: `Settore 2`, `Sportello B`.
    number: Option<(String, String)>,
}

impl Wanted {
    fn of(office: &str) -> Self {
        let all = words(office);
        // `R.E.A.` has no letter that tells it apart.
        let at = (1..all.len()).rev().find(|at| all[at - 1].len() > 1 && tells_apart(&all[*at], at + 1 == all.len()));
        let number = at.map(|at| (all[at - 1].clone(), all[at].clone()));
        Self { words: all.into_iter().filter(|word| is_significant(word)).collect(), number }
    }

    /// Whether a text has all of them, the number beside its word where it counts.
    fn stands_in(&self, have: &[&str], number_counts: bool) -> bool {
        let has_number = |(word, number): &(String, String)| {
            have.windows(2)
                .any(|pair| (alike(word, pair[0]) && number == pair[1]) || (alike(word, pair[1]) && number == pair[0]))
        };
        let is_named = !self.words.is_empty() || self.number.is_some();
        is_named
            && self.words.iter().all(|word| have.iter().any(|other| alike(word, other)))
            && (self.number.as_ref().is_none_or(has_number) || !(number_counts || self.words.is_empty()))
    }

    /// Whether this is more of what a text says than another office: it has all of the other's words and more, or the
    /// same ones without a slip.
    fn goes_before(&self, other: &Self, have: &[&str]) -> bool {
        let has_all = other.words.iter().all(|word| self.words.iter().any(|own| alike(word, own)));
        let same_number = other.number.is_none() || other.number == self.number;
        let is_exact = |wanted: &Self| wanted.words.iter().all(|word| have.contains(&word.as_str()));
        let size = |wanted: &Self| wanted.words.len() + usize::from(wanted.number.is_some());
        has_all && same_number && (size(self) > size(other) || (is_exact(self) && !is_exact(other)))
    }
}

/// Whether a word is a number, or the letter at the end of a name, that tells one office from another of the sort.
fn tells_apart(word: &str, is_last: bool) -> bool {
    let is_number = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = word.len() == 1 || matches!(word, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix");
    is_number || (is_last && is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_speaks_of_the_office_whose_name_it_gives_whole() {
        let roster = ["Settore 1", "Settore 2", "Sportello A", "Sportello B", "Area Tecnica 1", "Area Tecnica 2"];
        let roster =
            [&roster[..], &["Segreteria", "Segreteria Generale", "Registro Imprese", "Ufficio 3 - Albi"]].concat();
        let roster: Vec<String> = roster.into_iter().map(str::to_owned).collect();
        for (text, offices) in [
            ("Settore 1", &["Settore 1"][..]),
            ("Carta dei servizi - 2° Settore - anno 2019", &["Settore 2"]),
            ("SPORTELLO B", &["Sportello B"]),
            ("Area Tecnica 1", &["Area Tecnica 1"]),
            ("Area Tecnica", &[]),
            ("Ufficio Segreteria Generale", &["Segreteria Generale"]),
            ("Ufficio Segreteria", &["Segreteria"]),
            ("Ufficio Albi", &["Ufficio 3 - Albi"]),
            ("carta_registro imprse 2019", &["Registro Imprese"]),
        ] {
            assert_eq!(spoken_of(text, &roster), offices, "{text}");
        }
    }

    #[test]
    fn a_dash_can_stand_inside_the_name_of_an_office() {
        for (title, office) in [
            ("Ufficio Ambiente - Albi e ruoli – Carta dei servizi – anno 2019", "Ufficio Ambiente - Albi e ruoli"),
            ("Ufficio Registro Imprese – monitoraggio carta dei servizi – anno 2019", "Ufficio Registro Imprese"),
            ("Ufficio Sport - Camera di Commercio di Lucca", "Ufficio Sport"),
            ("Servizio Ragioneria - Responsabile: Rossi", "Servizio Ragioneria"),
            ("Area Studi - Sede di Viareggio", "Area Studi - Sede di Viareggio"),
            ("Ufficio Ispettivo - metrologia legale - anno 2019", "Ufficio Ispettivo"),
            ("Carta dei servizi 2019 – Ufficio Albi - anno 2019", "Ufficio Albi"),
            ("Camera di Commercio di Lucca - Carta dei servizi - URP", "URP"),
        ] {
            assert_eq!(of_title(title).as_deref(), Some(office), "{title}");
        }
        assert_eq!(["Ufficio:", "Carta dei servizi - standard 2019"].map(of_title), [None, None]);
        assert_eq!(without_year("Albi - Anno 2019"), "Albi");
        assert_eq!(without_year("Ambiente - albi e ruoli"), "Ambiente - albi e ruoli");
        assert_eq!(of_name("Brevetti - Marchi - carta servizi 2022").as_deref(), Some("Brevetti - Marchi"));
        assert_eq!(of_name("carta servizi - Brevetti e Marchi").as_deref(), Some("Brevetti e Marchi"));
    }
}
