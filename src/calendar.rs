//! Working days in Italy: national holidays, the patron saint, Saturdays and closures of one body.
//!
//! A [`Calendar`] is built once and then answers in constant time: whole weeks are counted, holidays are looked up in a
//! sorted table.

use jiff::civil::{Date, Weekday};

/// The years whose holidays stand in the table; others are worked out when asked for.
const TABLE: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The working days of one body.
#[derive(Debug, Clone)]
pub struct Calendar {
    patron_saint: Option<(i8, i8)>,
    saturday_works: bool,
    /// Days off that are not already off by their weekday, sorted, by their number.
    off: Vec<i32>,
}

impl Calendar {
    /// The calendar of a body: its patron saint's (month, day), whether Saturdays are worked, and its closures.
    ///
    /// Closures before 1900 or after 2199 are not known to it.
    ///
    /// ```
    /// use allegati::calendar::Calendar;
    /// use jiff::civil::date;
    /// let lucca = Calendar::new(Some((7, 12)), false, [date(2019, 12, 24)]);
    /// assert!(!lucca.is_working(date(2019, 7, 12)));
    /// assert!(!lucca.is_working(date(2019, 12, 24)));
    /// assert!(lucca.is_working(date(2019, 12, 23)));
    /// ```
    pub fn new(patron_saint: Option<(i8, i8)>, saturday_works: bool, closures: impl IntoIterator<Item = Date>) -> Self {
        let mut calendar = Self { patron_saint, saturday_works, off: Vec::new() };
        let mut off: Vec<i32> = TABLE.flat_map(|year| calendar.off_in(year)).collect();
        off.extend(
            closures.into_iter().filter(|day| TABLE.contains(&day.year()) && calendar.works_weekly(*day)).map(number),
        );
        off.sort_unstable();
        off.dedup();
        calendar.off = off;
        calendar
    }

    /// Whether the body works on a day.
    ///
    /// ```
    /// use allegati::calendar::Calendar;
    /// use jiff::civil::date;
    /// let calendar = Calendar::new(None, false, []);
    /// assert!(!calendar.is_working(date(2019, 4, 22)), "Easter Monday");
    /// assert!(!calendar.is_working(date(2026, 10, 4)));
    /// assert!(calendar.is_working(date(2019, 10, 4)));
    /// ```
    pub fn is_working(&self, day: Date) -> bool {
        let outside = !TABLE.contains(&day.year()) && self.off_in(day.year()).contains(&number(day));
        self.works_weekly(day) && !outside && self.off.binary_search(&number(day)).is_err()
    }

    /// The days from start to end: the start day not counted, the end day counted; only working days if so asked.
    ///
    /// Negative when the end is before the start: the same days counted the other way round.
    ///
    /// ```
    /// use allegati::calendar::Calendar;
    /// use jiff::civil::date;
    /// let calendar = Calendar::new(None, false, []);
    /// assert_eq!(calendar.days_between(date(2019, 4, 19), date(2019, 4, 26), false), 7);
    /// assert_eq!(calendar.days_between(date(2019, 4, 19), date(2019, 4, 26), true), 3);
    /// ```
    pub fn days_between(&self, start: Date, end: Date, working: bool) -> i32 {
        if working { self.worked_to(end) - self.worked_to(start) } else { calendar_days(start, end) }
    }

    /// The day so many days after a day, or before it when negative; of working days, the last of them is one.
    ///
    /// No days is the start itself. Stops at the ends of the calendar (years -9999 and 9999).
    ///
    /// ```
    /// use allegati::calendar::Calendar;
    /// use jiff::civil::date;
    /// let calendar = Calendar::new(None, false, []);
    /// assert_eq!(calendar.add(date(2019, 12, 24), 30, false), date(2020, 1, 23));
    /// assert_eq!(calendar.add(date(2019, 12, 24), 3, true), date(2019, 12, 31));
    /// ```
    pub fn add(&self, start: Date, days: i32, working: bool) -> Date {
        if !working || days == 0 {
            return moved(start, i64::from(days));
        }
        // The first day by whose end so many have been worked, counted from the start or, going back, to the day before.
        let wanted = match days {
            1.. => self.worked_to(start).saturating_add(days),
            _ => self.worked_to(moved(start, -1)).saturating_add(days).saturating_add(1),
        };
        let (mut low, mut high) = (start, start);
        let mut step = i64::from(days) * 2 + i64::from(days.signum()) * 14;
        while (self.worked_to(high) < wanted && high < Date::MAX) || (self.worked_to(low) >= wanted && low > Date::MIN)
        {
            if days > 0 {
                (low, high) = (high, moved(start, step));
            } else {
                (low, high) = (moved(start, step), low);
            }
            step *= 2;
        }
        if self.worked_to(low) >= wanted {
            return low;
        }
        while number(high) - number(low) > 1 {
            let middle = moved(low, i64::from((number(high) - number(low)) / 2));
            if self.worked_to(middle) >= wanted { high = middle } else { low = middle }
        }
        high
    }

    /// The working days from the epoch to the end of a day; negative before it.
    fn worked_to(&self, day: Date) -> i32 {
        let number = number(day);
        let each = if self.saturday_works { 6 } else { 5 };
        number.div_euclid(7) * each + (number.rem_euclid(7) + 1).min(each) - self.off_to(day)
    }

    /// The days off, other than by their weekday, from the epoch to the end of a day; negative before it.
    fn off_to(&self, day: Date) -> i32 {
        let end = number(day);
        let count = |days: usize| i32::try_from(days).unwrap_or(i32::MAX);
        let years = |mut years: std::ops::RangeInclusive<i16>, wanted: &dyn Fn(i32) -> bool| {
            count(years.by_ref().flat_map(|year| self.off_in(year)).filter(|day| wanted(*day)).count())
        };
        match day.year() {
            year if year < *TABLE.start() => -years(year..=*TABLE.start() - 1, &|day| day > end),
            year if year > *TABLE.end() => count(self.off.len()) + years(*TABLE.end() + 1..=year, &|day| day <= end),
            _ => count(self.off.partition_point(|day| *day <= end)),
        }
    }

    /// The holidays of a year that fall on a day otherwise worked, each once.
    fn off_in(&self, year: i16) -> Vec<i32> {
        let mut days: Vec<Date> =
            HOLIDAYS.iter().filter_map(|(month, day)| Date::new(year, *month, *day).ok()).collect();
        days.extend(easter(year).map(|easter| moved(easter, 1)));
        if year >= SAN_FRANCESCO_FROM {
            days.extend(Date::new(year, 10, 4).ok());
        }
        days.extend(self.patron_saint.and_then(|(month, day)| Date::new(year, month, day).ok()));
        let mut off: Vec<i32> = days.into_iter().filter(|day| self.works_weekly(*day)).map(number).collect();
        off.sort_unstable();
        off.dedup();
        off
    }

    fn works_weekly(&self, day: Date) -> bool {
        match day.weekday() {
            Weekday::Sunday => false,
            Weekday::Saturday => self.saturday_works,
            _ => true,
        }
    }
}

/// National holidays of fixed date (law 260/1949 as amended), month and day.
const HOLIDAYS: [(i8, i8); 10] =
    [(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)];

/// From this year 4 October, San Francesco, is a holiday again (law 151/2025).
const SAN_FRANCESCO_FROM: i16 = 2026;

/// Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l).div_euclid(433);
    let sum = h + l - 7 * m;
    let month = (sum + 90).div_euclid(25);
    let day = (sum + 33 * month + 19).rem_euclid(32);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Calendar days from start to end: the start day not counted, the end day counted; below zero when it comes first.
pub fn calendar_days(start: Date, end: Date) -> i32 {
    number(end) - number(start)
}

/// Days since 1 January 1900, a Monday, counted from years that begin in March, so that a leap day is the last of its year.
fn number(day: Date) -> i32 {
    let (year, month) = (i32::from(day.year()), i32::from(day.month()));
    let is_before = i32::from(month < 3);
    let (year, month) = (year - is_before, month - 3 + 12 * is_before);
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // Months from March on have 31, 30, 31, 30, 31 days, again and again.
    365 * year + leap_days + (153 * month + 2) / 5 + i32::from(day.day()) - 693_902
}

/// So many days later, or at the end of the calendar.
fn moved(day: Date, days: i64) -> Date {
    let end = if days < 0 { Date::MIN } else { Date::MAX };
    jiff::Span::new().try_days(days).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(end)
}

#[cfg(test)]
mod tests;
