//! How fast the program is, beside the readers and writers that everyone has.
//!
//! `cargo bench --bench speed` writes its inputs once under `target/bench-data` (seeded, so always the same) and measures
//! in one run, in turns, so that a busy machine troubles all alike:
//!
//! - *floor*: the least that must be done, such as unpacking bytes that nobody looks at;
//! - *peer*: what others would use for it: calamine, the csv crate, rust_xlsxwriter, a script with pandas;
//! - *ours*: what the program does, which is more than the peer does.
//!
//! The table gives the least and the median of the rounds, the least processor time (Linux: the measure to look at on a
//! busy machine), the peak memory of a process that does this work alone, and above all the ratios to the peer in this
//! very run: seconds of different machines or days say nothing. Where a work has a goal, the last column holds it and says
//! whether it was met.
//!
//! `cargo bench --bench speed -- --rounds 11 --threads 1 --only check,run` says how often at least, with how many threads (as many
//! as there are cores unless said), and which works; `--list` names them. Works with a script of `peers/` are left out
//! aloud when Python or its libraries are not there.

mod harness;
mod inputs;
mod works;

use harness::Work;

/// As in the program; the peers have it too.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let all = works::all();
    if arguments.iter().any(|argument| argument == "--list") {
        return all.iter().for_each(|(id, _)| println!("{id}"));
    }
    let only = after("--only");
    let wanted = |id: &str| only.as_deref().is_none_or(|only| only.split(',').any(|one| one == id));
    let works: Vec<Work> = all.iter().filter(|(id, _)| wanted(id)).filter_map(|(id, make)| make(id)).collect();
    if let Some(contender) = after("--once") {
        return harness::once(&works, &contender);
    }
    println!("{} threads", rayon::current_num_threads());
    println!("{}", harness::head());
    // One work after the other, the contenders of each in turns.
    for work in &works {
        harness::report(work, &harness::measure(work, number("--rounds").unwrap_or(5)));
    }
}
