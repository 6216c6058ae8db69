//! Builds the node tree of a YAML text, with the range of bytes of every node.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::pointer::Pointer;
use super::scalar::Scalar;
use crate::code::Code;
use crate::problem::Problem;

/// Nesting beyond this is refused, so that no later stage runs out of stack.
pub(super) const MAX_DEPTH: usize = 100;

/// A value of the description.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    Scalar { text: String, value: Scalar },
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Node,
}

impl Node {
    /// The node that a pointer leads to from here.
    pub(crate) fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer.keys().try_fold(self, |node, key| match &node.kind {
            Kind::Mapping(_) => node.get(&key).map(|entry| &entry.value),
            Kind::Sequence(items) => items.get(key.parse::<usize>().ok()?),
            Kind::Scalar { .. } => None,
        })
    }

    /// The entries, if this is a mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            Kind::Scalar { .. } | Kind::Sequence(_) => &[],
        }
    }

    /// The items, if this is a sequence.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Sequence(items) => items,
            Kind::Scalar { .. } | Kind::Mapping(_) => &[],
        }
    }

    /// The entries of the mapping under a key, if there is one.
    pub(crate) fn entries_of(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[], |entry| entry.value.entries())
    }

    /// The items of the sequence under a key, if there is one.
    pub(crate) fn items_of(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], |entry| entry.value.items())
    }

    /// The value under a key, if this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }
}

/// Builds the tree of the one document in `text`, or says all that is wrong with its YAML.
pub(crate) fn build(text: &str) -> Result<Node, Vec<Problem<Range<usize>>>> {
    let mut builder = Builder {
        offsets: Offsets::new(text),
        open: Vec::new(),
        root: None,
        documents: 0,
        problems: Vec::new(),
    };
    if let Some((at, character)) = text.char_indices().find(|(_, it)| !is_printable(*it)) {
        return Err(vec![
            Problem::new(
                Code::Syntax,
                format!(
                    "the description is not valid YAML: it holds the control character U+{:04X}",
                    u32::from(character)
                ),
                at..at + character.len_utf8(),
                "this character cannot stand in a text",
            )
            .help("take it out, or write it as an escape in double quotes"),
        ]);
    }
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let at = builder.offsets.byte(error.marker());
                builder.problems.push(Problem::new(
                    Code::Syntax,
                    format!("the description is not valid YAML: {}", error.info()),
                    at..at,
                    "the text cannot be read from here on",
                ));
                break;
            }
        }
        if builder.open.len() > MAX_DEPTH {
            break;
        }
    }
    match (builder.root, builder.problems.is_empty()) {
        (Some(root), true) => Ok(root),
        (None, true) => Err(vec![
            Problem::new(Code::Empty, "the description is empty", 0..0, "")
                .help("it must hold an OpenAPI 3.0 document, starting with `openapi: 3.0.3`"),
        ]),
        (_, false) => Err(builder.problems),
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

/// Containers that are not closed yet, and what they hold so far.
enum Open {
    Sequence(usize, Vec<Node>),
    Mapping {
        start: usize,
        entries: Vec<Entry>,
        seen: HashMap<String, Range<usize>>,
        key: Option<(String, Range<usize>)>,
    },
}

struct Builder {
    offsets: Offsets,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    problems: Vec<Problem<Range<usize>>>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let span = self.offsets.byte(&span.start)..self.offsets.byte(&span.end);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.problems.push(
                        Problem::new(
                            Code::SeveralDocuments,
                            "a second YAML document begins here",
                            span,
                            "only one is accepted",
                        )
                        .help("keep one document in the file"),
                    );
                }
            }
            Event::Alias(_) => {
                self.refuse(
                    "a YAML alias",
                    span.clone(),
                    "write the value out, or use a `$ref` to a component",
                );
                self.add_scalar(String::new(), false, span);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.check_node(anchor, tag.is_some(), &span);
                let plain = style == ScalarStyle::Plain;
                if plain && is_no_json_number(&text) {
                    self.refuse(
                        "a number that JSON has not",
                        span.clone(),
                        "put it in quotes",
                    );
                }
                self.add_scalar(text.into_owned(), plain, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_node(anchor, tag.is_some(), &span);
                self.open(Open::Sequence(span.start, Vec::new()), &span);
            }
            Event::MappingStart(anchor, tag) => {
                self.check_node(anchor, tag.is_some(), &span);
                let mapping = Open::Mapping {
                    start: span.start,
                    entries: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                };
                self.open(mapping, &span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn open(&mut self, container: Open, span: &Range<usize>) {
        // An object or array as a key has no place in JSON; its content is read as if it were the
        // value, which does no harm as the run ends with this error.
        if let Some(Open::Mapping {
            key: key @ None, ..
        }) = self.open.last_mut()
        {
            *key = Some((String::new(), span.clone()));
            self.refuse(
                "a key that is not a string",
                span.clone(),
                "give the entry a plain key",
            );
        }
        self.open.push(container);
        if self.open.len() == MAX_DEPTH + 1 {
            let message = format!("the description is nested deeper than {MAX_DEPTH} levels");
            self.problems
                .push(Problem::new(Code::TooLarge, message, span.clone(), ""));
        }
    }

    fn close(&mut self, end: usize) {
        let node = match self.open.pop() {
            Some(Open::Sequence(start, items)) => Node {
                span: start..end.max(start),
                kind: Kind::Sequence(items),
            },
            Some(Open::Mapping { start, entries, .. }) => Node {
                span: start..end.max(start),
                kind: Kind::Mapping(entries),
            },
            None => return,
        };
        self.add(node, false);
    }

    fn add_scalar(&mut self, text: String, plain: bool, span: Range<usize>) {
        let value = match plain {
            true => Scalar::of_plain(&text),
            false => Scalar::String,
        };
        let kind = Kind::Scalar { text, value };
        self.add(Node { span, kind }, plain);
    }

    /// Puts a finished node where it belongs: into the open container, or at the root.
    fn add(&mut self, node: Node, plain: bool) {
        match self.open.last_mut() {
            None if self.root.is_none() => self.root = Some(node),
            None => {}
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping {
                entries, key, seen, ..
            }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => {
                    let Kind::Scalar { text, .. } = node.kind else {
                        return;
                    };
                    let first = seen.insert(text.clone(), node.span.clone());
                    let merge = plain && text == "<<";
                    *key = Some((text.clone(), node.span.clone()));
                    if merge {
                        self.refuse("a YAML merge key", node.span, "write the keys out");
                    } else if let Some(first) = first {
                        let line = self.offsets.line(first.start);
                        self.problems.push(
                            Problem::new(
                                Code::DuplicateKey,
                                format!("the key `{text}` stands twice in one object"),
                                node.span,
                                format!("it is already there in line {line}"),
                            )
                            .help("keep one of the two"),
                        );
                    }
                }
            },
        }
    }

    fn check_node(&mut self, anchor: usize, has_tag: bool, span: &Range<usize>) {
        if anchor != 0 {
            self.refuse(
                "a YAML anchor",
                span.clone(),
                "write the value out where it is needed, or use a `$ref` to a component",
            );
        }
        if has_tag {
            self.refuse(
                "a YAML tag",
                span.clone(),
                "leave it out; quote a value to make it a string",
            );
        }
    }

    fn refuse(&mut self, what: &str, span: Range<usize>, help: &str) {
        self.problems.push(
            Problem::new(
                Code::NotJson,
                format!("{what} is not accepted: OpenAPI has JSON's data model"),
                span,
                "",
            )
            .help(help),
        );
    }
}

/// YAML's infinities and its value that is no number.
fn is_no_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(
        unsigned,
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF"
    )
}

/// From the parser's places, in characters, to bytes.
struct Offsets {
    /// The byte of every character, unless all characters are one byte.
    bytes: Option<Vec<usize>>,
    length: usize,
    line_starts: Vec<usize>,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Offsets {
            bytes,
            length: text.len(),
            line_starts: newlines.map(|(index, _)| index + 1).collect(),
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(marker.index()).copied().unwrap_or(self.length),
            None => marker.index().min(self.length),
        }
    }

    fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte) + 1
    }
}
