use proptest::prelude::*;

use super::*;

#[test]
fn not_assessed() {
    let table = [
        "N.C.",
        "n.c.",
        "NC",
        "N.C",
        "nc.",
        "N. C.",
        "n.d.",
        "ND",
        "n/d",
        "n.v.",
        "n.a.",
        "N/A",
        "(n.d.)",
        "non valutabile",
        "Non Valutabili",
        "non calcolabile",
        "non valutato",
        "non valutata",
        "non disponibile",
        "non rilevato",
        "non rilevabile",
        "dato non disponibile",
        "non applicabile",
        "-",
        "--",
        "—",
        "–",
        "=",
        "///",
        "- -",
        "/",
        "___",
        "non valutabile per mancanza di dati",
    ];
    for text in table {
        assert_eq!(reason(text), Some(Reason::NotAssessed), "{text:?}");
    }
}

#[test]
fn no_cases() {
    let table = [
        "nessuna richiesta",
        "Nessuna richiesta.",
        "nessun caso",
        "nessuna pratica",
        "nessuna istanza pervenuta",
        "0 richieste",
        "nessuno",
        "Nessuna",
        "non pervenute richieste",
        "non sono pervenute richieste",
        "nessuna richiesta nel 2019",
        "nessuna richiesta pervenuta nell’anno 2019",
        "zero richieste",
        "n. 0 richieste",
        "nessun reclamo ricevuto",
        "nessuna domanda presentata",
        "N.C. - nessuna richiesta",
        "n.c. (nessun caso)",
        "nessuna richiesta di accesso",
        "non ci sono state richieste",
        "nessuna  RICHIESTA\n",
    ];
    for text in table {
        assert_eq!(reason(text), Some(Reason::NoCases), "{text:?}");
    }
}

#[test]
fn suspended_and_in_progress() {
    for text in ["sospeso", "Sospesa", "SOSPESI", "attività sospesa", "sospeso per emergenza", "N.C. - sospeso"] {
        assert_eq!(reason(text), Some(Reason::Suspended), "{text:?}");
    }
    for text in [
        "In corso",
        "in corso.",
        "in corso di realizzazione",
        "ancora in corso",
        "in corso di svolgimento",
        "in itinere",
    ] {
        assert_eq!(reason(text), Some(Reason::InProgress), "{text:?}");
    }
}

#[test]
fn counted() {
    let table = [
        "",
        " ",
        "0",
        "100",
        "100%",
        "in corso (50%)",
        "in corso 50",
        "nessun ritardo",
        "nessuno scostamento",
        "nessun errore",
        "nessuna richiesta evasa",
        "nessuna pratica in ritardo",
        "nessuna richiesta oltre i termini",
        "nessun caso 95%",
        "10 richieste",
        "non rispettato",
        "sospeso il 15%",
        "sospeso e poi ripreso",
        "in corso d’anno 3 gg",
        "n.c. 100%",
        "nazionale",
        "ncc",
        "nd2",
        "-5",
        "- 3",
        "non valutabile 100",
        "#N/D",
        "#N/A",
        "non disponibile online",
        "a vista",
        "nessuna richiesta, 3 gg",
        "naturalmente",
        "in corso di validità 2",
        "…",
        "N.C. 100",
        "nv 5",
        "non pervenuto",
        "nessuna richiesta non evasa",
    ];
    for text in table {
        assert_eq!(reason(text), None, "{text:?}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*", near in "[-=/.ncdv 0-9%()]{0,12}") {
        let _ = (reason(&text), reason(&near));
    }

    #[test]
    fn a_percentage_is_never_dropped(before in "[a-z. ]{0,12}", value in 0..=100_u8) {
        let text = format!("{before} {value}%");
        prop_assert_eq!(reason(&text), None);
    }

    #[test]
    fn a_figure_is_never_dropped(value in 1..10_000_u32) {
        prop_assert_eq!(reason(&value.to_string()), None);
        let text = format!("in corso {value}");
        prop_assert_eq!(reason(&text), None);
    }
}
