//! Responses in the server's formats.

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONNECTION, CONTENT_TYPE, ETAG, HeaderValue};
use hyper::{Response as HttpResponse, StatusCode};
use serde::Serialize;

pub(super) type Response = HttpResponse<Full<Bytes>>;

/// Error body of the application.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'a> {
    message: &'a str,
    error: &'static str,
    status_code: u16,
}

/// Error body of the middleware in front of the application.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MiddlewareErrorBody<'a> {
    status_code: u16,
    message: &'a str,
}

/// A successful response, with a weak `ETag`.
pub(super) fn success(status: StatusCode, body: &impl Serialize) -> Response {
    let bytes = to_bytes(body);
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let etag = format!("W/\"{:x}-{:016x}\"", bytes.len(), hasher.finish());
    let mut response = json(status, bytes);
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

/// An error of the application, such as a 400 for an invalid field.
pub(super) fn error(status: StatusCode, message: &str) -> Response {
    let body = ErrorBody {
        message,
        error: status.canonical_reason().unwrap_or_default(),
        status_code: status.as_u16(),
    };
    json(status, to_bytes(&body))
}

/// An error of the middleware: body parser, origin check or throttle.
pub(super) fn middleware_error(status: StatusCode, message: &str) -> Response {
    let body = MiddlewareErrorBody {
        status_code: status.as_u16(),
        message,
    };
    json(status, to_bytes(&body))
}

/// An error of the HTTP server itself: no body, and the connection is closed.
pub(super) fn closing_error(status: StatusCode) -> Response {
    let mut response = HttpResponse::new(Full::default());
    *response.status_mut() = status;
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response
}

/// Sets a header whose value is a number.
pub(super) fn insert_number(response: &mut Response, name: &'static str, value: u64) {
    response.headers_mut().insert(name, value.into());
}

fn to_bytes(body: &impl Serialize) -> Vec<u8> {
    // Writing these types to memory cannot fail.
    serde_json::to_vec(body).unwrap_or_default()
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = HttpResponse::new(Full::from(body));
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
