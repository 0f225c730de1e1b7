//! The text of a cell: kept once for all cells that say the same, or a figure, which seldom comes again.

use std::fmt;
use std::ops::Deref;

use arcstr::ArcStr;

/// Figures are no longer.
const LONGEST: usize = 12;

/// The text of a cell.
#[derive(Clone, Copy)]
pub enum CellText<'a> {
    /// One that others share.
    Kept(&'a ArcStr),
    /// A figure, as [`is_figure`] tells.
    Figure(&'a str),
}

impl<'a> CellText<'a> {
    /// What it says.
    #[inline]
    pub fn as_str(self) -> &'a str {
        match self {
            Self::Kept(text) => text,
            Self::Figure(text) => text,
        }
    }

    /// The same, to be kept.
    pub fn to_shared(self) -> ArcStr {
        match self {
            Self::Kept(text) => text.clone(),
            Self::Figure(text) => text.into(),
        }
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
        self.as_str() == other.as_str()
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
    if text.len() > LONGEST {
        return false;
    }
    // How many digits stand together, and the number they are.
    let (mut run, mut number, mut has_others) = (0, 0_u64, false);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => (run, number) = (run + 1, number * 10 + u64::from(byte - b'0')),
            b'/' | b'.' | b',' | b':' | b'-' => {
                has_others |= run > 0 && !is_year(run, number);
                (run, number) = (0, 0);
            }
            _ => return false,
        }
    }
    has_others || (run > 0 && !is_year(run, number))
}

/// Whether so many digits may be a year.
fn is_year(digits: u32, number: u64) -> bool {
    digits == 4 && (1900..2100).contains(&number)
}
