//! The passwords of a run: a text file that only names itself in what is said of it, never its content.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use allegati::intake::Passwords;

use super::failure::Failure;

/// More than any list of passwords needs.
const MOST_BYTES: u64 = 1 << 20;

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
