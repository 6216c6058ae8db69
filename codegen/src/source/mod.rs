//! Reads the text of a description into a tree of nodes, and finds the span of each place in it.

mod edit;
mod entries;
mod json;
mod limits;
pub(crate) mod pointer;
mod relocate;
mod scalar;
mod slips;
mod tags;
mod tree;
mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::line_index::first_line;
use crate::problem::{At, Problem};
pub(crate) use edit::entry;
pub(crate) use limits::MAX_COPIES;
use limits::{MAX_SIZE, too_large};
use pointer::Pointer;
pub(crate) use relocate::relocate;
pub(crate) use scalar::Scalar;
pub(crate) use tree::{Entry, Mapping, Node, NodeKind};

/// A description that is well-formed YAML or JSON.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    /// The text, followed by the texts of the other files.
    pub(crate) text: Cow<'a, str>,
    /// Where the text of each added file starts, and its path.
    pub(crate) files: Vec<(usize, String)>,
    pub(crate) root: Node,
    /// What is wrong in single places of the text.
    pub(crate) problems: Vec<Problem>,
}

/// Reads a text into a tree of nodes.
///
/// # Errors
///
/// If the text is too large, not UTF-8, or not YAML with the data model of JSON.
pub(crate) fn read<'a>(bytes: &'a [u8], path: &'a str) -> Result<Source<'a>, Diagnostics> {
    let (text, root, problems) =
        parse(bytes).map_err(|(text, problems)| Diagnostics::new(path, &text, &[], problems))?;
    Ok(Source {
        path,
        text: Cow::Borrowed(text),
        files: Vec::new(),
        root,
        problems,
    })
}

/// A text with what makes it unreadable.
type Unreadable = (String, Vec<Problem<Range<usize>>>);

fn parse(bytes: &[u8]) -> Result<(&str, Node, Vec<Problem>), Unreadable> {
    let reject = |text: &str, problems| (text.to_owned(), problems);
    // Some editors start a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MAX_SIZE {
        return Err(reject("", vec![too_large()]));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let text = String::from_utf8_lossy(bytes);
        let problem = Problem::new(
            Code::NotUtf8,
            "the description is not valid UTF-8",
            valid..valid,
            format!("byte 0x{:02X} is not part of a character", bytes[valid]),
        )
        .help("save the file as UTF-8");
        reject(&text, vec![problem])
    })?;
    let tree = match json::build(text) {
        Some(root) => Ok((root, Vec::new())),
        None => yaml::build(text).map_err(|problems| match json::error(text) {
            Some(error) if problems[0].code == Code::Syntax => vec![error],
            _ => problems,
        }),
    };
    match tree {
        Ok((root, problems)) => Ok((text, root, problems)),
        Err(problems) => Err(reject(text, problems)),
    }
}

impl Source<'_> {
    /// Reads another file. The spans of its nodes are in the text of the whole description.
    ///
    /// # Errors
    ///
    /// If the file cannot be read as a description can.
    pub(crate) fn add(&mut self, path: String, bytes: &[u8]) -> Result<Node, Diagnostics> {
        let all = self.text.to_mut();
        // Each file starts in a line of its own.
        all.push('\n');
        let start = all.len();
        let parsed = parse(bytes).and_then(|(text, mut root, problems)| {
            all.push_str(text);
            root.shift(start);
            match all.len() <= MAX_SIZE {
                true => Ok((root, problems)),
                false => Err((String::new(), vec![too_large()])),
            }
        });
        self.files.push((start, path));
        match parsed {
            Ok((root, problems)) => {
                // Their pointers start at the root of the file, not of the description.
                let problems = problems.into_iter().map(|problem| {
                    let at = At::Span(Pointer::root(), root.span_of(problem.at.pointer()).into());
                    problem.at(at)
                });
                self.problems.extend(problems);
                Ok(root)
            }
            Err((text, mut problems)) => {
                all.truncate(start);
                all.push_str(&text);
                for problem in &mut problems {
                    problem.at = start + problem.at.start..start + problem.at.end;
                }
                Err(self.diagnostics(problems))
            }
        }
    }

    /// Returns the diagnostics of problems in the text.
    pub(crate) fn diagnostics(&self, problems: Vec<Problem<Range<usize>>>) -> Diagnostics {
        Diagnostics::new(self.path, &self.text, &self.files, problems)
    }

    /// Returns the bytes to mark for a place. If its pointer does not resolve, that is the deepest node
    /// on the way.
    pub(crate) fn locate(&self, at: &At) -> Range<usize> {
        if let At::Span(_, span) = at {
            return (**span).clone();
        }
        let (key, node) = self.find(at.pointer());
        let first_line = || first_line(&self.text, node.span.clone());
        match (at, key, &node.kind) {
            (At::InKey(_, part), Some((key, span)), _) => self.part_of_key(key, span, part),
            (At::Value(_), _, NodeKind::Scalar { .. }) if !node.span.is_empty() => first_line(),
            // An object or array is marked by the key above it.
            (_, Some((_, span)), _) => span.clone(),
            (At::Value(_), None, _) => first_line(),
            // An item of an array has no key of its own; an object is marked by its first key.
            (_, None, _) => match node.entries().first() {
                Some(entry) => entry.key_span.clone(),
                None => first_line(),
            },
        }
    }

    /// Finds the spans of the places of problems, before the tree is rewritten.
    pub(crate) fn locate_all(&self, problems: &mut [Problem]) {
        for problem in problems {
            let span = self.locate(&problem.at);
            problem.at = At::Span(problem.at.pointer().clone(), span.into());
        }
    }

    /// Returns the span of a part of a key, or of the whole key if it is written with escape sequences.
    fn part_of_key(&self, key: &str, span: &Range<usize>, part: &Range<usize>) -> Range<usize> {
        let written = &self.text[span.clone()];
        match written.find(key) {
            Some(quote) => span.start + quote + part.start..span.start + quote + part.end,
            None => span.clone(),
        }
    }

    /// The node that a pointer refers to, and its key if it is in an object.
    fn find(&self, pointer: &Pointer) -> (Option<(&str, &Range<usize>)>, &Node) {
        let mut node = &self.root;
        let mut key = None;
        for step in pointer.keys() {
            let Some(child) = node.child(&step) else {
                break;
            };
            let entry = node.get(&step);
            key = entry.map(|entry| (entry.key.as_str(), &entry.key_span));
            node = child;
        }
        (key, node)
    }
}
