//! Options of the fake server.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

/// Organization data, limits and injected faults of a fake server.
#[derive(Clone)]
pub struct Options {
    /// Port to listen on. 0 selects a free port.
    pub port: u16,
    /// API key that is allowed to call both operations.
    pub api_key: String,
    /// Valid API keys without the required scope. They get a 403.
    pub keys_without_scope: Vec<String>,
    /// Values of the `Origin` header that are trusted. Any other value gets a 403.
    pub trusted_origins: Vec<String>,
    /// Number of requests that one client address may send to one operation in each
    /// `throttle_window`.
    pub throttle_limit: u32,
    /// How long a request counts against the limit, and how long a client address that exceeded
    /// the limit is throttled.
    pub throttle_window: Duration,
    /// Maximum size of a request body in bytes. A larger body gets a 413.
    pub max_body: usize,
    /// How long a connection may be idle before the server closes it.
    pub keep_alive_timeout: Duration,
    /// Ids of the organization's members, who can be assignees and approvers.
    pub members: Vec<String>,
    /// Ids of platform administrators, who are rejected as assignees of an update.
    pub platform_admins: Vec<String>,
    /// Ids of the controls that a task can be connected to.
    pub controls: Vec<String>,
    /// Ids of the templates that a task can be created from.
    pub task_templates: Vec<String>,
    /// Ids of the vendors that a task can be connected to.
    pub vendors: Vec<String>,
    /// Whether the organization has evidence approval on: a task in review then leaves the review
    /// by an approval only, and keeps its approver.
    pub evidence_approval: bool,
    /// Whether the organization has an active owner. Without one, every update is rejected.
    pub active_owner: bool,
    /// Resets one in this many connections, at random, after reading a request from it. Half of
    /// the resets happen after the request was handled. 0 disables resets.
    pub reset_one_in: u32,
    /// Seed of the random choice of connections to reset.
    pub seed: u64,
    /// Called at each [`Stage`] of each request.
    pub observer: Option<Observer>,
}

/// Callback for the stages of a request. If it returns a receiver, the request waits until that
/// receiver gets a message or its sender is dropped.
pub type Observer = Arc<dyn Fn(Stage) -> Option<oneshot::Receiver<()>> + Send + Sync>;

/// Progress of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// The request was read and not yet handled.
    Received,
    /// The request was handled and the response is not yet sent.
    Handled,
}

impl Default for Options {
    /// The limits of the vendor's server, and the ids of the published examples.
    fn default() -> Self {
        let list = |items: &[&str]| items.iter().map(ToString::to_string).collect();
        Self {
            port: 0,
            api_key: "comp_fake_key".to_owned(),
            keys_without_scope: list(&["comp_fake_key_without_scope"]),
            trusted_origins: list(&["https://app.trycomp.ai"]),
            throttle_limit: 100,
            throttle_window: Duration::from_secs(60),
            max_body: 150 << 20,
            keep_alive_timeout: Duration::from_secs(5),
            members: list(&["mem_abc123", "mem_def456"]),
            platform_admins: list(&["mem_platform_admin"]),
            controls: list(&["ctrl_abc123", "ctrl_def456"]),
            task_templates: list(&["tmpl_abc123", "frk_tt_68406e353df3bc002994acef"]),
            vendors: list(&["vnd_abc123"]),
            evidence_approval: false,
            active_owner: true,
            reset_one_in: 0,
            seed: 0,
            observer: None,
        }
    }
}
