//! Checks many inputs on all processors. Cargo runs one test program after the other, so a long test on one
//! thread leaves the other processors idle.

use std::iter;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread;

/// Calls `check` with each input, on as many threads as there are processors. Returns the results in the
/// order of the inputs. Panics as `check` does.
pub fn map<I: Sync, R: Send>(inputs: &[I], check: impl Fn(&I) -> R + Sync) -> Vec<R> {
    let rest = Mutex::new(inputs.iter().enumerate());
    let next = || rest.lock().expect("`next` does not panic").next();
    let work = || {
        let results = iter::from_fn(next).map(|(index, input)| (index, check(input)));
        results.collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|results| results.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
