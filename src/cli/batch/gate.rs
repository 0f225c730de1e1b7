//! How much of a batch is held in memory at a time: by the size of the files, not by the number of folders.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets in what fits; what is larger than all there is goes in alone.
#[derive(Debug)]
pub struct Gate {
    most: u64,
    inside: Mutex<u64>,
    left: Condvar,
}

/// The right to be inside, until it is dropped.
#[derive(Debug)]
pub struct Pass<'a> {
    gate: &'a Gate,
    size: u64,
}

impl Gate {
    /// A gate to so much room.
    pub fn new(most: u64) -> Self {
        Self { most, inside: Mutex::new(0), left: Condvar::new() }
    }

    /// Waits until there is room for so much.
    pub fn enter(&self, size: u64) -> Pass<'_> {
        // What has no size takes a place all the same.
        let size = size.max(1);
        // A number stays right whoever panicked while holding it.
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |inside: &mut u64| *inside > 0 && inside.saturating_add(size) > self.most;
        let mut inside = self.left.wait_while(inside, full).unwrap_or_else(PoisonError::into_inner);
        *inside = inside.saturating_add(size);
        Pass { gate: self, size }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut inside = self.gate.inside.lock().unwrap_or_else(PoisonError::into_inner);
        *inside = inside.saturating_sub(self.size);
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

    #[test]
    fn never_more_is_inside_than_there_is_room_for() {
        let (gate, inside, most) = (Gate::new(10), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for size in [1, 3, 4, 5, 6, 9] {
                let (gate, inside, most) = (&gate, &inside, &most);
                scope.spawn(move || {
                    for _ in 0..200 {
                        let _pass = gate.enter(size);
                        let now = inside.fetch_add(size, SeqCst) + size;
                        most.fetch_max(now, SeqCst);
                        inside.fetch_sub(size, SeqCst);
                    }
                });
            }
        });
        assert!((9..=10).contains(&most.into_inner()));
    }

    #[test]
    fn what_is_too_large_goes_in_alone() {
        let gate = Gate::new(10);
        drop(gate.enter(50));
        let small = gate.enter(0);
        assert_eq!(*gate.inside.lock().unwrap(), 1);
        drop(small);
        assert_eq!(*gate.inside.lock().unwrap(), 0);
    }
}
