//! Whatever lies in the folder, the run ends well: in time, in little memory, with its finding, and the good file beside
//! it is consolidated.

mod archives;
mod bomb;
mod compound;
mod locked;
mod opendocument;
mod packages;
#[cfg(unix)]
mod prompt;
mod sheetless;
#[cfg(unix)]
mod worker;
mod xlsb;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::harness::measured::measure;

/// The most memory that a crafted file may cost.
const MOST_MEMORY: u64 = 200 << 20;
/// How long the run with a crafted file may take; a program without optimisation, on a busy machine, gets longer.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 2 });
/// An office's sheet that gives 19 records by itself.
const GOOD: &str = "samples/lucca-2019/studi e statistica.xlsx";

/// Puts a file beside a good one, has both checked, and gives the codes found in it about the file itself.
fn findings(name: &str, bytes: &[u8]) -> Vec<String> {
    findings_with(name, bytes, &[])
}

fn findings_with(name: &str, bytes: &[u8], arguments: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOOD);
    std::fs::copy(good, folder.path().join("good.xlsx")).expect("the good file");
    std::fs::write(folder.path().join(name), bytes).expect("the crafted file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegati"));
    command.arg("check").arg(folder.path()).args(["--lang", "en"]).args(arguments).env_remove("ALLEGATI_LANG");
    let measured = measure(&mut command, PATIENCE);
    let output = measured.output.unwrap_or_else(|| panic!("{name} is not read in {PATIENCE:?}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}\n{out}\n{err}", output.status);
    assert!(!err.contains("panicked"), "{name}: {err}");
    let peak = measured.peak >> 20;
    println!("{name}: {} ms, {peak} MiB", measured.took.as_millis());
    assert!(measured.peak < MOST_MEMORY, "{name} takes {peak} MiB and {:?}", measured.took);
    let last = out.lines().last().unwrap_or_default();
    let records = last.split(", ").nth(2).and_then(|part| part.split(' ').next()).and_then(|count| count.parse().ok());
    assert!(last.starts_with("2 files, ") && records.is_some_and(|count: u32| count >= 19), "{name}: {last}\n{out}");
    let mut codes = codes(&out, name);
    codes.dedup();
    codes
}

/// The codes of the findings that name a file.
fn codes(out: &str, name: &str) -> Vec<String> {
    let mut codes = Vec::new();
    let mut last = "";
    for line in out.lines() {
        if let Some((_, code)) = line.split_once('[').filter(|(word, _)| !word.contains(' ')) {
            last = code.split(']').next().unwrap_or_default();
        }
        let placed = line.trim_start().strip_prefix("--> ").or_else(|| line.split_once("] ").map(|(_, rest)| rest));
        if last.starts_with('F') && placed.is_some_and(|place| place.starts_with(name)) {
            codes.push(last.to_owned());
        }
    }
    codes
}
