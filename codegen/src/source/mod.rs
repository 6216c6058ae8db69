//! The text of a description: its node tree, and the place of every node.

mod json;
pub(crate) mod pointer;
mod scalar;
mod tree;

use std::ops::Range;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::excerpt;
use crate::problem::{At, Problem};
use pointer::Pointer;
pub(crate) use scalar::{Scalar, integer};
pub(crate) use tree::{Entry, Kind, Node};

/// Descriptions above this size are refused; the largest public ones have about 10 MB.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// A description that is well-formed YAML or JSON.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) root: Node,
}

/// Reads the text into a node tree.
pub(crate) fn read<'a>(bytes: &'a [u8], path: &'a str) -> Result<Source<'a>, Diagnostics> {
    let refuse = |text: &str, problems| Diagnostics::new(path, text, problems);
    // Some editors begin a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MAX_SIZE {
        let message = format!("the description is larger than {MAX_SIZE} bytes");
        return Err(refuse(
            "",
            vec![Problem::new(Code::TooLarge, message, 0..0, "")],
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let text = String::from_utf8_lossy(bytes);
        let problem = Problem::new(
            Code::NotUtf8,
            "the description is not UTF-8",
            valid..valid,
            "this byte is not part of a character",
        )
        .help("save the file as UTF-8");
        refuse(&text, vec![problem])
    })?;
    match json::build(text).map_or_else(|| tree::build(text), Ok) {
        Ok(root) => Ok(Source { path, text, root }),
        Err(problems) => Err(refuse(text, problems)),
    }
}

impl Source<'_> {
    /// The bytes to mark for a place. A pointer that does not resolve is located at the deepest node
    /// on its way.
    pub(crate) fn locate(&self, at: &At) -> Range<usize> {
        let (key, node) = self.find(at.pointer());
        let first_line = || excerpt::first_line(self.text, node.span.clone());
        match (at, key, &node.kind) {
            (At::InKey(_, part), Some((key, span)), _) => self.part_of_key(key, span, part),
            (At::Value(_), _, Kind::Scalar { .. }) if !node.span.is_empty() => first_line(),
            // A block of many lines is best shown by the key above it.
            (_, Some((_, span)), _) => span.clone(),
            (At::Value(_), None, _) => first_line(),
            // An item of a list has no key; an object is known by its first.
            (_, None, _) => match node.entries().first() {
                Some(entry) => entry.key_span.clone(),
                None => first_line(),
            },
        }
    }

    /// A part of a key, or all of it if it is not written as it reads, but with escapes.
    fn part_of_key(&self, key: &str, span: &Range<usize>, part: &Range<usize>) -> Range<usize> {
        let written = &self.text[span.clone()];
        match written.find(key) {
            Some(quote) => span.start + quote + part.start..span.start + quote + part.end,
            None => span.clone(),
        }
    }

    /// The node that a pointer leads to, and its key if it is in an object.
    fn find(&self, pointer: &Pointer) -> (Option<(&str, &Range<usize>)>, &Node) {
        let mut node = &self.root;
        let mut key = None;
        for step in pointer.keys() {
            let next = match &node.kind {
                Kind::Mapping(_) => node.get(&step).map(|entry| {
                    let key = (entry.key.as_str(), &entry.key_span);
                    (Some(key), &entry.value)
                }),
                Kind::Sequence(items) => step
                    .parse()
                    .ok()
                    .and_then(|index: usize| items.get(index))
                    .map(|item| (None, item)),
                Kind::Scalar { .. } => None,
            };
            let Some(next) = next else { break };
            (key, node) = next;
        }
        (key, node)
    }
}
