//! A mock server on loopback, for tests of programs that use the client.

mod check;
mod credentials;
mod endpoint;
mod expectation;
mod expectations;
mod http;
mod lock;
mod rejection;
#[allow(
    dead_code,
    reason = "which parts of a request are decoded depends on the description"
)]
mod request;
mod response;
mod route;
mod server;
mod text;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::credentials::CREDENTIAL;
use self::expectations::Expectations;
use self::server::Server;
use crate::runtime::builder::{ClientBuilder, credential};
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::retry::RetryPolicy;

#[allow(
    unused_imports,
    reason = "a description may have no operation, or none with a body"
)]
pub use self::{
    endpoint::Endpoint,
    expectation::{Expectation, HasBody, Raw, ReceivedRequests},
    rejection::Rejection,
    request::{Decode, MockRequest, check},
    response::Fault,
};

/// A mock server of the API on loopback, and clients that are configured for it. Requires the feature `mock`.
///
/// It has one method for each operation, which starts an [`Expectation`]. A request that matches no
/// expectation gets a 501 response.
///
/// # What is checked
///
/// A request is rejected with a 400 response, whatever the expectations, if
///
/// - no operation has its method and path, or a path parameter has a value that is another route
/// - it has no credential, in the right header, query parameter or cookie; the value does not matter
/// - a query parameter is unknown
/// - a path, query, header or cookie parameter is missing, or does not decode as its type: text, a
///   number, a boolean, a date, or a list of these
/// - the body is missing, its `Content-Type` is not one of the operation's, or the body is not the JSON
///   of the operation's type: a required field is missing, or a value has another type
///
/// Not checked are limits of lengths, numbers and patterns, and values that an enum does not list: the
/// client sends them too, and only the real server knows which it accepts. Unknown keys of a JSON object
/// are ignored, unless the type keeps them. Parameters that are objects, or are encoded as JSON or in the
/// styles `label`, `matrix` and `deepObject`, are not decoded, and neither are bodies that are not JSON.
///
/// The text of both responses says what is wrong, and [`verify`](MockServer::verify) repeats it. Dropping
/// the server verifies too, unless the thread is already panicking. `std::mem::forget(mock)` ends a test without
/// that; the threads of the server then run until the program ends.
pub struct MockServer {
    expectations: Arc<Expectations>,
    server: Server,
    builder: ClientBuilder,
    client: Client,
}

/// Starts a mock server. A function, so that it stays out of the public API.
pub fn start(
    builder: ClientBuilder,
    endpoints: &'static [&'static Endpoint],
) -> Result<MockServer, Error> {
    let schemes = builder.schemes();
    let expectations = Arc::new(Expectations::new(endpoints, schemes));
    let server = Server::start(Arc::clone(&expectations)).map_err(|error| {
        Error::configuration(format!("the mock server cannot be started: {error}"))
    })?;
    // Tests do not wait, neither between attempts nor for a `Retry-After`.
    let retry = RetryPolicy::new()
        .base_delay(Duration::ZERO)
        .max_retry_after(Duration::ZERO);
    let builder = builder.base_url(server.origin()).retry(retry);
    let builder = (0..schemes.len()).fold(builder, |builder, scheme| {
        credential(builder, scheme, Ok(CREDENTIAL.to_owned()))
    });
    Ok(MockServer {
        client: builder.clone().build()?,
        expectations,
        server,
        builder,
    })
}

/// Starts an expectation. A function, so that it stays out of the public API.
#[allow(dead_code, reason = "a client may have no operations")]
pub fn expectation<R: Decode, T, E>(
    server: &MockServer,
    endpoint: &'static Endpoint,
) -> Expectation<R, T, E> {
    Expectation::new(Arc::clone(&server.expectations), endpoint)
}

impl MockServer {
    /// Returns a client of this server.
    ///
    /// It retries as a default client does, up to three attempts, but never waits: a `Retry-After` above
    /// zero ends the call at once.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Returns a client of this server that blocks the calling thread, with the settings of
    /// [`client`](MockServer::client).
    ///
    /// # Errors
    ///
    /// If the thread of the client cannot be started.
    ///
    /// Requires the feature `blocking`.
    #[cfg(feature = "blocking")]
    pub fn blocking_client(&self) -> Result<crate::runtime::blocking::Client, Error> {
        self.builder.clone().build_blocking()
    }

    /// Returns a builder with the base URL, credentials and retry policy of
    /// [`client`](MockServer::client).
    ///
    /// What a test sets replaces these. With another retry policy, the client waits between attempts and for a
    /// `Retry-After`, as a real client does.
    pub fn builder(&self) -> ClientBuilder {
        self.builder.clone()
    }

    /// Returns the address of this server, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        self.server.origin()
    }

    /// Asserts that every expectation received its requests, and that no request was rejected or
    /// unexpected.
    ///
    /// # Panics
    ///
    /// If that is not so. The message lists the problems, the expectations and the requests.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(report) = self.report() {
            panic!("{report}");
        }
    }

    /// Returns the message of [`verify`](MockServer::verify), or `None` if it does not panic.
    pub fn report(&self) -> Option<String> {
        self.expectations.report()
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.server.stop();
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
