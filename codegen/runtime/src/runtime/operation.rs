//! Facts about the API and its operations, as the generated code states them.

/// Facts about an API that every client of it needs.
#[derive(Debug)]
pub struct Api {
    /// Base URL if the caller sets none: the first of the description's `servers`.
    pub base_url: Option<&'static str>,
    /// Security schemes that operations require.
    pub schemes: &'static [Scheme],
    /// Security requirements of all operations, without duplicates.
    pub security: SecurityRequirements,
    /// Environment variable of the base URL.
    pub base_url_variable: &'static str,
    /// `User-Agent` header if the caller sets none.
    pub user_agent: &'static str,
}

/// A security scheme: a credential and where a request carries it.
#[derive(Debug)]
pub struct Scheme {
    /// Name of the credential in messages, such as `API key`.
    pub display_name: &'static str,
    /// Environment variable of the credential.
    pub variable: &'static str,
    /// Where a request carries the credential.
    pub location: CredentialLocation,
    /// Name of the header in lower case, of the query parameter or of the cookie.
    pub name: &'static str,
    /// Encodes the credential for its location, or says why it is invalid. The reason continues a sentence
    /// that begins with `display_name`.
    pub encode: fn(&str) -> Result<String, String>,
}

/// Where a request carries a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a description uses some of them")]
pub enum CredentialLocation {
    /// A header of its own.
    Header,
    /// The query.
    Query,
    /// The `Cookie` header.
    Cookie,
}

/// Alternative lists of security schemes, by their index in [`Api::schemes`]. A request needs all
/// credentials of one list. No list at all means that it needs no credentials.
pub type SecurityRequirements = &'static [&'static [usize]];

/// An operation of the description.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path template, such as `/v1/tasks/{taskId}`. It may have a query.
    pub path: &'static str,
    /// Base URL of the operation, in place of the API's.
    pub base_url: Option<&'static str>,
    /// Parameters of the path template, in the order of the template.
    pub path_parameters: &'static [PathParameter],
    /// Credentials that a request needs.
    pub security: SecurityRequirements,
    /// Whether the request may be sent again when the server may have acted on it (idempotent).
    pub repeatable: bool,
    /// Whether 1xx and 3xx are successes: the description has no 2xx.
    pub redirects: bool,
    /// Usual causes of error statuses, for the text of an error.
    pub hints: &'static [(u16, &'static str)],
}

/// A parameter of a path template.
#[derive(Debug)]
pub struct PathParameter {
    /// Name between the braces.
    pub name: &'static str,
    /// Values that are other routes of the server, and invalid here. ASCII case is not significant, as in
    /// many routers.
    pub reserved: &'static [&'static str],
}
