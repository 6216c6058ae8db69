//! Diagnostics: problems with their place in the text.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use indexmap::IndexMap;

use crate::code::{Code, Severity};
use crate::line_index::{LineIndex, first_line, with_position};
use crate::problem::Problem;
use crate::reachability;

/// One error or warning about a description.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Code of the kind of diagnostic.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Path of the file: the description, or a file that it refers to.
    pub file: String,
    /// Line of the place, counted from 1.
    pub line: usize,
    /// Column of the place in characters, counted from 1.
    pub column: usize,
    /// Text for the marked place; may be empty.
    pub label: String,
    /// How to fix it.
    pub help: Option<String>,
    /// The first operations that need the place, if it is unclear or not supported: up to four.
    pub needed_by: Vec<String>,
    span: Range<usize>,
}

/// Number of warnings, and of errors, of one code that are shown to a person.
const SHOWN: (usize, usize) = (3, 20);

/// The diagnostics of a description, in the order of the text. `Display` shows the first of each code
/// with its line of the text and a mark under the place, as rustc does: first the warnings, then the
/// errors, and of both the rare codes first.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    path: String,
    text: String,
    items: Vec<Diagnostic>,
    note: Option<String>,
}

impl Diagnostics {
    /// Sorts the problems by place, drops duplicates, and finds the file, line and column of each. `files`
    /// are the start and the path of each file after the first in the text.
    pub(crate) fn new(
        path: &str,
        text: &str,
        files: &[(usize, String)],
        mut found: Vec<Problem<Range<usize>>>,
    ) -> Self {
        found.sort_by_key(|problem| (problem.at.start, problem.code));
        // A component is reported once for each operation that uses it.
        let mut seen = HashSet::new();
        found.retain(|problem| {
            seen.insert((problem.at.clone(), problem.code, problem.message.clone()))
        });
        let index = LineIndex::new(text);
        let items = found.into_iter().map(|problem| {
            let span = first_line(text, problem.at);
            let (line, column) = index.position(span.start);
            let number = files.partition_point(|(start, _)| *start <= span.start);
            let (file, line) = match number.checked_sub(1).map(|index| &files[index]) {
                Some((start, file)) => (file.as_str(), line + 1 - index.line(*start)),
                None => (path, line),
            };
            Diagnostic {
                code: problem.code,
                severity: problem.severity,
                message: problem.message,
                file: file.to_owned(),
                line,
                column,
                label: problem.label.into(),
                help: problem.help.map(String::from),
                needed_by: problem.needed_by.into(),
                span,
            }
        });
        Diagnostics {
            path: path.to_owned(),
            items: items.collect(),
            text: text.to_owned(),
            note: None,
        }
    }

    /// Adds a last line.
    pub(crate) fn with_note(mut self, note: String) -> Self {
        self.note = Some(note);
        self
    }

    /// Returns each diagnostic.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Returns the path of the description, as in [`Options::spec_path`](crate::Options::spec_path).
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the diagnostics for programs: one JSON object per line, with `code`, `severity`,
    /// `message`, `file`, `line`, `column` and `end_column` (from 1, in characters), `label`, `help` and
    /// `needed_by`.
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
                "file": item.file,
                "line": item.line,
                "column": item.column,
                "end_column": item.column + marked,
                "label": item.label,
                "help": item.help,
                "needed_by": item.needed_by,
            });
            format!("{value}\n")
        };
        self.items.iter().map(line).collect()
    }

    /// Returns whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Returns the number of errors and the number of warnings.
    pub fn count(&self) -> (usize, usize) {
        let is_error = |item: &&Diagnostic| item.severity == Severity::Error;
        let errors = self.items.iter().filter(is_error).count();
        (errors, self.items.len() - errors)
    }

    /// The diagnostics of each code and severity, in the order that they are shown in.
    fn groups(&self) -> Vec<Vec<&Diagnostic>> {
        let mut groups: IndexMap<(bool, Code), Vec<&Diagnostic>> = IndexMap::new();
        for item in &self.items {
            let key = (item.severity == Severity::Error, item.code);
            groups.entry(key).or_default().push(item);
        }
        groups.sort_by_key(|(is_error, _), group| (*is_error, group.len()));
        groups.into_values().collect()
    }

    fn show(&self, item: &Diagnostic, index: &LineIndex<'_>) -> String {
        let level = match item.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let (text, span) = index.excerpt(&item.span);
        let shown_column = text[..span.start].chars().count() + 1;
        let annotation = AnnotationKind::Primary.span(span).label(&item.label);
        let snippet = Snippet::source(text)
            .line_start(item.line)
            .path(&item.file)
            .annotation(annotation);
        let mut group = level
            .primary_title(&item.message)
            .id(item.code.as_str())
            .element(snippet);
        if let Some(help) = &item.help {
            group = group.element(Level::HELP.message(help));
        }
        if let Some(operations) = listed(&item.needed_by) {
            group = group.element(Level::NOTE.message(format!("needed by {operations}")));
        }
        let rendered = Renderer::plain()
            .decor_style(DecorStyle::Ascii)
            .render(&[group]);
        let place = |column| format!("{}:{}:{column}", item.file, item.line);
        with_position(rendered, &place(shown_column), &place(item.column))
    }
}

/// The names, quoted and joined.
fn listed(names: &[String]) -> Option<String> {
    let quoted = names
        .iter()
        .take(reachability::SHOWN)
        .map(|name| format!("`{name}`"));
    let quoted = quoted.collect::<Vec<_>>();
    match (quoted.as_slice(), names.len() > reachability::SHOWN) {
        ([], _) => None,
        (all, true) => Some(format!("{} and others", all.join(", "))),
        ([only], false) => Some(only.clone()),
        ([first @ .., last], false) => Some(format!("{} and {last}", first.join(", "))),
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let index = LineIndex::new(&self.text);
        let mut is_cut = false;
        for group in self.groups() {
            let (word, shown) = match group[0].severity {
                Severity::Warning => ("warning", SHOWN.0),
                Severity::Error => ("error", SHOWN.1),
            };
            for item in group.iter().take(shown) {
                writeln!(f, "{}\n", self.show(item, &index))?;
            }
            let code = group[0].code;
            match group.len().saturating_sub(shown) {
                0 => {}
                1 => writeln!(f, "... and 1 more {word} {code}\n")?,
                more => writeln!(f, "... and {more} more {word}s {code}\n")?,
            }
            is_cut |= group.len() > shown;
        }
        let plural = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            more => Some(format!("{more} {what}s")),
        };
        let (errors, warnings) = self.count();
        let counts = [plural(errors, "error"), plural(warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        write!(f, "{} in {}", counts.join(" and "), self.path)?;
        if is_cut {
            f.write_str("; `--message-format json` lists all")?;
        }
        match &self.note {
            Some(note) => write!(f, "\n{note}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostics {}
