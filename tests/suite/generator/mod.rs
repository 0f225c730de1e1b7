//! Folders of other bodies' offices, made from a seed with the truth known by construction, and the judge that compares
//! the program's JSON with it. Written from the specification and from how Italian offices keep their sheets, not from
//! the reader: when both disagree, one of them is wrong and the specification says which.
//!
//! The judge's verdicts: *right*; *flagged*, a difference with an error or warning at the value's own cell (as good as
//! right where a trap was planted, a defect elsewhere); *silently wrong*, also for a trap of which nothing is said;
//! *lost*; *false alarm*, an error where nothing is wrong. Silent, lost and alarms must be none, and 99 % of the records
//! without a trap right.
//!
//! `cargo test --test suite generator` judges a fixed dozen of seeds. `ALLEGATI_SEEDS=0..200` widens it, and
//! `ALLEGATI_KEEP=DIR` keeps the folders there, each with `truth.txt`, `out.json` and the program's stderr beside it.

mod across;
mod assemble;
mod cases;
mod charter;
mod charter_values;
mod checks;
mod clock;
mod coverage;
mod draft;
pub mod folder;
mod headers;
mod judge;
mod layout;
mod objectives;
mod oracle;
mod procedures;
mod random;
mod report;
mod selfcheck;
mod spell;
mod staff_costs;
mod standards;
mod steps;
mod strategic;
mod truth;
mod words;

use std::path::{Path, PathBuf};

use crate::harness::run::run;

use report::Report;

const SUBSET: std::ops::Range<u64> = 0..12;

/// The seeds asked for: `A..B`, one number, or the fixed dozen.
fn seeds() -> std::ops::Range<u64> {
    let Ok(text) = std::env::var("ALLEGATI_SEEDS") else { return SUBSET };
    let number = |text: &str| text.trim().parse::<u64>().expect("ALLEGATI_SEEDS is A..B or a number");
    match text.split_once("..") {
        Some((first, end)) => number(first)..number(end),
        None => number(&text)..number(&text) + 1,
    }
}

/// A folder of a seed: kept where `ALLEGATI_KEEP` says, else thrown away with the guard.
fn place(seed: u64) -> (PathBuf, Option<tempfile::TempDir>) {
    match std::env::var_os("ALLEGATI_KEEP") {
        Some(keep) => {
            let root = Path::new(&keep).join(format!("seed-{seed}")).join("folder");
            if root.exists() {
                std::fs::remove_dir_all(&root).expect("old folder removed");
            }
            std::fs::create_dir_all(&root).expect("kept folder");
            (root, None)
        }
        None => {
            let guard = tempfile::tempdir().expect("folder");
            (guard.path().to_owned(), Some(guard))
        }
    }
}

#[test]
fn subset() {
    let mut report = Report::default();
    for seed in seeds() {
        let (root, guard) = place(seed);
        let truth = folder::generate(seed, &root);
        let outcome = run(&root);
        if guard.is_none() {
            let beside = root.parent().expect("kept folder");
            std::fs::write(beside.join("truth.txt"), format!("{truth:#?}")).expect("truth kept");
            std::fs::write(beside.join("out.json"), format!("{:#}", outcome.json)).expect("JSON kept");
            std::fs::write(beside.join("stderr.txt"), &outcome.stderr).expect("stderr kept");
        }
        assert!(
            !outcome.json.is_null(),
            "seed {seed}: no JSON, exit {:?}\n{}{}",
            outcome.exit,
            outcome.stdout,
            outcome.stderr
        );
        for code in judge::noise(&truth, &outcome.json) {
            *report.noise.entry(code).or_insert(0) += 1;
        }
        report.judgements.extend(judge::judge(&truth, &outcome.json).into_iter().map(|judgement| (seed, judgement)));
    }
    let counts = report.counts();
    println!("{}", report.text());
    assert!(
        counts.silent == 0 && counts.lost == 0 && counts.alarms == 0 && counts.right_percent() >= 99.0,
        "{counts:?}"
    );
}
