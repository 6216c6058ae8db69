//! Compares the server URLs.

use super::UpstreamDiff;
use super::differences::Names;
use super::document::Located;

impl UpstreamDiff<'_> {
    pub(super) fn servers(&mut self) {
        let (ours, theirs) = (self.ours.root.clone(), self.theirs.root.clone());
        let layers = std::slice::from_ref(&ours);
        let (here, there) = (urls(&ours), urls(&theirs));
        self.names(layers, "servers", "server", "the API", here, there);
    }
}

/// The URLs of the servers, without the slash at the end.
fn urls(root: &Located<'_>) -> Names {
    let urls = root.items_of("servers").into_iter().filter_map(|server| {
        let url = server.text("url")?.trim_end_matches('/').to_owned();
        Some((url, server.place_of("url")))
    });
    (urls.collect(), root.place_of("servers"))
}
