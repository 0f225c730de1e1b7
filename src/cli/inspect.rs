//! `inspect FILE`: what was recognised in a file, where and why.

use std::path::{Path, PathBuf};

use allegati::finding::render::terminal::{clean, render};
use allegati::finding::{Lang, Text};
use allegati::outcome::{InspectedColumn, InspectedSheet, InspectedTable, Inspection};
use allegati::settings::{FILE_NAME, Settings};
use allegati::sheet::Visibility;
use clap::{ArgAction, ArgMatches, value_parser};

use super::failure::{Failure, must_be_file};
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine, learn, passwords};

/// The command.
pub static COMMAND: Command = Command { name: "inspect", arguments, run };

/// How many folders above a file are searched for its settings.
const LEVELS: usize = 4;

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Mostra che cosa è stato riconosciuto in un file, foglio per foglio e colonna per colonna, e perché.",
        "Shows what was recognised in a file, sheet by sheet and column by column, and why.",
    );
    let file = Text::new("Un foglio di un ufficio, di qualunque formato", "A sheet of an office, in any format");
    let learn = Text::new(
        "Propone invece le righe [columns.…] di allegati.toml per le intestazioni di cui non si era sicuri",
        "Proposes instead the [columns.…] lines of allegati.toml for the headers it was unsure about",
    );
    let examples = Text::new(
        "Le impostazioni sono quelle del primo allegati.toml nella cartella del file o in una delle tre sopra.\n\n\
         Esempi:\n  allegati inspect \"diritto annuale 2019.xlsx\"\n  allegati inspect --learn \"diritto annuale 2019.xlsx\"\n\n\
         Codici di uscita:\n  0  mostrato\n  2  il file non si è potuto esaminare",
        "The settings are those of the first allegati.toml in the file’s folder or in one of the three above.\n\n\
         Examples:\n  allegati inspect \"diritto annuale 2019.xlsx\"\n  allegati inspect --learn \"diritto annuale 2019.xlsx\"\n\n\
         Exit codes:\n  0  shown\n  2  the file could not be examined",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati inspect [OPZIONI] FILE", "allegati inspect [OPTIONS] FILE").get(lang))
        .after_help(examples.get(lang))
        .arg(
            arguments::positional("file", Text::new("FILE", "FILE"), file, lang)
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::option("learn", learn, lang).action(ArgAction::SetTrue))
        .arg(arguments::password_file(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let file = arguments::path(matches, "file");
    must_be_file(file)?;
    let (settings, from) = settings(file)?;
    let passwords = passwords::load(arguments::password_file_of(matches).map(PathBuf::as_path), file)?;
    let mut options = engine::options(None, &settings, passwords);
    let mut inspection = engine::inspect(file, &settings, &options)?;
    if passwords::ask(&inspection.findings, |_| file.to_owned(), &mut options, screen) {
        inspection = engine::inspect(file, &settings, &options)?;
    }
    if matches.get_flag("learn") {
        screen.print(&learn::lines(&inspection, screen.lang()))?;
        return Ok(Verdict::Clean);
    }
    screen.print(&page(&inspection, from.as_deref(), screen))?;
    screen.print(&render(&inspection.findings, screen.lang(), screen.colour(), screen.width()))?;
    Ok(Verdict::Clean)
}

/// The settings of the nearest folder that has some.
pub fn settings(file: &Path) -> Result<(Settings, Option<PathBuf>), Failure> {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    for folder in file.ancestors().skip(1).take(LEVELS) {
        let settings = engine::settings(folder)?;
        if folder.join(FILE_NAME).exists() {
            return Ok((settings, Some(folder.join(FILE_NAME))));
        }
    }
    Ok((Settings::default(), None))
}

fn page(inspection: &Inspection, settings: Option<&Path>, screen: &Screen) -> String {
    let mut text = format!("{}\n", inspection.file);
    if let Some(settings) = settings {
        text.push_str(&format!("{}: {}\n", screen.pick("impostazioni", "settings"), settings.display()));
    }
    for sheet in &inspection.sheets {
        text.push('\n');
        text.push_str(&self::sheet(sheet, screen));
    }
    text.push('\n');
    text
}

fn sheet(sheet: &InspectedSheet, screen: &Screen) -> String {
    let hidden = match sheet.visibility {
        Visibility::Visible => "",
        Visibility::Hidden | Visibility::VeryHidden => screen.pick(" (nascosto)", " (hidden)"),
    };
    let mut text = format!("{} «{}»{hidden}\n", screen.pick("foglio", "sheet"), clean(&sheet.name));
    // With one table the sheet's reason is the table's.
    if sheet.tables.iter().all(|table| table.why != sheet.why) {
        text.push_str(&why(&sheet.why, "  ", screen));
    }
    for table in &sheet.tables {
        text.push_str(&self::table(table, screen));
    }
    for (kind, percent, lacking) in &sheet.candidates {
        let lacks = match lacking.is_empty() {
            true => String::new(),
            false => format!("; {}: {}", screen.pick("mancano", "lacking"), lacking.join(", ")),
        };
        text.push_str(&format!("  {} {kind} ({percent}%{lacks})\n", screen.pick("tipo vicino:", "near kind:")));
    }
    if !sheet.ledger.is_empty() {
        let all: u32 = sheet.ledger.iter().map(|(_, count)| count).sum();
        let parts: Vec<_> =
            sheet.ledger.iter().map(|(what, count)| format!("{count} {}", fate(what, screen.lang()))).collect();
        text.push_str(&format!(
            "  {} {all} = {}\n",
            screen.pick("celle non vuote:", "non-empty cells:"),
            parts.join(" + ")
        ));
    }
    text
}

fn table(table: &InspectedTable, screen: &Screen) -> String {
    let rows: Vec<_> = table.header_rows.iter().map(ToString::to_string).collect();
    let mut text = format!(
        "  {} {}: {} {}; {} {}\n",
        screen.pick("tabella", "table"),
        table.kind,
        match rows.len() {
            1 => screen.pick("intestazione alla riga", "header in row"),
            _ => screen.pick("intestazione alle righe", "header in rows"),
        },
        rows.join(", "),
        table.records,
        screen.pick("record", if table.records == 1 { "record" } else { "records" }),
    );
    text.push_str(&why(&table.why, "    ", screen));
    if !table.title.is_empty() {
        text.push_str(&format!("    {} «{}»\n", screen.pick("titolo:", "title:"), clean(&table.title)));
    }
    for (label, value) in &table.labels {
        text.push_str(&format!("    {} «{}»: «{}»\n", screen.pick("etichetta", "label"), clean(label), clean(value)));
    }
    text + &columns(&table.columns, screen)
}

fn columns(columns: &[InspectedColumn], screen: &Screen) -> String {
    let header = |column: &InspectedColumn| allegati::finding::shorten(&clean(&column.header), 40);
    let widest = |text: &dyn Fn(&InspectedColumn) -> usize| columns.iter().map(text).max().unwrap_or(0);
    let wide_header = widest(&|column| header(column).chars().count());
    let wide_id = widest(&|column| column.column.unwrap_or("—").chars().count());
    let line = |column: &InspectedColumn| {
        let sure = column.column.map_or(String::new(), |_| format!("{}%", column.confidence_percent));
        let why = clean(screen.pick(&column.why.0, &column.why.1));
        let (header, id) = (header(column), column.column.unwrap_or("—"));
        let line = format!("    {:<3} {header:<wide_header$}  {id:<wide_id$}  {sure:>4}  {why}", column.letters);
        line.trim_end().to_owned() + "\n"
    };
    columns.iter().map(line).collect()
}

fn why(why: &(String, String), indent: &str, screen: &Screen) -> String {
    match screen.pick(&why.0, &why.1) {
        "" => String::new(),
        why => format!("{indent}{} {}\n", screen.pick("perché:", "why:"), clean(why)),
    }
}

/// What became of cells, as a person says it.
fn fate(what: &str, lang: Lang) -> &str {
    const FATES: [(&str, Text); 11] = [
        ("title", Text::new("titolo", "title")),
        ("header", Text::new("intestazione", "header")),
        ("value", Text::new("valori", "values")),
        ("section", Text::new("sezioni", "sections")),
        ("total", Text::new("totali", "totals")),
        ("note", Text::new("note", "notes")),
        ("unknown_column", Text::new("in colonne non usate", "in columns not used")),
        ("other_period", Text::new("di altri periodi", "of other periods")),
        ("ignored", Text::new("di istruzioni", "of instructions")),
        ("not_consolidated", Text::new("non consolidate", "not consolidated")),
        ("finding", Text::new("con anomalie", "with findings")),
    ];
    FATES.iter().find(|(id, _)| *id == what).map_or(what, |(_, text)| text.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inspection() -> Inspection {
        let column = |letters: &str, header: &str, column, confidence_percent, why: (&str, &str)| InspectedColumn {
            letters: letters.into(),
            header: header.into(),
            column,
            confidence_percent,
            why: (why.0.into(), why.1.into()),
        };
        let table = InspectedTable {
            kind: "charter",
            title: "Monitoraggio 2019".into(),
            labels: vec![("Ufficio".into(), "Registro Imprese".into())],
            header_rows: vec![4, 5],
            columns: vec![
                column("A", "Cod.", Some("code"), 82, ("abbreviazione di «Codice»", "short for “Codice”")),
                column("C", "Sigla interna", None, 0, ("", "")),
            ],
            records: 7,
            why: ("spiega 5 colonne su 6".into(), "explains 5 columns of 6".into()),
        };
        let sheet = InspectedSheet {
            name: "2019".into(),
            visibility: Visibility::Hidden,
            tables: vec![table],
            candidates: vec![("procedures".into(), 40, vec!["procedure".into()])],
            ledger: vec![("header", 6), ("value", 35)],
            ..InspectedSheet::default()
        };
        Inspection { file: "a.xlsx".into(), sheets: vec![sheet], ..Default::default() }
    }

    #[test]
    fn everything_recognised_is_shown() {
        let golden = "\
a.xlsx

foglio «2019» (nascosto)
  tabella charter: intestazione alle righe 4, 5; 7 record
    perché: spiega 5 colonne su 6
    titolo: «Monitoraggio 2019»
    etichetta «Ufficio»: «Registro Imprese»
    A   Cod.           code   82%  abbreviazione di «Codice»
    C   Sigla interna  —
  tipo vicino: procedures (40%; mancano: procedure)
  celle non vuote: 41 = 6 intestazione + 35 valori

";
        assert_eq!(page(&inspection(), None, &Screen::new(Lang::It)), golden);
    }

    #[test]
    fn every_fate_of_a_cell_has_words() {
        let fates = ["title", "header", "value", "section", "total", "note"];
        for id in fates.into_iter().chain(["unknown_column", "other_period", "not_consolidated", "finding"]) {
            for lang in [Lang::It, Lang::En] {
                assert!(!fate(id, lang).contains('_'), "{id}");
            }
            assert_ne!(fate(id, Lang::It), fate(id, Lang::En));
        }
    }

    #[test]
    fn it_is_shown_in_english_too() {
        let text = page(&inspection(), Some(Path::new("x/allegati.toml")), &Screen::new(Lang::En));
        for part in ["settings: x/allegati.toml", "(hidden)", "why: explains", "short for “Codice”", "35 values"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}
