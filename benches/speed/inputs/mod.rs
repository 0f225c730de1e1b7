//! What is measured on: books like those of offices, and long logs in three formats; written once, the same every time.

mod books;
mod logs;

use std::fs;
use std::path::{Path, PathBuf};

pub use logs::{HEADER, put, rows};

/// A folder of so many books of offices.
pub fn books(count: u64) -> PathBuf {
    folder(&format!("offices-{count}"), |folder| {
        books::list(&folder.join("elenco.xlsx"), count);
        for at in 0..count {
            books::write(&folder.join(format!("ufficio {at:04}.xlsx")), at);
        }
    })
}

/// A folder with one log of so many cases in each of so many files, and the list of procedures that claims it.
pub fn logs(format: &str, rows: u32, files: u32) -> PathBuf {
    folder(&format!("log-{format}-{rows}x{files}"), |folder| {
        logs::list(&folder.join("elenco.xlsx"));
        for at in 0..files {
            let path = folder.join(format!("fatture {at}.{format}"));
            match format {
                "xlsx" => logs::xlsx(&path, rows, at),
                "ods" => logs::ods(&path, rows, at),
                _ => logs::csv(&path, rows, at),
            }
        }
    })
}

/// The files of a folder with this extension, by name.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of inputs").map(|entry| entry.expect("an input").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == extension)).collect();
    files.sort();
    files
}

/// The folder of an input, made under another name first so that a broken run leaves none half full.
fn folder(name: &str, fill: impl FnOnce(&Path)) -> PathBuf {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let folder = data.join(name);
    if !folder.exists() {
        let fresh = data.join(format!("{name}.part"));
        let _ = fs::remove_dir_all(&fresh);
        fs::create_dir_all(&fresh).expect("a folder for inputs");
        fill(&fresh);
        fs::rename(&fresh, &folder).expect("the inputs in their place");
    }
    folder
}

/// A stream of numbers that is the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}
