//! Sends a request, as often as its retries allow, with reqwest and Tokio's clock.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime;

use super::attempt::attempt;
use super::client_inner::ClientInner;
use super::error::{Error, ErrorKind};
use super::interception;
use super::prepared::{CallOptions, PreparedRequest};
use super::received::ReceivedResponse;
use super::retry::RetryPolicy;
use super::retry_decision::{Attempts, Failure, Now, RetryDecision};
use super::secret::Redactor;
use super::trace::Span;

/// Makes a call: its attempts, and the waits between them.
pub(crate) async fn send(
    client: Arc<ClientInner>,
    prepared: Result<PreparedRequest, Error>,
    options: CallOptions,
) -> Result<ReceivedResponse, Error> {
    let mut prepared = prepared?;
    let Ok(runtime) = runtime::Handle::try_current() else {
        let reason =
            "there is no Tokio runtime; await the call in one, or use the feature `blocking`";
        return Err(Error::invalid_input(reason).of_operation(prepared.operation));
    };
    let span = Span::of(&client, &prepared);
    let result = span
        .around(exchange(
            &client,
            &mut prepared,
            &options,
            &span,
            runtime.id(),
        ))
        .await;
    span.end(match &result {
        Ok(received) => Ok((received.response.status, received.attempts)),
        Err(error) => Err(error),
    });
    result
}

async fn exchange(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    options: &CallOptions,
    span: &Span,
    runtime: runtime::Id,
) -> Result<ReceivedResponse, Error> {
    let once = RetryPolicy::none();
    let (policy, limit) = match prepared.is_single_use() {
        // A body of any size has the time of the call.
        true => (&once, Duration::MAX),
        false => {
            let policy = options.retry.as_ref().unwrap_or(&client.retry);
            (policy, client.attempt_timeout)
        }
    };
    let mut start = now();
    let deadline = start.checked_add(options.timeout.unwrap_or(client.timeout));
    let mut attempts = Attempts::new(
        policy,
        &client.budget,
        prepared.operation,
        prepared.repeatable,
        deadline,
    );
    attempts.redirects = prepared.redirects;
    let own_headers = prepared.headers.len();
    loop {
        let until = attempts.begin(start, limit);
        prepared.headers.truncate(own_headers);
        let ready = interception::before(client, prepared, attempts.made());
        let ready = ready.and_then(|()| match until {
            Some(until) if until <= start => Err(Failure::too_late()),
            _ => Ok(()),
        });
        let mut rest = None;
        let stream = options.is_streamed.then_some(&mut rest);
        let pool = || {
            let base_url = prepared.base_url(&client.base_url);
            let pool = client.connections.of(runtime, base_url);
            pool.map_err(|detail| Failure {
                kind: ErrorKind::Connect,
                sent: false,
                detail,
                head: None,
            })
        };
        let outcome = match ready.and_then(|()| pool()) {
            Ok(pool) => attempt(client, &pool, prepared, until, stream).await,
            Err(failure) => Err(failure),
        };
        let outcome = outcome.map_err(|failure| Failure {
            detail: redactor(client, prepared)
                .redact(&failure.detail)
                .into_owned(),
            ..failure
        });
        span.attempt(attempts.made(), &outcome);
        let elapsed = || now().saturating_duration_since(start);
        interception::after(client, prepared, attempts.made(), &outcome, elapsed);
        let ended = || Now {
            instant: now(),
            system: SystemTime::now(),
        };
        match attempts.decide(outcome, ended, fastrand::f64()) {
            RetryDecision::Done(response) => {
                return Ok(ReceivedResponse {
                    response,
                    rest,
                    idle_timeout: client.attempt_timeout,
                    max_size: client.max_response_size,
                    operation: prepared.operation,
                    repeatable: prepared.repeatable,
                    attempts: attempts.made(),
                    span: span.clone(),
                    redactor: redactor(client, prepared),
                    #[cfg(feature = "blocking")]
                    worker: None,
                });
            }
            RetryDecision::Failed(error) => {
                let error = error.redacting(redactor(client, prepared));
                return Err(error.with_hint(prepared.hints));
            }
            RetryDecision::Retry(wait) => tokio::time::sleep(wait).await,
        }
        start = now();
    }
}

/// Returns the time of Tokio's clock, which a test may have paused.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// Returns the redactor of everything secret in the request, which a server may echo.
fn redactor(client: &ClientInner, prepared: &PreparedRequest) -> Redactor {
    let own = prepared.headers.iter().map(|(_, value)| value);
    client.redactor.and(own)
}
