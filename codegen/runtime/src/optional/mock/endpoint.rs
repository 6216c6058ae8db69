//! Facts about an operation, as the generated code states them.

use super::rejection::Rejection;
use super::request::MockRequest;
use crate::runtime::Operation;

/// An operation of the mock server.
#[derive(Debug)]
pub struct Endpoint {
    /// The operation of the client.
    pub operation: &'static Operation,
    /// Names of the query parameters, or `None` if any name is possible.
    pub query: Option<&'static [&'static str]>,
    /// Media types of the request body. Empty if the operation has none.
    pub media_types: &'static [&'static str],
    /// Whether a request without a body is rejected.
    pub body_required: bool,
    /// Decodes a request and drops the result.
    pub check: fn(&MockRequest<'_>) -> Result<(), Rejection>,
    /// Status of a successful response.
    pub success: u16,
    /// Whether a successful response has a JSON body.
    pub has_json_body: bool,
    /// JSON body of a 429 response: the description's example, if there is one.
    pub rate_limit_body: Option<&'static str>,
}
