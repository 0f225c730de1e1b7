//! The offices' sheets of 2019, copied into the forms by hand as it were: the figures are the same, and nothing is found
//! that the offices did not write themselves.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use allegati::intake::{self, Found, Limits, Passwords};
use allegati::kinds::Content;
use allegati::sheet::{Sheet, Value as Stored};
use serde_json::Value;

use super::fill::{Form, Typed, text};
use crate::sample::{self, findings};

/// File, sheet, kind, first row of data (1-based), columns from the left (`-` is not copied), labels.
type Source = (&'static str, &'static str, &'static str, u32, &'static str, &'static [(&'static str, &'static str)]);

const CARTA: &str = "code process office indicator planned measured declared notes";

/// Where each sheet has what.
const SOURCES: &[Source] = &[
    (
        "1 programmazione e controllo - step 2019.xlsx",
        "Step",
        "steps",
        5,
        "number step office due actual",
        &[("Procedimento", "Programmazione e controllo delle attività dell’Ente")],
    ),
    (
        "2 fatture passive 2019.xlsx",
        "fatture",
        "cases",
        6,
        "id start party amount suspension end declared",
        &[
            ("Procedimento", "Liquidazione e pagamento fatture passive"),
            ("Termine", "30 gg. dalla data di protocollo (giorni naturali)"),
        ],
    ),
    (
        "3 agenti contabili.xlsx",
        "Agenti contabili",
        "steps",
        4,
        "step due actual met",
        &[(
            "Procedimento",
            "Resa dei conti di gestione agenti contabili e successivo deposito presso la Corte dei Conti",
        )],
    ),
    (
        "4 ciclo atti camerali.xlsx",
        "Atti",
        "checks",
        4,
        "target goal actual met",
        &[("Procedimento", "Ciclo di gestione degli atti camerali")],
    ),
    (
        "5 CRM qualificazione.xlsx",
        "CRM",
        "checks",
        4,
        "target goal last_year actual notes",
        &[("Procedimento", "CRM: qualificazione")],
    ),
    (
        "6 archivi scarto.xlsx",
        "scarto",
        "coverage",
        4,
        "item done date",
        &[("Procedimento", "Corretta gestione degli archivi camerali")],
    ),
    (
        "Elenco procedimenti da monitorare 2019.xlsx",
        "Elenco",
        "procedures",
        4,
        "number name coordinator expected source_office result",
        &[("Anno", "2019")],
    ),
    ("Lucca InTec costo personale.xls", "Lucca In-Tec", "staff_costs", 4, "years", &[("Ente", "Lucca In-Tec")]),
    (
        "Obiettivi di Ente 2019.xlsx",
        "Obiettivi di Ente",
        "objectives",
        4,
        "objective indicator description result",
        &[("Titolare", "Ente"), ("Anno", "2019")],
    ),
    (
        "REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx",
        "2019",
        "charter",
        4,
        "code process indicator planned measured declared notes",
        &[("Ufficio", "Ufficio Registro Imprese"), ("Anno", "2019")],
    ),
    (
        "Risorse obiettivi strategici 2019.xlsx",
        "Risorse",
        "resources",
        5,
        "objective title budget_income budget_expense budget_investment actual_income actual_expense actual_investment",
        &[("Anno", "2019")],
    ),
    (
        "Schede risultato dirigenti 2019.xlsx",
        "Segretario Generale",
        "objectives",
        4,
        "objective description result",
        &[("Titolare", "Segretario Generale"), ("Anno", "2019")],
    ),
    (
        "Schede risultato dirigenti 2019.xlsx",
        "Dirigente",
        "objectives",
        4,
        "objective description result",
        &[
            (
                "Titolare",
                "Dirigente Area Anagrafico Certificativa, Studi, Politiche Economiche e Regolazione del Mercato",
            ),
            ("Anno", "2019"),
        ],
    ),
    ("Segreteria e Protocollo - standard 2019.xlsx", "Carta dei servizi", "charter", 7, CARTA, &[("Anno", "2019")]),
    ("Target strategici 2019.xlsx", "Target", "targets", 4, "objective target description result", &[("Anno", "2019")]),
    (
        "URE reclami accesso civico.xls",
        "URE",
        "charter",
        4,
        "code process planned measured declared notes",
        &[("Ufficio", "Ufficio Relazioni Esterne"), ("Anno", "2019")],
    ),
    ("albi e ruoli.xlsx", "Carta dei servizi", "charter", 7, CARTA, &[("Anno", "2019")]),
    ("arbitrato_conciliazione.xlsx", "Carta dei servizi", "charter", 7, CARTA, &[("Anno", "2019")]),
    (
        "artigianato protesti export.ods",
        "Standard",
        "charter",
        6,
        "- code process indicator planned measured declared notes",
        &[("Ufficio", "UFFICIO ARTIGIANATO, PROTESTI, DOC. EXPORT"), ("Anno", "2019")],
    ),
    ("brevetti e marchi.xlsx", "Carta dei servizi", "charter", 7, CARTA, &[("Anno", "2019")]),
    ("costo lavoro CCIAA.xlsx", "Costo del lavoro", "staff_costs", 4, "year amount", &[("Ente", "CCIAA Lucca")]),
    (
        "diritto annuale 2019.xlsx",
        "Carta servizi 2019",
        "charter",
        4,
        "code process indicator planned measured declared notes",
        &[("Ufficio", "UFFICIO DIRITTO ANNUALE"), ("Anno", "2019")],
    ),
    (
        "ispettivo metrologia.csv",
        "ispettivo metrologia",
        "charter",
        4,
        "code process indicator planned measured declared notes",
        &[("Ufficio", "Ufficio Ispettivo"), ("Anno", "2019")],
    ),
    ("lucca promos.csv", "lucca promos", "staff_costs", 2, "entity year amount", &[]),
    (
        "studi e statistica.xlsx",
        "riepilogo",
        "charter",
        4,
        "code process indicator planned measured declared notes",
        &[("Ufficio", "Ufficio Studi, statistica e politiche economiche"), ("Anno", "2019")],
    ),
    ("sviluppo e promozione.xlsx", "Carta dei servizi", "charter", 7, CARTA, &[("Anno", "2019")]),
];

/// A sheet of the samples.
fn sheet(file: &str, name: &str) -> Sheet {
    let found = Found { path: sample::folder().join(file), name: Arc::from(file) };
    let (opened, _) = intake::open_with(&found, &Limits::default(), None, &Passwords::default());
    let sheets = opened.expect("it opens").sheets;
    sheets.into_iter().find(|sheet| &*sheet.name == name).unwrap_or_else(|| panic!("{file} has no {name}"))
}

/// What a person who copies a cell into a column types: dates and money as such, everything else as it is shown.
fn typed(sheet: &Sheet, row: u32, col: u32, content: Content) -> Option<Typed> {
    let cell = sheet.cell(row, col)?;
    let number = matches!(content, Content::Date | Content::Amount | Content::Number | Content::Year);
    match cell.value {
        Stored::Number(value) if number => Some(Typed::Number(value)),
        _ => Some(sheet.shown(cell)).filter(|shown| !shown.trim().is_empty()).map(Typed::Text),
    }
}

fn copied(source: &Source, into: &Path) {
    let (file, name, kind, first, columns, labels) = *source;
    let (sheet, kind) = (sheet(file, name), allegati::kinds::kind(kind).expect("a kind"));
    let mut form = Form::open(super::bytes(kind.id, allegati::finding::Lang::It), kind);
    for (label, value) in labels {
        form.label(label, value.parse().map_or_else(|_| text(value), Typed::Number));
    }
    let mut section = (String::new(), String::new());
    let mut objective: Option<Typed> = None;
    for row in sheet.rows.iter().map(|row| row.index).filter(|row| *row + 1 >= first) {
        if columns == "years" {
            for (col, year) in (1..).zip(2016..=2019) {
                let cost = typed(&sheet, row, col, Content::Amount).expect("a cost");
                form.row([("year", Typed::Number(f64::from(year))), ("amount", cost)].into_iter());
            }
            break;
        }
        let ids: Vec<&str> = columns.split(' ').collect();
        let cells: Vec<(&str, Typed)> = (0..)
            .zip(ids)
            .filter(|(_, id)| *id != "-")
            .filter_map(|(col, id)| Some((id, typed(&sheet, row, col, kind.column(id)?.content)?)))
            .collect();
        let texts: Vec<String> =
            sheet.row(row).into_iter().flat_map(allegati::sheet::Row::cells).map(|cell| sheet.shown(cell)).collect();
        let is_section = kind.id == "charter" && texts.iter().filter(|text| !text.trim().is_empty()).count() == 1;
        if is_section {
            section = match allegati::kinds::charter::split_code(&texts.concat()) {
                (title, "") => (String::new(), title.to_owned()),
                (code, title) => (code.to_owned(), title.to_owned()),
            };
            continue;
        }
        let has = |id: &str| cells.iter().any(|(own, _)| *own == id);
        // Dates of compilation and signatures below the table.
        if kind.id == "charter" && !(has("process") && has("planned")) {
            continue;
        }
        let mut more: Vec<(&str, Typed)> = Vec::new();
        if kind.id == "charter" && !section.1.is_empty() {
            more.push(("section", text(&section.1)));
            if !section.0.is_empty() && !has("code") {
                more.push(("code", text(&section.0)));
            }
        }
        if kind.id == "objectives" {
            objective = cells.iter().find(|(id, _)| *id == "objective").map(|(_, typed)| typed.clone()).or(objective);
            more.extend(objective.clone().map(|typed| ("objective", typed)));
        }
        form.row(cells.into_iter().chain(more));
    }
    let stem = file.rsplit_once('.').expect("an extension").0;
    fs::write(into.join(format!("{stem} {}.xlsx", name.trim())), form.close()).expect("a form");
}

/// The figures of a run: everything but where they come from and what was found.
fn figures(json: &Value) -> Value {
    fn bare(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let kept = fields.iter().filter(|(name, _)| !matches!(name.as_str(), "sources" | "findings" | "made"));
                kept.map(|(name, value)| (name.clone(), bare(value))).collect::<serde_json::Map<_, _>>().into()
            }
            Value::Array(list) => list.iter().map(bare).collect(),
            other => other.clone(),
        }
    }
    bare(json)
}

/// Says where two records differ first.
fn same(way: &str, one: &Value, other: &Value) {
    match (one, other) {
        (Value::Object(fields), Value::Object(others)) => {
            assert_eq!(fields.keys().collect::<Vec<_>>(), others.keys().collect::<Vec<_>>(), "{way}");
            fields.iter().for_each(|(name, value)| same(&format!("{way}/{name}"), value, &others[name]));
        }
        (Value::Array(list), Value::Array(others)) => {
            assert_eq!(list.len(), others.len(), "{way}");
            list.iter().zip(others).enumerate().for_each(|(at, (one, other))| same(&format!("{way}/{at}"), one, other));
        }
        _ => assert_eq!(one, other, "{way}"),
    }
}

#[test]
fn the_forms_filled_with_the_data_of_2019_give_the_figures_of_the_offices_sheets() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(sample::folder().join("allegati.toml"), folder.path().join("allegati.toml")).expect("the settings");
    SOURCES.iter().for_each(|source| copied(source, folder.path()));
    let (forms, offices) = (sample::run(folder.path(), &[]), sample::run(sample::copy().path(), &[]));
    let (ours, theirs) = (figures(&forms.json()), figures(&offices.json()));
    same("", &ours, &theirs);
    let json = forms.json();
    let told: Vec<&str> = findings(&json).iter().filter_map(|finding| finding["code"].as_str()).collect();
    // The reminder and the standard that comes twice are the offices' own.
    assert_eq!(told, ["C030", "X001"], "{}", forms.out);
}
