//! Builds the node tree of a JSON text. All JSON is YAML, but to read it as such takes several times as
//! long.

use std::collections::HashSet;
use std::ops::Range;

use serde::de::IgnoredAny;

use super::scalar::{Scalar, is_too_long};
use super::tree::{Entry, Kind, MAX_DEPTH, Node};

/// Builds the tree of a text that is JSON, and has nothing in it that is refused: of all other texts
/// the reader of YAML tells what is wrong.
pub(super) fn build(text: &str) -> Option<Node> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    Reader { text, at: 0 }.node(0)
}

/// Reads what is known to be JSON: signs stand only where they may, and whatever is opened is closed.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        let first = self.peek()?;
        let start = self.at;
        let kind = match first {
            b'{' | b'[' if depth == MAX_DEPTH => return None,
            b'{' => Kind::Mapping(self.entries(depth)?),
            b'[' => Kind::Sequence(self.items(depth)?),
            b'"' => Kind::Scalar {
                text: self.string()?.0,
                value: Scalar::String,
            },
            _ => self.plain()?,
        };
        let span = start..self.at;
        Some(Node { span, kind })
    }

    fn entries(&mut self, depth: usize) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        self.at += 1;
        while self.peek()? != b'}' {
            let (key, key_span) = self.string()?;
            entries.push(Entry {
                key,
                key_span,
                value: self.node(depth + 1)?,
            });
        }
        self.at += 1;
        are_distinct(&entries).then_some(entries)
    }

    fn items(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.at += 1;
        while self.peek()? != b']' {
            items.push(self.node(depth + 1)?);
        }
        self.at += 1;
        Some(items)
    }

    /// The text of a string, and where it stands, with its quotes.
    fn string(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        let mut is_verbatim = true;
        while bytes[end] != b'"' {
            if bytes[end] == b'\\' {
                is_verbatim = false;
                end += 1;
            }
            end += 1;
        }
        self.at = end + 1;
        let quoted = &self.text[start..self.at];
        let text = match is_verbatim {
            true => self.text[start + 1..end].to_owned(),
            // Half of a surrogate pair is JSON, but no text.
            false => serde_json::from_str(quoted).ok()?,
        };
        Some((text, start..self.at))
    }

    /// A number, a boolean or null.
    fn plain(&mut self) -> Option<Kind> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| matches!(c, ',' | ']' | '}') || c.is_ascii_whitespace());
        let text = &rest[..end.unwrap_or(rest.len())];
        self.at += text.len();
        (!is_too_long(text)).then(|| Kind::Scalar {
            text: text.to_owned(),
            value: Scalar::of_plain(text),
        })
    }

    /// The first byte of what comes next.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while matches!(
            bytes.get(self.at)?,
            b' ' | b'\n' | b'\r' | b'\t' | b',' | b':'
        ) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }
}

fn are_distinct(entries: &[Entry]) -> bool {
    // Of few, it takes less time to compare them all.
    if entries.len() <= 8 {
        let mut indexed = entries.iter().enumerate();
        return indexed.all(|(index, entry)| entries[..index].iter().all(|it| it.key != entry.key));
    }
    let mut seen = HashSet::new();
    entries.iter().all(|entry| seen.insert(entry.key.as_str()))
}
