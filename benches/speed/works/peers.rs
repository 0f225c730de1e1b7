//! What a script in Python needs merely to read the cells of the folder that our program reads, recognises, parses, scores
//! and tells of.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Make;
use super::starting::run;
use crate::harness::{Contender, Goal, Work, contender};
use crate::inputs;

pub const WORKS: &[(&str, Make)] = &[
    ("python-books", |id| beside(id, "200 books, beside Python", inputs::books(200))),
    ("python-log", |id| beside(id, "log of 50,000 × 8, beside Python", inputs::logs("xlsx", 50_000, 1))),
];

fn beside(id: &'static str, what: &str, folder: PathBuf) -> Option<Work> {
    let readers = [
        ("peer", "pandas + openpyxl", "pandas-openpyxl"),
        ("openpyxl", "openpyxl, read-only", "openpyxl"),
        ("calamine", "pandas + python-calamine", "pandas-calamine"),
    ];
    let mut contenders: Vec<Contender> = readers.into_iter().filter_map(|reader| python(&folder, reader)).collect();
    if contenders.is_empty() {
        println!("{what}: left out, Python or its libraries are not there (see benches/peers/read.py)");
        return None;
    }
    // Whole processes, as the scripts are; those have one thread whatever the machine has.
    let single = ["check".into(), folder.clone(), "--jobs".into(), "1".into()];
    contenders.push(contender("single", "check, one thread", move || run(&single)));
    let all = ["check".into(), folder];
    contenders.push(contender("ours", "check, all threads", move || run(&all)));
    Some(Work { id, what: what.to_owned(), goal: Some(Goal::OfPeer(1.0 / 60.0)), contenders })
}

fn python(folder: &Path, (id, what, reader): (&'static str, &'static str, &'static str)) -> Option<Contender> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/read.py");
    let command = move |folder: &Path| {
        let mut command = Command::new("python3");
        command.arg(&script).arg(reader).arg(folder).stderr(Stdio::null());
        command
    };
    // Without a file to read it only loads its libraries.
    let loads = command(Path::new("")).output().is_ok_and(|output| output.status.success());
    let folder = folder.to_owned();
    let run = move || {
        let output = command(&folder).output().expect("Python");
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of cells")
    };
    loads.then(|| Contender { slow: true, ..contender(id, what, run) })
}
