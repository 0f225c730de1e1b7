//! A worker that breaks off, hangs, asks for too much or talks nonsense costs its own file and nothing else.

use std::path::Path;

use allegati::finding::Lang;
use allegati::intake::{Found, Limits, open};

/// A program in the worker's place that fails in a way of its own for each limit of cells.
const FAILING: &str = "tests/tools/worker-that-fails.sh";

#[test]
fn whatever_becomes_of_the_worker_is_a_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = "Lucca InTec costo personale.xls";
    let found = Found { path: root.join("samples/lucca-2019").join(name), name: name.into() };
    let failing = root.join(FAILING);
    let cases = [
        ("it gives up", "F012", "broke off"),
        ("it crashes", "F012", "broke off"),
        ("it hangs", "F006", "time"),
        ("it asks for too much", "F006", "memory"),
        ("it stops in mid-answer", "F012", "incomplete"),
        ("it talks without end", "F012", ""),
    ];
    let started = (1..).zip(cases).map(|(way, case)| (way, &*failing, case));
    let missing = root.join("tests/tools/no-such-program");
    let not_started = [(0, &*missing, ("it is not there", "F012", "did not start"))];
    let locked = Found { path: root.join("tests/corpus/password-agile.xlsx"), name: "password-agile.xlsx".into() };
    let tries_passwords = [(3, &*failing, ("it tries passwords without end", "F002", "password"))];
    for (way, program, (what, code, word)) in started.chain(not_started).chain(tries_passwords) {
        let found = if code == "F002" { &locked } else { &found };
        let limits = Limits { cells: way, seconds: 1, worker_memory: 4 << 20, ..Limits::default() };
        let (opened, findings) = open(found, &limits, Some(program));
        let said: Vec<_> = findings.iter().map(|finding| (finding.code.id, finding.message(Lang::En))).collect();
        assert!(matches!(&said[..], [(id, text)] if *id == code && text.contains(word)), "{what}: {said:?}");
        assert!(opened.is_some_and(|opened| opened.sheets.is_empty() && opened.sha256.len() == 64), "{what}");
    }
}
