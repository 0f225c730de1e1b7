//! What goes back to the offices: to each a letter, and a copy of its own sheets with the wrong cells marked.
//!
//! Needs an outcome whose files were kept, and the record of the run before when there is one; gives named files. A letter
//! holds nothing of another office; what nobody is known to keep goes into one letter for the office that runs the
//! monitoring. An office with nothing to correct gets a short letter that says so: it confirms what has come.

mod desk;
mod dossier;
mod earlier;
mod index;
mod letter;
mod markup;
mod names;
mod phrases;
mod standing;
mod windows;

pub(super) use desk::{OFFICE_MISSING, PROCEDURE_MISSING};
pub use earlier::Earlier;

use crate::finding::{Lang, Severity};
use crate::intake::own;
use crate::outcome::Outcome;
use crate::write::WriteError;
use dossier::Dossier;
use markup::{Copied, Uncopied};
use names::Names;

/// A file to be written.
#[derive(Debug)]
pub struct Reply {
    /// Its name, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All files for the offices, and how many of which sort.
#[derive(Debug, Default)]
pub struct Replies {
    /// Letters, copies and their list.
    pub files: Vec<Reply>,
    /// Letters.
    pub letters: usize,
    /// Letters that ask for something to be corrected or sent.
    pub asking: usize,
    /// Marked-up copies.
    pub copies: usize,
    /// Names that could not be used because a file that is not ours, or that somebody changed, has them.
    pub displaced: Vec<String>,
    /// How many findings of the run before are solved, of how many; `None` when there was none to compare with.
    pub solved: Option<(usize, usize)>,
}

/// Composes them; `taken` are names of files that must stay as they are.
///
/// The same outcome and the same earlier record give the same bytes.
///
/// # Errors
///
/// When a copy breaks a limit of the format that the renderer does not know how to keep.
pub fn compose(
    outcome: &Outcome,
    earlier: Option<&Earlier>,
    taken: &[String],
    lang: Lang,
) -> Result<Replies, WriteError> {
    let (desk, dossiers) = dossier::gather(outcome, earlier);
    let mut names = Names::beside(taken);
    let list = names.give(phrases::list_name(lang), "list", ".html");
    let mut replies = Replies { solved: earlier.map(|_| (0, 0)), ..Replies::default() };
    let mut entries = Vec::new();
    for dossier in &dossiers {
        let stem = names::stem(phrases::addressee(dossier, lang), 80);
        let name = names.give(&stem, phrases::addressee(dossier, lang), ".html");
        let copies = copies(outcome, &desk, dossier, &mut names, lang)?;
        let page = letter::render(outcome, &desk, dossier, &copies, lang);
        replies.files.push(Reply { name: name.clone(), bytes: own::sealed(&page).into_bytes() });
        replies.letters += 1;
        replies.asking += usize::from(!dossier.is_clear());
        entries.push(index::Entry::of(dossier, &name, &copies, lang));
        for copy in copies {
            if let Ok(bytes) = copy.made {
                replies.copies += 1;
                replies.files.push(Reply { name: copy.name, bytes });
            }
        }
        if let (Some(sum), Some(progress)) = (&mut replies.solved, &dossier.progress) {
            *sum = (sum.0 + progress.solved.len(), sum.1 + progress.before());
        }
    }
    let page = index::render(outcome, entries, lang);
    replies.files.push(Reply { name: list, bytes: own::sealed(&page).into_bytes() });
    replies.displaced = names.displaced;
    Ok(replies)
}

/// A copy of one file for one office, or why there is none.
struct Copy {
    file: String,
    name: String,
    made: Result<Vec<u8>, Uncopied>,
}

/// The copies of an office's files that hold something to correct.
fn copies(
    outcome: &Outcome,
    desk: &desk::Desk,
    dossier: &Dossier<'_>,
    names: &mut Names,
    lang: Lang,
) -> Result<Vec<Copy>, WriteError> {
    let mut copies = Vec::new();
    for kept in &outcome.kept {
        let of_file: Vec<_> = dossier.items.iter().filter(|item| item.place.file == kept.file).copied().collect();
        if !of_file.iter().any(|item| item.finding.severity != Severity::Info) {
            continue;
        }
        let copied = Copied { outcome, desk, office: dossier.office, kept, items: of_file };
        let made = match copied.refused() {
            Some(Uncopied::Nothing) => continue,
            Some(why) => Err(why),
            None => Ok(markup::render(&copied, lang)?),
        };
        let office = names::stem(phrases::addressee(dossier, lang), 50);
        let file = kept.file.rsplit('/').next().unwrap_or(&kept.file);
        let stem = names::stem(file.rsplit_once('.').map_or(file, |(stem, _)| stem), 60);
        let name = match made {
            Ok(_) => names.give(&format!("{office} - {stem}"), &kept.file, phrases::copy_ending(lang)),
            Err(_) => String::new(),
        };
        copies.push(Copy { file: kept.file.to_string(), name, made });
    }
    Ok(copies)
}
