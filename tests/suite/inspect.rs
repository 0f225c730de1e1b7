//! `inspect` on every sample: kind, header, and what each column was taken for, with the reason, in both languages.

use crate::sample::{folder, names, say};

/// File, sheet, kind, rows of the header, letter of the first column, and what each column was taken for.
type Recognised = (&'static str, &'static str, &'static str, &'static str, char, &'static str);

const CHARTER: &str = "code process indicator planned measured declared notes";
const CHARTER_OF_UNITS: &str = "code process office indicator planned measured declared notes";
const SCORECARD: &str = "objective description result";
const MONEY: &str = "budget_income budget_expense budget_investment actual_income actual_expense actual_investment";

const SHEETS: [Recognised; 30] = [
    ("1 programmazione e controllo - step 2019.xlsx", "Step", "steps", "4", 'A', "number step office due actual"),
    ("2 fatture passive 2019.xlsx", "fatture", "cases", "5", 'A', "id start party amount suspension end declared"),
    ("3 agenti contabili.xlsx", "Agenti contabili", "steps", "3", 'A', "step due actual met"),
    ("4 ciclo atti camerali.xlsx", "Atti", "checks", "3", 'A', "target goal actual met"),
    ("5 CRM qualificazione.xlsx", "CRM", "checks", "3", 'A', "target goal last_year actual notes"),
    ("6 archivi scarto.xlsx", "scarto", "coverage", "3", 'A', "item done date"),
    (
        "Elenco procedimenti da monitorare 2019.xlsx",
        "Elenco",
        "procedures",
        "3",
        'A',
        "number name coordinator expected source_office result",
    ),
    ("Lucca InTec costo personale.xls", "Lucca In-Tec", "staff_costs", "3", 'A', "item amount amount amount amount"),
    (
        "Obiettivi di Ente 2019.xlsx",
        "Obiettivi di Ente",
        "objectives",
        "3",
        'A',
        "objective indicator description result",
    ),
    ("REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "2019", "charter", "3", 'A', CHARTER),
    ("REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "2018", "charter", "3", 'A', CHARTER),
    ("Risorse obiettivi strategici 2019.xlsx", "Risorse", "resources", "3, 4", 'C', MONEY),
    ("Risorse obiettivi strategici 2019.xlsx", "Risorse", "resources", "3, 4", 'A', "objective title"),
    ("Schede risultato dirigenti 2019.xlsx", "Segretario Generale", "objectives", "3", 'A', SCORECARD),
    ("Schede risultato dirigenti 2019.xlsx", "Dirigente", "objectives", "3", 'A', SCORECARD),
    ("Segreteria e Protocollo - standard 2019.xlsx", "Carta dei servizi", "charter", "5, 6", 'A', CHARTER_OF_UNITS),
    ("Target strategici 2019.xlsx", "Target", "targets", "3", 'A', "objective target description result"),
    ("URE reclami accesso civico.xls", "URE", "charter", "3", 'A', "code process planned measured declared notes"),
    ("albi e ruoli.xlsx", "Carta dei servizi", "charter", "5, 6", 'A', CHARTER_OF_UNITS),
    ("arbitrato_conciliazione.xlsx", "Carta dei servizi", "charter", "5, 6", 'A', CHARTER_OF_UNITS),
    ("artigianato protesti export.ods", "Standard", "charter", "5", 'B', CHARTER),
    ("brevetti e marchi.xlsx", "Carta dei servizi", "charter", "5, 6", 'A', CHARTER_OF_UNITS),
    ("costo lavoro CCIAA.xlsx", "Costo del lavoro", "staff_costs", "3", 'A', "year amount"),
    ("diritto annuale 2019.xlsx", "Carta servizi 2019", "charter", "3", 'A', CHARTER),
    ("diritto annuale 2019.xlsx", "OLD", "charter", "3", 'A', CHARTER),
    ("ispettivo metrologia.csv", "ispettivo metrologia", "charter", "3", 'A', CHARTER),
    ("lucca promos.csv", "lucca promos", "staff_costs", "1", 'A', "entity year amount"),
    ("studi e statistica.xlsx", "riepilogo", "charter", "3", 'A', CHARTER),
    ("studi e statistica.xlsx", "dettaglio quesiti", "cases", "1", 'A', "id start end declared —"),
    ("sviluppo e promozione.xlsx", "Carta dei servizi", "charter", "5, 6", 'A', CHARTER_OF_UNITS),
];

fn inspected(name: &str, lang: &str) -> String {
    let path = folder().join(name);
    let (code, out, err) = say(&["inspect", path.to_str().expect("UTF-8"), "--lang", lang]);
    assert_eq!((code, err.as_str()), (0, ""), "{name}");
    out
}

/// The part of a page that is about one sheet.
fn part<'a>(page: &'a str, word: &str, sheet: &str) -> &'a str {
    let begin = page.find(&format!("{word} «{sheet}»")).unwrap_or_else(|| panic!("no {sheet} in {page}"));
    let rest = &page[begin..];
    &rest[..rest.find("\n\n").unwrap_or(rest.len())]
}

#[test]
fn every_sample_is_recognised_column_by_column() {
    for (name, sheet, kind, rows, first, columns) in SHEETS {
        for (lang, word, table, one, many, why) in [
            ("it", "foglio", "tabella", "intestazione alla riga", "intestazione alle righe", "perché:"),
            ("en", "sheet", "table", "header in row", "header in rows", "why:"),
        ] {
            let page = inspected(name, lang);
            let part = part(&page, word, sheet);
            let header = if rows.contains(',') { many } else { one };
            let line = format!("{table} {kind}: {header} {rows}; ");
            assert!(part.contains(&line), "{name}: no {line:?} in\n{part}");
            assert!(part.contains(why), "{name}: no reason in\n{part}");
            for (letter, id) in (first..='Z').zip(columns.split(' ')) {
                let begin = format!("    {letter}  ");
                let line = part.lines().find(|line| line.starts_with(&begin)).unwrap_or_default();
                let (_, after) =
                    line.split_once(&format!("  {id} ")).unwrap_or_else(|| panic!("{name} {letter} {id}: {line}"));
                let sure = id == "—" || after.contains('%');
                assert!(sure && after.split_whitespace().count() > 3, "{name} {letter}: no reason in {line}");
            }
        }
    }
}

#[test]
fn every_spreadsheet_of_the_samples_is_looked_at() {
    let names = names();
    for name in names.iter().filter(|name| !name.starts_with("~$") && *name != "allegati.toml") {
        let known = SHEETS.iter().any(|(file, ..)| file == name);
        assert!(known || name == "leggimi.txt", "{name} is not in the list");
    }
    assert!(inspected("leggimi.txt", "it").contains("F013"));
}

#[test]
fn sheets_that_do_not_count_are_said_to_be_so() {
    let page = inspected("diritto annuale 2019.xlsx", "it");
    assert!(page.contains("foglio «OLD» (nascosto)"), "{page}");
    assert!(part(&page, "foglio", "OLD").contains("non consolidate"), "{page}");
    let page = inspected("REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "en");
    assert!(part(&page, "sheet", "2018").contains("another year"), "{page}");
    assert!(part(&page, "sheet", "Foglio3").contains("empty"), "{page}");
}

#[test]
fn learn_proposes_nothing_where_all_is_sure() {
    let path = folder().join("costo lavoro CCIAA.xlsx");
    let (code, out, err) = say(&["inspect", "--learn", path.to_str().expect("UTF-8")]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(!out.contains("= ["), "{out}");
}
