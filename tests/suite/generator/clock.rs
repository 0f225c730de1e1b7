//! Days between two days, in calendar and working days, computed the plain way: one day at a time.

use jiff::civil::{Date, Weekday, date};

/// A day with a number of days added.
pub fn plus(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("a day of our years")
}

/// Calendar days from one day to another, the first not counted.
pub fn calendar(start: Date, end: Date) -> i64 {
    i64::from(start.until(end).expect("days between").get_days())
}

/// Working days from one day to another, the first not counted.
pub fn working(start: Date, end: Date) -> i64 {
    let (mut day, mut count) = (start, 0);
    while day < end {
        day = plus(day, 1);
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend && !holiday(day) {
            count += 1;
        }
    }
    count
}

fn holiday(day: Date) -> bool {
    const FIXED: &[(i8, i8)] =
        &[(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)];
    FIXED.contains(&(day.month(), day.day())) || day == plus(easter(day.year()), 1)
}

/// Easter by Gauss's rule as Meeus writes it.
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    date(year, month as i8, day as i8)
}

#[test]
fn easter_is_where_the_almanac_says() {
    assert_eq!(easter(2019), date(2019, 4, 21));
    assert_eq!(easter(2024), date(2024, 3, 31));
    // Friday to Monday is one working day; the 25th of April is none.
    assert_eq!(working(date(2019, 3, 1), date(2019, 3, 4)), 1);
    assert_eq!(working(date(2019, 4, 24), date(2019, 4, 26)), 1);
}
