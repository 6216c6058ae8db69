//! Builds the node tree of a YAML text.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::entries::{self, Duplicate};
use super::limits::{MAX_COPIES, MAX_DEPTH, too_deep};
use super::pointer::Pointer;
use super::scalar::Scalar;
use super::slips;
use super::tags;
use super::tree::{Entry, Mapping, Node, NodeKind};
use crate::code::Code;
use crate::line_index::LineIndex;
use crate::problem::Problem;

/// What makes a text unreadable.
type Errors = Vec<Problem<Range<usize>>>;

/// Builds the tree of the one document in a text. The problems returned with it concern single places;
/// the rest of the tree can be used.
///
/// # Errors
///
/// Everything that is wrong with the YAML, up to the first error of syntax.
pub(super) fn build(text: &str) -> Result<(Node, Vec<Problem>), Errors> {
    let mut builder = Builder::default();
    if let Some((at, character)) = text.char_indices().find(|(_, it)| !is_printable(*it)) {
        return Err(vec![
            Problem::new(
                Code::Syntax,
                format!(
                    "the description is not valid YAML: it contains the control character U+{:04X}",
                    u32::from(character)
                ),
                at..at + character.len_utf8(),
                "YAML does not allow this character",
            )
            .help("delete it, or write it as an escape sequence in double quotes"),
        ]);
    }
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.event(event, &span, text),
            Err(error) => {
                builder.errors.push(slips::explain(text, &error));
                break;
            }
        }
        if builder.is_too_large {
            break;
        }
    }
    match (builder.root, builder.errors.is_empty()) {
        (Some(root), true) => {
            let index = LineIndex::new(text);
            let duplicates = builder.duplicates.iter();
            let problems = duplicates.map(|(at, duplicate)| duplicate.problem(at, &index));
            Ok((root, problems.collect()))
        }
        (None, true) => Err(vec![
            Problem::new(Code::Empty, "the description is empty", 0..0, "")
                .help("write an OpenAPI document, starting with `openapi: 3.0.3`"),
        ]),
        (_, false) => Err(builder.errors),
    }
}

/// Whether YAML allows a character in its text (YAML 1.2.2, 5.1).
fn is_printable(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

/// An object or array whose end is not read yet.
struct Open {
    start: usize,
    /// The number of its anchor, or 0.
    anchor: usize,
    content: Content,
}

/// What is read of an object or array so far.
enum Content {
    Items(Vec<Node>),
    Entries {
        entries: Vec<Entry>,
        /// The entries whose key is a merge key.
        merges: Vec<Entry>,
        key: Option<Key>,
    },
}

/// A key whose value is not read yet.
struct Key {
    text: String,
    span: Range<usize>,
    is_merge: bool,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    /// The values that have an anchor, by its number.
    anchors: HashMap<usize, Node>,
    /// Number of values copied for anchors and aliases.
    copies: usize,
    is_too_large: bool,
    /// The keys that objects have more than once, with the places of the objects.
    duplicates: Vec<(Pointer, Duplicate)>,
    errors: Errors,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: &Span, text: &str) {
        let mut bytes = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.errors.push(
                        Problem::new(
                            Code::SeveralDocuments,
                            "a second YAML document starts here",
                            bytes,
                            "only one document is accepted",
                        )
                        .help("keep one document in the file"),
                    );
                }
            }
            Event::Alias(anchor) => self.alias(anchor, bytes),
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let is_merge = plain && tag.is_none() && value == "<<";
                let kind = tags::scalar(&value, plain, tag.as_deref());
                self.errors
                    .extend(tags::flaw(tag.as_deref(), tags::OF_SCALARS, span));
                let mut value = value.into_owned();
                if bytes.is_empty() && kind == Scalar::Null {
                    // A comment in place of a value may be a reference without quotes.
                    let (at, comment) = comment_after(text, bytes.start);
                    value = comment.to_owned();
                    bytes = at..at + comment.len();
                }
                let kind = NodeKind::Scalar {
                    text: value,
                    value: kind,
                };
                self.complete(Node { span: bytes, kind }, anchor, is_merge);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.errors
                    .extend(tags::flaw(tag.as_deref(), tags::OF_ARRAYS, span));
                self.open(bytes, anchor, Content::Items(Vec::new()));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.errors
                    .extend(tags::flaw(tag.as_deref(), tags::OF_OBJECTS, span));
                let content = Content::Entries {
                    entries: Vec::new(),
                    merges: Vec::new(),
                    key: None,
                };
                self.open(bytes, anchor, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end),
            // No other event is part of the data.
            _ => {}
        }
    }

    fn open(&mut self, span: Range<usize>, anchor: usize, content: Content) {
        if let Some(Content::Entries { key: None, .. }) = self.innermost() {
            self.reject_key(span.clone());
        }
        if self.open.len() == MAX_DEPTH {
            self.too_deep(span);
        } else {
            let start = span.start;
            self.open.push(Open {
                start,
                anchor,
                content,
            });
        }
    }

    /// Reports an object or array as a key, which JSON does not have. Its content is read as if it were
    /// the value: the run ends with this error anyway.
    fn reject_key(&mut self, span: Range<usize>) {
        if let Some(Content::Entries { key, .. }) = self.innermost() {
            *key = Some(Key {
                // Not the key of another entry, which would be reported as a duplicate.
                text: format!("\0{}", span.start),
                span: span.clone(),
                is_merge: false,
            });
        }
        let message =
            "an object or array as a key is not accepted: OpenAPI has the data model of JSON";
        let problem = Problem::new(Code::NotJson, message, span, "");
        self.errors
            .push(problem.help("write a plain string as the key"));
    }

    fn too_deep(&mut self, span: Range<usize>) {
        self.errors.push(too_deep(span));
        self.is_too_large = true;
    }

    fn close(&mut self, end: usize) {
        let Some(Open {
            start,
            anchor,
            content,
        }) = self.open.pop()
        else {
            return;
        };
        let kind = match content {
            Content::Items(items) => NodeKind::Sequence(items),
            Content::Entries {
                mut entries,
                merges,
                ..
            } => {
                entries::merge(&mut entries, merges, &mut self.errors);
                let (mapping, found) = entries::without_duplicates(Mapping::new(entries));
                if !found.is_empty() {
                    let at = self.here();
                    let found = found.into_iter().map(|found| (at.clone(), found));
                    self.duplicates.extend(found);
                }
                NodeKind::Mapping(mapping)
            }
        };
        let span = start..end.max(start);
        self.complete(Node { span, kind }, anchor, false);
    }

    /// The pointer to the value that is being read.
    fn here(&self) -> Pointer {
        let open = self.open.iter();
        open.fold(Pointer::root(), |at, open| match &open.content {
            Content::Items(items) => at.child(items.len()),
            Content::Entries { key, .. } => at.child(key.as_ref().map_or("", |key| &key.text)),
        })
    }

    /// Adds the value of an anchor once more.
    fn alias(&mut self, anchor: usize, span: Range<usize>) {
        let Some(node) = self.anchors.get(&anchor) else {
            let problem = Problem::new(
                Code::NotJson,
                "a value that contains itself is not accepted: OpenAPI has the data model of JSON",
                span,
                "this alias is inside the value of its anchor",
            );
            self.errors
                .push(problem.help("use a `$ref` to a component"));
            return self.is_too_large = true;
        };
        let (count, depth) = node.size();
        if self.open.len() + depth > MAX_DEPTH + 1 {
            return self.too_deep(span);
        }
        let node = node.clone();
        self.copied(count, &span);
        self.add(node, span, false);
    }

    /// Counts copied values.
    fn copied(&mut self, count: usize, span: &Range<usize>) {
        self.copies += count;
        if self.copies > MAX_COPIES && !self.is_too_large {
            let message = format!("the anchors and aliases copy more than {MAX_COPIES} values");
            let problem = Problem::new(
                Code::TooLarge,
                message,
                span.clone(),
                "this value is one too many",
            );
            self.errors
                .push(problem.help("use a `$ref` to a component in place of an alias"));
            self.is_too_large = true;
        }
    }

    /// Notes a complete value if it has an anchor, and adds it.
    fn complete(&mut self, node: Node, anchor: usize, is_merge: bool) {
        let span = node.span.clone();
        if anchor != 0 {
            self.copied(node.size().0, &span);
            self.anchors.insert(anchor, node.clone());
        }
        self.add(node, span, is_merge);
    }

    /// Adds a complete value to the innermost open container, or makes it the root. `written` is where
    /// it is written: at an alias, not where the value is.
    fn add(&mut self, node: Node, written: Range<usize>, is_merge: bool) {
        match self.innermost() {
            None => {
                self.root.get_or_insert(node);
            }
            Some(Content::Items(items)) => items.push(node),
            Some(Content::Entries {
                entries,
                merges,
                key,
            }) => match key.take() {
                Some(key) => {
                    let entries = if key.is_merge { merges } else { entries };
                    entries.push(Entry {
                        key: key.text,
                        key_span: key.span,
                        value: node,
                    });
                }
                None => match node.kind {
                    NodeKind::Scalar { text, .. } => {
                        *key = Some(Key {
                            text,
                            span: written,
                            is_merge,
                        });
                    }
                    // An alias.
                    NodeKind::Sequence(_) | NodeKind::Mapping(_) => self.reject_key(written),
                },
            },
        }
    }

    fn innermost(&mut self) -> Option<&mut Content> {
        self.open.last_mut().map(|open| &mut open.content)
    }
}

/// The comment after the colon of an empty value, if it is a JSON pointer, and where it starts.
fn comment_after(text: &str, colon: usize) -> (usize, &str) {
    let line = text[colon..].lines().next().unwrap_or_default();
    let comment = line.trim_start_matches([':', ' ']);
    match comment.starts_with("#/") {
        true => (colon + line.len() - comment.len(), comment.trim_end()),
        false => (colon, ""),
    }
}
