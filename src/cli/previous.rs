//! `--previous`: the records of earlier years that a run compares with, and those it finds beside its results.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use allegati::earlier::Given;
use allegati::finding::{Lang, Text};
use allegati::intake::earlier::{record, records_in};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::failure::{Failure, must_be_file};
use super::{arguments, output};

/// `--previous`.
pub fn argument(lang: Lang) -> Arg {
    let help = Text::new(
        "Il JSON dei risultati di un anno precedente, da confrontare; si può ripetere (si usano anche gli Allegati-ANNO.json in CARTELLA/consolidato e accanto al risultato)",
        "The JSON of an earlier year’s results, to compare with; may be repeated (those called Allegati-YEAR.json in FOLDER/consolidato and beside the result are used, too)",
    );
    arguments::option("previous", help, lang)
        .value_name("FILE.json")
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf))
}

/// The files named with `--previous`.
pub fn asked(matches: &ArgMatches) -> Vec<PathBuf> {
    let named = matches.try_get_many::<PathBuf>("previous").ok().flatten();
    named.into_iter().flatten().cloned().collect()
}

/// The records named with `--previous`, and those beside the results.
///
/// # Errors
/// When a file that was named is not there, or is no record of this program.
pub fn of(folder: &Path, matches: &ArgMatches) -> Result<Vec<Given>, Failure> {
    let mut given = Vec::new();
    for path in asked(matches) {
        must_be_file(&path)?;
        let one = record(&path, name(folder, &path), true);
        if let Err(refusal) = one.content {
            let (why, shown) = (refusal.why(), path.display());
            return Err(Failure::new(
                format!("i risultati indicati con --previous non si possono usare: {shown}\n  {}", why.it),
                format!("the results named with --previous cannot be used: {shown}\n  {}", why.en),
            ));
        }
        given.push(one);
    }
    let written = |id| matches.try_get_one::<PathBuf>(id).ok().flatten().and_then(|path| path.parent());
    let beside = written("json").or_else(|| written("output")).map(Path::to_owned);
    given.extend(found(folder, None, beside.as_deref(), &[]));
    Ok(given)
}

/// The records in `consolidato`, in another folder of results, and some more, each once; without that of the reporting
/// year itself, when it is known.
pub fn found(folder: &Path, year: Option<i16>, beside: Option<&Path>, more: &[PathBuf]) -> Vec<Given> {
    let own = folder.join("consolidato");
    // The empty parent of a bare name is the folder where the program was started.
    let beside = beside.map(|beside| if beside.as_os_str().is_empty() { Path::new(".") } else { beside });
    let beside = beside.filter(|beside| !output::same_file(beside, &own));
    let mut paths = records_in(&own);
    paths.extend(beside.into_iter().flat_map(records_in));
    let own_year = year.map(|year| format!("Allegati-{year}.json"));
    paths.retain(|path| path.file_name().map(|name| name.to_string_lossy()).as_deref() != own_year.as_deref());
    paths.extend(more.iter().cloned());
    paths.iter().map(|path| record(path, name(folder, path), false)).collect()
}

/// The way from the folder of the sheets to a file; its own name when they share no drive.
pub fn name(folder: &Path, file: &Path) -> Arc<str> {
    let own = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // A bare name lies where the program was started.
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let way = output::prefix(&folder.join("x"), parent);
    let absolute = way.starts_with('/') || way.contains(':');
    if absolute { own.into() } else { format!("{way}{own}").into() }
}
