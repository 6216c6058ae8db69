//! Accepting and serving connections.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use super::response::{CannedResponse, Message, ReadUntil, Then};
use super::{LONG, Observed, RecordedRequest};

/// A byte stream: TCP, or TLS on top of it.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

pub(super) type Wrap = dyn Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync;

/// What a server shares with the threads of its connections.
pub(super) struct Shared {
    wrap: Box<Wrap>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) script: Vec<CannedResponse>,
    /// Number of responses of the script that were used.
    pub(super) used: usize,
    pub(super) observed: Observed,
    /// Connection that the server made to itself, to find out which connections were accepted.
    pub(super) marker: Option<SocketAddr>,
    pub(super) stopping: bool,
    /// Weak, because dropping a connection closes it.
    open: Vec<Weak<TcpStream>>,
}

impl State {
    /// Index of the next response; the last one is used again and again.
    fn index(&self) -> usize {
        self.used.min(self.script.len() - 1)
    }
}

impl Shared {
    pub(super) fn new(script: Vec<CannedResponse>, wrap: Box<Wrap>) -> Self {
        let state = State {
            script,
            ..State::default()
        };
        Self {
            wrap,
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn wait_until(&self, condition: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let (state, timeout) = self
            .changed
            .wait_timeout_while(self.lock(), LONG, |state| !condition(state))
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "timed out: {:?}", state.observed);
        state
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Accepts connections until the server stops, and waits for their threads.
    pub(super) fn accept(self: &Arc<Self>, listener: &TcpListener) {
        let mut threads = Vec::new();
        for stream in listener.incoming().map_while(Result::ok) {
            let mut state = self.lock();
            if state.marker.is_some() && stream.peer_addr().ok() == state.marker {
                if state.stopping {
                    break;
                }
                state.marker = None;
                self.changed.notify_all();
                continue;
            }
            let stream = Arc::new(stream);
            state.observed.connections += 1;
            state.open.push(Arc::downgrade(&stream));
            drop(state);
            self.changed.notify_all();
            let shared = Arc::clone(self);
            threads.push(thread::spawn(move || {
                // An error is the end of the connection, which the client's side of the test checks.
                let _ = shared.serve(&stream);
                drop(stream);
                shared.update(|state| state.observed.closed += 1);
            }));
        }
        for stream in self.lock().open.iter().filter_map(Weak::upgrade) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        for thread in threads {
            let _ = thread.join();
        }
    }

    fn next_is_when_connected(&self) -> bool {
        let state = self.lock();
        state.script[state.index()].read == ReadUntil::Connected
    }

    /// The response to the request that begins to arrive.
    fn next(&self) -> CannedResponse {
        let mut state = self.lock();
        let index = state.index();
        state.used += 1;
        state.script[index].clone()
    }

    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new((self.wrap)(stream.try_clone()?)?);
        let mut at_once = self.next_is_when_connected();
        loop {
            if !at_once && reader.fill_buf()?.is_empty() {
                return Ok(());
            }
            at_once = false;
            let mut response = self.next();
            // Anything else, such as a TLS handshake, is not a request.
            if reader.buffer().first().is_some_and(u8::is_ascii_uppercase) {
                self.update(|state| state.observed.arrived += 1);
            }
            let mut is_head = false;
            if matches!(response.read, ReadUntil::Head | ReadUntil::End) {
                let mut request = RecordedRequest::read_head(&mut reader)?;
                if response.read == ReadUntil::End {
                    request.read_body(&mut reader)?;
                }
                is_head = request.head.starts_with("HEAD ");
                if let Message::Decide(decide) = &response.message {
                    response = decide(&request);
                }
                // Before the response, so that a test that has the response finds the request.
                self.update(|state| state.observed.requests.push(request));
            }
            response.write(reader.get_mut(), is_head)?;
            match response.then {
                Then::KeepOpen => {}
                Then::Close => return Ok(()),
                Then::Run(run) => return run(stream),
                Then::Repeat(bytes) => loop {
                    reader.get_mut().write_all(&bytes)?;
                },
                Then::Stall => {
                    let _ = io::copy(&mut reader, &mut io::sink());
                    self.update(|state| {
                        // The server's own end is not the client's.
                        state.observed.abandoned += usize::from(!state.stopping);
                    });
                    return Ok(());
                }
            }
        }
    }
}
