//! Percentages as scores: one unsigned percentage in a text is a score, signs and several percentages are a report.
//!
//! [`scan`] decides which of the two a text is and keeps the number undecided as [`super::number`] does.

use super::number::{self, Scanned};

mod shortfall;

pub use shortfall::is_shortfall;

/// What a text says about a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// One unsigned percentage, or a number alone.
    Score {
        /// The percentage, `99.72` for `99,72%`.
        number: Scanned,
        /// The rounded one that the text names: 90 in `89.95% arrotondato a 90%`.
        rounded: Option<Scanned>,
        /// Whether a percent sign stood in the text; a number alone has none.
        signed: bool,
    },
    /// A variation, a bound or several percentages: a text to be kept, no score.
    Report,
}

/// Words that make the percentage after them a variation or a bound instead of a result.
const NOT_A_RESULT: &[&str] = &[
    "almeno",
    "aumento",
    "calo",
    "circa",
    "crescita",
    "decremento",
    "diminuzione",
    "fino",
    "incremento",
    "massimo",
    "max",
    "meno",
    "minimo",
    "non",
    "oltre",
    "piu",
    "quasi",
    "riduzione",
    "risparmio",
    "scostamento",
    "sopra",
    "sotto",
    "variazione",
];

/// How words begin that tell of a change, whatever their gender and number.
const CHANGES: &[&str] = &[
    "abbattut",
    "accresciut",
    "aument",
    "calat",
    "cresc",
    "decrement",
    "decresc",
    "diminu",
    "incrementat",
    "miglior",
    "peggior",
    "ridott",
    "ridu",
    "risparmiat",
    "salit",
    "sces",
    "contrazion",
];

/// What changes by a share of itself: `mancato raggiungimento del 20%` leaves that much to be reached.
const REACHED: &[&str] = &["raggiungimento", "realizzazione", "conseguimento", "attuazione", "rispetto"];

/// How a text goes on behind the percentage of a change.
const CHANGED: &[&str] =
    &["in meno", "in piu", "di riduzione", "di aumento", "di incremento", "di diminuzione", "di risparmio", "di calo"];

/// Words that may stand between such a word and its percentage.
const LINKS: &[&str] = &["a", "al", "all", "del", "dell", "di", "il", "l", "medio", "pari", "per"];

/// The percentage of a text; none when it has no percentage and is not a number alone.
///
/// ```
/// use allegati::value::percentage::{Percent, scan};
/// let Some(Percent::Score { number, .. }) = scan("presentate il 18/3 100%") else { panic!() };
/// assert_eq!(number.as_decimal.to_string(), "100");
/// let Some(Percent::Score { number, .. }) = scan("90 (1)") else { panic!() };
/// assert_eq!(number.as_decimal.to_string(), "90");
/// assert_eq!(scan("+3,6%"), Some(Percent::Report));
/// assert_eq!(scan("4.39% / 36.44%"), Some(Percent::Report));
/// assert_eq!(scan("relazione presentata"), None);
/// ```
pub fn scan(text: &str) -> Option<Percent> {
    if is_prose(text) {
        return None;
    }
    let text = spelled(text);
    if !text.contains('%') {
        return alone(without_note_mark(&text));
    }
    let mut scores: Vec<Scanned> = Vec::new();
    let mut rounded: Vec<Scanned> = Vec::new();
    let mut from = 0;
    for (sign, _) in text.match_indices('%') {
        let piece = &text[from..sign];
        from = sign + 1;
        match before(piece) {
            Found::Nothing => {}
            Found::Report => return Some(Percent::Report),
            Found::Score(_) if goes_on_changed(&text[from..]) => return Some(Percent::Report),
            Found::Score(number) if rounding(piece) && !scores.is_empty() => rounded.push(number),
            Found::Score(number) => scores.push(number),
        }
    }
    rounded.extend(rounded_without_sign(&text[from..]).filter(|_| !scores.is_empty()));
    scores.dedup_by(|a, b| same(a, b));
    rounded.dedup_by(|a, b| same(a, b));
    match (scores.as_slice(), rounded.as_slice()) {
        ([], _) => None,
        ([number], []) => Some(Percent::Score { number: *number, rounded: None, signed: true }),
        ([number], [round]) => Some(Percent::Score { number: *number, rounded: Some(*round), signed: true }),
        _ => Some(Percent::Report),
    }
}

/// The same of a cell where a result is due: a share of what fell short is a report.
///
/// ```
/// use allegati::value::percentage::{Percent, scan_result};
/// assert_eq!(scan_result("5% fuori termine"), Some(Percent::Report));
/// assert!(matches!(scan_result("95% entro il termine"), Some(Percent::Score { .. })));
/// ```
pub fn scan_result(text: &str) -> Option<Percent> {
    match scan(text) {
        Some(Percent::Score { signed: true, .. }) if is_shortfall(text) => Some(Percent::Report),
        found => found,
    }
}

enum Found {
    Nothing,
    Report,
    Score(Scanned),
}

/// Whether a text of plain letters has neither a percent sign nor the beginning of a word for it.
fn is_prose(text: &str) -> bool {
    let letters = text.as_bytes();
    let per = |two: &[u8]| matches!(two, [b'p' | b'P', b'e' | b'E' | b'.']);
    text.is_ascii()
        && letters.iter().any(u8::is_ascii_alphabetic)
        && !letters.contains(&b'%')
        && !letters.windows(2).any(per)
}

/// Blanks, dashes and the words for percent in one spelling each, lower case.
fn spelled(text: &str) -> String {
    let mut simple = String::with_capacity(text.len());
    for letter in text.trim().to_lowercase().chars() {
        match letter {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '−' | '﹣' | '－' => simple.push('-'),
            '％' => simple.push('%'),
            'ù' => simple.push('u'),
            _ if letter.is_whitespace() => simple.push(' '),
            _ => simple.push(letter),
        }
    }
    for word in ["per cento", "percento", "perc.", "p.c."] {
        simple = simple.replace(word, "%");
    }
    simple
}

/// The number without the mark of a footnote behind it: `100*`, `90 (1)`.
fn without_note_mark(text: &str) -> &str {
    let bare = text.trim_end_matches(|letter: char| letter.is_whitespace() || "*†‡¹²³⁴⁵".contains(letter));
    let note = bare.strip_suffix(')').and_then(|bare| bare.rsplit_once('('));
    let is_mark = |mark: &str| mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_digit());
    let bare = match note {
        Some((before, mark)) if is_mark(mark) || mark.chars().all(|letter| letter == '*') => before.trim_end(),
        _ => bare,
    };
    if bare.ends_with(|last: char| last.is_ascii_digit()) { bare } else { text }
}

/// A number and nothing else; a sign makes it a variation, a currency an amount.
fn alone(text: &str) -> Option<Percent> {
    if !text.chars().all(|letter| letter.is_ascii_digit() || "+-.,'() ".contains(letter)) {
        return None;
    }
    let number = number::scan(text)?;
    if text.contains(['+', '-', '(']) {
        return Some(Percent::Report);
    }
    Some(Percent::Score { number, rounded: None, signed: false })
}

/// The number that ends a piece of text, with what stands before it.
fn before(piece: &str) -> Found {
    let piece = piece.trim_end();
    let start = piece.trim_end_matches(|letter: char| letter.is_ascii_digit() || ".,'".contains(letter)).len();
    let (prefix, mut digits) = piece.split_at(start);
    if prefix.ends_with(char::is_alphabetic) {
        // The point of an abbreviation: `Risult.50%`.
        digits = match digits.strip_prefix('.') {
            Some(rest) => rest,
            None if digits.is_empty() => return Found::Nothing,
            None => return Found::Report,
        };
    }
    if !digits.contains(|letter: char| letter.is_ascii_digit()) {
        return Found::Nothing;
    }
    let Some(number) = number::scan(digits) else { return Found::Report };
    let bound = prefix.trim_end().ends_with(['+', '-', '<', '>', '≤', '≥', '±', '~', '≈', '≠']);
    let bound = bound || prefix.trim_end().ends_with("<=") || prefix.trim_end().ends_with(">=");
    if bound || prefix.ends_with('/') || grouped_by_blank(prefix, digits) || varied(prefix) {
        return Found::Report;
    }
    Found::Score(number)
}

/// `1 050%` could be 1050 or 50: the number before it stands alone and three digits follow the blank.
fn grouped_by_blank(prefix: &str, digits: &str) -> bool {
    let whole = digits.split(['.', ',']).next().unwrap_or_default();
    let last = prefix.rsplit(' ').nth(1).unwrap_or_default();
    prefix.ends_with(' ')
        && whole.len() == 3
        && (1..=3).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_digit())
}

fn varied(prefix: &str) -> bool {
    let words = || prefix.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let is_change = |word: &str| CHANGES.iter().any(|change| word.starts_with(change));
    let mut telling = words().filter(|word| !LINKS.contains(word));
    let Some(last) = telling.next() else { return false };
    let is_missed = REACHED.contains(&last) && telling.next().is_some_and(|word| word.starts_with("mancat"));
    let link = words().next();
    // `Riduzione dei tempi del 10%`; `riduzione dei tempi: raggiunta al 100%` is a result, and so is `salito al 95%`.
    let of_share = link.is_some_and(|link| matches!(link, "del" | "dell"));
    let is_level = link.is_some_and(|link| matches!(link, "a" | "al" | "all"));
    let clause = prefix.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    let is_changed = of_share && clause.split(|letter: char| !letter.is_alphanumeric()).any(is_change);
    NOT_A_RESULT.contains(&last) || (is_change(last) && !is_level) || is_missed || is_changed
}

/// Whether what stands behind a percentage makes it a change: `2% in meno`.
fn goes_on_changed(rest: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    CHANGED.iter().any(|change| rest.trim_start().strip_prefix(change).is_some_and(ends))
}

fn rounding(piece: &str) -> bool {
    piece.contains("arrotondat")
}

/// `… arrotondato a 90`, without a second percent sign.
fn rounded_without_sign(rest: &str) -> Option<Scanned> {
    let (_, after) = rest.split_once("arrotondat")?;
    let digits = after.find(|letter: char| letter.is_ascii_digit()).map(|start| &after[start..])?;
    let end = digits.find(|letter: char| !(letter.is_ascii_digit() || ".,".contains(letter))).unwrap_or(digits.len());
    number::scan(digits[..end].trim_end_matches(['.', ',']))
}

fn same(a: &Scanned, b: &Scanned) -> bool {
    a.sure == b.sure && a.as_decimal == b.as_decimal && a.as_grouped == b.as_grouped
}

#[cfg(test)]
mod tests;
