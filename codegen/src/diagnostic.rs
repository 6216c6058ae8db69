//! What is wrong with a description, where, and how to mend it.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::source::pointer::Pointer;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The output would be wrong, or there can be none.
    Error,
}

/// A finding of a stage, which knows places by their JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) at: At,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
}

/// The place of a finding.
#[derive(Clone, Debug)]
pub(crate) enum At {
    /// A range of bytes.
    Span(Range<usize>),
    /// The value that the pointer leads to.
    Value(Pointer),
    /// The key under which that value stands.
    Key(Pointer),
}

impl Problem {
    pub(crate) fn error(message: impl Into<String>, at: At, label: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Error,
            message: message.into(),
            at,
            label: label.into(),
            help: None,
        }
    }

    /// A construct that a faithful client would need and that the generator does not emit yet.
    pub(crate) fn not_generated(what: impl fmt::Display, at: At) -> Self {
        Problem::error(
            format!("{what} cannot be generated yet"),
            at,
            "this is not supported",
        )
        .help("take it out of the description, or teach the generator to emit it")
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// One finding, with its place in the text.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What to say of the marked place; may be empty.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
    span: Range<usize>,
}

/// All findings of a description, in the order of the text. `Display` shows each with its line of
/// the text and a mark under the place.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    path: String,
    text: String,
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Sorts findings by their place, each kept once, and finds line and column of each.
    pub(crate) fn new(path: &str, text: &str, mut found: Vec<(Range<usize>, Problem)>) -> Self {
        found.sort_by_key(|(span, _)| span.start);
        // What several operations refer to is found once for each of them.
        let mut seen = HashSet::new();
        found.retain(|(span, problem)| seen.insert((span.clone(), problem.message.clone())));
        let items = found.into_iter().map(|(span, problem)| {
            let before = &text[..span.start];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            Diagnostic {
                severity: problem.severity,
                message: problem.message,
                line: before.matches('\n').count() + 1,
                column: before[line_start..].chars().count() + 1,
                label: problem.label,
                help: problem.help,
                span,
            }
        });
        Diagnostics {
            path: path.to_owned(),
            items: items.collect(),
            text: text.to_owned(),
        }
    }

    /// The findings.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
        for item in &self.items {
            let level = match item.severity {
                Severity::Error => Level::ERROR,
            };
            let snippet = Snippet::source(&self.text).path(&self.path).annotation(
                AnnotationKind::Primary
                    .span(item.span.clone())
                    .label(&item.label),
            );
            let mut group = level.primary_title(&item.message).element(snippet);
            if let Some(help) = &item.help {
                group = group.element(Level::HELP.message(help));
            }
            writeln!(f, "{}\n", renderer.render(&[group]))?;
        }
        let count = self.items.len();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} error{plural} in {}", self.path)
    }
}

impl std::error::Error for Diagnostics {}
