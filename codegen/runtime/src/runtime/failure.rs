//! Failures of an attempt, as reqwest reports them.

use std::error::Error as _;

use reqwest::Url;

use super::error::ErrorKind;
use super::retry_decision::Failure;

impl Failure {
    /// Converts an error of reqwest, without its URL, which contains data of the caller.
    pub(crate) fn of_reqwest(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let (kind, what) = match (error.is_timeout(), error.is_connect()) {
            (true, true) => (ErrorKind::Timeout, "no connection in time"),
            (true, false) => (ErrorKind::Timeout, "no response in time"),
            (false, true) => (ErrorKind::Connect, "could not connect"),
            (false, false) => (ErrorKind::Transport, "the connection failed"),
        };
        let causes = causes(&error);
        // What rustls reports if the server's first bytes are not TLS.
        let hint = match causes.contains("InvalidContentType") {
            true => {
                "; the server does not speak TLS on this port, so check port and scheme of the base URL"
            }
            false => "",
        };
        Failure {
            sent: !error.is_connect(),
            ..Failure::sent(kind, format!("{what}: {causes}{hint}"))
        }
    }

    /// A failure after the request was sent, or may have been.
    pub(crate) fn sent(kind: ErrorKind, detail: String) -> Self {
        Failure {
            kind,
            sent: true,
            detail,
            head: None,
        }
    }

    /// A failure before any part of the request was sent.
    pub(crate) fn unsent(kind: ErrorKind, detail: String) -> Self {
        Failure {
            sent: false,
            ..Failure::sent(kind, detail)
        }
    }

    /// A time limit that passed before there was a connection.
    pub(crate) fn not_connected() -> Self {
        let detail = "no connection in time: the time limit of the attempt or call passed";
        Failure::unsent(ErrorKind::Timeout, detail.to_owned())
    }

    /// A time limit that passed before the attempt began, such as a limit of zero.
    pub(crate) fn too_late() -> Self {
        let detail = "the time limit passed before the request was sent";
        Failure::unsent(ErrorKind::Timeout, detail.to_owned())
    }

    /// Adds host and port to the message of a failed connection.
    pub(crate) fn of_server(mut self, base_url: &Url) -> Self {
        if let (false, Some(host)) = (self.sent, base_url.host_str()) {
            let port = base_url.port_or_known_default().unwrap_or_default();
            let (what, cause) = self.detail.split_once(": ").unwrap_or((&self.detail, ""));
            let to = match self.kind {
                ErrorKind::Timeout => "with",
                _ => "to",
            };
            self.detail = format!("{what} {to} {host}:{port}: {cause}");
        }
        self
    }
}

/// Joins the causes below reqwest's own message, without repetitions.
fn causes(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) && !words.starts_with("client error (") {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&words);
        }
        next = cause.source();
    }
    if text.is_empty() {
        text = error.to_string();
    }
    text
}
