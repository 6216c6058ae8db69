//! The clients that mutants generate: what of them a user can tell apart, and why one may be the
//! same as the original's.

use codegen::FileTree;

use crate::mutants::{Change, Mutant, VALUES};
use crate::told::is_named_by_author;

/// What says the public API and the wire: all but the comments, and the header with them. The
/// runtime is there too, as is every part of it that the client needs.
pub fn code(files: &FileTree) -> FileTree {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code = files.iter().map(|(path, text)| {
        let lines: Vec<&str> = text.lines().filter(is_code).collect();
        (path.clone(), lines.join("\n"))
    });
    code.collect()
}

/// Why a mutant's client may have the API and the wire of the original's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harmless {
    /// Descriptions, summaries, and what enum values mean: these are documentation.
    Prose,
    /// An example, or one that still is what its schema says: these are documentation too.
    Example,
    /// Tags only group the operations in private modules.
    Tag,
    /// The client reads the body of any error, whatever the description says of it.
    ErrorAnswer,
    /// What the vendor publishes is no part of the client; it is compared with that document.
    Departure,
    /// What is deleted is what its absence means.
    Default,
    /// The type is said again by the one schema of `allOf`.
    TypeOfAllOf,
    /// An alternative of any object and one of anything are both kept as JSON.
    JsonAlternative,
    /// True and an empty schema mean the same.
    AnyProperties,
}

/// The reason why this mutant may be the same client, if there is one.
pub fn harmless(mutant: &Mutant) -> Option<Harmless> {
    let keys = &mutant.keys;
    // Keys of OpenAPI's alone, not those that are names of the author's.
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
        // One answer of an operation, or anything in one that they share.
        [.., "responses", status]
            if status.starts_with(['4', '5']) && status.len() == 3 && is_deleted =>
        {
            Some(Harmless::ErrorAnswer)
        }
        ["components", "responses", ..] => Some(Harmless::ErrorAnswer),
        [.., "x-client-repeatable"] if is_deleted => Some(Harmless::Default),
        [.., "anyOf", _, "type"] if is_deleted => Some(Harmless::JsonAlternative),
        [.., "type"] if is_deleted => Some(Harmless::TypeOfAllOf),
        [.., "additionalProperties"] if mutant.change == Change::Retype(EMPTY) => {
            Some(Harmless::AnyProperties)
        }
        _ => None,
    }
}

/// The index of the empty object among the values.
const EMPTY: usize = 4;

const _: () = assert!(VALUES[EMPTY].len() == 2 && VALUES[EMPTY].as_bytes()[0] == b'{');
