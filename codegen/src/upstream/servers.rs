//! Compares the server URLs.

use std::ops::Range;

use super::UpstreamDiff;
use super::document::Document;

impl UpstreamDiff<'_> {
    pub(super) fn servers(&mut self) {
        let (ours, theirs) = (self.ours.located(), self.theirs.located());
        let (here, there) = (urls(self.ours), urls(self.theirs));
        self.names(
            std::slice::from_ref(&ours),
            "servers",
            "server",
            "the API",
            (here, ours.place_of("servers")),
            (there, theirs.place_of("servers")),
        );
    }
}

/// The URLs of the servers without the slash at the end, each with its place.
fn urls(document: Document<'_>) -> Vec<(String, Range<usize>)> {
    let servers = document.located().items_of("servers").into_iter();
    servers
        .filter_map(|server| {
            let url = server.text("url")?.trim_end_matches('/').to_owned();
            Some((url, server.place_of("url")))
        })
        .collect()
}
