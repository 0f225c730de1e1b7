//! Measures the contenders of a work in turns, and prints what came out with the ratios to the peer.

use std::any::Any;
use std::cell::RefCell;
use std::process::Command;
use std::time::{Duration, Instant};

/// Something to be done, by several contenders.
pub struct Work {
    /// Its name on the command line.
    pub id: &'static str,
    /// What stands in the table.
    pub what: String,
    /// What is to be reached.
    pub goal: Option<Goal>,
    /// Who does it.
    pub contenders: Vec<Contender>,
}

/// One way of doing a work.
pub struct Contender {
    /// `floor`, `peer` or `ours`; others are named in the table only.
    pub id: &'static str,
    /// What stands in the table.
    pub what: &'static str,
    /// Does it and counts what it met: cells, records, bytes.
    pub run: Box<dyn Fn() -> u64>,
    /// Whether once is enough, because it takes long.
    pub slow: bool,
}

/// One way of doing a work.
pub fn contender(id: &'static str, what: &'static str, run: impl Fn() -> u64 + 'static) -> Contender {
    Contender { id, what, run: Box::new(run), slow: false }
}

/// What ours should reach.
#[derive(Clone, Copy)]
pub enum Goal {
    /// At most this part of the peer's time.
    OfPeer(f64),
    /// The same, and at most so many MiB of memory.
    OfPeerWithin(f64, u64),
    /// At most so many milliseconds.
    Millis(f64),
    /// At least so many millions of the counted bytes in a second.
    MegabytesPerSecond(f64),
}

/// What one contender needed.
pub struct Measured<'a> {
    contender: &'a Contender,
    count: u64,
    times: Vec<Duration>,
    processor: Vec<Duration>,
}

impl Measured<'_> {
    fn least(&self) -> f64 {
        self.times.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }

    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort();
        times[times.len() / 2].as_secs_f64()
    }

    fn processor(&self) -> f64 {
        self.processor.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }
}

thread_local!(static LEFT: RefCell<Vec<Box<dyn Any>>> = RefCell::default());

/// Keeps what a command leaves to the end of its process until the clock stands still.
pub fn leave(left: impl Any) {
    LEFT.with_borrow_mut(|all| all.push(Box::new(left)));
}

/// Works that take little are done more often, up to so many times and so long: their least time is of few samples else.
const OFTEN: (usize, Duration) = (25, Duration::from_secs(4));

/// A work by all its contenders, in turns, so many times or more.
pub fn measure(work: &Work, rounds: usize) -> Vec<Measured<'_>> {
    let begin = Instant::now();
    let fresh = |contender| Measured { contender, count: 0, times: Vec::new(), processor: Vec::new() };
    let mut measured: Vec<Measured> = work.contenders.iter().map(fresh).collect();
    for round in (0..).take_while(|round| *round < rounds || (*round < OFTEN.0 && begin.elapsed() < OFTEN.1)) {
        for one in measured.iter_mut().filter(|one| round == 0 || !one.contender.slow) {
            let (start, before) = (Instant::now(), processor_time());
            one.count = (one.contender.run)();
            one.times.push(start.elapsed());
            one.processor.push(processor_time().saturating_sub(before));
            LEFT.take();
        }
    }
    measured
}

/// The names of the columns of the table.
pub fn head() -> String {
    format!(
        "{:36} {:25} {:>9} {:>8} {:>8} {:>6} {:>8} {:>6} {:>8}  goal",
        "work", "who", "count", "least s", "median s", "÷ peer", "CPU s", "÷ peer", "peak MiB"
    )
}

/// Prints the lines of a work.
pub fn report(work: &Work, measured: &[Measured]) {
    let of = |id| measured.iter().find(|one| one.contender.id == id);
    let ratio = |own: f64, peers: Option<f64>| peers.map_or_else(String::new, |peers| format!("{:.2}", own / peers));
    for one in measured {
        let peak = if one.contender.slow { None } else { peak(work.id, one.contender.id) };
        let goal = if one.contender.id == "ours" { verdict(work.goal, one, of("peer"), peak) } else { String::new() };
        println!(
            "{:36} {:25} {:>9} {:>8.4} {:>8.4} {:>6} {:>8.4} {:>6} {:>8}  {goal}",
            work.what,
            one.contender.what,
            one.count,
            one.least(),
            one.median(),
            ratio(one.least(), of("peer").map(Measured::least)),
            one.processor(),
            ratio(one.processor(), of("peer").map(Measured::processor)),
            peak.map_or_else(String::new, |mib| mib.to_string()),
        );
    }
}

fn verdict(goal: Option<Goal>, ours: &Measured, peer: Option<&Measured>, peak: Option<u64>) -> String {
    let Some(goal) = goal else { return String::new() };
    let ratio = peer.map_or(f64::NAN, |peer| ours.least() / peer.least());
    let (text, met) = match goal {
        Goal::OfPeer(most) => (format!("≤ {most:.2} × peer"), ratio <= most),
        Goal::OfPeerWithin(most, mib) => {
            (format!("≤ {most:.2} × peer, ≤ {mib} MiB"), ratio <= most && peak.is_none_or(|peak| peak <= mib))
        }
        Goal::Millis(most) => (format!("≤ {most} ms"), ours.least() * 1e3 <= most),
        Goal::MegabytesPerSecond(least) => {
            let speed = ours.count as f64 / 1e6 / ours.least();
            (format!("≥ {least} MB/s: {speed:.0}"), speed >= least)
        }
    };
    format!("{text} {}", if met { "met" } else { "MISSED" })
}

/// The time that processors gave to this process and to those it started so far, in steps of a hundredth of a second;
/// nothing where the system does not tell.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may hold anything: state, parent… and as the 12th to 15th the own and the children's times.
    let fields = text.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Does one work once and says the peak memory of the process.
pub fn once(works: &[Work], contender: &str) {
    for one in works.iter().flat_map(|work| &work.contenders).filter(|one| one.id == contender) {
        (one.run)();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    println!("{}", peak.trim().trim_end_matches(" kB"));
}

/// The peak memory of a process of its own that does this work, in MiB.
fn peak(work: &str, contender: &str) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let threads = rayon::current_num_threads().to_string();
    let arguments = ["--only", work, "--once", contender, "--threads", &threads];
    let output = Command::new(program).args(arguments).output().ok()?;
    let kib: u64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(kib / 1024)
}
