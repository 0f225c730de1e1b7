//! Years that a title holds its own against: of a comparison, a base, a limit or a source.

/// Words that compare when `con` follows.
const WITH: &[&str] = &["confronto", "raffronto", "paragone", "comparazione"];
/// Words of a change, which is one from the year that a word of [`FROM`] leads to.
const CHANGES: &[&str] = &[
    "scostamento",
    "variazione",
    "differenza",
    "delta",
    "riduzione",
    "risparmio",
    "diminuzione",
    "incremento",
    "aumento",
];
const FROM: &[&str] = &["sul", "sull", "su", "dal", "dall"];
/// Words of a year that limits or measures those after it.
const LIMITS: &[&str] = &["limite", "tetto", "base"];
const MEANS: &[&str] = &["media", "medio"];
/// Words of several years, of which a mean is no year's own.
const SEVERAL: &[&str] = &["biennio", "triennio", "quadriennio", "quinquennio"];
/// Words that can stand between those above and the year.
const BETWEEN: &[&str] = &[
    "a",
    "ai",
    "al",
    "all",
    "alla",
    "anno",
    "annualita",
    "calcolo",
    "con",
    "consuntivo",
    "costi",
    "costo",
    "dati",
    "dato",
    "del",
    "dell",
    "di",
    "esercizio",
    "i",
    "il",
    "l",
    "la",
    "per",
    "percentuale",
    "riferimento",
    "spesa",
    "valore",
    "valori",
];

/// Whether the folded text before a year makes it one that others are held against: `confronto con il`, `rispetto al`,
/// `variazione sul`, `anno base`, `limite di spesa`, `media triennio`, `fonte: conto annuale`.
pub fn is_compared(before: &str) -> bool {
    let clause = clause(before_span(before));
    if ["fonte", "fonti"].iter().any(|source| clause.trim_start().starts_with(source)) {
        return true;
    }
    let words = clause.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    // Those between a word and the year, the nearest to the year first.
    let mut between: Vec<&str> = Vec::new();
    for word in words.rev() {
        let follows = |wanted: &[&str]| between.last().is_some_and(|next| wanted.contains(next));
        let compares = match word {
            "rispetto" => follows(&["a", "ai", "al", "all", "alla"]),
            _ if WITH.contains(&word) => follows(&["con"]),
            _ if CHANGES.contains(&word) => between.iter().any(|next| FROM.contains(next)),
            // `base dati` is where data are kept.
            _ if LIMITS.contains(&word) => !follows(&["dati"]),
            _ if MEANS.contains(&word) => between.iter().any(|next| SEVERAL.contains(next)),
            _ => false,
        };
        if compares {
            return true;
        }
        // `variazione 2019 sul 2016`
        let other_year = word.bytes().all(|byte| byte.is_ascii_digit()) && follows(FROM);
        if !other_year && ![BETWEEN, FROM, SEVERAL, WITH].iter().any(|known| known.contains(&word)) {
            return false;
        }
        between.push(word);
    }
    false
}

/// What stands before the first year of a span that ends here: `base 2016 - `.
fn before_span(before: &str) -> &str {
    let span = before.trim_end().strip_suffix('-').map(str::trim_end);
    let first = span.and_then(|span| span.len().checked_sub(4).and_then(|at| span.split_at_checked(at)));
    first.filter(|(_, year)| year.bytes().all(|byte| byte.is_ascii_digit())).map_or(before, |(rest, _)| rest)
}

/// The last part of a text between marks.
fn clause(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches('(');
    let text = text.rsplit([';', ',', '.', '(', ')', '\n']).next().unwrap_or(text);
    text.rsplit(" - ").next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::value::date::{year_beside_span, years, years_of_texts, years_of_titles};

    #[test]
    fn a_year_that_others_are_held_against_is_not_the_titles() {
        for title in [
            "Costo del personale CCIAA Lucca - confronto con il 2016",
            "Tempi medi (rispetto all’anno 2018)",
            "Scostamento % sul 2016",
            "Variazione dal 2016",
            "Base: anno 2016",
            "Anno base 2016",
            "Base (2016)",
            "Base 2016 - 2018",
            "Limite di spesa 2016",
            "Tetto di spesa anno 2016: 3.427.321,50",
            "Media triennio 2016-2018",
            "Costo medio del triennio 2016-2018",
            "Fonte: conto annuale 2017",
            "Dati in euro (fonte: conto annuale 2017)",
        ] {
            assert_eq!(years_of_titles([title].into_iter()), Vec::<i16>::new(), "{title}");
            assert_eq!(years_of_texts([title].into_iter()), Vec::<i16>::new(), "{title}");
            assert!(!years(title).is_empty(), "{title}");
        }
        assert_eq!(year_beside_span("Piano 2018-2020 - confronto con il 2017"), None);
    }

    #[test]
    fn other_years_are_the_titles() {
        for title in [
            "Rispetto dei termini 2019",
            "Rispetto degli standard - anno 2019",
            "Monitoraggio rispetto alla Carta dei servizi 2019",
            "Relazione sul 2019",
            "Confronto 2019",
            "Base dati 2019",
            "Base dati anno 2019",
            "Confronto con il 2016 - anno 2019",
            "Confronto con il 2016, consuntivo 2019",
            "Consuntivo 2019 (base 2016)",
            "Variazione 2019 sul 2016",
            "Tempi medi 2019",
            "Media 2019",
            "Totale 2019",
        ] {
            assert_eq!(years_of_titles([title].into_iter()), [2019], "{title}");
        }
        assert_eq!(years_of_titles(["Confronto 2019/2018"].into_iter()), [2019, 2018]);
    }
}
