//! Figures as most are: a day in full, a whole number, a number with two decimals. Such a figure is stored as what it
//! says, and its text is written again when somebody wants it.

use super::text::{Figure, LONGEST_FIGURE, is_year};

/// What it says has so many bits; those above them tell which of these it is, and are never more than two.
const SAID: u32 = 27;
const WHOLE: u32 = 0;
const HUNDREDTHS: u32 = 1;
const DAY: u32 = 2;
/// A day in full is so long.
const DAY_LEN: usize = 10;
/// Days are packed from this year on.
const FIRST_YEAR: u32 = 1_000;
/// What stands between the numbers of a day.
const MARKS: [u8; 3] = *b"-./";

/// A figure that is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed(pub(super) u32);

impl Packed {
    /// A text that is such a figure, and can be written again just as it is.
    ///
    /// ```
    /// use allegati::sheet::Packed;
    /// for text in ["31/12/2019", "33", "0", "7186,73", "0,50"] {
    ///     assert_eq!(&*Packed::of(text).unwrap().written(), text);
    /// }
    /// assert!(["2019", "007", "7186.73", "-3", "1/2/2019", "3 gg", ""].into_iter().all(|text| Packed::of(text).is_none()));
    /// ```
    #[inline(always)]
    pub fn of(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [b'0'..=b'9', _, b'-'..=b'/', ..] if text.len() == DAY_LEN => Self::of_day(text.as_bytes()),
            [b'0'..=b'9', ..] => Self::of_number(text.as_bytes()),
            _ => None,
        }
    }

    #[inline(always)]
    fn of_day(text: &[u8]) -> Option<Self> {
        let (first, last) = (u64::from_le_bytes(*text.first_chunk()?), u16::from_le_bytes(*text.last_chunk()?));
        let mark = text[2];
        let (first, last) = (first ^ 0x3030_0030_3000_3030 ^ (u64::from(mark) * (1 << 40 | 1 << 16)), last ^ 0x3030);
        if !(are_digits(first) && first & 0x0000_FF00_00FF_0000 == 0 && are_digits(last.into())) {
            return None;
        }
        // Each byte and the one behind it as a number.
        let pairs = first * 10 + (first >> 8);
        let pair = |at: u32| (pairs >> (8 * at)) as u32 & 0xFF;
        let year = pair(6) * 100 + u32::from((last & 0xFF) * 10 + (last >> 8));
        let year = year.checked_sub(FIRST_YEAR).filter(|year| *year < 1 << 11)?;
        Self::tagged(DAY, ((year << 7 | pair(3)) << 7 | pair(0)) << 2 | u32::from(mark - MARKS[0]))
    }

    #[inline(always)]
    fn of_number(text: &[u8]) -> Option<Self> {
        let len = text.len() as u32;
        let word = match (text.first_chunk(), text.last_chunk(), text) {
            // Some bytes come twice, at the same place.
            (Some(first), Some(last), _) if len <= 8 => {
                u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (len - 4))
            }
            (.., [a, b, c]) => u64::from(*a) | u64::from(*b) << 8 | u64::from(*c) << 16,
            (.., [a, b]) => u64::from(*a) | u64::from(*b) << 8,
            (.., [a]) => u64::from(*a),
            _ => return None,
        };
        let begins_with_nought = |len: u32| len > 1 && word as u8 == b'0';
        if len > 3 && (word >> (8 * (len - 3))) as u8 == b',' {
            let (whole, decimals) = (word & !(u64::MAX << (8 * (len - 3))), word >> (8 * (len - 2)));
            let number = number(whole | decimals << (8 * (len - 3)), len - 1)?;
            return if begins_with_nought(len - 3) { None } else { Self::tagged(HUNDREDTHS, number) };
        }
        let number = number(word, len)?;
        let is_other = begins_with_nought(len) || is_year(len as usize, number.into());
        if is_other { None } else { Self::tagged(WHOLE, number) }
    }

    #[inline]
    fn tagged(tag: u32, said: u32) -> Option<Self> {
        (said < 1 << SAID).then_some(Self(tag << SAID | said))
    }

    #[inline]
    fn tag(self) -> u32 {
        self.0 >> SAID
    }

    #[inline]
    fn said(self) -> u32 {
        self.0 & ((1 << SAID) - 1)
    }

    /// Day, month and year, whether the calendar has them or not.
    #[inline]
    pub fn day(self) -> Option<(i8, i8, i16)> {
        let said = self.said() >> 2;
        let pair = |at: u32| (said >> (7 * at) & 0x7F) as i8;
        (self.tag() == DAY).then(|| (pair(0), pair(1), (FIRST_YEAR + (said >> 14)) as i16))
    }

    /// The digits of a number, and how many of them are decimals.
    #[inline]
    pub fn number(self) -> Option<(i64, u32)> {
        match self.tag() {
            WHOLE => Some((self.said().into(), 0)),
            HUNDREDTHS => Some((self.said().into(), 2)),
            _ => None,
        }
    }

    /// Its text.
    pub fn written(self) -> Figure {
        let mut text = [0; LONGEST_FIGURE];
        let len = match (self.day(), self.number()) {
            (Some((day, month, year)), _) => {
                let mark = MARKS[(self.said() & 3) as usize];
                let two = |number: i16| [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
                let ([d1, d2], [m1, m2]) = (two(day.into()), two(month.into()));
                let ([y1, y2], [y3, y4]) = (two(year / 100), two(year % 100));
                text[..DAY_LEN].copy_from_slice(&[d1, d2, mark, m1, m2, mark, y1, y2, y3, y4]);
                DAY_LEN
            }
            (None, number) => {
                let (mut left, decimals) = number.unwrap_or_default();
                let mut at = LONGEST_FIGURE;
                loop {
                    at -= 1;
                    if decimals > 0 && at == LONGEST_FIGURE - 3 {
                        text[at] = b',';
                        continue;
                    }
                    text[at] = b'0' + (left % 10) as u8;
                    left /= 10;
                    if left == 0 && (decimals == 0 || at < LONGEST_FIGURE - 3) {
                        break;
                    }
                }
                text.rotate_left(at);
                LONGEST_FIGURE - at
            }
        };
        Figure::of(text, len)
    }
}

/// Whether each byte is at most nine.
#[inline]
fn are_digits(word: u64) -> bool {
    (word | word.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0
}

/// The number whose so many digits stand in a word, the first in its lowest byte; more than none, eight at most.
#[inline]
fn number(word: u64, len: u32) -> Option<u32> {
    // As if noughts stood before it; that of each byte, then of two, of four.
    let digits = (word << (64 - 8 * len)) ^ (0x3030_3030_3030_3030 << (64 - 8 * len));
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let number = fours.wrapping_mul(10_000) + (fours >> 32);
    are_digits(digits).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sheet::is_figure;

    /// Whether a text is a day in full, a whole number that is no year, or a number with two decimals, few enough.
    fn is_one(text: &str) -> bool {
        let is_number = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_digit())
                && (text == "0" || !text.starts_with('0'))
        };
        let is_two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        if let [day, month, year] = parts[..] {
            let marks = text.len() == 10 && text.as_bytes()[2] == text.as_bytes()[5];
            return marks && is_two(day) && is_two(month) && is_number(year) && ("1000"..="3047").contains(&year);
        }
        match text.split_once(',') {
            Some((whole, decimals)) => {
                is_number(whole)
                    && is_two(decimals)
                    && text.len() <= 8
                    && text.replace(',', "").parse::<u32>().is_ok_and(|number| number < 1 << SAID)
            }
            None => is_number(text) && text.len() <= 8 && !(text.len() == 4 && ("1900".."2100").contains(&text)),
        }
    }

    proptest! {
        #[test]
        fn figures_that_are_packed_are_written_as_they_were(
            text in "[0-9]{0,3}[0-9]{0,7}(,[0-9]{0,3})?|[0-9]{2}[-/.:][0-9]{2}[-/.][0-9]{3,4}[0-9a/]?|[0-9,./a è-]{0,10}",
        ) {
            let packed = Packed::of(&text);
            prop_assert_eq!(packed.is_some(), is_one(&text), "{}", text);
            if let Some(packed) = packed {
                prop_assert!(is_figure(&text));
                prop_assert_eq!(&*packed.written(), text.as_str());
                match text.split_once(['/', '-', '.']) {
                    None => {
                        let (digits, decimals) = packed.number().expect("a number");
                        prop_assert_eq!(digits.to_string(), text.replace(',', "").trim_start_matches('0').to_owned().max("0".into()));
                        prop_assert_eq!(decimals, if text.contains(',') { 2 } else { 0 });
                        prop_assert_eq!(packed.day(), None);
                    }
                    Some((day, rest)) => {
                        let told = packed.day().expect("a day");
                        prop_assert_eq!((told.0.to_string(), told.1.to_string()), (day.parse::<u8>().unwrap().to_string(), rest[..2].parse::<u8>().unwrap().to_string()));
                        prop_assert_eq!(told.2.to_string(), &rest[3..]);
                        prop_assert_eq!(packed.number(), None);
                    }
                }
            }
        }
    }
}
