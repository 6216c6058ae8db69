//! The responses of a script.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;

use super::RecordedRequest;

/// Reaction of the server to one request: how much of the request it reads, what it sends, and what
/// happens to the connection.
#[derive(Clone)]
pub struct CannedResponse {
    pub(super) message: Message,
    pub(super) read: ReadUntil,
    pub(super) then: Then,
}

#[derive(Clone)]
pub(super) enum Message {
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

pub(super) type Decide = dyn Fn(&RecordedRequest) -> CannedResponse + Send + Sync;

pub(super) type Run = dyn Fn(&TcpStream) -> io::Result<()> + Send + Sync;

/// How much of a request the server reads before it reacts.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum ReadUntil {
    Connected,
    FirstByte,
    Head,
    End,
}

/// What happens to the connection after the message.
#[derive(Clone)]
pub(super) enum Then {
    KeepOpen,
    Close,
    /// Sends nothing more, and waits until the client closes the connection.
    Stall,
    /// Runs this, then closes the connection.
    Run(Arc<Run>),
    /// Sends these bytes again and again until the client closes the connection.
    Repeat(Vec<u8>),
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

    /// Sends these bytes again and again after the response.
    pub fn repeating(self, bytes: impl Into<Vec<u8>>) -> Self {
        let then = Then::Repeat(bytes.into());
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

    /// Writes the message; `is_head` leaves out the body.
    pub(super) fn write(&self, writer: &mut impl Write, is_head: bool) -> io::Result<()> {
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
