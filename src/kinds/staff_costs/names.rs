//! Entities and years that titles, sheets and cells name.

use crate::kinds::table::Context;
use crate::value::fold::{fold, words, words_of};

/// Whether a title or header says that amounts are thousands or millions of euro: `in migliaia`, `(€/000)`, `€ x 1.000`,
/// `.000 €`, `valori in milioni di euro`.
///
/// ```
/// use allegati::kinds::staff_costs::in_thousands;
/// assert!(in_thousands("Costo (€/000)") && in_thousands("importi in migliaia") && in_thousands("€ x 1.000"));
/// assert!(!in_thousands("Costo del personale 2000") && !in_thousands("€ 1.000,00"));
/// ```
pub fn in_thousands(text: &str) -> bool {
    // Names of files put other signs between words.
    let folded = fold(&text.replace('_', " "));
    let words: Vec<&str> = words_of(&folded).collect();
    let said = |word: &&str| matches!(*word, "migliaia" | "mila" | "keuro" | "keur" | "mgl" | "migl" | "meuro" | "mln");
    if words.iter().any(said) || folded.contains("k€") || folded.contains("m€") {
        return true;
    }
    let about_euro = folded.contains('€') || words.iter().any(|word| matches!(*word, "euro" | "eur"));
    let bare: String = folded.chars().filter(|letter| !letter.is_whitespace()).collect();
    let times = [
        "/000", "/1000", "/1.000", "x1000", "x1.000", "*1000", "*1.000", "(000", "(.000", "xmille", "€.000", "€000",
        "'000",
    ];
    let ends = |mark: &&str| {
        bare.match_indices(*mark).any(|(at, _)| {
            let rest = &bare[at + mark.len()..];
            !rest.starts_with(|next: char| next.is_ascii_digit() || ".,".contains(next))
        })
    };
    let alone = bare.starts_with(".000") || bare.contains("(.000");
    about_euro && (times.iter().any(ends) || alone || words.contains(&"milioni"))
}

/// `anno 2019`, `consuntivo 2019`; a forecast is no year of its own.
pub fn plain_year(text: &str) -> Option<i16> {
    let (years, others): (Vec<String>, Vec<String>) =
        words(text).into_iter().partition(|word| word.parse::<i16>().is_ok());
    let plain = |word: &String| matches!(word.as_str(), "anno" | "esercizio" | "consuntivo" | "al" | "dicembre");
    let [.., year] = &years[..] else { return None };
    (others.iter().all(plain)
        && (years.len() == 1 || years[..years.len() - 1].iter().all(|word| matches!(word.as_str(), "31" | "12"))))
    .then(|| year.parse().ok())
    .flatten()
}

/// Whether a text speaks of the cost of staff.
pub fn speaks_of_staff_cost(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&["costo", "costi", "spesa", "spese", "oneri", "cost"])
        && has(&["personale", "lavoro", "dipendente", "dipendenti", "retribuzioni"])
}

/// The entity that the texts around a table name: a title that speaks of the cost, then the sheet, then a file that speaks
/// of it; the body's own name, which stands above everything it sends, comes last.
pub fn entity_of(context: &Context, sheet: &str, file: &str) -> Option<String> {
    let label =
        context.label(&["ente", "societa", "organismo", "azienda", "soggetto", "denominazione", "ente societa"]);
    if let Some(label) = label {
        return Some(label.value.clone());
    }
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let titles = context.titles.iter().map(|(title, _)| title.as_str());
    let speaking = titles.clone().filter(|title| speaks_of_staff_cost(title));
    let silent = titles.filter(|title| !speaks_of_staff_cost(title) && title.chars().count() < 60);
    let (told, untold) = if speaks_of_staff_cost(stem) { (Some(stem), None) } else { (None, Some(stem)) };
    let (bodies, silent): (Vec<&str>, Vec<&str>) = silent.partition(|title| is_body(title));
    let named = speaking.chain(silent).chain([sheet]).chain(told);
    named.chain(bodies).chain(untold).find_map(strip_to_entity)
}

/// Whether a title is the name of a public body that drops sheets of all its entities.
fn is_body(title: &str) -> bool {
    let folded = fold(title);
    [
        "camera di commercio",
        "cciaa",
        "comune di",
        "provincia di",
        "azienda usl",
        "asl ",
        "asp ",
        "universita ",
        "ordine ",
    ]
    .iter()
    .any(|body| folded.starts_with(body))
}

/// Whether a text has nothing but words about cost, staff and years.
pub fn is_topic(text: &str) -> bool {
    strip_to_entity(text).is_none()
}

/// What is left of a title when the words about cost, staff and years are gone.
pub fn strip_to_entity(text: &str) -> Option<String> {
    const PLAIN: &[&str] = &[
        "costo",
        "costi",
        "del",
        "dei",
        "della",
        "di",
        "il",
        "lavoro",
        "personale",
        "dipendente",
        "dipendenti",
        "spesa",
        "spese",
        "per",
        "anni",
        "anno",
        "triennio",
        "quadriennio",
        "biennio",
        "periodo",
        "complessivo",
        "complessiva",
        "andamento",
        "confronto",
        "monitoraggio",
        "rilevazione",
        "dal",
        "al",
        "annuo",
        "annuale",
        "totale",
        "riepilogo",
        "prospetto",
        "dati",
        "in",
        "euro",
        "foglio",
        "foglio1",
        "foglio2",
        "sheet1",
        "sheet",
        "tabella",
        "e",
        "oneri",
        "consuntivo",
        "bilancio",
        "export",
        "def",
        "definitivo",
        "sistema",
        "camerale",
        "monitoraggi",
        "costo_personale",
        "retribuzioni",
        "a",
        "scheda",
        "dati",
        "riepilogo",
        "report",
        "tabella1",
        "elenco",
        "invio",
        "uff",
        "allegato",
        "mail",
        "trasmessi",
        "definitiva",
        "finale",
        "copia",
        "migliaia",
        "importi",
        "tempo",
        "indeterminato",
        "evoluzione",
        "serie",
        "storica",
        "xls",
        "xlsx",
        "base",
        "lordo",
        "lorda",
        "netto",
        "netta",
    ];
    let pieces: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "_:;,()/€’".contains(c)).filter(|piece| !piece.is_empty()).collect();
    let plain = |piece: &&str| {
        let folded = fold(piece);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || PLAIN.contains(&bare) || bare.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c))
    };
    let first = pieces.iter().position(|piece| !plain(piece))?;
    let mut kept: Vec<&str> = Vec::new();
    for piece in &pieces[first..] {
        let folded = fold(piece);
        // A dash can stand inside a name.
        if matches!(*piece, "-" | "–" | "—") {
            kept.push(piece);
            continue;
        }
        // Words of the topic end the name; small words inside it stay.
        if plain(piece) && !matches!(folded.as_str(), "di" | "del" | "della" | "e" | "per" | "a" | "dei") {
            break;
        }
        kept.push(piece);
    }
    while kept.last().is_some_and(&plain) {
        kept.pop();
    }
    let name = kept.join(" ").trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned();
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_titles() {
        for (text, entity) in [
            ("Costo del lavoro CCIAA Lucca", Some("CCIAA Lucca")),
            ("Lucca In-Tec - costo del personale dipendente", Some("Lucca In-Tec")),
            ("Costo del personale 2016-2019", None),
            ("Foglio1", None),
            ("costo lavoro CCIAA", Some("CCIAA")),
            ("Costo del personale Lucca - Intec Service 2017-2019", Some("Lucca - Intec Service")),
            (
                "Spese di personale - Camera di Commercio di Lucca - anni 2016/2019",
                Some("Camera di Commercio di Lucca"),
            ),
        ] {
            assert_eq!(strip_to_entity(text).as_deref(), entity, "{text}");
        }
    }
}
