//! Responses of several statuses or media types: an enum with a variant for each.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::call::sealed::Decode;
use crate::runtime::error::Error;
use crate::runtime::received::ReceivedResponse;

/// A response enum, whose variant the status and the media type select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseEnum {}

/// A response before its variant is known.
pub struct ResponseParts<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
}

/// An enum with a variant for each of several responses.
pub trait ResponseVariants: Sized {
    /// Decodes the variant of a response, or returns `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the body does not decode as the variant.
    fn choose(response: &ResponseParts<'_>) -> Result<Option<Self>, String>;
}

/// A response enum with a variant for all other successful responses.
pub trait OpenResponse: ResponseVariants {
    /// Returns that variant.
    fn other(status: StatusCode, body: Bytes) -> Self;
}

impl<T: OpenResponse> Decode<T> for ResponseEnum {
    fn decode(received: &mut ReceivedResponse) -> Result<T, String> {
        let response = ResponseParts {
            status: received.response.status,
            headers: &received.response.headers,
            body: received.response.body.clone(),
        };
        let chosen = match T::choose(&response) {
            // A success without a body, whatever the description says.
            Err(_) if response.body.is_empty() => None,
            chosen => chosen?,
        };
        Ok(chosen.unwrap_or_else(|| T::other(response.status, response.body)))
    }
}

/// Decodes the variant of an error's response, or returns `None` if there is none.
#[allow(dead_code, reason = "only error enums need it")]
pub(crate) fn of_error<T: ResponseVariants>(error: &Error) -> Result<Option<T>, Error> {
    let Some(status) = error.status().filter(|status| !status.is_success()) else {
        return Ok(None);
    };
    let response = ResponseParts {
        status,
        headers: error.headers(),
        body: Bytes::copy_from_slice(error.body()),
    };
    T::choose(&response).map_err(|reason| error.undecodable(&reason))
}

/// A variant: its first and last status, its media type, which is empty without a body, and its name.
pub(crate) type VariantRow = (u16, u16, &'static str, &'static str);

/// Returns the name of the variant for a response: the one with the narrowest range of statuses. Of several,
/// the one whose media type matches best.
pub(crate) fn variant(rows: &[VariantRow], response: &ResponseParts<'_>) -> Option<&'static str> {
    let status = response.status.as_u16();
    let fitting = rows
        .iter()
        .filter(|(first, last, ..)| (*first..=*last).contains(&status));
    let narrowest = fitting.clone().map(|row| row.1 - row.0).min()?;
    let mut fitting = fitting.filter(|row| row.1 - row.0 == narrowest);
    let first = fitting.next()?;
    if fitting.clone().next().is_none() {
        return Some(first.3);
    }
    let sent = response.headers.get(CONTENT_TYPE);
    let sent = sent.and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best = (0, None);
    for row in std::iter::once(first).chain(fitting) {
        let match_quality = match_quality(row.2, sent);
        if match_quality > best.0 {
            best = (match_quality, Some(row.3));
        }
    }
    best.1
}

/// Returns how well a received media type matches a described one; 0 if not at all.
fn match_quality(described: &str, sent: &str) -> u8 {
    let plain = |text: &str| -> String {
        let signs = text.chars().filter(|sign| !matches!(sign, ' ' | '"'));
        signs.collect::<String>().to_ascii_lowercase()
    };
    let (described, sent) = (plain(described), plain(sent));
    let essence = |text: &str| text.split(';').next().unwrap_or_default().to_owned();
    let (range, essence) = (essence(&described), essence(&sent));
    let is_json = |text: &str| text.ends_with("/json") || text.ends_with("+json");
    if described == sent {
        5
    } else if range == essence {
        4
    } else if is_json(&range) && is_json(&essence) {
        3
    } else if range
        .strip_suffix('*')
        .is_some_and(|kind| kind != "*/" && essence.starts_with(kind))
    {
        2
    } else if range == "*/*" {
        1
    } else {
        0
    }
}

/// Implements [`ResponseVariants`] for an enum. Each row is a variant, with its statuses, its media type and
/// the format of its body.
macro_rules! response_enum {
    ($type:ident { $($first:literal ..= $last:literal, $media_type:literal => $variant:ident ($kind:ident),)* }) => {
        impl response_enum::ResponseVariants for $type {
            fn choose(response: &response_enum::ResponseParts<'_>) -> Result<Option<Self>, String> {
                let rows = [$(($first, $last, $media_type, stringify!($variant))),*];
                let Some(variant) = response_enum::variant(&rows, response) else {
                    return Ok(None);
                };
                $(if variant == stringify!($variant) {
                    return Ok(Some(response_enum::decoded!($kind $type $variant response)));
                })*
                Ok(None)
            }
        }
    };
}

/// Decodes the body of a variant.
#[allow(
    unused_macro_rules,
    reason = "which are used depends on the description"
)]
macro_rules! decoded {
    (empty $type:ident $variant:ident $response:ident) => {
        $type::$variant
    };
    (json $type:ident $variant:ident $response:ident) => {
        $type::$variant(crate::runtime::json::decode(&$response.body)?)
    };
    (text $type:ident $variant:ident $response:ident) => {
        $type::$variant(crate::optional::text::decode(
            $response.headers,
            &$response.body,
        )?)
    };
    (bytes $type:ident $variant:ident $response:ident) => {
        $type::$variant($response.body.clone())
    };
}

pub(crate) use {decoded, response_enum};
