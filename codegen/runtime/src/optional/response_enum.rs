//! ResponseVariants of several statuses or media types: an enum has a variant for each.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::call::{Decode, Format, ReceivedResponse};
use crate::runtime::error::Error;

/// The answer's status and media type say which of several answers it is.
#[derive(Debug)]
pub enum ResponseEnum {}

/// An answer, before it is known which one.
pub struct ResponseParts<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
}

/// A type that has a variant for each of several answers.
pub trait ResponseVariants: Sized {
    /// The variant for this answer, if it is one of those; or why its body does not fit.
    fn choose(answer: &ResponseParts<'_>) -> Result<Option<Self>, String>;
}

/// One that keeps successes too that are none of them.
pub trait OpenResponse: ResponseVariants {
    /// The variant for them.
    fn other(status: StatusCode, body: Bytes) -> Self;
}

impl<T: OpenResponse> Format<T> for ResponseEnum {}

impl<T: OpenResponse> Decode<T> for ResponseEnum {
    fn decode(received: &mut ReceivedResponse) -> Result<T, String> {
        let answer = ResponseParts {
            status: received.answer.status,
            headers: &received.answer.headers,
            body: received.answer.body.clone(),
        };
        let chosen = T::choose(&answer)?;
        Ok(chosen.unwrap_or_else(|| T::other(answer.status, answer.body)))
    }
}

/// The variant for the answer that an error holds, if it holds one of those.
#[allow(dead_code, reason = "only errors of several kinds need it")]
pub(crate) fn of_error<T: ResponseVariants>(error: &Error) -> Result<Option<T>, Error> {
    let Some(status) = error.status().filter(|status| !status.is_success()) else {
        return Ok(None);
    };
    let answer = ResponseParts {
        status,
        headers: error.headers(),
        body: Bytes::copy_from_slice(error.body()),
    };
    T::choose(&answer).map_err(|reason| error.undecodable(&reason))
}

/// An answer of a description: the first and the last status, the media type, and the variant. The
/// media type is empty where there is no body.
pub(crate) type VariantRow = (u16, u16, &'static str, &'static str);

/// The variant for an answer. The narrower a status, the more it counts; then the media type
/// decides, if the status leaves a choice.
pub(crate) fn variant(rows: &[VariantRow], answer: &ResponseParts<'_>) -> Option<&'static str> {
    let status = answer.status.as_u16();
    let fitting = rows
        .iter()
        .filter(|(first, last, ..)| (*first..=*last).contains(&status));
    let narrowest = fitting.clone().map(|row| row.1 - row.0).min()?;
    let mut fitting = fitting.filter(|row| row.1 - row.0 == narrowest);
    let first = fitting.next()?;
    if fitting.clone().next().is_none() {
        return Some(first.3);
    }
    let sent = answer.headers.get(CONTENT_TYPE);
    let sent = sent.and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best = (0, None);
    for row in std::iter::once(first).chain(fitting) {
        let likeness = likeness(row.2, sent);
        if likeness > best.0 {
            best = (likeness, Some(row.3));
        }
    }
    best.1
}

/// How well a media type that was sent fits one that is described.
fn likeness(described: &str, sent: &str) -> u8 {
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

/// [`ResponseVariants`] of an enum: one row a variant, with the statuses, the media type and how the body is
/// decoded.
macro_rules! response_enum {
    ($type:ident { $($first:literal ..= $last:literal, $media_type:literal => $variant:ident ($kind:ident),)* }) => {
        impl response_enum::ResponseVariants for $type {
            fn choose(answer: &response_enum::ResponseParts<'_>) -> Result<Option<Self>, String> {
                let rows = [$(($first, $last, $media_type, stringify!($variant))),*];
                let Some(variant) = response_enum::variant(&rows, answer) else {
                    return Ok(None);
                };
                $(if variant == stringify!($variant) {
                    return Ok(Some(response_enum::decoded!($kind $type $variant answer)));
                })*
                Ok(None)
            }
        }
    };
}

/// The variant with the decoded body.
#[allow(
    unused_macro_rules,
    reason = "which are used depends on the description"
)]
macro_rules! decoded {
    (empty $type:ident $variant:ident $answer:ident) => {
        $type::$variant
    };
    (json $type:ident $variant:ident $answer:ident) => {
        $type::$variant(crate::runtime::json::decode(&$answer.body)?)
    };
    (text $type:ident $variant:ident $answer:ident) => {
        $type::$variant(crate::optional::text::decode(
            $answer.headers,
            &$answer.body,
        )?)
    };
    (bytes $type:ident $variant:ident $answer:ident) => {
        $type::$variant($answer.body.clone())
    };
}

pub(crate) use {decoded, response_enum};
