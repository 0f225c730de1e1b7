//! `template KIND|--all -o DIR`: the blank forms that offices fill in.

use std::fs;
use std::path::{Path, PathBuf};

use allegati::finding::{Lang, Text};
use allegati::kinds::{KINDS, Kind};
use allegati::value::fold::nearest;
use allegati::write::forms::{Prefill, form};
use allegati::write::save;
use clap::{ArgAction, ArgMatches, value_parser};

use super::failure::Failure;
use super::screen::Screen;
use super::{Command, Verdict, arguments, output};

/// The command.
pub static COMMAND: Command = Command { name: "template", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Scrive i modelli vuoti (.xlsx) che gli uffici compilano.",
        "Writes the blank forms (.xlsx) that the offices fill in.",
    );
    let kind = Text::new("Il tipo di modello", "The kind of form");
    let all = Text::new("Tutti i modelli", "All the forms");
    let output = Text::new("La cartella in cui scriverli", "The folder to write them to");
    let examples = Text::new(
        "Esempi:\n  allegati template --all -o Modelli\n  allegati template standard -o Modelli --year 2019\n\n",
        "Examples:\n  allegati template --all -o Forms\n  allegati template standard -o Forms --year 2019\n\n",
    );
    let kinds = KINDS.iter().map(|kind| format!("  {:<16} {}\n", kind.form.name, kind.title.get(lang)));
    let list = Text::new("Tipi:\n", "Kinds:\n").get(lang).to_owned() + &kinds.collect::<String>() + "\n";
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(
            Text::new(
                "allegati template <TIPO|--all> -o CARTELLA [OPZIONI]",
                "allegati template <KIND|--all> -o FOLDER [OPTIONS]",
            )
            .get(lang),
        )
        .after_help(format!("{list}{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(
            arguments::positional("kind", Text::new("TIPO", "KIND"), kind, lang)
                .required_unless_present("all")
                .conflicts_with("all")
                .value_parser(value_parser!(String)),
        )
        .arg(arguments::option("all", all, lang).action(ArgAction::SetTrue))
        .arg(
            arguments::option("output", output, lang)
                .short('o')
                .required(true)
                .value_name(Text::new("CARTELLA", "FOLDER").get(lang))
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::year(lang))
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let folder = arguments::path(matches, "output");
    let kinds = match matches.get_one::<String>("kind") {
        Some(name) => vec![find(name)?],
        None => KINDS.to_vec(),
    };
    let prefill = Prefill { year: arguments::year_of(matches) };
    let mut kept = Vec::new();
    for kind in kinds {
        let path = folder.join(kind.form.file());
        match lay(&path, &made(kind, screen.lang(), prefill)?)? {
            Laid::Written => screen.print(&format!("{}\n", path.display()))?,
            Laid::Same => {
                let same = screen.pick("c’è già, uguale", "already there, the same");
                screen.print(&format!("{} ({same})\n", path.display()))?;
            }
            Laid::Kept => kept.push(path.display().to_string()),
        }
    }
    if kept.is_empty() {
        return Ok(Verdict::Clean);
    }
    let list = kept.join("\n  ");
    Err(Failure::new(
        format!("questi file ci sono già e possono essere compilati: non sono stati toccati\n  {list}"),
        format!("these files are already there and may be filled in: they were not touched\n  {list}"),
    ))
}

/// The kind by its form's name or its own.
fn find(name: &str) -> Result<&'static Kind, Failure> {
    let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
    let own = |kind: &&&Kind| kind.form.name == wanted || kind.id.replace('_', "-") == wanted;
    if let Some(kind) = KINDS.iter().find(own) {
        return Ok(kind);
    }
    let names: Vec<&str> = KINDS.iter().flat_map(|kind| [kind.form.name, kind.id]).collect();
    let forms = KINDS.iter().map(|kind| kind.form.name).collect::<Vec<_>>().join(", ");
    let near = nearest(&wanted, names);
    let (it, en) =
        near.map_or_else(Default::default, |near| (format!("; forse «{near}»?"), format!("; did you mean “{near}”?")));
    Err(Failure::new(
        format!("il tipo «{name}» non si conosce{it}\n  i tipi sono: {forms}"),
        format!("the kind “{name}” is not known{en}\n  the kinds are: {forms}"),
    ))
}

/// The bytes of a form.
pub fn made(kind: &Kind, lang: Lang, prefill: Prefill) -> Result<Vec<u8>, Failure> {
    form(kind, lang, prefill).map_err(|error| {
        Failure::new(
            format!("il modello non si può comporre ({error})"),
            format!("the form cannot be put together ({error})"),
        )
    })
}

/// What became of a file that was to be laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Laid {
    /// It was not there.
    Written,
    /// It was there, with the same bytes.
    Same,
    /// It was there with others, and stays as it was.
    Kept,
}

/// Writes a file where there is none; what is there already is somebody's work.
///
/// # Errors
/// When it cannot be written.
pub fn lay(path: &Path, bytes: &[u8]) -> Result<Laid, Failure> {
    if path.symlink_metadata().is_ok() {
        let same = fs::read(path).is_ok_and(|there| there == bytes);
        return Ok(if same { Laid::Same } else { Laid::Kept });
    }
    save::save(&[(path, bytes)]).map_err(|error| output::of_save(&error))?;
    Ok(Laid::Written)
}
