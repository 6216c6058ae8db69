//! A fake server: an in-memory implementation of the two task operations of the Comp AI API.
//!
//! It listens on a loopback port and behaves as the vendor's server was measured to behave,
//! including its errors and its rate limit. It needs no account and sends nothing to the network.
//!
//! ```ignore
//! let server = FakeServer::start(Options::default())?;
//! let client = Client::builder().base_url(server.base_url()).api_key(server.api_key()).build()?;
//! ```
//!
//! It implements `POST /v1/tasks` and `PATCH /v1/tasks/{taskId}`; any other route is a 404.

#![allow(
    dead_code,
    unused_imports,
    reason = "each program that includes this module uses a part of it"
)]
#![allow(
    clippy::result_large_err,
    reason = "an error is the response to a request, and is made once for each"
)]

mod api;
mod body;
mod fields;
mod http;
mod options;
mod resets;
mod response;
mod task;
mod tasks;
pub mod throttle;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use serde_json::Value;
use tokio::sync::oneshot;

use http::Server;
pub use options::{Observer, Options, Stage};

/// A running fake server. Dropping it closes its connections and frees its port.
pub struct FakeServer {
    address: SocketAddr,
    server: Arc<Server>,
    /// Stops the server when it is dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl FakeServer {
    /// Starts a server on a loopback port.
    ///
    /// # Errors
    ///
    /// Returns an error if the port cannot be bound or the server's thread cannot be started.
    pub fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        // A runtime of its own, so that blocking programs can use the server, and so that dropping
        // the runtime ends every connection.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let server = Arc::new(Server::new(options));
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("fake-server".to_owned());
        let thread = thread.spawn({
            let server = Arc::clone(&server);
            move || {
                runtime.block_on(async {
                    match tokio::net::TcpListener::from_std(listener) {
                        Ok(listener) => drop(tokio::spawn(server.accept(listener))),
                        Err(error) => eprintln!("fake server: cannot listen: {error}"),
                    }
                    // An error means that the sender was dropped, which stops the server too.
                    let _ = stopped.await;
                });
            }
        })?;
        Ok(Self {
            address,
            server,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Base URL for clients: `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// API key that is allowed to call both operations.
    pub fn api_key(&self) -> &str {
        &self.server.api.options().api_key
    }

    /// Every task, oldest first, in the form of an update response.
    pub fn tasks(&self) -> Vec<Value> {
        self.server.api.tasks()
    }

    /// Number of requests received, whatever the response was.
    pub fn requests(&self) -> usize {
        self.server.requests()
    }

    /// Number of open connections.
    pub fn connections(&self) -> usize {
        self.server.connections()
    }

    /// Number of connections that the server reset on purpose.
    pub fn resets(&self) -> usize {
        self.server.resets.count()
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // An error is a panic of that thread, which has been printed. A second panic in `drop`
            // would abort the process.
            let _ = thread.join();
        }
    }
}

/// Locks a mutex, ignoring poisoning: no lock holder leaves a half-made change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
