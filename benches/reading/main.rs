//! How long reading takes, beside the reader that everyone has.
//!
//! `cargo bench --bench reading` writes its inputs once under `target/bench-data` (seeded, so always the same) and
//! measures, in one run and in turns so that a busy machine troubles all alike:
//!
//! - *floor*: the bytes alone, unpacked but not looked at;
//! - *peer*: calamine, streaming the cells where it can (xlsx), as ranges where it cannot (ods); for text the csv crate;
//! - *ours*: `intake::open`, that is with checksums, number formats, formula state, merges, what is hidden, the hash of
//!   the file, and the sheets kept in memory.
//!
//! The table gives the least and the median of the rounds, the least processor time (Linux: the measure to look at on a
//! busy machine), the peak memory of a process that does this work alone, and above all the ratios to the peer in this
//! very run: seconds of different machines or days say nothing.
//!
//! `cargo bench --bench reading -- --rounds 11 --threads 1 --only small` says how often, with how many threads over
//! the files of a folder (as many as there are cores unless said), and which work.

mod contenders;
mod inputs;

use std::process::Command;
use std::time::{Duration, Instant};

use contenders::Contender;
use inputs::Work;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let number = |name: &str| after(name).and_then(|text| text.parse::<usize>().ok());
    if let Some(threads) = number("--threads") {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("the threads asked for");
    }
    let only = after("--only");
    let works: Vec<Work> =
        inputs::all().into_iter().filter(|work| only.as_deref().is_none_or(|o| o == work.id)).collect();
    if let Some(contender) = after("--once") {
        return once(&works, &contender);
    }
    println!("{} threads over the files of a folder", rayon::current_num_threads());
    println!(
        "{:30} {:21} {:>8} {:>8} {:>8} {:>6} {:>8} {:>6} {:>8}",
        "work", "who", "cells", "least s", "median s", "÷ peer", "CPU s", "÷ peer", "peak MiB"
    );
    for (work, measured) in works.iter().zip(measure(&works, number("--rounds").unwrap_or(7))) {
        report(work, &measured);
    }
}

/// What one contender needed for one work.
struct Measured {
    contender: &'static Contender,
    cells: u64,
    times: Vec<Duration>,
    processor: Vec<Duration>,
}

/// All works by all contenders, in turns.
fn measure(works: &[Work], rounds: usize) -> Vec<Vec<Measured>> {
    let fresh = |contender| Measured { contender, cells: 0, times: Vec::new(), processor: Vec::new() };
    let mut all: Vec<Vec<Measured>> =
        works.iter().map(|work| contenders::of(work).iter().map(fresh).collect()).collect();
    for _ in 0..rounds {
        for (work, measured) in works.iter().zip(&mut all) {
            for one in measured {
                let (start, before) = (Instant::now(), processor_time());
                one.cells = (one.contender.run)(work);
                one.times.push(start.elapsed());
                one.processor.push(processor_time().saturating_sub(before));
            }
        }
    }
    all
}

fn report(work: &Work, measured: &[Measured]) {
    let least = |times: &[Duration]| times.iter().min().map_or(f64::NAN, Duration::as_secs_f64);
    let Some(peer) = measured.iter().find(|one| one.contender.id == "peer") else { return };
    for one in measured {
        let mut times = one.times.clone();
        times.sort();
        let median = times[times.len() / 2].as_secs_f64();
        let (wall, cpu) = (least(&one.times), least(&one.processor));
        let (by_wall, by_cpu) = (wall / least(&peer.times), cpu / least(&peer.processor));
        let peak = peak(work, one.contender).map_or_else(String::new, |mib| mib.to_string());
        let (what, who, cells) = (work.what, one.contender.what, one.cells);
        println!(
            "{what:30} {who:21} {cells:>8} {wall:>8.4} {median:>8.4} {by_wall:>6.2} {cpu:>8.4} {by_cpu:>6.2} {peak:>8}"
        );
    }
}

/// The time that processors gave to the threads of this process so far; nothing where the system does not tell.
fn processor_time() -> Duration {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return Duration::ZERO };
    let of = |thread: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(threads.filter_map(of).sum())
}

/// Does one work once and says the peak memory of the process.
fn once(works: &[Work], contender: &str) {
    for work in works {
        for one in contenders::of(work).iter().filter(|one| one.id == contender) {
            (one.run)(work);
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    println!("{}", peak.trim().trim_end_matches(" kB"));
}

/// The peak memory of a process of its own that does this work, in MiB.
fn peak(work: &Work, contender: &Contender) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let threads = rayon::current_num_threads().to_string();
    let arguments = ["--only", work.id, "--once", contender.id, "--threads", &threads];
    let output = Command::new(program).args(arguments).output().ok()?;
    let kib: u64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(kib / 1024)
}
