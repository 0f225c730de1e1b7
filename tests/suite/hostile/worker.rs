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
    let cases = [
        ("it gives up", "F012", "broke off"),
        ("it crashes", "F012", "broke off"),
        ("it hangs", "F006", "time"),
        ("it asks for too much", "F006", "memory"),
        ("it stops in mid-answer", "F012", "incomplete"),
        ("it talks without end", "F012", ""),
    ];
    for (way, (what, code, word)) in (1..).zip(cases) {
        let limits = Limits { cells: way, seconds: 1, worker_memory: 4 << 20, ..Limits::default() };
        let (opened, findings) = open(&found, &limits, Some(&root.join(FAILING)));
        let said: Vec<_> = findings.iter().map(|finding| (finding.code.id, finding.message(Lang::En))).collect();
        assert!(matches!(&said[..], [(id, text)] if *id == code && text.contains(word)), "{what}: {said:?}");
        assert!(opened.is_some_and(|opened| opened.sheets.is_empty() && opened.sha256.len() == 64), "{what}");
    }
}
