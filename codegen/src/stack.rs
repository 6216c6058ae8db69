//! Threads with enough stack for the deepest nesting that is accepted. The thread of a caller may have
//! less.

use std::panic::resume_unwind;
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// Bytes of stack, also for a build without optimizations.
const SIZE: usize = 64 << 20;

/// Runs a function on a thread of its own, and waits for it.
pub(crate) fn run<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| join(spawn(scope, run)))
}

/// Starts a thread.
pub(crate) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    run: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    let thread = Builder::new().stack_size(SIZE).spawn_scoped(scope, run);
    thread.expect("a thread can be started")
}

/// Waits for a thread. Panics as it does.
pub(crate) fn join<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
