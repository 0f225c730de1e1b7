//! Header memory: what `inspect --learn` proposes is replayed from the settings and not asked again.

use std::path::Path;
use std::process::Command;

const SHEET: &str = "Ufficio Anagrafe - Carta dei servizi 2019\n\n\
    Codice;Servizio;Promesso agli utenti;Fatto in media;Note\n\
    1.1.1;Certificati;5 gg.;3,5 gg.;\n1.1.2;Cambi;10 gg.;7 gg.;\n1.1.3;Carte;6 gg.;4 gg.;\n";

fn learn(file: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_allegati"))
        .args(["inspect", "--learn", "--lang", "it"])
        .arg(file)
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn proposed_lines_are_replayed_and_never_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = folder.path().join("anagrafe.csv");
    std::fs::write(&sheet, SHEET).expect("a sheet");
    let before = crate::harness::run::run(folder.path());
    assert_eq!(before.json["charter"]["rows"].as_array().map(Vec::len), Some(0));
    let lines = learn(&sheet);
    assert!(lines.contains("planned = [\"Promesso agli utenti\"]"), "{lines}");
    assert!(lines.contains("measured = [\"Fatto in media\"]"), "{lines}");
    std::fs::write(folder.path().join("allegati.toml"), &lines).expect("settings");
    let after = crate::harness::run::run(folder.path());
    assert_eq!(after.json["charter"]["counted"], 3);
    assert_eq!(after.json["charter"]["percent"], "100.00");
    assert_eq!(learn(&sheet).trim(), "# nessuna intestazione in dubbio");
}
