//! Operations: the methods of the client, one for each media type of a request body and one more
//! for a streamed response.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase;

use super::credentials::{Credential, alternatives};
use super::examples::{self, Example};
use super::mock::{MockOperation, MockPlanner};
use super::pages::{self, PagesMethod};
use super::parameters::{Parameter, Writer, parameters};
use super::servers::own_base_url;
use super::types::{Types, borrowed_type, decoded_type, names};
use crate::ir::{self, BodyKind, Content, Decoded, Location, ResponseShape, Type};
use crate::names::{CLIENT_METHODS, Casing, Scope};
use crate::openapi::media_type::short_name;

/// The operations of one tag, which are one file.
pub(crate) struct OperationModule<'a> {
    pub(crate) ir: &'a ir::Module,
    pub(crate) operations: Vec<Operation<'a>>,
}

pub(crate) struct Operation<'a> {
    pub(crate) ir: &'a ir::Operation,
    /// Name of the static that describes the operation to the runtime.
    pub(crate) static_name: String,
    /// The alternatives that the operation accepts, each a list of indices of credentials.
    pub(crate) security: Vec<Vec<usize>>,
    /// Base URL of the operation, if it is not the clients' default.
    pub(crate) base_url: Option<String>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// The methods that call the operation. The first has the operation's own name.
    pub(crate) methods: Vec<MethodVariant<'a>>,
    /// The method that iterates the pages, if the description says how the operation pages.
    pub(crate) pages: Option<PagesMethod<'a>>,
    pub(crate) mock: MockOperation<'a>,
    /// A call, as a statement.
    pub(crate) example: Option<Example<'a>>,
    /// A response, as an expression.
    pub(crate) response_example: Option<Example<'a>>,
}

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

impl MethodVariant<'_> {
    /// Whether the method asks for a stream where the operation also offers something else.
    pub(crate) fn is_stream(&self, operation: &Operation<'_>) -> bool {
        operation.ir.offers_stream && self.response == ResponseKind::Stream
    }
}

/// How a request becomes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseKind {
    /// Only the status matters.
    Status,
    /// The body is JSON, as the runtime assumes.
    Json,
    Stream,
    /// The body is decoded by the format among the type arguments.
    Format,
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

impl<'a> Operation<'a> {
    /// Returns the parameters that are arguments of the methods.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Parameter<'a>> {
        self.parameters.iter().filter(|it| it.ir.required)
    }

    pub(crate) fn path_parameters(&self) -> impl Iterator<Item = &Parameter<'a>> {
        let is_in_path = |it: &&Parameter<'_>| it.ir.location == Location::Path;
        self.parameters.iter().filter(is_in_path)
    }

    pub(crate) fn is_path_styled(&self) -> bool {
        self.path_parameters()
            .any(|it| matches!(it.writer, Writer::Styled { .. }))
    }

    /// Returns the method with the operation's own name.
    pub(crate) fn method(&self) -> &MethodVariant<'a> {
        &self.methods[0]
    }

    /// Returns the definitions that the methods name.
    pub(crate) fn names(&self) -> BTreeSet<&'a str> {
        let values = self.required().map(|it| &it.ir.value);
        let methods = self.methods.iter().flat_map(|method| &method.names);
        let items = self.pages.iter().map(|method| method.pages.item);
        names(values.chain(items))
            .chain(methods.copied())
            .chain(self.ir.optional_parameters.as_deref())
            .collect()
    }
}

/// Returns the modules of an API. Methods other than an operation's own are named after all
/// operations, so that an operation's name depends on the operations alone.
pub(super) fn modules<'a>(
    types: &Types<'a>,
    credentials: &[Credential<'_>],
    api: &'a ir::Api,
    crate_name: &str,
) -> Vec<OperationModule<'a>> {
    let mut scope = Scope::with(&CLIENT_METHODS);
    for operation in api.operations() {
        scope.claim(operation.name.clone());
    }
    let crate_ident = crate_name.replace('-', "_");
    let mut mock = MockPlanner::new(api, types);
    let mut planned = |operation: &'a ir::Operation| Operation {
        ir: operation,
        static_name: operation.name.to_shouty_snake_case(),
        security: alternatives(credentials, operation),
        base_url: own_base_url(api, operation),
        parameters: parameters(types, operation),
        methods: methods(operation, &mut scope),
        pages: pages_method(types, operation, &mut scope),
        mock: mock.operation(operation),
        example: examples::call(types, &crate_ident, operation),
        response_example: examples::response(types, operation),
    };
    let modules = api.modules.iter().map(|module| OperationModule {
        ir: module,
        operations: module.operations.iter().map(&mut planned).collect(),
    });
    modules.collect()
}

fn pages_method<'a>(
    types: &Types<'a>,
    operation: &'a ir::Operation,
    scope: &mut Scope,
) -> Option<PagesMethod<'a>> {
    let pages = pages::pages(types, operation).ok().flatten()?;
    let wanted = format!("{} pages", operation.name);
    let name = scope.choose(&wanted, Casing::Snake).name;
    Some(PagesMethod {
        example: examples::items(types, operation, &name),
        name,
        pages,
    })
}

fn methods<'a>(operation: &'a ir::Operation, scope: &mut Scope) -> Vec<MethodVariant<'a>> {
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
            BodyKind::Bytes => name("bytes"),
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
    let streamed = ResponseShape::Single(Decoded {
        kind: BodyKind::Stream,
        value: Type::Any,
    });
    methods.extend(stream_name.map(|name| {
        let body = contents.first().copied();
        method(operation, name, body, &streamed, "text/event-stream")
    }));
    methods
}

fn method<'a>(
    operation: &'a ir::Operation,
    name: String,
    body: Option<&'a Content>,
    response: &ResponseShape,
    accept: &str,
) -> MethodVariant<'a> {
    let call = match response {
        ResponseShape::Empty => "(), Empty".to_owned(),
        ResponseShape::Redirect => "crate::Redirect, crate::Empty".to_owned(),
        ResponseShape::Single(body) => match format(body.kind) {
            "crate::Json" => decoded_type(body),
            format => format!("{}, {format}", decoded_type(body)),
        },
        ResponseShape::Optional(body) => {
            let (value, format) = (decoded_type(body), format(body.kind));
            format!("Option<{value}>, crate::OptionalBody<{format}>")
        }
        ResponseShape::Enum(name) => format!("{name}, crate::ResponseEnum"),
    };
    let response = match response {
        ResponseShape::Empty => ResponseKind::Status,
        ResponseShape::Single(body) => match body.kind {
            BodyKind::Json if accept == "application/json" => ResponseKind::Json,
            BodyKind::Stream => ResponseKind::Stream,
            _ => ResponseKind::Format,
        },
        ResponseShape::Redirect | ResponseShape::Optional(_) | ResponseShape::Enum(_) => {
            ResponseKind::Format
        }
    };
    let decoded = match &operation.success {
        _ if response == ResponseKind::Stream => None,
        ResponseShape::Single(body) | ResponseShape::Optional(body) => Some(&body.value),
        ResponseShape::Empty | ResponseShape::Redirect | ResponseShape::Enum(_) => None,
    };
    let response_enum = match &operation.success {
        ResponseShape::Enum(name) if response != ResponseKind::Stream => Some(name.as_str()),
        _ => None,
    };
    let required = operation.body.as_ref().is_none_or(|body| body.required);
    let values = body
        .map(|content| &content.value)
        .into_iter()
        .chain(decoded);
    MethodVariant {
        name,
        names: names(values).chain(response_enum).collect(),
        body: body.map(|content| request_body(content, required)),
        accept: accept.to_owned(),
        blocking_call: match response {
            ResponseKind::Stream => "crate::ByteReader, crate::Streamed".to_owned(),
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
    }
}

fn request_body(content: &Content, required: bool) -> RequestBody<'_> {
    let argument_type = match content.kind {
        BodyKind::Multipart if content.value == Type::Any => "&crate::Multipart".to_owned(),
        BodyKind::Json | BodyKind::Form | BodyKind::Multipart => borrowed_type(&content.value),
        BodyKind::Text | BodyKind::Stream => "&str".to_owned(),
        BodyKind::Bytes if required => "impl Into<crate::RequestBody>".to_owned(),
        BodyKind::Bytes => "crate::RequestBody".to_owned(),
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
        BodyKind::Bytes => "application/octet-stream",
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
/// method of their own where there is something else.
fn accepted(operation: &ir::Operation) -> String {
    let mut accepted: Vec<&Content> = Vec::new();
    let successes = operation.responses.iter().filter(|it| it.is_success);
    for content in successes.flat_map(|response| &response.contents) {
        let is_left_out = operation.offers_stream && content.kind == BodyKind::Stream;
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
