//! Reading an HTTP/1.1 request.

use std::io::{self, BufRead, Read, Take, Write};

/// Request line and headers together; the default of Node.js, on which the
/// vendor's server runs.
const MAX_HEAD: u64 = 16 * 1024;

/// Far above any task, far below what would make a test slow. The vendor's
/// server takes more.
const MAX_BODY: u64 = 1024 * 1024;

/// A request that has arrived in full.
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query, as they were sent.
    pub(super) target: String,
    /// `None` when there was more of it than the server takes.
    pub(super) body: Option<Vec<u8>>,
    headers: Headers,
    version: Version,
}

#[derive(PartialEq)]
enum Version {
    Http10,
    Http11,
}

/// Why there is no request.
pub(super) enum ReadError {
    /// The connection was closed, was silent for too long, or broke.
    Closed,
    /// What came cannot be read as a request: the status to answer before
    /// closing.
    Refused(u16),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Closed
    }
}

impl Request {
    /// Reads the next request. The writer is for `100 Continue`.
    pub(super) fn read(
        mut reader: impl BufRead,
        mut writer: impl Write,
    ) -> Result<Self, ReadError> {
        let mut head = reader.by_ref().take(MAX_HEAD);
        let (method, target, version) = read_request_line(&mut head)?;
        let headers = Headers::read(&mut head)?;

        if headers.get("transfer-encoding").is_some() {
            return Err(ReadError::Refused(411));
        }
        let length = headers.content_length()?;
        let awaits_continue = headers
            .get("expect")
            .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"));
        if awaits_continue {
            writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let mut content = reader.take(length);
        let body = if length > MAX_BODY {
            // Read to its end all the same: a client that is still sending
            // would not see the answer.
            io::copy(&mut content, &mut io::sink())?;
            None
        } else {
            let mut body = Vec::new();
            content.read_to_end(&mut body)?;
            Some(body)
        };
        if content.limit() > 0 {
            return Err(ReadError::Closed);
        }
        Ok(Self {
            method,
            target,
            body,
            headers,
            version,
        })
    }

    /// The value of the first header of that name, which is to be given in
    /// lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// Whether the client wants to send more on this connection.
    pub(super) fn keep_alive(&self) -> bool {
        let mut options = self.header("connection").unwrap_or_default().split(',');
        let close = options.any(|option| option.trim().eq_ignore_ascii_case("close"));
        self.version == Version::Http11 && !close
    }
}

fn read_request_line(
    head: &mut Take<impl BufRead>,
) -> Result<(String, String, Version), ReadError> {
    let mut line = String::new();
    while line.is_empty() {
        // RFC 9112 wants empty lines before a request to be ignored.
        line = read_line(head)?;
    }
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(ReadError::Refused(400));
    };
    let version = match version {
        "HTTP/1.1" => Version::Http11,
        "HTTP/1.0" => Version::Http10,
        _ => return Err(ReadError::Refused(400)),
    };
    Ok((method.to_owned(), target.to_owned(), version))
}

/// One line of the head, without its end.
fn read_line(head: &mut Take<impl BufRead>) -> Result<String, ReadError> {
    let mut line = Vec::new();
    head.read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(if head.limit() == 0 {
            ReadError::Refused(431)
        } else {
            ReadError::Closed
        });
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// Header fields in the order they came, names in lower case.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn read(head: &mut Take<impl BufRead>) -> Result<Self, ReadError> {
        let mut fields = Vec::new();
        loop {
            let line = read_line(head)?;
            if line.is_empty() {
                return Ok(Self(fields));
            }
            let (name, value) = line.split_once(':').ok_or(ReadError::Refused(400))?;
            if name.is_empty() || name.contains(char::is_whitespace) {
                return Err(ReadError::Refused(400));
            }
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// How long the body is. Two lengths, or one that is no plain number, would
    /// leave the end of the request in doubt.
    fn content_length(&self) -> Result<u64, ReadError> {
        let mut lengths = self.all("content-length");
        match (lengths.next(), lengths.next()) {
            (None, _) => Ok(0),
            (Some(length), None) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                length.parse().map_err(|_| ReadError::Refused(400))
            }
            _ => Err(ReadError::Refused(400)),
        }
    }
}
