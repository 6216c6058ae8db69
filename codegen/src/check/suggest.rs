//! Suggestions for misspelt names.

use crate::source::Node;

/// Whether an object has a key, or a misspelt form of it.
pub(super) fn has_like(node: &Node, key: &str) -> bool {
    let mut entries = node.entries().iter();
    node.get(key).is_some() || entries.any(|entry| nearest(&entry.key, [key]).is_some())
}

/// Help for a name, if another one is probably meant or not.
pub(crate) fn meant_or(meant: Option<&str>, otherwise: &str) -> String {
    match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise.to_owned(),
    }
}

/// Returns the candidate that `word` is probably a misspelt form of.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let lower = word.to_lowercase();
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let candidate_length = candidate.chars().count();
            let most = 1.max(candidate_length / 3);
            // A difference in length is a number of edits, and cheaper to find than the distance.
            if length.abs_diff(candidate_length) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
