//! A second process of this program that reads `.xls`, `.xlsb` and what is encrypted, under a limit of memory and one of
//! time.
//!
//! A library that asks for more memory than there is takes its whole process with it, and nothing in that process can
//! prevent it. So the process is one that holds nothing else: it gets passwords
//! and bytes through a pipe, where no other program sees them, and gives back sheets and findings.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::budget::{Job, Over};
use super::sniff::{self, Content};
use super::{FileFormat, Limits, Passwords, READER_FAILED, wire};
use crate::finding::{Finding, Text};
use crate::sheet::Sheet;

/// The argument that makes this program a worker.
pub const ARGUMENT: &str = "--read-in-worker";

/// How the worker ends when the file does not fit into its memory.
const NO_ROOM: u8 = 3;

/// Reads a file in a worker.
pub(super) fn read(program: &Path, format: FileFormat, bytes: &[u8], job: &mut Job) -> (FileFormat, Vec<Sheet>) {
    let limits = job.limits;
    let numbers = [limits.inflated_bytes, limits.cells, limits.seconds, limits.worker_memory];
    let child = Command::new(program)
        .arg(ARGUMENT)
        .arg(format.id())
        .args(numbers.map(|number| number.to_string()))
        // An allocator that had set room aside beforehand would not feel the limit of memory.
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(child) = child else {
        return (format, failed(job, Text::new("il lettore non è partito", "the reader did not start")));
    };
    let (said, end) = answer(child, [&job.passwords.to_bytes(), bytes], limits);
    // A worker that breaks off after its sheets were said loses no more than the texts of formulas.
    if let Some((inside, said)) = said.split_first()
        && let Some((mut sheets, findings, rest)) = wire::decode(said, job.file)
    {
        wire::decode_formulas(rest, &mut sheets);
        job.findings.append(findings);
        return (FileFormat::ALL.get(usize::from(*inside)).copied().unwrap_or(format), sheets);
    }
    let sheets = match end {
        // Passwords were still being tried: that it is protected is what is known of it.
        End::Over(Over::Time) if format == FileFormat::Other => {
            sniff::refuse(&Content::Encrypted, job);
            Vec::new()
        }
        End::Over(over) => {
            job.over(over);
            Vec::new()
        }
        End::Silent => failed(job, Text::new("risposta incompleta", "incomplete answer")),
        End::Died => failed(job, Text::new("il lettore si è interrotto", "the reader broke off")),
    };
    (format, sheets)
}

fn failed(job: &mut Job, why: Text) -> Vec<Sheet> {
    job.findings.push(Finding::new(&READER_FAILED, job.place()).with("why", why));
    Vec::new()
}

/// How a worker ended.
enum End {
    Silent,
    Over(Over),
    Died,
}

/// Feeds the worker and waits for its answer, no longer than it may take.
fn answer(mut child: Child, given: [&[u8]; 2], limits: &Limits) -> (Vec<u8>, End) {
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // The worker keeps its own clock; the second more is for it to say so itself.
    let patience = Duration::from_secs(limits.seconds.saturating_add(1));
    std::thread::scope(|scope| {
        scope.spawn(move || input.map(|mut input| given.iter().try_for_each(|bytes| input.write_all(bytes))));
        let errors = scope.spawn(move || drain(errors, 4096));
        let (sender, receiver) = channel();
        let most = limits.worker_memory;
        let output = scope.spawn(move || {
            let said = drain(output, most);
            let _ = sender.send(());
            said
        });
        let late = receiver.recv_timeout(patience).is_err();
        if late {
            let _ = child.kill();
        }
        let status = child.wait();
        let (said, errors) = (output.join().unwrap_or_default(), errors.join().unwrap_or_default());
        let end = match status {
            _ if late => End::Over(Over::Time),
            Ok(status) if status.success() => End::Silent,
            Ok(status) if status.code() == Some(i32::from(NO_ROOM)) => End::Over(Over::Memory),
            _ if String::from_utf8_lossy(&errors).contains("memory allocation") => End::Over(Over::Memory),
            _ => End::Died,
        };
        (said, end)
    })
}

fn drain(source: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(source) = source {
        let mut source = source.take(most);
        // What was read before an error is judged by its end mark.
        let _ = source.read_to_end(&mut bytes);
    }
    bytes
}

/// The worker itself: bytes on standard input, sheets and findings on standard output.
///
/// The program calls it when its first argument is [`ARGUMENT`].
pub fn worker_main() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let mut arguments = std::env::args().skip(2);
    let format = arguments.next();
    let mut number = || arguments.next().and_then(|text| text.parse().ok());
    let (Some(inflated_bytes), Some(cells), Some(seconds), Some(worker_memory)) =
        (number(), number(), number(), number())
    else {
        return ExitCode::from(2);
    };
    let limits = Limits { inflated_bytes, cells, seconds, worker_memory };
    limit_memory(limits.worker_memory);
    // One thread: the room that each sets aside for itself would count against the limit.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    let Ok(passwords) = Passwords::read(&mut std::io::stdin()) else { return ExitCode::from(2) };
    let mut bytes = Vec::new();
    if std::io::stdin().take(limits.inflated_bytes).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(NO_ROOM);
    }
    let file: Arc<str> = "".into();
    let mut job = Job::new(&file, &limits, &passwords);
    let content = match format.as_deref() {
        Some("xlsb") => Content::Xlsb,
        Some("xls") => Content::Xls,
        _ => Content::Encrypted,
    };
    let (format, mut sheets) = super::read_as(content.clone(), None, &bytes, &mut job);
    let inside = FileFormat::ALL.iter().position(|known| *known == format).unwrap_or_default() as u8;
    let mut output = std::io::stdout();
    let said = output
        .write_all(&[inside])
        .and_then(|()| output.write_all(&wire::encode(&sheets, &job.findings)))
        .and_then(|()| output.flush());
    // The texts of formulas come last: what can go wrong with them takes nothing along.
    match content {
        Content::Xlsb => super::xlsb::formula_texts(&bytes, &mut sheets),
        Content::Xls => super::xls::formula_texts(&bytes, &mut sheets),
        _ => {}
    }
    match said.and_then(|()| output.write_all(&wire::encode_formulas(&sheets))).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

// Without a limit of memory the clock still holds.

#[cfg(target_os = "linux")]
fn limit_memory(bytes: u64) {
    let _ = rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes);
}

/// Elsewhere the system knows no such limit, or keeps to it only by paging: the allocator of the process keeps it.
#[cfg(not(target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: cap::Cap<mimalloc::MiMalloc> = cap::Cap::new(mimalloc::MiMalloc, usize::MAX);

#[cfg(not(target_os = "linux"))]
fn limit_memory(bytes: u64) {
    let _ = ALLOCATOR.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX));
}
