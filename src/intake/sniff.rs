//! What a file is, by its first bytes and the names of its parts; and what to say when it is no spreadsheet.

use super::FileFormat;
use super::budget::Job;
use super::list::looks_like_sheet;
use super::package::Package;
use crate::finding::{Code, Finding, Severity, Text};

/// A file whose password is not known.
pub static ENCRYPTED: Code = Code {
    id: "F002",
    slug: "encrypted",
    severity: Severity::Error,
    message: Text::new(
        "Il file è protetto da una password di apertura e non è stato letto.",
        "The file is protected by a password for opening and was not read.",
    ),
    help: Text::new(
        "Apritelo in Excel con la password, poi File > Informazioni > Proteggi cartella di lavoro > Crittografa con password, cancellate la password e salvate. Oppure scrivete la password in un file di testo e ripetete con --password-file.",
        "Open it in Excel with the password, then File > Info > Protect Workbook > Encrypt with Password, clear the password and save. Or write the password into a text file and run again with --password-file.",
    ),
};

pub(super) static NOT_A_SPREADSHEET: Code = Code {
    id: "F003",
    slug: "not-a-spreadsheet",
    severity: Severity::Error,
    message: Text::new(
        "Il contenuto del file non è un foglio di calcolo ma {what}: non è stato letto.",
        "The content of the file is not a spreadsheet but {what}: it was not read.",
    ),
    help: Text::new(
        "Apritelo con il suo programma (se è un foglio con un nome ingannevole, Excel lo apre dopo un avviso) e salvatelo come cartella di lavoro Excel (.xlsx).",
        "Open it in its own program (if it is a sheet under a misleading name, Excel opens it after a warning) and save it as an Excel workbook (.xlsx).",
    ),
};

pub(super) static EMPTY: Code = Code {
    id: "F004",
    slug: "empty-file",
    severity: Severity::Error,
    message: Text::new("Il file è vuoto: non contiene alcun dato.", "The file is empty: it holds no data."),
    help: Text::new(
        "Probabilmente la copia o la sincronizzazione si è interrotta: chiedete all'ufficio il file di nuovo.",
        "Copying or synchronising was probably interrupted: ask the office for the file again.",
    ),
};

pub(super) static TOO_OLD: Code = Code {
    id: "F007",
    slug: "too-old",
    severity: Severity::Error,
    message: Text::new(
        "Il file è di {what}, un formato troppo vecchio: non è stato letto.",
        "The file is from {what}, a format too old: it was not read.",
    ),
    help: Text::new(
        "Apritelo in LibreOffice o in un Excel che lo accetta e salvatelo come .xlsx.",
        "Open it in LibreOffice, or in an Excel that accepts it, and save it as .xlsx.",
    ),
};

/// What the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Xlsx,
    Ods,
    Xls,
    Xlsb,
    Text,
    Empty,
    /// Nothing but zero bytes: space reserved by a synchronisation that never came to its end.
    Zeros,
    Encrypted,
    TooOld(&'static str),
    Not(Text),
    /// A zip archive whose directory cannot be read.
    BrokenZip(String),
    Unknown,
}

impl Content {
    pub(super) fn format(&self) -> FileFormat {
        match self {
            Self::Xlsx => FileFormat::Xlsx,
            Self::Ods => FileFormat::Ods,
            Self::Xls => FileFormat::Xls,
            Self::Xlsb => FileFormat::Xlsb,
            Self::Text => FileFormat::Text,
            _ => FileFormat::Other,
        }
    }
}

/// Says what a file is.
pub(super) fn sniff(bytes: &[u8]) -> Content {
    match bytes {
        [] => Content::Empty,
        _ if is_zip(bytes) => opened(bytes).0,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => compound(bytes),
        [0x09, 0x00, 0x04 | 0x06, 0x00, ..] => Content::TooOld("Excel 2"),
        [0x09, 0x02, 0x06, 0x00, ..] => Content::TooOld("Excel 3"),
        [0x09, 0x04, 0x06, 0x00, ..] => Content::TooOld("Excel 4"),
        [0x09, 0x08, 0x08 | 0x10, 0x00, ..] => Content::TooOld("Excel 5/95"),
        _ if bytes.iter().all(|byte| *byte == 0) => Content::Zeros,
        _ if is_flat_ods(bytes) => Content::Ods,
        _ => magic(bytes).map_or_else(|| text_or_unknown(bytes), Content::Not),
    }
}

fn is_zip(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3 | 5, 4 | 6, ..])
}

/// Says what a file is, and hands on the container that was opened to see it.
pub(super) fn opened(bytes: &[u8]) -> (Content, Option<Package<'_>>) {
    if !is_zip(bytes) {
        return (sniff(bytes), None);
    }
    match Package::open(bytes) {
        Ok(package) => (zipped(&package, bytes), Some(package)),
        Err(why) => (Content::BrokenZip(why), None),
    }
}

fn zipped(package: &Package<'_>, bytes: &[u8]) -> Content {
    // LibreOffice since 24.2 hides the whole document in one part.
    if package.has("encrypted-package") {
        Content::Encrypted
    } else if is_binary(package) {
        Content::Xlsb
    } else if package.has("content.xml") {
        open_document(bytes)
    } else if package.has("word/document.xml") {
        Content::Not(Text::new("un documento Word", "a Word document"))
    } else if package.has("ppt/presentation.xml") {
        Content::Not(Text::new("una presentazione PowerPoint", "a PowerPoint presentation"))
    } else if package.has("_rels/.rels") || package.names().any(|name| name.starts_with("xl/")) {
        Content::Xlsx
    } else if package.names().any(|name| name.ends_with(".iwa")) {
        Content::Not(Text::new("un documento Numbers di Apple", "an Apple Numbers document"))
    } else {
        Content::Not(Text::new("un archivio ZIP", "a ZIP archive"))
    }
}

/// Whether the workbook's parts are records instead of XML, wherever they lie.
fn is_binary(package: &Package) -> bool {
    fn part(name: &str) -> &str {
        name.rsplit('/').next().unwrap_or(name)
    }
    let sheet = |name: &str| name.ends_with(".bin") && part(name).starts_with("sheet");
    package.names().any(|name| name.ends_with("workbook.bin") && part(name) == "workbook.bin")
        || (package.names().any(sheet) && !package.names().any(|name| part(name) == "workbook.xml"))
}

/// The type of an OpenDocument stands uncompressed near its beginning.
fn open_document(bytes: &[u8]) -> Content {
    let head = &bytes[..bytes.len().min(200)];
    let says = |kind: &[u8]| head.windows(kind.len()).any(|window| window == kind);
    if says(b"opendocument.text") {
        Content::Not(Text::new("un documento di testo OpenDocument", "an OpenDocument text"))
    } else if says(b"opendocument.presentation") || says(b"opendocument.graphics") {
        Content::Not(Text::new(
            "una presentazione o un disegno OpenDocument",
            "an OpenDocument presentation or drawing",
        ))
    } else {
        Content::Ods
    }
}

/// An OpenDocument sheet that is one XML file and no archive (.fods).
fn is_flat_ods(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    head.trim_ascii_start().starts_with(b"<") && has(b":opendocument:xmlns:") && has(b"opendocument.spreadsheet\"")
}

/// Looks for the names of streams, without following the chains of a file that may be spoilt.
fn compound(bytes: &[u8]) -> Content {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        bytes.chunks_exact(128).skip(4).any(|entry| entry.starts_with(&wide) && entry[66] == 2)
    };
    if has("EncryptedPackage") {
        Content::Encrypted
    } else if has("Workbook") || has("Book") {
        Content::Xls
    } else if has("WordDocument") {
        Content::Not(Text::new("un documento Word", "a Word document"))
    } else if has("PowerPoint Document") {
        Content::Not(Text::new("una presentazione PowerPoint", "a PowerPoint presentation"))
    } else if has("__properties_version1.0") {
        Content::Not(Text::new("un messaggio di posta", "a mail message"))
    } else {
        Content::Xls
    }
}

fn magic(bytes: &[u8]) -> Option<Text> {
    let named: &[(&[u8], Text)] = &[
        (b"%PDF", Text::new("un documento PDF", "a PDF document")),
        (b"{\\rtf", Text::new("un documento RTF", "an RTF document")),
        (b"\x89PNG", Text::new("un'immagine", "an image")),
        (b"\xFF\xD8\xFF", Text::new("un'immagine", "an image")),
        (b"GIF8", Text::new("un'immagine", "an image")),
        (b"II*\0", Text::new("un'immagine", "an image")),
        (b"MM\0*", Text::new("un'immagine", "an image")),
        (b"Rar!", Text::new("un archivio RAR", "a RAR archive")),
        (b"7z\xBC\xAF", Text::new("un archivio 7z", "a 7z archive")),
        (b"\x1F\x8B", Text::new("un archivio gzip", "a gzip archive")),
        (b"\0\0\x02\0\x06\x04", Text::new("un foglio Lotus 1-2-3", "a Lotus 1-2-3 sheet")),
        (b"\0\0\x1A\0", Text::new("un foglio Lotus 1-2-3", "a Lotus 1-2-3 sheet")),
        (b"\x30\x80", Text::new("un file firmato digitalmente (.p7m)", "a digitally signed file (.p7m)")),
        (b"\x30\x82", Text::new("un file firmato digitalmente (.p7m)", "a digitally signed file (.p7m)")),
        (b"\x30\x83", Text::new("un file firmato digitalmente (.p7m)", "a digitally signed file (.p7m)")),
    ];
    named.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, text)| *text).or_else(|| markup(bytes))
}

fn markup(bytes: &[u8]) -> Option<Text> {
    let head: String = bytes[..bytes.len().min(4096)].iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect();
    let head =
        head.trim_start_matches(['\u{ef}', '\u{bb}', '\u{bf}', '\u{ff}', '\u{fe}']).trim_start().to_ascii_lowercase();
    // A table whose first header is "ID" begins like a SYLK file; only the latter has records of cells.
    if head.starts_with("id;p") && head.contains("\nc;") && head.lines().next().is_some_and(|line| line.len() < 16) {
        return Some(Text::new("un file SYLK", "a SYLK file"));
    }
    if head.starts_with("mime-version:") {
        return Some(Text::new("una pagina web archiviata", "an archived web page"));
    }
    if !head.starts_with('<') {
        return None;
    }
    if head.contains("schemas-microsoft-com:office:spreadsheet") && !head.contains("<html") {
        return Some(Text::new("un foglio XML di Excel 2003", "an Excel 2003 XML sheet"));
    }
    if head.contains("<html") || head.contains("<table") || head.starts_with("<!doctype html") {
        return Some(Text::new("una pagina web (HTML)", "a web page (HTML)"));
    }
    head.starts_with("<?xml").then_some(Text::new("un file XML", "an XML file"))
}

fn text_or_unknown(bytes: &[u8]) -> Content {
    let head = &bytes[..bytes.len().min(8192)];
    if super::text::wide(bytes).is_some() {
        return Content::Text;
    }
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=25 | 27..=31 | 127)).count();
    if odd * 200 > head.len() || head.contains(&0) { Content::Unknown } else { Content::Text }
}

/// The finding for a file that is not read at all.
pub(super) fn refuse(content: &Content, job: &mut Job) {
    let promised = looks_like_sheet(job.file);
    let severity = if promised { Severity::Error } else { Severity::Info };
    let place = job.place();
    let finding = match content {
        Content::Empty => Finding::new(&EMPTY, place).at(severity),
        Content::Encrypted => Finding::new(&ENCRYPTED, place),
        Content::TooOld(version) => Finding::new(&TOO_OLD, place).with("what", *version),
        Content::Not(what) => Finding::new(&NOT_A_SPREADSHEET, place).with("what", *what).at(severity),
        Content::Zeros => return job.damaged(WHOLE, Text::new("solo byte zero", "only zero bytes")),
        Content::BrokenZip(why) => return job.damaged(ARCHIVE, why.as_str()),
        _ => {
            let what = Text::new("un insieme di byte di tipo sconosciuto", "bytes of an unknown kind");
            Finding::new(&NOT_A_SPREADSHEET, place).with("what", what).at(severity)
        }
    };
    job.findings.push(finding);
}

/// What a workbook without a sheet is that holds values of other files for its formulas.
pub(super) const LINKS_ONLY: Text = Text::new("un file di soli collegamenti esterni", "an external-links-only file");

const WHOLE: Text = Text::new("l'intero file", "the whole file");
const ARCHIVE: Text = Text::new("l'archivio compresso", "the compressed archive");
