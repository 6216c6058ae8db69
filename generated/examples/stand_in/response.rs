//! Writing an HTTP/1.1 response.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use chrono::Utc;

use super::json;
use super::request::Request;

/// How much is read and thrown away before a connection is closed on a client
/// that is still sending.
const MAX_UNREAD: u64 = 1024 * 1024;

/// An answer: a status, headers of its own, and a JSON text or nothing.
pub(super) struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Response {
    fn new(status: u16, body: String) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }

    /// A success.
    pub(super) fn json(status: u16, body: String) -> Self {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let etag = format!("W/\"{:x}-{:016x}\"", body.len(), hasher.finish());
        Self::new(status, body).with_header("ETag", etag)
    }

    /// A refusal by the application: three keys.
    pub(super) fn error(status: u16, message: &str) -> Self {
        let body = json::object(&[
            ("message", json::value(message)),
            ("error", json::value(reason_phrase(status))),
            ("statusCode", json::value(status)),
        ]);
        Self::new(status, body)
    }

    /// A refusal before the application, by the body parser or the throttle:
    /// two keys.
    pub(super) fn early_error(status: u16, message: &str) -> Self {
        let body = json::object(&[
            ("statusCode", json::value(status)),
            ("message", json::value(message)),
        ]);
        Self::new(status, body)
    }

    /// A refusal without a body, by the HTTP server itself.
    pub(super) fn empty(status: u16) -> Self {
        Self::new(status, String::new())
    }

    /// Adds a header.
    pub(super) fn with_header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// Sends the answer to a request. `keep_alive`: how long the connection
    /// stays open after it, if it does.
    pub(super) fn write(
        &self,
        writer: impl Write,
        request: &Request,
        keep_alive: Option<Duration>,
    ) -> io::Result<()> {
        // The answer to HEAD has the headers that GET would get, and ends with
        // them.
        let body = if request.method == "HEAD" {
            ""
        } else {
            &self.body
        };
        self.send(writer, body, keep_alive)
    }

    /// Sends the answer to what could not be read as a request.
    pub(super) fn write_and_close(&self, writer: impl Write) -> io::Result<()> {
        self.send(writer, &self.body, None)
    }

    fn send(
        &self,
        mut writer: impl Write,
        body: &str,
        keep_alive: Option<Duration>,
    ) -> io::Result<()> {
        let mut text = format!(
            "HTTP/1.1 {} {}\r\n",
            self.status,
            reason_phrase(self.status)
        );
        let mut header = |name: &str, value: &str| {
            text.extend([name, ": ", value, "\r\n"]);
        };
        for (name, value) in &self.headers {
            header(name, value);
        }
        if !self.body.is_empty() {
            header("Content-Type", "application/json; charset=utf-8");
        }
        header("Content-Length", &self.body.len().to_string());
        header(
            "Date",
            &Utc::now().format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        );
        if let Some(timeout) = keep_alive {
            header("Connection", "keep-alive");
            header("Keep-Alive", &format!("timeout={}", timeout.as_secs()));
        } else {
            header("Connection", "close");
        }
        text.push_str("\r\n");
        text.push_str(body);
        // In one piece: a head and a body in two writes can wait for each
        // other's acknowledgement.
        writer.write_all(text.as_bytes())
    }
}

/// Ends a connection so that the answer arrives: closing with unread bytes
/// would reset it and take the answer along.
pub(super) fn close(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(MAX_UNREAD), &mut io::sink())?;
    Ok(())
}

fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        411 => "Length Required",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        _ => "Internal Server Error",
    }
}
