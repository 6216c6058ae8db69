//! A stand-in for the server, on loopback, for tests of programs that use the client.
//!
//! It knows the description's operations, refuses what they do not allow, and answers what a test
//! has told it to.

mod answer;
#[allow(
    dead_code,
    reason = "what is read of requests depends on the description"
)]
mod check;
mod description;
mod expectation;
mod expectations;
mod http;
mod parameters;
mod route;
mod schema;
mod server;
mod text;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::expectations::Expectations;
use self::server::Server;
use crate::runtime::builder::{ClientBuilder, credential};
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::retry::RetryPolicy;

pub use self::answer::Fault;
#[allow(
    unused_imports,
    reason = "a description may have no operation, or none with a body"
)]
pub use self::{
    check::Checked,
    description::{Description, Endpoint},
    expectation::{Expectation, Expected, HasBody, Raw, expectation},
};

/// A server on loopback that stands in for the API, and clients that talk to it.
///
/// It has one method for each operation, which gives an [`Expectation`]. Every request is checked
/// against the description: method and path, parameters, credentials, media type, and the body down
/// to each field. A request that the description does not allow is answered with 400, one that no
/// expectation is set for with 501; the texts of both say why, and [`verify`](Mock::verify) repeats
/// them.
///
/// Dropping it verifies too, unless the thread is panicking already.
pub struct Mock {
    expectations: Arc<Expectations>,
    server: Server,
    builder: ClientBuilder,
    client: Client,
}

/// What the clients of a mock send as a key, a token, or a user and a password.
const CREDENTIAL: &str = "mock:credential";

/// Starts a stand-in. A function and not a method, so that it stays out of the public API.
pub fn start(builder: ClientBuilder, description: &'static Description) -> Result<Mock, Error> {
    let expectations = Arc::new(Expectations::of(description));
    let server = Server::start(Arc::clone(&expectations))
        .map_err(|error| Error::configuration(format!("the mock cannot be started: {error}")))?;
    // Nothing is waited for: neither between attempts, nor as long as a `Retry-After` says.
    let retry = RetryPolicy::new()
        .base_delay(Duration::ZERO)
        .max_retry_after(Duration::ZERO);
    let builder = builder.base_url(server.origin()).retry(retry);
    let builder = (0..description.schemes).fold(builder, |builder, scheme| {
        credential(builder, scheme, Ok(CREDENTIAL.to_owned()))
    });
    Ok(Mock {
        client: builder.clone().build()?,
        expectations,
        server,
        builder,
    })
}

impl Mock {
    /// A client that talks to this server.
    ///
    /// It retries what a client by default retries, three attempts in all, but never waits: a
    /// `Retry-After` above zero ends the call at once.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// A client that talks to this server and blocks the calling thread; otherwise as
    /// [`client`](Mock::client).
    ///
    /// # Errors
    ///
    /// If the thread that does the client's work cannot be started.
    #[cfg(feature = "blocking")]
    pub fn blocking_client(&self) -> Result<crate::runtime::blocking::Client, Error> {
        self.builder.clone().build_blocking()
    }

    /// Sets up a client that talks to this server, with the base URL, the credentials and the retry policy of
    /// [`client`](Mock::client).
    pub fn builder(&self) -> ClientBuilder {
        self.builder.clone()
    }

    /// The address of this server, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        self.server.origin()
    }

    /// Checks that every expectation was met, and that every request was allowed and expected.
    ///
    /// # Panics
    ///
    /// If not; the text lists what was expected and what was received.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(report) = self.report() {
            panic!("{report}");
        }
    }

    /// What [`verify`](Mock::verify) panics with, if it does.
    pub fn report(&self) -> Option<String> {
        self.expectations.report()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.server.stop();
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
