//! Where a command prints: the standard output for what was asked for, the standard error for failures.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use allegati::finding::Lang;
use anstream::{AutoStream, ColorChoice};
use clap::builder::StyledStr;

use super::clock;
use super::failure::Failure;

/// How wide a text is laid out when there is no terminal.
const WIDTH: usize = 120;

/// The language and the two streams.
pub struct Screen {
    lang: Lang,
    colour: bool,
    width: usize,
}

impl Screen {
    /// The screen of this process; colours only at a terminal, and only when `NO_COLOR` is not set.
    pub fn new(lang: Lang) -> Self {
        let terminal = io::stdout().is_terminal();
        let colour = terminal && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let width = terminal_size::terminal_size_of(io::stdout()).map_or(WIDTH, |(width, _)| usize::from(width.0));
        Self { lang, colour, width: width.min(160) }
    }

    /// The language of everything shown.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether to write colours to the standard output.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// Columns of a line.
    pub fn width(&self) -> usize {
        self.width
    }

    /// One of two texts, by the language.
    pub fn pick<'a>(&self, it: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::It => it,
            Lang::En => en,
        }
    }

    /// A help text, with its bold letters when the terminal takes them.
    pub fn painted(&self, text: &StyledStr) -> String {
        if self.colour { text.ansi().to_string() } else { text.to_string() }
    }

    /// Writes to the standard output; a reader that went away is no failure.
    ///
    /// # Errors
    /// When it cannot be written, as to a full disk.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        // Of a text that cannot speak to a terminal nothing is to be taken out; all of it is looked at, many bytes at once.
        let speaks = text.bytes().fold(false, |speaks, byte| speaks | (byte.is_ascii_control() & (byte != b'\n')));
        let choice = match (self.colour, speaks) {
            (true, _) => ColorChoice::Always,
            (false, true) => ColorChoice::Never,
            (false, false) => ColorChoice::AlwaysAnsi,
        };
        let mut out = AutoStream::new(io::stdout(), choice).lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(
                format!("l’uscita non si può scrivere ({error})"),
                format!("the output cannot be written ({error})"),
            )),
            _ => Ok(()),
        }
    }

    /// Says on the standard error why it could not be done, and gives the exit code for that.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        let mut out = anstream::stderr().lock();
        let label = self.pick("errore", "error");
        // When not even the standard error can be written, the exit code is all that is left.
        let _ = writeln!(out, "\x1b[1;31m{label}\x1b[0m: {}", failure.message(self.lang));
        ExitCode::from(2)
    }

    /// Says something besides on the standard error, at its time of day.
    pub fn note(&self, text: &str) {
        let mut out = anstream::stderr().lock();
        // Nobody reads it when it cannot be written.
        let _ = writeln!(out, "{}  {text}", clock::time());
    }

    /// Waits for a key when the program was started from its icon: Windows closes such a window at once, and nobody
    /// would have read it. A command prompt is told by the variable it sets for its own prompt.
    pub fn keep_open(&self) {
        let from_icon = cfg!(windows) && std::env::var_os("PROMPT").is_none();
        if !from_icon || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return;
        }
        // A window that cannot be written to or read from has nobody before it.
        let _ = self.print(self.pick("\nPremere Invio per chiudere. ", "\nPress Enter to close. "));
        let _ = io::stdin().read_line(&mut String::new());
    }
}
