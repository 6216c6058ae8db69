//! The mock: what it lets through, what it refuses, what it answers, and what it says in the end.

#![cfg(feature = "mock")]

mod answers;
mod downstream;
mod examples;
mod raw;
mod refused;
mod verified;

use std::panic::{AssertUnwindSafe, catch_unwind};

use comp_ai_client::mock::MockServer;
use comp_ai_client::types::{Frequency, Task, TaskStatus};

fn task(id: &str) -> Task {
    let time = "2026-01-15T10:30:00Z".parse().unwrap();
    Task::new(id, "Title", TaskStatus::Todo, time, time, Frequency::Daily)
}

/// What dropping the mock panics with.
fn complaint(mock: MockServer) -> String {
    let panic = catch_unwind(AssertUnwindSafe(move || drop(mock))).expect_err("it panics");
    *panic.downcast::<String>().unwrap()
}
