//! Operations in the mock server: their names, and how it reads requests and writes responses.

use heck::ToUpperCamelCase;

use super::types::{Types, rust_type};
use crate::ir::{
    Api, BodyKind, Encoding, Location, Operation, Parameter, ResponseShape, SecurityScheme, Status,
    Style, Type,
};
use crate::names::Scope;

/// Names that the module exports besides the request types. A request type has none of them.
const EXPORTS: [&str; 6] = [
    "Expectation",
    "Fault",
    "HasBody",
    "MockServer",
    "Raw",
    "ReceivedRequests",
];

/// Methods that every mock server has. The method of an operation has none of these names.
const METHODS: [&str; 7] = [
    "base_url",
    "blocking_client",
    "builder",
    "client",
    "report",
    "start",
    "verify",
];

/// An operation in the mock server.
pub(crate) struct MockOperation<'a> {
    /// Method that starts an expectation.
    pub(crate) method: String,
    /// Type of the requests.
    pub(crate) request: String,
    /// The parameters that requests are decoded to.
    pub(crate) parameters: Vec<MockParameter<'a>>,
    /// Type of the request body, if it is always JSON.
    pub(crate) body: Option<String>,
    pub(crate) is_body_required: bool,
    /// Names that the query can have, unless it can have any.
    pub(crate) query: Option<Vec<&'a str>>,
    /// Status of the successful response.
    pub(crate) status: u16,
    pub(crate) has_json_body: bool,
    /// Type of the successful response.
    pub(crate) response: String,
    /// Type of the body of an error.
    pub(crate) error: String,
    /// JSON of the body of a 429 response.
    pub(crate) rate_limit_body: Option<String>,
    /// The types that the signatures name.
    pub(crate) types: Vec<&'a Type>,
}

/// A parameter that a request is decoded to.
pub(crate) struct MockParameter<'a> {
    pub(crate) ir: &'a Parameter,
    pub(crate) rust_type: String,
    pub(crate) texts: Texts,
}

/// How many values the texts of a parameter are.
#[derive(Clone, Copy)]
pub(crate) enum Texts {
    One,
    /// One text for each item.
    Each,
    /// One text with this separator between the items.
    Joined(&'static str),
}

/// Plans one operation after the other.
pub(super) struct MockPlanner<'p, 'a> {
    api: &'a Api,
    types: &'p Types<'a>,
    methods: Scope,
    requests: Scope,
}

impl<'p, 'a> MockPlanner<'p, 'a> {
    pub(super) fn new(api: &'a Api, types: &'p Types<'a>) -> Self {
        let taken = api.types.iter().map(|definition| definition.name.as_str());
        MockPlanner {
            methods: Scope::with(&METHODS),
            requests: Scope::with(&taken.chain(EXPORTS).collect::<Vec<_>>()),
            api,
            types,
        }
    }

    pub(super) fn operation(&mut self, operation: &'a Operation) -> MockOperation<'a> {
        let request = format!("{}Request", operation.name.to_upper_camel_case());
        let parameters = operation.parameters.iter();
        let parameters: Vec<_> = parameters.filter_map(|it| self.parameter(it)).collect();
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let body = match contents.collect::<Vec<_>>().as_slice() {
            [only] if only.kind == BodyKind::Json => Some(&only.value),
            _ => None,
        };
        let (success, error) = (operation.success.json(), operation.error.json());
        let values = parameters.iter().map(|parameter| &parameter.ir.value);
        let find = |status| {
            let mut responses = operation.responses.iter();
            responses.find(|response| response.status == Status::Code(status))
        };
        let rate_limit = find(429).and_then(|response| response.contents.first());
        MockOperation {
            method: self.methods.claim(operation.name.clone()),
            request: self.requests.claim(request),
            types: values.chain(body).chain(success).chain(error).collect(),
            parameters,
            body: body.map(rust_type),
            is_body_required: operation.body.as_ref().is_some_and(|body| body.required),
            query: self.query(operation),
            status: status(operation),
            has_json_body: success.is_some(),
            response: match (&operation.success, success) {
                (ResponseShape::Empty, _) => "()".to_owned(),
                (_, Some(body)) => rust_type(body),
                (_, None) => "mock::Raw".to_owned(),
            },
            error: error.map_or_else(|| "serde_json::Value".to_owned(), rust_type),
            rate_limit_body: rate_limit
                .and_then(|content| content.example.as_ref())
                .map(|example| example.to_string()),
        }
    }

    /// Plans a parameter, unless it is made of anything but strings, numbers and booleans.
    fn parameter(&self, parameter: &'a Parameter) -> Option<MockParameter<'a>> {
        let Encoding::Style { style, explode, .. } = parameter.encoding else {
            return None;
        };
        let (is_list, item) = match self.types.resolve(&parameter.value) {
            Type::Array(item) => (true, self.types.resolve(item)),
            other => (false, other),
        };
        let is_scalar = matches!(item, Type::Scalar(_)) || self.types.is_string(item);
        let is_read = matches!(
            style,
            Style::Form | Style::Simple | Style::SpaceDelimited | Style::PipeDelimited
        );
        let value = rust_type(&parameter.value);
        (is_scalar && is_read).then(|| MockParameter {
            ir: parameter,
            rust_type: match parameter.required {
                true => value,
                false => format!("Option<{value}>"),
            },
            texts: match (parameter.location, style) {
                _ if !is_list => Texts::One,
                (Location::Query, _) if explode => Texts::Each,
                (_, Style::SpaceDelimited) => Texts::Joined("%20"),
                (_, Style::PipeDelimited) => Texts::Joined("%7C"),
                _ => Texts::Joined(","),
            },
        })
    }

    /// Returns the names that the query can have, or `None` if a parameter adds names of its own.
    fn query(&self, operation: &'a Operation) -> Option<Vec<&'a str>> {
        let parameters = operation.parameters.iter();
        let mut names: Vec<&str> = Vec::new();
        for parameter in parameters.filter(|it| it.location == Location::Query) {
            if let Encoding::Style { style, .. } = parameter.encoding {
                let item = match self.types.resolve(&parameter.value) {
                    Type::Array(item) => item,
                    other => other,
                };
                if style == Style::DeepObject || self.types.text(item).is_none() {
                    return None;
                }
            }
            names.push(&parameter.wire_name);
        }
        let schemes = self.api.security_schemes.iter();
        let schemes =
            schemes.filter(|it| operation.security.iter().flatten().any(|n| *n == it.name));
        let keys = schemes.filter_map(SecurityScheme::api_key);
        let keys = keys.filter(|(location, _)| *location == Location::Query);
        names.extend(keys.map(|(_, name)| name));
        names.sort_unstable();
        names.dedup();
        Some(names)
    }
}

/// Returns the status of the successful response, preferably of one with a body.
fn status(operation: &Operation) -> u16 {
    let mut successes = operation.successes();
    let with_body = successes.find(|response| !response.contents.is_empty());
    let response = with_body.or_else(|| operation.successes().next());
    match response.map(|response| response.status) {
        Some(Status::Code(code)) => code,
        _ => 200,
    }
}
