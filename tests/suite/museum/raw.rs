//! Files of the museum that no grid can say: protected, truncated, of other programs, links.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Codes whose folder needs a link.
pub const NEEDS_LINKS: &[&str] = &["F001", "F010"];

/// Adds to a folder what its code needs besides the grids.
pub fn add(code: &str, folder: &Path) {
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("a raw file");
    match code {
        "C004" => edit(&folder.join("ambiente.xlsx"), |_, text| text.replace("<v>777</v>", "<v>7,5 ore</v>")),
        "F001" => link(Path::new("/non/esiste/piu.xlsx"), &folder.join("collegamento perso.xlsx")),
        "F002" => put("ragioneria.xlsx", &encrypted()),
        "F003" => {
            put("gestionale.xls", b"<html><body><table><tr><td>Codice</td></tr></table></body></html>");
            put("scansione.xlsx", b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
        }
        "F004" => put("metrico.xlsx", b""),
        "F005" => {
            let whole = std::fs::read(folder.join("urp.xlsx")).expect("a book");
            put("metrico.xlsx", &whole[..whole.len() / 2]);
            put("non sincronizzato.xlsx", &[0; 4096]);
        }
        "F006" => {
            let large = std::fs::File::create(folder.join("archivio pratiche.xlsx")).expect("a file");
            large.set_len(300 << 20).expect("a size without content");
        }
        "F007" => put("tariffe.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00\x0A\x00\x00\x00"),
        "F008" => put("relazione.docx", b"PK\x03\x04"),
        "F009" => put("protesti.csv", unclosed_quote().as_bytes()),
        "F010" => link(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")), &folder.join("server.xlsx")),
        "F011" => edit(&folder.join("urp.xlsx"), |name, text| {
            if name.ends_with("sheet2.xml") { without(&text, "<sheetData>", "</sheetData>") } else { text }
        }),
        "F013" => put("leggimi.txt", "Ogni ufficio salva qui il proprio foglio entro gennaio.\n".as_bytes()),
        "F014" => edit(&folder.join("urp.xlsx"), |name, text| {
            if name.ends_with("workbook.xml.rels") {
                text.replace("worksheet\" Target=\"worksheets/sheet2", "chartsheet\" Target=\"worksheets/sheet2")
            } else {
                text
            }
        }),
        _ => {}
    }
}

/// A container as Excel writes it when a password for opening is set; what is in it does not matter.
pub fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for (name, content) in [("/EncryptionInfo", &b"\x04\x00\x04\x00"[..]), ("/EncryptedPackage", &[0x5A; 512])] {
        file.create_stream(name).expect("a stream").write_all(content).expect("its content");
    }
    file.flush().expect("the container");
    file.into_inner().into_inner()
}

/// Rewrites the parts of a workbook: name and text in, text out.
pub fn edit(path: &Path, change: impl Fn(&str, String) -> String) {
    let bytes = std::fs::read(path).expect("a workbook");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("its name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("its text");
        writer.start_file(&*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(change(&name, text).as_bytes()).expect("its text");
    }
    std::fs::write(path, writer.finish().expect("the archive").into_inner()).expect("the workbook");
}

fn without(text: &str, first: &str, last: &str) -> String {
    let (before, rest) = text.split_once(first).expect("the beginning");
    let (_, after) = rest.split_once(last).expect("the end");
    format!("{before}{after}")
}

/// A sheet exported by hand in which a quotation mark is opened and never closed.
fn unclosed_quote() -> String {
    "Ufficio Protesti – Carta dei servizi 2019\r\n\r\nCODICE;PROCESSO/SERVIZIO;VALORE PROGRAMMATO;VALORE RILEVATO\r\n\
     3.1.1;Cancellazione protesti;20 gg.;14 gg.\r\n\"3.1.2;Visure;5 gg.;4 gg.\r\n"
        .to_owned()
}

#[cfg(unix)]
fn link(target: &Path, name: &Path) {
    std::os::unix::fs::symlink(target, name).expect("a link");
}

#[cfg(not(unix))]
fn link(_target: &Path, _name: &Path) {}
