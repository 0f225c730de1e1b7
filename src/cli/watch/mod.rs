//! `watch FOLDER`: the folder is run again whenever it has changed, and `ESITO.html` in it says how things stand.

mod calm;
mod eyes;
mod round;
mod tell;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use allegati::finding::{Lang, Text};
use allegati::intake::{Changes, Limits, Observer, Unfinished, unfinished};
use clap::{ArgMatches, value_parser};

use super::failure::{Failure, must_be_folder};
use super::output::Outputs;
use super::screen::Screen;
use super::{Command, Verdict, arguments, interrupt, passwords, run};
use calm::{Calm, Next};
use eyes::{Eyes, Wake};
use tell::Teller;

/// The command.
pub static COMMAND: Command = Command { name: "watch", arguments, run: carry_out };

/// Options that are those of `run`.
const AS_RUN: [&str; 8] = ["output", "json", "replies", "report", "strict", "jobs", "password-file", "follow-links"];

/// How long nothing may change before a run.
const QUIET: Duration = Duration::from_secs(2);
/// The same at most when the folder is looked at again and again: shares keep what they know of a file for seconds.
const QUIET_AT_MOST: Duration = Duration::from_secs(15);
/// How long a file that changes no more may still be unfinished before it is taken as it is.
const PATIENCE: Duration = Duration::from_secs(60);
/// The same for a file that is whole, but that somebody has open and may save again.
const COURTESY: Duration = Duration::from_secs(10);
/// How often the folder is looked at although the system says nothing: it does not say everything.
const SELDOM: Duration = Duration::from_secs(60);
/// How often it is looked at when the system cannot watch it.
const OFTEN: Duration = Duration::from_secs(10);
/// When a run that could not be made is made again, though nothing has changed in the folder.
const RETRY: Duration = Duration::from_secs(30);
/// The same when what stands in the way is over in a moment, or the folder cannot be reached.
const SOON: Duration = Duration::from_secs(3);

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Sorveglia la cartella: quando arrivano, cambiano o spariscono dei file la riunisce di nuovo, e ESITO.html dice come va.",
        "Watches the folder: when files arrive, change or vanish it is consolidated again, and ESITO.html says how things stand.",
    );
    let poll = Text::new(
        "Guarda la cartella ogni tanti secondi invece di farsi avvisare dal sistema: per le cartelle di rete",
        "Looks at the folder every so many seconds instead of being told by the system: for folders on the network",
    );
    let after = Text::new(
        "I file copiati a metà o ancora in scaricamento si aspettano fino a un minuto dopo il loro ultimo cambiamento,\n\
         quelli aperti in Excel per dieci secondi. Quello che il programma scrive non conta. Le password non si chiedono: --password-file.\n\
         Si finisce con Ctrl-C.\n\n\
         Esempi:\n  allegati watch \"Monitoraggio 2019\"\n  allegati watch \"Z:\\Monitoraggio 2019\" --poll 30\n\n",
        "Files that are copied by half or still being fetched are waited for until a minute after their last change, those\n\
         open in Excel for ten seconds. What the program writes does not count. No passwords are asked for: --password-file.\n\
         Ctrl-C ends it.\n\n\
         Examples:\n  allegati watch \"Monitoraggio 2019\"\n  allegati watch \"Z:\\Monitoraggio 2019\" --poll 30\n\n",
    );
    let of_run = (run::COMMAND.arguments)(lang);
    let seconds = Text::new("SECONDI", "SECONDS").get(lang);
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati watch [OPZIONI] CARTELLA", "allegati watch [OPTIONS] FOLDER").get(lang))
        .after_help(format!("{}{}", after.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(arguments::folder(lang))
        .args(of_run.get_arguments().filter(|argument| AS_RUN.contains(&argument.get_id().as_str())))
        .arg(arguments::option("poll", poll, lang).value_name(seconds).value_parser(value_parser!(u16).range(1..=3600)))
}

fn carry_out(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let folder = arguments::path(matches, "folder");
    Outputs::must_be_named_right(matches.get_one("output"), matches.get_one("json"), matches.get_one("report"))?;
    must_be_folder(folder)?;
    passwords::load(arguments::password_file_of(matches).map(PathBuf::as_path), folder)?;
    let poll = matches.get_one::<u16>("poll").map(|seconds| Duration::from_secs(u64::from(*seconds)));
    let teller = Teller::new(folder, screen)?;
    let (sender, wakes) = mpsc::channel();
    let stop = sender.clone();
    // The watch may have ended by itself.
    interrupt::catch(move || drop(stop.send(Wake::Stop)));
    let mut watch = Watch::new(folder, matches, screen, poll, teller, sender);
    watch.open_eyes();
    watch.teller.begin()?;
    while !interrupt::is_asked() {
        let pause = watch.step()?;
        match wakes.recv_timeout(pause) {
            Ok(Wake::Stop) => break,
            Ok(Wake::Lost(why)) => watch.close_eyes(&why),
            Ok(Wake::Moved) => watch.open_eyes(),
            Ok(Wake::Stirred) | Err(_) => {}
        }
    }
    watch.teller.end()
}

/// A folder that is watched.
struct Watch<'a> {
    folder: &'a Path,
    matches: &'a ArgMatches,
    screen: &'a Screen,
    teller: Teller<'a>,
    observer: Observer,
    calm: Calm,
    /// How often it is looked at, when somebody said so.
    poll: Option<Duration>,
    eyes: Option<Eyes>,
    wakes: Sender<Wake>,
    /// Whether the folder cannot be reached.
    away: bool,
    /// When the last run, which could not be made, is to be made again.
    retry: Option<Instant>,
}

impl<'a> Watch<'a> {
    fn new(
        folder: &'a Path,
        matches: &'a ArgMatches,
        screen: &'a Screen,
        poll: Option<Duration>,
        teller: Teller<'a>,
        wakes: Sender<Wake>,
    ) -> Self {
        let quiet = poll.map_or(QUIET, |poll| poll.clamp(QUIET, QUIET_AT_MOST));
        let observer = Observer::new(folder, arguments::follow_links_of(matches));
        let calm = Calm::new(quiet, PATIENCE, COURTESY);
        Self { folder, matches, screen, teller, observer, calm, poll, eyes: None, wakes, away: false, retry: None }
    }

    /// Has the system watch the folder, unless it is to be looked at again and again.
    fn open_eyes(&mut self) {
        self.eyes = None;
        if self.poll.is_some() {
            return;
        }
        match Eyes::open(self.folder, arguments::follow_links_of(self.matches), self.wakes.clone()) {
            Ok(eyes) => self.eyes = Some(eyes),
            // What cannot be reached is told by the next look.
            Err(_) if !self.folder.is_dir() => {}
            Err(error) => self.close_eyes(&error.to_string()),
        }
    }

    fn close_eyes(&mut self, why: &str) {
        self.eyes = None;
        let seconds = OFTEN.as_secs();
        let it = format!("il sistema non avvisa dei cambiamenti ({why}): guardo la cartella ogni {seconds} secondi");
        let en = format!("the system does not tell of changes ({why}): looking at the folder every {seconds} seconds");
        self.screen.note(self.screen.pick(&it, &en));
    }

    /// Looks at the folder, and does what is to be done; gives how long nothing more is.
    fn step(&mut self) -> Result<Duration, Failure> {
        let stamp = match self.observer.look() {
            Err(error) => return Ok(self.lose(&error.to_string())),
            // An empty place without our page is what is left of a share that was taken away.
            Ok(stamp) if stamp.is_empty() && self.teller.has_lost_its_page() => {
                return Ok(self.lose(self.screen.pick("è vuota", "it is empty")));
            }
            Ok(stamp) => stamp,
        };
        if self.away {
            self.away = false;
            self.screen.note(self.screen.pick("la cartella si raggiunge di nuovo", "the folder can be reached again"));
            self.open_eyes();
        }
        let (folder, new) = (self.folder, self.calm.is_new());
        match self.calm.look(stamp, Instant::now(), |name| still_unfinished(&folder.join(name), new)) {
            Next::Idle => self.idle(),
            Next::Wait(left, files) => {
                self.teller.wait_for(&files);
                Ok(left)
            }
            Next::Run(changes) => {
                self.run(&changes, new)?;
                Ok(Duration::ZERO)
            }
        }
    }

    fn idle(&mut self) -> Result<Duration, Failure> {
        self.teller.wait_for(&[]);
        if self.retry.is_some_and(|due| due <= Instant::now()) {
            self.run(&Changes::default(), false)?;
        } else if self.teller.has_lost_its_page() {
            self.teller.write();
        }
        let interval = self.poll.unwrap_or(if self.eyes.is_some() { SELDOM } else { OFTEN });
        let due = self.retry.map(|due| due.saturating_duration_since(Instant::now()));
        Ok(due.map_or(interval, |due| due.min(interval)))
    }

    /// Runs; what stands in its way is told, and never ends the watch.
    fn run(&mut self, changes: &Changes, first: bool) -> Result<(), Failure> {
        if !first {
            self.teller.note_changes(changes);
        }
        let round = round::make(self.folder, self.teller.page(), self.matches, self.screen);
        self.retry = match &round {
            Ok(_) => None,
            Err(failure) => Some(Instant::now() + if failure.is_busy() { SOON } else { RETRY }),
        };
        self.teller.tell(round)
    }

    fn lose(&mut self, why: &str) -> Duration {
        if !self.away {
            self.away = true;
            let shown = self.folder.display();
            let it = format!("la cartella non si raggiunge più: {shown} ({why}); aspetto che torni");
            let en = format!("the folder can no longer be reached: {shown} ({why}); waiting for it to come back");
            self.screen.note(self.screen.pick(&it, &en));
        }
        SOON
    }
}

/// Why a file had better be waited for. At the beginning only what was changed a moment ago is: who has a sheet open
/// since the morning must not hold up the first result.
fn still_unfinished(path: &Path, first: bool) -> Option<Unfinished> {
    let age = || fs::metadata(path).ok()?.modified().ok()?.elapsed().ok();
    if first && age().is_some_and(|age| age > PATIENCE) {
        return None;
    }
    unfinished(path, &Limits::default()).filter(|why| !first || *why != Unfinished::Open)
}
