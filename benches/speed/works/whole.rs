//! What the commands do: folders read, recognised, parsed, scored and written.

use std::fs;
use std::path::{Path, PathBuf};

use allegati::finding::Lang;
use allegati::outcome::Outcome;
use allegati::pipeline::{self, Options};
use allegati::settings::Settings;
use allegati::write;
use rayon::prelude::*;

use super::reading::calamine_xlsx;
use super::{Make, writing};
use crate::harness::{self, Goal, Work, contender};
use crate::inputs;

pub const WORKS: &[(&str, Make)] = &[
    ("check", |id| {
        let folder = inputs::books(2_000);
        let contenders = vec![streaming(&folder), checked("consolidate", folder)];
        Some(Work { id, what: "check 2,000 books".into(), goal: Some(Goal::OfPeer(0.5)), contenders })
    }),
    ("run", |id| {
        let folder = inputs::books(2_000);
        let files = inputs::files(&folder, "xlsx");
        let target = folder.with_file_name("run.xlsx");
        let (ours, sheets) = (folder.clone(), writing::Sheets::of_run(&folder));
        let contenders = vec![
            contender("peer", "calamine + rust_xlsxwriter", move || {
                files.par_iter().map(|path| calamine_xlsx(path)).sum::<u64>() + sheets.written()
            }),
            contender("ours", "consolidate + write", move || {
                let outcome = consolidated(&ours, None);
                // Side by side, as the command does.
                let (book, json) = std::thread::scope(|scope| {
                    let json = scope.spawn(|| write::json(&outcome, Lang::It));
                    let book = write::workbook(&outcome, Lang::It, "../").expect("a workbook");
                    (book, json.join().expect("a JSON"))
                });
                fs::write(&target, &book).expect("the workbook on disk");
                fs::write(target.with_extension("json"), json).expect("the JSON on disk");
                counted(outcome)
            }),
        ];
        Some(Work { id, what: "run 2,000 books".into(), goal: Some(Goal::OfPeer(0.7)), contenders })
    }),
    ("log-xlsx", |id| {
        let folder = inputs::logs("xlsx", 500_000, 1);
        let contenders = vec![streaming(&folder), checked("consolidate", folder)];
        let goal = Some(Goal::OfPeerWithin(0.7, 100));
        Some(Work { id, what: "check a log of 500,000 × 8, xlsx".into(), goal, contenders })
    }),
    ("log-csv", |id| {
        let folder = inputs::logs("csv", 500_000, 1);
        let size = fs::metadata(&inputs::files(&folder, "csv")[0]).expect("the log").len();
        let ours = contender("ours", "consolidate, bytes", move || {
            assert!(counted(consolidated(&folder, Some(1))) > 500_000, "not every row became a record");
            size
        });
        let goal = Some(Goal::MegabytesPerSecond(200.0));
        Some(Work { id, what: "check a log of 500,000 × 8, csv".into(), goal, contenders: vec![ours] })
    }),
];

fn streaming(folder: &Path) -> crate::harness::Contender {
    let files = inputs::files(folder, "xlsx");
    contender("peer", "calamine, streaming", move || files.par_iter().map(|path| calamine_xlsx(path)).sum())
}

fn checked(what: &'static str, folder: PathBuf) -> crate::harness::Contender {
    contender("ours", what, move || counted(consolidated(&folder, None)))
}

/// The stages over a folder of inputs, with as many threads as the peers have unless said.
pub fn consolidated(folder: &Path, jobs: Option<usize>) -> Outcome {
    let jobs = jobs.or(Some(rayon::current_num_threads()));
    let settings = Settings::load(folder, &[]).expect("no settings");
    pipeline::consolidate(folder, &settings, &Options { jobs, ..Options::default() }, &|_| {}).expect("a folder")
}

/// How many rows became records. The outcome is left to the end, as the commands leave it to that of their process.
pub fn counted(outcome: Outcome) -> u64 {
    let count = outcome.sources.iter().flat_map(|source| &source.sheets).map(|sheet| u64::from(sheet.records)).sum();
    harness::leave(outcome);
    count
}
