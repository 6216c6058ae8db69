//! The name that was meant, for one that is misspelt.

use crate::source::{Kind, Node};

/// Whether an object has a key, or one that is misspelt for it.
pub(super) fn has_like(node: &Node, key: &str) -> bool {
    match &node.kind {
        Kind::Mapping(entries) => entries
            .iter()
            .any(|entry| nearest(&entry.key, [key]).is_some()),
        Kind::Scalar { .. } | Kind::Sequence(_) => false,
    }
}

/// The candidate that is nearest to `word`, if it is near enough to be meant.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= 1.max(candidate.chars().count() / 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
