//! A scripted HTTP/1.1 server on loopback, for tests of clients.
//!
//! It records every request byte for byte, and reacts to each one as its script says: with a
//! response, or with a fault such as a stall, a cut-off body or a closed connection. It uses only the
//! standard library, because the tests of other generated crates include this folder.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test program uses a part of it"
)]

mod connection;
mod request;
mod response;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use self::connection::Shared;
pub use self::connection::Stream;
pub use self::request::RecordedRequest;
pub use self::response::CannedResponse;

/// Maximum time that a test waits for anything, for the slowest machine.
pub const LONG: Duration = Duration::from_secs(30);

/// What a server has observed so far.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Number of connections.
    pub connections: usize,
    /// Number of requests of which at least the first byte arrived.
    pub arrived: usize,
    /// Requests that were read.
    pub requests: Vec<RecordedRequest>,
    /// Number of connections that the client closed during a stall.
    pub abandoned: usize,
    /// Number of connections that have ended, whichever side ended them.
    pub closed: usize,
}

/// A running server. Dropping it closes its connections.
///
/// It reacts to the first request with the first response of its script, and so on; the last
/// response also serves all further requests.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server with this script.
    pub fn start(script: impl Into<Vec<CannedResponse>>) -> Self {
        Self::start_on(script, |stream| Ok(Box::new(stream)))
    }

    /// Starts a server whose HTTP runs over the stream that `wrap` returns for a TCP connection.
    pub fn start_on(
        script: impl Into<Vec<CannedResponse>>,
        wrap: impl Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::new(script.into(), Box::new(wrap)));
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.accept(&listener)
        });
        Self {
            address,
            shared,
            acceptor: Some(acceptor),
        }
    }

    /// Host and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Scheme, host and port: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Replaces the script: from now on, every request gets this response.
    pub fn set_response(&self, response: CannedResponse) {
        let mut state = self.shared.lock();
        state.script = vec![response];
        state.used = 0;
    }

    /// What the server has observed so far.
    pub fn observed(&self) -> Observed {
        self.shared.lock().observed.clone()
    }

    /// The requests since the last call of this method.
    pub fn take_requests(&self) -> Vec<RecordedRequest> {
        std::mem::take(&mut self.shared.lock().observed.requests)
    }

    /// The only request since the last call of this method.
    pub fn take_request(&self) -> RecordedRequest {
        let mut requests = self.take_requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    /// The number of connections since the last call of this method.
    pub fn take_connections(&self) -> usize {
        let _marker = self.accept_all();
        let mut state = self.shared.wait_until(|state| state.marker.is_none());
        std::mem::take(&mut state.observed.connections)
    }

    /// Waits until the server has observed something.
    pub fn wait_until(&self, condition: impl Fn(&Observed) -> bool) -> Observed {
        let state = self.shared.wait_until(|state| condition(&state.observed));
        state.observed.clone()
    }

    /// Stops the server and returns what it has observed, including every connection that a client
    /// has made before.
    pub fn stop(mut self) -> Observed {
        self.end();
        self.observed()
    }

    /// Makes a connection to the server. Connections are accepted in the order in which they were
    /// made, so that all earlier ones have been accepted when this one is.
    fn accept_all(&self) -> Option<TcpStream> {
        // Under the lock, so that the acceptor knows the marker when it accepts it.
        let mut state = self.shared.lock();
        let marker = TcpStream::connect(self.address).ok()?;
        state.marker = marker.local_addr().ok();
        Some(marker)
    }

    fn end(&mut self) {
        let Some(acceptor) = self.acceptor.take() else {
            return;
        };
        self.shared.lock().stopping = true;
        // Without a marker, waiting for the acceptor would never end.
        if let Some(_marker) = self.accept_all() {
            let _ = acceptor.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
