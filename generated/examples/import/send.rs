//! Sends the rows, several at a time, and records the outcome of each.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use comp_ai_client::{Client, Error, ErrorKind, RetryPolicy};
use indicatif::{ProgressBar, ProgressStyle};

use super::journal::{Journal, State, cannot_write};
use super::rows::{Request, Row};

/// Maximum time for one row, including all waits for the rate limit.
const CALL_TIMEOUT: Duration = Duration::from_secs(3600);

/// State shared by the workers.
struct Run {
    client: Client,
    queue: Mutex<VecDeque<Row>>,
    journal: Arc<Mutex<Journal>>,
    /// Reason why no more rows are taken from the queue.
    stopped: OnceLock<String>,
    bar: ProgressBar,
}

/// Sends the rows. Returns the reason if the import stopped before all of them were sent.
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

/// The first Ctrl-C waits for the requests in flight, so that no row becomes unknown. The second
/// one ends the program at once; the journal stays valid.
async fn stop_when_interrupted(run: Arc<Run>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        run.stop("interrupted".to_owned());
        let note = "stopping after the requests in flight (press Ctrl-C again to stop at once)";
        run.bar.suspend(|| eprintln!("{note}"));
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(1);
    }
}

async fn work(run: Arc<Run>) {
    while let Some(row) = run.next() {
        // Writing takes a few milliseconds at most, and the API accepts less than two requests a
        // second, so that a thread for the journal would not pay off.
        let recorded = lock(&run.journal).sending(&row);
        let recorded = match recorded {
            Ok(()) => {
                let state = run.send(&row).await;
                lock(&run.journal).ended(&row, &state)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = recorded {
            run.stop(cannot_write(error));
        }
        run.bar.inc(1);
    }
}

impl Run {
    /// The next row, unless the import has stopped.
    fn next(&self) -> Option<Row> {
        let running = self.stopped.get().is_none();
        running.then(|| lock(&self.queue).pop_front()).flatten()
    }

    fn stop(&self, reason: String) {
        // The first reason is kept.
        let _ = self.stopped.set(reason);
    }

    async fn send(&self, row: &Row) -> State {
        let call = match &row.request {
            Request::Create(task) => self.client.create_task(task),
            Request::Update(id, changes) => self.client.update_task(id, changes),
        };
        // A throttled request was not applied, so it can be repeated as often as necessary.
        let policy = RetryPolicy::new().max_attempts(20);
        match call.retry(policy).timeout(CALL_TIMEOUT).await {
            Ok(task) => State::Done {
                task: task.id.into_string(),
            },
            Err(error) => {
                if concerns_every_row(&error) {
                    self.stop(error.to_string());
                }
                let why = error.to_string();
                // Sending an update twice does no harm, because it sets absolute values.
                if row.is_create() && error.may_have_been_applied() {
                    let status = error.status().map(|status| status.as_u16());
                    State::Unknown { why, status }
                } else {
                    State::Failed { why }
                }
            }
        }
    }
}

/// Whether every other row would fail in the same way.
fn concerns_every_row(error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    error.kind() == ErrorKind::Connect || matches!(status, Some(401 | 403 | 429))
}

/// Locks a mutex, ignoring poisoning: no lock holder leaves a half-made change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
