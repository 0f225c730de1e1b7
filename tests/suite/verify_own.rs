//! `verify` on results of our own: nobody touched them, so that no figure of theirs is wrong, and a touched one is told.

use std::fs;
use std::path::{Path, PathBuf};

use allegati::finding::Lang;
use allegati::pipeline::{self, Options};
use allegati::settings::Settings;
use allegati::verify::{Checked, Verdict};
use allegati::write;
use rayon::prelude::*;
use serde_json::Value;

use crate::harness::deliver;
use crate::verify::{changed, faults, ours, verify};
use crate::{kinds, sample};

/// What `verify` says of the consolidated workbook of a folder.
fn checked(folder: &Path, lang: Lang) -> Vec<Checked> {
    let known = pipeline::known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    let settings = Settings::load(folder, &known).expect("settings");
    let outcome = pipeline::consolidate(folder, &settings, &Options::default(), &|_| {}).expect("consolidated");
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("out.xlsx");
    fs::write(&path, write::workbook(&outcome, lang, "").expect("a workbook")).expect("written");
    pipeline::verify(&path, &settings, &Options::default()).0.checked
}

/// What is wrong in a result, one line each.
fn wrong(checked: &[Checked]) -> Vec<String> {
    let wrong = checked.iter().filter(|one| matches!(one.verdict, Verdict::Wrong | Verdict::Truncated));
    let line = |one: &Checked| {
        let cell = one.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{} {cell}: {} {}, {:?} ({})", one.sheet, one.what.0, one.declared, one.computed, one.basis.0)
    };
    wrong.map(line).collect()
}

/// A result of one sheet, checked: what is wrong, and how much is right.
fn of_grid(grid: &str) -> (Vec<String>, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    deliver(grid, "foglio", folder.path());
    let checked = checked(folder.path(), Lang::It);
    (wrong(&checked), checked.iter().filter(|one| one.verdict == Verdict::Right).count())
}

/// What is wrong in the results of some cases.
fn wrong_of(cases: &[PathBuf]) -> Vec<String> {
    let of_case = |case: &PathBuf| {
        let wrong = wrong(&checked(kinds::build(case).path(), Lang::It));
        (!wrong.is_empty()).then(|| format!("{}: {}", case.display(), wrong.join("; ")))
    };
    cases.par_iter().filter_map(of_case).collect()
}

#[test]
fn the_results_of_a_case_of_each_kind_have_no_figure_that_is_wrong() {
    let cases: Vec<PathBuf> =
        allegati::kinds::KINDS.iter().filter_map(|kind| kinds::cases(kind.id).into_iter().next()).collect();
    let wrong = wrong_of(&cases);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes minutes: after a change of verify or of the workbook, run it with --run-ignored all"]
fn the_results_of_all_cases_have_no_figure_that_is_wrong() {
    let cases: Vec<PathBuf> = allegati::kinds::KINDS.iter().flat_map(|kind| kinds::cases(kind.id)).collect();
    let wrong = wrong_of(&cases);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A short plain charter looks like a list of checks when its own header does not say what it is.
#[test]
fn a_short_charter_is_one() {
    let rows: String = (1..=6).map(|row| format!("3.{row} | P{row} | tempo | 5 gg | 4 gg\n")).collect();
    let header = "Codice | Processo | Indicatore | Valore programmato | Valore rilevato | Note";
    let (wrong, right) = of_grid(&format!("# sheet: Carta\nCarta dei servizi 2019 - Ufficio Albi\n{header}\n{rows}"));
    assert_eq!(wrong, Vec::<String>::new());
    assert!(right >= 10, "{right}");
}

const VALUES: [(&str, [&str; 2], [&str; 2]); 6] = [
    ("Valore programmato (%) | Valore rilevato (%)", ["95.0 | 90.0", "95.0 | 97.0"], ["95% 90%", "95% 97%"]),
    (
        "Valore programmato (ore) | Valore rilevato (ore)",
        ["24.0 | 30.0", "48.0 | 36.0"],
        ["24 ore 30 ore", "48 ore 36 ore"],
    ),
    (
        "Tempo standard in minuti | Tempo rilevato in minuti",
        ["15.0 | 20.0", "10.0 | 5.0"],
        ["15 minuti 20 minuti", "10 minuti 5 minuti"],
    ),
    ("Standard (%) | Rilevato (%)", ["95.0 | 0.97", "90.0 | 0.85"], ["95% 97%", "90% 85%"]),
    ("Valore programmato | Valore rilevato", ["95% | 90%", "5 gg | 6 gg"], ["95% 90%", "5 gg 6 gg"]),
    ("Valore programmato (giorni) | Valore rilevato (giorni)", ["5.0 | 6.0", "5.0 | 4.0"], ["5 6", "5 4"]),
];

#[test]
fn values_of_standards_stand_with_their_unit() {
    for (headers, values, wanted) in VALUES {
        let rows: String =
            (1..).zip(values).map(|(row, values)| format!("3.{row} | P{row} | {values} | x\n")).collect();
        let grid = format!(
            "# sheet: Carta\nCarta dei servizi 2019 - Ufficio Albi\nCodice | Processo | {headers} | Note\n{rows}"
        );
        assert_eq!(of_grid(&grid).0, Vec::<String>::new(), "{headers}");
        let folder = tempfile::tempdir().expect("a folder");
        deliver(&grid, "foglio", folder.path());
        let book = sample::run(folder.path(), &[]).book();
        let shown =
            [3, 4].map(|row| format!("{} {}", book.text("Allegato 1", (row, 4)), book.text("Allegato 1", (row, 5))));
        assert_eq!(shown, wanted, "{headers}");
    }
}

#[test]
fn a_result_that_only_the_office_can_tell_is_not_called_wrong() {
    let grid = "# sheet: Carta\nCarta dei servizi 2019 - Ufficio Albi\n\
        Codice | Processo | Valore programmato | Valore rilevato | Risultato | Note\n\
        3.1 | A | 95% delle pratiche entro 5 gg | 4 gg | 100.0\n3.2 | B | 5 gg | nei termini | 100.0\n";
    assert_eq!(of_grid(grid).0, Vec::<String>::new());
}

#[test]
fn totals_of_staff_cost_leave_out_the_renewals() {
    let grid = "# sheet: Costi\nCosto del personale\nAnno | Ente | Costo | di cui rinnovi contrattuali\n\
        2018 | Camera | 1000.0 | 50.0\n2018 | Azienda | 100.0 | 5.0\n2019 | Camera | 1100.0 | 60.0\n2019 | Azienda | 120.0 | 6.0\n";
    let (wrong, right) = of_grid(grid);
    assert_eq!(wrong, Vec::<String>::new());
    assert!(right >= 8, "{right}");
}

#[test]
fn an_objective_with_a_weight_is_no_indicator_of_the_one_above() {
    let grid = "# sheet: Obiettivi\nOBIETTIVI DI ENTE 2019\nN. | Obiettivo | Peso | Risultato\n\
        1 | Migliorare i servizi | 40.0 | 100%\n2 | Ridurre la spesa | 60.0 | 50%\n";
    assert_eq!(of_grid(grid).0, Vec::<String>::new());
}

#[test]
fn a_base_of_years_apart_is_no_span() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String =
        (2016..=2019).map(|year| format!("{year} | Camera | {}.0\n", 1000 + (year - 2016) * (year - 2010))).collect();
    deliver(&format!("# sheet: Costi\nCosto del personale\nAnno | Ente | Costo\n{rows}"), "costi", folder.path());
    for (base, named) in [("[2016, 2018]", "2016, 2018"), ("[2016, 2017]", "2016-2017"), ("\"2016-2018\"", "2016-2018")]
    {
        fs::write(folder.path().join("allegati.toml"), format!("[staff_costs]\nbase_year = {base}\n"))
            .expect("written");
        for lang in [Lang::It, Lang::En] {
            let checked = checked(folder.path(), lang);
            assert_eq!(wrong(&checked), Vec::<String>::new(), "{base}");
            let on_base = checked.iter().filter(|one| one.what.0.ends_with(named) && one.verdict == Verdict::Right);
            assert_eq!(on_base.count(), 8, "{base}: {checked:#?}");
        }
        assert_eq!(sample::run(folder.path(), &[]).json()["staff_costs"]["base"], named);
    }
}

/// The cell of a sheet's part without its formula, with another value.
fn typed_over(text: &str, cell: &str, value: &str) -> String {
    let start = text.find(&format!("r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not there"));
    let open = start + text[start..].find("<f>").expect("a formula");
    let close = open + text[open..].find("</v>").expect("its result");
    format!("{}<v>{value}{}", &text[..open], &text[close..])
}

/// What `verify` says of a workbook.
fn of_bytes(workbook: &[u8]) -> (i32, Vec<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Allegati-2019.xlsx");
    fs::write(&path, workbook).expect("written");
    fs::copy(sample::folder().join("allegati.toml"), folder.path().join("allegati.toml")).expect("copied");
    verify(&path)
}

#[test]
fn a_figure_typed_over_in_the_summary_is_wrong() {
    let clean = ours();
    let (_, figures) = of_bytes(&clean);
    for name in
        ["A1_PROCESSI", "A1_PERCENTUALE", "A2_MEDIA", "A2_ARROTONDATA", "COSTO_2018", "VARIAZIONE_2019", "A3_Ente_1"]
    {
        let quoted = figures.iter().find(|figure| figure["sheet"] == "Riepilogo" && figure["what"] == name);
        let cell = quoted.unwrap_or_else(|| panic!("{name} is not verified"))["cell"].as_str().expect("a cell");
        let over = |value: &str| {
            changed(&clean, |part, text| match part {
                "xl/worksheets/sheet1.xml" => typed_over(&text, cell, value),
                _ => text,
            })
        };
        let (code, found) = of_bytes(&over("12.5"));
        let told = faults(&found);
        assert_eq!((code, told.len()), (1, 1), "{name}: {told:?}");
        assert_eq!([&*told[0][0], &*told[0][1], &*told[0][4]], ["Riepilogo", cell, "wrong"]);
        assert_eq!(found.len(), figures.len(), "{name}: a figure is no longer verified");
    }
}

#[test]
fn formulas_without_results_are_told_and_nothing_is_wrong_for_them() {
    let lost = changed(&ours(), |part, text| {
        if !part.starts_with("xl/worksheets/") {
            return text;
        }
        let mut pieces = text.split("</f>");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let rest = piece.split_once("</v>").map_or(piece, |(_, rest)| rest);
            out.push_str(&format!("</f>{rest}"));
        }
        out
    });
    let (code, figures) = of_bytes(&lost);
    assert_eq!((code, faults(&figures)), (0, Vec::new()));
    for sheet in ["Riepilogo", "Allegato 1", "Allegato 2", "Allegato 3", "Costo del personale", "Risorse"] {
        let told = figures.iter().find(|figure| {
            let what = figure["what"].as_str().unwrap_or_default();
            figure["sheet"] == sheet && what.contains("senza risultato nel file")
        });
        let told = told.unwrap_or_else(|| panic!("{sheet}: {figures:#?}"));
        assert_eq!(told["verdict"], "cannot_tell");
        assert!(told["basis"].as_str().is_some_and(|basis| basis.contains("LibreOffice")), "{told}");
    }
}
