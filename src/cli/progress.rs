//! A bar for the person at a terminal; silent otherwise.

use allegati::finding::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::engine::Progress;

/// The bar of one run; it goes away when it is dropped.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar on the standard error, which draws nothing when that is no terminal.
    pub fn new(lang: Lang) -> Self {
        let template = match lang {
            Lang::It => "{bar:30} {pos} di {len} file",
            Lang::En => "{bar:30} {pos} of {len} files",
        };
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Moves it on.
    pub fn on(&self, progress: Progress) {
        match progress {
            Progress::Listed(files) => self.bar.set_length(files as u64),
            Progress::FileDone => self.bar.inc(1),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
