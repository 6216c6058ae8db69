//! Finds the operation that a request is for.

use super::endpoint::Endpoint;
use super::rejection::Rejection;

/// An operation, and the values of its path parameters, still percent-encoded.
pub(super) struct Route {
    pub(super) endpoint: &'static Endpoint,
    pub(super) path: Vec<(&'static str, String)>,
}

/// Returns the operation for this method and path. Of several, the one with the fewest parameters.
pub(super) fn find(
    endpoints: &[&'static Endpoint],
    method: &str,
    path: &str,
) -> Result<Route, Rejection> {
    let matching = endpoints.iter().filter_map(|endpoint| {
        let path = values(endpoint.operation.path, path)?;
        Some(Route { endpoint, path })
    });
    let mut routes: Vec<Route> = matching.collect();
    routes.sort_by_key(|route| route.path.len());
    let methods: Vec<&str> = routes
        .iter()
        .map(|route| route.endpoint.operation.method)
        .collect();
    let methods = methods.join("` or `");
    let mut routes = routes.into_iter();
    let route = routes.find(|route| route.endpoint.operation.method == method);
    route.ok_or_else(|| match methods.as_str() {
        "" => Rejection::new(
            "path",
            format!("no operation has the path `{path}`"),
            "paths are compared exactly: check the spelling, the number of segments and the \
             trailing slash",
        ),
        methods => Rejection::new(
            "method",
            format!("no operation has the method `{method}` at this path"),
            format!("send `{methods}`"),
        ),
    })
}

/// Returns the values of a template's parameters in a path, or `None` if the path does not match.
fn values(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut values = Vec::new();
    let (mut template, mut path) = (template, path);
    while let Some((literal, rest)) = template.split_once('{') {
        let (name, rest) = rest.split_once('}')?;
        path = path.strip_prefix(literal)?;
        // A value ends before the literal that follows its parameter, and always before a slash.
        let segment = path.find('/').unwrap_or(path.len());
        let next = rest.find(['{', '/']).unwrap_or(rest.len());
        let end = match &rest[..next] {
            "" => segment,
            suffix => path[..segment].rfind(suffix)?,
        };
        values.push((name, path[..end].to_owned()));
        (template, path) = (rest, &path[end..]);
    }
    (template == path && values.iter().all(|(_, value)| !value.is_empty())).then_some(values)
}
