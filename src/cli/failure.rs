//! Why a command could not be carried out, in both languages; shown once, on the standard error, with exit code 2.

use std::fmt::Display;
use std::path::Path;

use allegati::finding::Lang;
use allegati::settings::SettingsError;

/// Why a command could not be carried out.
#[derive(Debug)]
pub struct Failure {
    it: String,
    en: String,
    busy: bool,
}

impl Failure {
    /// A failure in Italian and English.
    pub fn new(it: impl Into<String>, en: impl Into<String>) -> Self {
        Self { it: it.into(), en: en.into(), busy: false }
    }

    /// The same, when another run of this program stands in the way, which will be over in a moment.
    #[must_use]
    pub fn busy(self) -> Self {
        Self { busy: true, ..self }
    }

    /// Whether another run of this program stands in the way.
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// The message in one language.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::It => &self.it,
            Lang::En => &self.en,
        }
    }

    /// No command and no folder.
    pub fn no_command() -> Self {
        Self::new(
            "manca il comando o la cartella; «allegati --help» li elenca",
            "a command or a folder is missing; “allegati --help” lists them",
        )
    }

    /// What the operating system answered about a path.
    pub fn of_system(path: &Path, it: &str, en: &str, error: &dyn Display) -> Self {
        let path = path.display();
        Self::new(format!("{it}: {path} ({error})"), format!("{en}: {path} ({error})"))
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(error.message(Lang::It), error.message(Lang::En))
    }
}

/// Makes sure that a folder is there and is one.
///
/// # Errors
/// When it is not.
pub fn must_be_folder(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    if folder.is_dir() {
        return Ok(());
    }
    if folder.exists() {
        return Err(Failure::new(
            format!(
                "serve una cartella e questo è un file: {shown}\n  per vedere che cosa vi si riconosce: allegati inspect \"{shown}\""
            ),
            format!(
                "a folder is needed and this is a file: {shown}\n  to see what is recognised in it: allegati inspect \"{shown}\""
            ),
        ));
    }
    Err(Failure::new(format!("la cartella non esiste: {shown}"), format!("the folder does not exist: {shown}")))
}

/// Makes sure that a file is there and is one.
///
/// # Errors
/// When it is not.
pub fn must_be_file(file: &Path) -> Result<(), Failure> {
    let shown = file.display();
    if file.is_dir() {
        return Err(Failure::new(
            format!(
                "serve un file e questa è una cartella: {shown}\n  per tutta la cartella: allegati check \"{shown}\""
            ),
            format!(
                "a file is needed and this is a folder: {shown}\n  for the whole folder: allegati check \"{shown}\""
            ),
        ));
    }
    if file.exists() {
        return Ok(());
    }
    Err(Failure::new(format!("il file non esiste: {shown}"), format!("the file does not exist: {shown}")))
}
