use proptest::prelude::*;

use super::*;
use crate::value::duration::Unit;
use crate::value::number::plain;

#[test]
fn bounds() {
    use Op::{AtLeast, AtMost, Equal, Less, More};
    let table = [
        ("< 5%", Less, "5", true),
        ("<5%", Less, "5", true),
        ("<= 5%", AtMost, "5", true),
        ("≤ 5", AtMost, "5", false),
        ("≥ 80%", AtLeast, "80", true),
        (">= 80 %", AtLeast, "80", true),
        ("> 3", More, "3", false),
        ("almeno 80%", AtLeast, "80", true),
        ("almeno il 90%", AtLeast, "90", true),
        ("non meno di 3", AtLeast, "3", false),
        ("non inferiore a 3", AtLeast, "3", false),
        ("non inferiore all’80%", AtLeast, "80", true),
        ("minimo 3", AtLeast, "3", false),
        ("min. 3", AtLeast, "3", false),
        ("massimo 5", AtMost, "5", false),
        ("max 5", AtMost, "5", false),
        ("non superiore a 5", AtMost, "5", false),
        ("non superiore al 10%", AtMost, "10", true),
        ("non più di 5", AtMost, "5", false),
        ("meno del 5%", Less, "5", true),
        ("più di 3", More, "3", false),
        ("superiore a 3", More, "3", false),
        ("= 5", Equal, "5", false),
        ("pari al 100%", Equal, "100", true),
        ("100%", AtLeast, "100", true),
        ("3", AtLeast, "3", false),
        ("37,03", AtLeast, "37.03", false),
        ("2 eventi", AtLeast, "2", false),
        ("n. 2 iniziative", AtLeast, "2", false),
        ("almeno due eventi", AtLeast, "2", false),
        ("almeno n. 3 incontri", AtLeast, "3", false),
        ("due eventi", AtLeast, "2", false),
        ("100% degli uffici", AtLeast, "100", true),
        ("almeno 3 incontri/eventi", AtLeast, "3", false),
    ];
    for (text, op, value, percent) in table {
        let goal = parse(text, None);
        let Some(Goal::Compare { op: found, amount }) = goal else { panic!("{text:?}: {goal:?}") };
        assert_eq!((found, plain(amount.value).as_str(), amount.percent), (op, value, percent), "{text:?}");
        assert_eq!(amount.span, None, "{text:?}");
    }
}

#[test]
fn terms() {
    let table = [
        ("entro 10 gg", Op::AtMost, "10", Unit::Days),
        ("10 gg", Op::AtMost, "10", Unit::Days),
        ("massimo 10 giorni", Op::AtMost, "10", Unit::Days),
        ("≤ 5 gg", Op::AtMost, "5", Unit::Days),
        ("< 24 ore", Op::Less, "24", Unit::Hours),
        ("almeno 5 gg prima", Op::AtLeast, "5", Unit::Days),
        ("almeno 5 gg prima della riunione", Op::AtLeast, "5", Unit::Days),
        ("almeno 5 gg di anticipo", Op::AtLeast, "5", Unit::Days),
        ("entro 30 gg dalla data di protocollo", Op::AtMost, "30", Unit::Days),
        ("non oltre 5 gg lavorativi", Op::AtMost, "5", Unit::Days),
    ];
    for (text, op, value, unit) in table {
        let goal = parse(text, None);
        let Some(Goal::Compare { op: found, amount }) = goal else { panic!("{text:?}: {goal:?}") };
        let span = amount.span.as_ref().unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!((found, plain(amount.value).as_str(), span.unit), (op, value, unit), "{text:?}");
    }
}

#[test]
fn directions() {
    let table = [
        ("incremento", Goal::Increase),
        ("Aumento", Goal::Increase),
        ("mantenimento", Goal::NotBelow),
        ("incremento/mantenimento", Goal::NotBelow),
        ("mantenimento/incremento", Goal::NotBelow),
        ("mantenimento o incremento", Goal::NotBelow),
        ("Incremento / mantenimento rispetto al 2018", Goal::NotBelow),
        ("incremento rispetto all’anno precedente", Goal::Increase),
        ("riduzione", Goal::Decrease),
        ("diminuzione", Goal::Decrease),
        ("riduzione/mantenimento", Goal::NotAbove),
    ];
    for (text, goal) in table {
        assert_eq!(parse(text, None), Some(goal), "{text:?}");
    }
}

#[test]
fn no_goals() {
    let table = [
        "",
        "-",
        "entro il 31/12",
        "entro il 31",
        "entro febbraio",
        "si",
        "incremento del 5%",
        "incremento/riduzione",
        "entro 5 gg prima",
        "da 5 a 10",
        "da 5 a 10 gg",
        "5 o 6 eventi",
        "-5",
        "> -5%",
        "80% e 90%",
        "relazione",
        "n. 5%",
        "almeno",
        "<",
        "< 5% > 3%",
        "5 gg prima",
        "almeno 5 gg e 3 eventi",
        "rispetto al 2018",
        "2 eventi in meno",
        "entro 31 dicembre",
        "entro 31 dic.",
        "non superiore al 2018",
        "≥ 2018",
        "2/5",
        "miglioramento",
    ];
    for text in table {
        assert_eq!(parse(text, None), None, "{text:?}");
    }
}

#[test]
fn counts() {
    let table = [
        ("almeno 4 su 5", Some(4)),
        ("almeno 4 dei 5 target definiti", Some(4)),
        ("almeno n. 4 dei 5", Some(4)),
        ("rispetto tempistica definita per almeno 4 dei 5 target definiti", Some(4)),
        ("almeno quattro dei cinque target", Some(4)),
        ("almeno 3 target", Some(3)),
        ("almeno 80%", None),
        ("almeno 5 gg prima", None),
        ("almeno il 90% degli obiettivi", None),
        ("4 su 5", None),
        ("almeno", None),
        ("almeno 4,5 su 5", None),
        ("almeno due azioni", Some(2)),
        ("almeno 3 attività su 4", Some(3)),
        ("Realizzazione di almeno 3 azioni", Some(3)),
        ("almeno 3 interventi/requisiti", Some(3)),
        ("almeno 3 punti", Some(3)),
        ("almeno 3 (tre) azioni", Some(3)),
        ("target: almeno 3", Some(3)),
        ("Qualità (almeno 3 azioni su 4)", Some(3)),
        ("almeno 3.", Some(3)),
        ("almeno un report", None),
        ("almeno 3 giorni", None),
        ("almeno 3 ore", None),
        ("almeno 2 mesi", None),
        ("almeno 3 volte l’anno", None),
        ("almeno 80 %", None),
        ("almeno 80 per cento", None),
        ("almeno 3 punti percentuali", None),
        ("almeno 500 euro", None),
        ("almeno € 500", None),
        ("almeno 500 €", None),
        ("almeno 2018", None),
        ("almeno 0 su 5", None),
        ("almeno 99999999999 su 5", None),
    ];
    for (text, expected) in table {
        assert_eq!(at_least_count(text).map(|least| least.count), expected, "{text:?}");
    }
}

#[test]
fn meeting_a_goal() {
    let table = [
        ("< 5%", "4.39", None, Some(true)),
        ("< 5%", "5", None, Some(false)),
        ("≤ 5", "5", None, Some(true)),
        ("> 3", "3", None, Some(false)),
        ("almeno 80%", "80", None, Some(true)),
        ("= 5", "5", None, Some(true)),
        ("entro 10 gg", "11", None, Some(false)),
        ("almeno 5 gg prima", "7", None, Some(true)),
        ("incremento", "3", Some("3"), Some(false)),
        ("incremento", "3", None, None),
        ("incremento/mantenimento", "36.44", Some("37.03"), Some(false)),
        ("incremento/mantenimento", "84.65", Some("84.41"), Some(true)),
        ("riduzione", "2", Some("3"), Some(true)),
        ("riduzione/mantenimento", "3", Some("3"), Some(true)),
    ];
    for (text, actual, last, met) in table {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(parse(text, None).unwrap().met(number(actual), last.map(number)), met, "{text:?} {actual}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*", near in "(almeno|entro|<|>=|%|n\\.|su|dei|gg|prima|[0-9,. ]| ){0,12}") {
        for text in [text, near] {
            let _ = at_least_count(&text);
            if let Some(goal) = parse(&text, None) {
                let _ = goal.met(Decimal::ONE, Some(Decimal::ONE));
            }
        }
    }

    #[test]
    fn bounds_are_read_back(value in 0..100_000_i64) {
        let value = Decimal::new(value, 2);
        let goal = parse(&format!("≥ {value}%"), None).unwrap();
        prop_assert_eq!(goal.met(value, None), Some(true));
        prop_assert_eq!(goal.met(value - Decimal::new(1, 2), None), Some(false));
    }
}
