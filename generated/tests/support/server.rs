//! A real HTTP/1.1 server on loopback. It keeps the bytes of every request, and gives every request
//! the answer that the test has set.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// What the server answers.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub end: End,
}

/// What follows the body of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The next answer.
    Whole,
    /// The end of the connection, though more was promised.
    Cut,
    /// Nothing, though more was promised.
    Stalled,
}

impl Answer {
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json; charset=utf-8", body)
    }

    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: body.into(),
            end: End::Whole,
        }
    }

    /// One without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            headers: Vec::new(),
            ..Self::new(status, "", "")
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn ending(self, end: End) -> Self {
        Self { end, ..self }
    }

    fn write(&self, mut stream: &TcpStream, method: &str) -> io::Result<()> {
        let mut bytes = format!("HTTP/1.1 {} \r\n", self.status);
        for (name, value) in &self.headers {
            bytes += &format!("{name}: {value}\r\n");
        }
        let missing = if self.end == End::Whole { 0 } else { 100 };
        if self.status != 204 {
            bytes += &format!("Content-Length: {}\r\n", self.body.len() + missing);
        }
        bytes += "\r\n";
        let mut bytes = bytes.into_bytes();
        if method != "HEAD" {
            bytes.extend(&self.body);
        }
        stream.write_all(&bytes)?;
        match self.end {
            End::Whole | End::Stalled => Ok(()),
            End::Cut => stream.shutdown(Shutdown::Both),
        }
    }
}

/// A request as it arrived.
#[derive(Debug)]
pub struct Recorded {
    /// Request line and headers, with all line ends.
    pub head: String,
    pub body: Vec<u8>,
    /// How long the pieces were in which the body came, if it came so.
    pub pieces: Vec<usize>,
}

impl Recorded {
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head)? == 0 {
                return Ok(None);
            }
        }
        let head = String::from_utf8(head).map_err(io::Error::other)?;
        let mut request = Self {
            head,
            body: Vec::new(),
            pieces: Vec::new(),
        };
        if request.header("transfer-encoding") == Some("chunked") {
            request.read_pieces(reader)?;
        }
        if let Some(length) = request.header("content-length") {
            request.body = vec![0; length.parse().map_err(io::Error::other)?];
            reader.read_exact(&mut request.body)?;
        }
        Ok(Some(request))
    }

    fn read_pieces(&mut self, reader: &mut impl BufRead) -> io::Result<()> {
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
            let mut piece = vec![0; length + "\r\n".len()];
            reader.read_exact(&mut piece)?;
            if length == 0 {
                return Ok(());
            }
            self.body.extend(&piece[..length]);
            self.pieces.push(length);
        }
    }

    pub fn request_line(&self) -> &str {
        self.head.split("\r\n").next().unwrap()
    }

    /// The value of a header that is there at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.split("\r\n").skip(1);
        let mut values = lines.filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        });
        let value = values.next();
        assert_eq!(values.next(), None, "{name} is there twice");
        value
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A running server. It stops to listen when this is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepted: Receiver<SocketAddr>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    answer: Mutex<Answer>,
    requests: Mutex<Vec<Recorded>>,
    stopping: AtomicBool,
}

impl Server {
    pub fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            answer: Mutex::new(answer),
            requests: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let (connected, accepted) = mpsc::channel();
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.accept(&listener, &connected)
        });
        Self {
            address,
            shared,
            accepted,
            acceptor: Some(acceptor),
        }
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What is answered from now on.
    pub fn set_answer(&self, answer: Answer) {
        *lock(&self.shared.answer) = answer;
    }

    /// The requests since the last time of asking.
    pub fn take_requests(&self) -> Vec<Recorded> {
        std::mem::take(&mut lock(&self.shared.requests))
    }

    /// The one request since the last time of asking.
    pub fn take_request(&self) -> Recorded {
        let mut requests = self.take_requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    /// How many connections were made since the last time of asking.
    ///
    /// Connections are accepted in the order in which they were made, so one made here arrives
    /// behind all that are to be counted.
    pub fn take_connections(&self) -> usize {
        let last = TcpStream::connect(self.address).unwrap();
        let last = last.local_addr().unwrap();
        let mut accepted = self.accepted.iter();
        accepted.position(|peer| peer == last).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // `accept` cannot be interrupted; a connection makes it return.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            let _ = acceptor.join();
        }
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &TcpListener, connected: &Sender<SocketAddr>) {
        for stream in listener.incoming() {
            if self.stopping.load(Ordering::SeqCst) {
                break;
            }
            let stream = stream.unwrap();
            // Nobody may be there to count any more.
            let _ = connected.send(stream.peer_addr().unwrap());
            let shared = Arc::clone(self);
            // Ends when the other side closes the connection, with an error or without.
            thread::spawn(move || shared.serve(&stream));
        }
    }

    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        while let Some(request) = Recorded::read(&mut reader)? {
            let method = request.head.split(' ').next().unwrap().to_owned();
            // Before the answer, so that who has the answer finds the request.
            lock(&self.requests).push(request);
            let answer = lock(&self.answer).clone();
            answer.write(stream, &method)?;
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
