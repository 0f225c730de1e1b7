//! Typed values in the notations that offices use: per sheet one notation is drawn, as one person fills one sheet.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::harness::grid::Cell;
use crate::harness::shown::serial;

use super::random::Rng;
use super::truth::Choices;

/// The format a sheet will be saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// Excel since 2007.
    Xlsx,
    /// LibreOffice.
    Ods,
    /// Excel before 2007.
    Xls,
    /// Text.
    Csv,
    /// Excel's binary form.
    Xlsb,
}

impl Medium {
    /// Its extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Xls => "xls",
            Self::Csv => "csv",
            Self::Xlsb => "xlsb",
        }
    }
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Stored as numbers.
    Stored,
    /// As Italian text.
    Italian,
    /// As English text.
    English,
}

/// How percentages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percents {
    /// A fraction with a percent format.
    Format,
    /// A text with the sign.
    Sign,
    /// The number alone.
    Plain,
}

/// How days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// Typed as dates.
    Typed,
    /// Serials without a date format.
    Serial,
    /// A text, in one of six spellings.
    Text(usize),
}

/// The notation of a sheet.
#[derive(Debug, Clone)]
pub struct Style {
    /// Format of the file.
    pub medium: Medium,
    /// Numbers.
    pub numbers: Numbers,
    /// Percentages.
    pub percents: Percents,
    /// Days.
    pub dates: Dates,
    /// Spelling of amounts.
    pub amounts: usize,
    /// Now and then a cell in the other way, stored for text or text for stored.
    pub mixed: bool,
    /// The reporting year.
    pub year: i64,
}

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

/// Ways to say that a thing is not counted.
pub const NOT_COUNTED: &[&str] = &[
    "N.C.",
    "n.c.",
    "NC",
    "n.d.",
    "n.v.",
    "n.a.",
    "non valutabile",
    "non calcolabile",
    "sospeso",
    "In corso",
    "nessuna richiesta",
    "Nessun caso",
    "0 richieste",
    "-",
    "--",
    "—",
    "=",
    "///",
];
/// Ways to say yes.
pub const YES: &[&str] = &["SI", "Sì", "si'", "S", "X", "x", "si", "SÌ", "vero", "✓", "Si"];
/// Ways to say no.
pub const NO: &[&str] = &["NO", "No", "N", "no", "falso", "n"];

impl Style {
    /// Draws one.
    pub fn draw(rng: &mut Rng, year: i64, media: &[Medium]) -> Self {
        let medium = *rng.pick(media);
        let csv = medium == Medium::Csv;
        let numbers = *rng.weighted(&[(6, Numbers::Stored), (3, Numbers::Italian), (1, Numbers::English)]);
        let dates = match rng.below(10) {
            0 if !csv => Dates::Serial,
            0..=5 => Dates::Typed,
            _ => Dates::Text(rng.below(6)),
        };
        let percents = *rng.pick(&[Percents::Format, Percents::Sign, Percents::Plain]);
        let amounts = rng.below(4);
        // A text file holds texts only: its numbers follow the decimal mark of the program that saved it.
        let numbers = if csv && numbers == Numbers::Stored { Numbers::Italian } else { numbers };
        Self { medium, numbers, percents, dates, amounts, mixed: rng.chance(30), year }
    }

    /// Records the notation among the choices.
    pub fn note(&self, choices: &mut Choices) {
        choices.insert("format", self.medium.extension().to_owned());
        choices.insert("numbers", format!("{:?}{}", self.numbers, if self.mixed { "+mixed" } else { "" }));
        choices.insert("percents", format!("{:?}", self.percents));
        choices.insert("dates", format!("{:?}", self.dates));
        choices.insert("amounts", self.amounts.to_string());
    }

    fn english(&self) -> bool {
        self.numbers == Numbers::English
    }

    fn stored(&self, rng: &mut Rng) -> bool {
        let stored = self.numbers == Numbers::Stored;
        if self.medium == Medium::Csv { false } else { stored != (self.mixed && rng.chance(20)) }
    }

    /// The text of a number with its decimal mark.
    pub fn plain(&self, number: Decimal) -> String {
        let text = number.normalize().to_string();
        if self.english() { text } else { text.replace('.', ",") }
    }

    /// A number.
    pub fn number(&self, rng: &mut Rng, number: Decimal) -> Cell {
        if self.stored(rng) { Cell::number(float(number)) } else { Cell::text(self.plain(number)) }
    }

    /// A percentage from 0 to 100 and beyond.
    pub fn percent(&self, rng: &mut Rng, percent: Decimal) -> Cell {
        let percent = percent.round_dp(2).normalize();
        match self.percents {
            Percents::Format => {
                let code = if percent.scale() > 0 || rng.chance(30) { "0.00%" } else { "0%" };
                Cell::number(float(percent / Decimal::ONE_HUNDRED)).formatted(code)
            }
            Percents::Sign => {
                let blank = if rng.chance(15) { " " } else { "" };
                let text = if rng.chance(40) { self.two(percent) } else { self.plain(percent) };
                Cell::text(format!("{text}{blank}%"))
            }
            Percents::Plain => self.number(rng, percent),
        }
    }

    fn two(&self, number: Decimal) -> String {
        let text = format!("{number:.2}");
        if self.english() { text } else { text.replace('.', ",") }
    }

    /// An amount with two decimals and its groups, without sign or currency.
    pub fn money(&self, amount: Decimal) -> String {
        let text = format!("{:.2}", amount.abs());
        let (whole, cents) = text.split_once('.').expect("two decimals");
        let (group, mark) = if self.english() { (',', '.') } else { ('.', ',') };
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(group);
            }
            out.push(digit);
        }
        format!("{out}{mark}{cents}")
    }

    /// An amount in euros.
    pub fn amount(&self, rng: &mut Rng, amount: Decimal) -> Cell {
        if self.stored(rng) {
            let cell = Cell::number(float(amount));
            return match self.amounts {
                0 => cell,
                1 => cell.formatted("#,##0.00"),
                2 => cell.formatted("#,##0.00 \"€\""),
                _ => cell.formatted("\"€\" #,##0.00"),
            };
        }
        let money = self.money(amount);
        let text = match self.amounts {
            0 | 1 => money,
            2 => format!("{money} €"),
            _ => format!("€ {money}"),
        };
        if amount >= Decimal::ZERO {
            return Cell::text(text);
        }
        Cell::text(match rng.below(4) {
            0 => format!("{text}-"),
            1 => format!("({text})"),
            2 => format!("-   {text}"),
            _ => format!("− {text}"),
        })
    }

    /// A day.
    pub fn date(&self, rng: &mut Rng, day: Date) -> Cell {
        let other = self.mixed && rng.chance(20);
        match self.dates {
            Dates::Typed if !other => Cell::date(serial(day)),
            Dates::Serial if !other => Cell::date(serial(day)).formatted("General"),
            Dates::Text(_) if other && self.medium != Medium::Csv => Cell::date(serial(day)),
            Dates::Text(spelling) => Cell::text(self.day(spelling, day)),
            _ => Cell::text(self.day(0, day)),
        }
    }

    fn day(&self, spelling: usize, day: Date) -> String {
        let (d, m, y) = (day.day(), day.month(), day.year());
        match spelling {
            1 => format!("{d:02}.{m:02}.{y}"),
            2 => format!("{d:02}-{m:02}-{:02}", y % 100),
            3 => format!("{y}-{m:02}-{d:02}"),
            4 => format!("{d} {} {y}", MONTHS[m as usize - 1]),
            5 if i64::from(y) == self.year => format!("{d}/{m}"),
            _ => format!("{d:02}/{m:02}/{y}"),
        }
    }

    /// A yes or a no.
    pub fn yes_no(&self, rng: &mut Rng, yes: bool) -> Cell {
        Cell::text(*rng.pick(if yes { YES } else { NO }))
    }
}

/// The stored form of a decimal.
pub fn float(number: Decimal) -> f64 {
    number.to_f64().expect("a decimal is a float")
}
