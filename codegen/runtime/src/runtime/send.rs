//! Sends a request, as often as its retries allow, with reqwest and Tokio's clock.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime;

use super::attempt::attempt;
use super::client_inner::ClientInner;
use super::connections::Pool;
use super::error::{Error, ErrorKind};
use super::interception;
use super::prepared::{CallOptions, PreparedRequest};
use super::received::ReceivedResponse;
use super::retry::RetryPolicy;
use super::retry_decision::{Attempts, Failure, Now, RawResponse, RetryDecision};
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
        return Err(Error::invalid_input(reason.to_owned()).of_operation(prepared.operation));
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
        let is_late = until.is_some_and(|until| until <= start);
        let outcome = match connection(client, prepared, runtime, attempts.made(), is_late) {
            Ok(pool) => attempt(client, &pool, prepared, until, options.is_streamed).await,
            Err(failure) => Err(failure),
        };
        match conclude(client, prepared, span, &mut attempts, outcome, start) {
            ControlFlow::Continue(wait) => tokio::time::sleep(wait).await,
            ControlFlow::Break(result) => return result,
        }
        start = now();
    }
}

/// Returns the time of Tokio's clock, which a test may have paused.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// Prepares an attempt, and returns the connections for it.
fn connection(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    runtime: runtime::Id,
    number: u32,
    is_late: bool,
) -> Result<Pool, Failure> {
    interception::before(client, prepared, number)?;
    if is_late {
        return Err(Failure::too_late());
    }
    let base_url = prepared.base_url(&client.base_url);
    let pool = client.connections.of(runtime, base_url);
    pool.map_err(|detail| Failure::unsent(ErrorKind::Connect, detail))
}

/// Reports how an attempt ended. Returns the result of the call, or how long to wait before the next attempt.
fn conclude(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    span: &Span,
    attempts: &mut Attempts<'_>,
    mut outcome: Result<RawResponse, Failure>,
    start: Instant,
) -> ControlFlow<Result<ReceivedResponse, Error>, Duration> {
    // Everything secret in the request, which a server may echo.
    let redactor = client.redactor.and(&prepared.headers);
    if let Err(failure) = &mut outcome {
        failure.detail = redactor.redact(&failure.detail).into_owned();
    }
    span.attempt(attempts.made(), &outcome);
    if !client.interceptors.is_empty() {
        let elapsed = now().saturating_duration_since(start);
        interception::after(client, prepared, attempts.made(), &outcome, elapsed);
    }
    let ended = || Now {
        instant: now(),
        system: SystemTime::now(),
    };
    ControlFlow::Break(match attempts.decide(outcome, ended, fastrand::f64()) {
        RetryDecision::Retry(wait) => return ControlFlow::Continue(wait),
        RetryDecision::Failed(error) => Err(error.redacting(redactor).with_hint(prepared.hints)),
        RetryDecision::Done(response) => Ok(ReceivedResponse {
            response,
            idle_timeout: client.attempt_timeout,
            max_size: client.max_response_size,
            operation: prepared.operation,
            repeatable: prepared.repeatable,
            attempts: attempts.made(),
            span: span.clone(),
            redactor,
            #[cfg(feature = "blocking")]
            worker: None,
        }),
    })
}
