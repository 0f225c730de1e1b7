//! How time and memory grow: with the cells of a log, with the number of files, with the threads.

use super::Make;
use super::starting::run;
use super::whole::{consolidated, counted};
use crate::harness::{Goal, Work, contender};
use crate::inputs;

pub const WORKS: &[(&str, Make)] = &[
    ("cells-2", |id| log(id, "10² cells", 12, 1)),
    ("cells-3", |id| log(id, "10³ cells", 125, 1)),
    ("cells-4", |id| log(id, "10⁴ cells", 1_250, 1)),
    ("cells-5", |id| log(id, "10⁵ cells", 12_500, 1)),
    ("cells-6", |id| log(id, "10⁶ cells", 125_000, 1)),
    ("cells-7", |id| log(id, "10⁷ cells in four files", 312_500, 4)),
    ("files-100", |id| books(id, 100)),
    ("files-400", |id| books(id, 400)),
    ("files-2000", |id| books(id, 2_000)),
    ("threads", |id| {
        let folder = inputs::books(400);
        let with = |jobs: &str| {
            let arguments = ["check".into(), folder.clone(), "--jobs".into(), jobs.into()];
            move || run(&arguments)
        };
        let contenders = vec![contender("peer", "one thread", with("1")), contender("ours", "two threads", with("2"))];
        Some(Work { id, what: "process: 400 books by threads".into(), goal: Some(Goal::OfPeer(1.0 / 1.8)), contenders })
    }),
];

fn log(id: &'static str, what: &str, rows: u32, files: u32) -> Option<Work> {
    let folder = inputs::logs("xlsx", rows, files);
    let contenders = vec![contender("ours", "consolidate", move || counted(consolidated(&folder, None)))];
    Some(Work { id, what: format!("growth: {what}"), goal: None, contenders })
}

fn books(id: &'static str, count: u64) -> Option<Work> {
    let folder = inputs::books(count);
    let contenders = vec![contender("ours", "consolidate", move || counted(consolidated(&folder, None)))];
    Some(Work { id, what: format!("growth: {count} books"), goal: None, contenders })
}
