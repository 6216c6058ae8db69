//! Creates many tasks: a few at the same time, and all within a time limit.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, Task, TaskId};
use comp_ai_client::{Attempt, Client, Error, Interceptor};
use tokio::task::{JoinError, JoinSet};

const AT_ONCE: usize = 8;

/// Counts attempts. The client owns the interceptor, so a clone with the same counter stays here.
#[derive(Clone, Default)]
pub struct Attempts(Arc<AtomicU64>);

impl Attempts {
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Interceptor for Attempts {
    fn before_attempt(&self, _: &mut Attempt<'_>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// What became of each task, with its position in the list.
#[derive(Default)]
pub struct Report {
    pub created: Vec<(usize, TaskId)>,
    pub not_created: Vec<(usize, Error)>,
    /// Check whether these tasks exist before you create them again.
    pub in_doubt: Vec<(usize, Error)>,
    pub not_started: Vec<usize>,
}

impl Report {
    fn add(&mut self, (index, result): (usize, Result<Task, Error>)) {
        match result {
            Ok(task) => self.created.push((index, task.id)),
            Err(error) if error.may_have_been_applied() => self.in_doubt.push((index, error)),
            Err(error) => self.not_created.push((index, error)),
        }
    }

    pub fn is_complete(&self) -> bool {
        self.not_created.is_empty() && self.in_doubt.is_empty() && self.not_started.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in &self.created {
            writeln!(f, "task {}: created as {id}", index + 1)?;
        }
        for (index, error) in &self.not_created {
            writeln!(f, "task {}: not created: {error}", index + 1)?;
        }
        for (index, error) in &self.in_doubt {
            writeln!(f, "task {}: it may exist: {error}", index + 1)?;
        }
        for index in &self.not_started {
            writeln!(f, "task {}: not started in time", index + 1)?;
        }
        Ok(())
    }
}

/// Creates the tasks. Each call gets the time that is left, rather than a timeout around all calls: a call that
/// is dropped could not say whether its task may exist.
pub async fn create(
    client: &Client,
    tasks: &[CreateTask],
    limit: Duration,
) -> Result<Report, JoinError> {
    let deadline = Instant::now() + limit;
    let mut report = Report::default();
    let mut running = JoinSet::new();
    for (index, task) in tasks.iter().enumerate() {
        if running.len() == AT_ONCE {
            if let Some(ended) = running.join_next().await {
                report.add(ended?);
            }
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            report.not_started.push(index);
            continue;
        }
        let call = client.create_task(task).timeout(left);
        running.spawn(async move { (index, call.await) });
    }
    while let Some(ended) = running.join_next().await {
        report.add(ended?);
    }
    Ok(report)
}
