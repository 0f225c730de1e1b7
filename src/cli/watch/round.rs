//! One run of a watched folder: its results on disk, and what the notice and the terminal say of it.

use std::path::Path;
use std::time::Instant;

use allegati::finding::render::terminal::summary;
use allegati::outcome::Outcome;
use allegati::write::notice::Board;
use clap::ArgMatches;

use crate::cli::failure::Failure;
use crate::cli::output::{self, Outputs};
use crate::cli::progress::Bar;
use crate::cli::replies::{self, Post};
use crate::cli::screen::Screen;
use crate::cli::{Verdict, engine, run};

/// What a run gave.
#[derive(Debug)]
pub struct Round {
    /// What the notice says.
    pub board: Board,
    /// The results that were written: what they are, and the way to them from the notice.
    pub results: Vec<(&'static str, String)>,
    /// What the terminal says.
    pub line: String,
    /// How it would have ended.
    pub verdict: Verdict,
}

/// Makes it as `run` does, but asks nobody for passwords; a folder without sheets is no failure.
///
/// # Errors
/// Those of `run`.
pub fn make(folder: &Path, page: &Path, matches: &ArgMatches, screen: &Screen) -> Result<Round, Failure> {
    let start = Instant::now();
    let (workbook, json, report) = (matches.get_one("output"), matches.get_one("json"), matches.get_one("report"));
    let replies = replies::folder(matches, folder);
    let (settings, options) = run::prepare(folder, matches)?;
    let _claim = output::claim(folder, workbook, json, report, replies.as_deref())?;
    let outcome = {
        let bar = Bar::new(screen.lang());
        engine::consolidate(folder, &settings, &options, &|progress| bar.on(progress))?
    };
    let verdict = run::verdict(&outcome.findings, matches.get_flag("strict"));
    if let Some(nothing) = run::nothing_in(folder, &outcome) {
        let board = Board::of(&outcome, true, screen.lang());
        let line = format!("{}\n", nothing.message(screen.lang()));
        return Ok(Round { board, results: Vec::new(), line, verdict });
    }
    let outputs = Outputs::of(folder, workbook, json, report, &outcome)?;
    outputs.must_be_free()?;
    let post = replies.map(|replies| Post::of(replies, &outcome, &outputs.json, screen.lang())).transpose()?;
    run::write(&outputs, post.as_ref(), folder, &outcome, screen.lang())?;
    let mut line = closing(&outcome, &outputs, start, screen);
    if let Some(post) = &post {
        line.push_str(&post.told(screen.lang()));
    }
    let board = Board::of(&outcome, false, screen.lang());
    Ok(Round { board, results: results(&outputs, page, screen), line, verdict })
}

fn closing(outcome: &Outcome, outputs: &Outputs, start: Instant, screen: &Screen) -> String {
    let workbook = outputs.workbook.display().to_string();
    let totals = run::totals(outcome, Some(&workbook), start);
    summary(&totals, &outcome.findings, screen.lang(), screen.colour())
}

/// The ways from the notice to what was written, where a relative one leads there.
fn results(outputs: &Outputs, page: &Path, screen: &Screen) -> Vec<(&'static str, String)> {
    let workbook = screen.pick("Cartella di lavoro (Allegati)", "Workbook (Allegati)");
    let report = screen.pick("Pagina dei risultati", "Page of results");
    let ways = [(workbook, Some(&outputs.workbook)), (report, outputs.report.as_ref())];
    ways.into_iter().filter_map(|(what, path)| Some((what, output::relative(page, path?)?))).collect()
}
