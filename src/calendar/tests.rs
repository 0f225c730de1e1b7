use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// The day that is numbered 0.
const EPOCH: Date = date(1900, 1, 1);

fn lucca() -> Calendar {
    Calendar::new(Some((7, 12)), false, [date(2019, 12, 24), date(2019, 12, 25), date(2019, 12, 28)])
}

#[test]
fn easter_sundays() {
    for (year, month, day) in [
        (1900, 4, 15),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2018, 4, 1),
        (2019, 4, 21),
        (2020, 4, 12),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
        (2199, 4, 14),
    ] {
        assert_eq!(easter(year), Some(date(year, month, day)));
    }
}

#[test]
fn holidays() {
    let calendar = lucca();
    for (month, day) in [
        (1, 1),
        (4, 22),
        (4, 25),
        (5, 1),
        (7, 12),
        (8, 15),
        (11, 1),
        (12, 24),
        (12, 25),
        (12, 26),
        (1, 6),
        (6, 2),
        (12, 8),
    ] {
        assert!(!calendar.is_working(date(2019, month, day)), "{month}/{day}");
    }
    for (month, day) in [(1, 2), (4, 23), (12, 23), (12, 31), (10, 4)] {
        assert!(calendar.is_working(date(2019, month, day)), "{month}/{day}");
    }
    assert!(calendar.is_working(date(2024, 10, 4)));
    assert!(!calendar.is_working(date(2027, 10, 4)));
    assert!(!calendar.is_working(date(2019, 3, 16)));
    assert!(Calendar::new(None, true, []).is_working(date(2019, 3, 16)));
    assert!(Calendar::new(Some((2, 30)), false, []).is_working(date(2019, 2, 28)));
    assert!(!calendar.is_working(date(2301, 1, 1)) && !calendar.is_working(date(1801, 1, 1)));
}

#[test]
fn days_of_2019() {
    let calendar = Calendar::new(None, false, []);
    assert_eq!(calendar.days_between(date(2018, 12, 31), date(2019, 12, 31), false), 365);
    // 261 weekdays less 1/1, 22/4, 25/4, 1/5, 15/8, 1/11, 25/12, 26/12.
    assert_eq!(calendar.days_between(date(2018, 12, 31), date(2019, 12, 31), true), 253);
    assert_eq!(calendar.days_between(date(2019, 3, 18), date(2019, 3, 18), true), 0);
    assert_eq!(calendar.days_between(date(2019, 3, 22), date(2019, 3, 25), true), 1);
    assert_eq!(calendar.days_between(date(2019, 3, 25), date(2019, 3, 22), true), -1);
    assert_eq!(calendar.days_between(date(2019, 3, 25), date(2019, 3, 22), false), -3);
}

#[test]
fn adding_days() {
    let calendar = lucca();
    let table = [
        (date(2019, 3, 22), 1, true, date(2019, 3, 25)),
        (date(2019, 3, 23), 1, true, date(2019, 3, 25)),
        (date(2019, 3, 22), 0, true, date(2019, 3, 22)),
        (date(2019, 3, 24), 0, true, date(2019, 3, 24)),
        (date(2019, 3, 25), -1, true, date(2019, 3, 22)),
        (date(2019, 3, 24), -1, true, date(2019, 3, 22)),
        (date(2019, 12, 23), 1, true, date(2019, 12, 27)),
        (date(2019, 12, 31), 30, false, date(2020, 1, 30)),
        (date(2019, 3, 1), -1, false, date(2019, 2, 28)),
    ];
    for (start, days, working, expected) in table {
        assert_eq!(calendar.add(start, days, working), expected, "{start} {days}");
    }
    for days in [i32::MAX, i32::MIN] {
        for working in [true, false] {
            let end = if days > 0 { Date::MAX } else { Date::MIN };
            assert_eq!(calendar.add(date(2019, 1, 1), days, working), end);
        }
    }
}

#[test]
fn days_are_numbered_from_the_epoch() {
    let mut day = date(1895, 12, 31);
    while day.year() < 2105 {
        assert_eq!(i64::from(number(day)), day.duration_since(EPOCH).as_hours() / 24, "{day}");
        day = moved(day, 1);
    }
    for day in [Date::MIN, date(-400, 2, 29), date(-1, 12, 31), date(0, 3, 1), date(4, 2, 29), Date::MAX] {
        assert_eq!(i64::from(number(day)), day.duration_since(EPOCH).as_hours() / 24, "{day}");
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (-4_000..120_000_i64).prop_map(|days| moved(EPOCH, days))
}

proptest! {
    #[test]
    fn counting_is_adding_day_by_day(start in any_day(), length in 0..900_i64, saturday in any::<bool>()) {
        let calendar = Calendar::new(Some((7, 12)), saturday, [date(2019, 12, 24)]);
        let end = moved(start, length);
        let counted = (1..=length).filter(|days| calendar.is_working(moved(start, *days))).count();
        prop_assert_eq!(calendar.days_between(start, end, true), i32::try_from(counted).unwrap());
        prop_assert_eq!(calendar.days_between(end, start, true), -i32::try_from(counted).unwrap());
        prop_assert_eq!(i64::from(calendar.days_between(start, end, false)), length);
    }

    #[test]
    fn adding_lands_on_a_working_day(start in any_day(), days in 1..600_i32) {
        let calendar = lucca();
        let end = calendar.add(start, days, true);
        prop_assert!(calendar.is_working(end));
        prop_assert_eq!(calendar.days_between(start, end, true), days);
        let before = calendar.add(start, -days, true);
        prop_assert!(calendar.is_working(before));
        prop_assert_eq!(calendar.days_between(before, moved(start, -1), true), days - 1);
    }
}
