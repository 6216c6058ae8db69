//! Values of an enum of strings that the description does not list.

use std::fmt;

/// An enum value that the description does not list.
///
/// Only the conversion of a string to an enum creates one, so it is never a listed value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Returns the string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for UnknownValue {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for UnknownValue {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for UnknownValue {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Creates an unknown enum value. A function, so that it stays out of the public API.
pub fn unknown_value(text: &str) -> UnknownValue {
    super::fit::unlisted();
    UnknownValue(text.into())
}

/// Error of `try_parse`: a string that the description does not list as a value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEnumError {
    text: Box<str>,
    known: &'static [&'static str],
}

impl ParseEnumError {
    /// Returns every listed value, in the order of the description.
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }

    /// Returns the listed value that the string is probably a misspelt form of.
    pub fn suggestion(&self) -> Option<&'static str> {
        let text = self.text.to_lowercase();
        let mut suggestion = None;
        let mut least = usize::MAX;
        for known in self.known {
            let most = 1.max(known.len() / 3);
            // A difference in length is a number of edits.
            if text.len().abs_diff(known.len()) > most {
                continue;
            }
            let distance = edits(&text, &known.to_lowercase());
            if distance <= most && distance < known.chars().count() && distance < least {
                suggestion = Some(*known);
                least = distance;
            }
        }
        suggestion
    }
}

/// Returns the number of characters to insert, remove or replace (Levenshtein distance).
fn edits(from: &str, to: &str) -> usize {
    let mut row = vec![0];
    for (column, _) in to.chars().enumerate() {
        row.push(column + 1);
    }
    for (start, character) in from.chars().enumerate() {
        let mut diagonal = start;
        row[0] = start + 1;
        for (column, other) in to.chars().enumerate() {
            let replaced = diagonal + usize::from(character != other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[row.len() - 1]
}

impl fmt::Display for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown value `{}`", self.text.escape_debug())?;
        if let Some(suggestion) = self.suggestion() {
            write!(f, ", did you mean `{suggestion}`?")?;
        }
        let mut before = " (expected one of: ";
        for known in self.known {
            write!(f, "{before}{known}")?;
            before = ", ";
        }
        f.write_str(")")
    }
}

impl std::error::Error for ParseEnumError {}

/// Creates the error of an unlisted value. A function, so that it stays out of the public API.
pub(crate) fn parse_enum_error(text: &str, known: &'static [&'static str]) -> ParseEnumError {
    ParseEnumError {
        text: text.into(),
        known,
    }
}
