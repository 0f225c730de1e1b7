//! Numbers in Italian and English notation; the column, never the cell, decides what a single mark means.
//!
//! [`scan`] takes a text apart without deciding anything; [`Evidence`] gathers what the texts of a column show; then
//! [`Scanned::read`] gives the number under the column's [`Reading`].

use rust_decimal::Decimal;

mod scan;
mod show;

pub use scan::{bare, is_accounting_zero, scan, shown_by_bare};
pub use show::{fixed2, from_stored, italian, plain, round_to, round2};

/// What a column holds, which decides what a lone mark followed by three digits means when nothing else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Money and counts: `1.234` is 1234.
    Amount,
    /// Percentages, days, scores: `1.234` is 1.234.
    Measure,
}

/// What a mark means in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The comma is the decimal mark, the point groups by three.
    Italian,
    /// The point is the decimal mark, the comma groups by three.
    English,
}

/// A text that is a number, before anyone decided what a lone mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// The value when no mark, or both marks, or a mark that can mean only one thing settle it.
    pub sure: Option<Decimal>,
    /// The notation that the text itself shows.
    pub shows: Option<Reading>,
    /// The value if the lone mark is the decimal mark.
    pub as_decimal: Decimal,
    /// The value if the lone mark groups by three.
    pub as_grouped: Decimal,
    /// The lone mark of an undecided text: `.` or `,`; a blank when the text is decided.
    pub mark: char,
}

impl Scanned {
    /// A number about which there is no doubt, such as a stored one.
    pub const fn sure(value: Decimal, shows: Option<Reading>) -> Self {
        Self { sure: Some(value), shows, as_decimal: value, as_grouped: value, mark: ' ' }
    }

    /// Whether the text alone does not say what its lone mark means.
    ///
    /// ```
    /// use allegati::value::number::scan;
    /// assert!(scan("1.234").unwrap().ambiguous());
    /// assert!(!scan("1.234,5").unwrap().ambiguous());
    /// ```
    pub const fn ambiguous(&self) -> bool {
        self.sure.is_none()
    }

    /// The number: the sure value, else what the column's notation makes of it, else what the column's nature does.
    ///
    /// ```
    /// use allegati::value::number::{Nature, Reading, plain, scan};
    /// let number = scan("1.234").unwrap();
    /// assert_eq!(plain(number.read(Nature::Amount, None)), "1234");
    /// assert_eq!(plain(number.read(Nature::Measure, None)), "1.234");
    /// assert_eq!(plain(number.read(Nature::Measure, Some(Reading::Italian))), "1234");
    /// ```
    pub fn read(&self, nature: Nature, reading: Option<Reading>) -> Decimal {
        if let Some(value) = self.sure {
            return value;
        }
        let decimal = match reading {
            Some(Reading::Italian) => self.mark == ',',
            Some(Reading::English) => self.mark == '.',
            None => nature == Nature::Measure,
        };
        if decimal { self.as_decimal } else { self.as_grouped }
    }
}

/// The numbers that stand in a text such as `tempo medio giorni 8,75`.
///
/// ```
/// use allegati::value::number::{numbers_in, plain};
/// let sure = numbers_in("da 3,5 a 10 giorni").filter_map(|number| number.sure);
/// assert_eq!(sure.map(plain).collect::<Vec<_>>(), ["3.5", "10"]);
/// ```
pub fn numbers_in(text: &str) -> impl Iterator<Item = Scanned> {
    let mut rest = text;
    let pieces = std::iter::from_fn(move || {
        let from = rest.bytes().position(|byte| byte.is_ascii_digit())?;
        let piece = &rest[from..];
        let is_within = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b',');
        let end = piece.bytes().position(|byte| !is_within(byte)).unwrap_or(piece.len());
        rest = &piece[end..];
        // A point or a comma behind it ends the sentence.
        Some(piece[..end].trim_end_matches(['.', ',']))
    });
    pieces.filter_map(scan)
}

/// What the texts of a column show of its notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Texts that can only be Italian.
    pub italian: u32,
    /// Texts that can only be English.
    pub english: u32,
    /// Texts that could be both.
    pub undecided: u32,
}

impl Evidence {
    /// Counts one more text of the column; a text without a lone mark or both marks shows nothing.
    ///
    /// ```
    /// use allegati::value::number::{Evidence, scan};
    /// let mut column = Evidence::default();
    /// column.add(&scan("1.234,5").unwrap());
    /// assert_eq!(column.italian, 1);
    /// ```
    pub fn add(&mut self, number: &Scanned) {
        match number.shows {
            Some(shown) => self.add_shown(shown),
            None => self.undecided = self.undecided.saturating_add(u32::from(number.ambiguous())),
        }
    }

    /// Counts one more text that shows a notation.
    pub fn add_shown(&mut self, shown: Reading) {
        let count = match shown {
            Reading::Italian => &mut self.italian,
            Reading::English => &mut self.english,
        };
        *count = count.saturating_add(1);
    }

    /// Counts the texts of a further part of the column.
    pub fn append(&mut self, other: &Self) {
        self.italian = self.italian.saturating_add(other.italian);
        self.english = self.english.saturating_add(other.english);
        self.undecided = self.undecided.saturating_add(other.undecided);
    }

    /// The notation the column shows: the one most of its texts show, none when no text or as many of each do.
    ///
    /// ```
    /// use allegati::value::number::{Evidence, Reading, scan};
    /// let mut column = Evidence::default();
    /// for text in ["1.234", "3,5", "12"] {
    ///     column.add(&scan(text).unwrap());
    /// }
    /// assert_eq!(column.reading(), Some(Reading::Italian));
    /// assert!(!column.conflict());
    /// ```
    pub fn reading(&self) -> Option<Reading> {
        match self.italian.cmp(&self.english) {
            std::cmp::Ordering::Greater => Some(Reading::Italian),
            std::cmp::Ordering::Less => Some(Reading::English),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether some texts of the column can only be Italian and others only English.
    ///
    /// ```
    /// use allegati::value::number::Evidence;
    /// assert!(Evidence { italian: 3, english: 1, undecided: 0 }.conflict());
    /// ```
    pub const fn conflict(&self) -> bool {
        self.italian > 0 && self.english > 0
    }
}

#[cfg(test)]
mod tests;
