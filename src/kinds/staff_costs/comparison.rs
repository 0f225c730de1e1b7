//! Rows among the costs that are held against them: means of other bodies, benchmarks, targets.

/// First words that say so whatever follows.
const BENCHMARKS: &[&str] = &["benchmark", "benchmarking", "confronto", "riferimento"];
/// First words that say so alone, or with words of [`BESIDE`].
const AIMS: &[&str] = &["target", "obiettivo", "obiettivi", "parametro", "parametri"];
/// First words that one of [`HELD`] makes such a label.
const FIGURES: &[&str] = &["valore", "valori", "dato", "dati", "costo", "costi", "spesa", "spese", "importo"];
/// Words of what costs are held against.
const HELD: &[&str] = &[
    "riferimento",
    "confronto",
    "benchmark",
    "target",
    "obiettivo",
    "atteso",
    "attesa",
    "attesi",
    "nazionale",
    "nazionali",
    "regionale",
    "regionali",
];
/// Words that stand beside an aim and name nobody.
const BESIDE: &[&str] =
    &["di", "del", "da", "anno", "costo", "spesa", "valore", "raggiungere", "annuale", "triennale", "personale"];
/// Second words of a mean of others.
const OF_OTHERS: &[&str] = &[
    "di",
    "del",
    "dei",
    "della",
    "delle",
    "degli",
    "dell",
    "tra",
    "fra",
    "su",
    "camere",
    "cciaa",
    "enti",
    "nazionale",
    "regionale",
    "provinciale",
    "italia",
    "italiana",
    "toscana",
    "unioncamere",
    "cluster",
    "nord",
    "centro",
    "sud",
    "settore",
    "comparto",
];

/// Whether the folded words of a label name what costs are held against, and no entity.
pub fn is_comparison(words: &[String]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let first = first.as_str();
    let is_held = |word: &String| HELD.contains(&word.as_str());
    let names_nobody = |word: &String| {
        is_held(word) || BESIDE.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    match first {
        "media" | "medie" => rest.first().is_some_and(|second| OF_OTHERS.contains(&second.as_str())),
        _ if BENCHMARKS.contains(&first) => true,
        _ if AIMS.contains(&first) => rest.iter().all(names_nobody),
        _ => FIGURES.contains(&first) && rest.iter().any(is_held) && rest.iter().all(names_nobody),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entities_but_what_they_are_held_against() {
        let is = |label: &str| is_comparison(&crate::value::fold::words(label));
        for label in [
            "Media delle Camere toscane",
            "Media nazionale",
            "Media regionale 2019",
            "Benchmark nazionale",
            "Target",
            "Target 2019",
            "Obiettivo",
            "Valore di riferimento",
            "Valore obiettivo",
            "Dato nazionale",
        ] {
            assert!(is(label), "{label}");
        }
        for label in
            ["Media Valle Servizi", "Target Servizi Srl", "Obiettivo Lavoro Spa", "CCIAA", "Costo del personale"]
        {
            assert!(!is(label), "{label}");
        }
    }
}
