//! Long tables are looked at in parts, side by side: what the parts give adds up to what the whole is.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::harness::run::run;

/// Enough rows for many parts.
const ROWS: i64 = 12_000;

fn json(files: &[(&str, &str)]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    run(folder.path()).json
}

/// A figure of the record, which has six decimals.
fn near(value: &Value, wanted: f64) {
    let told = value.as_f64().or_else(|| value.as_str()?.parse().ok());
    assert!(told.is_some_and(|told| (told - wanted).abs() < 1e-6), "{value} and not {wanted}");
}

/// Start, end when it has one, and half days of suspension of a case.
fn case(at: i64) -> (Date, Option<Date>, i64) {
    let start = date(2019, 1, 1).checked_add((at % 90).days()).expect("a day");
    let end = |days: i64| start.checked_add(days.days()).ok();
    match at % 1_000 {
        7 => (start, None, 0),
        8 => (date(2019, 12, 20), None, 0),
        _ if at % 3 == 0 => (start, end(10), 0),
        _ if at % 3 == 1 => (start, end(300), 0),
        _ => (start, end(20), 5),
    }
}

#[test]
fn the_cases_of_a_long_log_add_up() {
    let mut log = "Procedimento: Pagamento fatture;;;;\nTermine: 30 giorni;;;;\n".to_owned();
    log.push_str("N. PRATICA;DATA PROTOCOLLO;DATA PAGAMENTO;GIORNI SOSPENSIONE;IMPORTO\n");
    let shown = |day: Date| day.strftime("%d/%m/%Y").to_string();
    let (mut days, mut met, mut effective) = (Vec::new(), 0, Vec::new());
    let (mut paid, mut weighted, mut quarters) = (0.0, 0.0, BTreeMap::<(i64, i64), (i64, f64)>::new());
    for at in 0..ROWS {
        let ((start, end, halves), cents) = (case(at), 10_050 + 100 * (at % 7));
        let suspension = if halves == 0 { String::new() } else { "2,5".to_owned() };
        let _ = writeln!(
            log,
            "{at};{};{};{suspension};{},{:02}",
            shown(start),
            end.map(shown).unwrap_or_default(),
            cents / 100,
            cents % 100
        );
        let Some(end) = end else { continue };
        let taken = i64::from((end - start).get_days());
        days.push(taken as f64 - halves as f64 / 2.0);
        met += i64::from(2 * taken - halves <= 60);
        effective.push(taken);
        let amount = cents as f64 / 100.0;
        let late = taken - (60 + halves) / 2;
        (paid, weighted) = (paid + amount, weighted + late as f64 * amount);
        let quarter = quarters.entry((end.year().into(), i64::from((end.month() - 1) / 3 + 1))).or_default();
        *quarter = (quarter.0 + 1, quarter.1 + amount);
    }
    let json = json(&[
        ("elenco.csv", "N.;Procedimento;Risultato atteso\n1;Pagamento fatture;entro 30 giorni\n"),
        ("registro.csv", &log),
    ]);
    let told = &json["procedures"]["rows"][0]["evidence"];
    let late = 12;
    assert_eq!((&told["total"], &told["left_out"]), (&Value::from(days.len() as i64 + late), &Value::from(12)));
    assert_eq!(told["met"], met);
    days.sort_by(f64::total_cmp);
    near(&told["mean_days"], days.iter().sum::<f64>() / days.len() as f64);
    near(&told["median_days"], (days[days.len() / 2] + days[(days.len() - 1) / 2]) / 2.0);
    near(&told["max_days"], days[days.len() - 1]);
    near(&told["effective_mean_days"], effective.iter().sum::<i64>() as f64 / effective.len() as f64);
    near(&told["effective_max_days"], 300.0);
    near(&told["payment_delay_days"], weighted / paid);
    let periods = told["payments"].as_array().expect("payments").iter().filter(|period| !period["quarter"].is_null());
    let periods: Vec<&Value> = periods.collect();
    assert_eq!(periods.len(), quarters.len());
    for (period, ((year, quarter), (count, paid))) in periods.into_iter().zip(quarters) {
        assert_eq!(
            [&period["year"], &period["quarter"], &period["count"]],
            [year, quarter, count].map(Value::from).each_ref()
        );
        near(&period["paid_eur"], paid);
    }
}

#[test]
fn the_whole_of_a_long_column_decides_how_it_is_read() {
    let mut list =
        "Standard di qualità 2019;;;;\nN.;Processo;Tempo previsto (gg.);Rilevato (gg.);Risultato %\n".to_owned();
    for at in 0..ROWS {
        // One mark in the first rows, the other in the last; ones above, a half at the end.
        let measured = match at {
            5 => "1,5",
            11_900 => "2.5",
            _ => "10",
        };
        let result = if at == 11_950 { "0,5" } else { "1" };
        let _ = writeln!(list, "3.{at};Servizio {at};30;{measured};{result}");
    }
    let json = json(&[("carta.csv", &list)]);
    let findings = json["findings"].as_array().expect("findings").iter();
    let of = |code: &str| -> Vec<&str> {
        findings
            .clone()
            .filter(|finding| finding["code"] == code)
            .filter_map(|finding| finding["cell"].as_str())
            .collect()
    };
    assert_eq!(of("S010").len(), 1, "{:?}", of("S010"));
    assert_eq!(of("S011"), ["E2"], "one half makes them all fractions");
    assert!(of("S012").is_empty(), "{:?}", of("S012"));
    assert_eq!(json["charter"]["rows"][11_000]["declared"], json["charter"]["rows"][0]["declared"]);
    near(&json["charter"]["rows"][11_000]["declared"], 100.0);
}

#[test]
fn a_header_far_below_is_found_though_records_look_like_one() {
    let mut log = "Procedimento: Pagamento fatture;;;;\nTermine: 30 giorni;;;;\n".to_owned();
    log.push_str("N. PRATICA;DATA PROTOCOLLO;DATA PAGAMENTO;STATO;NOTE\n");
    // Two words of each record are names of columns elsewhere.
    let states = ["pagata;ok", "liquidata;note", "chiusa;ok", "evasa;entro i termini"];
    for at in 0..400 {
        let _ = writeln!(log, "{at};10/01/2019;20/01/2019;{}", states[at % 4]);
    }
    log.push_str(";;;;\nProcedimento: Pagamento fatture;;;;\nN. PRATICA;DATA PAGAMENTO;DATA PROTOCOLLO;STATO;NOTE\n");
    for at in 400..500 {
        let _ = writeln!(log, "{at};20/03/2019;10/01/2019;{}", states[at % 4]);
    }
    let plan = "ELENCO PROCEDIMENTI 2019;;;\nN.;PROCEDIMENTO;RISULTATO ATTESO;FONTE\n\
                1;Pagamento fatture;pagamento a 30 gg. dal protocollo;Ragioneria\n";
    let json = json(&[("log.csv", &log), ("piano.csv", plan)]);
    let proof = &json["procedures"]["rows"][0]["evidence"];
    assert_eq!((proof["total"].as_u64(), proof["met"].as_u64()), (Some(500), Some(400)), "{proof}");
}
