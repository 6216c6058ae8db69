//! Places in a text, and what is shown of the text there.

use std::ops::Range;

/// How much of a very long line is shown on each side of a place, in bytes.
const AROUND: usize = 80;

/// The part of a range that is on its first line: what is longer is shown by its start.
pub(crate) fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let marked = &text[span.clone()];
    let end = marked.find(['\n', '\r']).unwrap_or(marked.len());
    span.start..span.start + marked[..end].trim_end().len()
}

/// The line of a place, or, of a very long line such as a minified document is, what is around the
/// place; and where in that the place is.
pub(crate) fn around<'t>(text: &'t str, span: &Range<usize>) -> (&'t str, Range<usize>) {
    let line_start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let rest = &text[span.end..];
    let line_end = span.end + rest.find(['\r', '\n']).unwrap_or(rest.len());
    if line_end - line_start <= 4 * AROUND {
        return (
            &text[line_start..line_end],
            span.start - line_start..span.end - line_start,
        );
    }
    let boundary = |at: usize| {
        let mut before = (0..=at).rev();
        before.find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let start = boundary(span.start.saturating_sub(AROUND)).max(line_start);
    let marked_end = boundary(span.end.min(span.start + AROUND)).max(span.start);
    let end = boundary(line_end.min(marked_end + AROUND)).max(marked_end);
    (&text[start..end], span.start - start..marked_end - start)
}

/// What was rendered, with the place as it is: the renderer knows nothing of what was cut off before
/// the excerpt.
pub(crate) fn placed(rendered: String, shown: &str, place: &str) -> String {
    match shown == place {
        true => rendered,
        false => rendered.replacen(shown, place, 1),
    }
}

/// Where the lines of a text begin.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.map(|(end, _)| end + 1);
        Lines(std::iter::once(0).chain(starts).collect())
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub(crate) fn place(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= byte);
        let start = self.0[line - 1];
        (line, text[start..byte].chars().count() + 1)
    }
}
