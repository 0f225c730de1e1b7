//! Where the summary of a batch goes: never where something lies that this program did not write, nor where a folder's
//! own results go.

use std::path::{Path, PathBuf};

use allegati::intake;

use crate::cli::failure::Failure;
use crate::cli::output::{Outputs, absolute, would_replace};

/// The files of a summary: the workbook, and the JSON next to it.
pub fn outputs(workbook: &Path) -> Outputs {
    Outputs { workbook: workbook.to_owned(), json: workbook.with_extension("json"), report: None }
}

/// Makes sure, before anything is written, that a summary takes no other file's place: neither that of one below the
/// root or in a folder of the batch which is no result of ours, nor that of a folder's own results.
///
/// # Errors
/// When it would.
pub fn must_be_its_own(summary: &Path, root: &Path, units: &[PathBuf]) -> Result<(), Failure> {
    let folders: Vec<PathBuf> = [root].into_iter().chain(units.iter().map(PathBuf::as_path)).map(absolute).collect();
    let results: Vec<PathBuf> = units.iter().map(|unit| absolute(&unit.join("consolidato"))).collect();
    for output in outputs(summary).all() {
        let name = output.file_name().unwrap_or_default();
        // Both the file that a link leads to and the place of the link itself.
        let beside = absolute(output.parent().unwrap_or(Path::new("")));
        let ways = [absolute(output), beside.join(name)];
        if is_result_name(&name.to_string_lossy()) && results.contains(&beside) {
            return Err(would_replace_results(output));
        }
        let below = ways.iter().any(|way| folders.iter().any(|folder| way.starts_with(folder)));
        if below && output.is_file() && !intake::bears_our_mark(output) {
            return Err(refusal(output, &beside));
        }
    }
    Ok(())
}

/// Whether a run names its results so: `Allegati-2019.xlsx`. Case makes no two files of them everywhere.
fn is_result_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.strip_suffix(".xlsx").or_else(|| lower.strip_suffix(".json"));
    let year = stem.and_then(|stem| stem.strip_prefix("allegati-"));
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A workbook among the sheets is an office's; anything else is somebody's.
fn refusal(output: &Path, beside: &Path) -> Failure {
    let among_results = beside.iter().any(|part| part == "consolidato");
    if output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) && !among_results {
        return would_replace(output);
    }
    let path = output.display();
    Failure::new(
        format!(
            "il riepilogo prenderebbe il posto di un file che allegati non ha scritto: {path}\n  spostarlo, o scegliere un altro nome con -o"
        ),
        format!(
            "the summary would take the place of a file that allegati did not write: {path}\n  move it, or choose another name with -o"
        ),
    )
}

fn would_replace_results(output: &Path) -> Failure {
    let path = output.display();
    Failure::new(
        format!(
            "il riepilogo prenderebbe il posto dei risultati di una cartella: {path}\n  scegliere un altro nome con -o"
        ),
        format!("the summary would take the place of a folder’s results: {path}\n  choose another name with -o"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_known_by_their_names() {
        for name in ["Allegati-2019.xlsx", "allegati-2019.XLSX", "Allegati-2020.json"] {
            assert!(is_result_name(name), "{name}");
        }
        for name in ["Riepilogo.xlsx", "Allegati-19.xlsx", "Allegati-2019.html", "Allegati-2019-bis.xlsx"] {
            assert!(!is_result_name(name), "{name}");
        }
    }
}
