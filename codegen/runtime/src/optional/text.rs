//! Bodies that are text.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

use crate::runtime::Request;
use crate::runtime::call::{Decode, Format, ReceivedResponse};
use crate::runtime::request::Body;

/// The answer's body is text, in UTF-8.
#[derive(Debug)]
pub enum Text {}

impl Format<String> for Text {}

impl Decode<String> for Text {
    fn decode(received: &mut ReceivedResponse) -> Result<String, String> {
        decode(&received.answer.headers, &received.answer.body)
    }
}

impl Request {
    /// Sets the body, as text in UTF-8.
    pub fn text(mut self, body: impl Into<String>) -> Self {
        let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
        self.set_body(Body::Whole(body.into().into()), content_type);
        self
    }
}

/// The text of a body, which must not say that it is anything but UTF-8.
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
        return Err(format!("the text is in the character set `{other}`"));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(format!("the text is not UTF-8: {error}")),
    }
}
