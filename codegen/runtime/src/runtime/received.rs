//! A successful response before it is decoded.

use std::time::Duration;

use super::retry_decision::RawResponse;
use super::secret::Redactor;
use super::trace::Span;

/// A successful response, and what is known of the call that received it.
pub struct ReceivedResponse {
    pub(crate) response: RawResponse,
    /// Maximum time to wait for a chunk of the rest.
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) idle_timeout: Duration,
    /// Maximum size of a body that is kept in memory.
    #[allow(dead_code, reason = "only streams of items read it")]
    pub(crate) max_size: u64,
    pub(crate) operation: &'static str,
    pub(crate) repeatable: bool,
    pub(crate) attempts: u32,
    pub(crate) span: Span,
    pub(crate) redactor: Redactor,
    /// Keeps the thread of a blocking client running.
    #[cfg(feature = "blocking")]
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) worker: Option<super::worker::Worker>,
}
