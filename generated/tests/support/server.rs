//! A scripted HTTP/1.1 server on loopback, for tests of clients.
//!
//! It records every request byte for byte, and reacts to each one as its script says: with a
//! response, or with a fault such as a stall, a cut-off body or a closed connection. It uses only the
//! standard library, because the tests of other generated crates include this file.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Maximum time that a test waits for anything, for the slowest machine.
pub const LONG: Duration = Duration::from_secs(30);

/// Reaction of the server to one request: how much of the request it reads, what it sends, and what
/// happens to the connection.
#[derive(Clone)]
pub struct CannedResponse {
    message: Message,
    read: ReadUntil,
    then: Then,
}

#[derive(Clone)]
enum Message {
    Http {
        /// Status line and header lines.
        head: String,
        body: Vec<u8>,
        /// Value of `Content-Length`, if it is not the length of the body.
        announced: Option<usize>,
    },
    Raw(Vec<u8>),
    /// The reaction depends on the request.
    Decide(Arc<Decide>),
}

type Decide = dyn Fn(&RecordedRequest) -> CannedResponse + Send + Sync;

type Run = dyn Fn(&TcpStream) -> io::Result<()> + Send + Sync;

/// How much of a request the server reads before it reacts.
#[derive(Clone, Copy, PartialEq)]
enum ReadUntil {
    Connected,
    FirstByte,
    Head,
    End,
}

/// What happens to the connection after the message.
#[derive(Clone)]
enum Then {
    KeepOpen,
    Close,
    /// Sends nothing more, and waits until the client closes the connection.
    Stall,
    /// Runs this, then closes the connection.
    Run(Arc<Run>),
}

impl CannedResponse {
    /// A response with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json; charset=utf-8", body)
    }

    /// A response with a body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let response = Self::empty(status).header("Content-Type", content_type);
        response.body(body)
    }

    /// A response without a body and without headers.
    pub fn empty(status: u16) -> Self {
        Self::from(Message::Http {
            head: format!("HTTP/1.1 {status} \r\n"),
            body: Vec::new(),
            announced: None,
        })
    }

    /// Bytes that need not be HTTP.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::from(Message::Raw(bytes.into()))
    }

    /// No response at all.
    pub fn none() -> Self {
        Self::raw([])
    }

    /// A reaction that depends on the request.
    pub fn decide(
        decide: impl Fn(&RecordedRequest) -> CannedResponse + Send + Sync + 'static,
    ) -> Self {
        Self::from(Message::Decide(Arc::new(decide)))
    }

    fn from(message: Message) -> Self {
        Self {
            message,
            read: ReadUntil::End,
            then: Then::KeepOpen,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Message::Http { head, .. } = &mut self.message {
            *head += &format!("{name}: {value}\r\n");
        }
        self
    }

    /// Sets the body.
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        if let Message::Http { body, .. } = &mut self.message {
            *body = bytes.into();
        }
        self
    }

    /// Announces this length of the body, whatever its length is.
    pub fn announcing(mut self, length: usize) -> Self {
        if let Message::Http { announced, .. } = &mut self.message {
            *announced = Some(length);
        }
        self
    }

    /// Announces a longer body than it sends.
    fn announcing_more(self) -> Self {
        match &self.message {
            Message::Http { body, .. } => {
                let length = body.len() + 100;
                self.announcing(length)
            }
            _ => self,
        }
    }

    /// Closes the connection before the announced body is complete.
    pub fn cut_off(self) -> Self {
        self.announcing_more().closing()
    }

    /// Sends nothing more before the announced body is complete, and keeps the connection open.
    pub fn stalled(self) -> Self {
        let then = Then::Stall;
        Self {
            then,
            ..self.announcing_more()
        }
    }

    /// Closes the connection after the response.
    pub fn closing(self) -> Self {
        let then = Then::Close;
        Self { then, ..self }
    }

    /// Runs this after the response, then closes the connection.
    pub fn then(self, run: impl Fn(&TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let then = Then::Run(Arc::new(run));
        Self { then, ..self }
    }

    /// Reacts to the connection, before any byte of a request was read.
    pub fn when_connected(self) -> Self {
        let read = ReadUntil::Connected;
        Self { read, ..self }
    }

    /// Reacts to the first bytes of the request.
    pub fn at_first_byte(self) -> Self {
        let read = ReadUntil::FirstByte;
        Self { read, ..self }
    }

    /// Reacts to the head of the request, and then waits until the client closes the connection.
    pub fn before_body(self) -> Self {
        Self {
            read: ReadUntil::Head,
            then: Then::Stall,
            ..self
        }
    }

    fn write(&self, writer: &mut impl Write, is_head: bool) -> io::Result<()> {
        match &self.message {
            Message::Http {
                head,
                body,
                announced,
            } => {
                let mut bytes = head.clone();
                if !head.starts_with("HTTP/1.1 204") {
                    let length = announced.unwrap_or(body.len());
                    bytes += &format!("Content-Length: {length}\r\n");
                }
                bytes += "\r\n";
                let mut bytes = bytes.into_bytes();
                if !is_head {
                    bytes.extend(body);
                }
                writer.write_all(&bytes)?;
            }
            Message::Raw(bytes) => writer.write_all(bytes)?,
            Message::Decide(_) => {}
        }
        writer.flush()
    }
}

/// So that a server can be started with one response.
impl From<CannedResponse> for Vec<CannedResponse> {
    fn from(response: CannedResponse) -> Self {
        vec![response]
    }
}

/// A request, byte for byte.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// Request line and headers, with all line ends.
    pub head: String,
    pub body: Vec<u8>,
    /// Lengths of the chunks, if the body was chunked.
    pub chunks: Vec<usize>,
}

impl RecordedRequest {
    fn read_head(reader: &mut impl BufRead) -> io::Result<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Self {
            head: String::from_utf8(head).map_err(io::Error::other)?,
            body: Vec::new(),
            chunks: Vec::new(),
        })
    }

    fn read_body(&mut self, reader: &mut impl BufRead) -> io::Result<()> {
        if self.header("transfer-encoding") == Some("chunked") {
            self.read_chunks(reader)?;
        }
        if let Some(length) = self.header("content-length") {
            self.body = vec![0; length.parse().map_err(io::Error::other)?];
            reader.read_exact(&mut self.body)?;
        }
        Ok(())
    }

    fn read_chunks(&mut self, reader: &mut impl BufRead) -> io::Result<()> {
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
            let mut chunk = vec![0; length + "\r\n".len()];
            reader.read_exact(&mut chunk)?;
            if length == 0 {
                return Ok(());
            }
            self.body.extend(&chunk[..length]);
            self.chunks.push(length);
        }
    }

    pub fn request_line(&self) -> &str {
        self.head.split("\r\n").next().unwrap()
    }

    /// Value of a header that appears at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.split("\r\n").skip(1);
        let mut values = lines.filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        });
        let value = values.next();
        assert_eq!(values.next(), None, "{name} appears twice");
        value
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Head and body as text.
    pub fn full_text(&self) -> String {
        self.head.clone() + self.text()
    }
}

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

/// A byte stream: TCP, or TLS on top of it.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

type Wrap = dyn Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync;

struct Shared {
    wrap: Box<Wrap>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    script: Vec<CannedResponse>,
    /// Number of responses of the script that were used.
    used: usize,
    observed: Observed,
    /// Connection that the server made to itself, to find out which connections were accepted.
    marker: Option<SocketAddr>,
    stopping: bool,
    /// Weak, because dropping a connection closes it.
    open: Vec<Weak<TcpStream>>,
}

impl Server {
    /// Starts a server with this script.
    pub fn start(script: impl Into<Vec<CannedResponse>>) -> Self {
        Self::start_on(script, |stream| Ok(Box::new(stream)))
    }

    /// Starts a server that speaks HTTP over what `wrap` makes of a TCP connection.
    pub fn start_on(
        script: impl Into<Vec<CannedResponse>>,
        wrap: impl Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            script: script.into(),
            ..State::default()
        };
        let shared = Arc::new(Shared {
            wrap: Box::new(wrap),
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
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

impl State {
    /// Index of the next response; the last one is used again and again.
    fn index(&self) -> usize {
        self.used.min(self.script.len() - 1)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_until(&self, condition: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
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

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
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
