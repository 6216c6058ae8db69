//! Detects a list whose pages would never end.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Maximum number of pages without items in a row.
const MAX_EMPTY_PAGES: u32 = 1000;

/// What was requested and received before, so that no server makes the iteration endless.
#[derive(Default)]
pub(super) struct History {
    /// Hashes of the paths and queries.
    requested: HashSet<u64>,
    /// Hash of the previous response body.
    body: Option<u64>,
    /// Number of pages without items in a row.
    empty: u32,
    hasher: RandomState,
}

impl History {
    /// Notes a request. Returns whether it was not made before.
    pub(super) fn is_new(&mut self, path: &str, query: &str) -> bool {
        let request = self.hasher.hash_one((path, query));
        self.requested.insert(request)
    }

    /// Returns an error if a numbered page is the same as the page before it.
    pub(super) fn differs(&mut self, body: &[u8], parameter: &str) -> Result<(), String> {
        let body = self.hasher.hash_one(body);
        match self.body.replace(body) == Some(body) {
            true => Err(format!(
                "the page is the same as the page before, so that the pages would never end; the server may \
                 ignore the parameter `{parameter}`"
            )),
            false => Ok(()),
        }
    }

    /// Counts the pages without items in a row.
    pub(super) fn count(&mut self, items: usize) -> Result<(), String> {
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        match self.empty < MAX_EMPTY_PAGES {
            true => Ok(()),
            false => Err(format!("{MAX_EMPTY_PAGES} pages in a row have no items")),
        }
    }
}
