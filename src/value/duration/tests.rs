use proptest::prelude::*;

use super::*;
use crate::value::number::plain;

const HOURS: Clock = Clock { unit: Unit::Hours, ..Clock::DAYS };
const MINUTES: Clock = Clock { unit: Unit::Minutes, ..Clock::DAYS };

fn span(text: &str, clock: Clock) -> Option<Span> {
    match parse(text, clock, None) {
        Some(Measure::Span(span)) => Some(span),
        _ => None,
    }
}

#[test]
fn days() {
    let table = [
        ("25 gg.", "25"),
        ("5gg.", "5"),
        ("5gg", "5"),
        ("gg. 30", "30"),
        ("gg 30", "30"),
        ("gg.30", "30"),
        ("n. 5 giorni", "5"),
        ("n.5 gg", "5"),
        ("n° 5 gg.", "5"),
        ("entro 3 gg", "3"),
        ("Entro 3 gg.", "3"),
        ("entro il termine di 30 giorni", "30"),
        ("max 10 gg", "10"),
        ("max. 10 gg", "10"),
        ("massimo 10 giorni", "10"),
        ("tempo massimo 10 giorni", "10"),
        ("non oltre 5 gg", "5"),
        ("≤ 5 gg", "5"),
        ("<= 5 gg", "5"),
        ("< 5 gg", "5"),
        ("meno di 5 gg", "5"),
        ("Nei 3 gg lavorativi", "3"),
        ("nei 30gg", "30"),
        ("Media 5 gg", "5"),
        ("media: 5 gg", "5"),
        ("in media 5 gg", "5"),
        ("mediamente 5 gg", "5"),
        ("4 gg di media", "4"),
        ("0,6 gg di media", "0.6"),
        ("5 gg medi", "5"),
        ("tempo medio giorni 8,75", "8.75"),
        ("tempo medio 8,75 giorni", "8.75"),
        ("giorni medi 8,75", "8.75"),
        ("tempo medio di rilascio: 5 gg", "5"),
        ("tempo medio di lavorazione camerale gg. 3,3", "3.3"),
        ("Tempo medio: 3.3 gg", "3.3"),
        ("1 giorno", "1"),
        ("1 g.", "1"),
        ("g. 1", "1"),
        ("3,3 gg.", "3.3"),
        ("3", "3"),
        ("3,5", "3.5"),
        ("0", "0"),
        (".5 gg", "0.5"),
        ("4 gg. dalla data di presentazione", "4"),
        ("171 gg.", "171"),
        ("30 gg dal ricevimento dell’istanza", "30"),
        ("15 gg dalla richiesta se corredata dalle autorizzazioni", "15"),
        ("2 settimane", "14"),
        ("1 settimana", "7"),
        ("2 mesi", "60"),
        ("entro 1 mese", "30"),
        ("1 anno", "365"),
        ("5 anni", "1825"),
        ("tre giorni", "3"),
        ("entro trenta giorni", "30"),
        ("entro e non oltre 30 gg.", "30"),
        ("entro e non oltre i 30 giorni", "30"),
        ("entro e non oltre il termine di 30 giorni", "30"),
        ("non superiore a 20 gg", "20"),
        ("tempo non superiore ai 20 giorni", "20"),
        ("inferiore a 20 giorni", "20"),
        ("inferiore o uguale a 20 giorni", "20"),
        ("1 giornata", "1"),
        ("2 giornate lavorative", "2"),
        ("un giorno", "1"),
        ("30 gg*", "30"),
        ("24 ore", "1"),
        ("a 30 gg. dalla data di protocollo", "30"),
        ("Da 30 a 120 giorni.", "120"),
        ("30-60 gg", "60"),
        ("30 – 60 gg", "60"),
        ("tra 5 e 10 gg", "10"),
        ("da 30 gg a 120 gg", "120"),
        ("dai 5 ai 10 gg", "10"),
        ("5 a 10 gg", "10"),
        ("30 gg. (25 gg con notifiche PEC*)", "30"),
        ("30 gg. (25 con notifiche PEC)", "30"),
        ("30 gg (salvo proroghe)", "30"),
        ("5 (giorni)", "5"),
        ("3 gg. (media)", "3"),
        ("entro le 24 ore", "1"),
        ("30 (trenta) giorni", "30"),
        ("entro i termini di 30 gg", "30"),
        ("Tempo massimo da presentazione domanda 25 gg", "25"),
        ("entro la giornata", "0"),
        ("10 giorni naturali consecutivi", "10"),
        ("gg. lav. 3", "3"),
        ("1.234 gg", "1.234"),
        ("a vista", "0"),
        ("A VISTA", "0"),
        ("immediato", "0"),
        ("immediata", "0"),
        ("immediatamente", "0"),
        ("in tempo reale", "0"),
        ("contestuale", "0"),
        ("contestualmente", "0"),
        ("contestuale alla richiesta", "0"),
        ("in giornata", "0"),
        ("stesso giorno", "0"),
        ("rilascio immediato", "0"),
        ("rilascio a vista", "0"),
        ("immediato (allo sportello)", "0"),
    ];
    for (text, days) in table {
        assert_eq!(span(text, Clock::DAYS).map(|span| plain(span.days())).as_deref(), Some(days), "{text:?}");
    }
}

#[test]
fn hours() {
    let table = [
        ("24 ore", "24"),
        ("24h", "24"),
        ("24 h", "24"),
        ("24 h.", "24"),
        ("ore 36", "36"),
        ("1 ora", "1"),
        ("36:00", "36"),
        ("36:30 ore", "36.5"),
        ("36:00:00", "36"),
        ("15 minuti", "0.25"),
        ("15 min", "0.25"),
        ("15 min.", "0.25"),
        ("36", "36"),
        ("1 ora e 30 minuti", "1.5"),
        ("2 ore 15 min", "2.25"),
        ("2 gg", "48"),
        ("entro 48 ore", "48"),
        ("5 (ore)", "5"),
    ];
    for (text, hours) in table {
        assert_eq!(span(text, HOURS).map(|span| plain(span.hours())).as_deref(), Some(hours), "{text:?}");
    }
    assert_eq!(span("30", MINUTES).map(|span| (span.unit, plain(span.hours()))), Some((Unit::Hours, "0.5".to_owned())));
    assert_eq!(span("36:00", Clock::DAYS), None);
    assert_eq!(span("36:75", HOURS), None);
}

#[test]
fn what_a_span_remembers() {
    for (text, working) in [
        ("3 gg lavorativi", Some(true)),
        ("30 gg lav.", Some(true)),
        ("30 gg. lavorativi", Some(true)),
        ("30 gg (lavorativi)", Some(true)),
        ("30 (giorni lavorativi)", Some(true)),
        ("10 giorni naturali consecutivi", Some(false)),
        ("10 giorni naturali e consecutivi", Some(false)),
        ("10 gg solari", Some(false)),
        ("10 gg di calendario", Some(false)),
        ("10 gg", None),
        ("10", None),
        ("3 gg lavorativi dalla richiesta", Some(true)),
        ("10 gg dalla data (lavorativi)", Some(true)),
    ] {
        assert_eq!(span(text, Clock::DAYS).unwrap().working, working, "{text:?}");
    }
    assert!(span("3 gg", HOURS).unwrap().stated);
    let bare = span("3", HOURS).unwrap();
    assert!(!bare.stated && bare.unit == Unit::Hours);
    let range = span("Da 30 a 120 giorni", Clock::DAYS).unwrap();
    assert_eq!(range.lower().map(plain).as_deref(), Some("30"));
    let main = span("30 gg. (25 gg con notifiche PEC*)", Clock::DAYS).unwrap();
    assert_eq!(main.more.unwrap().alternative.as_deref(), Some("25 gg con notifiche PEC*"));
    let italian = parse("1.234 gg", Clock::DAYS, Some(Reading::Italian));
    assert!(matches!(italian, Some(Measure::Span(span)) if plain(span.days()) == "1234"));
}

#[test]
fn verdicts() {
    let table = [
        ("Sempre disponibile, nell’ambito della vigenza temporale Regolamento", Measure::Always),
        ("sempre disponibile", Measure::Always),
        ("24 ore su 24", Measure::Always),
        ("H24", Measure::Always),
        ("nei termini", Measure::Within),
        ("Nei termini.", Measure::Within),
        ("entro i termini", Measure::Within),
        ("entro i termini di legge", Measure::Within),
        ("rispettato", Measure::Within),
        ("rispettati i termini", Measure::Within),
        ("termini rispettati", Measure::Within),
        ("entro i termini previsti dal regolamento", Measure::Within),
        ("fuori termine", Measure::Beyond),
        ("oltre i termini", Measure::Beyond),
        ("non rispettato", Measure::Beyond),
        ("oltre il termine", Measure::Beyond),
        ("non rispettati i termini", Measure::Beyond),
        ("FUORI TERMINE", Measure::Beyond),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text, Clock::DAYS, None), Some(expected), "{text:?}");
    }
}

#[test]
fn shares() {
    let table = [
        ("95%", "95"),
        ("almeno 95%", "95"),
        ("almeno il 95%", "95"),
        (">= 95%", "95"),
        ("≥95%", "95"),
        ("95,5 %", "95.5"),
        ("95% delle pratiche entro 5 gg", "95"),
        ("nel 95% dei casi", "95"),
        ("non meno del 95%", "95"),
        ("100%", "100"),
        ("non inferiore al 95%", "95"),
        ("min. 95%", "95"),
        ("95% (entro 5 gg)", "95"),
        ("100% nei termini", "100"),
        ("95% delle pratiche entro 5 gg lavorativi dalla richiesta", "95"),
    ];
    for (text, share) in table {
        let read = parse(text, Clock::DAYS, None);
        assert!(matches!(read, Some(Measure::Share(value)) if plain(value) == share), "{text:?}: {read:?}");
    }
}

#[test]
fn refused() {
    let table = [
        "",
        "-",
        "N.C.",
        "allo sportello",
        "3 gg per 2 pratiche e 5 gg per le altre",
        "3 gg e 5 gg",
        "3/5 gg",
        "-3 gg",
        "- 3",
        "−3",
        "-5%",
        "oltre 5 gg",
        "> 5 gg",
        "almeno 5 gg",
        "almeno 5 gg prima",
        "5 gg prima",
        "5 gg di ritardo",
        "3 gg oltre il termine",
        "circa 5 gg",
        "5 gg circa",
        "quasi immediato",
        "non immediato",
        "immediato o 5 gg",
        "a vista o entro due giorni",
        "entro il 31/12",
        "entro il 31",
        "entro il 30 giugno",
        "entro 30 giugno",
        "n. 5",
        "5 pratiche",
        "5 casi in 3 gg",
        "da 5 gg",
        "tra 5 gg",
        "120-30 gg",
        "30 gg 60",
        "30 gg. 60 gg.",
        "gg 30 gg",
        "gg. 30 ore",
        "da 30 ore a 2 giorni",
        "3 ore 5",
        "3 gg 2 ore",
        "3 gg lavorativi naturali",
        "2 mesi lavorativi",
        "3½ gg",
        "30² gg",
        "1h30",
        "h 5",
        "min 5",
        "2019-12-31",
        "31/12/2019",
        "18 marzo",
        "5 gg (non rispettato)",
        "(5 gg)",
        "5 gg (3) (2)",
        "5 gg)",
        "5 gg ((3))",
        "95% e 5%",
        "95% e 3 gg",
        "100% (5 gg)",
        "5% oltre i termini",
        "95% non evase",
        "max 5%",
        "superiore a 20 gg",
        "entro e oltre 30 gg",
        "mezza giornata",
        "<5%",
        "> 95%",
        "non sempre nei termini",
        "nei termini (3 gg)",
        "rispettato in parte",
        "parzialmente rispettato",
        "rispettato 90",
        "sempre disponibile non garantito",
        "30 gg dalla data, due mesi dopo",
        "30 gg dalla data, 60 se straniero",
        "tempo medio",
        "gg.",
        "giorni",
        "1.2.3 gg",
        "1E3 gg",
        "5 x 3 gg",
        "3 gg + 2",
        "3 / 5",
        "tempo medio del 2019 5 gg",
        "5 + 5 gg",
        "5,5,5 gg",
        "999999999999 gg",
        "79228162514264337593543950335 anni",
        "€ 5",
        "3:30:99 ore",
        "5 gg invece di 3",
        "3 gg anziché 5",
        "nessuna richiesta",
        "in corso",
        "5 gg. rispettato",
        "10 gg lavorativi dal ricevimento (naturali)",
        "10 gg dal primo giorno lavorativo utile",
        "30 (venti) giorni",
        "3 gg (media 5)",
        "a vista (5 gg per i certificati storici)",
        "5 gg. - a vista",
        "60'",
        "60’",
        "5''",
        "5″",
    ];
    for text in table {
        assert_eq!(parse(text, Clock::DAYS, None), None, "{text:?}");
    }
}

#[test]
fn clocks_of_headers() {
    let table = [
        ("Valore rilevato (giorni lavorativi)", Some((Unit::Days, 1, Some(true)))),
        ("Tempo (gg lav.)", Some((Unit::Days, 1, Some(true)))),
        ("Valore rilevato (ore)", Some((Unit::Hours, 1, None))),
        ("gg.", Some((Unit::Days, 1, None))),
        ("(giorni)", Some((Unit::Days, 1, None))),
        ("Standard (h)", Some((Unit::Hours, 1, None))),
        ("Standard (min.)", Some((Unit::Minutes, 1, None))),
        ("Standard (settimane)", Some((Unit::Days, 7, None))),
        ("Standard (mesi)", Some((Unit::Days, 30, None))),
        ("Rilevato negli ultimi 12 mesi", None),
        ("Standard (gg/ore)", None),
        ("Standard (giorni di calendario)", Some((Unit::Days, 1, Some(false)))),
        ("Tempo in minuti", Some((Unit::Minutes, 1, None))),
        ("Valore programmato", None),
        ("giorni o ore", None),
        ("", None),
        ("Termine (gg) / Giorni", Some((Unit::Days, 1, None))),
        ("giorni naturali", Some((Unit::Days, 1, Some(false)))),
    ];
    for (text, expected) in table {
        assert_eq!(
            header_clock(text),
            expected.map(|(unit, times, working)| Clock { unit, times, working }),
            "{text:?}"
        );
    }
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*", near in "(gg|ore|entro|da|a|e|non|%|[-<≤(). ,:0-9]|min|di| ){0,14}") {
        for clock in [Clock::DAYS, HOURS, MINUTES] {
            for text in [&text, &near] {
                if let Some(Measure::Span(span)) = parse(text, clock, None) {
                    prop_assert!(span.amount >= Decimal::ZERO && span.unit != Unit::Minutes);
                    let _ = (span.days(), span.hours());
                }
            }
        }
        let _ = header_clock(&text);
    }

    #[test]
    fn days_are_read_back(tenths in 0..50_000_i64) {
        let value = Decimal::new(tenths, 1);
        for text in [format!("{value} gg."), format!("entro {value}gg").replace('.', ","), format!("gg {value}")] {
            prop_assert_eq!(span(&text, HOURS).map(|span| span.days()), Some(value.normalize()));
        }
    }

    #[test]
    fn a_second_figure_is_never_dropped(first in 1..400_u32, word in "(per|con|ogni|oppure|salvo|dalla data)", second in 1..400_u32) {
        let text = format!("{first} gg {word} {second}");
        prop_assert_eq!(parse(&text, Clock::DAYS, None), None);
    }
}
