//! What a request is answered with, or in place of an answer.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::http::Answer;

/// What goes wrong in place of an answer. Each happens when the request has been read in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is closed without an answer: an error of the kind
    /// [`Transport`](crate::runtime::ErrorKind::Transport).
    Close,
    /// A success whose body breaks off: `Transport` too.
    CutBody,
    /// What comes is not HTTP: `Transport` too.
    NotHttp,
    /// A success whose body is a page of HTML, as of a proxy:
    /// [`Decode`](crate::runtime::ErrorKind::Decode), if the operation answers with a body.
    NotJson,
    /// No answer comes, and the connection stays open until the client closes it or the mock is
    /// dropped: [`Timeout`](crate::runtime::ErrorKind::Timeout). The default limits are long; set a short
    /// one on the client or on the call.
    Stall,
}

/// What a request meets.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Answer(Answer),
    /// A fault where this status would be a success.
    Fault(Fault, u16),
}

impl Reply {
    /// In a few words.
    pub(super) fn described(&self) -> String {
        match self {
            Reply::Answer(answer) => answer.status.to_string(),
            Reply::Fault(fault, _) => format!("{fault:?}"),
        }
    }

    /// Writes it, and says whether the connection can go on.
    pub(super) fn write(
        &self,
        mut stream: &TcpStream,
        method: &str,
        last: bool,
    ) -> io::Result<bool> {
        let (fault, success) = match self {
            Reply::Answer(answer) => {
                answer.write(stream, method, last)?;
                return Ok(!last);
            }
            Reply::Fault(fault, success) => (fault, *success),
        };
        let page = |text: &str| Answer::new(success, "text/html", text.as_bytes().to_vec());
        match fault {
            Fault::Close => {}
            Fault::CutBody => {
                let bytes = page("<html>").bytes("GET", true);
                stream.write_all(&bytes[..bytes.len() - 1])?;
            }
            Fault::NotHttp => stream.write_all(b"this is not HTTP\r\n\r\n")?,
            Fault::NotJson => {
                let answer = page("<html><body>not the API</body></html>");
                answer.write(stream, method, last)?;
                return Ok(!last);
            }
            Fault::Stall => {
                // Nothing more is answered, whatever comes.
                while stream.read(&mut [0; 1024])? > 0 {}
            }
        }
        Ok(false)
    }
}
