//! Checks a request against its operation.

use super::credentials;
use super::endpoint::Endpoint;
use super::http::HttpRequest;
use super::rejection::Rejection;
use super::request::{self, MockRequest};
use crate::runtime::Scheme;

/// Returns what is wrong with a request that matches an operation by method and path.
pub(super) fn check(
    endpoint: &Endpoint,
    schemes: &[Scheme],
    http: &HttpRequest,
    request: &MockRequest<'_>,
) -> Vec<Rejection> {
    let checks = [
        credentials::check(schemes, endpoint.operation.security, http),
        check_reserved_values(endpoint, request),
        check_query_names(endpoint, http),
        check_content_type(endpoint, http),
    ];
    let mut rejections: Vec<Rejection> = checks.into_iter().filter_map(Result::err).collect();
    if rejections.is_empty() {
        rejections.extend((endpoint.check)(request).err());
    }
    rejections
}

/// Rejects values of path parameters that are other routes.
fn check_reserved_values(endpoint: &Endpoint, request: &MockRequest<'_>) -> Result<(), Rejection> {
    for parameter in endpoint.operation.path_parameters {
        let value = request.path(parameter.name).first();
        let mut reserved = parameter.reserved.iter();
        if reserved.any(|other| value.eq_ignore_ascii_case(other)) {
            return Err(Rejection::new(
                format!("path parameter `{}`", parameter.name),
                format!("`{value}` is another route of the API"),
                "use another value",
            ));
        }
    }
    Ok(())
}

fn check_query_names(endpoint: &Endpoint, http: &HttpRequest) -> Result<(), Rejection> {
    let Some(known) = endpoint.query else {
        return Ok(());
    };
    let unknown = request::query(&http.query).find(|(name, _)| !known.contains(&name.as_str()));
    let Some((name, _)) = unknown else {
        return Ok(());
    };
    let help = match known {
        [] => "remove it; the operation has no query parameters".to_owned(),
        known => format!("remove it, or use one of `{}`", known.join("`, `")),
    };
    let place = format!("query parameter `{name}`");
    Err(Rejection::new(place, "unknown query parameter", help))
}

fn check_content_type(endpoint: &Endpoint, http: &HttpRequest) -> Result<(), Rejection> {
    let sent = http.header("content-type");
    let is_empty = http.body.is_empty();
    let known = endpoint.media_types;
    if known.is_empty() {
        return match is_empty {
            true => Ok(()),
            false => Err(Rejection::new(
                "request body",
                "the operation has no request body",
                "send the request without a body",
            )),
        };
    }
    let list = format!("`{}`", known.join("` or `"));
    if is_empty && sent.is_none() {
        return match endpoint.body_required {
            true => Err(Rejection::new(
                "request body",
                "the request body is missing",
                format!("send a body of the type {list}"),
            )),
            false => Ok(()),
        };
    }
    let essence = essence(sent.as_deref().unwrap_or_default());
    if known
        .iter()
        .any(|range| includes(&self::essence(range), &essence))
    {
        return Ok(());
    }
    let reason = match sent {
        Some(sent) => format!("`{sent}` is not a media type of the operation"),
        None => "the header is missing".to_owned(),
    };
    let help = format!("set it to {list}");
    Err(Rejection::new("header `Content-Type`", reason, help))
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type, or a range such as `text/*`, includes this one.
fn includes(range: &str, essence: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => essence.starts_with(prefix),
        None => range == essence,
    }
}
