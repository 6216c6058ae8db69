//! Servers: the default base URL of clients, and the base URLs of operations with a server of their own.

use crate::ir::{Api, Operation, Server};

/// Returns the base URL that clients have by default. If every operation has a server of its own, it is the
/// first of these.
pub(super) fn base_url(api: &Api) -> Option<&str> {
    if let Some(server) = api.servers.first() {
        return server.address();
    }
    let own = api.operations().map(|operation| operation.server.as_ref());
    let own: Option<Vec<&Server>> = own.collect();
    own?.first()?.address()
}

/// Returns the base URL of an operation, unless it is the clients' default. A relative one is resolved
/// against that; without a default, the caller sets the base URL of all operations.
pub(super) fn own_base_url(api: &Api, operation: &Operation) -> Option<String> {
    let url = operation.server.as_ref()?.url.as_str();
    let default = base_url(api)?;
    let url = match url.contains("://") {
        true => url.to_owned(),
        false => resolved(default, url),
    };
    (url.trim_end_matches('/') != default.trim_end_matches('/')).then_some(url)
}

fn resolved(base: &str, relative: &str) -> String {
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other_host) = relative.strip_prefix("//") {
        return format!("{scheme}://{other_host}");
    }
    if relative.starts_with('/') {
        return format!("{scheme}://{host}{relative}");
    }
    // As a browser resolves it: relative to the folder of the base URL.
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relative = relative.trim_start_matches("./");
    match folder {
        "" => format!("{scheme}://{host}/{relative}"),
        folder => format!("{scheme}://{host}/{folder}/{relative}"),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn relative_urls_are_resolved() {
        for (base, relative, whole) in [
            ("https://a.example/v1", "/v2", "https://a.example/v2"),
            ("https://a.example", "v2", "https://a.example/v2"),
            ("https://a.example/x/v1", "./v2", "https://a.example/x/v2"),
            ("http://a.example/v1", "//b.example", "http://b.example"),
        ] {
            assert_eq!(resolved(base, relative), whole);
        }
    }
}
