//! What tells that something happens in a folder: the system where it can, else looking again and again.
//!
//! The system only wakes the watch; what has changed, the watch finds out itself. So nothing is lost when the system
//! says too little (a share that another machine writes to) or too much (our own reading).

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt};

/// How long things must be calm before the system's word is passed on.
const CALM: Duration = Duration::from_secs(1);

/// What the watch is woken for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something happened below the folder.
    Stirred,
    /// The folder itself went away or got another name.
    Moved,
    /// The system can no longer tell: why.
    Lost(String),
    /// The end was asked for.
    Stop,
}

/// The system's watch over a folder, until it is dropped.
#[derive(Debug)]
pub struct Eyes {
    _debouncer: Debouncer<RecommendedWatcher, NoCache>,
}

impl Eyes {
    /// Opens them on a folder and all below it.
    ///
    /// # Errors
    /// When the system cannot watch it: too many folders, a file system that tells nothing.
    pub fn open(folder: &Path, follow_links: bool, wakes: Sender<Wake>) -> notify::Result<Self> {
        let root = std::path::absolute(folder).map_err(notify::Error::io)?;
        let own = root.clone();
        let told = move |result: DebounceEventResult| {
            if let Some(wake) = wake(result, &own) {
                // Nobody waits any more when the watch has ended.
                let _ = wakes.send(wake);
            }
        };
        let config = notify::Config::default().with_follow_symlinks(follow_links);
        let mut debouncer = new_debouncer_opt::<_, RecommendedWatcher, _>(CALM, None, told, NoCache::new(), config)?;
        debouncer.watch(&root, RecursiveMode::Recursive)?;
        Ok(Self { _debouncer: debouncer })
    }
}

fn wake(result: DebounceEventResult, root: &PathBuf) -> Option<Wake> {
    let moved = |event: &DebouncedEvent| {
        let gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        gone && event.paths.contains(root)
    };
    match result {
        Err(errors) => errors.first().map(|error| Wake::Lost(error.to_string())),
        Ok(events) if events.iter().any(moved) => Some(Wake::Moved),
        // Opening a file to read it is no change; we do that ourselves.
        Ok(events) => events.iter().any(|event| !event.kind.is_access()).then_some(Wake::Stirred),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Event;
    use notify::event::{AccessKind, CreateKind, RemoveKind};
    use std::time::Instant;

    fn event(kind: EventKind, path: &str) -> DebouncedEvent {
        DebouncedEvent::new(Event::new(kind).add_path(path.into()), Instant::now())
    }

    #[test]
    fn reading_wakes_nobody_and_everything_else_does() {
        let root = PathBuf::from("/a");
        let read = || event(EventKind::Access(AccessKind::Any), "/a/x.csv");
        let made = || event(EventKind::Create(CreateKind::File), "/a/y.csv");
        let gone = |path: &str| event(EventKind::Remove(RemoveKind::Any), path);
        assert_eq!(wake(Ok(vec![read()]), &root), None);
        assert_eq!(wake(Ok(vec![read(), made()]), &root), Some(Wake::Stirred));
        assert_eq!(wake(Ok(vec![gone("/a/y.csv")]), &root), Some(Wake::Stirred));
        assert_eq!(wake(Ok(vec![made(), gone("/a")]), &root), Some(Wake::Moved));
        let lost = wake(Err(vec![notify::Error::generic("too many")]), &root);
        assert!(matches!(lost, Some(Wake::Lost(why)) if why.contains("too many")));
    }
}
