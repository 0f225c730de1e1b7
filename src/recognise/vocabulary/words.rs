//! The words of a header: folded, abbreviated, contracted, misspelt.

use crate::value::date::MONTHS;
use crate::value::fold::{fold, may_differ_by};

/// One folded word of a header.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    pub text: String,
    /// Whether a point followed: an abbreviation.
    pub dotted: bool,
    /// The end of a contracted word: `va` of `org.va`.
    pub tail: Option<String>,
}

pub fn is_unit(word: &str) -> bool {
    matches!(word, "giorni" | "ore" | "minuti" | "lavorativi" | "naturali" | "lav" | "solari" | "calendario")
}

/// How well a word of a header is a word of the vocabulary: itself, its abbreviation, its plural, a typo.
pub fn word_score(word: &Word, known: &str) -> f32 {
    let text = word.text.as_str();
    if text == known && word.tail.is_none() {
        return 1.0;
    }
    let (short, long) = (text.len(), known.len());
    if let Some(tail) = &word.tail {
        let contracted = known.starts_with(text) && known.ends_with(tail.as_str()) && long > short + tail.len();
        return if contracted { 0.93 } else { 0.0 };
    }
    if known.starts_with(text) && long > short && (short >= 3 || (word.dotted && short >= 2)) {
        return if word.dotted { 0.95 } else { 0.88 };
    }
    if short < 4 || long < 4 || short.abs_diff(long) > 2 {
        return 0.0;
    }
    if short == long && text.is_ascii() && known.is_ascii() && text[..short - 1] == known[..long - 1] {
        return 0.97;
    }
    let swapped = text.as_bytes()[..2].iter().rev().eq(&known.as_bytes()[..2]);
    if text.as_bytes()[0] != known.as_bytes()[0] && short < 6 && !swapped {
        return 0.0;
    }
    let most = short.max(long);
    let allowed = if most >= 9 { 2 } else { usize::from(most >= 5) };
    if allowed == 0 || !may_differ_by(text, known, allowed) {
        return 0.0;
    }
    match strsim::osa_distance(text, known) {
        1 => 0.9,
        2 if allowed == 2 => 0.84,
        _ => 0.0,
    }
}

/// Folded words with what small words and units stand for; `u.o.` is one word.
pub fn split(text: &str) -> Vec<Word> {
    let marks = ['€', '*', '†', '‡', '¹', '²', '³', '⁴', '⁵'];
    let folded = fold(&text.replace('%', " percentuale ").replace(marks, " "));
    let mut words: Vec<Word> = Vec::new();
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let dotted = rest[end..].starts_with('.');
        let text = rest[..end].to_owned();
        rest = &rest[end..];
        let tail = contraction(&text, rest);
        if let Some(tail) = &tail {
            rest = &rest[1 + tail.len()..];
        }
        words.push(Word { text, dotted, tail });
    }
    join_initials(&mut words);
    words.into_iter().flat_map(expand).filter(|word| !is_small(&word.text)).collect()
}

/// The end of `org.va`: one to three letters right after the point.
pub fn contraction(text: &str, rest: &str) -> Option<String> {
    let after = rest.strip_prefix('.')?;
    let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let long = text.len() >= 3 && (1..=3).contains(&end) && text.chars().all(char::is_alphabetic);
    (long && !after[end..].starts_with('.')).then(|| after[..end].to_owned())
}

/// `u` `.` `o` `.` → `uo`.
pub fn join_initials(words: &mut Vec<Word>) {
    let mut at = 0;
    while at + 1 < words.len() {
        let single = |word: &Word| word.text.chars().count() == 1 && word.text.chars().all(char::is_alphabetic);
        if words[at].dotted && single(&words[at]) && single(&words[at + 1]) {
            let next = words.remove(at + 1);
            words[at].text.push_str(&next.text);
        }
        at += 1;
    }
}

pub fn expand(word: Word) -> Vec<Word> {
    let full: &[&str] = match word.text.as_str() {
        "gg" | "g" => &["giorni"],
        "uo" => &["unita", "organizzativa"],
        "nr" | "num" | "no" | "numero" | "nro" => &["n"],
        "perc" => &["percentuale"],
        "dt" => &["data"],
        "progr" if word.dotted => &["programmato"],
        "ris" | "risult" => &["risultato"],
        "proc" if word.dotted => &["procedimento"],
        "qta" => &["quantita"],
        _ => return vec![word],
    };
    full.iter().map(|text| Word { text: (*text).to_owned(), dotted: false, tail: None }).collect()
}

pub fn is_small(word: &str) -> bool {
    matches!(
        word,
        "di" | "del"
            | "della"
            | "dello"
            | "dei"
            | "degli"
            | "delle"
            | "dell"
            | "d"
            | "da"
            | "dal"
            | "dalla"
            | "in"
            | "nel"
            | "nella"
            | "e"
            | "ed"
            | "o"
            | "il"
            | "lo"
            | "la"
            | "i"
            | "gli"
            | "le"
            | "l"
            | "a"
            | "al"
            | "alla"
            | "all"
            | "per"
            | "con"
            | "su"
            | "sul"
            | "un"
            | "una"
            | "euro"
            | "eur"
    )
}

pub fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| is_year(*year))
}

/// Whether a number of four digits in a header is a year.
pub fn is_year(number: i16) -> bool {
    (1990..2100).contains(&number)
}

pub fn is_part_of_year(word: &str, dotted: bool) -> bool {
    const PARTS: [&str; 12] = [
        "trimestre",
        "semestre",
        "quadrimestre",
        "bimestre",
        "trim",
        "quadrim",
        "q1",
        "q2",
        "q3",
        "q4",
        "parziale",
        "trimestrale",
    ];
    PARTS.contains(&word)
        || MONTHS.contains(&word)
        || (word.len() == 3 && MONTHS.iter().any(|month| month.starts_with(word)))
        || (matches!(word, "sem" | "quad" | "quadr") && dotted)
}

/// Whether what a header says in brackets beside a year is a part of that year, and nothing else: `2019 (al 30/09)`,
/// `2019 (I sem.)`, `2019 (9 mesi)`.
pub fn is_part_in_brackets(text: &str, years: &[i16]) -> bool {
    let inside = text.find('(').and_then(|from| Some(&text[from + 1..from + text[from..].find(')')?]));
    let Some(inside) = inside else { return false };
    let (own, rest): (Vec<Word>, Vec<Word>) = split(inside).into_iter().partition(|word| year_of(&word.text).is_some());
    let of_years = |word: &Word| year_of(&word.text).is_some_and(|year| years.is_empty() || years.contains(&year));
    if !own.iter().all(of_years) || (own.is_empty() && years.is_empty()) {
        return false;
    }
    let number = |word: &Word| word.text.parse::<u8>().ok();
    let month = |word: &Word| {
        MONTHS.iter().position(|month| *month == word.text || (word.text.len() == 3 && month.starts_with(&*word.text)))
    };
    let is_period =
        |word: &Word| word.text != "trimestrale" && is_part_of_year(&word.text, true) && month(word).is_none();
    let leads = |word: &Word| {
        matches!(
            &*word.text,
            "aggiornato" | "aggiornati" | "dato" | "dati" | "situazione" | "fino" | "parziale" | "parziali" | "primi"
        )
    };
    let is_plain = |word: &Word| {
        number(word).is_some()
            || month(word).is_some()
            || is_period(word)
            || leads(word)
            || matches!(&*word.text, "mesi" | "mese" | "ii" | "iii" | "iv" | "primo" | "secondo" | "terzo" | "quarto")
    };
    let day =
        rest.windows(2).find_map(|pair| Some((number(&pair[0])?, number(&pair[1]).filter(|month| *month <= 12)?)));
    let months =
        rest.windows(2).find(|pair| matches!(&*pair[1].text, "mesi" | "mese")).and_then(|pair| number(&pair[0]));
    rest.iter().all(is_plain)
        && (rest.iter().any(is_period)
            || rest.iter().any(|word| word.text == "parziali")
            || months.is_some_and(|months| months < 12)
            || day.is_some_and(|day| day != (31, 12))
            || rest.iter().filter_map(month).next_back().is_some_and(|month| month != 11))
}

/// The text without what stands in parentheses, unless nothing else is left.
pub fn without_parentheses(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0u32);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.chars().any(char::is_alphanumeric) { out } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::is_part_in_brackets;

    #[test]
    fn a_year_up_to_a_day_is_a_part_of_it() {
        let parts =
            ["(al 30/09)", "(I sem.)", "(1° semestre)", "(9 mesi)", "(primi 9 mesi)", "(gen-set)", "(al 30 giugno)"];
        for part in parts {
            assert!(is_part_in_brackets(&format!("2019 {part}"), &[2019]), "{part}");
        }
        assert!(is_part_in_brackets("Consuntivo (al 30/06/2019)", &[]));
        let wholes =
            ["(al 31/12)", "(12 mesi)", "(delibera n. 12/5)", "(approvato ad aprile)", "(gen-dic)", "(€)", "(1)"];
        for whole in wholes {
            assert!(!is_part_in_brackets(&format!("2019 {whole}"), &[2019]), "{whole}");
        }
        assert!(!is_part_in_brackets("Consuntivo 2019 (al 15/01/2020)", &[2019]));
        assert!(!is_part_in_brackets("Tempo (mesi)", &[]));
    }
}
