//! The folders below a root that are each a run of their own, and whether one is as it was at its last run.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::list::{is_litter, is_other, is_ours, list_with, own_name, walk};
use super::{Limits, hexadecimal, sha256};
use crate::finding::Findings;
use crate::settings::FILE_NAME;

/// Folders deeper than this below the root are not looked for.
const DEEPEST: usize = 12;

/// The folders that are a run each, by the byte order of their way from the root.
///
/// A folder with an `allegati.toml`, or that holds spreadsheets itself, is one, with everything below it. The root is
/// one only when none is found below it. Links to folders are followed when asked, each folder once.
///
/// # Errors
/// When the root cannot be listed.
pub fn units(root: &Path, follow_links: bool) -> io::Result<Vec<PathBuf>> {
    let entered = if follow_links { Some(BTreeSet::from([root.canonicalize()?])) } else { None };
    let mut search = Search { entered, found: Vec::new() };
    for folder in search.folders(root)? {
        search.gather(&folder, 1);
    }
    let mut found = search.found;
    if found.is_empty() && is_unit(root) {
        found.push(root.to_owned());
    }
    found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    Ok(found)
}

/// A search for folders that are a run each.
struct Search {
    /// The folders that were entered, without links; only when links are followed.
    entered: Option<BTreeSet<PathBuf>>,
    found: Vec<PathBuf>,
}

impl Search {
    fn gather(&mut self, folder: &Path, depth: usize) {
        if let Some(entered) = &mut self.entered
            && !folder.canonicalize().is_ok_and(|real| entered.insert(real))
        {
            return;
        }
        if is_unit(folder) {
            self.found.push(folder.to_owned());
        } else if depth < DEEPEST {
            for below in self.folders(folder).unwrap_or_default() {
                self.gather(&below, depth + 1);
            }
        }
    }

    /// The folders in a folder: real ones before links, by the byte order of their names.
    fn folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (own, kind) = (entry.file_name().to_string_lossy().into_owned(), entry.file_type()?);
            let linked = self.entered.is_some() && kind.is_symlink() && entry.path().is_dir();
            if (kind.is_dir() || linked) && !is_litter(&own) && own != "consolidato" {
                found.push((linked, entry.path()));
            }
        }
        found.sort();
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }
}

/// How many files a run over a folder may have to read, and how many bytes they are; none is opened.
pub fn weight(folder: &Path, follow_links: bool) -> (usize, u64) {
    let files = walk(folder, follow_links).map(|listing| listing.files).unwrap_or_default();
    let sheets = files.iter().filter(|found| !is_other(own_name(&found.name)) && own_name(&found.name) != FILE_NAME);
    sheets.fold((0, 0), |(files, bytes), found| {
        (files + 1, bytes + fs::metadata(&found.path).map_or(0, |metadata| metadata.len()))
    })
}

fn is_unit(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_file());
    files.into_iter().any(|entry| {
        let own = entry.file_name().to_string_lossy().into_owned();
        let sheet = !is_litter(&own) && !is_other(&own) && super::list::looks_like_sheet(&own);
        own.eq_ignore_ascii_case(FILE_NAME) || (sheet && !is_ours(&entry.path(), &own))
    })
}

/// What a run's figures depend on, as one SHA-256 in hexadecimal: the names and contents of the files to read, the
/// names of those that are none, and the settings.
///
/// # Errors
/// When the folder cannot be listed.
pub fn fingerprint(folder: &Path, limits: &Limits, follow_links: bool) -> io::Result<String> {
    let listing = list_with(folder, follow_links)?;
    let files = listing.files.iter().map(|found| {
        // One that is too large, or cannot be read, counts by its name: a run does not read it either.
        let small = fs::metadata(&found.path).is_ok_and(|file| file.len() <= limits.inflated_bytes);
        let bytes = if small { fs::read(&found.path).ok() } else { None };
        (found.name.clone(), bytes.map(|bytes| sha256(&bytes)).unwrap_or_default())
    });
    Ok(combined(folder, files, &listing.other, &listing.findings))
}

/// The same from the hashes of files that were read.
pub fn combined(
    folder: &Path,
    files: impl IntoIterator<Item = (Arc<str>, String)>,
    other: &[Arc<str>],
    findings: &Findings,
) -> String {
    let mut hash = Sha256::new();
    let mut add = |kind: &str, text: &str, more: &str| {
        hash.update(format!("{kind} {} {text} {more}\n", text.len()));
    };
    files.into_iter().for_each(|(name, sha256)| add("file", &name, &sha256));
    other.iter().for_each(|name| add("other", name, ""));
    findings.iter().for_each(|finding| add("finding", &finding.place.file, finding.code.id));
    let settings = fs::read(folder.join(FILE_NAME)).unwrap_or_default();
    add("settings", FILE_NAME, &sha256(&settings));
    hexadecimal(&hash.finalize())
}

/// The same with the records of earlier years that a run compared with, each with its hash; as it is without any.
pub fn with_earlier(inputs_sha256: String, records: &[(Arc<str>, String)]) -> String {
    if records.is_empty() {
        return inputs_sha256;
    }
    let mut hash = Sha256::new();
    hash.update(format!("inputs {inputs_sha256}\n"));
    records.iter().for_each(|(name, sha256)| hash.update(format!("earlier {} {name} {sha256}\n", name.len())));
    hexadecimal(&hash.finalize())
}

/// Whether a workbook that a run wrote is there and can be read to its last byte.
pub fn is_whole(workbook: &Path) -> bool {
    let whole = || -> Option<()> {
        let mut archive = zip::ZipArchive::new(io::BufReader::new(fs::File::open(workbook).ok()?)).ok()?;
        // Reading a part to its end checks its sum.
        (0..archive.len()).try_for_each(|at| io::copy(&mut archive.by_index(at).ok()?, &mut io::sink()).ok().map(drop))
    };
    whole().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_sheets_or_settings_are_runs() {
        let root = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "a;b\n1;2\n").unwrap();
        };
        for name in [
            "b/2019/fogli.csv",
            "b/2019/uffici/altri.csv",
            "a/2020/allegati.toml",
            "a/2020/x/y.csv",
            "c/leggimi.pdf",
            "loose.csv",
            "b/consolidato/z.csv",
        ] {
            put(name);
        }
        let found = units(root.path(), false).unwrap();
        let names: Vec<_> = found.iter().map(|unit| unit.strip_prefix(root.path()).unwrap().to_owned()).collect();
        assert_eq!(names, [Path::new("a/2020"), Path::new("b/2019")]);
        assert_eq!(units(&root.path().join("b/2019"), false).unwrap(), [root.path().join("b/2019/uffici")]);
        assert_eq!(units(&root.path().join("b/2019/uffici"), false).unwrap(), [root.path().join("b/2019/uffici")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_followed_only_when_asked_and_each_folder_once() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for folder in [root.path().join("a/2019"), other.path().join("2020")] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("fogli.csv"), "a;b\n1;2\n").unwrap();
        }
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).unwrap();
        link(other.path(), "altrove");
        link(other.path(), "ancora");
        link(root.path(), "a/intorno");
        link(&root.path().join("a/2019"), "a/stesso");
        let names = |follow| {
            let found = units(root.path(), follow).unwrap();
            found.iter().map(|unit| unit.strip_prefix(root.path()).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(false), [Path::new("a/2019")]);
        assert_eq!(names(true), [Path::new("a/2019"), Path::new("altrove/2020")]);
        assert_eq!(weight(root.path(), false), (1, 8));
    }

    #[test]
    fn a_fingerprint_follows_contents_names_and_settings() {
        let folder = tempfile::tempdir().unwrap();
        let now = || fingerprint(folder.path(), &Limits::default(), false).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.csv", "a;b");
        let mut seen = vec![now()];
        assert_eq!(now(), seen[0]);
        let steps: [(&str, &str); 4] = [("a.csv", "a;c"), ("b.csv", ""), (FILE_NAME, "[body]"), ("foto.jpg", "x")];
        for (name, text) in steps {
            write(name, text);
            let next = now();
            assert!(!seen.contains(&next), "{name}");
            seen.push(next);
        }
        write("~$a.xlsx", "lock");
        assert_eq!(now(), seen[4]);
        assert_eq!(with_earlier(now(), &[]), seen[4]);
        let with = |hash: &str| with_earlier(now(), &[("consolidato/Allegati-2018.json".into(), hash.to_owned())]);
        assert_eq!(with("a"), with("a"));
        assert!(with("a") != with("b") && with("a") != seen[4]);
    }
}
