use proptest::prelude::*;

use super::*;

#[test]
fn spellings_of_one_word() {
    let table: &[&[&str]] = &[
        &["UNITA' ", "unità", "Unita’", "UNITÀ.", "unita`", "  unità ;"],
        &["dell’Ente", "dell'ente", "dell`ente", "DELL´ENTE", "dell' ente"],
        &["2018–2019", "2018-2019", "2018—2019", "2018−2019"],
        &["tempo\u{a0}medio", "tempo medio", "Tempo\n medio", "tempo\u{2009}medio", "tempo   medio…"],
        &["pro\u{ad}cesso", "processo", "pro\u{200b}cesso", "\u{feff}Processo:"],
        &["sì", "si'", "SI’", "Sì."],
        &["“Carta”", "\"carta\"", "«carta»"],
        &["perche'", "perché", "PERCHÈ"],
        &["n.º 3", "N.° 3"],
        &["ﬁrma", "firma"],
    ];
    for group in table {
        for text in *group {
            assert_eq!(fold(text), fold(group[0]), "{text:?} and {:?}", group[0]);
            assert!(same(text, group[0]));
        }
    }
}

#[test]
fn different_words_stay_different() {
    for (a, b) in [
        ("3", "-3"),
        ("30²", "302"),
        ("3½", "31/2"),
        ("≠ 5", "= 5"),
        ("n°", "no"),
        ("l'ente", "lente"),
        ("①", "1"),
        ("60'", "60"),
        ("60’", "60"),
        ("=\u{338} 5", "= 5"),
    ] {
        assert_ne!(fold(a), fold(b), "{a:?} and {b:?}");
    }
}

#[test]
fn words_of_a_text() {
    let table: &[(&str, &[&str])] = &[
        ("", &[]),
        ("…", &[]),
        ("Valore rilevato (gg. lav.)", &["valore", "rilevato", "gg", "lav"]),
        ("Attivita'/qualità dell’ente", &["attivita", "qualita", "dell", "ente"]),
        ("3.2.1", &["3", "2", "1"]),
    ];
    for (text, expected) in table {
        assert_eq!(words(text), *expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn plain_letters_fold_as_all_do(text in "[ -~\\t\\n]{0,24}", other in "[a-c '.:]{0,4}") {
        // A blank that is no plain letter takes the long way, and folds away.
        let folded = fold(&format!("{text}\u{a0}"));
        prop_assert_eq!(fold(&text), folded.clone());
        prop_assert!(folds_to(&text, &folded));
        let same = fold(&other) == fold(&text);
        prop_assert_eq!(folds_to(&text, &fold(&other)), same);
    }

    #[test]
    fn quick_ways_give_what_the_long_ones_do(text in "[ -~\\t\\u{a0}È’]{0,24}|[a-zA-Z0-9]{1,2}([ .,'/][a-zA-Z0-9]{1,6}){0,20}[ .]{0,2}") {
        let long = words(&text);
        prop_assert_eq!(spaced_words(&text), long.join(" "));
        prop_assert_eq!(has_words(&text), !long.is_empty());
        prop_assert_eq!(trim(&text), text.trim());
    }

    #[test]
    fn the_first_word_is_the_first_of_all(text in "[a-c '.:À-È0]{0,8}") {
        let first = words(&text).into_iter().next();
        let is_word = first.as_ref().is_some_and(|first| !first.starts_with(|letter: char| letter.is_ascii_digit()));
        prop_assert_eq!(begins_with(&text, &[first.as_deref().unwrap_or("a")]), is_word);
    }
}

#[test]
fn did_you_mean() {
    let keys = ["respect", "tolerance_percent", "base_year"];
    assert_eq!(nearest("tolerance_precent", keys), Some("tolerance_percent"));
    assert_eq!(nearest("baseyear", keys), Some("base_year"));
    assert_eq!(nearest("RESPECT", keys), Some("respect"));
    assert_eq!(nearest("colour", keys), None);
    assert_eq!(nearest("", keys), None);
    assert_eq!(nearest("x", ["y"]), None);
}

const PLAN: [&str; 6] = [
    "Programmazione e controllo delle attività dell’Ente TRASVERSALE",
    "Liquidazione e pagamento fatture passive TRASVERSALE",
    "Resa dei conti di gestione agenti contabili e successivo deposito presso la Corte dei Conti TRASVERSALE",
    "Ciclo di gestione degli atti camerali TRASVERSALE",
    "CRM: qualificazione TRASVERSALE",
    "Corretta gestione degli archivi camerale TRASVERSALE",
];

#[test]
fn procedures_of_one_plan_are_far_apart() {
    for (index, a) in PLAN.iter().enumerate() {
        for (other, b) in PLAN.iter().enumerate() {
            let near = similarity(a, b);
            if index == other { assert!(near > 0.999, "{a}") } else { assert!(near < 0.4, "{a} / {b}: {near}") }
        }
    }
}

#[test]
fn titles_are_near_their_procedure() {
    let titles = [
        (0, "PROGRAMMAZIONE E CONTROLLO DELLE ATTIVITA' DELL'ENTE - anno 2019"),
        (0, "Programmazione e controllo attivita ente"),
        (1, "Monitoraggio liquidazione e pagamento delle fatture passive 2019"),
        (1, "Liquidazione e pagamneto fattura passiva"),
        (2, "Resa conti di gestione agenti contabili e successivo deposito Corte dei Conti"),
        (3, "Ciclo gestione atti camerali: rispetto dei target"),
        (4, "CRM qualificazione"),
        (5, "Corretta gestione degli archivi camerali - procedura di scarto biennio 2018-2019"),
    ];
    for (wanted, title) in titles {
        for (index, name) in PLAN.iter().enumerate() {
            let near = similarity(title, name);
            if index == wanted {
                assert!(near >= 0.8, "{title}: {near}")
            } else {
                assert!(near < 0.4, "{title} / {name}: {near}")
            }
        }
    }
}

#[test]
fn numbers_are_never_typos() {
    assert!(similarity("3.2.1", "3.2.2") < 0.8);
    assert!(similarity("Obiettivo 1", "Obiettivo 2") < 1.0);
    assert!(similarity("", "ente") == 0.0);
    assert!(similarity("e", "e") == 1.0);
}

proptest! {
    #[test]
    fn never_panics(a in "\\PC*", b in "\\PC{0,40}") {
        let _ = (words(&a), nearest(&a, [b.as_str()]));
        let near = similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&near));
    }

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn words_of_few_slips_have_nearly_the_same_letters(a in "[a-e2à]{0,9}", b in "[a-e2à]{0,9}") {
        for slips in [strsim::osa_distance(&a, &b), strsim::damerau_levenshtein(&a, &b)] {
            prop_assert!(may_differ_by(&a, &b, slips), "{} {}", a, b);
        }
    }

    #[test]
    fn similarity_has_no_sides(a in "[a-z ]{0,30}", b in "[a-z ]{0,30}") {
        prop_assert!((similarity(&a, &b) - similarity(&b, &a)).abs() < 0.35);
    }

    #[test]
    fn case_does_not_matter(text in "[a-zàèéìòù' ]{0,20}") {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }
}
