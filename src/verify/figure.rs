//! A figure as a cell shows it, and whether it is what the rows give.

use rust_decimal::Decimal;

use super::Verdict;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::not_counted;
use crate::value::number::{self, Nature, Reading, round_to};
use crate::value::percentage::{self, Percent};

/// Decimals beyond which a stored number is taken for exact.
const EXACT: u32 = 6;

/// A figure and how many decimals it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The value; a percentage in points.
    pub value: Decimal,
    /// Decimals shown.
    pub decimals: u32,
    /// The whole number that the text says it was rounded to: 90 in `89.95% arrotondato a 90%`.
    pub rounded: Option<Decimal>,
}

impl Figure {
    /// The figure of a cell; none when it holds a text that is no figure.
    pub fn of(sheet: &Sheet, cell: Cell<'_>, nature: Nature, reading: Option<Reading>) -> Option<Self> {
        match cell.value {
            Value::Number(stored) => {
                let value = number::from_stored(stored)?;
                let percent = sheet.format(cell).kind == FormatKind::Percent;
                let value = if percent { value.checked_mul(Decimal::ONE_HUNDRED)? } else { value }.normalize();
                // A stored 3552460.4 that is shown as 3.552.460,40 declares two decimals.
                let shown = sheet.shown(cell);
                let digits =
                    shown.rsplit_once(',').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
                Some(Self { value, decimals: value.scale().max(digits as u32), rounded: None })
            }
            Value::Text(text) => Self::read(&text, nature, reading),
            _ => None,
        }
    }

    /// The figure of a text: an amount, a percentage, a variation with its sign.
    pub fn read(text: &str, nature: Nature, reading: Option<Reading>) -> Option<Self> {
        let number = |scanned: number::Scanned| scanned.read(nature, reading);
        let of = |value: Decimal, rounded| Self { value, decimals: value.scale(), rounded };
        let bare = text.trim().trim_end_matches('%').trim_end();
        if let Some(scanned) = number::scan(bare) {
            let nature = if bare.len() < text.trim().len() { Nature::Measure } else { nature };
            return Some(of(scanned.read(nature, reading), None));
        }
        match percentage::scan(text)? {
            Percent::Score { number: scanned, rounded, .. } => Some(of(number(scanned), rounded.map(number))),
            Percent::Report => None,
        }
    }
}

/// Whether a cell says that there is nothing to count.
pub fn is_not_counted(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if not_counted::reason(text).is_some())
}

/// What is to be said of a declared figure beside the exact one, which is known to within `doubt`: rows that show two
/// decimals were perhaps rounded themselves.
///
/// ```
/// use allegati::verify::{Figure, Verdict, judge};
/// use rust_decimal::Decimal;
/// let declared = |hundredths| Figure { value: Decimal::new(hundredths, 2), decimals: 2, rounded: None };
/// let exact = Decimal::from(595) / Decimal::from(6);
/// assert_eq!(judge(&declared(9917), exact, Decimal::ZERO), Verdict::Right);
/// assert_eq!(judge(&declared(9916), exact, Decimal::ZERO), Verdict::Truncated);
/// assert_eq!(judge(&declared(9918), exact, Decimal::ZERO), Verdict::Wrong);
/// assert_eq!(judge(&declared(9918), exact, Decimal::new(2, 2)), Verdict::CannotTell);
/// ```
pub fn judge(declared: &Figure, exact: Decimal, doubt: Decimal) -> Verdict {
    let decimals = declared.decimals.min(EXACT);
    let value = round_to(declared.value, EXACT);
    let rounded = round_to(exact, decimals);
    let close = declared.decimals >= EXACT && (rounded - value).abs() <= Decimal::new(1, EXACT);
    if rounded == value || close {
        return Verdict::Right;
    }
    let unit = Decimal::new(1, decimals);
    if (exact - value).abs() <= doubt.saturating_add(unit / Decimal::TWO) {
        return Verdict::CannotTell;
    }
    if exact.trunc_with_scale(decimals) == value { Verdict::Truncated } else { Verdict::Wrong }
}

/// The exact figure with the decimals that a declared one shows, at least two where it has some, in Italian notation.
pub fn shown(exact: Decimal, declared: &Figure) -> String {
    let has_fraction = declared.decimals > 0 || !exact.fract().is_zero();
    let decimals = if has_fraction { declared.decimals.clamp(2, EXACT) } else { 0 };
    number::italian(exact, decimals, true)
}
