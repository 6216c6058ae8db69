//! The mock server: the requests it accepts and rejects, its responses, and its report.

#![cfg(feature = "mock")]

mod examples;
mod program;
mod raw;
mod rejected;
mod responses;
mod verification;

use std::panic::{AssertUnwindSafe, catch_unwind};

use comp_ai_client::mock::MockServer;
use comp_ai_client::types::{Frequency, Task, TaskStatus};

fn task(id: &str) -> Task {
    let time = "2026-01-15T10:30:00Z".parse().unwrap();
    Task::new(id, "Title", TaskStatus::Todo, time, Frequency::Daily)
}

/// The report that dropping the mock server panics with.
fn failure_report(mock: MockServer) -> String {
    let panic = catch_unwind(AssertUnwindSafe(move || drop(mock))).expect_err("it panics");
    *panic.downcast::<String>().unwrap()
}
