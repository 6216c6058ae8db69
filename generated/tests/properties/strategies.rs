//! Generators of values.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use comp_ai_client::Patch;
use comp_ai_client::types::{CreateTask, Department, Frequency, TaskStatus, UpdateTask};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::support::PUBLISHED_TASK;

/// Runs `test` with this number of values, which are the same in every run.
pub fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |value| {
        test(value);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Any string, including control characters.
pub fn text() -> impl Strategy<Value = String> {
    let characters = vec(any::<char>(), 0..12);
    prop_oneof![
        characters.prop_map(String::from_iter),
        select(vec!["", "null", "todo", "bulk", "\0", "\u{2028}", "\"\\"]).prop_map(String::from),
    ]
}

/// A known value, a similar string, or any string.
pub fn value_of(known: Vec<String>) -> impl Strategy<Value = String> {
    let known = select(known);
    prop_oneof![
        known.clone(),
        known.clone().prop_map(|value| value.to_uppercase()),
        known.prop_map(|value| format!(" {value}")),
        text(),
    ]
}

pub fn known<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn frequency() -> impl Strategy<Value = Frequency> {
    value_of(known(Frequency::KNOWN)).prop_map(Frequency::from)
}

fn department() -> impl Strategy<Value = Department> {
    value_of(known(Department::KNOWN)).prop_map(Department::from)
}

fn status() -> impl Strategy<Value = TaskStatus> {
    value_of(known(TaskStatus::KNOWN)).prop_map(TaskStatus::from)
}

/// Any instant, to the nanosecond.
pub fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = DateTime::<Utc>::MIN_UTC.timestamp()..=DateTime::<Utc>::MAX_UTC.timestamp();
    let seconds = prop_oneof![0..=4_102_444_800_i64, seconds];
    let nanos = prop_oneof![
        Just(0),
        (0..1_000_u32).prop_map(|millis| millis * 1_000_000),
        0..1_000_000_000_u32,
    ];
    let instant = |(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap();
    (seconds, nanos).prop_map(instant)
}

fn patch<T: Clone + Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Patch<T>> {
    prop_oneof![
        Just(Patch::Absent),
        Just(Patch::Null),
        value.prop_map(Patch::Value),
    ]
}

fn id<T: From<String> + Clone + Debug>() -> impl Strategy<Value = T> {
    text().prop_map(T::from)
}

pub fn create_task() -> impl Strategy<Value = CreateTask> {
    let required = (text(), text());
    let ids = (option::of(id()), option::of(id()), option::of(id()));
    let controls = option::of(vec(id(), 0..3));
    let parts = (
        required,
        ids,
        option::of(frequency()),
        option::of(department()),
        controls,
    );
    parts.prop_map(
        |((title, description), ids, frequency, department, controls)| {
            let mut task = CreateTask::new(title, description);
            (task.assignee_id, task.task_template_id, task.vendor_id) = ids;
            task.frequency = frequency;
            task.department = department;
            task.control_ids = controls;
            task
        },
    )
}

pub fn update_task() -> impl Strategy<Value = UpdateTask> {
    let texts = (option::of(text()), option::of(text()), option::of(text()));
    let ids = (patch(id()), patch(id()));
    let enums = (
        option::of(status()),
        patch(frequency()),
        patch(department()),
    );
    let parts = (texts, ids, enums, option::of(frequency()), patch(instant()));
    parts.prop_map(|(texts, ids, enums, schedule, review_date)| {
        let mut task = UpdateTask::new();
        (
            task.title,
            task.description,
            task.not_relevant_justification,
        ) = texts;
        (task.assignee_id, task.approver_id) = ids;
        (task.status, task.frequency, task.department) = enums;
        task.integration_schedule_frequency = schedule;
        task.review_date = review_date;
        task
    })
}

/// Any JSON value, a few levels deep.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
        instant().prop_map(|instant| Value::from(instant.to_rfc3339())),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Any JSON value, or a response of the API with any values for some of its keys.
pub fn response() -> impl Strategy<Value = Value> {
    let task: Value = serde_json::from_str(PUBLISHED_TASK).unwrap();
    let error = json!({"statusCode": 400, "message": "no", "error": "Bad Request"});
    let changed = [task, error].map(|whole| {
        let mut keys: Vec<String> = whole.as_object().unwrap().keys().cloned().collect();
        keys.push("unlisted".to_owned());
        (Just(whole), vec((select(keys), json()), 0..3)).prop_map(|(mut whole, changes)| {
            for (key, value) in changes {
                whole[key] = value;
            }
            whole
        })
    });
    let [task, error] = changed;
    prop_oneof![2 => task, 1 => error, 1 => json()]
}
