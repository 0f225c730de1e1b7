//! Makes the corpus of the fuzzer of the project's own files: the samples, what was kept, the museum's grids in every
//! format, and their texts. `fuzz/run.sh` runs it; what is in `fuzz/corpus` already stays.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Result};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use allegati::intake::{self, Found, Limits};

use crate::harness::{self, grid::Book};

/// What stands before the name of a part in the seed of a container; a line end follows the name.
const MARK: &[u8] = b"\n@part ";

/// Targets that read one text.
const PARSERS: [&str; 8] = ["number", "percentage", "date", "duration", "goal", "not_counted", "yes_no", "fold"];

/// Makes the bytes of a workbook.
type Writer = fn(&Book) -> Vec<u8>;

/// The writers of the suite, each with a name of its format.
const WRITERS: [(&str, Writer); 5] = [
    ("a.xlsx", harness::xlsx::bytes),
    ("a.ods", harness::ods::bytes),
    ("a.xls", harness::xls::bytes),
    ("a.xlsb", harness::xlsb::bytes),
    ("a.csv", harness::delimited::bytes),
];

/// Texts of the corpus of a parser: more only slow it down.
const TEXTS: usize = 1500;

/// The longest text of a cell that is worth a seed.
const LENGTH: usize = 120;

#[test]
#[ignore = "it makes the corpus of the fuzzer and tests nothing"]
fn make_the_seeds() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = Corpus { folder: root.join("fuzz/corpus") };
    let (mut texts, mut formats) = (BTreeSet::new(), BTreeSet::new());
    for path in files(&root.join("samples"))?.into_iter().chain(files(&root.join("tests/corpus")).unwrap_or_default()) {
        let bytes = fs::read(&path)?;
        if path.ends_with("allegati.toml") {
            corpus.add("settings", &bytes)?;
        } else {
            corpus.add_book(&path, &bytes)?;
            collect(&path, &mut texts, &mut formats);
        }
    }
    let grids = files(&root.join("tests/findings"))?.into_iter().chain(files(&root.join("tests/kinds"))?);
    for path in grids {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("toml") => corpus.add("settings", &fs::read(&path)?)?,
            Some("grid") => {
                let grid = fs::read_to_string(&path)?;
                texts.extend(grid.split(['|', '\n']).map(|text| text.trim().to_owned()));
                let book = harness::text::parse(&grid).book;
                for (name, bytes) in WRITERS {
                    // What a format cannot hold is no seed of it.
                    if let Ok(bytes) = catch_unwind(|| bytes(&book)) {
                        corpus.add_book(Path::new(name), &bytes)?;
                    }
                }
            }
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty() && text.len() <= LENGTH);
    let every = texts.len().div_ceil(TEXTS).max(1);
    for text in texts.iter().step_by(every) {
        for parser in PARSERS {
            corpus.add(parser, text.as_bytes())?;
        }
    }
    for format in formats {
        corpus.add("format", format.as_bytes())?;
    }
    for link in ["mean(allegato1.percent.rounded, Artigianato, Protesti/2/4a)", "Ente/1/1", "allegato2.rounded"] {
        corpus.add("link", link.as_bytes())?;
    }
    Ok(())
}

/// The folder of seeds, one folder for each target.
struct Corpus {
    folder: PathBuf,
}

impl Corpus {
    /// Adds a seed under a name that its content gives.
    fn add(&self, target: &str, bytes: &[u8]) -> Result<()> {
        // FNV-1a: two runs of this program must name a seed alike.
        let name = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{name:016x}")), bytes)
    }

    /// Adds a file to the target of its format: as it stands, and as the parts that it packs.
    fn add_book(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let target = match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv" | "tsv" | "txt") => {
                self.add("folder", bytes)?;
                return self.add("text", bytes);
            }
            Some(format @ ("xlsx" | "ods" | "xls" | "xlsb")) => format,
            _ => return Ok(()),
        };
        self.add(target, bytes)?;
        let parts = if target == "xls" { streams(bytes) } else { entries(bytes) };
        parts.map_or(Ok(()), |parts| self.add(target, &parts))
    }
}

/// The parts of a zip.
fn entries(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        let name = entry.name().ok()?.into_owned();
        part(&mut parts, &name, &content);
    }
    Some(parts)
}

/// The streams of a compound file.
fn streams(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let paths: Vec<PathBuf> =
        file.walk().filter(|entry| entry.is_stream()).map(|entry| entry.path().to_owned()).collect();
    let mut parts = Vec::new();
    for path in paths {
        let mut content = Vec::new();
        file.open_stream(&path).ok()?.read_to_end(&mut content).ok()?;
        part(&mut parts, &path.to_string_lossy(), &content);
    }
    Some(parts)
}

fn part(parts: &mut Vec<u8>, name: &str, content: &[u8]) {
    parts.extend(MARK);
    parts.extend(name.as_bytes());
    parts.push(b'\n');
    parts.extend(content);
}

/// The texts and the format codes of a file's cells.
fn collect(path: &Path, texts: &mut BTreeSet<String>, formats: &mut BTreeSet<String>) {
    let found = Found { path: path.to_owned(), name: "file".into() };
    let Some(opened) = intake::open(&found, &Limits::default(), None).0 else { return };
    for sheet in &opened.sheets {
        formats.extend(sheet.formats.iter().map(|format| format.code.to_string()));
        for row in sheet.rows.iter() {
            texts.extend(row.cells().map(|cell| sheet.shown(cell)));
        }
    }
}

/// The files of a folder and of those below it, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { paths.extend(files(&path)?) } else { paths.push(path) }
    }
    paths.sort();
    Ok(paths)
}
