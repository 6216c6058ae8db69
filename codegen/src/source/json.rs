//! Builds the node tree of a JSON text. All JSON is YAML, but reading it as YAML takes several times
//! as long.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::limits::MAX_DEPTH;
use super::scalar::Scalar;
use super::tree::{Entry, Mapping, Node, NodeKind};
use crate::code::Code;
use crate::problem::Problem;

/// Builds the tree of a JSON text. Returns nothing if the text is not JSON or is rejected for another
/// reason: the YAML reader then reports what is wrong.
pub(super) fn build(text: &str) -> Option<Node> {
    let mut reader = Reader { text, at: 0 };
    let root = reader.node(0)?;
    reader.skip_space();
    (reader.at == text.len()).then_some(root)
}

/// Describes the first error of syntax in a text that starts as JSON does, if there is one.
pub(super) fn error(text: &str) -> Option<Problem<Range<usize>>> {
    let first = text.trim_start().strip_prefix('{')?;
    if !first.trim_start().starts_with('"') {
        return None;
    }
    let error = serde_json::from_str::<Value>(text).err()?;
    let lines = text.split_inclusive('\n').take(error.line() - 1);
    let line_start: usize = lines.map(str::len).sum();
    let end = text.trim_end().len();
    let at = (line_start + error.column()).saturating_sub(1).min(end);
    let mut at = text.floor_char_boundary(at);
    let what = error.to_string();
    if what.starts_with("expected `,`") {
        // The comma is missing after the value before.
        at = text[..at].trim_end().len();
    }
    let what = what
        .rsplit_once(" at line ")
        .map_or(&*what, |(what, _)| what);
    let what = match what.starts_with("control character") {
        true => "a string is not closed, or contains a line break or another control character",
        false => what,
    };
    let message = format!("the description is not valid JSON: {what}");
    let label = "the JSON parser stopped here";
    Some(Problem::new(Code::Syntax, message, at..at, label))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        self.skip_space();
        let start = self.at;
        let kind = match self.byte()? {
            b'{' | b'[' if depth == MAX_DEPTH => return None,
            b'{' => NodeKind::Mapping(self.mapping(depth + 1)?),
            b'[' => NodeKind::Sequence(self.list(b']', |reader| reader.node(depth + 1))?),
            b'"' => NodeKind::Scalar {
                text: self.string()?.0,
                value: Scalar::String,
            },
            _ => self.plain()?,
        };
        let span = start..self.at;
        Some(Node { span, kind })
    }

    fn mapping(&mut self, depth: usize) -> Option<Mapping> {
        let mapping = Mapping::new(self.list(b'}', |reader| reader.entry(depth))?);
        mapping.duplicates().is_empty().then_some(mapping)
    }

    fn entry(&mut self, depth: usize) -> Option<Entry> {
        self.skip_space();
        let (key, key_span) = self.string()?;
        self.skip_space();
        if self.next()? != b':' {
            return None;
        }
        let value = self.node(depth)?;
        Some(Entry {
            key,
            key_span,
            value,
        })
    }

    /// What is in brackets, with commas between the parts.
    fn list<T>(&mut self, end: u8, part: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut parts = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.byte()? == end {
            self.at += 1;
            return Some(parts);
        }
        loop {
            parts.push(part(self)?);
            self.skip_space();
            match self.next()? {
                b',' => {}
                byte if byte == end => return Some(parts),
                _ => return None,
            }
        }
    }

    /// The value of a string, and its span with the quotes.
    fn string(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        if self.next()? != b'"' {
            return None;
        }
        let mut has_escapes = false;
        loop {
            match self.next()? {
                b'"' => break,
                b'\\' => {
                    has_escapes = true;
                    self.next()?;
                }
                0..b' ' => return None,
                _ => {}
            }
        }
        let span = start..self.at;
        let text = match has_escapes {
            false => self.text[start + 1..self.at - 1].to_owned(),
            // One half of a surrogate pair is valid JSON, but not a character.
            true => serde_json::from_str(&self.text[span.clone()]).ok()?,
        };
        Some((text, span))
    }

    /// A number, a boolean or null.
    fn plain(&mut self) -> Option<NodeKind> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| matches!(c, ',' | ']' | '}') || c.is_ascii_whitespace());
        let text = &rest[..end.unwrap_or(rest.len())];
        serde_json::from_str::<IgnoredAny>(text).ok()?;
        self.at += text.len();
        Some(NodeKind::Scalar {
            text: text.to_owned(),
            value: Scalar::of_plain(text),
        })
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.byte()?;
        self.at += 1;
        Some(byte)
    }
}
