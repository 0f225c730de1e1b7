//! `batch ROOT`: every folder below a root consolidated into its own results, and one summary over all.

mod gate;
mod place;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use allegati::earlier::inputs;
use allegati::finding::{Lang, Severity, Text};
use allegati::intake::{self, Passwords};
use allegati::write::save::Claim;
use allegati::write::summary::{self, Entry};
use clap::{ArgAction, ArgMatches, value_parser};
use serde_json::Value;

use super::engine::Progress;
use super::failure::{Failure, must_be_folder};
use super::output::{self, Outputs};
use super::progress::Stages;
use super::screen::Screen;
use super::waves::{self, Unit};
use super::{Command, Verdict, arguments, engine, interrupt, passwords, previous, run};
use gate::Gate;

/// Bytes of the files of all folders that are held in memory at a time; what they say takes many times as much.
const MOST_BYTES: u64 = 64 << 20;

/// The command.
pub static COMMAND: Command = Command { name: "batch", arguments, run: carry_out };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Riunisce ogni cartella sotto RADICE nei suoi risultati, e scrive un riepilogo di tutte.",
        "Consolidates every folder below ROOT into its own results, and writes one summary of all.",
    );
    let root = Text::new(
        "La cartella sotto cui stanno le cartelle degli enti e degli anni",
        "The folder below which the folders of bodies and years lie",
    );
    let output = Text::new(
        "Il riepilogo da scrivere (se non è detto: RADICE/consolidato/Riepilogo.xlsx); accanto va il suo JSON",
        "The summary to write (unless said: ROOT/consolidato/Riepilogo.xlsx); its JSON goes next to it",
    );
    let force = Text::new(
        "Rifà anche le cartelle in cui nulla è cambiato",
        "Makes also those folders again in which nothing has changed",
    );
    let after = Text::new(
        "Una cartella con allegati.toml, o con fogli di calcolo, è un lavoro con tutto ciò che contiene. Si rifà solo\n\
         quella i cui file o le cui impostazioni sono cambiati. Ctrl-C finisce le cartelle cominciate e si ferma.\n\
         Le cartelle il cui allegati.toml dice ente e anno si confrontano con gli anni precedenti dello stesso ente.\n\n\
         Esempi:\n  allegati batch \"Monitoraggi\"\n  allegati batch \"Monitoraggi\" -o Tutti.xlsx --force\n\n",
        "A folder with an allegati.toml, or with spreadsheets, is one run with everything it contains. Only those whose\n\
         files or settings have changed are made again. Ctrl-C finishes the folders begun and stops.\n\
         Folders whose allegati.toml names body and year are compared with the same body’s earlier years.\n\n\
         Examples:\n  allegati batch \"Monitoring\"\n  allegati batch \"Monitoring\" -o All.xlsx --force\n\n",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati batch [OPZIONI] RADICE", "allegati batch [OPTIONS] ROOT").get(lang))
        .after_help(format!("{}{}", after.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(
            arguments::positional("root", Text::new("RADICE", "ROOT"), root, lang)
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            arguments::option("output", output, lang)
                .short('o')
                .value_name("FILE.xlsx")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(arguments::option("force", force, lang).action(ArgAction::SetTrue))
        .arg(arguments::strict(lang))
        .arg(arguments::jobs(lang))
        .arg(arguments::password_file(lang))
        .arg(arguments::follow_links(lang))
}

/// What became of one folder.
enum Fate {
    /// It was consolidated.
    Done(PathBuf),
    /// It is as it was at its last run; what the record says.
    Unchanged(PathBuf, Value),
    /// It could not be.
    Failed((String, String)),
}

/// What all folders have in common.
struct Shared<'a> {
    root: &'a Path,
    force: bool,
    follow_links: bool,
    threads: engine::Threads,
    passwords: Passwords,
    /// The right to write the summary.
    claim: &'a Claim,
    screen: &'a Screen,
}

fn carry_out(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let (start, root) = (Instant::now(), arguments::path(matches, "root"));
    must_be_folder(root)?;
    let asked = matches.get_one::<PathBuf>("output");
    Outputs::must_be_named_right(asked, None, None)?;
    let summary = asked.cloned().unwrap_or_else(|| root.join("consolidato").join("Riepilogo.xlsx"));
    let follow_links = arguments::follow_links_of(matches);
    let units = intake::units(root, follow_links).map_err(|error| {
        Failure::of_system(root, "la cartella non si può leggere", "the folder cannot be read", &error)
    })?;
    if units.is_empty() {
        let shown = root.display();
        return Err(Failure::new(
            format!("sotto la cartella non ci sono fogli di calcolo: {shown}"),
            format!("there are no spreadsheets below the folder: {shown}"),
        ));
    }
    place::must_be_its_own(&summary, root, &units)?;
    interrupt::catch(|| {});
    let claim = Claim::of(&[&summary]).map_err(|error| output::of_save(&error))?;
    asked.map_or(Ok(()), |asked| place::outputs(asked).must_be_free())?;
    let jobs = arguments::jobs_of(matches);
    let shared = Shared {
        root,
        force: matches.get_flag("force"),
        follow_links,
        threads: engine::threads(jobs)?,
        passwords: passwords::load(arguments::password_file_of(matches).map(PathBuf::as_path), root)?,
        claim: &claim,
        screen,
    };
    let fates = all(&waves::units(&units), &shared, jobs);
    let done = fates.iter().flatten().count();
    if done < units.len() {
        let left = units.len() - done;
        return Err(Failure::new(
            format!("interrotto: {done} cartelle fatte, {left} da fare; ripetendo il comando si riprende da lì"),
            format!("interrupted: {done} folders done, {left} to do; repeat the command to go on from there"),
        ));
    }
    let unchanged = fates.iter().flatten().filter(|fate| matches!(fate, Fate::Unchanged(..))).count();
    let fates = fates.into_iter().flatten();
    let entries: Vec<Entry> = units.iter().zip(fates).map(|(unit, fate)| entry(unit, fate, &summary, root)).collect();
    write(&summary, &entries, screen.lang())?;
    report(&entries, unchanged, &summary, start, screen)?;
    Ok(verdict(&entries, matches.get_flag("strict")))
}

/// Goes through the folders. As many are begun at a time as there are threads, which share the reading of all their
/// files: none of them is idle while another folder is scored or written, and no more than the [`Gate`] lets in is held
/// in memory.
fn all(units: &[Unit], shared: &Shared<'_>, jobs: Option<usize>) -> Vec<Option<Fate>> {
    let at_a_time = jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let weights: Vec<(usize, u64)> =
        units.iter().map(|unit| intake::weight(&unit.folder, shared.follow_links)).collect();
    let fates = Mutex::new(units.iter().map(|_| None).collect::<Vec<_>>());
    let (stages, gate) = (Stages::new(&weights, shared.screen.lang()), Gate::new(MOST_BYTES));
    for wave in waves::by_year(units) {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..at_a_time.min(wave.len()) {
                scope.spawn(|| {
                    while !interrupt::is_asked() {
                        let Some(at) = wave.get(next.fetch_add(1, Ordering::Relaxed)).copied() else { return };
                        let earlier = earlier(at, units, &fates);
                        let fate = weighed(&units[at].folder, &earlier, weights[at], &gate, &stages, shared);
                        if let Ok(mut fates) = fates.lock() {
                            fates[at] = Some(fate);
                        }
                    }
                });
            }
        });
    }
    fates.into_inner().unwrap_or_default()
}

/// Consolidates one folder when there is room for it, and counts it as work once it was begun.
fn weighed(
    unit: &Path,
    earlier: &[PathBuf],
    weight: (usize, u64),
    gate: &Gate,
    stages: &Stages,
    shared: &Shared<'_>,
) -> Fate {
    let begun = AtomicBool::new(false);
    let fate = {
        let _pass = gate.enter(weight.1);
        one(unit, earlier, shared, &|progress| {
            begun.store(true, Ordering::Relaxed);
            stages.on(progress);
        })
    };
    if begun.into_inner() {
        stages.made(weight)
    } else {
        stages.left_out(weight)
    }
    fate
}

/// The results of the same body's earlier years, which are there already: the waves go by years.
fn earlier(at: usize, units: &[Unit], fates: &Mutex<Vec<Option<Fate>>>) -> Vec<PathBuf> {
    let Ok(fates) = fates.lock() else { return Vec::new() };
    let of = |other: usize| match &fates[other] {
        Some(Fate::Done(json) | Fate::Unchanged(json, _)) => Some(json.clone()),
        _ => None,
    };
    waves::earlier(at, units).into_iter().filter_map(of).collect()
}

/// Consolidates one folder, unless it is as it was.
fn one(unit: &Path, earlier: &[PathBuf], shared: &Shared<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Fate {
    match attempt(unit, earlier, shared, progress) {
        Ok(fate) => fate,
        Err(failure) => {
            // The way to a folder is told from the root: the summary must not name the machine it was made on.
            let root = format!("{}{}", shared.root.display(), std::path::MAIN_SEPARATOR);
            let told = |lang| failure.message(lang).replace(&root, "");
            Fate::Failed((told(Lang::It), told(Lang::En)))
        }
    }
}

fn attempt(
    unit: &Path,
    earlier: &[PathBuf],
    shared: &Shared<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Fate, Failure> {
    let settings = engine::settings(unit)?;
    let mut options = engine::options(None, &settings, shared.passwords.clone());
    options.threads = Some(shared.threads.clone());
    options.follow_links = shared.follow_links;
    let _claim = output::claim_part(shared.claim, unit)?;
    if !shared.force
        && let Some((json, record)) = as_it_was(unit, &options, earlier, shared.screen.lang())
    {
        return Ok(Fate::Unchanged(json, record));
    }
    options.earlier = previous::found(unit, settings.year, None, earlier);
    let outcome = engine::consolidate(unit, &settings, &options, progress)?;
    let outputs = Outputs::of(unit, None, None, None, &outcome)?;
    outputs.must_be_free()?;
    run::write(&outputs, None, unit, &outcome, shared.screen.lang())?;
    Ok(Fate::Done(outputs.json))
}

/// The record of the last run, when it was made by this program from what lies in the folder now, and its workbook is
/// still whole. A file that a password could open now is tried again.
fn as_it_was(unit: &Path, options: &engine::Options, earlier: &[PathBuf], lang: Lang) -> Option<(PathBuf, Value)> {
    let folder = fs::read_dir(unit.join("consolidato")).ok()?.flatten();
    let mut records: Vec<PathBuf> = folder.map(|entry| entry.path()).filter(|path| is_record(path)).collect();
    records.sort();
    let now = intake::fingerprint(unit, &options.limits, options.follow_links).ok()?;
    records.into_iter().filter_map(|path| record(&path).map(|record| (path, record))).find(|(path, record)| {
        let made = &record["made"];
        let lang = match lang {
            Lang::It => "it",
            Lang::En => "en",
        };
        let locked = record["findings"].as_array().is_some_and(|list| list.iter().any(|one| one["code"] == "F002"));
        let year = record["year"].as_i64().and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
        let now = intake::with_earlier(now.clone(), &inputs(&previous::found(unit, Some(year), None, earlier), year));
        made["inputs_sha256"] == now.as_str()
            && made["program"] == env!("CARGO_PKG_VERSION")
            && made["lang"] == lang
            && intake::is_whole(&path.with_extension("xlsx"))
            && (options.passwords.is_empty() || !locked)
    })
}

fn is_record(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with("Allegati-") && name.ends_with(".json")
}

fn record(path: &Path) -> Option<Value> {
    summary::essence(&fs::read(path).ok()?)
}

/// A folder in the summary: what its record says.
fn entry(unit: &Path, fate: Fate, summary: &Path, root: &Path) -> Entry {
    let way = |path: &Path| {
        let way = path.strip_prefix(root).unwrap_or(path);
        way.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let folder = match way(unit) {
        way if way.is_empty() => ".".to_owned(),
        way => way,
    };
    let made = match fate {
        Fate::Failed(why) => Err(why),
        Fate::Unchanged(json, record) => Ok((json, record)),
        Fate::Done(json) => match record(&json) {
            Some(record) => Ok((json, record)),
            None => Err(("il JSON non si può rileggere".to_owned(), "the JSON cannot be read back".to_owned())),
        },
    };
    let result = made.map(|(json, record)| {
        let workbook = way(&json.with_extension("xlsx"));
        let from = Outputs { workbook: summary.to_owned(), json, report: None }.source_prefix(root);
        (record, format!("{from}{workbook}"))
    });
    Entry { folder, result }
}

/// Writes the summary, unless it says the same already.
fn write(summary: &Path, entries: &[Entry], lang: Lang) -> Result<(), Failure> {
    let (workbook, json) = (engine::summary(entries, lang)?, summary::json(entries, lang));
    let outputs = place::outputs(summary);
    let says = |path: &Path, bytes: &[u8]| fs::read(path).is_ok_and(|there| there == bytes);
    if says(&outputs.workbook, &workbook) && says(&outputs.json, json.as_bytes()) {
        return Ok(());
    }
    outputs.must_be_free()?;
    outputs.save(&workbook, json.as_bytes(), None, &[])
}

fn report(entries: &[Entry], unchanged: usize, summary: &Path, start: Instant, screen: &Screen) -> Result<(), Failure> {
    let mut text = String::new();
    for entry in entries {
        let line = match &entry.result {
            Ok((record, _)) => {
                let count = |severity: Severity| {
                    let list = record["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
                    list.iter().filter(|one| one["severity"] == severity.id()).count()
                };
                let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
                let it = format!("{errors} errori, {warnings} avvisi");
                let en = format!("{errors} errors, {warnings} warnings");
                screen.pick(&it, &en).to_owned()
            }
            Err((it, en)) => format!("{}: {}", screen.pick("non riuscita", "failed"), screen.pick(it, en)),
        };
        text.push_str(&format!("{}: {line}\n", entry.folder));
    }
    let failed = entries.iter().filter(|entry| entry.result.is_err()).count();
    let (all, shown, seconds) = (entries.len(), summary.display(), start.elapsed().as_secs_f64());
    let it = format!(
        "\n{all} cartelle: {} fatte, {unchanged} già a posto, {failed} non riuscite. Riepilogo: {shown}. Tempo: {} s\n",
        all - unchanged - failed,
        format!("{seconds:.1}").replace('.', ",")
    );
    let en = format!(
        "\n{all} folders: {} made, {unchanged} as they were, {failed} failed. Summary: {shown}. Time: {seconds:.1} s\n",
        all - unchanged - failed
    );
    text.push_str(screen.pick(&it, &en));
    screen.print(&text)
}

fn verdict(entries: &[Entry], strict: bool) -> Verdict {
    let bad = |finding: &Value| finding["severity"] == "error" || (strict && finding["severity"] == "warning");
    let of_entry = |entry: &Entry| match &entry.result {
        Ok((record, _)) => record["findings"].as_array().is_some_and(|list| list.iter().any(bad)),
        Err(_) => true,
    };
    if entries.iter().any(of_entry) { Verdict::Findings } else { Verdict::Clean }
}
