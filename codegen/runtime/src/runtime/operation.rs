//! What the generated code says of the API and of each operation.

use http::Method;

/// The facts of an API that every client of it starts from.
#[derive(Debug)]
pub struct Api {
    /// The address used when the caller gives none: the first of the description's `servers`.
    pub base_url: Option<&'static str>,
    /// The name, in lower case, of the header that carries the API key, if the API wants one.
    pub key_header: Option<&'static str>,
    /// The environment variable that holds the API key.
    pub key_variable: &'static str,
    /// The environment variable that holds another base URL.
    pub base_url_variable: &'static str,
    /// The `User-Agent` sent unless the caller sets another.
    pub user_agent: &'static str,
}

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
    /// Whether the request may be sent again when it is not known if the server acted on it.
    pub repeatable: bool,
}

/// One parameter of a path template.
#[derive(Debug)]
pub struct PathParameter {
    /// The name between the braces.
    pub name: &'static str,
    /// Values that address other routes of the server and so must not be sent here.
    /// Compared without regard to ASCII case, as many routers do.
    pub refused: &'static [&'static str],
}
