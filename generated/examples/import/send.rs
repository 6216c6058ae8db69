//! Sends the rows, a few at a time, and notes what becomes of each.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use comp_ai_client::{Client, Error, ErrorKind, RetryPolicy};
use indicatif::{ProgressBar, ProgressStyle};

use super::journal::{Journal, State};
use super::rows::{Row, Work};

/// With all its waits for the throttle.
const LONGEST_CALL: Duration = Duration::from_secs(3600);

/// What the workers share.
struct Run {
    client: Client,
    queue: Mutex<VecDeque<Row>>,
    journal: Arc<Mutex<Journal>>,
    /// Why no more rows are taken from the queue.
    stopped: OnceLock<String>,
    bar: ProgressBar,
}

/// Sends the rows; gives the reason if not all of them were sent.
pub async fn send(
    client: Client,
    rows: Vec<Row>,
    journal: &Arc<Mutex<Journal>>,
    concurrency: usize,
) -> Option<String> {
    let bar = ProgressBar::new(rows.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} rows, {eta} left") {
        bar.set_style(style);
    }
    let run = Arc::new(Run {
        client,
        queue: Mutex::new(rows.into()),
        journal: Arc::clone(journal),
        stopped: OnceLock::new(),
        bar,
    });
    let interrupted = tokio::spawn(stop_when_interrupted(Arc::clone(&run)));
    let workers: Vec<_> = (0..concurrency)
        .map(|_| tokio::spawn(work(Arc::clone(&run))))
        .collect();
    for worker in workers {
        if let Err(error) = worker.await {
            run.stop(format!("a worker failed: {error}"));
        }
    }
    interrupted.abort();
    run.bar.finish_and_clear();
    run.stopped.get().cloned()
}

/// Ctrl-C lets the requests that are on their way end, so that none of them is unknown. A second
/// one ends the program at once, which the journal bears.
async fn stop_when_interrupted(run: Arc<Run>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        run.stop("interrupted".to_owned());
        let note = "stopping; what is on its way is waited for (again Ctrl-C: not even that)";
        run.bar.suspend(|| eprintln!("{note}"));
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(1);
    }
}

async fn work(run: Arc<Run>) {
    while let Some(row) = run.next() {
        // A few milliseconds at most, and the API takes less than two requests a second: not worth
        // a thread of its own.
        let noted = lock(&run.journal).sending(&row);
        let noted = match noted {
            Ok(()) => {
                let state = run.send(&row).await;
                lock(&run.journal).ended(&row, &state)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = noted {
            run.stop(format!("the journal cannot be written: {error}"));
        }
        run.bar.inc(1);
    }
}

impl Run {
    fn next(&self) -> Option<Row> {
        let going_on = self.stopped.get().is_none();
        going_on.then(|| lock(&self.queue).pop_front()).flatten()
    }

    fn stop(&self, reason: String) {
        // The first reason is the one that counts.
        let _ = self.stopped.set(reason);
    }

    async fn send(&self, row: &Row) -> State {
        let call = match &row.work {
            Work::Create(task) => self.client.create_task(task),
            Work::Update(id, changes) => self.client.update_task(id, changes),
        };
        // A throttled request was not acted on, so it may wait for its turn as often as it must.
        let patient = RetryPolicy::new().max_attempts(20);
        match call.retry(patient).timeout(LONGEST_CALL).await {
            Ok(task) => State::Done {
                task: task.id.into_string(),
            },
            Err(error) => {
                if is_everyones(&error) {
                    self.stop(error.to_string());
                }
                let why = error.to_string();
                // An update sets values; the same one twice does no harm.
                if row.is_create() && error.may_have_been_applied() {
                    State::Unknown { why }
                } else {
                    State::Failed { why }
                }
            }
        }
    }
}

/// Whether every other row would fail in the same way.
fn is_everyones(error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    error.kind() == ErrorKind::Connect || matches!(status, Some(401 | 403 | 429))
}

/// Locks, also after a thread has panicked with the lock held: no holder leaves a half-made change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
