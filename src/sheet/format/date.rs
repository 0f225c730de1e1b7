//! Serial numbers shown as dates and times, with Italian names.

use super::code::{Section, Token};

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const DAYS: [&str; 7] = ["domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"];
/// The serial of 31/12/9999 in the 1900 system.
const LAST: f64 = 2_958_466.0;

/// The text of a serial; `None` where a spreadsheet shows `#####`.
pub(super) fn shown(serial: f64, section: &Section, date_1904: bool) -> Option<String> {
    let elapsed = section.tokens.iter().any(|token| matches!(token, Token::Elapsed(..)));
    let shift = if date_1904 && !elapsed { 1462.0 } else { 0.0 };
    let serial = serial + shift;
    if !(0.0..LAST).contains(&serial) {
        return None;
    }
    let moment = Moment::of(serial, thousandths(section));
    let twelve = section.tokens.contains(&Token::AmPm);
    let mut text = String::new();
    let mut seconds_before = false;
    let mut tokens = section.tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Date(letter, length) => moment.part(*letter, *length, twelve, &mut text),
            Token::Elapsed(letter, length) => moment.elapsed(*letter, *length, &mut text),
            Token::AmPm => text.push_str(if moment.seconds / 3600 % 24 < 12 { "AM" } else { "PM" }),
            Token::Point if seconds_before && matches!(tokens.peek(), Some(Token::Digit(_))) => {
                let digits = std::iter::from_fn(|| tokens.next_if(|token| matches!(token, Token::Digit(_)))).count();
                text.push(',');
                text.push_str(&format!("{:03}", moment.thousandths)[..digits.min(3)]);
            }
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Percent => text.push('%'),
            Token::General | Token::Text | Token::Digit(_) | Token::Exponent(_) | Token::Fill => {}
        }
        seconds_before = matches!(token, Token::Date('s', _) | Token::Elapsed('s', _));
    }
    Some(text.trim().to_owned())
}

/// Whether parts of a second are shown.
fn thousandths(section: &Section) -> bool {
    section
        .tokens
        .windows(3)
        .any(|window| matches!(window, [Token::Date('s', _) | Token::Elapsed('s', _), Token::Point, Token::Digit(_)]))
}

struct Moment {
    /// Whole days since the epoch of the 1900 system.
    days: i64,
    /// Seconds of the day, and of all days.
    seconds: i64,
    all_seconds: i64,
    thousandths: i64,
}

impl Moment {
    fn of(serial: f64, precise: bool) -> Self {
        let whole = serial.floor();
        let mut thousandths = ((serial - whole) * 86_400_000.0).round() as i64;
        if !precise {
            thousandths = (thousandths + 500) / 1000 * 1000;
        }
        // Within half a second of midnight it is the next day, as the binary digits of a typed time may fall short.
        let days = whole as i64 + thousandths / 86_400_000;
        thousandths %= 86_400_000;
        let seconds = thousandths / 1000;
        Self { days, seconds, all_seconds: days * 86_400 + seconds, thousandths: thousandths % 1000 }
    }

    fn part(&self, letter: char, length: usize, twelve: bool, text: &mut String) {
        let (year, month, day) = civil(self.days);
        let two = |number: i64| if length >= 2 { format!("{number:02}") } else { number.to_string() };
        let cut = |name: &str| name.chars().take(3).collect::<String>();
        text.push_str(&match (letter, length) {
            ('y', ..3) => format!("{:02}", year % 100),
            ('y', _) => format!("{year:04}"),
            ('m', ..3) => two(month),
            ('m', 3) => cut(MONTHS[month as usize - 1]),
            ('m', 5) => MONTHS[month as usize - 1].chars().take(1).collect(),
            ('m', _) => MONTHS[month as usize - 1].to_owned(),
            ('d', ..3) => two(day),
            ('d', 3) => cut(DAYS[(self.days + 6).rem_euclid(7) as usize]),
            ('d', _) => DAYS[(self.days + 6).rem_euclid(7) as usize].to_owned(),
            ('h', _) if twelve => two((self.seconds / 3600 + 11) % 12 + 1),
            ('h', _) => two(self.seconds / 3600),
            ('n', _) => two(self.seconds / 60 % 60),
            ('s', _) => two(self.seconds % 60),
            _ => String::new(),
        });
    }

    fn elapsed(&self, letter: char, length: usize, text: &mut String) {
        let number = match letter {
            'h' => self.all_seconds / 3600,
            'n' => self.all_seconds / 60,
            _ => self.all_seconds,
        };
        text.push_str(&format!("{number:0length$}"));
    }
}

/// Year, month and day of a serial of the 1900 system, its 29 February 1900 included.
fn civil(serial: i64) -> (i64, i64, i64) {
    match serial {
        60 => return (1900, 2, 29),
        ..1 => return (1900, 1, 0),
        _ => {}
    }
    // Days since 0000-03-01; serial 61 is 1900-03-01.
    let days = serial + 693_899 + i64::from(serial < 60);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
