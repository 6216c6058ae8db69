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
        interceptor
            .before_attempt(&mut attempt)
            .map_err(|error| Failure {
                kind: ErrorKind::InvalidInput,
                sent: false,
                detail: format!("an interceptor rejects the request: {error}"),
                head: None,
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
    elapsed: impl FnOnce() -> Duration,
) {
    if client.interceptors.is_empty() {
        return;
    }
    let elapsed = elapsed();
    let outcome = match outcome {
        Ok(response) => AttemptOutcome {
            head: Some((response.status, &response.headers)),
            error: None,
            elapsed,
        },
        Err(failure) => AttemptOutcome {
            head: failure
                .head
                .as_deref()
                .map(|(status, headers)| (*status, headers)),
            error: Some(failure.kind),
            elapsed,
        },
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
