//! Request and response bodies that are text.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

use crate::runtime::Request;
use crate::runtime::call::sealed::Decode;
use crate::runtime::prepared::Body;
use crate::runtime::received::ReceivedResponse;

/// UTF-8 text in the response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {}

impl Decode<String> for Text {
    fn decode(received: &mut ReceivedResponse) -> Result<String, String> {
        decode(&received.response.headers, &received.response.body)
    }
}

impl Request {
    /// Sets the body to UTF-8 text.
    pub fn text(mut self, body: impl Into<String>) -> Self {
        let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
        self.set_body(Body::Whole(body.into().into()), content_type);
        self
    }
}

/// Returns the text of a body.
///
/// # Errors
///
/// If the body is not UTF-8, or its `Content-Type` names another character set.
pub(crate) fn decode(headers: &HeaderMap, body: &Bytes) -> Result<String, String> {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let charset = content_type.and_then(|value| {
        value.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches('"');
            (name.trim().eq_ignore_ascii_case("charset")).then_some(value)
        })
    });
    let is_known = |charset: &&str| {
        ["utf-8", "utf8", "us-ascii"]
            .iter()
            .any(|known| charset.eq_ignore_ascii_case(known))
    };
    if let Some(other) = charset.filter(|charset| !is_known(charset)) {
        return Err(format!(
            "the text has the unsupported character set `{other}`"
        ));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(format!("the text is not UTF-8: {error}")),
    }
}
