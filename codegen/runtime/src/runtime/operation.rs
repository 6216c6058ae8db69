//! What the generated code says of the API and of each operation.

use http::Method;

use super::request::Request;

/// The facts of an API that every client of it starts from.
#[derive(Debug)]
pub struct Api {
    /// The address used when the caller gives none: the first of the description's `servers`.
    pub base_url: Option<&'static str>,
    /// The security schemes that operations want.
    pub schemes: &'static [Scheme],
    /// What the operations want, each alternative once.
    pub security: SecurityRequirements,
    /// The environment variable that holds another base URL.
    pub base_url_variable: &'static str,
    /// The `User-Agent` sent unless the caller sets another.
    pub user_agent: &'static str,
}

/// A way to say who makes a request.
#[derive(Debug)]
pub struct Scheme {
    /// What messages call its credential, such as `API key`.
    pub display_name: &'static str,
    /// The environment variable that holds the credential.
    pub variable: &'static str,
    /// The name of the header, in lower case, or of what else carries it.
    pub name: &'static str,
    /// What is sent for a credential, or why it cannot be used, in words behind its name.
    pub encode: fn(&str) -> Result<String, String>,
    /// How it joins a request, if not as a header of its own.
    pub attach: Option<fn(&mut Request, &str, &str)>,
}

/// What a request is accepted with: any of these lists of schemes, by their places in
/// [`Api::schemes`]. Without any, nothing is wanted.
pub type SecurityRequirements = &'static [&'static [usize]];

/// One operation of the description.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, such as `/v1/tasks/{taskId}`.
    pub path: &'static str,
    /// The parameters of the template, in the order in which they stand in it.
    pub path_parameters: &'static [PathParameter],
    /// What the request is accepted with.
    pub security: SecurityRequirements,
    /// Whether the request may be sent again when it is not known if the server acted on it.
    pub repeatable: bool,
    /// What an error status usually means, for the text of an error.
    pub hints: &'static [(u16, &'static str)],
}

/// One parameter of a path template.
#[derive(Debug)]
pub struct PathParameter {
    /// The name between the braces.
    pub name: &'static str,
    /// Values that address other routes of the server and so must not be sent here.
    /// Compared without regard to ASCII case, as many routers do.
    pub reserved: &'static [&'static str],
}
