//! Terms and times: days and hours in all the ways offices write them, and shares where the standard is one.
//!
//! [`parse`] reads a planned or a measured value whole; a number that it cannot account for makes it refuse the text.

use rust_decimal::Decimal;

use super::fold::{fold, words, words_of};
use super::number::Reading;
use super::token::number_word;
use crate::memo::Memo;

mod phrase;
mod share;
mod words;

use words::Written;

pub(super) use words::changes_or_measures;

/// The unit of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Minutes: only what a header may say of bare numbers; a [`Span`] gives minutes as hours.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// What a column's header says about its bare numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The unit of a bare number.
    pub unit: Unit,
    /// How many of it a bare number counts as one: a week is seven days, a month thirty.
    pub times: u32,
    /// Whether days are working days or calendar days, when it says so.
    pub working: Option<bool>,
}

impl Clock {
    /// Days, the default.
    pub const DAYS: Self = Self { unit: Unit::Days, times: 1, working: None };

    /// Whether the days of bare numbers are working days; weeks and months are of the calendar unless it says otherwise.
    pub fn counts_working(self) -> Option<bool> {
        self.working.or((self.times > 1).then_some(false))
    }
}

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// How many, of [`Span::unit`]; of a range its upper end.
    pub amount: Decimal,
    /// Hours or days, never minutes.
    pub unit: Unit,
    /// Working days (`lavorativi`) or calendar days (`naturali`), when the text says so; weeks and months are calendar days.
    pub working: Option<bool>,
    /// Whether the text names its unit; a bare number has that of the header.
    pub stated: bool,
    /// What few texts say besides.
    pub more: Option<Box<More>>,
}

/// What a time says besides how long it is; there are very many times, and hardly any says more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct More {
    /// Another term in brackets, as shown: `25 gg con notifiche PEC*`.
    pub alternative: Option<String>,
    /// The lower end of a range, of [`Span::unit`].
    pub lower: Option<Decimal>,
}

impl More {
    /// Nothing when it says nothing.
    pub fn of(alternative: Option<String>, lower: Option<Decimal>) -> Option<Box<Self>> {
        (alternative.is_some() || lower.is_some()).then(|| Box::new(Self { alternative, lower }))
    }
}

impl Span {
    /// The time in days of 24 hours.
    ///
    /// ```
    /// use allegati::value::duration::{Clock, Measure, parse};
    /// let Some(Measure::Span(span)) = parse("36 ore", Clock::DAYS, None) else { panic!() };
    /// assert_eq!(span.days().to_string(), "1.5");
    /// ```
    pub fn days(&self) -> Decimal {
        match self.unit {
            Unit::Minutes => (self.amount / Decimal::from(24 * 60)).normalize(),
            Unit::Hours => (self.amount / Decimal::from(24)).normalize(),
            Unit::Days => self.amount,
        }
    }

    /// The lower end of a range.
    pub fn lower(&self) -> Option<Decimal> {
        self.more.as_ref()?.lower
    }

    /// The time in hours, a day being 24 of them.
    ///
    /// ```
    /// use allegati::value::duration::{Clock, Measure, parse};
    /// let Some(Measure::Span(span)) = parse("15 minuti", Clock::DAYS, None) else { panic!() };
    /// assert_eq!(span.hours().to_string(), "0.25");
    /// ```
    pub fn hours(&self) -> Decimal {
        match self.unit {
            Unit::Minutes => (self.amount / Decimal::from(60)).normalize(),
            Unit::Hours => self.amount,
            Unit::Days => self.amount.saturating_mul(Decimal::from(24)).normalize(),
        }
    }
}

/// What a planned or measured value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// A length of time; at once is nought.
    Span(Span),
    /// A share in percent: more is better.
    Share(Decimal),
    /// Available at any time.
    Always,
    /// Within the terms, without a figure.
    Within,
    /// Beyond the terms, without a figure.
    Beyond,
}

/// More than any term is long; longer texts are notes.
const MOST_LETTERS: usize = 300;

/// The time, share or verdict a text gives; none when it says something else, or something besides.
///
/// A bare number has the clock's unit; `reading` is the notation its column shows.
///
/// ```
/// use allegati::value::duration::{Clock, Measure, parse};
/// let days = |text: &str| match parse(text, Clock::DAYS, None) {
///     Some(Measure::Span(span)) => Some(span.days().to_string()),
///     _ => None,
/// };
/// assert_eq!(days("Nei 3 gg lavorativi").as_deref(), Some("3"));
/// assert_eq!(days("tempo medio giorni 8,75").as_deref(), Some("8.75"));
/// assert_eq!(days("a vista").as_deref(), Some("0"));
/// assert_eq!(days("3 gg per 2 pratiche e 5 gg per le altre"), None);
/// assert_eq!(parse("nei termini", Clock::DAYS, None), Some(Measure::Within));
/// ```
pub fn parse(text: &str, clock: Clock, reading: Option<Reading>) -> Option<Measure> {
    thread_local!(static KNOWN: Memo<Option<Measure>> = const { Memo::new() });
    let reading_asked = reading.map_or(0, |reading| reading as u32 + 1);
    // What is said of working days does not change what is read.
    let asked = clock.times << 4 | (clock.unit as u32) << 2 | reading_asked;
    KNOWN.with(|known| known.get(text, asked, || read(text, clock, reading)))
}

fn read(text: &str, clock: Clock, reading: Option<Reading>) -> Option<Measure> {
    if text.len() > MOST_LETTERS && text.chars().count() > MOST_LETTERS {
        return None;
    }
    let folded = fold(text);
    if let Some(measure) = words::verdict(&folded) {
        return Some(measure);
    }
    if ![text, &folded].iter().any(|text| text.contains(['(', ')'])) {
        let share = || share::parse(&folded, reading).map(Measure::Share);
        let span = || phrase::parse(&folded, clock, reading).map(Measure::Span);
        return if folded.contains('%') { share() } else { span() };
    }
    if without_brackets(&folded)?.0.contains('%') {
        return share::parse(&folded, reading).map(Measure::Share);
    }
    let (main, inside) = without_brackets(text)?;
    let Some(inside) = inside else { return phrase::parse(&fold(&main), clock, reading).map(Measure::Span) };
    let note = fold(&inside);
    if words::is_unit_note(&note) {
        return phrase::parse(&format!("{} {note}", fold(&main)), clock, reading).map(Measure::Span);
    }
    let main = fold(&main);
    if words::is_mean_note(&note) || repeats(&main, &note) {
        return phrase::parse(&main, clock, reading).map(Measure::Span);
    }
    if words::changes_meaning(&note) {
        return None;
    }
    let mut span = phrase::parse(&main, clock, reading)?;
    if note.contains(|letter: char| letter.is_numeric()) {
        span.more.get_or_insert_default().alternative = Some(inside.trim().to_owned());
    }
    Some(Measure::Span(span))
}

/// Whether a bare number is the most there may be, or a range: with the sign of a share it would be none of which more is
/// better.
///
/// ```
/// use allegati::value::duration::is_limited;
/// assert!(["≤5", "max 5", "<5", "entro 5", "0-5"].into_iter().all(is_limited));
/// assert!(!["95", "≥95", "almeno 95", "non inferiore a 95", "95 (media)"].into_iter().any(is_limited));
/// ```
pub fn is_limited(text: &str) -> bool {
    let folded = fold(text);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let Some(first) = folded.find(is_digit) else { return false };
    let (lead, rest) = folded.split_at(first);
    let behind = rest.trim_start_matches(|letter: char| is_digit(letter) || matches!(letter, '.' | ','));
    let is_range = behind.trim_start().strip_prefix(['-', 'a', 'e']).is_some_and(|rest| rest.contains(is_digit));
    lead.contains(['<', '≤']) || (!lead.contains("non inferior") && words_of(lead).any(words::is_of_most)) || is_range
}

/// The text without its one pair of brackets, and what they hold; none when brackets do not match or there are more.
fn without_brackets(text: &str) -> Option<(String, Option<String>)> {
    let Some(open) = text.find('(') else { return (!text.contains(')')).then(|| (text.to_owned(), None)) };
    let close = text.find(')').filter(|close| *close > open)?;
    let (before, inside, after) = (&text[..open], &text[open + 1..close], &text[close + 1..]);
    if inside.contains('(') || after.contains(['(', ')']) || before.trim().is_empty() {
        return None;
    }
    Some((format!("{} {after}", before.trim_end()), Some(inside.to_owned())))
}

/// Whether brackets repeat the number in words: `30 (trenta) giorni`.
fn repeats(main: &str, note: &str) -> bool {
    let Some(number) = number_word(note).map(|number| number.to_string()) else { return false };
    main.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits == number) && !main.contains([',', '-'])
}

/// The clock that a column's header names; none when it names no unit, or several.
///
/// ```
/// use allegati::value::duration::{Clock, Unit, header_clock};
/// let clock = header_clock("Valore rilevato (giorni lavorativi)");
/// assert_eq!(clock, Some(Clock { unit: Unit::Days, times: 1, working: Some(true) }));
/// assert_eq!(header_clock("Tempo (ore)").map(|clock| clock.unit), Some(Unit::Hours));
/// assert_eq!(header_clock("Termine (settimane)").map(|clock| clock.times), Some(7));
/// assert_eq!(header_clock("Valore rilevato"), None);
/// ```
pub fn header_clock(header_text: &str) -> Option<Clock> {
    thread_local!(static KNOWN: Memo<Option<Clock>> = const { Memo::new() });
    KNOWN.with(|known| known.get(header_text, 0, || read_clock(header_text)))
}

fn read_clock(header_text: &str) -> Option<Clock> {
    let folded = fold(header_text);
    // Months of a header are a unit only in brackets: `(mesi)`, and not `ultimi 12 mesi`.
    let inside = without_brackets(&folded).and_then(|(_, inside)| inside).filter(|inside| words::is_unit_note(inside));
    let words = words(header_text);
    let mut units = match inside {
        Some(inside) => words_of(&inside).filter_map(words::unit).map(Written::clock).collect::<Vec<_>>(),
        None => words.iter().filter_map(|word| words::header_unit(word)).map(Written::clock).collect(),
    }
    .into_iter();
    let unit = units.next()?;
    if units.any(|other| other != unit) {
        return None;
    }
    let clocks = || words.iter().filter_map(|word| words::working(word));
    let working = clocks().max();
    Some(Clock { working, ..unit })
}

/// Whether a column's header gives the unit of time of its values: `REALIZZAZIONE (gg)`, `Risultato in giorni`; what it
/// only speaks of is none: `% pratiche evase entro 30 giorni`.
///
/// ```
/// use allegati::value::duration::header_gives_unit;
/// assert!(["REALIZZAZIONE (gg)", "Risultato in giorni"].into_iter().all(header_gives_unit));
/// assert!(!["RISULTATO", "% evase entro 30 giorni", "Risultato (%)"].into_iter().any(header_gives_unit));
/// ```
pub fn header_gives_unit(header_text: &str) -> bool {
    let folded = fold(header_text);
    let inside = without_brackets(&folded).and_then(|(_, inside)| inside).filter(|inside| words::is_unit_note(inside));
    let ends_in_unit = || {
        let words = words(header_text);
        matches!(&words[..], [.., before, last] if before == "in" && words::header_unit(last).is_some())
    };
    !header_text.contains('%') && header_clock(header_text).is_some() && (inside.is_some() || ends_in_unit())
}

/// The clock that the texts of a number's format name, before and behind it: `0" settimane"`, `0"h"`.
///
/// ```
/// use allegati::value::duration::{Unit, format_clock};
/// assert_eq!(format_clock("", " mesi").map(|clock| clock.times), Some(30));
/// assert_eq!(format_clock("", "h").map(|clock| clock.unit), Some(Unit::Hours));
/// assert_eq!(format_clock("N. ", ""), None);
/// ```
pub fn format_clock(prefix: &str, suffix: &str) -> Option<Clock> {
    if prefix.is_empty() && suffix.is_empty() {
        return None;
    }
    let literal = format!("{prefix} {suffix}");
    header_clock(&literal).or_else(|| header_clock(&format!("- ({})", literal.trim())))
}

/// Whether a header says that its bare numbers are percent points: `Valore rilevato (%)`.
///
/// ```
/// use allegati::value::duration::header_says_points;
/// assert!(header_says_points("% rilevata") && header_says_points("Valore programmato in percentuale"));
/// assert!(!header_says_points("Valore (gg o %)") && !header_says_points("Valore rilevato"));
/// ```
pub fn header_says_points(header_text: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    let is_share = |word: &str| matches!(word, "percentuale" | "perc");
    let says = |text: &str| text.contains('%') || words_of(&fold(text)).any(is_share);
    KNOWN.with(|known| known.get(header_text, 0, || says(header_text) && header_clock(header_text).is_none()))
}

#[cfg(test)]
mod tests;
