//! Keys whose meaning is clear, in the form that OpenAPI defines: a path without a slash, and a status
//! in another case, such as `4xx`.

use crate::openapi::object_model::KeyPattern;
use crate::openapi::status::Status;
use crate::source::{Entry, Mapping};

/// Rewrites the keys of an object, unless another entry has the rewritten key.
pub(super) fn rewrite(entries: &mut Mapping, pattern: &KeyPattern) {
    let rewritten = |entry: &Entry| {
        let key = entry.key.as_str();
        match pattern {
            _ if key.starts_with("x-") => None,
            KeyPattern::Path if !key.starts_with('/') => Some(format!("/{key}")),
            KeyPattern::Status if Status::of_key(key).is_none() => Status::intended(key),
            KeyPattern::Path | KeyPattern::Status | KeyPattern::Expression => None,
        }
        .filter(|key| entries.get(key).is_none())
    };
    let keys: Vec<Option<String>> = entries.iter().map(rewritten).collect();
    if keys.iter().all(Option::is_none) {
        return;
    }
    let mut all = std::mem::take(entries).into_entries();
    for (entry, key) in all.iter_mut().zip(keys) {
        entry.key = key.unwrap_or_else(|| std::mem::take(&mut entry.key));
    }
    *entries = Mapping::new(all);
}
