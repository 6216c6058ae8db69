//! Explains an error of YAML syntax by the slip that usually causes it. The parser notices many slips only
//! lines later; the reported place is the slip.

use std::fmt::Display;
use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::code::Code;
use crate::problem::Problem;

/// Spaces that are none to YAML, and that no editor shows as different.
const NO_SPACES: [char; 5] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{200b}', '\u{3000}'];

/// Describes an error of the parser.
pub(super) fn explain(text: &str, error: &ScanError) -> Slip {
    let at = error.marker().byte_offset().unwrap_or_default();
    let mut at = at.min(text.len());
    // At the end of the text there is no line to show.
    if text[at..].trim().is_empty() {
        at = text.trim_end().len();
    }
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return super::limits::too_deep(at..at);
    }
    let place = Place::new(text, at);
    (conflict(text).or_else(|| place.wrong_space()))
        .or_else(|| place.of_kind(error.kind()))
        .unwrap_or_else(|| slip(error.info(), at..at, "the YAML parser stopped here", ""))
}

type Slip = Problem<Range<usize>>;

fn slip(what: impl Display, at: Range<usize>, label: &str, help: impl Into<Box<str>>) -> Slip {
    let message = format!("the description is not valid YAML: {what}");
    Problem::new(Code::Syntax, message, at, label).help(help)
}

/// The first marker of a merge conflict.
fn conflict(text: &str) -> Option<Slip> {
    let is_marker = |line: &&str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let line = text.lines().find(is_marker)?;
    let at = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(slip(
        "it contains a merge conflict",
        at..at + line.len(),
        "conflict marker",
        "keep one of the two versions, and delete the lines that start with `<<<<<<<`, `=======` and \
         `>>>>>>>`",
    ))
}

/// The place of an error: its byte, and its line without the line break.
struct Place<'t> {
    text: &'t str,
    at: usize,
    start: usize,
    line: &'t str,
    /// Number of spaces and the like at the start of the line.
    indent: usize,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        Place {
            text,
            at,
            start,
            line,
            indent,
        }
    }

    /// The line before that is neither empty nor a comment.
    fn before(&self) -> Option<Place<'t>> {
        let mut start = self.start;
        loop {
            let end = self.text[..start].trim_end().len();
            let place = (end > 0).then(|| Place::new(self.text, end))?;
            if !place.line[place.indent..].starts_with('#') {
                return Some(place);
            }
            start = place.start;
        }
    }

    /// A tab or another character in place of spaces, in this line or a neighbour.
    fn wrong_space(&self) -> Option<Slip> {
        let next = self.start + self.line.len() + 1;
        let next = (next < self.text.len()).then(|| Place::new(self.text, next));
        let lines = [Some(Place::new(self.text, self.at)), self.before(), next];
        lines.into_iter().flatten().find_map(|place| {
            let content = place.line.trim_start_matches([' ', '\t', '-']);
            let value = content.find(": ").or_else(|| content.find(':'));
            let starts = [Some(0), value.map(|colon| colon + 1)];
            let offset = place.line.len() - content.len();
            let odd = starts.into_iter().flatten().find_map(|start| {
                let first = content[start..].trim_start_matches(' ').chars().next()?;
                let at = place.start + offset + start + content[start..].find(first)?;
                NO_SPACES.contains(&first).then_some((at, first))
            });
            if let Some((at, found)) = odd {
                let what = format!("it contains U+{:04X} in place of a space", u32::from(found));
                let label = "this looks like a space, but is none";
                return Some(slip(
                    what,
                    at..at + found.len_utf8(),
                    label,
                    "replace it with a space",
                ));
            }
            let tab = place.line[..offset].find('\t')?;
            let at = place.start + tab;
            let what = "a tab is used as indentation";
            Some(slip(what, at..at + 1, "tab", "indent with spaces"))
        })
    }

    fn of_kind(&self, kind: &ErrorKind) -> Option<Slip> {
        match kind {
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => self
                .open_bracket()
                .or_else(|| self.colon())
                .or_else(|| self.indentation()),
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
                self.open_bracket()
                    .or_else(|| self.colon())
                    .or_else(|| self.comma())
            }
            ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
                self.special_character().or_else(|| self.indentation())
            }
            ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::InvalidFlowScalarIndent => {
                self.open_bracket()
            }
            ErrorKind::SimpleKeyExpected => self.no_value(),
            ErrorKind::UnclosedQuotedScalar => self.open_quote(self.at),
            ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar => self.after_quote(),
            ErrorKind::UnexpectedCharacter { .. }
            | ErrorKind::UnknownAnchor
            | ErrorKind::MissingAnchorOrAliasName => self.special_character(),
            _ => None,
        }
    }

    /// Where the value of the line starts, and its key with the colon.
    fn value(&self) -> Option<(usize, &'t str)> {
        let key = self.line[self.indent..].trim_start_matches("- ");
        let start = self.start + self.line.len() - key.len();
        let colon = key.find(": ")?;
        let value = key[colon + 1..].trim_start();
        Some((start + key.len() - value.len(), &key[..=colon]))
    }

    /// A colon and a space within a text, in quotes or not.
    fn colon(&self) -> Option<Slip> {
        let before = &self.text[self.start..self.at];
        let colon = before.rfind(": ")?;
        let at = self.start + colon + 1 + before[colon + 1..].len()
            - before[colon + 1..].trim_start().len();
        let is_flow = before.contains(['{', '[']);
        let end = match is_flow {
            true => self.text[self.at..].find([',', '}', ']', '\n']),
            false => self.text[self.at..].find(['\n', '\r']),
        };
        let end = end.map_or(self.text.len(), |end| self.at + end);
        let key = before[..colon].trim_start().rsplit(['{', ',', ' ']).next();
        self.needs_quotes(
            "a text that contains `: ` needs quotes",
            self.at..self.at + 1,
            key?,
            at..end,
        )
    }

    /// A value that starts with a character that has a meaning.
    fn special_character(&self) -> Option<Slip> {
        let (value, key) = self.value()?;
        let first = self.text[value..].chars().next()?;
        if !"@`*&%!{[|>".contains(first) || self.at < value {
            return None;
        }
        let what = format!("a text that starts with `{first}` needs quotes");
        let end = self.start + self.line.trim_end().len();
        self.needs_quotes(
            &what,
            value..value + 1,
            key.trim_end_matches(':'),
            value..end,
        )
    }

    fn needs_quotes(
        &self,
        what: &str,
        at: Range<usize>,
        key: &str,
        value: Range<usize>,
    ) -> Option<Slip> {
        let value = self.text[value].trim_end();
        let quoted = match value.contains(['"', '\\']) {
            true => format!("'{}'", value.replace('\'', "''")),
            false => format!("\"{value}\""),
        };
        Some(slip(
            what,
            at,
            "not in quotes",
            format!("write `{key}: {quoted}`"),
        ))
    }

    /// A line that starts in another column than the lines that it belongs to.
    fn indentation(&self) -> Option<Slip> {
        let mut columns = Vec::new();
        let mut above = self.before();
        while let Some(line) = above {
            if columns.last().is_none_or(|column| line.indent < *column) {
                // The keys of an object in a list start after the hyphen.
                let content = &line.line[line.indent..];
                let hyphens = content.len() - content.trim_start_matches(['-', ' ']).len();
                if hyphens > 0
                    && columns
                        .last()
                        .is_none_or(|column| line.indent + hyphens < *column)
                {
                    columns.push(line.indent + hyphens);
                }
                columns.push(line.indent);
            }
            above = if line.indent == 0 {
                None
            } else {
                line.before()
            };
        }
        let found = self.indent;
        let others = columns.into_iter().filter(|column| *column != found);
        let expected = others.min_by_key(|column| column.abs_diff(found))?;
        let at = self.start + found;
        let end = self.line[found..]
            .find([':', ' '])
            .map_or(self.line.len(), |end| found + end);
        let [expected, found] = [expected + 1, found + 1];
        Some(slip(
            format!("this line starts in column {found}, where no object or list continues"),
            at..self.start + end,
            &format!("expected in column {expected}, found in column {found}"),
            "give the keys of one object, and the items of one list, the same indentation",
        ))
    }

    /// A key without a colon, or without a space after it.
    fn no_value(&self) -> Option<Slip> {
        let content = self.line[self.indent..].trim_end();
        let at = self.start + self.indent;
        let all = at..at + content.len();
        match content.split_once(':') {
            Some((key, value)) if !value.starts_with(' ') => Some(slip(
                "there is no space after the colon of a key",
                all,
                "this is one text, not a key and a value",
                format!("write `{key}: {value}`"),
            )),
            Some(_) => None,
            None => Some(slip(
                "a key has no value",
                all,
                "expected a key, a colon and a value",
                format!(
                    "write `{content}: ` and a value, or indent the line if it continues a text"
                ),
            )),
        }
    }

    /// The quote before the error closes a text that was opened in another line, or too early.
    fn after_quote(&self) -> Option<Slip> {
        let before = self.text[..self.at].trim_end();
        let quote = before
            .chars()
            .next_back()
            .filter(|it| ['"', '\''].contains(it))?;
        let open = before[..before.len() - 1].rfind(quote)?;
        if open < self.start {
            return self.open_quote(open);
        }
        Some(slip(
            "there is text after the closing quote",
            before.len() - 1..before.len(),
            "the text in quotes ends here",
            match quote {
                '"' => "write `\\\"` for a quote in a text, or put the whole text in quotes",
                _ => "write `''` for a quote in a text, or put the whole text in quotes",
            },
        ))
    }

    fn open_quote(&self, at: usize) -> Option<Slip> {
        let line = Place::new(self.text, at);
        let end = line.start + line.line.trim_end().len();
        let quote = self.text[at..].chars().next()?;
        let what = "a closing quote is missing";
        Some(slip(
            what,
            at..end,
            "this text is not closed",
            format!("end it with `{quote}`"),
        ))
    }

    /// A bracket in a line before that is still open where a line starts that is no part of it.
    fn open_bracket(&self) -> Option<Slip> {
        let line = self.before()?;
        let open = line.line.find(['{', '['])?;
        let part = &line.line[open..];
        let count = |brackets: [char; 2]| part.matches(brackets).count();
        let is_key = self.at >= self.start + self.indent && self.indent <= line.indent;
        if !is_key || count(['{', '[']) <= count(['}', ']']) {
            return None;
        }
        let bracket = part.chars().next()?;
        let closing = if bracket == '{' { '}' } else { ']' };
        let at = line.start + open;
        let what = format!("the bracket `{bracket}` is not closed");
        Some(slip(
            what,
            at..at + 1,
            "opened here",
            format!("close it with `{closing}`"),
        ))
    }

    /// Two values in brackets without a comma between them.
    fn comma(&self) -> Option<Slip> {
        let end = self.text[..self.at].trim_end().len();
        let what = "a comma or a closing bracket is missing";
        Some(slip(
            what,
            end..end,
            "expected here",
            "write `,` between the values",
        ))
    }
}
