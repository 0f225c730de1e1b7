//! Ctrl-C, a window that is closed, the end of the session: what is being done is finished, nothing more is begun.

use std::sync::atomic::{AtomicBool, Ordering};

/// Set by the first signal.
static ASKED: AtomicBool = AtomicBool::new(false);

/// What a shell expects of a program that Ctrl-C ended.
const ENDED: i32 = 130;

/// Begins to catch signals; `told` is called at the first one. The second one ends the program at once: what was
/// written is whole all the same.
pub fn catch(told: impl Fn() + Send + 'static) {
    // Where no signal can be caught, the first one ends the program at once.
    let _ = ctrlc::set_handler(move || {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(ENDED);
        }
        told();
    });
}

/// Whether the end was asked for.
pub fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
