//! Finds the operation that a request is for.

use serde_json::Value;

use super::description::{Endpoint, Read};

/// An operation, its request as the description has it, and the values of its path parameters.
pub(super) struct Route<'a> {
    pub(super) endpoint: &'static Endpoint,
    pub(super) request: &'a Value,
    pub(super) path: Vec<(&'static str, String)>,
}

/// The operation for this method and path, or why there is none. Of several, the one with the
/// fewest parameters.
pub(super) fn find<'a>(
    description: &'a Read,
    method: &str,
    path: &str,
) -> Result<Route<'a>, String> {
    let endpoints = description.endpoints.iter();
    let matching = endpoints.filter_map(|(endpoint, request)| {
        let path = values(endpoint.path, path)?;
        Some(Route {
            endpoint,
            request,
            path,
        })
    });
    let mut routes: Vec<Route<'a>> = matching.collect();
    routes.sort_by_key(|route| route.path.len());
    let others: Vec<&str> = routes.iter().map(|route| route.endpoint.method).collect();
    let others = others.join(", ");
    let mut routes = routes.into_iter();
    match routes.find(|route| route.endpoint.method == method) {
        Some(route) => Ok(route),
        None if others.is_empty() => Err("the description has no such path".to_owned()),
        None => Err(format!("the description has only {others} there")),
    }
}

/// The values that the parameters of a template have in a path, as they stand there, if it fits.
fn values(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut values = Vec::new();
    let (mut template, mut path) = (template, path);
    while let Some((literal, rest)) = template.split_once('{') {
        let (name, rest) = rest.split_once('}')?;
        path = path.strip_prefix(literal)?;
        // A value ends where the text behind its parameter begins, and at the next slash anyway.
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
