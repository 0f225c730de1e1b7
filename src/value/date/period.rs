//! The part of time that a title says its data are of: `situazione al 31/12/2018`, `gennaio-giugno 2019`.

use super::{MONTHS, existing, full_year, in_digits, month};
use crate::value::fold::fold;

/// A day of a year, of no stated one when the text does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
}

/// Days from one to another that data are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day; none when only the last is said.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
    /// Whether the day may be the one on which the data were put together: `dati aggiornati al …`.
    is_of_making: bool,
}

/// Words before a day up to which something was put together, by how they begin.
const MADE: &[&str] = &["aggiorn", "agg", "compil", "elabor", "estra", "redatt", "stamp"];
/// Words before a day up to which something holds or is due, by how they begin.
const HOLDS: &[&str] = &["confront", "prorog", "rispetto", "scad", "valid", "vigen", "vigor"];
/// Words that lead from one day to another.
const UNTIL: &[&str] = &["a", "al", "fino", "sino"];
/// Numbers of months, from two.
const NUMBERS: &[&str] = &["due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici"];
/// Words of one part of a title that are looked at before a day.
const MOST_WORDS: usize = 5;
/// Days before this month may be of the making of last year's data.
const FIRST_OF_DATA: i8 = 6;

impl Period {
    /// The years it is of; none when it may say only when the sheet was made, or does not say them.
    pub fn years(&self) -> impl Iterator<Item = i16> + use<> {
        let is_end = (self.to.month, self.to.day) == (12, 31);
        let is_of_data = self.from.is_some() || is_end || (self.to.month >= FIRST_OF_DATA && !self.is_of_making);
        let last = self.to.year.filter(|_| is_of_data);
        let first = self.from.and_then(|from| from.year).or(last);
        first.zip(last).into_iter().flat_map(|(first, last)| first.max(1990)..=last.min(2099))
    }

    /// The first and the last month of a year that it reaches; none when it is of another year, or may be.
    pub fn months_of(&self, year: i16) -> Option<(i8, i8)> {
        let to = self.to.year.unwrap_or(year);
        let Some(from) = self.from else {
            let is_told = self.to.year.is_some() || self.to.month > 2;
            return (to == year && is_told).then_some((1, self.to.month));
        };
        let begin = from.year.unwrap_or(to);
        (begin..=to).contains(&year).then(|| {
            let first = if begin < year { 1 } else { from.month };
            (first, if to > year { 12 } else { self.to.month })
        })
    }
}

/// The periods that a text names, in the order it names them. A day alone is one when the text says that it is the last.
///
/// ```
/// use allegati::value::date::periods;
/// let years = |text| periods(text).iter().flat_map(|period| period.years()).collect::<Vec<i16>>();
/// assert_eq!(years("SITUAZIONE AL 31/12/2018"), [2018]);
/// assert_eq!(years("dal 1° luglio 2018 al 30 giugno 2019"), [2018, 2019]);
/// assert!(years("Lucca, 15 gennaio 2020, aggiornato al 31/01/2020").is_empty());
/// let months = |text| periods(text).iter().find_map(|period| period.months_of(2019));
/// assert_eq!(months("Monitoraggio gennaio-giugno"), Some((1, 6)));
/// assert_eq!(months("primi 9 mesi 2019"), Some((1, 9)));
/// assert_eq!(months("Situazione al 15/01/2020"), None);
/// ```
pub fn periods(text: &str) -> Vec<Period> {
    if !may_name_one(text) {
        return Vec::new();
    }
    let text = fold(text);
    let tokens = days(&pieces(&text));
    let mut found = Vec::new();
    let mut rest = &tokens[..];
    while !rest.is_empty() {
        let before = &tokens[..tokens.len() - rest.len()];
        let (period, used) = between_days(rest).or_else(|| up_to(before, rest)).or_else(|| months(rest)).unzip();
        let words = clause(before);
        let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| begins(word, stem)));
        if let Some((from, to)) = period
            && !has(HOLDS)
        {
            // Without a word of data, what was put together up to a day may be the sheet itself.
            let is_of_making = has(MADE);
            let is_end = (to.month, to.day) == (12, 31);
            if !is_of_making || is_end || words.contains(&"dati") {
                found.push(Period { from, to, is_of_making });
            }
        }
        rest = &rest[used.unwrap_or(1)..];
    }
    found
}

/// Whether a text has what days, or a month or so many of them, are written with; most titles have none of it.
fn may_name_one(text: &str) -> bool {
    let mut before = b' ';
    text.as_bytes().iter().enumerate().any(|(at, byte)| {
        let last = std::mem::replace(&mut before, *byte);
        if last.is_ascii_digit() {
            return !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b',' | b')');
        }
        // A word begins.
        byte.is_ascii_alphabetic()
            && !last.is_ascii_alphabetic()
            && text.as_bytes().get(at..at + 3).is_some_and(|begins| {
                let is_it = |word: &str| begins.eq_ignore_ascii_case(&word.as_bytes()[..3]);
                is_it("primi") || MONTHS.into_iter().any(is_it)
            })
    })
}

/// Whether a word begins so; a cut one is the whole word.
fn begins(word: &str, stem: &str) -> bool {
    if stem.len() < 4 { word == stem } else { word.starts_with(stem) }
}

/// What a title is made of.
#[derive(Clone, Copy, PartialEq)]
enum Piece<'a> {
    Day(Day),
    Number(&'a str),
    Word(&'a str),
    Dash,
    Break,
}

/// The pieces of a folded text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is_in: fn(char) -> bool| rest.find(|letter| !is_in(letter)).unwrap_or(rest.len());
        let used = match first {
            _ if first.is_alphabetic() => {
                let end = run(char::is_alphabetic);
                pieces.push(Piece::Word(&rest[..end]));
                end
            }
            '0'..='9' => {
                let digits = run(|letter| letter.is_ascii_digit());
                let whole = in_figures(rest);
                pieces.push(whole.map_or(Piece::Number(&rest[..digits]), |(day, _)| Piece::Day(day)));
                whole.map_or(digits, |(_, end)| end)
            }
            '-' | '/' => {
                pieces.push(Piece::Dash);
                1
            }
            ' ' | '.' | '°' | '_' => first.len_utf8(),
            _ => {
                pieces.push(Piece::Break);
                first.len_utf8()
            }
        };
        rest = &rest[used..];
    }
    pieces
}

/// The date in figures that a text begins with, and where it ends: `31/12/2018`, `30.6`.
fn in_figures(text: &str) -> Option<(Day, usize)> {
    let mark = text.chars().find(|letter| !letter.is_ascii_digit()).filter(|mark| "/.-".contains(*mark))?;
    let ends = text.char_indices().filter(|(_, letter)| !letter.is_ascii_digit()).map(|(at, _)| at).chain([text.len()]);
    // With its year first, and else without.
    let mut ends: Vec<usize> = ends.skip(1).take(2).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let (day, month, named) = in_digits(&text[..end])?;
        let year = named.map(full_year);
        let is_day = existing(year.flatten().unwrap_or(2000), month, day).is_ok() && year != Some(None);
        let is_code = match text.as_bytes()[end..] {
            [next, digit, ..] if char::from(next) == mark => mark != '-' && digit.is_ascii_digit(),
            [next, ..] => next.is_ascii_alphanumeric(),
            [] => false,
        };
        (is_day && !is_code).then_some((Day { year: year.flatten(), month, day }, end))
    })
}

/// The same with days in words put together: `31 dicembre dell’anno 2018`.
fn days<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let (piece, used) = match rest {
            [Piece::Number(number), Piece::Word(name), behind @ ..] if number.len() <= 2 => {
                let (year, words) = year_after(behind).unzip();
                let day = number.parse().ok().zip(month(name));
                let day = day.filter(|(day, month)| existing(year.unwrap_or(2000), *month, *day).is_ok());
                match day {
                    Some((day, month)) => (Piece::Day(Day { year, month, day }), 2 + words.unwrap_or(0)),
                    None => (*first, 1),
                }
            }
            _ => (*first, 1),
        };
        found.push(piece);
        rest = &rest[used..];
    }
    found
}

/// The year right behind a month or months, and how many pieces it takes: `2018`, `dell’anno 2018`.
fn year_after(pieces: &[Piece<'_>]) -> Option<(i16, usize)> {
    let leads = |piece: &&Piece<'_>| matches!(piece, Piece::Word("del" | "dell" | "anno"));
    let words = pieces.iter().take_while(leads).count();
    match pieces.get(words)? {
        Piece::Number(digits) if digits.len() == 4 => Some((full_year(digits)?, words + 1)),
        _ => None,
    }
}

/// First and last day, and how many pieces say them.
type Found = ((Option<Day>, Day), usize);

/// `01/01/2018 - 31/12/2018`, `1 gennaio al 30 giugno 2019`.
fn between_days(pieces: &[Piece<'_>]) -> Option<Found> {
    let (Piece::Day(from), behind) = pieces.split_first()? else { return None };
    let leads = |piece: &&Piece<'_>| match piece {
        Piece::Dash => true,
        Piece::Word(word) => UNTIL.contains(word),
        _ => false,
    };
    let between = behind.iter().take_while(leads).count();
    let Piece::Day(to) = behind.get(between).filter(|_| between > 0)? else { return None };
    let year = to.year.or(from.year);
    let (from, to) = (Day { year: from.year.or(year), ..*from }, Day { year, ..*to });
    let of = |day: Day| (day.year, day.month, day.day);
    (of(from) < of(to)).then_some(((Some(from), to), between + 2))
}

/// `al 31/12/2018`, `alla data del 31/12/2018`, `a tutto il 31/12/2018`.
fn up_to(before: &[Piece<'_>], pieces: &[Piece<'_>]) -> Option<Found> {
    let Piece::Day(to) = pieces.first()? else { return None };
    let is_last = matches!(
        before,
        [.., Piece::Word("al")]
            | [.., Piece::Word("alla"), Piece::Word("data"), Piece::Word("del")]
            | [.., Piece::Word("tutto"), Piece::Word("il")]
    );
    is_last.then_some(((None, *to), 1))
}

/// `gennaio-giugno 2019`, `primi nove mesi del 2019`.
fn months(pieces: &[Piece<'_>]) -> Option<Found> {
    let (first, last, used) = match pieces {
        [Piece::Word("primi"), number, Piece::Word("mesi"), ..] => {
            let number = match number {
                Piece::Number(digits) => digits.parse().ok()?,
                Piece::Word(word) => (2..).zip(NUMBERS).find(|(_, name)| *name == word)?.0,
                _ => return None,
            };
            (1, number, 3)
        }
        [Piece::Word(first), Piece::Dash | Piece::Word("a"), Piece::Word(last), ..] => (month(first)?, month(last)?, 3),
        _ => return None,
    };
    let (year, words) = year_after(&pieces[used..]).unzip();
    let day = |month, day| Day { year, month, day };
    let is_span = first < last && last <= 12;
    is_span.then(|| ((Some(day(first, 1)), day(last, if last == 12 { 31 } else { 28 })), used + words.unwrap_or(0)))
}

/// The last words before a day that stand with it in one part of a title.
fn clause<'a>(before: &[Piece<'a>]) -> Vec<&'a str> {
    let words = before.iter().rev().map_while(|piece| match piece {
        Piece::Word(word) => Some(*word),
        Piece::Number(number) => Some(*number),
        _ => None,
    });
    words.take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::periods;

    fn years(text: &str) -> Vec<i16> {
        periods(text).iter().flat_map(|period| period.years()).collect()
    }

    fn months(text: &str) -> Option<(i8, i8)> {
        periods(text).iter().find_map(|period| period.months_of(2019))
    }

    #[test]
    fn days_that_data_are_of_name_their_year() {
        let of_2018 = [
            "OBIETTIVI - CONSUNTIVO AL 31 DICEMBRE 2018",
            "AL 31.12.2018",
            "al 31-12-18",
            "01/01/2018 - 31/12/2018",
            "01/01/2018-31/12/2018",
            "dal 1° gennaio al 31 dicembre 2018",
            "Situazione alla data del 31 dicembre 2018",
            "Dati aggiornati al 31/12/2018",
            "Dati al 30/06/2018",
        ];
        of_2018.into_iter().for_each(|text| assert_eq!(years(text), [2018], "{text}"));
        let of_none = [
            "aggiornato al 15/01/2020",
            "Lucca, 15 gennaio 2020",
            "Lucca, 31/12/2018",
            "Situazione al 31/01/2020",
            "Aggiornato al 30/06/2018",
            "Carta valida fino al 31/12/2020",
            "prot. 3.1.2018",
            "dal punto 3.1 al 3.2.2",
        ];
        of_none.into_iter().for_each(|text| assert!(years(text).is_empty(), "{text}"));
    }

    #[test]
    fn months_that_data_are_of() {
        let table = [
            ("DATI AL 30/06/2019", Some((1, 6))),
            ("al 30.9.2019", Some((1, 9))),
            ("dal 01/01 al 30/06", Some((1, 6))),
            ("luglio/dicembre 2019", Some((7, 12))),
            ("Gen. - Set. 2019", Some((1, 9))),
            ("primi sei mesi del 2019", Some((1, 6))),
            ("01/01/2019 - 31/12/2019", Some((1, 12))),
            ("01/07/2018 - 30/06/2019", Some((1, 6))),
            ("gennaio-giugno 2018", None),
            ("aggiornato al 30/06/2019", None),
            ("Lucca, gennaio 2019", None),
            ("al 15/01", None),
        ];
        table.into_iter().for_each(|(text, reached)| assert_eq!(months(text), reached, "{text}"));
    }
}
