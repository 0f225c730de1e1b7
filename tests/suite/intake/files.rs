//! Whatever else lies in a folder: what it is said to be, and what is passed over.

use std::io::Write;
use std::path::Path;

use allegati::finding::{Lang, Severity};
use allegati::intake::{self, CODES, FileFormat, Found, Limits, Passwords};
use allegati::pipeline::{self, Options};
use allegati::settings::Settings;

use super::book::Book;
use super::{codes, grid, messages, open, open_with, samples_folder, zip};

fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a container");
    for name in streams {
        file.create_stream(name).expect("a stream").write_all(b"\x01\x02\x03").expect("its content");
    }
    file.flush().expect("the container");
    file.into_inner().into_inner()
}

#[test]
fn what_is_no_spreadsheet_is_named() {
    let word = zip(&[("[Content_Types].xml", ""), ("_rels/.rels", ""), ("word/document.xml", "")]);
    let cases: [(&str, Vec<u8>, &str, &str); 16] = [
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "F003", "HTML"),
        ("a.xls", b"\r\n<TABLE border=1><tr><td>1".to_vec(), "F003", "HTML"),
        ("a.xlsx", b"{\\rtf1 ciao}".to_vec(), "F003", "RTF"),
        ("a.xlsx", b"%PDF-1.4".to_vec(), "F003", "PDF"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n".to_vec(), "F003", "image"),
        ("a.xlsx", word, "F003", "Word"),
        ("a.xlsx", zip(&[("leggimi.txt", "x")]), "F003", "ZIP"),
        (
            "a.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            "F003",
            "2003",
        ),
        ("a.xls", b"\x09\x00\x04\x00\x07\x00\x10\x00".to_vec(), "F007", "Excel 2"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00".to_vec(), "F007", "Excel 4"),
        ("a.xlsx", Vec::new(), "F004", "empty"),
        ("a.csv", b" \r\n \r\n".to_vec(), "F004", "empty"),
        ("a.xlsx", vec![0; 4096], "F005", "zero"),
        ("a.xlsx", compound(&["/EncryptedPackage", "/EncryptionInfo"]), "F002", "password"),
        ("a.xls", compound(&["/WordDocument"]), "F003", "Word"),
        ("a.xlsx.p7m", b"\x30\x82\x10\x00\x06\x09".to_vec(), "F003", "signed"),
    ];
    for (name, bytes, code, word) in cases {
        let (opened, findings) = open(name, &bytes);
        assert_eq!(codes(&findings), [code], "{name} {word}: {:?}", messages(&findings));
        assert!(messages(&findings)[0].contains(word), "{:?}", messages(&findings));
        assert_eq!(findings.count(Severity::Error), 1);
        let opened = opened.expect("its bytes");
        assert!(opened.sheets.is_empty() && opened.sha256.len() == 64);
    }
}

#[test]
fn the_content_decides_not_the_name() {
    let (opened, findings) = open("prova.xls", &Book::of("<row><c><v>1</v></c></row>").bytes());
    assert!(findings.is_empty());
    assert_eq!(opened.expect("its bytes").format, FileFormat::Xlsx);
    let (opened, findings) = open("prova.csv", b"ID;Procedura\r\n1;Bilancio\r\n");
    assert!(findings.is_empty() && opened.is_some_and(|opened| opened.sheets[0].count() == 4));
    assert_eq!(codes(&open("prova.slk", b"ID;PWXL;N;E\r\nB;Y1;X1\r\nC;Y1;X1;K5\r\nE\r\n").1), ["F003"]);
    let (opened, _) = open("prova.xls", b"Codice\tValore\r\n1\t2\r\n");
    let opened = opened.expect("its bytes");
    assert_eq!(opened.format, FileFormat::Text);
    assert_eq!(grid(&opened.sheets[0]), ["A1=Codice", "B1=Valore", "A2=1", "B2=2"]);
}

#[test]
fn separated_text_keeps_its_rows_and_says_what_is_doubtful() {
    let (opened, findings) =
        open("dati.csv", b"sep=;\r\nUfficio\r\n\r\nCodice;Nota\r\n1;\"due\r\nrighe\"\r\n2;\"aperta\r\n3;x\r\n");
    assert_eq!(codes(&findings), ["F009"]);
    let wanted =
        ["A1=Ufficio", "A3=Codice", "B3=Nota", "A4=1", "B4=due\r\nrighe", "A5=2", "B5=\"aperta", "A6=3", "B6=x"];
    assert_eq!(grid(&opened.expect("its bytes").sheets[0]), wanted);
    // A quote that is left open swallows no rows, and one within a text is told.
    let log = b"N.;Ditta;Nota\r\n1;\"Alfa;x\r\n2;Beta;y\r\n3;\"Gamma\";z\r\n4;\"ditta \"Delta\" srl\";w\r\n";
    let (opened, findings) = open("dati.csv", log);
    let places: Vec<String> =
        findings.iter().map(|finding| finding.place.cell.map_or_else(String::new, |cell| cell.to_string())).collect();
    assert_eq!((codes(&findings), places), (vec!["F009", "F009"], vec!["B2".to_owned(), "B5".to_owned()]));
    let sheet = &opened.expect("its bytes").sheets[0];
    assert_eq!(sheet.rows.len(), 5);
    assert_eq!(grid(sheet)[3..9], ["A2=1", "B2=\"Alfa", "C2=x", "A3=2", "B3=Beta", "C3=y"]);
    let many = format!("N.;Nota\n{}", "1;\"a\" b\n".repeat(1_003));
    let (_, findings) = open("dati.csv", many.as_bytes());
    assert_eq!(codes(&findings).len(), 1_001);
    assert!(messages(&findings).iter().any(|said| said.contains("in 3 more cells")), "the rest is counted");
    let (opened, findings) = open("dati.csv", b"Qualit\xE0;1,5\nPerch\xE9;2,5\n");
    assert!(findings.is_empty(), "{:?}", messages(&findings));
    assert_eq!(grid(&opened.expect("its bytes").sheets[0])[0], "A1=Qualità");
}

#[test]
fn prose_is_listed_and_no_error() {
    let (opened, findings) = open("leggimi.txt", "Cartella di raccolta: ogni ufficio, entro gennaio.\n".as_bytes());
    assert_eq!((codes(&findings), findings.count(Severity::Info)), (vec!["F013"], 1));
    assert!(opened.expect("its bytes").sheets.is_empty());
}

#[test]
fn a_folder_is_listed_without_what_is_no_sheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = Book::of("").part("docProps/core.xml", "<p><dc:creator>allegati</dc:creator></p>").bytes();
    for (name, bytes) in [
        ("b.xlsx", &b"x"[..]),
        ("a/z.ods", b"x"),
        ("B.csv", b"x"),
        ("senza estensione", b"x"),
        ("firmato.xlsx.p7m", b"x"),
        ("~$b.xlsx", b"x"),
        (".~lock.b.xlsx#", b"x"),
        (".DS_Store", b"x"),
        ("a/Thumbs.db", b"x"),
        ("__MACOSX/b.xlsx", b"x"),
        ("consolidato/Allegati-2019.xlsx", b"x"),
        ("Allegati-2019.xlsx", b"x"),
        ("copia di uscita.xlsx", &own),
        ("allegati.toml", b"x"),
        ("foto.JPG", b"x"),
        ("relazione.docx", b"x"),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("its folder")).expect("its folder");
        std::fs::write(path, bytes).expect("a file");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("fuori.xlsx")).expect("a link out");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("giro")).expect("a circle");
    }
    let listing = intake::list(folder.path()).expect("the folder");
    let names: Vec<&str> = listing.files.iter().map(|found| &*found.name).collect();
    assert_eq!(names, ["B.csv", "a/z.ods", "b.xlsx", "firmato.xlsx.p7m", "senza estensione"]);
    assert_eq!(listing.other.iter().map(|name| &**name).collect::<Vec<_>>(), ["foto.JPG", "relazione.docx"]);
    assert_eq!(listing.skipped.len(), if cfg!(unix) { 10 } else { 9 });
    assert_eq!(codes(&listing.findings), if cfg!(unix) { vec!["F008", "F010", "F008"] } else { vec!["F008", "F008"] });
    // Whoever opens no workbook before it is read passes over the same ones then, too large or not.
    let candidates = intake::candidates(folder.path(), false).expect("the folder");
    for limits in [Limits::default(), Limits { inflated_bytes: 1, ..Limits::default() }] {
        let opened = |found: &&Found| {
            intake::open_candidate(found, found.bytes(), &limits, None, &Passwords::default()).is_some()
        };
        let read: Vec<&str> = candidates.files.iter().filter(opened).map(|found| &*found.name).collect();
        assert_eq!((read, candidates.files.len()), (names.clone(), names.len() + 1));
    }
    let run = pipeline::consolidate(folder.path(), &Settings::default(), &Options::default(), &|_| ()).expect("a run");
    assert_eq!(run.sources.iter().map(|source| &*source.file).collect::<Vec<_>>(), names);
}

#[test]
fn every_code_has_its_texts_once() {
    let mut ids: Vec<&str> = CODES.iter().map(|code| code.id).collect();
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), CODES.len());
    for code in CODES {
        for lang in [Lang::It, Lang::En] {
            assert!(code.message.get(lang).ends_with('.') && code.help.get(lang).ends_with('.'), "{}", code.id);
        }
    }
}

#[test]
fn a_worker_reads_what_this_process_reads_and_dies_alone() {
    let program = Path::new(env!("CARGO_BIN_EXE_allegati"));
    let name = "Lucca InTec costo personale.xls";
    let bytes = std::fs::read(samples_folder().join(name)).expect("a sample");
    let limits = Limits::default();
    let (here, _) = open_with(name, &bytes, &limits, None);
    let (there, findings) = open_with(name, &bytes, &limits, Some(program));
    assert!(findings.is_empty(), "{:?}", messages(&findings));
    let (here, there) = (here.expect("its bytes").sheets, there.expect("its bytes").sheets);
    assert_eq!(format!("{:?}", here[0].rows), format!("{:?}", there[0].rows));
    assert_eq!(here[0].formats, there[0].formats);
    let tight = Limits { worker_memory: 32 << 20, ..Limits::default() };
    let large = [bytes.clone(), vec![0; 64 << 20]].concat();
    let (_, findings) = open_with(name, &large, &tight, Some(program));
    assert_eq!(codes(&findings), ["F006"], "{:?}", messages(&findings));
    let (_, findings) = open_with(name, &bytes, &limits, Some(Path::new("/non/esiste")));
    assert_eq!(codes(&findings), ["F012"]);
}
