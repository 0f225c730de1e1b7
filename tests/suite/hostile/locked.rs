//! Files protected by a password: named, opened when Excel would open them without asking or the password is given, and
//! no password in anything that is said.

use std::io::Write;

use super::bomb::{Part, archive};
use super::compound::containers;
use super::{findings, findings_with};
use crate::harness::run::check;
use crate::intake::grid;

/// What opens the protected workbooks of the corpus.
pub const PASSWORD: &str = "primavera";

/// A protected workbook.
pub fn corpus(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    std::fs::read(path).expect("a protected workbook")
}

/// The formats in which the corpus has a workbook under a password of its own.
pub const LOCKED: [&str; 6] = [
    "password-agile.xlsx",
    "password-standard.xlsx",
    "password-rc4.xls",
    "password-cryptoapi.xls",
    "password-cryptoapi-40.xls",
    "password-xor.xls",
];

#[test]
fn what_excel_opens_without_asking_is_read() {
    for name in ["excels-own-agile.xlsx", "excels-own-standard.xlsx", "excels-own-rc4.xls", "excels-own-xor.xls"] {
        assert!(findings(name, &corpus(name)).is_empty(), "{name}");
    }
}

#[test]
fn what_is_locked_is_named_and_opened_with_its_password() {
    let mut file = tempfile::NamedTempFile::new().expect("a file of passwords");
    write!(file, "\u{feff}altra\r\nvuota \r\n\r\n{PASSWORD}\r\n").expect("passwords");
    let wrong = tempfile::NamedTempFile::new().expect("a file of passwords");
    std::fs::write(wrong.path(), "sbagliata\nPrimavera\n").expect("passwords");
    for name in LOCKED {
        assert_eq!(findings(name, &corpus(name)), ["F002"], "{name}");
        let path = |file: &tempfile::NamedTempFile| file.path().to_str().expect("a path").to_owned();
        assert_eq!(findings_with(name, &corpus(name), &["--password-file", &path(&wrong)]), ["F002"], "{name}");
        assert!(findings_with(name, &corpus(name), &["--password-file", &path(&file)]).is_empty(), "{name}");
    }
}

#[test]
fn the_cells_of_a_locked_workbook_are_those_of_the_plain_one() {
    let file = tempfile::NamedTempFile::new().expect("a file of passwords");
    std::fs::write(file.path(), PASSWORD).expect("a password");
    let shown = |name: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, corpus(name)).expect("the workbook");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_allegati"));
        command.args(["inspect", "--lang", "en", "--password-file"]).arg(file.path()).arg(&path);
        let output = command.output().expect("the program");
        String::from_utf8(output.stdout).expect("UTF-8").replace(name, "")
    };
    assert!(shown(LOCKED[0]).contains("non-empty cells: 9"), "{}", shown(LOCKED[0]));
    assert_eq!(shown(LOCKED[0]), shown(LOCKED[1]));
    assert!(shown(LOCKED[2]).contains("non-empty cells: 69"), "{}", shown(LOCKED[2]));
    for name in &LOCKED[3..] {
        assert_eq!(shown(LOCKED[2]), shown(name));
    }
}

#[test]
fn no_password_is_ever_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("password.txt");
    std::fs::write(&inside, "segretissima\n").expect("a password");
    std::fs::write(folder.path().join("a.xlsx"), corpus(LOCKED[0])).expect("a locked workbook");
    let other = tempfile::tempdir().expect("another folder");
    let (text, binary) = (other.path().join("p.txt"), other.path().join("p.bin"));
    std::fs::write(&text, "segretissima\n").expect("a password");
    std::fs::write(&binary, b"segretissima\xFF\xFE\n").expect("no text");
    for (file, code) in [(&inside, 2), (&binary, 2), (&other.path().join("none"), 2), (&text, 1)] {
        for word in ["check", "run"] {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_allegati"));
            command.arg(word).arg(folder.path()).arg("--password-file").arg(file).env_remove("ALLEGATI_LANG");
            if file == &text && inside.exists() {
                std::fs::remove_file(&inside).expect("the password is taken out of the folder");
            }
            let output = command.output().expect("the program");
            assert_eq!(output.status.code(), Some(code), "{}", file.display());
            let said = [output.stdout, output.stderr].concat();
            assert!(!String::from_utf8_lossy(&said).contains("segretissima"));
        }
    }
}

#[test]
fn locks_that_are_spoilt_are_named_and_cost_little() {
    let agile = |rounds: &str, rest: &str| {
        format!(
            "\u{4}\0\u{4}\0@\0\0\0<encryption><keyData saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"AAAAAAAAAAAAAAAAAAAAAA==\"/><keyEncryptors><keyEncryptor><encryptedKey spinCount=\"{rounds}\" keyBits=\"256\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"AA==\" {rest}/></keyEncryptor></keyEncryptors></encryption>"
        )
    };
    let values = "encryptedVerifierHashInput=\"AA==\" encryptedVerifierHashValue=\"AA==\" encryptedKeyValue=\"\"";
    let standard = [&[4u8, 0, 2, 0, 0x24, 0, 0, 0][..], &u32::MAX.to_le_bytes(), &[0; 8]].concat();
    let infos: [Vec<u8>; 8] = [
        agile("100000", values).into_bytes(),
        agile("4294967295", values).into_bytes(),
        agile("1", "").into_bytes(),
        agile("-1", values).into_bytes(),
        standard,
        b"\x04\0\x04\0@\0\0\0<!DOCTYPE a>".to_vec(),
        b"\x03\0\x03\0".to_vec(),
        Vec::new(),
    ];
    for info in infos {
        for package in [&[][..], &[0xFF; 7], &[0xFF; 8], &[0xFF; 5001]] {
            let bytes = containers(&[("/EncryptionInfo", &info), ("/EncryptedPackage", package)]);
            assert_eq!(findings("spoilt.xlsx", &bytes), ["F002"], "{}", String::from_utf8_lossy(&info));
        }
    }
    for name in LOCKED {
        let whole = corpus(name);
        for at in [600, 1500, 3000] {
            let mut spoilt = whole.clone();
            spoilt[at..at + 64].fill(0xA5);
            findings(name, &spoilt);
        }
    }
}

#[test]
fn an_opendocument_sheet_is_opened_with_its_password() {
    let (name, file) = ("password-aes.ods", tempfile::NamedTempFile::new().expect("a file of passwords"));
    let path = file.path().to_str().expect("a path");
    std::fs::write(path, "Primavera\nestate\n").expect("passwords");
    assert_eq!(findings(name, &corpus(name)), ["F002"]);
    assert_eq!(findings_with(name, &corpus(name), &["--password-file", path]), ["F002"]);
    std::fs::write(path, format!("estate\n{PASSWORD}\n")).expect("passwords");
    let opened = |bytes: &[u8]| findings_with(name, bytes, &["--password-file", path]);
    assert!(opened(&corpus(name)).is_empty());
    // What is spoilt is refused or told: here bytes of the content, the styles and the manifest.
    let whole = corpus(name);
    for at in [130, 500, 900, 1250, 1310, 1900, 2700, 2900, 3300] {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0xA5;
        assert!(!opened(&spoilt).is_empty(), "{at}");
    }
}

#[test]
fn the_cells_of_a_locked_opendocument_sheet_are_read() {
    use allegati::intake::{Found, Limits, Passwords, open_with};
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/password-aes.ods");
    let found = Found { path, name: "password-aes.ods".into() };
    let (opened, findings) = open_with(&found, &Limits::default(), None, &Passwords::from_lines(PASSWORD));
    let opened = opened.expect("its bytes");
    assert!(findings.is_empty() && opened.protected);
    let cells = ["A1=Codice", "B1=Processo", "C1=Valore", "A2=6.1.1", "B2=Rilascio", "C2=5", "A3=6.1.2", "B3=Copie"];
    assert_eq!(grid(&opened.sheets[0]), [&cells[..], &["C3=12"]].concat());
}

#[test]
fn opendocument_sheets_that_are_locked_are_named() {
    let kind = Part::honest("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    let whole = archive(&[kind.clone(), Part::honest("encrypted-package", &[0xA5; 900])], &[]);
    assert_eq!(findings("whole.ods", &whole), ["F002"]);
    let manifest =
        Part::honest("META-INF/manifest.xml", b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>");
    let parts = archive(&[kind, Part::honest("content.xml", &[0xA5; 900]), manifest], &[]);
    assert_eq!(findings("parts.ods", &parts), ["F002"]);
}

#[test]
#[cfg(unix)]
fn links_that_lead_out_of_the_folder_are_not_followed() {
    let (folder, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    std::fs::write(outside.path().join("a.csv"), "Codice;Segreto\n1;fuori dalla cartella\n").expect("a sheet outside");
    std::fs::write(folder.path().join("b.csv"), "Codice;Valore\n1;2\n").expect("a sheet inside");
    std::os::unix::fs::symlink(outside.path(), folder.path().join("cartella")).expect("a link to a folder");
    std::os::unix::fs::symlink(outside.path().join("a.csv"), folder.path().join("a.csv")).expect("a link to a file");
    std::os::unix::fs::symlink(folder.path().join("none.csv"), folder.path().join("none.csv")).expect("a circle");
    let said = check(folder.path(), "en").stdout;
    assert_eq!(said.matches("F010").count(), 2, "{said}");
    assert!(!said.contains("Segreto") && !said.contains("fuori dalla"), "{said}");
}

#[test]
#[cfg(unix)]
fn links_are_followed_when_asked_and_circles_end() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    std::fs::write(outside.path().join("a.csv"), "Codice;Valore\n1;2\n").expect("a sheet outside");
    std::fs::create_dir(outside.path().join("sotto")).expect("a folder below");
    std::fs::write(outside.path().join("sotto/c.csv"), "Codice;Valore\n3;4\n").expect("a sheet below");
    std::fs::write(folder.path().join("b.csv"), "Codice;Valore\n5;6\n").expect("a sheet inside");
    symlink(outside.path(), folder.path().join("cartella")).expect("a link to a folder");
    symlink(outside.path(), outside.path().join("sotto/giro")).expect("a circle outside");
    symlink(folder.path(), outside.path().join("ritorno")).expect("a link back");
    symlink(folder.path().parent().expect("a place"), folder.path().join("sopra")).expect("a link above");
    let listing = allegati::intake::list_with(folder.path(), true).expect("a listing");
    let names: Vec<&str> = listing.files.iter().map(|found| &*found.name).collect();
    assert_eq!(names, ["b.csv", "cartella/a.csv", "cartella/sotto/c.csv"]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_allegati"));
    command.arg("check").arg(folder.path()).args(["--follow-links", "--lang", "en"]);
    let said = String::from_utf8(command.output().expect("the program").stdout).expect("UTF-8");
    assert!(said.contains("3 files, ") && !said.contains("F010"), "{said}");
}

#[test]
fn nothing_of_an_office_stays_behind() {
    let place = tempfile::tempdir().expect("the place of temporary files");
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["excels-own-agile.xlsx", "excels-own-rc4.xls", LOCKED[0]] {
        std::fs::write(folder.path().join(name), corpus(name)).expect("a workbook");
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_allegati"));
    command.arg("run").arg(folder.path()).env("TMPDIR", place.path()).env("TMP", place.path());
    assert_eq!(command.output().expect("the program").status.code(), Some(1));
    assert_eq!(std::fs::read_dir(place.path()).expect("the place").count(), 0);
    let mut left: Vec<_> = std::fs::read_dir(folder.path().join("consolidato")).expect("outputs").flatten().collect();
    left.retain(|entry| !entry.file_name().to_string_lossy().starts_with("Allegati-"));
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(check(folder.path(), "en").exit, Some(1));
}
