//! The text of a cell: kept once for all cells that say the same, or a figure, which seldom comes again.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use arcstr::ArcStr;

/// Figures are no longer.
pub const LONGEST_FIGURE: usize = 12;
/// So many digits are a year's.
const YEAR_DIGITS: usize = 4;

/// The text of a cell.
#[derive(Clone, Copy)]
pub enum CellText<'a> {
    /// One that others share.
    Kept(&'a ArcStr),
    /// A figure, as [`is_figure`] tells.
    Figure(Figure),
}

/// The text of a figure.
#[derive(Clone, Copy)]
pub struct Figure {
    len: u8,
    text: [u8; LONGEST_FIGURE],
}

impl<'a> CellText<'a> {
    /// What it says.
    #[inline]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Kept(text) => text,
            Self::Figure(text) => text,
        }
    }

    /// The same, without a copy where there is one.
    pub fn into_cow(self) -> Cow<'a, str> {
        match self {
            Self::Kept(text) => Cow::Borrowed(text),
            Self::Figure(text) => Cow::Owned((*text).to_owned()),
        }
    }

    /// The same, to be kept.
    pub fn to_shared(self) -> ArcStr {
        match self {
            Self::Kept(text) => text.clone(),
            Self::Figure(text) => (&*text).into(),
        }
    }
}

impl Figure {
    /// The one that so many of some bytes are.
    #[inline]
    pub(super) fn of(text: [u8; LONGEST_FIGURE], len: usize) -> Self {
        Self { len: len as u8, text }
    }

    /// One that stands somewhere in a text.
    #[inline]
    pub(super) fn within(text: &str, from: usize, len: usize) -> Self {
        let rest = &text.as_bytes()[from..];
        // Whatever stands behind it comes along.
        let copied = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut copied = [0; LONGEST_FIGURE];
            copied[..len].copy_from_slice(&rest[..len]);
            copied
        });
        Self::of(copied, len)
    }
}

impl Deref for Figure {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl Deref for CellText<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for CellText<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Kept(one), Self::Kept(other)) if std::ptr::eq(*one, *other) => true,
            _ => self.as_str() == other.as_str(),
        }
    }
}

impl fmt::Debug for CellText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

/// Whether a text is a figure: short, of digits and marks only, and not of years only, as the days, amounts and numbers
/// of a text file are.
///
/// ```
/// use allegati::sheet::is_figure;
/// assert!(["12/05/2019", "7.186,73", "-3", "1820/2019"].into_iter().all(is_figure));
/// assert!(["2019", "2018/2019", "3 gg", "-", ""].into_iter().all(|text| !is_figure(text)));
/// ```
#[inline]
pub fn is_figure(text: &str) -> bool {
    // A comma, a minus, a point and a slash, the ten digits and a colon stand in one row of the alphabet.
    if text.len() > LONGEST_FIGURE || !are_marks(text.as_bytes()) {
        return false;
    }
    // Most begin with a number that no year begins with.
    match text.as_bytes() {
        [b'1', b'9', ..] | [b'2', b'0', ..] => has_more_than_years(text),
        [b'0'..=b'9', ..] => true,
        _ => has_more_than_years(text),
    }
}

/// Whether all of so few bytes stand between a comma and a colon.
#[inline]
fn are_marks(bytes: &[u8]) -> bool {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    // The highest bit of each byte says whether it stands before the comma, or behind the colon.
    let are = |word: u64| {
        let (low, high) = (word | all(0x80), word & all(0x7F));
        let outside = !(low - all(b',')) | (high + all(0x7F - b':')) | word;
        outside & all(0x80) == 0
    };
    let long = |half: &[u8; 4]| u64::from(u32::from_le_bytes(*half));
    match (bytes.first_chunk(), bytes.last_chunk(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last), ..) => are(u64::from_le_bytes(*first)) && are(u64::from_le_bytes(*last)),
        (.., Some(first), Some(last)) => are(long(first) | long(last) << 32),
        _ => bytes.iter().all(|byte| (b','..=b':').contains(byte)),
    }
}

/// Whether a text of digits and marks holds a number that is no year.
fn has_more_than_years(text: &str) -> bool {
    // How many digits stand together, and the number they are.
    let (mut run, mut number, mut has_others) = (0, 0_u64, false);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => (run, number) = (run + 1, number * 10 + u64::from(byte - b'0')),
            _ => {
                has_others |= run > 0 && !is_year(run, number);
                (run, number) = (0, 0);
            }
        }
    }
    has_others || (run > 0 && !is_year(run, number))
}

/// Whether so many digits may be a year.
pub(super) fn is_year(digits: usize, number: u64) -> bool {
    digits == YEAR_DIGITS && (1900..2100).contains(&number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn figures_are_digits_and_marks_with_a_number_that_is_no_year(text in "[0-9+,-/:; aè]{0,5}([/.,:;-]|20|19)?[0-9]{0,9}[/.,:;a-]{0,2}") {
            let is_mark = |letter: char| "/.,:-".contains(letter);
            let number = |run: &str| !run.is_empty() && (run.len() != 4 || !("1900".."2100").contains(&run));
            let plain = text.len() <= LONGEST_FIGURE && text.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter));
            prop_assert_eq!(is_figure(&text), plain && text.split(is_mark).any(number));
        }
    }
}
