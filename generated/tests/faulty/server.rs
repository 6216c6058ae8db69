//! A server on a loopback port that misbehaves as it is told, and counts what arrives.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::SockRef;

use super::LONG;

/// What the server does with a request.
#[derive(Clone)]
pub enum Action {
    /// Reads it, and does what this says of its text.
    Handle(Arc<dyn Fn(&str) -> Action + Send + Sync>),
    /// Reads it, writes these bytes, and waits for the next one.
    Answer(Vec<u8>),
    /// Reads it, writes these bytes and closes the connection.
    AnswerAndClose(Vec<u8>),
    /// Writes these bytes once its head has arrived, and waits for the client to close.
    AnswerHead(Vec<u8>),
    /// Does not speak HTTP: writes these bytes for whatever comes first, and closes.
    AnswerAnything(Vec<u8>),
    /// Closes the connection before anything has arrived.
    CloseAtOnce,
    /// Resets the connection when the request begins to arrive.
    ResetUnread,
    /// Reads it all, and resets the connection.
    ResetRead,
    /// Reads it all, and closes the connection in good order, without an answer.
    CloseRead,
    /// Reads it, writes these bytes, perhaps none, and then nothing more.
    Stall(Vec<u8>),
    /// Reads it, writes this head and then as many bytes of a body as it says here, if the client
    /// takes them.
    Flood(Vec<u8>, u64),
}

/// What the server has seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Connections that were made.
    pub connections: usize,
    /// Requests of which at least the first byte arrived.
    pub arrived: usize,
    /// Requests that were read, as text.
    pub requests: Vec<String>,
    /// Connections that the client closed while a request was unanswered.
    pub abandoned: usize,
    /// Connections that have ended, by whichever side.
    pub closed: usize,
    /// Bytes that were written of floods.
    pub flooded: u64,
}

/// A running server. It does the actions of its script in turn, one a request, and the last one
/// for all that follow.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    script: Vec<Action>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    seen: Seen,
    /// How many actions of the script were begun.
    begun: usize,
    /// The address of the connection that tells the acceptor to stop.
    waker: Option<SocketAddr>,
    /// Weak, because a connection is closed by dropping it.
    open: Vec<Weak<TcpStream>>,
}

impl Server {
    /// Starts to listen.
    pub fn start(script: impl Into<Vec<Action>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let shared = Arc::new(Shared {
            script: script.into(),
            ..Shared::default()
        });
        let server = Arc::clone(&shared);
        Server {
            address,
            shared,
            acceptor: Some(thread::spawn(move || accept(&server, &listener))),
        }
    }

    /// A server that answers every request with these bytes.
    pub fn answering(bytes: Vec<u8>) -> Self {
        Server::start([Action::Answer(bytes)])
    }

    /// Scheme, host and port.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Host and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has been seen so far.
    pub fn seen(&self) -> Seen {
        self.shared.lock().seen.clone()
    }

    /// Waits until this has been seen.
    pub fn wait_until(&self, what: impl Fn(&Seen) -> bool) -> Seen {
        let (state, timeout) = self
            .shared
            .changed
            .wait_timeout_while(self.shared.lock(), LONG, |state| !what(&state.seen))
            .unwrap_or_else(PoisonError::into_inner);
        assert!(
            !timeout.timed_out(),
            "not seen in time; only {:?}",
            state.seen
        );
        state.seen.clone()
    }

    /// Stops, and gives all that was seen, to the last connection that a client had made.
    pub fn stop(mut self) -> Seen {
        self.end();
        self.seen()
    }

    fn end(&mut self) {
        let Some(acceptor) = self.acceptor.take() else {
            return;
        };
        // Connections are accepted in the order in which they were made, so those of the clients
        // have been when this one is. It is made under the lock, so that the acceptor knows it.
        let mut state = self.shared.lock();
        let waker = TcpStream::connect(self.address);
        state.waker = waker.as_ref().ok().and_then(|it| it.local_addr().ok());
        let woken = state.waker.is_some();
        drop(state);
        if woken {
            let _ = acceptor.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.lock().seen);
        self.changed.notify_all();
    }

    /// A connection that ends because the server stops was not abandoned.
    fn note_abandoned(&self) {
        if self.lock().waker.is_none() {
            self.note(|seen| seen.abandoned += 1);
        }
    }

    /// The action that the next request is met with.
    fn upcoming(&self) -> Action {
        let begun = self.lock().begun;
        self.script[begun.min(self.script.len() - 1)].clone()
    }

    /// The action for the request that begins to arrive.
    fn begin(&self) -> Action {
        let action = self.upcoming();
        self.lock().begun += 1;
        action
    }
}

fn accept(shared: &Arc<Shared>, listener: &TcpListener) {
    let mut threads = Vec::new();
    for stream in listener.incoming().map_while(Result::ok) {
        let mut state = shared.lock();
        if state.waker.is_some() && stream.peer_addr().ok() == state.waker {
            break;
        }
        let stream = Arc::new(stream);
        state.seen.connections += 1;
        state.open.push(Arc::downgrade(&stream));
        drop(state);
        shared.changed.notify_all();
        let shared = Arc::clone(shared);
        threads.push(thread::spawn(move || {
            // An error is the end of the connection, which the client's side of the test judges.
            let _ = serve(&shared, &stream);
            drop(stream);
            shared.note(|seen| seen.closed += 1);
        }));
    }
    for stream in shared.lock().open.iter().filter_map(Weak::upgrade) {
        let _ = stream.shutdown(Shutdown::Both);
    }
    for thread in threads {
        let _ = thread.join();
    }
}

fn serve(shared: &Shared, stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if matches!(shared.upcoming(), Action::CloseAtOnce) {
        shared.begin();
        return Ok(());
    }
    let mut reader = BufReader::new(stream);
    while stream.peek(&mut [0])? > 0 {
        let action = shared.begin();
        if let Action::AnswerAnything(bytes) = action {
            return (&mut &*stream).write_all(&bytes);
        }
        shared.note(|seen| seen.arrived += 1);
        if matches!(action, Action::ResetUnread) {
            return reset(stream);
        }
        let whole = !matches!(action, Action::AnswerHead(_));
        let request = read_request(&mut reader, whole)?;
        let action = match action {
            Action::Handle(handler) => handler(&request),
            action => action,
        };
        shared.note(|seen| seen.requests.push(request));
        if !act(shared, stream, action)? {
            break;
        }
    }
    Ok(())
}

/// Does what there is to do once a request was read; gives whether another one may follow.
fn act(shared: &Shared, mut stream: &TcpStream, action: Action) -> io::Result<bool> {
    match action {
        Action::Answer(bytes) => {
            stream.write_all(&bytes)?;
            return Ok(true);
        }
        Action::AnswerAndClose(bytes) => stream.write_all(&bytes)?,
        Action::AnswerHead(bytes) | Action::Stall(bytes) => {
            stream.write_all(&bytes)?;
            // Until the client ends the connection, in whichever way.
            let _ = io::copy(&mut stream, &mut io::sink());
            shared.note_abandoned();
        }
        Action::Flood(head, length) => {
            stream.write_all(&head)?;
            let piece = [b' '; 64 * 1024];
            let mut left = length;
            while left > 0 {
                let size = left.min(piece.len() as u64);
                #[allow(clippy::cast_possible_truncation, reason = "no more than the piece")]
                stream.write_all(&piece[..size as usize])?;
                left -= size;
                shared.note(|seen| seen.flooded += size);
            }
        }
        Action::ResetRead => reset(stream)?,
        Action::CloseRead => {}
        Action::CloseAtOnce
        | Action::ResetUnread
        | Action::AnswerAnything(_)
        | Action::Handle(_) => {
            unreachable!("done before")
        }
    }
    Ok(false)
}

/// Makes the close that follows a reset.
fn reset(stream: &TcpStream) -> io::Result<()> {
    SockRef::from(stream).set_linger(Some(Duration::ZERO))
}

/// Reads a request as text, with its body if it is wanted whole.
pub fn read_request(reader: &mut impl BufRead, whole: bool) -> io::Result<String> {
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        if reader.read_line(&mut text)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    if whole {
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let named = name.eq_ignore_ascii_case("content-length");
            named.then(|| value.trim().parse().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        text.push_str(&String::from_utf8_lossy(&body));
    }
    Ok(text)
}
