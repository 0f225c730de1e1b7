//! When a folder is to be run: after it has changed, has been quiet for a moment, and its files are whole.
//!
//! Needs what the folder looks like now and what time it is; says whether to wait, and for what. Pure: it looks at no
//! disk and at no clock.

use std::sync::Arc;
use std::time::{Duration, Instant};

use allegati::intake::{Changes, Stamp, Unfinished};

/// What is to be done after a look.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing, until something happens.
    Idle,
    /// Look again after so long, because of these files; of none when it is only not quiet yet.
    Wait(Duration, Vec<(Arc<str>, Unfinished)>),
    /// Run, because of these changes.
    Run(Changes),
}

/// What a folder looked like, and since when.
#[derive(Debug)]
pub struct Calm {
    quiet: Duration,
    patience: Duration,
    courtesy: Duration,
    taken: Option<Stamp>,
    seen: Option<(Stamp, Instant)>,
}

impl Calm {
    /// `quiet` is how long nothing may change before a run, `patience` how long a file that does not change any more
    /// may still be unfinished before it is taken as it is; `courtesy` is the same for one that is whole and open.
    pub fn new(quiet: Duration, patience: Duration, courtesy: Duration) -> Self {
        Self { quiet, patience, courtesy, taken: None, seen: None }
    }

    /// Whether no run was made yet.
    pub fn is_new(&self) -> bool {
        self.taken.is_none()
    }

    /// What to do now that the folder looks so; `unfinished` is asked of files that are new or not the same.
    pub fn look(&mut self, now: Stamp, at: Instant, unfinished: impl Fn(&str) -> Option<Unfinished>) -> Next {
        let since = match &self.seen {
            Some((stamp, since)) if *stamp == now => *since,
            _ => at,
        };
        let (seen, _) = self.seen.insert((now, since));
        if self.taken.as_ref() == Some(seen) {
            return Next::Idle;
        }
        let calm = at.saturating_duration_since(since);
        if calm < self.quiet {
            return Next::Wait(self.quiet - calm, Vec::new());
        }
        let changes = self.taken.as_ref().map_or_else(|| seen.since(&Stamp::default()), |taken| seen.since(taken));
        if calm < self.patience {
            let files = changes.arrived.iter().chain(&changes.changed);
            let files = files.filter_map(|name| Some((Arc::clone(name), unfinished(name)?)));
            let files: Vec<_> = files.filter(|(_, why)| *why != Unfinished::Open || calm < self.courtesy).collect();
            if !files.is_empty() {
                return Next::Wait(self.quiet.min(self.patience - calm), files);
            }
        }
        self.taken = Some(seen.clone());
        Next::Run(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allegati::intake::Observer;
    use std::fs;
    use std::path::PathBuf;

    const QUIET: Duration = Duration::from_secs(2);
    const PATIENCE: Duration = Duration::from_secs(60);
    const COURTESY: Duration = Duration::from_secs(10);

    /// A folder, a clock that is set by hand, and which files are said to be unfinished.
    struct Scene {
        folder: tempfile::TempDir,
        observer: Observer,
        calm: Calm,
        start: Instant,
        unfinished: Vec<&'static str>,
    }

    impl Scene {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let observer = Observer::new(folder.path(), false);
            let calm = Calm::new(QUIET, PATIENCE, COURTESY);
            Self { folder, observer, calm, start: Instant::now(), unfinished: Vec::new() }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn at(&mut self, seconds: u64) -> Next {
            let stamp = self.observer.look().unwrap();
            let unfinished = self.unfinished.clone();
            let why = |name: &str| if name == "open.csv" { Unfinished::Open } else { Unfinished::Cut };
            let found = |name: &str| unfinished.contains(&name).then(|| why(name));
            self.calm.look(stamp, self.start + Duration::from_secs(seconds), found)
        }
    }

    fn waits(next: &Next, files: &[&str]) -> bool {
        matches!(next, Next::Wait(left, found) if *left <= QUIET && found.iter().map(|(name, _)| &**name).eq(files.iter().copied()))
    }

    #[test]
    fn a_run_waits_until_nothing_has_changed_for_a_moment() {
        let mut scene = Scene::new();
        assert!(waits(&scene.at(0), &[]));
        assert_eq!(scene.at(2), Next::Run(Changes::default()), "an empty folder has its page too");
        assert_eq!(scene.at(3), Next::Idle);
        for (second, text) in [(10, "a"), (11, "ab"), (12, "abc")] {
            fs::write(scene.path("a.csv"), text).unwrap();
            assert!(waits(&scene.at(second), &[]));
        }
        assert!(waits(&scene.at(13), &[]));
        assert!(matches!(scene.at(14), Next::Run(changes) if *changes.arrived == [Arc::from("a.csv")]));
        assert_eq!(scene.at(15), Next::Idle);
        fs::remove_file(scene.path("a.csv")).unwrap();
        assert!(waits(&scene.at(16), &[]));
        assert!(matches!(scene.at(18), Next::Run(changes) if *changes.gone == [Arc::from("a.csv")]));
    }

    #[test]
    fn what_is_unfinished_is_waited_for_and_then_taken_as_it_is() {
        let mut scene = Scene::new();
        scene.at(0);
        scene.at(2);
        scene.unfinished = vec!["a.xlsx", "old.xlsx"];
        fs::write(scene.path("a.xlsx"), "half").unwrap();
        fs::write(scene.path("b.csv"), "whole").unwrap();
        assert!(waits(&scene.at(10), &[]));
        assert!(waits(&scene.at(20), &["a.xlsx"]));
        fs::write(scene.path("a.xlsx"), "whole now").unwrap();
        scene.unfinished.clear();
        assert!(waits(&scene.at(30), &[]));
        assert!(matches!(scene.at(32), Next::Run(changes) if changes.arrived.len() == 2));
        scene.unfinished = vec!["a.xlsx"];
        fs::write(scene.path("c.csv"), "x").unwrap();
        assert!(waits(&scene.at(40), &[]));
        assert!(matches!(scene.at(42), Next::Run(_)), "one that has not changed since is not asked");
        fs::write(scene.path("a.xlsx"), "half again").unwrap();
        assert!(waits(&scene.at(50), &[]));
        assert!(waits(&scene.at(109), &["a.xlsx"]));
        assert!(matches!(scene.at(110), Next::Run(_)), "patience has an end");
    }

    #[test]
    fn one_that_is_open_is_waited_for_as_courtesy_asks() {
        let mut scene = Scene::new();
        scene.at(0);
        scene.at(2);
        scene.unfinished = vec!["open.csv"];
        fs::write(scene.path("open.csv"), "saved").unwrap();
        assert!(waits(&scene.at(10), &[]));
        assert!(waits(&scene.at(19), &["open.csv"]));
        assert!(matches!(scene.at(20), Next::Run(_)));
    }

    #[test]
    fn a_change_that_is_taken_back_is_none() {
        let mut scene = Scene::new();
        scene.at(0);
        scene.at(2);
        fs::write(scene.path("a.csv"), "x").unwrap();
        assert!(waits(&scene.at(10), &[]));
        fs::remove_file(scene.path("a.csv")).unwrap();
        assert_eq!(scene.at(11), Next::Idle);
    }
}
