//! Puts drafts into sheets, sheets into files and files into folders, writes them and collects the truth.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::harness;
use crate::harness::grid::{Book, Encoding, Sheet, Visibility};

use super::across::STRANGER;
use super::draft::{Draft, Placed};
use super::layout::lay;
use super::random::Rng;
use super::spell::{Medium, Numbers};
use super::truth::{Gravity, Need, Truth};

/// What a whole sheet must bring.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Name of the trap.
    pub trap: &'static str,
    /// Nothing of it may be consolidated.
    pub absent: bool,
    /// The sheet is hidden.
    pub hidden: bool,
}

/// A record that comes again in another file.
pub struct Pair {
    /// Name of the trap.
    pub trap: &'static str,
    /// The sheet with the second record alone.
    pub copy: Draft,
    /// The row of the first record in its draft.
    pub row: usize,
    /// The titles of the first record's draft, by which it is found again.
    pub original: Vec<String>,
    /// The values differ.
    pub conflict: bool,
}

/// Drafts waiting for their place.
#[derive(Default)]
pub struct Shelf {
    drafts: Vec<(Draft, Option<Wanted>)>,
    /// Records that come twice.
    pub pairs: Vec<Pair>,
    /// The title of a sheet that still says last year.
    pub last_years_title: Option<String>,
}

/// A file in the making.
struct Open {
    medium: Medium,
    name: Option<String>,
    closed: bool,
    zeros: bool,
    numbers: Numbers,
    sheets: Vec<Sheet>,
    kinds: Vec<&'static str>,
    ends: Vec<u32>,
    parts: Vec<(usize, Draft, Placed, Option<Wanted>)>,
}

const SHEET_NAMES: &[&str] =
    &["Foglio1", "Foglio2", "dati", "Scheda", "Monitoraggio", "Rilevazione", "riepilogo", "Tabella", "Sheet1"];
const FILE_NAMES: &[&str] = &[
    "monitoraggio",
    "Scheda ufficio",
    "dati trasmessi",
    "RILEVAZIONE_DEF",
    "riepilogo finale",
    "report",
    "invio uff",
    "allegato mail",
];
const FOLDERS: &[&str] = &["", "", "", "Area I/", "invii/gennaio/", "Uffici/"];
/// Kinds whose tables may stand one below the other.
const STACKABLE: &[&str] = &["charter", "resources", "targets"];

impl Shelf {
    /// Adds a draft.
    pub fn add(&mut self, draft: Draft) {
        let wanted = (draft.kind == "stranger").then_some(STRANGER);
        self.drafts.push((draft, wanted));
    }

    /// Adds drafts.
    pub fn add_all(&mut self, drafts: Vec<Draft>) {
        drafts.into_iter().for_each(|draft| self.add(draft));
    }

    /// Adds a draft whose sheet must bring a finding.
    pub fn add_wanted(&mut self, draft: Draft, wanted: Wanted) {
        self.drafts.push((draft, Some(wanted)));
    }

    /// Writes everything and collects the truth.
    pub fn fill(mut self, rng: &mut Rng, root: &Path, truth: &mut Truth) {
        rng.shuffle(&mut self.drafts);
        // Hidden sheets go last, so that they find a visible one to stand beside.
        self.drafts.sort_by_key(|(_, wanted)| wanted.is_some_and(|wanted| wanted.hidden));
        let mut open: Vec<Open> = Vec::new();
        for (mut draft, wanted) in std::mem::take(&mut self.drafts) {
            let at = file(rng, &mut open, &draft, wanted);
            shelve(rng, &mut open[at], &mut draft, wanted);
        }
        let mut taken = BTreeSet::new();
        let mut first = Vec::new();
        for book in open {
            let path = book_path(rng, &book, &mut taken);
            first.extend(self.finish(rng, root, truth, book, &path));
        }
        self.write_pairs(rng, root, truth, &first);
        clutter(rng, root);
    }

    /// Writes one file; gives where the first records of pairs stand.
    fn finish(
        &self,
        rng: &mut Rng,
        root: &Path,
        truth: &mut Truth,
        mut open: Open,
        path: &str,
    ) -> Vec<(usize, String, String, u32)> {
        let mut found = Vec::new();
        let book = dressed(rng, &mut open, path);
        for (at, mut draft, placed, wanted) in open.parts {
            let sheet = book.sheets[at].name.clone();
            draft.choices.insert("1904", book.date_1904.to_string());
            draft.choices.insert("stacked", (open.ends[at] > placed.end).to_string());
            if draft.style.medium == Medium::Csv {
                draft.choices.insert("encoding", format!("{:?}", book.encoding));
                draft.choices.insert("delimiter", format!("{:?}", book.delimiter));
            }
            let (records, mut needs) = placed.truth(&draft, path, &sheet);
            let base = Need {
                trap: "",
                files: vec![path.to_owned()],
                sheet: Some(sheet.clone()),
                cells: Default::default(),
                gravity: Gravity::Info,
                mention: Vec::new(),
                absent: false,
                missing: None,
                choices: Arc::new(draft.choices.clone()),
            };
            if draft.choices.get("hidden").is_some_and(|what| what != "nothing") && wanted.is_none() {
                needs.push(Need { trap: "hidden row or column", ..base.clone() });
            }
            if let Some(wanted) = wanted {
                needs.push(Need { trap: wanted.trap, absent: wanted.absent, ..base.clone() });
            }
            if self.last_years_title.is_some()
                && self.last_years_title.as_ref() == draft.about.first()
                && wanted.is_none()
            {
                needs.push(Need { trap: "last year's title", gravity: Gravity::Warning, ..base.clone() });
            }
            for (what, name) in &draft.missing {
                let missing = Some((*what, name.clone()));
                let mention = vec![name.clone()];
                needs.push(Need {
                    trap: "planned without evidence",
                    files: Vec::new(),
                    sheet: None,
                    missing,
                    mention,
                    ..base.clone()
                });
            }
            for (index, pair) in self.pairs.iter().enumerate() {
                if wanted.is_none() && pair.original == draft.about && draft.choices.contains_key("twice") {
                    found.push((index, path.to_owned(), sheet.clone(), placed.rows[pair.row]));
                }
            }
            truth.records.extend(records);
            truth.needs.extend(needs);
        }
        harness::write(&book, &root.join(path));
        found
    }

    /// Second records, in files whose names come last.
    fn write_pairs(mut self, rng: &mut Rng, root: &Path, truth: &mut Truth, first: &[(usize, String, String, u32)]) {
        for (index, file, sheet, row) in first {
            let mut copy = self.pairs[*index].copy.clone();
            let pair = &mut self.pairs[*index];
            let mut page = Sheet::new("Foglio1");
            let placed = lay(rng, &mut copy, &mut page, 0);
            let path = format!("zz secondo invio {index}.{}", copy.style.medium.extension());
            page.hidden_rows.clear();
            page.hidden_cols.clear();
            harness::write(&Book::new(vec![page]), &root.join(&path));
            let mut cells = BTreeSet::new();
            for row in [*row, placed.rows[0]] {
                cells.extend((0..40).map(|col| (row, col)));
            }
            let _ = sheet;
            truth.needs.push(Need {
                trap: pair.trap,
                files: vec![file.clone(), path.clone()],
                sheet: None,
                cells,
                gravity: if pair.conflict { Gravity::Error } else { Gravity::Info },
                mention: if pair.conflict { vec![file.clone(), path] } else { Vec::new() },
                absent: false,
                missing: None,
                choices: Arc::new(copy.choices.clone()),
            });
        }
    }
}

/// Files that lie about in every shared folder and say nothing.
fn clutter(rng: &mut Rng, root: &Path) {
    let files: &[(&str, &[u8])] = &[
        ("~$monitoraggio.xlsx", b"\x05Tizio"),
        ("Thumbs.db", b"\xD0\xCF\x11\xE0"),
        (".DS_Store", b"\0\0\0\x01Bud1"),
        ("circolare.pdf", b"%PDF-1.4"),
    ];
    for (name, bytes) in files {
        if rng.chance(25) {
            std::fs::write(root.join(name), bytes).expect("clutter");
        }
    }
}

/// The file a draft goes to: a new one, or an open one of its format.
fn file(rng: &mut Rng, open: &mut Vec<Open>, draft: &Draft, wanted: Option<Wanted>) -> usize {
    let medium = draft.style.medium;
    let hidden = wanted.is_some_and(|wanted| wanted.hidden);
    let share = !draft.alone && medium != Medium::Csv && draft.file_name.is_none() && (hidden || rng.chance(45));
    let beside = open.iter().position(|book| share && !book.closed && book.medium == medium);
    beside.unwrap_or_else(|| {
        open.push(Open {
            medium,
            name: draft.file_name.clone(),
            closed: draft.alone || medium == Medium::Csv,
            zeros: draft.zeros,
            numbers: draft.style.numbers,
            sheets: Vec::new(),
            kinds: Vec::new(),
            ends: Vec::new(),
            parts: Vec::new(),
        });
        open.len() - 1
    })
}

/// Puts a draft on a sheet of its file: a new one, or below a table that stands there.
fn shelve(rng: &mut Rng, open: &mut Open, draft: &mut Draft, wanted: Option<Wanted>) {
    let stack = |open: &Open| {
        let last = open.sheets.len().checked_sub(1)?;
        let fits = STACKABLE.contains(&draft.kind) && STACKABLE.contains(&open.kinds[last]);
        let free = draft.sheet_name.is_none() && wanted.is_none() && open.parts.iter().all(|part| part.3.is_none());
        let unnamed = open.sheets[last].name.is_empty();
        (fits && free && unnamed).then_some(last)
    };
    let at = stack(open).filter(|_| rng.chance(60));
    let at = at.unwrap_or_else(|| {
        open.sheets.push(Sheet::new(draft.sheet_name.clone().unwrap_or_default()));
        open.kinds.push(draft.kind);
        open.ends.push(0);
        open.sheets.len() - 1
    });
    let top = if open.ends[at] == 0 { 0 } else { open.ends[at] + rng.range(2, 3) as u32 };
    let placed = lay(rng, draft, &mut open.sheets[at], top);
    open.ends[at] = placed.end;
    // The only sheet of a book cannot be hidden: a cover page stands in front.
    if wanted.is_some_and(|wanted| wanted.hidden) {
        open.sheets[at].visibility = Visibility::Hidden;
        if open.sheets.len() == 1 {
            let mut cover = Sheet::new("copertina");
            cover.label(0, 0, "Copertina");
            open.sheets.push(cover);
            open.kinds.push("cover");
            open.ends.push(1);
        }
    }
    open.parts.push((at, draft.clone(), placed, wanted));
}

fn book_path(rng: &mut Rng, open: &Open, taken: &mut BTreeSet<String>) -> String {
    let folder = rng.pick(FOLDERS);
    let stem = open.name.clone().unwrap_or_else(|| (*rng.pick(FILE_NAMES)).to_owned());
    let extension = open.medium.extension();
    let mut path = format!("{folder}{stem}.{extension}");
    let mut n = 2;
    while !taken.insert(path.clone()) {
        path = format!("{folder}{stem} {n}.{extension}");
        n += 1;
    }
    path
}

/// The book of a file, its sheets named.
fn dressed(rng: &mut Rng, open: &mut Open, path: &str) -> Book {
    let mut names: BTreeSet<String> = open.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    for sheet in &mut open.sheets {
        let start = rng.below(SHEET_NAMES.len());
        let mut at = 0;
        while sheet.name.is_empty() {
            let name = match at / SHEET_NAMES.len() {
                0 => SHEET_NAMES[(start + at) % SHEET_NAMES.len()].to_owned(),
                round => format!("{} ({round})", SHEET_NAMES[at % SHEET_NAMES.len()]),
            };
            if names.insert(name.to_lowercase()) {
                sheet.name = name;
            }
            at += 1;
        }
    }
    let mut sheets = open.sheets.clone();
    // What old programs leave behind: an empty sheet at the end.
    if open.medium != Medium::Csv && names.insert("foglio9".to_owned()) && rng.chance(15) {
        sheets.push(Sheet::new("Foglio9"));
    }
    let mut book = Book::new(sheets);
    book.shared_strings = rng.chance(80);
    book.date_1904 = matches!(open.medium, Medium::Xlsx | Medium::Xls | Medium::Xlsb) && rng.chance(12);
    if open.zeros {
        book.compute_on_load = true;
        book.application = (*rng.pick(&["Microsoft Excel", "XlsxWriter", ""])).to_owned();
    }
    if open.medium == Medium::Csv {
        book.sheets[0].name =
            path.rsplit('/').next().and_then(|name| name.strip_suffix(".csv")).unwrap_or("").to_owned();
        book.sheets[0].merges.clear();
        let english = open.numbers == Numbers::English;
        book.decimal_comma = !english;
        book.delimiter = if english { ',' } else { *rng.pick(&[';', ';', ';', '\t', ',', '|']) };
        book.encoding = *rng.pick(&[Encoding::Utf8, Encoding::Utf8Bom, Encoding::Windows1252, Encoding::Utf16]);
        let fits = |text: &str| !encoding_rs::WINDOWS_1252.encode(text).2;
        let all = book.sheets[0].cells.values().all(|cell| fits(&harness::shown::shown(cell, true)));
        if book.encoding == Encoding::Windows1252 && !all {
            book.encoding = Encoding::Utf8Bom;
        }
    }
    book
}
