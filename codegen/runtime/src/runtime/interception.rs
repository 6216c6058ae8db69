//! Runs the interceptors of a client.

use std::time::Duration;

use super::client_inner::ClientInner;
use super::error::ErrorKind;
use super::interceptor::{Attempt, AttemptOutcome, ClientParts};
use super::prepared::PreparedRequest;
use super::retry_decision::{Failure, RawResponse};

/// Runs all interceptors before an attempt. The headers of the attempt before are already removed.
pub(crate) fn before(
    client: &ClientInner,
    request: &mut PreparedRequest,
    number: u32,
) -> Result<(), Failure> {
    for interceptor in client.interceptors.iter() {
        let mut attempt = attempt(client, request, number);
        interceptor.before_attempt(&mut attempt).map_err(|error| {
            let detail = format!("an interceptor rejects the request: {error}");
            Failure::unsent(ErrorKind::InvalidInput, detail)
        })?;
    }
    Ok(())
}

/// Runs all interceptors after an attempt.
pub(crate) fn after(
    client: &ClientInner,
    request: &mut PreparedRequest,
    number: u32,
    outcome: &Result<RawResponse, Failure>,
    elapsed: Duration,
) {
    let (head, error) = match outcome {
        Ok(response) => (Some((response.status, &response.headers)), None),
        Err(failure) => {
            let head = failure.head.as_deref();
            (head.map(|head| (head.0, &head.1)), Some(failure.kind))
        }
    };
    let outcome = AttemptOutcome {
        head,
        error,
        elapsed,
    };
    for interceptor in client.interceptors.iter() {
        let attempt = attempt(client, request, number);
        interceptor.after_attempt(&attempt, &outcome);
    }
}

fn attempt<'a>(
    client: &'a ClientInner,
    request: &'a mut PreparedRequest,
    number: u32,
) -> Attempt<'a> {
    Attempt {
        client: ClientParts {
            base_url: &client.base_url,
            headers: &client.headers,
            credentials: &client.credentials,
            redactor: &client.redactor,
        },
        request,
        number,
    }
}
