use proptest::prelude::*;

use super::*;
use crate::value::number::plain;

fn score(text: &str) -> Option<(String, Option<String>, bool)> {
    match scan(text) {
        Some(Percent::Score { number, rounded, signed }) => {
            Some((plain(number.as_decimal), rounded.map(|rounded| plain(rounded.as_decimal)), signed))
        }
        _ => None,
    }
}

#[test]
fn scores() {
    let table = [
        ("99,72%", "99.72", true),
        ("99.72%", "99.72", true),
        ("99.72 %", "99.72", true),
        ("100%", "100", true),
        ("90", "90", false),
        ("100,00", "100", false),
        ("99,8", "99.8", false),
        ("Risult. 50%", "50", true),
        ("Risult.50%", "50", true),
        ("presentate il 18/3 100%", "100", true),
        ("100 per cento", "100", true),
        ("100 perc.", "100", true),
        ("100% - 100%", "", true),
        ("100%; confermato 100%", "100", true),
        ("100\u{a0}%", "100", true),
        ("realizzato: 95%", "95", true),
        ("riduzione dei tempi: raggiunta al 100%", "100", true),
        ("raggiungimento del 95%", "95", true),
        ("salito al 95%", "95", true),
        ("95% in aumento", "95", true),
        ("100% di quanto previsto", "100", true),
        ("95% (non dovuto il resto)", "95", true),
        ("=75%", "75", true),
        ("0%", "0", true),
        ("100％", "100", true),
    ];
    for (text, value, signed) in table {
        let expected = (!value.is_empty()).then(|| (value.to_owned(), None, signed));
        assert_eq!(score(text), expected, "{text:?}");
    }
}

#[test]
fn rounded_scores() {
    for text in [
        "89.95% arrotondato a 90%",
        "89,95% (arrotondato al 90%)",
        "89,95% arrotondata a 90",
        "89.95%, arrotondato 90 %",
    ] {
        assert_eq!(score(text), Some(("89.95".to_owned(), Some("90".to_owned()), true)), "{text:?}");
    }
}

#[test]
fn reports() {
    let table = [
        "+3,6%",
        "- 3.05%",
        "−7%",
        "-7%",
        "+3,6",
        "-7",
        "(7)",
        "10-20%",
        "± 5%",
        "> 90%",
        "≥ 80%",
        "<5%",
        "almeno 80%",
        "oltre il 90%",
        "circa 95%",
        "aumento del 5%",
        "riduzione pari al 3%",
        "ridotto del 10%",
        "cresciuti del 12%",
        "2% in meno",
        "2% in più rispetto al 2018",
        "calo del 3%",
        "tempi ridotti in media del 10%",
        "riduzione dei tempi del 10%",
        "mancato raggiungimento del 20%",
        "50% e 60%",
        "95/100%",
        "1 050%",
        "n. 3 100%",
        "4.39% / 36.44% / 18.73% / 84.65% / Risult. 50%",
        "1.2.3%",
        "A50%",
        "2016: 3.664.142,24; 2017: 3.552.460,39 - 3.05%; 2018: 3.405.605,76 - 7.06%; 2019: 3.272.845,34 - 10.68%",
    ];
    for text in table {
        assert_eq!(scan(text), Some(Percent::Report), "{text:?}");
    }
}

#[test]
fn no_percentages() {
    for text in [
        "",
        "In corso",
        "N.C.",
        "relazione presentata il 18/3",
        "5 gg",
        "€ 90",
        "90 punti",
        "%",
        "% di realizzo",
        "90 su 100",
    ] {
        assert_eq!(scan(text), None, "{text:?}");
    }
}

proptest! {
    #[test]
    fn prose_is_no_percentage(text in "(PER|per|p\\.|P\\.|cento|CENTO|c\\.|C\\.|%|7| |e|P)*") {
        if is_prose(&text) {
            prop_assert!(!spelled(&text).contains('%') && alone(&spelled(&text)).is_none());
        }
    }

    #[test]
    fn never_panics(text in "\\PC*", near in "[-+%<>/.,'() 0-9a-e]{0,24}") {
        let _ = (scan(&text), scan(&near));
    }

    #[test]
    fn one_percentage_is_a_score(hundredths in 0..=10_000_i64) {
        let value = rust_decimal::Decimal::new(hundredths, 2);
        for text in [format!("{value}%"), format!("{value} %").replace('.', ","), format!("risultato {value}%")] {
            prop_assert_eq!(score(&text), Some((plain(value), None, true)));
        }
    }
}
