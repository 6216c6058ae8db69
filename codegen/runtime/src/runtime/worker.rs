//! The thread of a blocking client.

use std::future::Future;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::sync::oneshot;

use super::error::{Error, ErrorInner, ErrorKind};

/// A thread that runs calls.
#[derive(Clone)]
pub(crate) struct Worker {
    handle: tokio::runtime::Handle,
    /// The thread ends when the last clone of this is dropped.
    _running: Arc<oneshot::Sender<()>>,
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
            _running: Arc::new(running),
        })
    }

    /// Runs a future on the client's thread and returns its output.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
        operation: &'static str,
    ) -> Result<T, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let future = in_current_span(future);
        self.handle.spawn(async move {
            // Fails if the caller is gone, who then does not need the output.
            let _ = sender.send(future.await);
        });
        receiver.recv().map_err(|_| {
            Error::new(ErrorInner {
                operation: Some(operation),
                detail: "the client's thread has ended".to_owned(),
                may_have_been_applied: true,
                ..ErrorInner::new(ErrorKind::Transport)
            })
        })
    }
}

/// Enters the caller's span in a future that runs on another thread.
fn in_current_span<F: Future>(future: F) -> impl Future<Output = F::Output> {
    #[cfg(feature = "tracing")]
    return tracing::Instrument::in_current_span(future);
    #[cfg(not(feature = "tracing"))]
    future
}
