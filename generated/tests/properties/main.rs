//! Properties of any request body, any response and any base URL.

mod base_urls;
mod strategies;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Debug;

use comp_ai_client::ErrorKind;
use comp_ai_client::types::{
    Department, ErrorBody, ErrorMessage, Frequency, IntegrationLastRun, Task, TaskStatus,
    TaskTemplateReference, UpdateTask,
};
use proptest::prelude::{Just, prop_oneof};
use proptest::sample::select;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use strategies::{check, create_task, known, response, update_task, value_of};
use support::{CannedResponse, Server};

fn survives<T: Debug + PartialEq + Serialize + DeserializeOwned>(body: &T) {
    let bytes = serde_json::to_vec(body).unwrap();
    let decoded: T = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(&decoded, body);
    // Keys and strings cannot be borrowed from a reader.
    let decoded: T = serde_json::from_reader(&*bytes).unwrap();
    assert_eq!(&decoded, body);
    let decoded: T = serde_json::from_value(serde_json::to_value(body).unwrap()).unwrap();
    assert_eq!(&decoded, body);
}

#[test]
fn any_create_task_survives_encoding_and_decoding() {
    check(256, create_task(), |task| survives(&task));
}

#[test]
fn any_update_task_survives_encoding_and_decoding() {
    check(256, update_task(), |task| survives(&task));
}

/// Decodes without a panic. A decoded value survives encoding and decoding.
fn decodes<T: Debug + PartialEq + Serialize + DeserializeOwned>(response: &Value) -> Option<T> {
    let decoded: T = serde_json::from_value(response.clone()).ok()?;
    survives(&decoded);
    Some(decoded)
}

#[test]
fn any_json_is_decoded_or_an_error() {
    check(512, response(), |response| {
        decodes::<Task>(&response);
        decodes::<ErrorBody>(&response);
        decodes::<TaskStatus>(&response);
        // A union keeps any value.
        assert!(decodes::<ErrorMessage>(&response).is_some());
        let template = decodes::<TaskTemplateReference>(&response).unwrap();
        assert_eq!(serde_json::to_value(template).unwrap(), response);
        let last_run = decodes::<IntegrationLastRun>(&response).unwrap();
        if last_run.as_date_time().is_none() {
            assert_eq!(serde_json::to_value(last_run).unwrap(), response);
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

/// Any response body, also one that is cut off.
#[test]
fn any_response_is_a_task_or_an_error_with_its_body() {
    let server = Server::start(CannedResponse::json(200, ""));
    let (client, runtime) = (server.client(), runtime());
    let status = select(vec![200, 201, 302, 400, 429, 500, 502]);
    let cut = prop_oneof![3 => Just(usize::MAX), 1 => 0..64_usize];
    check(128, (response(), status, cut), |(response, status, cut)| {
        let mut body = response.to_string().into_bytes();
        body.truncate(cut);
        server.set_response(CannedResponse::json(status, body.clone()));
        let call = client.update_task("tsk_1", &UpdateTask::new()).send();
        match runtime.block_on(call) {
            Ok(response) => assert_eq!(response.raw_body(), body),
            Err(error) => {
                assert_eq!(error.body(), body);
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.kind() == ErrorKind::Decode, status < 300);
                let _ = (error.message(), error.decode::<ErrorBody>());
                assert_eq!(error.to_string().lines().count(), 1);
            }
        }
    });
}

/// A string is a known value if and only if it equals the value's text, however it is converted.
fn known_if_listed<T>(listed: &'static [T])
where
    T: Debug + PartialEq + ToString + DeserializeOwned + AsRef<str>,
    T: for<'a> From<&'a str> + From<String>,
{
    check(256, value_of(known(listed)), |text| {
        let value = T::from(&*text);
        assert_eq!(value.as_ref(), text);
        let in_list = listed.iter().find(|listed| listed.as_ref() == text);
        let is_listed = listed.contains(&value);
        assert_eq!(is_listed.then_some(&value), in_list);
        assert_eq!(T::from(text.clone()), value);
        let plain = Value::from(&*text);
        assert_eq!(
            serde_json::from_str::<T>(&plain.to_string()).unwrap(),
            value
        );
        assert_eq!(serde_json::from_value::<T>(plain).unwrap(), value);
        let escaped: String = text
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        assert_eq!(
            serde_json::from_str::<T>(&format!("\"{escaped}\"")).unwrap(),
            value
        );
    });
}

#[test]
fn a_known_value_is_never_unknown() {
    known_if_listed(TaskStatus::KNOWN);
    known_if_listed(Frequency::KNOWN);
    known_if_listed(Department::KNOWN);
    assert!(TaskStatus::KNOWN.iter().all(TaskStatus::is_known));
    assert!(Frequency::KNOWN.iter().all(Frequency::is_known));
    assert!(Department::KNOWN.iter().all(Department::is_known));
}
