//! The path of the value at which JSON does not decode, by the position of the error. Found in the text, so
//! that no type is compiled a second time for it.

use std::fmt;

/// A key or an index on the way to a value.
enum Segment<'b> {
    /// None before the first key of an object, and after a comma.
    Key(Option<&'b [u8]>),
    Index(usize),
}

/// The way from the whole body to a value.
pub(crate) struct ValuePath<'b>(Vec<Segment<'b>>);

impl<'b> ValuePath<'b> {
    /// Finds the value whose decoding an error ended.
    pub(crate) fn of(body: &'b [u8], error: &serde_json::Error) -> Self {
        let end = offset(body, error).min(body.len());
        let mut path = Vec::new();
        let mut at = 0;
        while at < end {
            let start = at;
            at = match body[start] {
                b'"' => end_of_string(body, start),
                _ => start + 1,
            };
            match (body[start], path.last_mut()) {
                (b'{', _) => path.push(Segment::Key(None)),
                (b'[', _) if is_at_scalar(body, at, end) => {}
                (b'[', _) => path.push(Segment::Index(0)),
                (b'}' | b']', _) if at == end && is_of_last_child(&body[..start], error) => {}
                (b'}' | b']', _) => drop(path.pop()),
                (b',', Some(Segment::Index(index))) => *index += 1,
                (b',', Some(Segment::Key(key))) => *key = None,
                (b'"', Some(Segment::Key(key @ None))) => *key = body.get(start + 1..at - 1),
                _ => {}
            }
        }
        ValuePath(path)
    }

    /// Whether the value is the whole body.
    pub(crate) fn is_root(&self) -> bool {
        matches!(self.0[..], [] | [Segment::Key(None)])
    }
}

/// Returns the position of an error in bytes, from its line and its column, which counts bytes.
fn offset(body: &[u8], error: &serde_json::Error) -> usize {
    let mut start = 0;
    let mut line = 1;
    while line < error.line() && start < body.len() {
        line += usize::from(body[start] == b'\n');
        start += 1;
    }
    start + error.column()
}

/// Returns where a string that starts here ends.
pub(super) fn end_of_string(body: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match body.get(at) {
            None => return body.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// Whether an error at the end of an array or object is about its last child, which was read completely before
/// it was rejected, such as text that is not base64.
fn is_of_last_child(before_end: &[u8], error: &serde_json::Error) -> bool {
    let is_empty = matches!(before_end.trim_ascii_end(), [.., b'{' | b'[']);
    let reason = error.to_string();
    let is_of_all = reason.starts_with("missing field") || reason.starts_with("invalid length");
    !is_empty && !is_of_all
}

/// Whether an error is between the start of an array and its first item, which is a scalar. Then the array itself
/// has the wrong type: the error of a scalar is behind it.
fn is_at_scalar(body: &[u8], start: usize, end: usize) -> bool {
    let is_space = body[start..end].trim_ascii().is_empty();
    is_space && !matches!(body.get(end), None | Some(b'[' | b'{'))
}

impl fmt::Display for ValuePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for segment in &self.0 {
            match segment {
                Segment::Key(None) => {}
                Segment::Key(Some(key)) => {
                    let dot = if is_first { "" } else { "." };
                    write!(f, "{dot}{}", String::from_utf8_lossy(key))?;
                }
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
            is_first = false;
        }
        Ok(())
    }
}
