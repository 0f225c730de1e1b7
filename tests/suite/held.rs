//! Sheets that are let go and opened again, and files that are first read for another year, change nothing.

use std::path::Path;

use allegati::finding::Lang;
use allegati::pipeline::{self, Options};
use allegati::settings::Settings;

use crate::harness::deliver;
use crate::intake::samples_folder;

/// The record of a folder and all that is said of it, windows included.
fn told(folder: &Path, held_cells: Option<usize>, jobs: usize) -> (String, String) {
    let settings = Settings::load(folder, &[]).expect("settings");
    let options = Options { held_cells, jobs: Some(jobs), ..Options::default() };
    let outcome = pipeline::consolidate(folder, &settings, &options, &|_| ()).expect("a run");
    (allegati::write::json(&outcome, Lang::It), format!("{:#?}", outcome.findings))
}

#[test]
fn sheets_that_are_opened_again_give_the_same() {
    let folder = samples_folder();
    let (record, findings) = told(&folder, None, 2);
    assert!(findings.contains("excerpt: Some("), "no finding has a window");
    for held in [0, 300] {
        let (again, also) = told(&folder, Some(held), 2);
        assert!(again == record, "{held} cells held: another record");
        assert!(also == findings, "{held} cells held: other findings");
    }
}

#[test]
fn a_file_heard_first_does_not_decide_the_year() {
    let folder = tempfile::tempdir().expect("a folder");
    // Its dates have no year of their own: they are of the year that the folder is of.
    let log = |title: &str| {
        format!(
            "# sheet: Registro\n{title}\nTermine: 30 giorni\n\nN. PRATICA | DATA PROTOCOLLO | DATA RILASCIO\n1 | 10/1 | 20/1\n2 | 7/2 | 9/2"
        )
    };
    deliver(&log("Procedimento: Visure"), "a", folder.path());
    deliver(
        "# sheet: Albi\nCarta dei servizi 2018\nCODICE | PROCESSO/SERVIZIO | VALORE PROGRAMMATO | VALORE RILEVATO\n2.1.1 | Albi | 30 gg. | 20 gg.",
        "b",
        folder.path(),
    );
    for name in ["c", "d", "e"] {
        deliver(&log("Procedimento: Vidimazioni, anno 2019"), name, folder.path());
    }
    let (first, said) = told(folder.path(), None, 1);
    assert!(first.contains("\"year\": 2019") || first.contains("\"year\":2019"), "{first}");
    assert!(!said.contains("C017"), "{said}");
    for (held, jobs) in [(None, 2), (Some(0), 1), (Some(0), 2)] {
        let (again, also) = told(folder.path(), held, jobs);
        assert!(again == first && also == said, "{held:?} {jobs}: {also}");
    }
}
