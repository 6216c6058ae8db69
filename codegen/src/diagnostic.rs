//! What is wrong with a description, where, and how to mend it.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::code::Code;
use crate::source::Source;
use crate::source::pointer::Pointer;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The output would be wrong, or there can be none.
    Error,
    /// A faithful client can be made, but it may not be the one that was meant.
    Warning,
}

/// A finding of a stage, which knows places by their JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
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
    pub(crate) fn new(
        code: Code,
        message: impl Into<String>,
        at: At,
        label: impl Into<String>,
    ) -> Self {
        Problem {
            code,
            severity: code.severity(),
            message: message.into(),
            at,
            label: label.into(),
            help: None,
        }
    }

    /// A construct that a faithful client would need and that the generator does not emit yet.
    pub(crate) fn not_generated(what: impl fmt::Display, at: At) -> Self {
        Problem::new(
            Code::NotGenerated,
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

/// What the stages have found so far.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    source: &'s Source<'s>,
    deny_warnings: bool,
    problems: Vec<Problem>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(source: &'s Source<'s>, deny_warnings: bool) -> Self {
        Findings {
            source,
            deny_warnings,
            problems: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// The findings, for a stage that weighs them anew.
    pub(crate) fn problems_mut(&mut self) -> &mut [Problem] {
        &mut self.problems
    }

    /// The objects that have a wrong key, or a wrong value under one.
    pub(crate) fn wrong_objects(&self) -> HashSet<Pointer> {
        let is_of_shape = |problem: &&Problem| {
            matches!(
                problem.code,
                Code::UnknownKey | Code::MisplacedKey | Code::WrongType | Code::UnknownValue
            )
        };
        let errors = self.problems.iter().filter(is_of_shape);
        errors
            .filter_map(|problem| match &problem.at {
                At::Span(span) => Some(self.source.holder(span)),
                At::Value(_) | At::Key(_) => None,
            })
            .collect()
    }

    /// Whether there is an error among them, which the next stage must not meet.
    pub(crate) fn has_errors(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.severity == Severity::Error)
    }

    /// All of it, for a run that ends here.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        let deny = self.deny_warnings;
        let wrong_objects = self.wrong_objects();
        // What only follows from a mistake that was told is no mistake of ours.
        let is_internal = |problem: &Problem| problem.code == Code::Internal;
        let only_internal = self
            .problems
            .iter()
            .all(|problem| is_internal(problem) || problem.severity == Severity::Warning);
        let told = self.problems.into_iter();
        let told = told.filter(|problem| only_internal || !is_internal(problem));
        let mut found: Vec<(Range<usize>, Problem)> = told
            .map(|problem| (self.source.locate(&problem.at), problem))
            .collect();
        // A warning or a refusal about the very text that an error is about follows from that, and
        // so may a refusal of an object that has a mistake of its own.
        let is_certain = |problem: &Problem| {
            problem.code.severity() == Severity::Error && problem.code != Code::NotGenerated
        };
        let wrong: HashSet<Range<usize>> = found
            .iter()
            .filter(|(_, problem)| is_certain(problem))
            .map(|(span, _)| span.clone())
            .collect();
        found.retain(|(span, problem)| {
            let is_of_wrong_object = match &problem.at {
                At::Key(pointer) | At::Value(pointer) => {
                    problem.code == Code::NotGenerated && wrong_objects.contains(pointer)
                }
                At::Span(_) => false,
            };
            is_certain(problem) || (!wrong.contains(span) && !is_of_wrong_object)
        });
        if deny {
            for (_, problem) in &mut found {
                problem.severity = Severity::Error;
            }
        }
        Diagnostics::new(self.source.path, self.source.text, found)
    }

    /// The warnings, if there is nothing worse.
    pub(crate) fn into_warnings(self) -> Result<Diagnostics, Diagnostics> {
        let fails = self.has_errors() || (self.deny_warnings && !self.problems.is_empty());
        let diagnostics = self.into_diagnostics();
        if fails {
            Err(diagnostics)
        } else {
            Ok(diagnostics)
        }
    }
}

/// One finding, with its place in the text.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
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

/// Findings of a description, in the order of the text. `Display` shows each with its line of the
/// text and a mark under the place.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    path: String,
    text: String,
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Sorts findings by their place, each kept once, and finds line and column of each.
    pub(crate) fn new(path: &str, text: &str, mut found: Vec<(Range<usize>, Problem)>) -> Self {
        found.sort_by_key(|(span, problem)| (span.start, problem.code));
        // What several operations refer to is found once for each of them.
        let mut seen = HashSet::new();
        found.retain(|(span, problem)| {
            seen.insert((span.clone(), problem.code, problem.message.clone()))
        });
        let lines = Lines::of(text);
        let items = found.into_iter().map(|(span, problem)| {
            let span = first_line(text, span);
            let (line, column) = lines.place(text, span.start);
            Diagnostic {
                code: problem.code,
                severity: problem.severity,
                message: problem.message,
                line,
                column,
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

    /// The path of the description, as it was given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The findings for a program: one JSON object a line, with `code`, `severity`, `message`,
    /// `file`, `line`, `column` (both from 1, in characters), `end_column`, `label` and `help`.
    pub fn to_json_lines(&self) -> String {
        let line = |item: &Diagnostic| {
            let marked = self.text[item.span.clone()].chars().count();
            let value = serde_json::json!({
                "code": item.code.as_str(),
                "severity": match item.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                "message": item.message,
                "file": self.path,
                "line": item.line,
                "column": item.column,
                "end_column": item.column + marked,
                "label": item.label,
                "help": item.help,
            });
            format!("{value}\n")
        };
        self.items.iter().map(line).collect()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many of the findings are errors, and how many are warnings.
    pub fn count(&self) -> (usize, usize) {
        let is_error = |item: &&Diagnostic| item.severity == Severity::Error;
        let errors = self.items.iter().filter(is_error).count();
        (errors, self.items.len() - errors)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
        for item in &self.items {
            let level = match item.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            };
            // Only the lines at hand: the renderer looks through all that it is given.
            let start = self.text[..item.span.start]
                .rfind('\n')
                .map_or(0, |end| end + 1);
            let rest = &self.text[item.span.end..];
            let end = item.span.end + rest.find('\n').unwrap_or(rest.len());
            let span = item.span.start - start..item.span.end - start;
            let snippet = Snippet::source(&self.text[start..end])
                .line_start(item.line)
                .path(&self.path)
                .annotation(AnnotationKind::Primary.span(span).label(&item.label));
            let mut group = level
                .primary_title(&item.message)
                .id(item.code.as_str())
                .element(snippet);
            if let Some(help) = &item.help {
                group = group.element(Level::HELP.message(help));
            }
            writeln!(f, "{}\n", renderer.render(&[group]))?;
        }
        let plural = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            more => Some(format!("{more} {what}s")),
        };
        let (errors, warnings) = self.count();
        let counts = [plural(errors, "error"), plural(warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        write!(f, "{} in {}", counts.join(" and "), self.path)
    }
}

impl std::error::Error for Diagnostics {}

/// The part of a range that is on its first line: what is longer is shown by its start.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let marked = &text[span.clone()];
    let end = marked.find(['\n', '\r']).unwrap_or(marked.len());
    span.start..span.start + marked[..end].trim_end().len()
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.map(|(end, _)| end + 1);
        Lines(std::iter::once(0).chain(starts).collect())
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    fn place(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= byte);
        let start = self.0[line - 1];
        (line, text[start..byte].chars().count() + 1)
    }
}
