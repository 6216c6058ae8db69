//! The ways to call an operation: a method for each media type that it takes, and one for a stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::rust::{decoded_type, ident, rust_type};
use crate::ir::{BodyKind, Content, Decoded, FormStyle, Operation, ResponseShape, Type};

/// One method of an operation.
pub(super) struct Way<'a> {
    pub(super) name: &'a str,
    pub(super) body: Option<&'a Content>,
    pub(super) outcome: ResponseShape,
    /// The media types that it asks for.
    pub(super) accept: String,
}

/// Every method of an operation; the first is the operation's own.
pub(super) fn ways(operation: &Operation) -> Vec<Way<'_>> {
    let way = |name, body| Way {
        name,
        body,
        outcome: operation.success.clone(),
        accept: accepted(operation, operation.stream.is_some()),
    };
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let contents: Vec<&Content> = contents.collect();
    let mut ways: Vec<Way<'_>> = match contents.as_slice() {
        [] => vec![way(&operation.name, None)],
        all => all
            .iter()
            .map(|body| way(&body.name, Some(*body)))
            .collect(),
    };
    ways.extend(operation.stream.as_deref().map(|name| Way {
        name,
        body: contents.first().copied(),
        outcome: ResponseShape::Single(Decoded {
            kind: BodyKind::Stream,
            value: Type::Any,
        }),
        accept: "text/event-stream".to_owned(),
    }));
    ways
}

/// The media types of the successes, each once, in the order of the description.
fn accepted(operation: &Operation, without_streams: bool) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    let successes = operation
        .responses
        .iter()
        .filter(|answer| answer.is_success);
    for content in successes.flat_map(|answer| &answer.contents) {
        let is_left_out = without_streams && content.kind == BodyKind::Stream;
        if !is_left_out && !accepted.contains(&content.media_type.as_str()) {
            accepted.push(&content.media_type);
        }
    }
    accepted.join(", ")
}

impl Way<'_> {
    /// The type parameters of the call: what the answer is decoded as, and how.
    pub(super) fn answer(&self) -> TokenStream {
        let Some(value) = outcome_type(&self.outcome) else {
            return quote!((), Nothing);
        };
        match self.format() {
            Some(format) => quote!(#value, #format),
            None => value,
        }
    }

    /// The same for the client that blocks, in which a stream is another type.
    pub(super) fn blocking_answer(&self) -> TokenStream {
        match self.is_stream() {
            true => quote!(crate::ByteReader, crate::Streamed),
            false => self.answer(),
        }
    }

    pub(super) fn is_stream(&self) -> bool {
        matches!(&self.outcome, ResponseShape::Single(body) if body.kind == BodyKind::Stream)
    }

    /// How the answer is decoded, if it is not as JSON.
    fn format(&self) -> Option<TokenStream> {
        match &self.outcome {
            ResponseShape::Empty => None,
            ResponseShape::Single(body) => kind_format(body.kind),
            ResponseShape::Optional(body) => {
                let format = kind_format(body.kind).unwrap_or_else(|| quote!(crate::Json));
                Some(quote!(crate::Maybe<#format>))
            }
            ResponseShape::Enum(_) => Some(quote!(crate::Described)),
        }
    }

    /// The expression that makes a call of a request.
    pub(super) fn call(&self, request: &TokenStream) -> TokenStream {
        let accept = &self.accept;
        match &self.outcome {
            ResponseShape::Empty => quote!(#request.call_for_status()),
            ResponseShape::Single(body)
                if body.kind == BodyKind::Json && accept == "application/json" =>
            {
                quote!(#request.call())
            }
            ResponseShape::Single(body) if body.kind == BodyKind::Stream => {
                quote!(#request.header("accept", #accept).call_for_status().stream())
            }
            _ => quote!(Call::new(#request.header("accept", #accept))),
        }
    }

    /// The parameters of the method that take the body, and their names.
    pub(super) fn arguments(&self, required: bool) -> Vec<(&'static str, TokenStream)> {
        let Some(content) = self.body else {
            return Vec::new();
        };
        let value = match (content.kind, required) {
            (BodyKind::Multipart, _) if content.value == Type::Any => quote!(&crate::Multipart),
            (BodyKind::Json | BodyKind::Form | BodyKind::Multipart, _) => {
                let value = rust_type(&content.value);
                quote!(&#value)
            }
            (BodyKind::Text | BodyKind::Stream, _) => quote!(&str),
            (BodyKind::Bytes, true) => quote!(impl Into<crate::RequestBody>),
            (BodyKind::Bytes, false) => quote!(crate::RequestBody),
        };
        let value = match required {
            true => value,
            false => quote!(Option<#value>),
        };
        let content_type = content.is_open().then(|| ("body_type", quote!(&str)));
        content_type.into_iter().chain([("body", value)]).collect()
    }

    /// The calls on a request that set the body.
    pub(super) fn body_setter(&self) -> Option<TokenStream> {
        let content = self.body?;
        let (setter, own) = match content.kind {
            BodyKind::Json => (quote!(.json(body)), "application/json"),
            BodyKind::Text | BodyKind::Stream => (quote!(.text(body)), "text/plain; charset=utf-8"),
            BodyKind::Bytes => (quote!(.bytes(body)), "application/octet-stream"),
            BodyKind::Form => (form_setter(content), "application/x-www-form-urlencoded"),
            // It says the boundary.
            BodyKind::Multipart => return Some(quote!(.multipart(body))),
        };
        let media_type = match content.media_type.to_ascii_lowercase() {
            text if text.starts_with("text/") && !text.contains("charset") => {
                format!("{}; charset=utf-8", content.media_type)
            }
            _ => content.media_type.clone(),
        };
        let content_type = if content.is_open() {
            quote!(.header("content-type", body_type))
        } else if media_type.eq_ignore_ascii_case(own) {
            TokenStream::new()
        } else {
            quote!(.header("content-type", #media_type))
        };
        Some(quote!(#setter #content_type))
    }

    /// The definitions that its signature names.
    pub(super) fn names(&self) -> Vec<&str> {
        let body = self.body.iter().flat_map(|content| content.value.walk());
        let answer = match &self.outcome {
            ResponseShape::Single(body) | ResponseShape::Optional(body) => body.value.walk(),
            ResponseShape::Empty | ResponseShape::Enum(_) => Vec::new(),
        };
        let named = body.chain(answer).filter_map(|part| match part {
            Type::Named(name) => Some(name.as_str()),
            _ => None,
        });
        let enumeration = match &self.outcome {
            ResponseShape::Enum(name) => Some(name.as_str()),
            _ => None,
        };
        named.chain(enumeration).collect()
    }
}

/// The type that an outcome is decoded as; none where there is no body.
pub(super) fn outcome_type(outcome: &ResponseShape) -> Option<TokenStream> {
    match outcome {
        ResponseShape::Empty => None,
        ResponseShape::Single(body) => Some(decoded_type(body)),
        ResponseShape::Optional(body) => {
            let value = decoded_type(body);
            Some(quote!(Option<#value>))
        }
        ResponseShape::Enum(name) => {
            let name = ident(name);
            Some(quote!(#name))
        }
    }
}

fn kind_format(format: BodyKind) -> Option<TokenStream> {
    match format {
        BodyKind::Json => None,
        BodyKind::Text => Some(quote!(crate::Text)),
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => Some(quote!(crate::Binary)),
        BodyKind::Stream => Some(quote!(crate::Streamed)),
    }
}

/// The call that sets a form, with the properties that have a style of their own.
fn form_setter(content: &Content) -> TokenStream {
    if content.properties.is_empty() {
        return quote!(.form(body));
    }
    let properties = content.properties.iter().map(|property| {
        let (name, reserved) = (&property.name, property.allow_reserved);
        let style = match property.style {
            FormStyle::Exploded => quote!(Exploded),
            FormStyle::Joined(sign) => quote!(Joined(#sign)),
            FormStyle::Deep => quote!(Deep),
            FormStyle::Json => quote!(Json),
        };
        quote!((#name, crate::parts::form::Style::#style, #reserved))
    });
    quote!(.styled_form(body, &[#(#properties),*]))
}
