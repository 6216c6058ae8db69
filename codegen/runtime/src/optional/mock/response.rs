//! What the mock server does with a request: a response, or a fault.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::http::HttpResponse;

/// A failure of the server or the network in place of a response.
///
/// Each happens after the request was read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Closes the connection without a response. The client reports
    /// [`ErrorKind::Transport`](crate::runtime::ErrorKind::Transport).
    CloseConnection,
    /// Closes the connection in the middle of the body of a successful response. The client reports
    /// [`ErrorKind::Transport`](crate::runtime::ErrorKind::Transport).
    TruncateBody,
    /// Sends bytes that are not HTTP. The client reports
    /// [`ErrorKind::Transport`](crate::runtime::ErrorKind::Transport).
    InvalidHttp,
    /// Sends a successful response with an HTML page as its body, as some proxies do. The client reports
    /// [`ErrorKind::Decode`](crate::runtime::ErrorKind::Decode), if the operation has a response body.
    InvalidJson,
    /// Sends nothing and keeps the connection open until the client closes it or the mock server is
    /// dropped. The client reports [`ErrorKind::Timeout`](crate::runtime::ErrorKind::Timeout) after its
    /// time limit: set a short one on the client or on the call.
    NoResponse,
}

/// A response, or a fault.
#[derive(Clone, Debug)]
pub(super) enum MockResponse {
    Http(HttpResponse),
    /// A fault of an operation whose successful responses have this status.
    Fault(Fault, u16),
}

impl MockResponse {
    /// Returns the status or the name of the fault.
    pub(super) fn described(&self) -> String {
        match self {
            MockResponse::Http(response) => response.status.to_string(),
            MockResponse::Fault(fault, _) => format!("{fault:?}"),
        }
    }

    /// Writes the response and returns whether the connection stays open.
    pub(super) fn write(
        &self,
        mut stream: &TcpStream,
        method: &str,
        last: bool,
    ) -> io::Result<bool> {
        let (fault, success) = match self {
            MockResponse::Http(response) => {
                response.write(stream, method, last)?;
                return Ok(!last);
            }
            MockResponse::Fault(fault, success) => (fault, *success),
        };
        let page = |text: &str| HttpResponse::new(success, "text/html", text.as_bytes().to_vec());
        match fault {
            Fault::CloseConnection => {}
            Fault::TruncateBody => {
                let bytes = page("<html>").bytes("GET", true);
                stream.write_all(&bytes[..bytes.len() - 1])?;
            }
            Fault::InvalidHttp => stream.write_all(b"this is not HTTP\r\n\r\n")?,
            Fault::InvalidJson => {
                let response = page("<html><body>not the API</body></html>");
                response.write(stream, method, last)?;
                return Ok(!last);
            }
            Fault::NoResponse => {
                // Until the client closes the connection.
                while stream.read(&mut [0; 1024])? > 0 {}
            }
        }
        Ok(false)
    }
}
