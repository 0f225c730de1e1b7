//! What is read of a record, and why a file is none.

use super::{Absence, Figure, Given, Part, Refusal, Series, Unit, inputs, read};

/// A record with what is necessary, and some more at its end.
fn record(more: &str) -> String {
    let charter = r#"{"rows":[{"code":"3.1.1","process":"Accesso\n documentale","planned":"25 gg.","measured":"15 gg.",
        "measured_days":"15.005","score":"100.00","status":"counted"},
        {"code":"3.1.2","process":"Reclami","planned":"95%","measured":"n.c.","measured_days":null,"score":null,
        "status":"not_counted"},
        {"code":"3.1.4","process":"Accesso civico","planned":"30 gg.","measured":"nei termini","measured_days":null,
        "score":"100.00","status":"counted"}],"percent":"98.21","mean_deviation_percent":null}"#;
    format!(
        r#"{{"schema":"allegati/1","body":"Comune di Altopascio","year":2018,"charter":{charter},
        "procedures":{{"rows":[],"mean":null}},"objectives":[],"targets":[],
        "staff_costs":{{"years":[{{"year":2017,"entities":{{"Promo":"5.00"}},"total":"5.00","status":"complete"}},
        {{"year":2018,"entities":{{"Promo s.r.l.":"7.00"}},"total":"7.00","status":"incomplete"}}]}},
        "resources":[{{"objective":"1A","title":"","actual":{{"income":null,"expense":"3.00","investment":null}}}}],
        "sources":[{{"file":"a.csv","sha256":"ab"}},{{"file":"rotto.xlsx","sha256":""}}]{more}}}"#
    )
}

fn figures() -> Vec<Figure> {
    read(record("").as_bytes()).unwrap().figures
}

#[test]
fn figures_have_their_unit_and_two_decimals_or_the_reason_why_there_is_none() {
    let all = figures();
    let of = |series, part| all.iter().filter(move |one| one.series == series && one.part == part).collect::<Vec<_>>();
    let measured = of(Series::Measured, Part::Whole);
    assert_eq!((measured[0].unit, measured[0].value), (Unit::Days, Ok("15.01".parse().unwrap())));
    assert_eq!((measured[1].unit, measured[1].value), (Unit::Percent, Err(Absence::NotCounted)));
    assert_eq!(measured[2].value, Err(Absence::Reported));
    assert_eq!(measured[0].title, "Accesso documentale");
    assert_eq!(of(Series::Summary, Part::CharterPercent)[0].value, Ok("98.21".parse().unwrap()));
    assert_eq!(of(Series::Summary, Part::ProceduresMean)[0].value, Err(Absence::NotCounted));
    assert_eq!(of(Series::Resource, Part::Expense)[0].value, Ok("3".parse().unwrap()));
    assert_eq!(of(Series::Resource, Part::Income)[0].value, Err(Absence::Empty));
}

#[test]
fn costs_are_those_of_the_reporting_year() {
    let costs: Vec<_> = figures().into_iter().filter(|one| one.series == Series::StaffCost).collect();
    assert_eq!(costs.len(), 2);
    assert_eq!((costs[0].key.as_str(), costs[0].value), ("promosrl", Ok("7".parse().unwrap())));
    assert_eq!((costs[1].part, costs[1].value), (Part::Total, Err(Absence::Incomplete)));
}

#[test]
fn files_are_known_by_their_hash_and_fields_that_are_new_are_passed_over() {
    let earlier = read(record(r#","new":[1]"#).as_bytes()).unwrap();
    assert_eq!(earlier.files.into_iter().collect::<Vec<_>>(), [("ab".to_owned(), "a.csv".to_owned())]);
    let marked = [b"\xef\xbb\xbf", record("").as_bytes()].concat();
    assert_eq!(read(&marked).unwrap().year, 2018);
}

#[test]
fn what_is_no_record_says_why() {
    let whole = record("");
    for (text, refusal) in [
        (whole[..whole.len() - 9].to_owned(), Refusal::Damaged),
        (whole.replace("98.21", "molto"), Refusal::Damaged),
        (whole.replace("\"year\":2018,", ""), Refusal::Damaged),
        (whole.replace("allegati/1", "allegati/2"), Refusal::OtherSchema),
        (whole.replace("allegati/1", "allegati-batch/1"), Refusal::NotOurs),
        ("[1, 2]".to_owned(), Refusal::NotOurs),
        ("{}".to_owned(), Refusal::NotOurs),
        (String::new(), Refusal::Damaged),
        ("[".repeat(100_000), Refusal::NotOurs),
    ] {
        assert_eq!(read(text.as_bytes()), Err(refusal), "{}", text.chars().take(80).collect::<String>());
    }
}

#[test]
fn the_record_of_the_year_itself_is_no_input() {
    let given = |name: &str, asked| Given::new(name.into(), asked, Some(record("").as_bytes()));
    let all = [given("consolidato/Allegati-2018.json", false), given("consolidato/Allegati-2017.json", false)];
    assert!(all[0].is_own_of(2018) && !all[1].is_own_of(2018));
    assert!(!given("consolidato/Allegati-2018.json", true).is_own_of(2018));
    let inputs = inputs(&all, 2018);
    assert_eq!(inputs.len(), 1);
    assert_eq!((&*inputs[0].0, inputs[0].1.len()), ("consolidato/Allegati-2017.json", 64));
    assert_eq!(Given::new("x".into(), true, None).content, Err(Refusal::Unreadable));
}
