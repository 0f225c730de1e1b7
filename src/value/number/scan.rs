//! A text taken apart into sign, digits and marks; what is not wholly a number is refused.

use rust_decimal::Decimal;

use super::{Reading, Scanned};

/// Numbers of so many bytes have digits that can be added up.
const PLAIN: usize = 18;

/// The number a text writes, in Italian or English notation, with or without a currency; none when it is not wholly one.
///
/// Negative are a minus on either side (`-   3,05`, `111.681,85-`) and accounting brackets (`(391.296,90)`).
/// A blank or an apostrophe may group, a point and a comma may group or mark the decimals. An apostrophe before the
/// number is the mark that made it a text. Exponents are refused.
///
/// ```
/// use allegati::value::number::{plain, scan};
/// let value = |text: &str| scan(text).and_then(|number| number.sure).map(plain);
/// assert_eq!(value("€ 3.664.142,24").as_deref(), Some("3664142.24"));
/// assert_eq!(value("1,234.50").as_deref(), Some("1234.5"));
/// assert_eq!(value("(391.296,90)").as_deref(), Some("-391296.9"));
/// assert_eq!(value("1 234,50").as_deref(), Some("1234.5"));
/// assert_eq!(value("'100").as_deref(), Some("100"));
/// assert_eq!(scan("12.34.56"), None);
/// assert_eq!(scan("1E3"), None);
/// ```
pub fn scan(text: &str) -> Option<Scanned> {
    plain(text.as_bytes()).or_else(|| any(text))
}

/// Whether a text is what an accounting format shows of a nought.
///
/// ```
/// use allegati::value::number::is_accounting_zero;
/// assert!(["-   €", " €  - ", "- €\u{a0}"].into_iter().all(is_accounting_zero));
/// assert!(!["-", "€", "- 3 €"].into_iter().any(is_accounting_zero));
/// ```
pub fn is_accounting_zero(text: &str) -> bool {
    let mut marks = text.chars().filter(|letter| !letter.is_whitespace());
    matches!((marks.next(), marks.next(), marks.next()), (Some('-'), Some('€'), None) | (Some('€'), Some('-'), None))
}

/// The same, for a text of any shape.
fn any(text: &str) -> Option<Scanned> {
    // Digits and marks only: there is nothing to take away.
    if text.len() <= 40
        && let Some(marks) = marks(text).filter(|marks| marks.blanks == 0)
    {
        return marked(text, &marks);
    }
    // Nothing but a currency begins with a letter.
    if text.trim_start().starts_with(|first: char| first.is_ascii_alphabetic() && !matches!(first, 'e' | 'E')) {
        return None;
    }
    let text = simple_marks(text)?;
    let (negative, digits) = without_sign(text.strip_prefix('\'').unwrap_or(&text))?;
    let number = marked(digits, &marks(digits)?)?;
    Some(if negative { negated(number) } else { number })
}

/// The digits of a text of digits with one mark at most, as nearly all numbers are written, where the mark can only be
/// the decimal one, and how many of them are decimals.
///
/// ```
/// use allegati::value::number::bare;
/// assert_eq!(bare("7186,73"), Some((718_673, 2)));
/// assert_eq!((bare("1.234"), bare("-3"), bare("3 gg")), (None, None, None));
/// ```
#[inline(always)]
pub fn bare(text: &str) -> Option<(i64, u32)> {
    parts(text.as_bytes()).map(|(digits, decimals, _)| (digits, decimals))
}

/// The notation that such a number shows, if it shows any; none of any other text.
#[inline]
pub fn shown_by_bare(text: &str) -> Option<Option<Reading>> {
    parts(text.as_bytes()).map(|(.., mark)| mark.and_then(decimal_mark))
}

/// `33`, `7186,73`: the same, with the notation that it shows.
fn plain(text: &[u8]) -> Option<Scanned> {
    let (digits, decimals, mark) = parts(text)?;
    Some(Scanned::sure(Decimal::new(digits, decimals), mark.and_then(decimal_mark)))
}

/// The digits of such a number, how many of them are decimals, and its mark.
#[inline(always)]
fn parts(text: &[u8]) -> Option<(i64, u32, Option<char>)> {
    if text.len() > PLAIN {
        return None;
    }
    let (mut digits, mut mark) = (0, None);
    for (at, byte) in (0..).zip(text) {
        match *byte {
            digit @ b'0'..=b'9' => digits = digits * 10 + i64::from(digit - b'0'),
            other @ (b'.' | b',') if mark.is_none() && at > 0 => mark = Some((char::from(other), at)),
            _ => return None,
        }
    }
    match mark {
        None => (!text.is_empty()).then_some((digits, 0, None)),
        // Three digits behind it may be a group.
        Some((mark, at)) => match (text.len() - at - 1) as u32 {
            0 | 3 => None,
            decimals => Some((digits, decimals, Some(mark))),
        },
    }
}

/// Blanks, breaks, dashes and apostrophes in one spelling each; none when the text is longer than any number.
fn simple_marks(text: &str) -> Option<String> {
    let mut simple = String::new();
    for letter in text.trim().chars() {
        match letter {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2010}'..='\u{2015}' | '−' | '﹣' | '－' => simple.push('-'),
            '’' | '‘' | '´' | '`' => simple.push('\''),
            '\n' | '\r' | '\t' => simple.push('\n'),
            _ if letter.is_whitespace() => simple.push(' '),
            _ => simple.push(letter),
        }
        if simple.len() > 120 {
            return None;
        }
    }
    Some(simple)
}

/// Takes currency, sign and brackets away, each at most once; the sign may stand on either side of the currency.
fn without_sign(text: &str) -> Option<(bool, &str)> {
    let mut rest = text.trim();
    let (mut currency, mut sign, mut brackets) = (false, None, false);
    loop {
        rest = rest.trim();
        if let Some(inner) = without_currency(rest) {
            if currency {
                return None;
            }
            (currency, rest) = (true, inner);
        } else if let Some((negative, inner)) = without_one_sign(rest) {
            // Two lines are two things: a dash of a list, and a number. Only a currency has a line of its own.
            if sign.is_some() || brackets || inner.starts_with('\n') || inner.ends_with('\n') {
                return None;
            }
            (sign, rest) = (Some(negative), inner);
        } else if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            if sign.is_some() || brackets {
                return None;
            }
            (brackets, rest) = (true, inner);
        } else {
            return Some((brackets || sign == Some(true), rest));
        }
    }
}

fn without_currency(text: &str) -> Option<&str> {
    const NAMES: [&str; 3] = ["€", "euro", "eur"];
    for name in NAMES {
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            let rest = &text[name.len()..];
            return Some(if name == "eur" { rest.strip_prefix('.').unwrap_or(rest) } else { rest });
        }
        let start = text.len().saturating_sub(name.len());
        if text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return Some(&text[..start]);
        }
    }
    None
}

fn without_one_sign(text: &str) -> Option<(bool, &str)> {
    if let Some(rest) = text.strip_prefix(['+', '-']) {
        return Some((text.starts_with('-'), rest));
    }
    text.strip_suffix('-').map(|rest| (true, rest))
}

/// How often each mark stands among digits.
#[derive(Default)]
struct Marks {
    points: usize,
    commas: usize,
    /// Blanks and apostrophes.
    blanks: usize,
}

/// The marks of a text of digits and marks; none of any other.
fn marks(text: &str) -> Option<Marks> {
    let mut marks = Marks::default();
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {}
            b'.' => marks.points += 1,
            b',' => marks.commas += 1,
            b' ' | b'\'' => marks.blanks += 1,
            _ => return None,
        }
    }
    Some(marks)
}

/// Digits with their marks, nothing else.
fn marked(text: &str, marks: &Marks) -> Option<Scanned> {
    match *marks {
        Marks { points: 0, commas: 0, blanks: 0 } => decimal(text, "").map(|value| Scanned::sure(value, None)),
        Marks { points, commas, blanks } if blanks > 0 => blank_grouped(text, points, commas),
        Marks { points, commas, .. } if points > 0 && commas > 0 => both_marks(text),
        Marks { points, commas: 0, .. } => one_mark(text, '.', points),
        Marks { commas, .. } => one_mark(text, ',', commas),
    }
}

/// `1 234,50` and `1'234.50`: the blank or the apostrophe groups, so the other mark can only be the decimal one.
fn blank_grouped(text: &str, points: usize, commas: usize) -> Option<Scanned> {
    let group = if text.contains(' ') { ' ' } else { '\'' };
    if points + commas > 1 || text.contains('\'') && text.contains(' ') {
        return None;
    }
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let value = decimal(&grouped(whole, group)?, fraction)?;
    Some(Scanned::sure(value, decimal_mark(if points == 1 { '.' } else { ',' }).filter(|_| points + commas == 1)))
}

/// The last mark is the decimal one and stands once; the other groups by three.
fn both_marks(text: &str) -> Option<Scanned> {
    let last = text.rfind(['.', ','])?;
    let (whole, fraction) = (&text[..last], &text[last + 1..]);
    let (mark, group) = if text[last..].starts_with('.') { ('.', ',') } else { (',', '.') };
    if fraction.is_empty() {
        return None;
    }
    Some(Scanned::sure(decimal(&grouped(whole, group)?, fraction)?, decimal_mark(mark)))
}

fn one_mark(text: &str, mark: char, times: usize) -> Option<Scanned> {
    let other = if mark == '.' { ',' } else { '.' };
    if times > 1 {
        return Some(Scanned::sure(decimal(&grouped(text, mark)?, "")?, decimal_mark(other)));
    }
    // Quicker than a search of the text for the mark.
    let at = text.bytes().position(|byte| char::from(byte) == mark)?;
    let (whole, fraction) = (&text[..at], &text[at + 1..]);
    if fraction.is_empty() {
        return None;
    }
    let as_decimal = decimal(if whole.is_empty() { "0" } else { whole }, fraction)?;
    // A group never begins with nought, is never empty and never longer than three.
    if fraction.len() != 3 || whole.is_empty() || whole.len() > 3 || whole.starts_with('0') {
        return Some(Scanned::sure(as_decimal, decimal_mark(mark)));
    }
    let as_grouped = decimal(&format!("{whole}{fraction}"), "")?;
    Some(Scanned { sure: None, shows: None, as_decimal, as_grouped, mark })
}

const fn decimal_mark(mark: char) -> Option<Reading> {
    Some(if mark == ',' { Reading::Italian } else { Reading::English })
}

/// The digits of groups of three; none when a group is of another length.
fn grouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let several = first.len() < text.len();
    if several && (!(1..=3).contains(&first.len()) || first.starts_with('0')) {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// The exact decimal of its digits; none when it has none, or more than can be kept exactly.
fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    if whole.len() + fraction.len() <= 18 {
        let number = |digits: &str| digits.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
        let shift = 10_i64.pow(fraction.len() as u32);
        return Some(Decimal::new(number(whole) * shift + number(fraction), fraction.len() as u32));
    }
    let written = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    Decimal::from_str_exact(&written).ok()
}

fn negated(number: Scanned) -> Scanned {
    Scanned {
        sure: number.sure.map(|value| -value),
        as_decimal: -number.as_decimal,
        as_grouped: -number.as_grouped,
        ..number
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{any, plain};

    proptest! {
        #[test]
        fn plain_numbers_are_what_any_are(text in "0?[0-9]{0,9}[.,]?[0-9]{0,9}[.,]?") {
            if let Some(number) = plain(text.as_bytes()) {
                prop_assert_eq!(Some((number, number.as_decimal.scale())), any(&text).map(|any| (any, any.as_decimal.scale())));
            }
        }
    }
}
