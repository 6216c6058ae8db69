//! Comparison of a mutant's client with the original client, and the reasons why they may be equal.

use codegen::FileTree;

use crate::mutants::{Change, Mutant, VALUES};
use crate::reported::is_named_by_author;

/// Returns the code without comments. Two clients with equal code have the same public API and send the
/// same bytes.
pub fn code(files: &FileTree) -> FileTree {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code = files.iter().map(|(path, text)| {
        let lines: Vec<&str> = text.lines().filter(is_code).collect();
        (path.clone(), lines.join("\n"))
    });
    code.collect()
}

/// Why a mutant's client may be equal to the original client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harmless {
    /// A description, a summary or a description of an enum value: documentation only.
    Prose,
    /// An example that still matches its schema: documentation only.
    Example,
    /// A tag: it groups operations in private modules.
    Tag,
    /// An error response: the client reads the body of any error.
    ErrorResponse,
    /// A departure: it only affects the comparison with the vendor's document.
    Departure,
    /// A value that equals its default.
    Default,
    /// A `type` that the only schema of `allOf` repeats.
    TypeOfAllOf,
    /// The type of a variant that is kept as JSON, whether it is any object or any value.
    JsonVariant,
    /// `true` and an empty schema mean the same.
    AnyProperties,
}

/// Returns the reason why this mutant may give the same client, if there is one.
pub fn harmless(mutant: &Mutant) -> Option<Harmless> {
    let keys = &mutant.keys;
    // OpenAPI's own keys, without the names that the author chooses.
    let is_name = |index: usize| index > 0 && is_named_by_author(&keys[..index]);
    let words = keys.iter().enumerate();
    let words: Vec<&str> = words
        .filter(|(index, _)| !is_name(*index))
        .map(|(_, key)| key.as_str())
        .collect();
    let has = |word: &str| words.contains(&word);
    let is_deleted = mutant.change == Change::Delete;
    if has("description") || has("summary") || has("x-enumDescriptions") {
        return Some(Harmless::Prose);
    }
    if has("example") {
        return Some(Harmless::Example);
    }
    if has("tags") && is_deleted {
        return Some(Harmless::Tag);
    }
    if has("x-client-departures") {
        return Some(Harmless::Departure);
    }
    match words.as_slice() {
        // One response of an operation, or a part of a shared response.
        [.., "responses", status]
            if status.starts_with(['4', '5']) && status.len() == 3 && is_deleted =>
        {
            Some(Harmless::ErrorResponse)
        }
        ["components", "responses", ..] => Some(Harmless::ErrorResponse),
        [.., "x-client-repeatable"] if is_deleted => Some(Harmless::Default),
        [.., "anyOf", _, "type"] if is_deleted => Some(Harmless::JsonVariant),
        [.., "type"] if is_deleted => Some(Harmless::TypeOfAllOf),
        [.., "additionalProperties"] if mutant.change == Change::Retype(EMPTY) => {
            Some(Harmless::AnyProperties)
        }
        _ => None,
    }
}

/// Index of the empty object in `VALUES`.
const EMPTY: usize = 4;

const _: () = assert!(VALUES[EMPTY].len() == 2 && VALUES[EMPTY].as_bytes()[0] == b'{');
