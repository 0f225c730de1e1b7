//! Runs a command under a clock and says how much memory it and its children held at most.

use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a command did and what it cost.
#[derive(Debug)]
pub struct Measured {
    /// What it said; `None` when it had to be stopped.
    pub output: Option<Output>,
    /// How long it took.
    pub took: Duration,
    /// The most resident memory that one of its processes held, in bytes; 0 where the system does not tell.
    pub peak: u64,
}

/// Runs a command to its end, or stops it after `patience`.
pub fn measure(command: &mut Command, patience: Duration) -> Measured {
    let started = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the program starts");
    let (id, done, peak) = (child.id(), AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                peak.fetch_max(peak_of(id), Ordering::Relaxed);
                if started.elapsed() > patience {
                    stop(id);
                    return true;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            false
        });
        let output = child.wait_with_output().expect("the program ends");
        let took = started.elapsed();
        done.store(true, Ordering::Relaxed);
        let stopped = watch.join().expect("the watch ends");
        let peak = peak.load(Ordering::Relaxed);
        Measured { output: (!stopped).then_some(output), took, peak }
    })
}

/// The high-water mark of a process and of its children, whichever is higher.
fn peak_of(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let own = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let own = own.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) << 10;
    children(id).into_iter().map(peak_of).fold(own, u64::max)
}

/// A child may belong to any thread of the process.
fn children(id: u32) -> Vec<u32> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{id}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

/// Ends a process that this one started, and its children.
fn stop(id: u32) {
    for child in children(id) {
        stop(child);
    }
    let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
}
