//! The page as a whole: what is written, and that what sheets say is never more than text.

use super::{Ways, report};
use crate::finding::{Finding, Lang};
use crate::outcome::{Outcome, RosterOffice};
use crate::write::fixture;

const WAYS: Ways<'static> = Ways { sources: "../", workbook: "Allegati 2019.xlsx" };

fn page(outcome: &Outcome, lang: Lang) -> String {
    report(outcome, lang, WAYS).unwrap()
}

#[test]
fn the_same_outcome_gives_the_same_page_in_each_language() {
    for (lang, code, word) in [(Lang::It, "it", "In sintesi"), (Lang::En, "en", "At a glance")] {
        let text = page(&fixture::outcome(), lang);
        assert_eq!(text, page(&fixture::outcome(), lang));
        assert!(text.contains(&format!("<html lang=\"{code}\">")) && text.contains(word));
        assert_eq!(text.matches("<h1>").count(), 1);
    }
}

#[test]
fn figures_are_those_of_the_workbook() {
    let text = page(&fixture::outcome(), Lang::It);
    for figure in ["98,21%", "89,95%", "3.664.142,24", "−3,05%", "785,71"] {
        assert!(text.contains(figure), "{figure} is not there");
    }
    assert!(page(&fixture::outcome(), Lang::En).contains("3,664,142.24"));
}

#[test]
fn the_summary_has_every_group_of_figures_and_no_empty_row() {
    let text = page(&fixture::outcome(), Lang::It);
    let summary = text.split("<section id=\"riepilogo\"").nth(1).unwrap().split("</section>").next().unwrap();
    for group in
        ["Standard della Carta dei servizi", "Costo del personale (€)", "Obiettivi a 100", "Copertura degli uffici"]
    {
        assert!(summary.contains(&format!("colspan=\"3\">{group}</th>")), "{group}: {summary}");
    }
    for row in summary.split("<tr").skip(1) {
        let row = row.split("</tr>").next().unwrap();
        let said = row.split('>').skip(1).any(|part| !part.split('<').next().unwrap().trim().is_empty());
        assert!(said, "{row}");
    }
    assert_eq!(summary.matches("<thead>").count(), 1);
}

#[test]
fn a_row_below_a_merged_code_is_named_by_its_process() {
    let text = page(&fixture::outcome(), Lang::It);
    let annex = text.split("<section id=\"allegato-1\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(annex.contains("Vidimazioni</th>") && !annex.contains(">UFFICIO REGISTRO IMPRESE</th>"));
}

#[test]
fn a_table_below_another_keeps_its_headers() {
    let text = page(&fixture::outcome(), Lang::It);
    let annex = text.split("<section id=\"allegato-2\"").nth(1).unwrap().split("</section>").next().unwrap();
    let (head, body) = annex.split_once("</thead>").unwrap();
    assert!(head.contains("COORDINATORE") && !head.contains("IMPORTO PAGATO"));
    assert!(body.contains("scope=\"col\"") && body.contains("IMPORTO PAGATO (€)</th>"));
}

#[test]
fn what_a_sheet_says_is_never_markup() {
    let mut outcome = fixture::outcome();
    let bad = "</script><script>alert(\"1\")</script>'<img src=x onerror=alert(1)>\u{0}";
    let row = &mut outcome.consolidation.charter.rows[0].standard.record;
    (row.office, row.process, row.notes) = (bad.into(), bad.into(), bad.into());
    outcome.consolidation.body = Some(bad.to_owned());
    outcome.roster.push(RosterOffice { name: bad.to_owned(), files: Vec::new() });
    outcome.consolidation.objectives[0].holder = bad.to_owned();
    outcome.consolidation.staff_costs.entities[0] = bad.to_owned();
    let one = outcome.findings.iter().next().unwrap();
    let finding = Finding::new(one.code, one.place.clone()).with("value", bad);
    outcome.findings.push(finding);
    let text = page(&outcome, Lang::It);
    assert_eq!(text.matches("<script>").count(), 1);
    assert_eq!(text.matches("</script>").count(), 1);
    assert!(!text.contains("<img") && !text.contains('\u{0}'));
    assert!(text.matches("&lt;/script&gt;").count() > 6 || text.matches("&#60;/script&#62;").count() > 6);
}

#[test]
fn nothing_at_all_says_so() {
    let text = page(&Outcome::default(), Lang::It);
    for words in
        ["Nessuna anomalia", "Nessuno standard", "Nessun obiettivo", "Nessun elenco degli uffici", "Ente non indicato"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("id=\"filters\""));
}

#[test]
fn links_are_relative_or_not_there() {
    let text = page(&fixture::outcome(), Lang::It);
    assert!(text.contains("href=\"../REGISTRO%20IMPRESE_DEF.xlsx\""));
    assert!(text.contains("href=\"Allegati%202019.xlsx\""));
    let away = Ways { sources: "D:/fogli/", workbook: "D:/x.xlsx" };
    let text = report(&fixture::outcome(), Lang::It, away).unwrap();
    assert!(!text.contains("fogli/") && !text.contains("D:/") && !text.contains("D%3A"));
}

#[test]
fn no_address_of_a_network_stands_in_the_page() {
    let text = page(&fixture::outcome(), Lang::It);
    for word in ["http:", "https:", "//cdn", "url(http", "@import", " style=", " onclick="] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn more_findings_than_are_shown_are_counted() {
    let mut outcome = fixture::outcome();
    let one = outcome.findings.iter().next().unwrap().clone();
    (0..2_000).for_each(|_| outcome.findings.push(one.clone()));
    assert!(page(&outcome, Lang::It).contains("nella cartella di lavoro e nel JSON: 3</p>"));
}
