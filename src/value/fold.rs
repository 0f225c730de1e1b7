//! Folding: words are compared without case, accents, apostrophes, dashes, odd blanks and final punctuation.
//!
//! [`fold`] gives the one spelling under which two texts are the same; [`similarity`] says how near two names are when
//! they are not, and [`nearest`] answers "did you mean".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

mod similarity;

pub use similarity::{Name, letters, may_differ_by, similarity};

/// The folded spelling of a text.
///
/// An apostrophe inside a word becomes a blank (`dell’ente` is two words); after a vowel at the end of a word it is an
/// accent written by hand and goes away.
///
/// ```
/// use allegati::value::fold::fold;
/// assert_eq!(fold("UNITA' "), "unita");
/// assert_eq!(fold("unità"), "unita");
/// assert_eq!(fold("dell’Ente"), fold("dell`ente"));
/// assert_eq!(fold("Sì,\u{a0} certo…"), "si, certo");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let letters: Vec<char> = plain_letters(text);
    let mut folded = String::with_capacity(text.len());
    for (index, &letter) in letters.iter().enumerate() {
        let before = folded.chars().next_back();
        let within = letters.get(index + 1).is_some_and(|next| next.is_alphanumeric());
        match letter {
            // After a digit it is a unit: `60'` is not 60.
            '\'' if before.is_some_and(|before| before.is_numeric() || before == '\'') => folded.push('\''),
            '\'' if !within => {}
            ' ' | '\'' if before.is_none_or(|before| before == ' ') => {}
            '\'' => folded.push(' '),
            _ => folded.push(letter),
        }
    }
    let kept = folded.trim_end_matches(ENDS);
    folded.truncate(kept.len());
    folded
}

/// What a folded text does not end with.
const ENDS: [char; 5] = ['.', ',', ';', ':', ' '];

/// The folded spelling of a text of plain letters, which most are: nothing to decompose.
fn fold_ascii(text: &str) -> String {
    let bytes = text.as_bytes();
    // All of them are looked at, which is done many at once; few have such a letter.
    let odd = bytes.iter().fold(false, |odd, byte| odd | !matches!(byte, b' '..=b'~') | matches!(byte, b'\'' | b'`'));
    let wide = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |wide, two| wide | (two == (&b' ', &b' ')));
    // Without apostrophes, and with one blank between two words, only case folds away.
    let is_plain = !odd && !wide && bytes.first() != Some(&b' ');
    let mut folded = if is_plain { text.to_ascii_lowercase() } else { ascii_letters(bytes).map(char::from).collect() };
    folded.truncate(folded.trim_end_matches(ENDS).len());
    folded
}

/// The folded letters of a text of plain letters, those at its end that fold away included.
fn ascii_letters(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut before = None;
    text.iter().enumerate().filter_map(move |(index, &byte)| {
        let letter = match byte {
            b'\'' | b'`' => {
                let within = text.get(index + 1).is_some_and(u8::is_ascii_alphanumeric);
                match before {
                    Some(b'0'..=b'9' | b'\'') => b'\'',
                    None | Some(b' ') => return None,
                    _ if !within => return None,
                    _ => b' ',
                }
            }
            b'!'..=b'~' => byte.to_ascii_lowercase(),
            _ if before.is_none_or(|before| before == b' ') => return None,
            _ => b' ',
        };
        before = Some(letter);
        before
    })
}

/// Whether a text folds to a spelling that is folded already.
///
/// ```
/// use allegati::value::fold::folds_to;
/// assert!(folds_to("UNITA' ", "unita") && folds_to("Unità:", "unita"));
/// assert!(!folds_to("Unità 2", "unita"));
/// ```
pub fn folds_to(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text) == folded;
    }
    let mut letters = ascii_letters(text.as_bytes());
    folded.bytes().all(|wanted| letters.next() == Some(wanted)) && letters.all(|rest| ENDS.contains(&char::from(rest)))
}

/// Whether the first of a text's folded words is one of these, which begin with letters.
///
/// ```
/// use allegati::value::fold::begins_with;
/// assert!(begins_with("(Totale) generale", &["media", "totale"]));
/// assert!(!begins_with("Totali", &["media", "totale"]));
/// ```
pub fn begins_with(text: &str, folded_words: &[&str]) -> bool {
    if !text.is_ascii() {
        let begins = |word: &String| !word.starts_with(|first: char| first.is_ascii_digit());
        return words(text).first().is_some_and(|word| begins(word) && folded_words.contains(&word.as_str()));
    }
    let Some(from) = text.bytes().position(|byte| byte.is_ascii_alphanumeric()) else { return false };
    let rest = &text[from..];
    if rest.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let first = &rest[..rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    folded_words.iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// Lower case, decomposed, with one apostrophe, one dash and one blank.
fn plain_letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len());
    for original in text.chars() {
        match original {
            _ if original.is_ascii_graphic() => letters.extend(plain(original.to_ascii_lowercase())),
            // Compatibility would turn them into other words: `n°` is not `no`, `≠` not `=`, `30²` not 302, `3½` not 31⁄2.
            '°' | 'º' => letters.push('°'),
            '\u{2200}'..='\u{22ff}' if original != '−' => letters.push(original),
            '¼'..='¾' | '¹' | '²' | '³' => letters.push(original),
            '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{215f}' | '\u{2460}'..='\u{24ff}' => letters.push(original),
            _ => match plain(original) {
                Some(letter) if letter == original => letters.extend(lower(original).filter_map(plain)),
                letter => letters.extend(letter),
            },
        }
    }
    letters
}

/// One apostrophe, one dash, one quotation mark, one blank; none for what nobody sees.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => return None,
        '’' | '‘' | '`' | '´' | '\'' | '′' | 'ʼ' | '‛' => '\'',
        '\u{2010}'..='\u{2015}' | '−' => '-',
        '“' | '”' | '«' | '»' | '„' => '"',
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    })
}

/// The lower-case letters of one character without its marks; a stroke through it stays, for it says "not".
fn lower(original: char) -> impl Iterator<Item = char> {
    let stroke = |letter: char| matches!(letter, '\u{338}' | '\u{20d2}');
    let letters = original.nfkd().flat_map(char::to_lowercase).nfkd();
    letters.filter(move |letter| stroke(*letter) || !is_combining_mark(*letter))
}

/// The folded words of a text: what is left between everything that is neither a letter nor a digit.
///
/// ```
/// use allegati::value::fold::words;
/// assert_eq!(words("Valore rilevato (gg. lav.) n.° 3"), ["valore", "rilevato", "gg", "lav", "n", "3"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    words_of(&fold(text)).map(str::to_owned).collect()
}

/// The folded words of a text, a blank between two.
///
/// ```
/// use allegati::value::fold::spaced_words;
/// assert_eq!(spaced_words("Unità/Ufficio (n.° 3)"), "unita ufficio n 3");
/// ```
pub fn spaced_words(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 1);
    add_words(text, &mut spaced);
    spaced.pop();
    spaced
}

/// Whether a text has a word.
pub fn has_words(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphanumeric()) || (!text.is_ascii() && !spaced_words(text).is_empty())
}

/// Adds the folded words of a text, a blank behind each.
pub fn add_words(text: &str, spaced: &mut String) {
    if !text.is_ascii() {
        return words_of(&fold(text)).for_each(|word| spaced.extend([word, " "]));
    }
    let mut letters = [b' '; MOST_LETTERS + 1];
    if let Some(spelt) = spelt_at_once(text.as_bytes(), &mut letters) {
        return spaced.push_str(spelt);
    }
    // Of plain letters an apostrophe never makes one word of two.
    let (from, mut rest) = (spaced.len(), text);
    while let Some(start) = rest.bytes().position(|byte| byte.is_ascii_alphanumeric()) {
        rest = &rest[start..];
        let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        spaced.push_str(&rest[..end]);
        spaced.push(' ');
        rest = &rest[end..];
    }
    spaced[from..].make_ascii_lowercase();
}

/// Texts of so many letters are spelt at once.
const MOST_LETTERS: usize = 63;

/// The folded words of a short text of plain letters, a blank behind each, where one mark or blank stands between two.
fn spelt_at_once<'a>(text: &[u8], letters: &'a mut [u8; MOST_LETTERS + 1]) -> Option<&'a str> {
    let len = text.len();
    letters.get_mut(..len).filter(|_| (1..=MOST_LETTERS).contains(&len))?.copy_from_slice(text);
    // All of them, as that is done many at once.
    for letter in letters.iter_mut() {
        *letter = if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { b' ' };
    }
    let wide = letters[..len - 1].iter().zip(&letters[1..len]).fold(false, |wide, two| wide | (two == (&b' ', &b' ')));
    let end = if letters[len - 1] == b' ' { len } else { len + 1 };
    if letters[0] == b' ' || wide { None } else { str::from_utf8(&letters[..end]).ok() }
}

/// The words of a text that is folded already.
pub fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a text shows nothing; most show something with their first letter.
///
/// ```
/// use allegati::value::fold::is_blank;
/// assert!(is_blank("\u{a0} ") && !is_blank(" a"));
/// ```
pub fn is_blank(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_ascii_graphic()) && text.trim().is_empty()
}

/// Whether a text begins and ends with what everybody sees, as most do: there is nothing to trim.
pub fn has_plain_ends(text: &str) -> bool {
    let shows = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    shows(text.as_bytes().first()) && shows(text.as_bytes().last())
}

/// A text in one line, with single blanks between its words and none around them.
///
/// ```
/// use allegati::value::fold::one_line;
/// assert_eq!(one_line(" Valore\n programmato "), "Valore programmato");
/// ```
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text without the blanks around it.
pub fn trim(text: &str) -> &str {
    if has_plain_ends(text) { text } else { text.trim() }
}

/// Whether two texts fold to the same spelling.
///
/// ```
/// use allegati::value::fold::same;
/// assert!(same("QUALITA’", "qualità."));
/// assert!(!same("qualità", "quantità"));
/// ```
pub fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// The candidate that a mistyped word most likely meant; none when all are too far from it.
///
/// The first of equally near candidates is taken, so the answer does not depend on anything but the order given.
///
/// ```
/// use allegati::value::fold::nearest;
/// assert_eq!(nearest("tollerance", ["respect", "tolerance"]), Some("tolerance"));
/// assert_eq!(nearest("xyz", ["respect", "tolerance"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        let distance = strsim::damerau_levenshtein(&word, &folded);
        let longest = word.chars().count().max(folded.chars().count());
        if distance <= (longest / 3).max(1) && distance < longest && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests;
