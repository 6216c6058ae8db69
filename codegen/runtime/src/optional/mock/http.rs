//! Reads and writes HTTP/1.1, as far as a server on loopback needs it.

use std::io::{self, BufRead, Read, Write};

/// Maximum size of the request line with the headers, and of a body, in bytes.
const MAX_HEAD: u64 = 256 * 1024;
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// A request before it is decoded.
#[derive(Debug)]
pub(super) struct HttpRequest {
    pub(super) method: String,
    /// The path without the query.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Whether the connection ends with this request.
    pub(super) last: bool,
}

impl HttpRequest {
    /// Returns the value of a header. The values of a repeated header are joined by commas.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let headers = self.headers.iter();
        let values: Vec<&str> = headers
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Returns the value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        let header = self.header("cookie")?;
        let mut cookies = header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = cookies.find(|(key, _)| *key == name)?;
        Some(value.to_owned())
    }

    fn has(&self, name: &str, value: &str) -> bool {
        let header = self.header(name);
        header.is_some_and(|header| header.eq_ignore_ascii_case(value))
    }
}

/// Reads the next request of a connection, or returns `None` at the end of the connection.
///
/// # Errors
///
/// [`InvalidData`](io::ErrorKind::InvalidData) if the bytes are not a request, and errors of the reader.
pub(super) fn read(reader: &mut impl BufRead) -> io::Result<Option<HttpRequest>> {
    let mut head = reader.by_ref().take(MAX_HEAD);
    let mut line = String::new();
    // RFC 9112, section 2.2: empty lines before a request are ignored.
    while line.trim().is_empty() {
        line.clear();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
    }
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next())
    else {
        return Err(invalid("invalid request line"));
    };
    let (method, version) = (method.to_owned(), version.to_owned());
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Err(invalid("incomplete or too large headers"));
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| invalid("a header without a colon"))?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut received = HttpRequest {
        last: version != "HTTP/1.1",
        method,
        path,
        query,
        headers,
        body: Vec::new(),
    };
    received.last |= received.has("connection", "close");
    received.body = match (
        received.header("transfer-encoding"),
        received.header("content-length"),
    ) {
        (Some(_), _) if received.has("transfer-encoding", "chunked") => chunks(reader)?,
        (Some(_), _) => return Err(invalid("unsupported transfer encoding")),
        (None, Some(length)) => {
            let length = length
                .parse()
                .map_err(|_| invalid("invalid `Content-Length`"))?;
            exactly(reader, length)?
        }
        (None, None) => Vec::new(),
    };
    Ok(Some(received))
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    let mut line = String::new();
    loop {
        next_line(reader, &mut line)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| invalid("invalid chunk size"))?;
        if size == 0 {
            break;
        }
        if size.saturating_add(body.len() as u64) > MAX_BODY {
            return Err(invalid("body larger than 64 MiB"));
        }
        body.extend(exactly(reader, size)?);
        next_line(reader, &mut line)?;
    }
    // Trailers, up to the empty line.
    while !line.trim_end().is_empty() {
        next_line(reader, &mut line)?;
    }
    Ok(body)
}

fn next_line(reader: &mut impl BufRead, line: &mut String) -> io::Result<()> {
    line.clear();
    match reader.by_ref().take(MAX_HEAD).read_line(line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn exactly(reader: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    if length > MAX_BODY {
        return Err(invalid("body larger than 64 MiB"));
    }
    let mut body = Vec::new();
    if reader.by_ref().take(length).read_to_end(&mut body)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(body)
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// A response of the mock server.
#[derive(Clone, Debug)]
pub(super) struct HttpResponse {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl HttpResponse {
    pub(super) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        HttpResponse {
            status,
            headers: vec![("Content-Type", content_type.to_owned())],
            body,
        }
    }

    pub(super) fn empty(status: u16) -> Self {
        HttpResponse {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Returns the bytes of the response to a request of this method. `last` announces the end of the
    /// connection.
    pub(super) fn bytes(&self, method: &str, last: bool) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} \r\n", self.status);
        for (name, value) in &self.headers {
            bytes.extend([*name, ": ", value, "\r\n"]);
        }
        let bodiless = matches!(self.status, 100..=199 | 204 | 304);
        if !bodiless {
            bytes.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        if last {
            bytes.push_str("Connection: close\r\n");
        }
        bytes.push_str("\r\n");
        let mut bytes = bytes.into_bytes();
        if !bodiless && method != "HEAD" {
            bytes.extend(&self.body);
        }
        bytes
    }

    pub(super) fn write(&self, mut to: impl Write, method: &str, last: bool) -> io::Result<()> {
        to.write_all(&self.bytes(method, last))
    }
}
