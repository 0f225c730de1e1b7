//! Bars for the person at a terminal; silent otherwise.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use allegati::finding::Lang;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

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
        bar.set_style(style(template));
        Self { bar }
    }

    /// Moves it on.
    pub fn on(&self, progress: Progress) {
        match progress {
            Progress::Listed(files) => self.bar.set_length(files as u64),
            Progress::FileRead => self.bar.inc(1),
            Progress::FileRecognised => {}
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The bars of many runs, one for each stage; they go away when they are dropped.
///
/// The remaining time follows from the bytes of the files of folders that were made, not from the number of folders:
/// those that are as they were count for nothing, and before the first one is made nothing is said.
pub struct Stages {
    bars: MultiProgress,
    reading: ProgressBar,
    recognising: ProgressBar,
    writing: ProgressBar,
    /// Bytes of the folders that were made, and of those that are still to be.
    bytes: Arc<(AtomicU64, AtomicU64)>,
}

impl Stages {
    /// Bars on the standard error for folders with so many files and bytes.
    pub fn new(folders: &[(usize, u64)], lang: Lang) -> Self {
        let files: usize = folders.iter().map(|(files, _)| files).sum();
        let bytes = Arc::new((AtomicU64::new(0), AtomicU64::new(folders.iter().map(|(_, bytes)| bytes).sum())));
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let [reading, recognising, writing] = match lang {
            Lang::It => [
                "Lettura        {bar:24} {pos} di {len} file",
                "Riconoscimento {bar:24} {pos} di {len} file",
                "Scrittura      {bar:24} {pos} di {len} cartelle{left}",
            ],
            Lang::En => [
                "Reading        {bar:24} {pos} of {len} files",
                "Recognising    {bar:24} {pos} of {len} files",
                "Writing        {bar:24} {pos} of {len} folders{left}",
            ],
        };
        let known = Arc::clone(&bytes);
        let left = move |state: &ProgressState, text: &mut dyn Write| {
            let (made, open) = (known.0.load(Ordering::Relaxed), known.1.load(Ordering::Relaxed));
            // A terminal that cannot be written to shows nothing anyway.
            let _ = remaining(state.elapsed(), made, open).map(|left| text.write_str(&in_words(left, lang)));
        };
        let add = |length: usize, style: ProgressStyle| {
            let bar = bars.add(ProgressBar::new(length as u64));
            bar.set_style(style);
            bar
        };
        Self {
            reading: add(files, style(reading)),
            recognising: add(files, style(recognising)),
            writing: add(folders.len(), style(writing).with_key("left", left)),
            bars,
            bytes,
        }
    }

    /// Moves the bars of the files on.
    pub fn on(&self, progress: Progress) {
        match progress {
            // They were counted before.
            Progress::Listed(_) => {}
            Progress::FileRead => self.reading.inc(1),
            Progress::FileRecognised => self.recognising.inc(1),
        }
    }

    /// A folder was read to its end.
    pub fn made(&self, (_, bytes): (usize, u64)) {
        self.bytes.0.fetch_add(bytes, Ordering::Relaxed);
        self.bytes.1.fetch_sub(bytes, Ordering::Relaxed);
        self.writing.inc(1);
    }

    /// A folder is as it was, or could not be begun: its files are none of the work.
    pub fn left_out(&self, (files, bytes): (usize, u64)) {
        self.bytes.1.fetch_sub(bytes, Ordering::Relaxed);
        for bar in [&self.reading, &self.recognising] {
            bar.set_length(bar.length().unwrap_or_default().saturating_sub(files as u64));
        }
        self.writing.inc(1);
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        for bar in [&self.reading, &self.recognising, &self.writing] {
            bar.finish_and_clear();
        }
        // What cannot be cleared cannot be seen either.
        let _ = self.bars.clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// How long the rest takes when it goes on as so far; `None` when nothing is made yet, or nothing is left.
fn remaining(elapsed: Duration, made: u64, open: u64) -> Option<Duration> {
    (made > 0 && open > 0).then(|| elapsed.mul_f64(open as f64 / made as f64))
}

fn in_words(left: Duration, lang: Lang) -> String {
    let seconds = left.as_secs();
    let time = match seconds {
        0..60 => format!("{} s", seconds.max(1)),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    };
    match lang {
        Lang::It => format!(", ancora circa {time}"),
        Lang::En => format!(", about {time} left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remaining_time_follows_what_was_made() {
        let ten = Duration::from_secs(10);
        assert_eq!(remaining(ten, 0, 100), None, "nothing is known yet");
        assert_eq!(remaining(ten, 25, 75), Some(Duration::from_secs(30)));
        assert_eq!(remaining(ten, 100, 0), None);
        assert_eq!(in_words(Duration::from_secs(75), Lang::It), ", ancora circa 1 min 15 s");
        assert_eq!(in_words(Duration::from_millis(20), Lang::En), ", about 1 s left");
        assert_eq!(in_words(Duration::from_secs(7_320), Lang::En), ", about 2 h 2 min left");
    }

    #[test]
    fn folders_that_are_as_they_were_are_none_of_the_work() {
        let stages = Stages::new(&[(2, 10), (3, 30), (4, 60)], Lang::It);
        stages.left_out((4, 60));
        assert_eq!((stages.reading.length(), stages.recognising.length()), (Some(5), Some(5)));
        stages.made((2, 10));
        assert_eq!((stages.bytes.0.load(Ordering::Relaxed), stages.bytes.1.load(Ordering::Relaxed)), (10, 30));
        assert_eq!((stages.writing.position(), stages.writing.length()), (2, Some(3)));
    }
}
