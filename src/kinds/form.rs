//! The blank form of a kind, as far as its columns do not say it: name, labels above the table, choices, examples.
//!
//! Headers, units and help come from the columns. The sheets of instructions and examples that come with a form carry a
//! seal over their own text: [`is_sealed`] knows them again, and only as long as nobody has written in them.

use std::fmt::Write;
use std::ops::Deref;

use sha2::{Digest, Sha256};

use crate::finding::{Lang, Text};
use crate::kinds::table::Table;
use crate::kinds::{Column, Content};
use crate::sheet::{Sheet, Value};
use crate::value::fold::{fold, one_line};

/// The folder of the blank forms in a body's folder; what lies there not filled in is nobody's delivery.
pub const FOLDER: &str = "modelli";

/// The guide of a new folder, in Italian and English; by its first words it is known again and not taken for a table.
pub const GUIDES: [&str; 2] = ["LEGGIMI.txt", "README.txt"];

/// How the name of an example ends, so that an example left in is known again wherever it was copied to.
pub const EXAMPLE: &str = "(esempio)";

/// The form of a kind.
#[derive(Debug)]
pub struct Form {
    /// What it is called, on the command line and in the file's name: `standard`.
    pub name: &'static str,
    /// The sheet to fill in.
    pub sheet: &'static str,
    /// The title above the table; Italian, as the reader's headers are.
    pub title: &'static str,
    /// What is asked for above the table.
    pub labels: &'static [Label],
    /// Values that are offered, by column; others can be typed all the same.
    pub choices: &'static [(&'static str, &'static [&'static str])],
    /// Columns whose numbers may be negative.
    pub signed: &'static [&'static str],
    /// Example rows, in the order of the columns.
    pub examples: &'static [&'static [&'static str]],
    /// What to know of this form, a sentence each.
    pub notes: &'static [Text],
}

/// A label above the table: `Procedimento:` and the cell beside it.
#[derive(Debug)]
pub struct Label {
    /// What the reader knows it by.
    pub name: &'static str,
    /// What to write beside it.
    pub help: Text,
    /// An example.
    pub example: &'static str,
}

/// The label of the reporting year.
pub const YEAR: Label =
    Label { name: "Anno", help: Text::new("L’anno dei dati: 2019", "The year of the data: 2019"), example: "2019" };

/// The label of the procedure that evidence proves.
pub const PROCEDURE: Label = Label {
    name: "Procedimento",
    help: Text::new(
        "Il procedimento che il foglio prova, con il nome che ha nell’elenco dei procedimenti",
        "The procedure that the sheet proves, by its name in the list of procedures",
    ),
    example: "Liquidazione e pagamento fatture passive",
};

impl Form {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("modello-{}.xlsx", self.name)
    }

    /// The values offered for a column.
    pub fn choices(&self, id: &str) -> &'static [&'static str] {
        self.choices.iter().find(|(column, _)| *column == id).map_or(&[], |(_, choices)| choices)
    }

    /// Whether a table is this form and not a sheet of an office's own: it has the form's title.
    pub fn is_of(&self, table: &Table) -> bool {
        table.context.titles.iter().any(|(title, _)| fold(title) == fold(self.title))
    }
}

impl Column {
    /// The unit or the notation that stands below the header in the blank form.
    pub fn unit(&self) -> Option<&'static str> {
        let told = |mark: &str| self.header.contains(mark);
        match self.content {
            Content::Date => Some("gg/mm/aaaa"),
            Content::Amount => Some("€"),
            Content::Percent if !told("%") => Some("%"),
            Content::YesNo if !told("SI/NO") => Some("SI/NO"),
            Content::Year => Some("aaaa"),
            Content::Measure => Some("gg., salvo altra unità"),
            _ => None,
        }
    }

    /// Its header in the blank form, with the unit.
    pub fn form_header(&self) -> String {
        self.unit().map_or_else(|| self.header.to_owned(), |unit| format!("{}\n({unit})", self.header))
    }
}

/// Whether a file, named relative to the body's folder, lies among the blank forms.
pub fn is_in_folder(file: &str) -> bool {
    file.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|folder| folder == FOLDER))
}

/// The seal stands in one of so many first rows.
const SEAL_ROWS: u32 = 3;

/// The words before the seal in a sheet of instructions, in Italian and English.
const SEALS: Text = Text::new("sigillo", "seal");

/// The line of a sheet of instructions that says what it is; `cells` are all its other texts with their 0-based places.
pub fn seal<'a>(cells: impl Iterator<Item = (u32, u32, &'a str)>, lang: Lang) -> String {
    let line = Text::new(
        "Foglio di istruzioni del programma allegati: non va compilato e non viene letto",
        "A sheet of instructions of the program allegati: not to be filled in, and not read",
    );
    format!("{} ({} {})", line.get(lang), SEALS.get(lang), digest(cells))
}

/// Whether a sheet is one of instructions as this program, in any version, wrote it.
pub fn is_sealed(sheet: &Sheet) -> bool {
    let cells = || sheet.cells();
    let sealed = cells().take_while(|(row, _)| *row < SEAL_ROWS).find_map(|(row, cell)| match &cell.value {
        Value::Text(text) => Some((row, cell.col, seal_in(text)?.to_owned())),
        _ => None,
    });
    let Some((row, col, seal)) = sealed else { return false };
    let plain = cells().all(|(_, cell)| matches!(cell.value, Value::Text(_) | Value::Blank));
    let others = cells().filter(|(at, cell)| (*at, cell.col) != (row, col));
    let others = others.filter_map(|(at, cell)| Some((at, cell.col, cell.text()?)));
    plain && sheet.formulas.is_empty() && sheet.damaged.is_empty() && digest(others) == seal
}

/// `… (sigillo 1A2B3C4D)` → `1A2B3C4D`.
fn seal_in(text: &str) -> Option<&str> {
    let inner = text.trim_end().strip_suffix(')')?;
    let (_, inner) = inner.rsplit_once('(')?;
    let seal = inner.strip_prefix(SEALS.it).or_else(|| inner.strip_prefix(SEALS.en))?.trim();
    (seal.len() == 16 && seal.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(seal)
}

/// A hash of texts and places; blanks count once, for programs save them differently.
fn digest(cells: impl Iterator<Item = (u32, u32, impl Deref<Target = str>)>) -> String {
    let mut hash = Sha256::new();
    for (row, col, text) in cells {
        let words = one_line(&text);
        if !words.is_empty() {
            hash.update(format!("{row}\t{col}\t{words}\n"));
        }
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut seal, byte| {
        let _ = write!(seal, "{byte:02X}");
        seal
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;

    #[test]
    fn forms_and_columns_agree() {
        for kind in KINDS {
            let form = kind.form;
            for (id, choices) in form.choices {
                assert!(kind.column(id).is_some() && !choices.is_empty(), "{} {id}", kind.id);
            }
            assert!(form.signed.iter().all(|id| kind.column(id).is_some()), "{}", kind.id);
            assert!(!form.examples.is_empty() && !form.notes.is_empty(), "{}", kind.id);
            for example in form.examples {
                assert_eq!(example.len(), kind.columns.len(), "{}: {example:?}", kind.id);
                let named =
                    |(text, column): (&&str, &Column)| text.ends_with(EXAMPLE) && column.content == Content::Text;
                assert!(example.iter().zip(kind.columns).any(named), "{}: {example:?}", kind.id);
            }
        }
    }

    #[test]
    fn a_seal_is_read_back_and_breaks_with_the_text() {
        let cells = [(0, 0, "Istruzioni"), (3, 1, "scrivere  25 gg.")];
        for lang in [Lang::It, Lang::En] {
            let line = seal(cells.into_iter(), lang);
            assert_eq!(seal_in(&line).map(str::to_owned), Some(digest(cells.into_iter())));
        }
        let spaced = [(0, 0, "Istruzioni "), (3, 1, "scrivere\n25 gg.")];
        assert_eq!(digest(cells.into_iter()), digest(spaced.into_iter()));
        assert_ne!(digest(cells.into_iter()), digest([(0, 0, "Istruzioni"), (3, 1, "scrivere 26 gg.")].into_iter()));
        assert_eq!(seal_in("una nota (sigillo rotto)"), None);
    }

    #[test]
    fn only_the_folder_of_forms_holds_forms() {
        assert!(is_in_folder("modelli/modello-standard.xlsx") && is_in_folder("2019/modelli/a.xlsx"));
        assert!(!is_in_folder("modelli.xlsx") && !is_in_folder("modelli 2019/a.xlsx"));
    }
}
