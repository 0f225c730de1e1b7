//! `run --replies`: the letters and the marked-up copies that go back to the offices, and where they go.

use std::fs;
use std::path::{Path, PathBuf};

use allegati::finding::{Lang, Text};
use allegati::outcome::Outcome;
use allegati::write::replies::{self, Earlier, Replies};
use allegati::write::save::Shelf;
use clap::{Arg, ArgMatches, value_parser};

use super::arguments;
use super::failure::Failure;
use super::output::of_save;

/// What stands for the default folder: no path can be it.
const DEFAULT: &str = "\u{1f}";

/// `--replies[=DIR]`.
pub fn argument(lang: Lang) -> Arg {
    let help = Text::new(
        "Scrive anche, per ogni ufficio, una lettera e una copia segnata dei suoi fogli; con =CARTELLA altrove che in CARTELLA/consolidato/risposte",
        "Also writes, for each office, a letter and a marked-up copy of its sheets; with =FOLDER elsewhere than in FOLDER/consolidato/risposte",
    );
    arguments::option("replies", help, lang)
        .value_name(Text::new("CARTELLA", "FOLDER").get(lang))
        .num_args(0..=1)
        // Without the sign, the folder of the sheets would be taken for it.
        .require_equals(true)
        .default_missing_value(DEFAULT)
        .value_parser(value_parser!(PathBuf))
}

/// Whether replies are asked for; other commands than `run` know nothing of them.
pub fn are_wanted(matches: &ArgMatches) -> bool {
    matches.try_get_one::<PathBuf>("replies").is_ok_and(|found| found.is_some())
}

/// Where they go, when they are asked for.
pub fn folder(matches: &ArgMatches, of_sheets: &Path) -> Option<PathBuf> {
    let asked = matches.get_one::<PathBuf>("replies")?;
    Some(if asked == Path::new(DEFAULT) { of_sheets.join("consolidato").join("risposte") } else { asked.clone() })
}

/// The replies of a run, ready to be saved with its other results.
#[derive(Debug)]
pub struct Post {
    folder: PathBuf,
    shelf: Shelf,
    replies: Replies,
    paths: Vec<PathBuf>,
}

impl Post {
    /// Composes them; what is still open is told from the JSON of the run before, which must not be replaced yet.
    ///
    /// # Errors
    /// When the folder cannot be read, or holds an old letter that cannot be removed.
    pub fn of(folder: PathBuf, outcome: &Outcome, json: &Path, lang: Lang) -> Result<Self, Failure> {
        let shelf = Shelf::look(&folder).map_err(|error| of_save(&error))?;
        let earlier = fs::read(json).ok().and_then(|bytes| Earlier::read(&bytes, outcome.consolidation.year));
        let replies = replies::compose(outcome, earlier.as_ref(), shelf.taken(), lang).map_err(|error| {
            Failure::new(
                format!("una copia segnata non si può comporre ({error})"),
                format!("a marked-up copy cannot be put together ({error})"),
            )
        })?;
        let paths: Vec<PathBuf> = replies.files.iter().map(|file| folder.join(&file.name)).collect();
        shelf.must_be_clearable(&paths).map_err(|error| of_save(&error))?;
        Ok(Self { folder, shelf, replies, paths })
    }

    /// Their paths and bytes.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &[u8])> {
        self.paths.iter().map(PathBuf::as_path).zip(self.replies.files.iter().map(|file| file.bytes.as_slice()))
    }

    /// Removes the letters and copies of the run before that no longer apply.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn clear(&self) -> Result<(), Failure> {
        self.shelf.clear(&self.paths).map_err(|error| of_save(&error))
    }

    /// What a person is told of them.
    pub fn told(&self, lang: Lang) -> String {
        let Replies { letters, asking, copies, displaced, solved, .. } = &self.replies;
        let folder = self.folder.display();
        let mut text = match lang {
            Lang::It => format!(
                "Risposte agli uffici: lettere {letters} (con qualcosa da fare: {asking}), copie segnate {copies}. Cartella: {folder}\n"
            ),
            Lang::En => format!(
                "Replies to the offices: letters {letters} (with something to do: {asking}), marked-up copies {copies}. Folder: {folder}\n"
            ),
        };
        if let Some((solved, before)) = solved.filter(|(_, before)| *before > 0) {
            text.push_str(&match lang {
                Lang::It => format!("Rispetto all’esecuzione precedente: {solved} di {before} segnalazioni risolte.\n"),
                Lang::En => format!("Since the run before: {solved} of {before} findings solved.\n"),
            });
        }
        for name in displaced {
            text.push_str(&match lang {
                Lang::It => format!("Non sostituito, perché non è di questo programma o è stato cambiato: {name}\n"),
                Lang::En => format!("Not replaced, because it is not this program’s or has been changed: {name}\n"),
            });
        }
        text
    }
}
