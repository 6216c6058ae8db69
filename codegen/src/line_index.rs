//! Lines and columns of a text, and the line to show for a span.

use std::ops::Range;

/// Bytes between two counts of characters.
const STEP: usize = 64;

/// Bytes to show on each side of a span in a very long line.
const AROUND: usize = 80;

/// Index of the lines and characters of a text, so that positions in very long lines are found
/// quickly too: a minified document is one line.
pub(crate) struct LineIndex<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    /// For each multiple of [`STEP`], the number of characters that start before that byte; empty if
    /// every character is one byte.
    characters: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.bytes().enumerate();
        let starts = bytes
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(end, _)| end + 1);
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for step in text.as_bytes().chunks(STEP) {
                characters.push(count);
                count += step.iter().filter(|byte| starts_character(**byte)).count();
            }
            characters.push(count);
        }
        LineIndex {
            text,
            line_starts: std::iter::once(0).chain(starts).collect(),
            characters,
        }
    }

    /// The line of a byte, counted from 1.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte)
    }

    /// The line and the column of a byte, both counted from 1, the column in characters.
    pub(crate) fn position(&self, byte: usize) -> (usize, usize) {
        let line = self.line(byte);
        let start = self.line_starts[line - 1];
        (line, self.character(byte) - self.character(start) + 1)
    }

    /// The number of characters that start before a byte.
    fn character(&self, byte: usize) -> usize {
        match self.characters.get(byte / STEP) {
            Some(count) => {
                let rest = &self.text.as_bytes()[byte / STEP * STEP..byte];
                count + rest.iter().filter(|byte| starts_character(**byte)).count()
            }
            None => byte,
        }
    }

    /// The line that contains a span, and the span relative to it. A very long line is cut to a
    /// window around the span.
    pub(crate) fn excerpt(&self, span: &Range<usize>) -> (&'t str, Range<usize>) {
        let line = self.line(span.start);
        let line_start = self.line_starts[line - 1];
        let next_line = self.line_starts.get(line).map(|next| next - 1);
        let line_end = next_line.unwrap_or(self.text.len()).max(span.end);
        let mut shown = (line_start..line_end, span.end);
        if line_end - line_start > 4 * AROUND {
            let boundary = |byte| self.text.floor_char_boundary(byte);
            let start = boundary(span.start.saturating_sub(AROUND));
            let marked_end = boundary(span.end.min(span.start + AROUND));
            let end = boundary(line_end.min(marked_end + AROUND));
            shown = (start.max(line_start)..end, marked_end.max(span.start));
        }
        let (shown, marked_end) = shown;
        let after = &self.text[marked_end..shown.end.max(marked_end)];
        let end = marked_end + after.find(['\r', '\n']).unwrap_or(after.len());
        let excerpt = &self.text[shown.start..end];
        (excerpt, span.start - shown.start..marked_end - shown.start)
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The part of a span that is on its first line.
pub(crate) fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let marked = &text[span.clone()];
    let end = marked.find(['\n', '\r']).unwrap_or(marked.len());
    span.start..span.start + marked[..end].trim_end().len()
}

/// Replaces the position in a rendered diagnostic. The renderer counts columns from the start of the
/// excerpt.
pub(crate) fn with_position(rendered: String, in_excerpt: &str, in_text: &str) -> String {
    match in_excerpt == in_text {
        true => rendered,
        false => rendered.replacen(in_excerpt, in_text, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn bytes_are_converted_to_characters() {
        let ascii = "line 1\nline 2\n".repeat(20);
        let mixed = "Größe: 🦀\n".repeat(20);
        for text in ["", "a", "🦀", &ascii, &mixed] {
            let index = LineIndex::new(text);
            let bytes = text.char_indices().map(|(byte, _)| byte);
            let bytes: Vec<usize> = bytes.chain([text.len()]).collect();
            for (character, byte) in bytes.iter().enumerate() {
                assert_eq!(index.character(*byte), character);
                let before = &text[..*byte];
                let line_start = before.rfind('\n').map_or(0, |end| end + 1);
                let line = before.matches('\n').count() + 1;
                let column = text[line_start..*byte].chars().count() + 1;
                assert_eq!(index.position(*byte), (line, column));
            }
        }
    }

    #[test]
    fn an_excerpt_is_one_line_or_a_window_of_it() {
        let long = format!(
            "first\r\n{}marked{}\r\nlast",
            "ü".repeat(500),
            "ß".repeat(500)
        );
        let at = long.find("marked").unwrap();
        let (excerpt, span) = LineIndex::new(&long).excerpt(&(at..at + 6));
        assert_eq!(&excerpt[span], "marked");
        assert!(excerpt.len() < 200, "{excerpt}");
        let (excerpt, span) = LineIndex::new(&long).excerpt(&(1..3));
        assert_eq!((excerpt, span), ("first", 1..3));
        let end = long.len();
        let (excerpt, span) = LineIndex::new(&long).excerpt(&(end..end));
        assert_eq!((excerpt, span), ("last", 4..4));
    }
}
