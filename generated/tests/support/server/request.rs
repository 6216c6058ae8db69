//! The requests that a server has received.

use std::io::{self, BufRead};

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
    pub(super) fn read_head(reader: &mut impl BufRead) -> io::Result<Self> {
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

    pub(super) fn read_body(&mut self, reader: &mut impl BufRead) -> io::Result<()> {
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
