use proptest::prelude::*;

use super::*;

fn sure(text: &str) -> Option<String> {
    scan(text).and_then(|number| number.sure).map(plain)
}

proptest! {
    #[test]
    fn numbers_of_few_digits_are_read_as_all_are(digits in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0i32..8) {
        let number = digits as f64 / 10f64.powi(scale);
        let shown = rust_decimal::Decimal::from_scientific(&format!("{number:.14e}")).unwrap().normalize();
        let stored = from_stored(number).unwrap();
        prop_assert_eq!((stored, stored.scale()), (shown, shown.scale()));
    }
}

proptest! {
    #[test]
    fn numbers_in_a_text_are_its_runs_of_digits_and_marks(text in "[0-9.,a %è-]{0,16}") {
        let runs = text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',')));
        let numbers = runs.map(|run| run.trim_matches(['.', ','])).filter(|run| !run.is_empty()).filter_map(scan);
        prop_assert_eq!(numbers_in(&text).collect::<Vec<_>>(), numbers.collect::<Vec<_>>());
    }
}

#[test]
fn sure_numbers() {
    use Reading::{English, Italian};
    let table: &[(&str, &str, Option<Reading>)] = &[
        ("3.664.142,24", "3664142.24", Some(Italian)),
        ("1,234.50", "1234.5", Some(English)),
        ("€ 811.100,00", "811100", Some(Italian)),
        ("811.100,00 €", "811100", Some(Italian)),
        ("€811.100,00", "811100", Some(Italian)),
        ("EUR 5", "5", None),
        ("5 euro", "5", None),
        ("Euro 5,5", "5.5", Some(Italian)),
        ("111.681,85-", "-111681.85", Some(Italian)),
        ("(391.296,90)", "-391296.9", Some(Italian)),
        ("-   3,05", "-3.05", Some(Italian)),
        ("− 3,05", "-3.05", Some(Italian)),
        ("– 3,05", "-3.05", Some(Italian)),
        ("+3,6", "3.6", Some(Italian)),
        ("€ -5", "-5", None),
        ("-€ 5", "-5", None),
        ("1'234,50", "1234.5", Some(Italian)),
        ("1’234.50", "1234.5", Some(English)),
        ("1 234,50", "1234.5", Some(Italian)),
        ("1\u{a0}234\u{a0}567", "1234567", None),
        ("1\u{202f}234.5", "1234.5", Some(English)),
        ("1.234.567", "1234567", Some(Italian)),
        ("1,234,567", "1234567", Some(English)),
        ("3,3", "3.3", Some(Italian)),
        ("8.75", "8.75", Some(English)),
        ("1234,567", "1234.567", Some(Italian)),
        ("0.123", "0.123", Some(English)),
        ("0,123", "0.123", Some(Italian)),
        (",123", "0.123", Some(Italian)),
        (".5", "0.5", Some(English)),
        ("12,3456", "12.3456", Some(Italian)),
        ("001", "1", None),
        ("100", "100", None),
        ("0,00", "0", Some(Italian)),
        ("-0", "0", None),
        ("\u{200b}12\u{a0}", "12", None),
        // As a text that the program shows with the mark that made it one; a currency on a line of its own.
        ("'100", "100", None),
        ("'811.100,00", "811100", Some(Italian)),
        ("€\n2.000,00", "2000", Some(Italian)),
    ];
    for (text, value, shows) in table {
        assert_eq!(sure(text).as_deref(), Some(*value), "{text:?}");
        assert_eq!(scan(text).unwrap().shows, *shows, "{text:?}");
    }
}

#[test]
fn undecided_numbers() {
    for (text, decimal, grouped, mark) in
        [("1.234", "1.234", "1234", '.'), ("12,345", "12.345", "12345", ','), ("-123.000", "-123", "-123000", '.')]
    {
        let number = scan(text).unwrap();
        assert!(number.ambiguous() && number.shows.is_none());
        assert_eq!(
            (plain(number.as_decimal), plain(number.as_grouped), number.mark),
            (decimal.into(), grouped.into(), mark)
        );
    }
    let number = scan("1,234").unwrap();
    assert_eq!(plain(number.read(Nature::Amount, None)), "1234");
    assert_eq!(plain(number.read(Nature::Measure, None)), "1.234");
    assert_eq!(plain(number.read(Nature::Amount, Some(Reading::Italian))), "1.234");
    assert_eq!(plain(number.read(Nature::Measure, Some(Reading::English))), "1234");
}

#[test]
fn no_numbers() {
    let table = [
        "",
        " ",
        "-",
        "--",
        "€",
        "()",
        "abc",
        "1E3",
        "1e-5",
        "12.34.56",
        "1.23,4.5",
        "1.23,45,6",
        "12.34,5",
        "1,2,3",
        "1.2345,6",
        "1.",
        "1,",
        "5,-",
        ".",
        ",",
        "1..2",
        "1,,2",
        "- -5",
        "--5",
        "+-5",
        "-5-",
        "(-5)",
        "((5))",
        "(5",
        "5)",
        "€ 5 €",
        "5%",
        "5 gg",
        "1 23",
        "1234 567",
        "1 2345",
        "1' 234",
        "1 234 56,0",
        "12/3",
        "1\n234",
        "0.123.456",
        "0.123,45",
        "١٢",
        "3½",
        "½",
        "1.234.567.890.123.456.789.012.345.678.901",
        "N.C.",
        "∞",
        "NaN",
        "0x10",
        "1_000",
        "2019-12-31",
        "1 234.567,8",
    ];
    for text in table {
        assert_eq!(scan(text), None, "{text:?}");
    }
}

#[test]
fn a_column_shows_its_notation() {
    let column = |texts: &[&str]| {
        let mut evidence = Evidence::default();
        texts.iter().for_each(|text| evidence.add(&scan(text).unwrap()));
        evidence
    };
    let shown = column(&["1.234", "3,5", "7"]);
    assert_eq!((shown.italian, shown.english, shown.undecided), (1, 0, 1));
    assert_eq!((shown.reading(), shown.conflict()), (Some(Reading::Italian), false));
    assert_eq!(column(&["1.234", "3"]).reading(), None);
    assert!(column(&["3,5", "3.5"]).conflict());
    assert_eq!(column(&["3,5", "3.5"]).reading(), None);
    assert_eq!(column(&["3,5", "3.5", "4.5"]).reading(), Some(Reading::English));
}

#[test]
fn stored_numbers() {
    for (stored, expected) in [
        (0.1 + 0.2, "0.3"),
        (1.0 / 3.0, "0.333333333333333"),
        (3_664_142.24, "3664142.24"),
        (1e15, "1000000000000000"),
        (-0.0, "0"),
        (99.1667, "99.1667"),
        (0.072_95, "0.07295"),
        (1e-7, "0.0000001"),
        (0.1 + 0.2 - 0.3, "0.0000000000000000555111512313"),
        (1e-300, "0"),
        (7e28, "70000000000000000000000000000"),
        (1.005, "1.005"),
        (123_456_789_012_345.6, "123456789012346"),
        (2.0_f64.powi(53) + 2.0, "9007199254740990"),
    ] {
        assert_eq!(from_stored(stored).map(plain).as_deref(), Some(expected), "{stored}");
    }
    for stored in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 7.9e28, 1e29, -1e29, f64::MAX] {
        assert_eq!(from_stored(stored), None, "{stored}");
    }
}

#[test]
fn rounding_goes_away_from_zero() {
    let of = |text: &str| scan(text).unwrap().as_decimal;
    for (text, expected) in
        [("2,345", "2.35"), ("2,335", "2.34"), ("-2,345", "-2.35"), ("99,1649", "99.16"), ("-0,004", "0.00")]
    {
        assert_eq!(fixed2(of(text)), expected, "{text}");
    }
    assert_eq!(plain(round_to(of("0,5"), 0)), "1");
    assert_eq!(plain(round_to(of("89,95"), 0)), "90");
    assert_eq!(italian(Decimal::from(1000), 28, true), format!("1.000,{}", "0".repeat(28)));
    assert_eq!(fixed2(Decimal::MAX), format!("{}.00", Decimal::MAX));
}

#[test]
fn italian_notation() {
    let of = |text: &str| scan(text).unwrap().as_decimal;
    for (text, decimals, grouped, expected) in [
        ("3664142,24", 2, true, "3.664.142,24"),
        ("-111681,85", 2, true, "-111.681,85"),
        ("100", 2, true, "100,00"),
        ("999", 0, true, "999"),
        ("1000", 0, true, "1.000"),
        ("1000", 2, false, "1000,00"),
        ("0,005", 2, true, "0,01"),
        ("-0,001", 2, true, "0,00"),
        ("8,75", 1, true, "8,8"),
    ] {
        assert_eq!(italian(of(text), decimals, grouped), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*", near in "[-+€().,' 0-9]{0,24}", stored in any::<f64>(), decimals in 0..40_u32) {
        for text in [text, near] {
            if let Some(number) = scan(&text) {
                let value = number.read(Nature::Amount, None);
                let _ = (fixed2(value), plain(value), italian(value, decimals, true));
            }
        }
        let _ = from_stored(stored);
    }

    #[test]
    fn what_is_shown_is_read_back(cents in -10_000_000_000_000_i64..10_000_000_000_000, grouped in any::<bool>()) {
        let value = Decimal::new(cents, 2);
        prop_assert_eq!(scan(&italian(value, 2, grouped)).and_then(|number| number.sure), Some(value));
        prop_assert_eq!(scan(&fixed2(value)).and_then(|number| number.sure), Some(value));
        prop_assert_eq!(scan(&plain(value)).map(|number| number.as_decimal), Some(value));
    }

    #[test]
    fn stored_numbers_keep_fifteen_digits(stored in -1e12..1e12_f64) {
        let shown: Decimal = Decimal::from_scientific(&format!("{stored:.14e}")).unwrap();
        prop_assert_eq!(from_stored(stored), Some(shown.normalize()));
    }

    #[test]
    fn undecided_texts_have_both_readings(whole in 1..1000_u32, group in 0..1000_u32) {
        let number = scan(&format!("{whole}.{group:03}")).unwrap();
        prop_assert_eq!(number.as_grouped, Decimal::from(whole * 1000 + group));
        prop_assert_eq!(number.as_decimal, Decimal::new(i64::from(whole * 1000 + group), 3));
    }
}
