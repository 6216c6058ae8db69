//! One span a call and one event an attempt, named as OpenTelemetry's conventions for HTTP clients
//! name them. Without the feature `tracing` all of it comes to nothing.

use std::future::Future;

use super::call::ReceivedResponse;
use super::client::ClientInner;
use super::error::Error;
#[cfg(feature = "tracing")]
use super::error::ErrorKind;
use super::request::PreparedRequest;
use super::retry_decision::{Failure, RawResponse};

#[cfg(not(feature = "tracing"))]
#[derive(Clone)]
pub(crate) struct Span;

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) fn of(_: &ClientInner, _: &PreparedRequest) -> Self {
        Span
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn attempt(&self, _: u32, _: &Result<RawResponse, Failure>) {}

    pub(crate) fn end(&self, _: &Result<ReceivedResponse, Error>) {}

    pub(crate) fn failed(&self, _: &Error) {}
}

#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(crate) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    /// The span of a call. It holds the template of the path, and not the path, which may hold what
    /// is secret and has too many values to group by.
    pub(crate) fn of(client: &ClientInner, prepared: &PreparedRequest) -> Self {
        let method = prepared.method.as_str();
        let name = match prepared.template {
            Some(template) => format!("{method} {template}"),
            None => method.to_owned(),
        };
        // Brackets belong to the URL, and not to the address.
        let host = client.base_url.host_str();
        let host = host.map(|host| host.trim_matches(['[', ']']));
        Span(tracing::info_span!(
            "http.client",
            otel.name = name,
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            operation = prepared.operation,
            http.request.method = method,
            url.template = prepared.template,
            server.address = host,
            server.port = client.base_url.port_or_known_default(),
            http.response.status_code = tracing::field::Empty,
            http.request.resend_count = tracing::field::Empty,
            error.type = tracing::field::Empty,
        ))
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(future, self.0.clone())
    }

    /// Tells how an attempt ended, within the span.
    pub(crate) fn attempt(&self, number: u32, outcome: &Result<RawResponse, Failure>) {
        let resend_count = number - 1;
        match outcome {
            Ok(answer) => tracing::debug!(
                http.request.resend_count = resend_count,
                http.response.status_code = answer.status.as_u16(),
                "attempt answered"
            ),
            Err(failure) => tracing::debug!(
                http.request.resend_count = resend_count,
                error.type = failure.kind.as_str(),
                error.message = failure.detail,
                "attempt failed"
            ),
        }
    }

    pub(crate) fn end(&self, result: &Result<ReceivedResponse, Error>) {
        let (status, attempts) = match result {
            Ok(received) => (Some(received.answer.status), received.attempts),
            Err(error) => (error.status(), error.attempts()),
        };
        if let Some(status) = status {
            self.0.record("http.response.status_code", status.as_u16());
        }
        if attempts > 1 {
            self.0.record("http.request.resend_count", attempts - 1);
        }
        if let Err(error) = result {
            self.failed(error);
        }
    }

    /// Tells that the call failed: by the status if that is what is wrong, or by the kind.
    pub(crate) fn failed(&self, error: &Error) {
        self.0.record("otel.status_code", "ERROR");
        match (error.kind(), error.status()) {
            (ErrorKind::Status | ErrorKind::Redirect, Some(status)) => {
                self.0.record("error.type", status.as_str())
            }
            (kind, _) => self.0.record("error.type", kind.as_str()),
        };
    }
}

/// Keeps the span of the calling thread around a future that runs on another.
#[cfg(feature = "blocking")]
pub(crate) fn in_current_span<F: Future>(future: F) -> impl Future<Output = F::Output> {
    #[cfg(feature = "tracing")]
    return tracing::Instrument::in_current_span(future);
    #[cfg(not(feature = "tracing"))]
    future
}
