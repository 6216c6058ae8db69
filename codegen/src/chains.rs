//! Chains of references, in which an object may be a reference in turn.

use std::collections::HashMap;
use std::hash::Hash;

/// What a reference refers to.
pub(crate) enum Link<K, T> {
    /// A reference in turn, by its key.
    Reference(K),
    Object(T),
    Nothing,
}

/// The end of a chain.
#[derive(Clone)]
pub(crate) enum End<T> {
    Object(T),
    /// A reference in the chain does not resolve.
    Broken,
    Cycle,
}

/// Finds the end of the chain that starts at each key. Each link is followed once.
pub(crate) fn ends<K: Copy + Eq + Hash, T: Clone>(
    starts: impl Iterator<Item = K>,
    link: impl Fn(K) -> Link<K, T>,
) -> HashMap<K, End<T>> {
    let mut ends: HashMap<K, End<T>> = HashMap::new();
    for start in starts {
        let mut chain = Vec::new();
        let mut next = start;
        let end = loop {
            if let Some(end) = ends.get(&next) {
                break end.clone();
            }
            // What is in progress is a cycle, unless the chain turns out to have an end.
            ends.insert(next, End::Cycle);
            chain.push(next);
            match link(next) {
                Link::Reference(key) => next = key,
                Link::Object(object) => break End::Object(object),
                Link::Nothing => break End::Broken,
            }
        };
        ends.extend(chain.into_iter().map(|key| (key, end.clone())));
    }
    ends
}
