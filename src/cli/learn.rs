//! The lines of `allegati.toml` that would make the program sure of a file's headers next time.

use std::collections::BTreeMap;

use allegati::finding::Lang;
use allegati::kinds::KINDS;
use allegati::outcome::Inspection;
use allegati::value::fold::{fold, one_line};

type Spellings<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a str>>>;

/// `[columns.<kind>]` with the headers that were taken for a column without being one of its spellings, and those that
/// could be what the nearest kind lacks; the headers that were taken for none stand below as comments.
pub fn lines(inspection: &Inspection, lang: Lang) -> String {
    let (mut unsure, mut unknown): (Spellings<'_>, Spellings<'_>) = Default::default();
    for table in inspection.sheets.iter().flat_map(|sheet| &sheet.tables) {
        for column in table.columns.iter().filter(|column| !column.header.trim().is_empty()) {
            let (list, id) = match column.column {
                Some(_) if column.confidence_percent >= 100 => continue,
                // An empty column under a declared header: nothing to learn from its name.
                Some(id) if is_declared(table.kind, id, &column.header) => continue,
                Some(id) => (&mut unsure, id),
                None => (&mut unknown, ""),
            };
            let spellings = list.entry(table.kind).or_default().entry(id).or_default();
            if !spellings.contains(&column.header.as_str()) {
                spellings.push(&column.header);
            }
        }
    }
    for (kind, column, header) in inspection.sheets.iter().flat_map(|sheet| &sheet.proposals) {
        unsure.entry(kind).or_default().entry(column).or_default().push(header);
    }
    if unsure.is_empty() && unknown.is_empty() {
        let nothing = match lang {
            Lang::It => "# nessuna intestazione in dubbio",
            Lang::En => "# no header in doubt",
        };
        return format!("{nothing}\n");
    }
    let mut text = match lang {
        Lang::It => "# da confermare, poi copiare in allegati.toml; se la sezione c’è già, solo le righe\n".to_owned(),
        Lang::En => {
            "# to be confirmed, then copied to allegati.toml; if the section is there, only the lines\n".to_owned()
        }
    };
    let kinds: std::collections::BTreeSet<_> = unsure.keys().chain(unknown.keys()).collect();
    for kind in kinds {
        text.push_str(&format!("[columns.{kind}]\n"));
        for (column, spellings) in unsure.get(kind).into_iter().flatten() {
            text.push_str(&format!("{column} = {}\n", array(spellings)));
        }
        for header in unknown.get(kind).into_iter().flatten().flat_map(|(_, headers)| headers) {
            let which = match lang {
                Lang::It => "quale colonna?",
                Lang::En => "which column?",
            };
            text.push_str(&format!("# {which} = {}\n", array(&[header])));
        }
    }
    text
}

fn is_declared(kind: &str, id: &str, header: &str) -> bool {
    let columns = KINDS.iter().filter(|known| known.id == kind).flat_map(|known| known.columns);
    let mut spellings =
        columns.filter(|column| column.id == id).flat_map(|column| column.spellings.iter().chain([&column.header]));
    spellings.any(|spelling| fold(spelling) == fold(header))
}

fn array(spellings: &[&str]) -> String {
    let one = |spelling: &&str| toml::Value::from(one_line(spelling)).to_string();
    format!("[{}]", spellings.iter().map(one).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use allegati::outcome::{InspectedColumn, InspectedSheet, InspectedTable};
    use allegati::settings::Settings;

    #[test]
    fn what_is_proposed_can_be_read_back() {
        let column = |header: &str, column, confidence_percent| InspectedColumn {
            header: header.into(),
            column,
            confidence_percent,
            ..Default::default()
        };
        let columns = vec![
            column("Codice", Some("code"), 100),
            column("Tempo \"vero\"\nriscontrato", Some("measured"), 71),
            column("Note", Some("notes"), 93),
            column("Sigla", None, 0),
        ];
        let table = InspectedTable { kind: "charter", columns, ..Default::default() };
        let sheet = InspectedSheet { tables: vec![table], ..Default::default() };
        let text = lines(&Inspection { sheets: vec![sheet], ..Default::default() }, Lang::En);
        let settings = Settings::parse(&text, &[("charter", &["measured"])]).unwrap();
        assert_eq!(settings.columns["charter"]["measured"], ["Tempo \"vero\" riscontrato"]);
        assert!(
            text.contains("# which column? = [\"Sigla\"]") && !text.contains("Codice") && !text.contains("Note"),
            "{text}"
        );
    }
}
