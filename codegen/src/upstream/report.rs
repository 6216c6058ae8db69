//! What is shown of a comparison.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::finding::{Finding, Mark};
use crate::line_index::{LineIndex, first_line, with_position};
use crate::source::Source;

/// What a comparison found. `Display` shows each difference with its lines of both texts.
#[derive(Clone, Debug)]
pub struct Report {
    /// What differs, in the order of our text.
    pub differences: Vec<Difference>,
    /// How many operations were compared.
    pub operations: usize,
    /// How many departures the description lists.
    pub departures: usize,
    ours: Text,
    theirs: Text,
}

/// A difference that is not listed as wanted, or a listed one that is not there.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What differs.
    pub message: String,
    /// The place in the description.
    pub ours: Place,
    /// The place in the vendor's document; where something is missing there, the place of what should
    /// hold it.
    pub theirs: Place,
    /// What can be done about it.
    pub help: String,
}

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    mark: Mark,
}

#[derive(Clone, Debug)]
struct Text {
    path: String,
    text: String,
}

impl Text {
    fn of(source: &Source<'_>) -> Self {
        Text {
            path: source.path.to_owned(),
            text: source.text.to_string(),
        }
    }

    fn place(&self, index: &LineIndex<'_>, mut mark: Mark) -> Place {
        mark.span = first_line(&self.text, mark.span);
        let (line, column) = index.position(mark.span.start);
        Place { line, column, mark }
    }
}

impl Report {
    pub(super) fn new(
        ours: &Source<'_>,
        theirs: &Source<'_>,
        findings: impl Iterator<Item = Finding>,
        operations: usize,
        departures: usize,
    ) -> Self {
        let (ours, theirs) = (Text::of(ours), Text::of(theirs));
        let lines = (LineIndex::new(&ours.text), LineIndex::new(&theirs.text));
        let found = findings.map(|found| {
            let (our, their) = (found.ours, found.theirs);
            Difference {
                message: found.message,
                ours: ours.place(&lines.0, our),
                theirs: theirs.place(&lines.1, their),
                help: found.help,
            }
        });
        let mut differences: Vec<Difference> = found.collect();
        differences.sort_by_key(|one| (one.ours.mark.span.start, one.theirs.mark.span.start));
        Report {
            differences,
            operations,
            departures,
            ours,
            theirs,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
        for difference in &self.differences {
            let named_places = [
                (&self.ours, &difference.ours, AnnotationKind::Primary),
                (&self.theirs, &difference.theirs, AnnotationKind::Context),
            ];
            let title = Level::ERROR.primary_title(&difference.message);
            let mut moved = Vec::new();
            let mut snippets = Vec::new();
            for (Text { path, text }, place, kind) in named_places {
                let (text, span) = LineIndex::new(text).excerpt(&place.mark.span);
                let column = text[..span.start].chars().count() + 1;
                let named = |column| format!("{path}:{}:{column}", place.line);
                moved.push((named(column), named(place.column)));
                let annotation = kind.span(span).label(&place.mark.label);
                let snippet = Snippet::source(text).line_start(place.line).path(path);
                snippets.push(snippet.annotation(annotation));
            }
            let help = Level::HELP.message(&difference.help);
            let group = title.elements(snippets).element(help);
            let mut rendered = renderer.render(&[group]);
            for (shown, place) in moved {
                rendered = with_position(rendered, &shown, &place);
            }
            writeln!(f, "{rendered}\n")?;
        }
        let count = self.differences.len();
        let operations = match self.operations {
            1 => "1 operation".to_owned(),
            count => format!("{count} operations"),
        };
        let (ours, theirs) = (&self.ours.path, &self.theirs.path);
        let departures = match self.departures {
            1 => "1 departure is declared".to_owned(),
            count => format!("{count} departures are declared"),
        };
        match count {
            0 => write!(
                f,
                "{ours} agrees with {theirs} in {operations}; {departures}"
            ),
            1 => write!(f, "1 difference between {ours} and {theirs}; {departures}"),
            _ => write!(
                f,
                "{count} differences between {ours} and {theirs}; {departures}"
            ),
        }
    }
}
