//! Absent, null and a value are three different request bodies for every field that can be all three.
//! A field that cannot be null has no setter for null.

use std::fmt::Debug;

use crate::support::{CannedResponse, PUBLISHED_TASK, Server};
use comp_ai_client::types::{CreateTask, Department, Frequency, Task, TaskStatus, UpdateTask};
use comp_ai_client::{Call, Client, Patch};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An optional field.
struct Field<T> {
    /// The name in Rust.
    name: &'static str,
    /// The name on the wire.
    key: &'static str,
    set: fn(T) -> T,
    /// The value that `set` sets, as JSON.
    value: &'static str,
    /// Sets the field to null, if it can be null.
    clear: Option<fn(T) -> T>,
}

/// One row per field: its two names, a value in Rust and in JSON, and the setter for null.
macro_rules! fields {
    ($($name:ident $key:literal = $value:expr, $text:literal $(, $clear:ident)?;)*) => {
        vec![$(Field {
            name: stringify!($name),
            key: $key,
            set: |body: Self| body.$name($value),
            value: $text,
            clear: None$(.or(Some(Self::$clear as fn(Self) -> Self)))?,
        },)*]
    };
}

/// A request body with optional fields.
trait Body: Sized + Clone + Debug + PartialEq + Serialize + DeserializeOwned {
    /// The JSON of the body without optional fields.
    const BASE: &str;

    fn base() -> Self;

    /// Every optional field, in the order of the description.
    fn fields() -> Vec<Field<Self>>;

    fn call(&self, client: &Client) -> Call<Task>;
}

impl Body for CreateTask {
    const BASE: &str = r#"{"title":"t","description":"d"}"#;

    fn base() -> Self {
        Self::new("t", "d")
    }

    fn fields() -> Vec<Field<Self>> {
        fields! {
            assignee_id "assigneeId" = "mem_abc123", r#""mem_abc123""#;
            frequency "frequency" = Frequency::Monthly, r#""monthly""#;
            department "department" = "Customer Success", r#""Customer Success""#;
            control_ids "controlIds" = ["ctrl_abc123", "null"], r#"["ctrl_abc123","null"]"#;
            task_template_id "taskTemplateId" = "tmpl_abc123", r#""tmpl_abc123""#;
            vendor_id "vendorId" = "vnd_abc123", r#""vnd_abc123""#;
        }
    }

    fn call(&self, client: &Client) -> Call<Task> {
        client.create_task(self)
    }
}

impl Body for UpdateTask {
    const BASE: &str = "{}";

    fn base() -> Self {
        Self::new()
    }

    fn fields() -> Vec<Field<Self>> {
        fields! {
            title "title" = "null", r#""null""#;
            description "description" = "", r#""""#;
            status "status" = TaskStatus::NotRelevant, r#""not_relevant""#;
            assignee_id "assigneeId" = "mem_abc123", r#""mem_abc123""#, clear_assignee_id;
            approver_id "approverId" = "mem_\"\\\n", r#""mem_\"\\\n""#, clear_approver_id;
            frequency "frequency" = "hourly", r#""hourly""#, clear_frequency;
            integration_schedule_frequency "integrationScheduleFrequency" = Frequency::Daily, r#""daily""#;
            department "department" = Department::None, r#""none""#, clear_department;
            review_date "reviewDate" = "2025-01-01T01:00:00+01:00".parse().unwrap(), r#""2025-01-01T00:00:00.000Z""#, clear_review_date;
            not_relevant_justification "notRelevantJustification" = "é🔐", r#""é🔐""#;
        }
    }

    fn call(&self, client: &Client) -> Call<Task> {
        client.update_task("tsk_1", self)
    }
}

/// The base body with this key added.
fn base_with<T: Body>(key: &str, value: &str) -> String {
    let base = T::BASE.strip_suffix('}').unwrap();
    let comma = if base == "{" { "" } else { "," };
    format!("{base}{comma}\"{key}\":{value}}}")
}

/// Asserts that the client sends exactly these bytes for `body`, and that they decode to it.
async fn assert_sent<T: Body>(server: &Server, body: &T, expected: &str) {
    body.call(&server.client()).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.text(), expected);
    let decoded: T = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(&decoded, body);
}

async fn absent_null_and_value_differ<T: Body>() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    assert_sent(&server, &T::base(), T::BASE).await;
    for Field {
        key,
        set,
        value,
        clear,
        ..
    } in T::fields()
    {
        let with_value = set(T::base());
        assert_sent(&server, &with_value, &base_with::<T>(key, value)).await;
        assert_ne!(with_value, T::base(), "{key}");
        if let Some(clear) = clear {
            let with_null = clear(T::base());
            assert_sent(&server, &with_null, &base_with::<T>(key, "null")).await;
            assert_ne!(with_null, T::base(), "{key}");
            // The last setter wins.
            assert_eq!(clear(with_value.clone()), with_null, "{key}");
            assert_eq!(set(with_null), with_value, "{key}");
        }
    }
}

#[tokio::test]
async fn create_task_sends_each_field() {
    absent_null_and_value_differ::<CreateTask>().await;
}

#[tokio::test]
async fn update_task_distinguishes_absent_null_and_value() {
    absent_null_and_value_differ::<UpdateTask>().await;
}

async fn all_fields_at_once<T: Body>() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let (mut values, mut nulls) = (T::base(), T::base());
    let (mut value_text, mut null_text) = (T::BASE.to_owned(), T::BASE.to_owned());
    let add = |text: &mut String, key: &str, value: &str| {
        let comma = if text == "{}" { "" } else { "," };
        text.pop();
        *text += &format!("{comma}\"{key}\":{value}}}");
    };
    for field in T::fields() {
        values = (field.set)(values);
        add(&mut value_text, field.key, field.value);
        if let Some(clear) = field.clear {
            nulls = clear(nulls);
            add(&mut null_text, field.key, "null");
        }
    }
    assert_sent(&server, &values, &value_text).await;
    assert_sent(&server, &nulls, &null_text).await;
}

#[tokio::test]
async fn create_task_with_every_field() {
    all_fields_at_once::<CreateTask>().await;
}

#[tokio::test]
async fn update_task_with_every_field() {
    all_fields_at_once::<UpdateTask>().await;
}

/// Null for a field that cannot be null is decoded as absent.
fn null_is_decoded_as_absent<T: Body>() {
    for field in T::fields().iter().filter(|field| field.clear.is_none()) {
        let decoded: T = serde_json::from_str(&base_with::<T>(field.key, "null")).unwrap();
        assert_eq!(decoded, T::base(), "{}", field.key);
        let encoded = serde_json::to_string(&decoded).unwrap();
        assert_eq!(encoded, T::BASE, "{}", field.key);
    }
}

/// Whichever of these fields are set, in whatever order, none is null.
fn fields_that_cannot_be_null_never_are<T: Body>() {
    let mut fields = T::fields();
    fields.retain(|field| field.clear.is_none());
    for set in 0..1_u32 << fields.len() {
        let chosen = |(index, _): &(usize, &Field<T>)| set >> index & 1 == 1;
        let forward = fields.iter().enumerate().filter(chosen);
        let backward = fields.iter().enumerate().rev().filter(chosen);
        let one = forward.fold(T::base(), |body, (_, field)| (field.set)(body));
        let other = backward.fold(T::base(), |body, (_, field)| (field.set)(body));
        assert_eq!(one, other);
        let encoded = serde_json::to_value(&one).unwrap();
        for field in &fields {
            assert_ne!(encoded.get(field.key), Some(&Value::Null), "{one:?}");
        }
    }
}

#[test]
fn fields_of_create_task_that_cannot_be_null_never_are() {
    null_is_decoded_as_absent::<CreateTask>();
    fields_that_cannot_be_null_never_are::<CreateTask>();
}

#[test]
fn fields_of_update_task_that_cannot_be_null_never_are() {
    null_is_decoded_as_absent::<UpdateTask>();
    fields_that_cannot_be_null_never_are::<UpdateTask>();
}

/// Result of a method that the type does not have. If the type had the method, it would be called.
#[derive(Debug, PartialEq)]
struct NoSuchMethod;

trait NoSetterForNull: Sized {
    fn clear_title(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_description(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_assignee_id(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_frequency(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_department(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_task_template_id(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_vendor_id(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_control_ids(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_status(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_integration_schedule_frequency(self) -> NoSuchMethod {
        NoSuchMethod
    }
    fn clear_not_relevant_justification(self) -> NoSuchMethod {
        NoSuchMethod
    }
}

impl NoSetterForNull for CreateTask {}
impl NoSetterForNull for UpdateTask {}

#[test]
fn a_field_that_cannot_be_null_has_no_setter_for_null() {
    let create = CreateTask::base;
    assert_eq!(create().clear_title(), NoSuchMethod);
    assert_eq!(create().clear_description(), NoSuchMethod);
    assert_eq!(create().clear_assignee_id(), NoSuchMethod);
    assert_eq!(create().clear_frequency(), NoSuchMethod);
    assert_eq!(create().clear_department(), NoSuchMethod);
    assert_eq!(create().clear_task_template_id(), NoSuchMethod);
    assert_eq!(create().clear_vendor_id(), NoSuchMethod);
    assert_eq!(create().clear_control_ids(), NoSuchMethod);
    let update = UpdateTask::base;
    assert_eq!(update().clear_title(), NoSuchMethod);
    assert_eq!(update().clear_description(), NoSuchMethod);
    assert_eq!(update().clear_status(), NoSuchMethod);
    assert_eq!(
        update().clear_integration_schedule_frequency(),
        NoSuchMethod
    );
    assert_eq!(update().clear_not_relevant_justification(), NoSuchMethod);
}

/// An empty list is a value.
#[tokio::test]
async fn an_empty_list_is_sent() {
    let server = Server::start(CannedResponse::json(201, PUBLISHED_TASK));
    let body = CreateTask::new("t", "d").control_ids([""; 0]);
    assert_sent(
        &server,
        &body,
        r#"{"title":"t","description":"d","controlIds":[]}"#,
    )
    .await;
}

/// The `Debug` output of a body lists its fields, and so shows whether the tables above are complete.
/// Outside of the crate, the structs cannot be destructured completely.
fn the_table_is_complete<T: Body>() {
    let debug = format!("{:#?}", T::base());
    let fields_with = |mark: &str| -> Vec<String> {
        let fields = debug.lines().filter_map(|line| line.strip_suffix(mark));
        fields.map(|name| name.trim().to_owned()).collect()
    };
    let of = |nullable: bool| -> Vec<String> {
        let fields = T::fields().into_iter();
        let fields = fields.filter(|field| field.clear.is_some() == nullable);
        fields.map(|field| field.name.to_owned()).collect()
    };
    assert_eq!(fields_with(": Absent,"), of(true));
    assert_eq!(fields_with(": None,"), of(false));
}

#[test]
fn the_tables_are_complete() {
    the_table_is_complete::<CreateTask>();
    the_table_is_complete::<UpdateTask>();
}

/// As the documentation says for a struct of your own.
#[test]
fn serde_distinguishes_all_three_in_an_own_struct() {
    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Own {
        #[serde(default, skip_serializing_if = "Patch::is_absent")]
        field: Patch<u8>,
    }
    let all = [Patch::Absent, Patch::Null, Patch::Value(1)];
    let texts = ["{}", r#"{"field":null}"#, r#"{"field":1}"#];
    for (field, text) in all.into_iter().zip(texts) {
        assert_eq!(serde_json::to_string(&Own { field }).unwrap(), text);
        assert_eq!(serde_json::from_str::<Own>(text).unwrap(), Own { field });
    }
}
