//! The passwords of a run: those of a text file, and those that a person types when a file stays protected.
//!
//! What is said of them names files only, never a password.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use allegati::finding::Findings;
use allegati::finding::render::terminal::clean;
use allegati::intake::Passwords;

use super::engine::{self, Options};
use super::failure::Failure;
use super::screen::Screen;

/// More than any list of passwords needs.
const MOST_BYTES: u64 = 1 << 20;
/// How often a password may be wrong before nobody is asked any more.
const TRIES: usize = 3;
/// Names of protected files that are shown with the question.
const SHOWN: usize = 10;

/// Reads the passwords that protected files are tried with; none without a file.
///
/// # Errors
/// When the file cannot be read, or lies in the folder that is consolidated: there it would be taken for an office's
/// sheet, and go wherever the folder goes.
pub fn load(file: Option<&Path>, folder: &Path) -> Result<Passwords, Failure> {
    let Some(file) = file else { return Ok(Passwords::default()) };
    let (it, en) = ("il file delle password non si può leggere", "the file of passwords cannot be read");
    let real = file.canonicalize().map_err(|error| Failure::of_system(file, it, en, &error))?;
    if folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)) {
        let shown = file.display();
        return Err(Failure::new(
            format!("il file delle password non deve stare nella cartella dei fogli: {shown}"),
            format!("the file of passwords must not lie in the folder of the sheets: {shown}"),
        ));
    }
    let mut bytes = Vec::new();
    let read = File::open(&real).and_then(|source| source.take(MOST_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| Failure::of_system(file, it, en, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let shown = file.display();
        Failure::new(
            format!("il file delle password non è un testo UTF-8: {shown}"),
            format!("the file of passwords is no UTF-8 text: {shown}"),
        )
    })?;
    Ok(Passwords::from_lines(&text))
}

/// Asks the person at the terminal for the passwords of the files that stayed protected, and adds those that open one.
///
/// Gives whether there are some: the reading is to be repeated then. `path` leads from a file's name to the file.
/// Without a terminal nobody is asked.
pub fn ask(findings: &Findings, path: impl Fn(&str) -> PathBuf, options: &mut Options, screen: &Screen) -> bool {
    let mut locked = engine::protected(findings);
    if locked.is_empty() || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let mut opened = false;
    let mut wrong = 0;
    say(&list(&locked, screen));
    while !locked.is_empty() && wrong < TRIES {
        let question =
            screen.pick("Password (solo Invio per proseguire senza): ", "Password (just Enter to go on without): ");
        say(question);
        let Some(password) = rpassword::read_password().ok().filter(|password| !password.is_empty()) else { break };
        let before = locked.len();
        locked.retain(|name| {
            let opens = engine::opens(path(name), &password, options);
            if opens {
                say(&format!("  {}: {}\n", screen.pick("aperto", "opened"), clean(name)));
            }
            !opens
        });
        if locked.len() < before {
            options.passwords.add(&password);
            (opened, wrong) = (true, 0);
        } else {
            wrong += 1;
            say(screen.pick("  nessun file si apre con questa password\n", "  no file opens with this password\n"));
        }
    }
    opened
}

fn list(locked: &[Arc<str>], screen: &Screen) -> String {
    let mut text = match locked {
        [_] => screen.pick("Un file è protetto da una password:\n", "A file is protected by a password:\n").to_owned(),
        many => {
            let count = many.len();
            let (it, en) = ("file sono protetti da una password", "files are protected by a password");
            format!("{count} {}:\n", screen.pick(it, en))
        }
    };
    for name in locked.iter().take(SHOWN) {
        text.push_str(&format!("  {}\n", clean(name)));
    }
    if let Some(more) = locked.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("  … {} {more}\n", screen.pick("e altri", "and others:")));
    }
    text
}

/// Writes to the terminal of the standard error; when it is gone, nobody answers either.
fn say(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
