//! What a watch says: at the terminal line by line, in the folder by its page.
//!
//! Needs what the runs gave; keeps the last of it, so that the page can be written again when only the circumstances
//! have changed: a file is waited for, a run could not be made, the watch ended.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use allegati::intake::{Changes, Unfinished, own};
use allegati::write::notice::{Board, Moment, NAME, Standing, notice};
use allegati::write::save::{self, Claim};

use super::round::Round;
use crate::cli::failure::{Failure, must_be_folder};
use crate::cli::output::of_save;
use crate::cli::screen::Screen;
use crate::cli::{Verdict, clock};

/// More changes than these are counted only.
const MOST: usize = 20;

/// What is said, and what was.
pub struct Teller<'a> {
    folder: &'a Path,
    screen: &'a Screen,
    page: PathBuf,
    /// Whether the page was written.
    written: bool,
    last: Option<(Board, Moment, Verdict)>,
    results: Vec<(&'static str, String)>,
    failure: Option<(Failure, Moment)>,
    awaited: Vec<(String, &'static str)>,
    /// What is different since the last run that came to its end.
    changes: Vec<(&'static str, &'static str, String)>,
    /// The same, of the one before: what the page shows.
    told: Vec<(&'static str, &'static str, String)>,
    /// What was last said to stand in the way of the page.
    trouble: String,
}

impl<'a> Teller<'a> {
    /// A teller for a folder.
    ///
    /// # Errors
    /// When there is already a page of that name that is somebody else's.
    pub fn new(folder: &'a Path, screen: &'a Screen) -> Result<Self, Failure> {
        let page = folder.join(NAME);
        must_be_ours(&page)?;
        Ok(Self {
            folder,
            screen,
            page,
            written: false,
            last: None,
            results: Vec::new(),
            failure: None,
            awaited: Vec::new(),
            changes: Vec::new(),
            told: Vec::new(),
            trouble: String::new(),
        })
    }

    /// The page.
    pub fn page(&self) -> &Path {
        &self.page
    }

    /// Whether the page was written and is no longer there.
    pub fn has_lost_its_page(&self) -> bool {
        self.written && !self.page.exists()
    }

    /// Says what begins.
    ///
    /// # Errors
    /// When the standard output cannot be written.
    pub fn begin(&mut self) -> Result<(), Failure> {
        let (folder, page) = (self.folder.display(), self.page.display());
        let it = format!("Sorvegliata: {folder}\nEsito: {page}\nSi finisce con Ctrl-C.\n");
        let en = format!("Watched: {folder}\nState: {page}\nCtrl-C ends it.\n");
        self.screen.print(self.screen.pick(&it, &en))
    }

    /// Remembers what is different, for the next run that comes to its end.
    pub fn note_changes(&mut self, changes: &Changes) {
        let mut add = |sign, it, en, files: &[Arc<str>]| {
            let word = self.screen.pick(it, en);
            self.changes.extend(files.iter().map(|file| (sign, word, file.to_string())));
        };
        add("+", "arrivato", "arrived", &changes.arrived);
        add("≠", "cambiato", "changed", &changes.changed);
        add("−", "tolto", "gone", &changes.gone);
        if changes.names {
            let (it, en) = ("altri file, che non sono fogli di calcolo", "other files, which are no spreadsheets");
            self.changes.push(("•", self.screen.pick(it, en), String::new()));
        }
    }

    /// Says which files are waited for; the page says so too, when they are not the same as before.
    pub fn wait_for(&mut self, files: &[(Arc<str>, Unfinished)]) {
        let why = |why: Unfinished| why.why().get(self.screen.lang());
        let awaited: Vec<_> = files.iter().map(|(file, reason)| (file.to_string(), why(*reason))).collect();
        if awaited == self.awaited {
            return;
        }
        for (file, why) in awaited.iter().filter(|one| !self.awaited.contains(one)) {
            self.screen.note(&format!("{} {file}: {why}", self.screen.pick("aspetto", "waiting for")));
        }
        self.awaited = awaited;
        self.write();
    }

    /// Says what a run gave, at the terminal and in the page.
    ///
    /// # Errors
    /// When the standard output cannot be written.
    pub fn tell(&mut self, round: Result<Round, Failure>) -> Result<(), Failure> {
        let lang = self.screen.lang();
        self.awaited.clear();
        match round {
            Ok(round) => {
                let mut text = format!("\n{}  ", clock::time());
                self.told = cut(std::mem::take(&mut self.changes), self.screen);
                for (sign, word, file) in &self.told {
                    text.push_str(&format!("{sign} {word} {file}\n          "));
                }
                text.push_str(&round.line);
                self.last = Some((round.board, clock::now(lang), round.verdict));
                (self.results, self.failure) = (round.results, None);
                self.write();
                self.screen.print(&text)
            }
            Err(failure) => {
                let same = self.failure.as_ref().is_some_and(|(old, _)| old.message(lang) == failure.message(lang));
                if !same {
                    self.screen.note(failure.message(lang));
                }
                // Another run is over in a moment, and the page need not speak of it.
                if !same && !failure.is_busy() {
                    self.failure = Some((failure, clock::now(lang)));
                    self.write();
                }
                Ok(())
            }
        }
    }

    /// Says that it is over; what was last said is how it ended.
    ///
    /// # Errors
    /// When the last run could not be made.
    pub fn end(mut self) -> Result<Verdict, Failure> {
        let now = clock::now(self.screen.lang());
        self.awaited.clear();
        self.write_with(Some(&now));
        self.screen.print(self.screen.pick("\nFine della sorveglianza.\n", "\nThe watch has ended.\n"))?;
        match (self.failure, self.last) {
            (Some((failure, _)), _) => Err(failure),
            (None, last) => Ok(last.map_or(Verdict::Clean, |(.., verdict)| verdict)),
        }
    }

    /// Writes the page as things stand; what stands in its way is said once.
    pub fn write(&mut self) {
        self.write_with(None);
    }

    fn write_with(&mut self, ended: Option<&Moment>) {
        let trouble = match self.try_write(ended) {
            Ok(()) => {
                self.written = true;
                String::new()
            }
            Err(failure) => failure.message(self.screen.lang()).to_owned(),
        };
        if !trouble.is_empty() && trouble != self.trouble {
            self.screen.note(&trouble);
        }
        self.trouble = trouble;
    }

    fn try_write(&self, ended: Option<&Moment>) -> Result<(), Failure> {
        // A share that went away must not be made anew as a folder of this machine.
        must_be_folder(self.folder)?;
        must_be_ours(&self.page)?;
        // The page lies where others read it: ways are told from the folder.
        let root = format!("{}{}", self.folder.display(), std::path::MAIN_SEPARATOR);
        let failure =
            self.failure.as_ref().map(|(why, when)| (why.message(self.screen.lang()).replace(&root, ""), when));
        let standing = Standing {
            last: self.last.as_ref().map(|(board, when, _)| (board, when)),
            failure: failure.as_ref().map(|(why, when)| (why.as_str(), *when)),
            awaited: &self.awaited,
            changes: &self.told,
            ended,
            results: &self.results,
        };
        let text = notice(standing, self.screen.lang()).map_err(|error| {
            let (it, en) = ("la pagina non si può comporre", "the page cannot be put together");
            Failure::new(format!("{it} ({error})"), format!("{en} ({error})"))
        })?;
        let _claim = Claim::of(&[&self.page]).map_err(|error| of_save(&error))?;
        save::save(&[(&self.page, text.as_bytes())]).map_err(|error| of_save(&error))
    }
}

/// The changes, those beyond a handful only counted.
fn cut(
    mut changes: Vec<(&'static str, &'static str, String)>,
    screen: &Screen,
) -> Vec<(&'static str, &'static str, String)> {
    let more = changes.len().saturating_sub(MOST);
    if more > 0 {
        changes.truncate(MOST);
        changes.push(("…", screen.pick("e altri", "and more"), more.to_string()));
    }
    changes
}

/// Makes sure that the page takes nobody's place.
fn must_be_ours(page: &Path) -> Result<(), Failure> {
    if !page.exists() || own::is_page(page) {
        return Ok(());
    }
    let shown = page.display();
    Err(Failure::new(
        format!("c’è già una pagina che non è di allegati: {shown}\n  darle un altro nome e ripetere"),
        format!("there is already a page that is not of allegati: {shown}\n  give it another name and repeat"),
    ))
}
