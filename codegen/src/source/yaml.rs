//! Builds the node tree of a YAML text.

use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::scalar::Scalar;
use super::tree::{Entry, Mapping, Node, NodeKind};
use crate::code::Code;
use crate::line_index::LineIndex;
use crate::problem::Problem;

/// Deeper nesting is rejected, so that no later stage runs out of stack.
pub(super) const MAX_DEPTH: usize = 100;

/// Builds the tree of the one document in a text.
///
/// # Errors
///
/// Everything that is wrong with the YAML, up to the first error of syntax.
pub(super) fn build(text: &str) -> Result<Node, Vec<Problem<Range<usize>>>> {
    let mut builder = Builder {
        index: LineIndex::new(text),
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
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let at = builder.byte(error.marker());
                builder.problems.push(Problem::new(
                    Code::Syntax,
                    format!("the description is not valid YAML: {}", error.info()),
                    at..at,
                    "the YAML parser stopped here",
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
                .help("write an OpenAPI 3.0 document, starting with `openapi: 3.0.3`"),
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

/// An object or array whose end is not read yet, with its content so far.
enum Open {
    Sequence(usize, Vec<Node>),
    Mapping {
        start: usize,
        entries: Vec<Entry>,
        key: Option<(String, Range<usize>)>,
    },
}

struct Builder<'t> {
    index: LineIndex<'t>,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    problems: Vec<Problem<Range<usize>>>,
}

impl Builder<'_> {
    fn byte(&self, marker: &Marker) -> usize {
        self.index.byte_of_character(marker.index())
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        let span = self.byte(&span.start)..self.byte(&span.end);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.problems.push(
                        Problem::new(
                            Code::SeveralDocuments,
                            "a second YAML document starts here",
                            span,
                            "only one document is accepted",
                        )
                        .help("keep one document in the file"),
                    );
                }
            }
            Event::Alias(_) => {
                self.reject(
                    "a YAML alias",
                    span.clone(),
                    "repeat the value here, or use a `$ref` to a component",
                );
                self.add_scalar(String::new(), false, span);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.check_node(anchor, tag.is_some(), &span);
                let plain = style == ScalarStyle::Plain;
                if plain && is_no_json_number(&text) {
                    self.reject(
                        "a number that JSON cannot represent",
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
                    key: None,
                };
                self.open(mapping, &span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn open(&mut self, container: Open, span: &Range<usize>) {
        // JSON has no object or array as a key. Its content is read as if it were the value: the run
        // ends with this error anyway.
        if let Some(Open::Mapping {
            key: key @ None, ..
        }) = self.open.last_mut()
        {
            // Not the key of another entry, which would be reported as a duplicate.
            *key = Some((format!("\0{}", span.start), span.clone()));
            self.reject(
                "an object or array as a key",
                span.clone(),
                "write a plain string as the key",
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
        let (start, kind) = match self.open.pop() {
            Some(Open::Sequence(start, items)) => (start, NodeKind::Sequence(items)),
            Some(Open::Mapping { start, entries, .. }) => {
                let mapping = Mapping::new(entries);
                self.report_duplicates(&mapping);
                (start, NodeKind::Mapping(mapping))
            }
            None => return,
        };
        let span = start..end.max(start);
        self.add(Node { span, kind }, false);
    }

    fn report_duplicates(&mut self, mapping: &Mapping) {
        for (earlier, entry) in mapping.duplicates() {
            let line = self.index.line(earlier.key_span.start);
            self.problems.push(
                Problem::new(
                    Code::DuplicateKey,
                    format!("the key `{}` appears twice in one object", entry.key),
                    entry.key_span.clone(),
                    format!("first used on line {line}"),
                )
                .help("keep one of the two entries"),
            );
        }
    }

    fn add_scalar(&mut self, text: String, plain: bool, span: Range<usize>) {
        let value = match plain {
            true => Scalar::of_plain(&text),
            false => Scalar::String,
        };
        let kind = NodeKind::Scalar { text, value };
        self.add(Node { span, kind }, plain);
    }

    /// Adds a complete node to the innermost open container, or makes it the root.
    fn add(&mut self, node: Node, plain: bool) {
        match self.open.last_mut() {
            None if self.root.is_none() => self.root = Some(node),
            None => {}
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => {
                    let NodeKind::Scalar { text, .. } = node.kind else {
                        return;
                    };
                    let is_merge = plain && text == "<<";
                    *key = Some((text, node.span.clone()));
                    if is_merge {
                        self.reject("a YAML merge key", node.span, "write the merged keys here");
                    }
                }
            },
        }
    }

    fn check_node(&mut self, anchor: usize, has_tag: bool, span: &Range<usize>) {
        if anchor != 0 {
            self.reject(
                "a YAML anchor",
                span.clone(),
                "delete it, and repeat the value where it is needed, or use a `$ref` to a component",
            );
        }
        if has_tag {
            self.reject(
                "a YAML tag",
                span.clone(),
                "delete it; put a value in quotes to make it a string",
            );
        }
    }

    fn reject(&mut self, what: &str, span: Range<usize>, help: &str) {
        self.problems.push(
            Problem::new(
                Code::NotJson,
                format!("{what} is not accepted: OpenAPI has the data model of JSON"),
                span,
                "",
            )
            .help(help),
        );
    }
}

/// Whether a plain scalar is an infinity of YAML, or its "not a number".
fn is_no_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(
        unsigned,
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF"
    )
}
