//! The thread of a blocking client.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::error::{Error, ErrorInner, ErrorKind};

/// How much longer than its time limit a caller waits. Usually the client's thread enforces the limit, and knows
/// more about the call. It cannot while a server keeps it busy.
const GRACE: Duration = Duration::from_millis(250);

/// A thread that runs calls.
#[derive(Clone)]
pub(crate) struct Worker {
    handle: tokio::runtime::Handle,
    /// The process in which the thread runs.
    pub(crate) process: u32,
    /// The thread ends when the last clone of this is dropped.
    _running: Arc<oneshot::Sender<()>>,
}

/// What a caller waits for, and how long.
pub(crate) struct Wait {
    pub(crate) operation: &'static str,
    pub(crate) repeatable: bool,
    pub(crate) limit: Duration,
}

impl Worker {
    pub(crate) fn start() -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("the client's runtime cannot be started: {error}"))?;
        let (running, ended) = oneshot::channel();
        let handle = runtime.handle().clone();
        // The runtime lives and is dropped on its own thread: dropping it on a thread of another runtime
        // panics.
        thread::Builder::new()
            .name("http-client".to_owned())
            .spawn(move || {
                let _ = runtime.block_on(ended);
            })
            .map_err(|error| format!("the client's thread cannot be started: {error}"))?;
        Ok(Worker {
            handle,
            process: std::process::id(),
            _running: Arc::new(running),
        })
    }

    /// Runs a future on the client's thread and returns its output.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
        wait: &Wait,
    ) -> Result<T, Error> {
        if std::process::id() != self.process {
            let reason = "this process was forked after the client was built, and has no thread for it; \
                          build the client after the fork";
            return Err(Error::invalid_input(reason.to_owned()).of_operation(wait.operation));
        }
        let (sender, receiver) = mpsc::sync_channel(1);
        // Whoever is first: the thread that starts the future, or the caller that gives up.
        let decided = Arc::new(AtomicBool::new(false));
        let is_first = |decided: &AtomicBool| !decided.swap(true, Ordering::SeqCst);
        let future = in_current_span(future);
        let task = self.handle.spawn({
            let decided = Arc::clone(&decided);
            async move {
                if is_first(&decided) {
                    // Fails if the caller is gone, who then does not need the output.
                    let _ = sender.send(future.await);
                }
            }
        });
        let (kind, detail) = match receiver.recv_timeout(wait.limit.saturating_add(GRACE)) {
            Ok(output) => return Ok(output),
            Err(RecvTimeoutError::Timeout) => (ErrorKind::Timeout, "no response in time"),
            Err(RecvTimeoutError::Disconnected) => {
                (ErrorKind::Transport, "the client's thread has ended")
            }
        };
        task.abort();
        let started = !is_first(&decided);
        Err(Error::new(ErrorInner {
            operation: Some(wait.operation),
            detail: detail.to_owned(),
            attempts: u32::from(started),
            repeatable: wait.repeatable,
            may_have_been_applied: started,
            ..ErrorInner::new(kind)
        }))
    }
}

/// Enters the caller's span in a future that runs on another thread.
fn in_current_span<F: Future>(future: F) -> impl Future<Output = F::Output> {
    #[cfg(feature = "tracing")]
    return tracing::Instrument::in_current_span(future);
    #[cfg(not(feature = "tracing"))]
    future
}
