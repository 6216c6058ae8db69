//! One span for each call and one event for each attempt, with the names of OpenTelemetry's conventions for
//! HTTP clients. Without the feature `tracing` nothing of it is compiled.

use std::future::Future;

use http::StatusCode;

use super::client_inner::ClientInner;
use super::error::Error;
#[cfg(feature = "tracing")]
use super::error::ErrorKind;
use super::prepared::PreparedRequest;
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

    pub(crate) fn end(&self, _: Result<(StatusCode, u32), &Error>) {}

    pub(crate) fn failed(&self, _: &Error) {}
}

#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(crate) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    /// Returns the span of a call. It has the path template: the path may be secret, and has too many values
    /// to group by.
    pub(crate) fn of(client: &ClientInner, prepared: &PreparedRequest) -> Self {
        let method = prepared.method.as_str();
        let name = match prepared.template {
            Some(template) => format!("{method} {template}"),
            None => method.to_owned(),
        };
        // The brackets of an IPv6 address belong to the URL.
        let base_url = prepared.base_url(&client.base_url);
        let host = base_url.host_str();
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
            server.port = base_url.port_or_known_default(),
            http.response.status_code = tracing::field::Empty,
            http.request.resend_count = tracing::field::Empty,
            error.type = tracing::field::Empty,
        ))
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(future, self.0.clone())
    }

    /// Records how an attempt ended.
    pub(crate) fn attempt(&self, number: u32, outcome: &Result<RawResponse, Failure>) {
        let resend_count = number - 1;
        match outcome {
            Ok(response) => tracing::debug!(
                http.request.resend_count = resend_count,
                http.response.status_code = response.status.as_u16(),
                "received a response"
            ),
            Err(failure) => tracing::debug!(
                http.request.resend_count = resend_count,
                error.type = failure.kind.as_str(),
                error.message = failure.detail,
                "attempt failed"
            ),
        }
    }

    /// Records how the call ended: the status and the number of attempts, or the error.
    pub(crate) fn end(&self, result: Result<(StatusCode, u32), &Error>) {
        let (status, attempts) = match result {
            Ok((status, attempts)) => (Some(status), attempts),
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

    /// Records that the call failed: the status of an error response, or else the kind of the error.
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
