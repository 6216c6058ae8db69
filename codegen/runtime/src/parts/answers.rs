//! Answers of several statuses or media types: an enum has a variant for each.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::call::{Decode, Format, Received};
use crate::runtime::error::Error;

/// The answer's status and media type say which of several answers it is.
#[derive(Debug)]
pub enum Described {}

/// An answer, before it is known which one.
pub struct Whole<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
}

/// A type that has a variant for each of several answers.
pub trait Answers: Sized {
    /// The variant for this answer, if it is one of those; or why its body does not fit.
    fn choose(answer: &Whole<'_>) -> Result<Option<Self>, String>;
}

/// One that keeps successes too that are none of them.
pub trait Successes: Answers {
    /// The variant for them.
    fn other(status: StatusCode, body: Bytes) -> Self;
}

impl<T: Successes> Format<T> for Described {}

impl<T: Successes> Decode<T> for Described {
    fn decode(received: &mut Received) -> Result<T, String> {
        let answer = Whole {
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
pub(crate) fn of_error<T: Answers>(error: &Error) -> Result<Option<T>, Error> {
    let Some(status) = error.status().filter(|status| !status.is_success()) else {
        return Ok(None);
    };
    let answer = Whole {
        status,
        headers: error.headers(),
        body: Bytes::copy_from_slice(error.body()),
    };
    T::choose(&answer).map_err(|reason| error.undecodable(&reason))
}

/// An answer of a description: the first and the last status, the media type, and the variant. The
/// media type is empty where there is no body.
pub(crate) type Case = (u16, u16, &'static str, &'static str);

/// The variant for an answer. The narrower a status, the more it counts; then the media type
/// decides, if the status leaves a choice.
pub(crate) fn variant(cases: &[Case], answer: &Whole<'_>) -> Option<&'static str> {
    let status = answer.status.as_u16();
    let fitting = cases
        .iter()
        .filter(|(first, last, ..)| (*first..=*last).contains(&status));
    let narrowest = fitting.clone().map(|case| case.1 - case.0).min()?;
    let mut fitting = fitting.filter(|case| case.1 - case.0 == narrowest);
    let first = fitting.next()?;
    if fitting.clone().next().is_none() {
        return Some(first.3);
    }
    let sent = answer.headers.get(CONTENT_TYPE);
    let sent = sent.and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best = (0, None);
    for case in std::iter::once(first).chain(fitting) {
        let likeness = likeness(case.2, sent);
        if likeness > best.0 {
            best = (likeness, Some(case.3));
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

/// [`Answers`] of an enum: one row a variant, with the statuses, the media type and how the body is
/// decoded.
macro_rules! answers {
    ($type:ident { $($first:literal ..= $last:literal, $media_type:literal => $variant:ident ($kind:ident),)* }) => {
        impl answers::Answers for $type {
            fn choose(answer: &answers::Whole<'_>) -> Result<Option<Self>, String> {
                let cases = [$(($first, $last, $media_type, stringify!($variant))),*];
                let Some(variant) = answers::variant(&cases, answer) else {
                    return Ok(None);
                };
                $(if variant == stringify!($variant) {
                    return Ok(Some(answers::decoded!($kind $type $variant answer)));
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
    (nothing $type:ident $variant:ident $answer:ident) => {
        $type::$variant
    };
    (json $type:ident $variant:ident $answer:ident) => {
        $type::$variant(crate::runtime::json::decode(&$answer.body)?)
    };
    (text $type:ident $variant:ident $answer:ident) => {
        $type::$variant(crate::parts::text::decode($answer.headers, &$answer.body)?)
    };
    (bytes $type:ident $variant:ident $answer:ident) => {
        $type::$variant($answer.body.clone())
    };
}

pub(crate) use {answers, decoded};
