//! The columns of a kind's table: where each record stands, then the fields that its visit names.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::finding::{Lang, Text};
use crate::kinds::Kind;
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::fields::{Field, Fields, Missing};
use crate::kinds::reader::{Origin, Records};
use crate::kinds::table::Table;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Any text.
    Text,
    /// One of these.
    Word(&'static [&'static str]),
    /// A decimal.
    Decimal,
    /// A whole number.
    Integer,
    /// A date.
    Date,
    /// True or false.
    Flag,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name, in snake case.
    pub name: String,
    /// The header of the blank form that it belongs to; none for where a record stands.
    pub header: Option<&'static str>,
    /// What its values are.
    pub values: Type,
    /// What it says.
    about: [String; 2],
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
    /// Whether no value of it is empty.
    pub required: bool,
}

impl Column {
    /// What it says, in a language.
    pub fn about(&self, lang: Lang) -> &str {
        &self.about[usize::from(lang == Lang::En)]
    }
}

/// Why a value is missing, as the tables say it.
pub const REASONS: &[&str] =
    &["no_column", "empty", "no_cases", "not_assessed", "suspended", "in_progress", "unclear", "unread"];

const REASON: Text = Text::new(
    "perché manca il valore: no_column il foglio non ha la colonna, empty cella vuota, no_cases nessun caso, not_assessed non valutato, suspended sospeso, in_progress in corso, unclear non interpretabile, unread cella non utilizzabile (segnalata)",
    "why the value is missing: no_column in the sheet, empty cell, no_cases, not_assessed, suspended, in_progress, unclear text, unread cell (there is a finding)",
);

/// Where a record stands: the first columns of every table.
pub const PLACE: [(&str, Type, Text, bool); 7] = [
    (
        "from_file",
        Type::Text,
        Text::new("file da cui viene il dato, nella cartella di origine", "file the record comes from"),
        true,
    ),
    ("from_sheet", Type::Text, Text::new("foglio", "sheet"), true),
    ("from_table", Type::Integer, Text::new("numero della tabella nel file", "number of the table in the file"), true),
    ("from_cell", Type::Text, Text::new("cella da cui viene il dato", "cell the record stands at"), true),
    ("from_sha256", Type::Text, Text::new("SHA-256 del file", "SHA-256 of the file"), true),
    (
        "from_office",
        Type::Text,
        Text::new(
            "ufficio che tiene il foglio, per quanto il foglio dice",
            "office that keeps the sheet, as far as it says",
        ),
        false,
    ),
    (
        "from_title",
        Type::Text,
        Text::new(
            "titolo sopra la tabella: per le evidenze, che cosa provano",
            "title above the table: of evidence, what it proves",
        ),
        false,
    ),
];

/// The columns of a kind's table.
pub fn of(kind: &'static Kind) -> Vec<Column> {
    let place = PLACE.iter().map(|(name, values, about, required)| Column {
        name: (*name).to_owned(),
        header: None,
        values: *values,
        about: [about.it.to_owned(), about.en.to_owned()],
        unit: None,
        required: *required,
    });
    let mut describe = Describe { kind, columns: place.collect() };
    // A record that is thrown away: its visit names the fields.
    let table = Arc::new(Table::blank(kind));
    let mut records = Records::default();
    if kind.evidence {
        let rows = Rows::of(kind, 0);
        records.evidence.push(Evidence { table: table.clone(), rows, unread: 0, referred: false });
    }
    (kind.exchange.take)(&mut records, &Origin { table, row: 0 }, 0, &mut describe);
    describe.columns
}

struct Describe {
    kind: &'static Kind,
    columns: Vec<Column>,
}

impl Describe {
    fn add(&mut self, field: Field, values: Type) {
        let declared = self.kind.column(field.column);
        let help = declared.map_or(self.kind.title, |column| column.help);
        let header = declared.map(|column| column.header);
        let about = |lang: Lang| match field.about {
            Some(about) => format!("{}: {}", header.unwrap_or(field.column), about.get(lang)),
            None => help.get(lang).to_owned(),
        };
        self.columns.push(Column {
            name: field.name(),
            header,
            values,
            about: [about(Lang::It), about(Lang::En)],
            unit: field.unit,
            required: field.required,
        });
    }
}

impl Fields for Describe {
    fn text(&mut self, field: Field, _value: &mut String) {
        self.add(field, Type::Text);
    }

    fn word(&mut self, field: Field, words: &'static [&'static str], _value: &mut Option<&'static str>) {
        self.add(field, Type::Word(words));
    }

    fn decimal(&mut self, field: Field, _value: &mut Option<Decimal>) {
        self.add(field, Type::Decimal);
    }

    fn integer(&mut self, field: Field, _value: &mut Option<i64>) {
        self.add(field, Type::Integer);
    }

    fn date(&mut self, field: Field, _value: &mut Option<Date>) {
        self.add(field, Type::Date);
    }

    fn flag(&mut self, field: Field, _value: &mut Option<bool>) {
        self.add(field, Type::Flag);
    }

    fn missing(&mut self, column: &'static str, _value: &mut Missing) {
        self.add(Field::part(column, "_missing", REASON), Type::Word(REASONS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;

    #[test]
    fn every_kind_has_columns_with_names_of_their_own_that_it_declares() {
        for kind in KINDS {
            let columns = of(kind);
            assert!(columns.len() > PLACE.len() + 2, "{}", kind.id);
            for (at, column) in columns.iter().enumerate() {
                let snake =
                    column.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
                assert!(snake && !column.about(Lang::It).is_empty(), "{}", column.name);
                assert!(at < PLACE.len() || column.header.is_some(), "{} {} is not declared", kind.id, column.name);
                assert!(!columns[..at].iter().any(|other| other.name == column.name), "{} {}", kind.id, column.name);
            }
        }
    }
}
