//! Shares of what fell short: `5% fuori termine`, `ritardo medio 5%` tell of failures, and are the result of nothing.

/// What fell short, the words that only link left out.
const SHORT: &[&[&str]] = &[
    &["arretrati"],
    &["arretrato"],
    &["assenteismo"],
    &["assenza"],
    &["assenze"],
    &["errore"],
    &["errori"],
    &["fuori", "standard"],
    &["fuori", "tempo"],
    &["fuori", "termine"],
    &["fuori", "termini"],
    &["inevase"],
    &["inevasi"],
    &["non", "evase"],
    &["non", "rispettata"],
    &["non", "rispettate"],
    &["non", "rispettati"],
    &["non", "rispettato"],
    &["oltre", "tempi"],
    &["oltre", "termine"],
    &["oltre", "termini"],
    &["ritardi"],
    &["ritardo"],
];
/// Words that only link.
const LINKS: &[&str] = &[
    "al", "alla", "con", "dei", "del", "della", "delle", "degli", "di", "i", "il", "in", "la", "le", "medi", "media",
    "medie", "medio", "nel", "pari", "per",
];
/// What shares are of.
const CASES: &[&str] = &[
    "casi",
    "chiuse",
    "concluse",
    "conclusi",
    "documenti",
    "domande",
    "evase",
    "evasi",
    "fatture",
    "istanze",
    "pagamenti",
    "pagate",
    "pratiche",
    "procedimenti",
    "processi",
    "richieste",
    "servizi",
];
/// How words begin of which nothing, or less, of it is good.
const UNDONE: &[&str] =
    &["contenim", "correz", "elimin", "nessun", "recuper", "ridott", "ridu", "senza", "smalt", "zero"];

/// Whether the percentage of a text is of what fell short, as the words right before or behind it say.
///
/// ```
/// use allegati::value::percentage::is_shortfall;
/// assert!(is_shortfall("5% fuori termine") && is_shortfall("pratiche in ritardo: 5%") && is_shortfall("errore 2%"));
/// assert!(!is_shortfall("100% senza ritardi") && !is_shortfall("90% a causa del ritardo"));
/// ```
pub fn is_shortfall(text: &str) -> bool {
    let text = super::spelled(text);
    let Some((before, behind)) = text.split_once('%') else { return false };
    let (before, behind) = (told(before), told(behind.split(['%', ';', '.']).next().unwrap_or_default()));
    let is_undone = |word: &str| UNDONE.iter().any(|undone| word.starts_with(undone));
    let cases = behind.iter().take_while(|word| CASES.contains(word)).count();
    SHORT.iter().any(|short| {
        let rest = before.strip_suffix(*short);
        rest.is_some_and(|rest| !rest.iter().any(|word| is_undone(word))) || behind[cases..].starts_with(short)
    })
}

/// The words of a text that do not only link.
fn told(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.filter(|word| !LINKS.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::is_shortfall;

    #[test]
    fn what_fell_short_is_no_result() {
        let short = [
            "5% fuori termine",
            "5% delle pratiche in ritardo",
            "pratiche in ritardo: 5%",
            "ritardo medio 5%",
            "ritardo medio del 5%",
            "errore 2%",
            "tasso di assenza 4%",
            "Fuori termine: 5%",
            "2% di errori",
            "5 per cento oltre i termini",
            "pratiche evase oltre il termine 3,5%",
        ];
        short.into_iter().for_each(|text| assert!(is_shortfall(text), "{text}"));
        let results = [
            "100%",
            "95% entro i termini",
            "100% nei tempi, nessun ritardo",
            "100% senza errori",
            "senza ritardi 100%",
            "recupero ritardi 100%",
            "90% a causa del ritardo nella consegna",
            "riduzione degli errori: 100%",
            "risultato 98%",
        ];
        results.into_iter().for_each(|text| assert!(!is_shortfall(text), "{text}"));
    }
}
