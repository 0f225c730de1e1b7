//! Numbers of objectives and indicators, and the holders that titles name.

use crate::value::fold::fold;

/// `1) GARANTIRE …`, `OBIETTIVO 1/2019`, `INDICATORE 4a)`, `Ob. n. 2 – …`: the number, and the text after it.
pub fn split_number(text: &str) -> (String, String) {
    // `(1)`, and `'1` as the program shows a number typed as a text.
    // `1,1`, as the program shows a number typed as 1.1.
    let bare = text.trim().trim_start_matches('\'').trim_end_matches(['.', ')']);
    let is_pair = bare.split(',').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_pair && bare.contains(',') {
        return (bare.replace(',', "."), String::new());
    }
    let mut rest = text.trim().trim_start_matches(['(', '[', '\'']).trim_start();
    let mut is_called_so = false;
    loop {
        let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let known = matches!(
            fold(&rest[..word_end]).as_str(),
            "obiettivo"
                | "ob"
                | "obiett"
                | "indicatore"
                | "ind"
                | "n"
                | "num"
                | "numero"
                | "nr"
                | "di"
                | "ente"
                | "strategico"
                | "operativo"
                | "cod"
                | "codice"
        );
        if word_end == 0 || !known || !rest[word_end..].contains(|c: char| c.is_ascii_alphanumeric()) {
            break;
        }
        is_called_so |= !matches!(fold(&rest[..word_end]).as_str(), "n" | "num" | "numero" | "nr");
        rest = rest[word_end..].trim_start_matches(|c: char| c.is_whitespace() || ".°º:".contains(c));
    }
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let mut end = digits;
    if digits > 0 {
        let letter = rest[digits..].chars().next().filter(|c| c.is_ascii_alphabetic());
        let after = rest[digits..].chars().nth(1);
        if letter.is_some() && !after.is_some_and(char::is_alphanumeric) {
            end += 1;
        }
    } else if rest.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
        && rest.chars().nth(1).is_none_or(|c| ").".contains(c))
    {
        end = 1;
    }
    if end == 0 {
        return (String::new(), text.trim().to_owned());
    }
    let (number, mut tail) = rest.split_at(end);
    // `10 gg. per il rilascio`, `2 eventi`: a number of the things that follow, not of the line.
    let next = tail.split_whitespace().next().unwrap_or_default();
    // `1 aumentare la trasparenza` is one of the things to do.
    let is_verb = next.len() > 4 && ["are", "ere", "ire", "rre"].iter().any(|end| next.ends_with(end));
    let counts = !is_verb && next.starts_with(char::is_lowercase) && tail.starts_with(char::is_whitespace);
    let repeated = ["bis", "ter", "quater"].into_iter().find(|word| {
        let behind = tail.trim_start_matches([' ', '-']).strip_prefix(word);
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    });
    if let Some(word) = repeated {
        let at = tail.find(word).map_or(tail.len(), |at| at + word.len());
        let (_, rest) = split_number(&format!("1{}", &tail[at..]));
        return (format!("{}{word}", number.trim_end_matches('.')), rest);
    }
    if counts && !is_called_so && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return (String::new(), text.trim().to_owned());
    }
    // `1/2019`: the year of the plan, not part of the number.
    if let Some(year) = tail.strip_prefix('/') {
        let year_end = year.find(|c: char| !c.is_ascii_digit()).unwrap_or(year.len());
        if matches!(year_end, 2 | 4) {
            tail = &year[year_end..];
        }
    }
    let tail = tail.trim_start_matches(|c: char| c.is_whitespace() || ")].:-–—°'".contains(c));
    (number.trim_end_matches('.').to_owned(), tail.to_owned())
}

/// The holder a title names: `OBIETTIVI 2019 SEGRETARIO GENERALE` → `Segretario Generale`.
pub fn holder_of(title: &str) -> Option<String> {
    let folded = fold(title);
    if !folded.contains("obiettiv") && !folded.starts_with("scheda") {
        return None;
    }
    const NOT_A_HOLDER: &[&str] = &[
        "obiettivi",
        "obiettivo",
        "scheda",
        "schede",
        "anno",
        "anni",
        "esercizio",
        "risultato",
        "risultati",
        "monitoraggio",
        "rendicontazione",
        "consuntivo",
        "realizzazione",
        "performance",
        "individuali",
        "individuale",
        "operativi",
        "assegnati",
        "valutazione",
        "piano",
        "della",
        "del",
        "dei",
        "degli",
        "delle",
        "dello",
        "di",
        "dell",
        "al",
        "alla",
        "ai",
        "per",
        "il",
        "la",
        "l",
        "a",
        "e",
        "relativi",
        "titolare",
        "stato",
        "attuazione",
        "raggiungimento",
        "report",
        "finale",
        "annuali",
        "strategici",
        "indicatori",
        "allegato",
        "n",
    ];
    // Whose body it is says nothing of the holder.
    let of_body = |piece: &str| {
        let first = piece.split_whitespace().next().map(fold).unwrap_or_default();
        matches!(first.as_str(), "camera" | "cciaa" | "c.c.i.a.a" | "comune" | "provincia" | "regione")
    };
    let dashed = title.replace(" – ", " - ").replace(" — ", " - ");
    let own: Vec<&str> = dashed.split(" - ").filter(|piece| !of_body(piece)).collect();
    let own = if own.is_empty() { dashed.clone() } else { own.join(" - ") };
    let words: Vec<&str> =
        own.split(|c: char| c.is_whitespace() || "’'".contains(c)).filter(|word| !word.is_empty()).collect();
    let plain = |word: &&str| {
        let folded = fold(word);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        bare.is_empty()
            || NOT_A_HOLDER.contains(&bare.as_str())
            || bare.chars().all(|c| c.is_ascii_digit() || "/-".contains(c))
    };
    let first = words.iter().position(|word| !plain(word))?;
    // `3° SETTORE`.
    let first = first - usize::from(first > 0 && is_ordinal_of_unit(&words, first - 1));
    let last = words.iter().rposition(|word| !plain(word))?;
    let last = last + usize::from(tells_units_apart(&words, last + 1));
    let is_named = |at: &usize| {
        !fold(words[*at]).chars().all(|c| c.is_ascii_digit())
            || tells_units_apart(&words, *at)
            || is_ordinal_of_unit(&words, *at)
    };
    let name = (first..=last).filter(is_named).map(|at| words[at]).collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| !(c.is_alphanumeric() || c == ')')).to_owned();
    (!name.is_empty()).then(|| title_case(&name))
}

/// Parts of a body that a letter or a number tells from others of the sort.
const UNITS: &[&str] = &[
    "area",
    "settore",
    "servizio",
    "ufficio",
    "sezione",
    "dipartimento",
    "divisione",
    "direzione",
    "unita",
    "staff",
    "polo",
];

/// Whether a word that names nobody elsewhere is part of a name: the letter of `Area A` and `DIRIGENTE E`, the number of
/// `Settore 2`.
fn tells_units_apart(words: &[&str], at: usize) -> bool {
    let (Some(word), Some(before)) = (words.get(at), at.checked_sub(1).map(|before| words[before])) else {
        return false;
    };
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_letter = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let is_number = matches!(word.len(), 1 | 2) && word.bytes().all(|byte| byte.is_ascii_digit());
    if UNITS.contains(&fold(before).as_str()) {
        return is_letter || is_number;
    }
    // `SEGRETARIO GENERALE E DIRIGENTI` goes on with words.
    is_letter && words.get(at + 1).is_none_or(|next| !next.starts_with(char::is_alphabetic))
}

/// Whether a word is the ordinal in front of a part of a body: the `3°` of `3° SETTORE`, the `2^` of `2^ Area`.
fn is_ordinal_of_unit(words: &[&str], at: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let number = word.trim_end_matches(['°', 'º', 'ª', '^', 'o', 'a', 'O', 'A']);
    let is_marked = number.len() < word.len() && matches!(number.len(), 1 | 2);
    is_marked && number.bytes().all(|byte| byte.is_ascii_digit()) && UNITS.contains(&fold(next).as_str())
}

/// A name in capitals with capital initials only; any other name as it is.
pub fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        let mut chars = name.chars();
        return chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    }
    const SMALL: &[&str] = &[
        "di", "del", "della", "dei", "degli", "delle", "e", "ed", "per", "a", "al", "alla", "in", "con", "da", "il",
        "la",
    ];
    // `Area III`.
    const ROMAN: &[&str] = &["II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let mut out: Vec<String> = Vec::new();
    let words: Vec<&str> = name.split_whitespace().collect();
    for (at, word) in words.iter().copied().enumerate() {
        let lower = word.to_lowercase();
        if at > 0 && SMALL.contains(&lower.as_str()) && !tells_units_apart(&words, at) {
            out.push(lower);
            continue;
        }
        if ROMAN.contains(&word) {
            out.push(word.to_owned());
            continue;
        }
        let mut chars = lower.chars();
        out.push(chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default());
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_objectives_and_indicators() {
        for (text, number, rest) in [
            ("1) GARANTIRE I LIVELLI", "1", "GARANTIRE I LIVELLI"),
            ("OBIETTIVO 1/2019", "1", ""),
            ("INDICATORE 4a)", "4a", ""),
            ("Ob. n. 2 – Riforma", "2", "Riforma"),
            ("Indicatore 1.2: tempi", "1.2", "tempi"),
            ("3", "3", ""),
            ("Migliorare i servizi", "", "Migliorare i servizi"),
            ("2 eventi da realizzare", "", "2 eventi da realizzare"),
            ("N. 2 incontri", "", "N. 2 incontri"),
            ("1 aumentare la trasparenza", "1", "aumentare la trasparenza"),
            ("Obiettivo 2 riforma", "2", "riforma"),
            ("2 bis) Nuovo", "2bis", "Nuovo"),
            ("OBIETTIVO 2-bis/2019 Riforma", "2bis", "Riforma"),
            ("a)", "a", ""),
            ("1,2", "1.2", ""),
            ("1,10", "1.10", ""),
        ] {
            assert_eq!(split_number(text), (number.to_owned(), rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn holders_of_titles() {
        for (title, holder) in [
            ("OBIETTIVI 2019 SEGRETARIO GENERALE", Some("Segretario Generale")),
            ("OBIETTIVI DI ENTE ANNO 2019", Some("Ente")),
            ("Obiettivi dell’Ente 2019", Some("Ente")),
            ("Scheda obiettivi 2021 – Dirigente Area Promozione", Some("Dirigente Area Promozione")),
            ("CAMERA DI COMMERCIO DI LUCCA - OBIETTIVI ANNO 2019 - AREA III", Some("Area III")),
            ("OBIETTIVI 2019 DIRIGENTE AREA A", Some("Dirigente Area A")),
            ("OBIETTIVI DIRIGENTE AREA E - ANNO 2019", Some("Dirigente Area E")),
            ("Obiettivi 2019 Settore 2", Some("Settore 2")),
            ("OBIETTIVI AREA A CONSUNTIVO 2019", Some("Area A")),
            ("OBIETTIVI 2019 3° SETTORE", Some("3° Settore")),
            ("Obiettivi 2019 - Dirigente 2^ Area", Some("Dirigente 2^ Area")),
            ("OBIETTIVI 2019 SETTORE TECNICO", Some("Settore Tecnico")),
            ("OBIETTIVI DIRIGENTE A CONSUNTIVO 2019", Some("Dirigente")),
            ("OBIETTIVI SEGRETARIO GENERALE E DIRIGENTI 2019", Some("Segretario Generale e Dirigenti")),
            ("OBIETTIVI 2019 SEGRETARIO GENERALE - ALLEGATO A", Some("Segretario Generale")),
            ("OBIETTIVI 2019", None),
            ("Ufficio Ragioneria", None),
        ] {
            assert_eq!(holder_of(title).as_deref(), holder, "{title}");
        }
    }
}
