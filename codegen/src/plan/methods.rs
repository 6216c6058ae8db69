//! The methods that call an operation.

use super::types::{borrowed_type, decoded_type};
use crate::ir::{self, BodyKind, Content, ItemFormat, ResponseShape, Type};
use crate::names::{Casing, Scope};
use crate::openapi::media_type::short_name;

/// A method of the client that calls an operation.
pub(crate) struct MethodVariant<'a> {
    pub(crate) name: String,
    pub(crate) body: Option<RequestBody<'a>>,
    /// The media types of the `accept` header.
    pub(crate) accept: String,
    pub(crate) response: ResponseKind,
    /// Type arguments of the [`Call`] that the method returns.
    pub(crate) call: String,
    /// Type arguments of the call that the blocking client returns.
    pub(crate) blocking_call: String,
    /// The definitions that the signature names, apart from parameters.
    pub(crate) names: Vec<&'a str>,
}

/// How a request becomes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseKind {
    /// Only the status matters.
    Status,
    /// The body is JSON, as the runtime assumes.
    Json,
    Stream,
    /// The items of a stream are decoded by the format among the type arguments.
    Items,
    /// The body is decoded by the format among the type arguments.
    Format,
}

impl ResponseKind {
    pub(crate) fn is_stream(self) -> bool {
        matches!(self, ResponseKind::Stream | ResponseKind::Items)
    }
}

/// A request body of one media type.
pub(crate) struct RequestBody<'a> {
    pub(crate) content: &'a Content,
    pub(crate) required: bool,
    /// Type of the argument `body`.
    pub(crate) argument_type: String,
    pub(crate) content_type: ContentType,
}

/// Where the `content-type` header of a request comes from.
pub(crate) enum ContentType {
    /// From the method of the runtime that sets the body.
    Runtime,
    /// From the argument `body_type`.
    Argument,
    /// From the description.
    Fixed(String),
}

/// Returns the methods of an operation: one for each media type of the request body, and one more for a
/// streamed response.
pub(super) fn methods<'a>(
    operation: &'a ir::Operation,
    scope: &mut Scope,
) -> Vec<MethodVariant<'a>> {
    let mut name = |word: &str| {
        let wanted = format!("{} {word}", operation.name);
        scope.choose(&wanted, Casing::Snake).name
    };
    let stream_name = operation.offers_stream.then(|| name("stream"));
    let contents: Vec<&Content> = operation
        .body
        .iter()
        .flat_map(|body| &body.contents)
        .collect();
    let named = contents.iter().enumerate().map(|(index, content)| {
        let alike = contents.iter().filter(|other| other.kind == content.kind);
        match content.kind {
            _ if index == 0 => operation.name.clone(),
            _ if alike.count() > 1 => name(&short_name(&content.media_type)),
            BodyKind::Json => name("json"),
            BodyKind::Text | BodyKind::Stream => name("text"),
            BodyKind::Bytes | BodyKind::Items(_) => name("bytes"),
            BodyKind::Form => name("form"),
            BodyKind::Multipart => name("multipart"),
        }
    });
    let names: Vec<String> = match contents.as_slice() {
        [] => vec![operation.name.clone()],
        _ => named.collect(),
    };
    let accept = accepted(operation);
    let mut methods: Vec<MethodVariant<'a>> = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let body = contents.get(index).copied();
        methods.push(method(operation, name, body, &operation.success, &accept));
    }
    if let (Some(name), Some(stream)) = (stream_name, operation.stream()) {
        let body = contents.first().copied();
        let streamed = ResponseShape::Single(stream.decoded());
        methods.push(method(operation, name, body, &streamed, &stream.media_type));
    }
    methods
}

fn method<'a>(
    operation: &'a ir::Operation,
    name: String,
    body: Option<&'a Content>,
    response: &ResponseShape,
    accept: &str,
) -> MethodVariant<'a> {
    let (call, response) = match response {
        ResponseShape::Empty => ("(), Empty".to_owned(), ResponseKind::Status),
        ResponseShape::Redirect => {
            let call = "crate::Redirect, crate::Empty";
            (call.to_owned(), ResponseKind::Format)
        }
        ResponseShape::Single(body) => {
            let call = match format(body.kind) {
                "crate::Json" => decoded_type(body),
                format => format!("{}, {format}", decoded_type(body)),
            };
            let kind = match body.kind {
                BodyKind::Json if accept == "application/json" => ResponseKind::Json,
                BodyKind::Stream => ResponseKind::Stream,
                BodyKind::Items(_) => ResponseKind::Items,
                _ => ResponseKind::Format,
            };
            (call, kind)
        }
        ResponseShape::Optional(body) => {
            let (value, format) = (decoded_type(body), format(body.kind));
            let call = format!("Option<{value}>, crate::OptionalBody<{format}>");
            (call, ResponseKind::Format)
        }
        ResponseShape::Enum(name) => (format!("{name}, crate::ResponseEnum"), ResponseKind::Format),
    };
    let (decoded, response_enum) = match (response, &operation.success) {
        (ResponseKind::Stream, _) => (None, None),
        (ResponseKind::Items, _) => (operation.stream().map(|content| &content.value), None),
        (_, ResponseShape::Single(body) | ResponseShape::Optional(body)) => {
            (Some(&body.value), None)
        }
        (_, ResponseShape::Enum(name)) => (None, Some(name.as_str())),
        (_, ResponseShape::Empty | ResponseShape::Redirect) => (None, None),
    };
    let required = operation.body.as_ref().is_none_or(|body| body.required);
    let values = body
        .map(|content| &content.value)
        .into_iter()
        .chain(decoded);
    MethodVariant {
        name,
        names: values.flat_map(Type::names).chain(response_enum).collect(),
        body: body.map(|content| request_body(content, required)),
        accept: accept.to_owned(),
        blocking_call: match response {
            ResponseKind::Stream => "crate::ByteReader, crate::Streamed".to_owned(),
            ResponseKind::Items => call.replacen("ItemStream", "ItemReader", 1),
            _ => call.clone(),
        },
        response,
        call,
    }
}

/// Returns the format that decodes a response body.
fn format(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "crate::Json",
        BodyKind::Text => "crate::Text",
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => "crate::Binary",
        BodyKind::Stream => "crate::Streamed",
        BodyKind::Items(ItemFormat::Events) => "crate::Events",
        BodyKind::Items(ItemFormat::EventData) => "crate::EventData",
        BodyKind::Items(ItemFormat::JsonLines) => "crate::JsonLines",
        BodyKind::Items(ItemFormat::JsonSequence) => "crate::JsonSequence",
    }
}

fn request_body(content: &Content, required: bool) -> RequestBody<'_> {
    let argument_type = match content.kind {
        BodyKind::Multipart if content.value == Type::Any => "&crate::Multipart".to_owned(),
        BodyKind::Json | BodyKind::Form | BodyKind::Multipart => borrowed_type(&content.value),
        BodyKind::Text | BodyKind::Stream => "&str".to_owned(),
        BodyKind::Bytes | BodyKind::Items(_) if required => {
            "impl Into<crate::RequestBody>".to_owned()
        }
        BodyKind::Bytes | BodyKind::Items(_) => "crate::RequestBody".to_owned(),
    };
    RequestBody {
        content,
        required,
        argument_type: match required {
            true => argument_type,
            false => format!("Option<{argument_type}>"),
        },
        content_type: content_type(content),
    }
}

fn content_type(content: &Content) -> ContentType {
    let own = match content.kind {
        BodyKind::Json => "application/json",
        BodyKind::Text | BodyKind::Stream => "text/plain; charset=utf-8",
        BodyKind::Bytes | BodyKind::Items(_) => "application/octet-stream",
        BodyKind::Form => "application/x-www-form-urlencoded",
        // The runtime chooses the boundary.
        BodyKind::Multipart => return ContentType::Runtime,
    };
    let lower_case = content.media_type.to_ascii_lowercase();
    let media_type = match lower_case.starts_with("text/") && !lower_case.contains("charset") {
        true => format!("{}; charset=utf-8", content.media_type),
        false => content.media_type.clone(),
    };
    match media_type.eq_ignore_ascii_case(own) {
        _ if content.is_open() => ContentType::Argument,
        true => ContentType::Runtime,
        false => ContentType::Fixed(media_type),
    }
}

/// Returns the media types of the successes, each once, JSON first and preferred. Streams have a
/// method of their own where there is something else. Of several streams, the client reads the first.
fn accepted(operation: &ir::Operation) -> String {
    let mut accepted: Vec<&Content> = Vec::new();
    for content in operation
        .successes()
        .flat_map(|response| &response.contents)
    {
        let is_chosen = || {
            let stream = operation.stream().map(Content::decoded);
            !operation.offers_stream && stream == Some(content.decoded())
        };
        let is_left_out = content.kind.is_stream() && !is_chosen();
        if !is_left_out
            && accepted
                .iter()
                .all(|it| it.media_type != content.media_type)
        {
            accepted.push(content);
        }
    }
    accepted.sort_by_key(|content| content.kind != BodyKind::Json);
    let has_json = accepted.first().is_some_and(|it| it.kind == BodyKind::Json);
    let texts = accepted.iter().map(|content| match content.kind {
        BodyKind::Json => content.media_type.clone(),
        _ if has_json => format!("{};q=0.9", content.media_type),
        _ => content.media_type.clone(),
    });
    texts.collect::<Vec<_>>().join(", ")
}
