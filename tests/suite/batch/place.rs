//! Where a summary may go, and what it must leave alone.

use super::*;

/// Every file below a folder: its way and its bytes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut left) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = left.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                left.push(path);
            } else {
                found.insert(path.clone(), fs::read(path).expect("bytes"));
            }
        }
    }
    found
}

/// A root with one folder, whose sheet is a workbook.
fn one_folder() -> (TempDir, PathBuf) {
    let root = root(1);
    let folder = root.path().join("Ente 0/2019");
    (root, folder)
}

fn batch_to(root: &Path, summary: &Path) -> (i32, String, String) {
    batch(root, &["-o", summary.to_str().expect("UTF-8")])
}

#[test]
fn a_summary_takes_the_place_of_no_file_that_is_somebody_s() {
    let (root, folder) = one_folder();
    fs::create_dir_all(folder.join("consolidato")).expect("a folder");
    for name in ["appunti.json", "consolidato/mio.xlsx", "../prova.xlsx"] {
        fs::write(folder.join(name), "x").expect("written");
    }
    let before = files(root.path());
    let by_us = "un file che allegati non ha scritto";
    for (name, why) in [
        (FILES[0], "il posto di un foglio di un ufficio"),
        ("../prova.xlsx", "il posto di un foglio di un ufficio"),
        ("appunti.xlsx", by_us),
        ("consolidato/mio.xlsx", by_us),
    ] {
        let (code, _, said) = batch_to(root.path(), &folder.join(name));
        assert!(code == 2 && said.contains(why), "{name}: {code}\n{said}");
        assert!(files(root.path()) == before, "{name}: nothing is written");
    }
}

#[test]
fn a_summary_takes_the_place_of_an_earlier_one_wherever_it_lies() {
    let (root, folder) = one_folder();
    for (name, made) in [
        ("Tutti.xlsx", "1 fatte, 0 già a posto, 0 non riuscite"),
        ("Tutti.xlsx", "0 fatte, 1 già a posto, 0 non riuscite"),
        ("consolidato/Tutti.xlsx", "0 fatte, 1 già a posto, 0 non riuscite"),
        ("consolidato/Tutti.xlsx", "0 fatte, 1 già a posto, 0 non riuscite"),
    ] {
        let summary = folder.join(name);
        // One that is not whole is written again.
        fs::remove_file(summary.with_extension("json")).ok();
        let (_, out, said) = batch_to(root.path(), &summary);
        assert!(out.contains(made) && summary.with_extension("json").exists(), "{name}\n{out}{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_sheet_counts_as_the_sheet() {
    let (root, folder) = one_folder();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let link = elsewhere.path().join("Tutti.xlsx");
    std::os::unix::fs::symlink(folder.join(FILES[0]), &link).expect("a link");
    let (code, _, said) = batch_to(root.path(), &link);
    assert!(code == 2 && said.contains("foglio di un ufficio"), "{said}");
}

#[test]
fn the_results_of_a_folder_keep_their_place() {
    let (root, folder) = one_folder();
    let target = folder.join("consolidato/Allegati-2019.xlsx");
    for _ in 0..2 {
        let before = files(root.path());
        let (code, _, said) = batch_to(root.path(), &target);
        assert!(code == 2 && said.contains("il posto dei risultati di una cartella"), "{said}");
        assert!(files(root.path()) == before, "nothing is written");
        batch(root.path(), &[]);
    }
}

#[test]
fn a_root_that_is_a_folder_of_sheets_itself_holds_its_results_and_the_summary() {
    let (_root, folder) = one_folder();
    for made in ["1 fatte, 0 già a posto", "0 fatte, 1 già a posto"] {
        let (_, out, said) = batch(&folder, &[]);
        assert!(out.contains(made) && out.contains("0 non riuscite"), "{out}{said}");
    }
    assert_eq!(names(&folder).len(), 4, "two results and two of all");
    assert_eq!(summary(&folder)[0]["workbook"], "../consolidato/Allegati-2019.xlsx");
}
