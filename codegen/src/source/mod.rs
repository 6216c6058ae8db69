//! The text of a description: its node tree, and the place of every node.

mod json;
pub(crate) mod pointer;
mod scalar;
mod tree;

use std::ops::Range;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::problem::{At, Problem};
use pointer::Pointer;
pub(crate) use scalar::Scalar;
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
    let refuse = |text: &str, problems: Vec<Problem>| {
        let found = problems.into_iter().map(|problem| match &problem.at {
            At::Span(span) => (span.clone(), problem),
            At::Value(_) | At::Key(_) => (0..0, problem),
        });
        Diagnostics::new(path, text, found.collect())
    };
    // Some editors begin a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MAX_SIZE {
        let message = format!("the description is larger than {MAX_SIZE} bytes");
        return Err(refuse(
            "",
            vec![Problem::new(Code::TooLarge, message, At::Span(0..0), "")],
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let text = String::from_utf8_lossy(bytes);
        let problem = Problem::new(
            Code::NotUtf8,
            "the description is not UTF-8",
            At::Span(valid..valid),
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
    /// The bytes to mark for a place. A pointer that leads nowhere leads to the deepest node that
    /// is there.
    pub(crate) fn locate(&self, at: &At) -> Range<usize> {
        let (pointer, wants_key) = match at {
            At::Span(span) => return span.clone(),
            At::Value(pointer) => (pointer, false),
            At::Key(pointer) => (pointer, true),
        };
        let (key, node) = self.find(pointer);
        match (&node.kind, key) {
            // A block of many lines is best shown by the key above it.
            (Kind::Mapping(_) | Kind::Sequence(_), Some(key)) => key,
            (Kind::Scalar { .. }, Some(key)) if wants_key => key,
            _ => self.first_line(node.span.clone()),
        }
    }

    /// Whether the pointer leads to a key that is there.
    pub(crate) fn has(&self, pointer: &Pointer) -> bool {
        let mut node = Some(&self.root);
        for step in pointer.keys() {
            node = node.and_then(|node| match &node.kind {
                Kind::Sequence(items) => items.get(step.parse::<usize>().ok()?),
                _ => node.get(&step).map(|entry| &entry.value),
            });
        }
        node.is_some()
    }

    /// The way to the object that has these bytes as a key or a value.
    pub(crate) fn holder(&self, span: &Range<usize>) -> Pointer {
        let mut pointer = Pointer::root();
        let mut node = &self.root;
        let holds = |part: &Node| {
            let is_container = !matches!(part.kind, Kind::Scalar { .. });
            is_container && part.span.start <= span.start && span.end <= part.span.end
        };
        loop {
            let next = match &node.kind {
                Kind::Mapping(entries) => entries
                    .iter()
                    .find(|entry| holds(&entry.value))
                    .map(|entry| (pointer.child(&entry.key), &entry.value)),
                Kind::Sequence(items) => items
                    .iter()
                    .enumerate()
                    .find(|(_, item)| holds(item))
                    .map(|(index, item)| (pointer.child(index), item)),
                Kind::Scalar { .. } => None,
            };
            let Some(next) = next else { return pointer };
            (pointer, node) = next;
        }
    }

    /// Every reference to a place in this document: where it stands, and where it leads.
    pub(crate) fn references(&self) -> Vec<(Pointer, Pointer)> {
        let mut found = Vec::new();
        let mut queue = vec![(Pointer::root(), &self.root)];
        while let Some((at, node)) = queue.pop() {
            if let Some(reference) = node.get("$ref")
                && let Kind::Scalar { text, .. } = &reference.value.kind
                && let Some(target) = Pointer::of_reference(text)
            {
                found.push((at.clone(), target));
            }
            let entries = node.entries().iter();
            queue.extend(entries.map(|entry| (at.child(&entry.key), &entry.value)));
            let items = node.items().iter().enumerate();
            queue.extend(items.map(|(index, item)| (at.child(index), item)));
        }
        found
    }

    fn find(&self, pointer: &Pointer) -> (Option<Range<usize>>, &Node) {
        let mut node = &self.root;
        let mut key = None;
        for step in pointer.keys() {
            let next = match &node.kind {
                Kind::Mapping(entries) => entries
                    .iter()
                    .find(|entry| entry.key == step)
                    .map(|entry| (Some(entry.key_span.clone()), &entry.value)),
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

    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let text = &self.text[span.clone()];
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        span.start..span.start + text[..end].trim_end().len()
    }
}
