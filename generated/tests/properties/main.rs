//! What holds for any body, any answer and any base URL, and not only for those of the other tests.

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
use strategies::{answer, check, create_task, known, update_task, value_of};
use support::{Answer, Server};

fn survives<T: Debug + PartialEq + Serialize + DeserializeOwned>(body: &T) {
    let bytes = serde_json::to_vec(body).unwrap();
    let decoded: T = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(&decoded, body);
    // Keys and texts are not borrowed from these.
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

/// Decodes without a panic; what is decoded is encoded and decoded to the same again.
fn decodes<T: Debug + PartialEq + Serialize + DeserializeOwned>(answer: &Value) -> Option<T> {
    let decoded: T = serde_json::from_value(answer.clone()).ok()?;
    survives(&decoded);
    Some(decoded)
}

#[test]
fn any_json_in_place_of_an_answer_is_decoded_or_refused() {
    check(512, answer(), |answer| {
        decodes::<Task>(&answer);
        decodes::<ErrorBody>(&answer);
        decodes::<TaskStatus>(&answer);
        // What a union does not know, it keeps.
        assert!(decodes::<ErrorMessage>(&answer).is_some());
        let template = decodes::<TaskTemplateReference>(&answer).unwrap();
        assert_eq!(serde_json::to_value(template).unwrap(), answer);
        let last_run = decodes::<IntegrationLastRun>(&answer).unwrap();
        if last_run.as_date_time().is_none() {
            assert_eq!(serde_json::to_value(last_run).unwrap(), answer);
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

/// Any body over a connection: also one that is cut off, which is no JSON at all.
#[test]
fn any_answer_is_a_task_or_an_error_that_keeps_the_bytes() {
    let server = Server::start(Answer::json(200, ""));
    let (client, runtime) = (server.client(), runtime());
    let status = select(vec![200, 201, 302, 400, 429, 500, 502]);
    let cut = prop_oneof![3 => Just(usize::MAX), 1 => 0..64_usize];
    check(128, (answer(), status, cut), |(answer, status, cut)| {
        let mut body = answer.to_string().into_bytes();
        body.truncate(cut);
        server.set_answer(Answer::json(status, body.clone()));
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

/// A text is one of the listed values if, and only if, it is written like it, whatever way it comes.
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
fn a_listed_value_is_never_unknown() {
    known_if_listed(TaskStatus::KNOWN);
    known_if_listed(Frequency::KNOWN);
    known_if_listed(Department::KNOWN);
    assert!(TaskStatus::KNOWN.iter().all(TaskStatus::is_known));
    assert!(Frequency::KNOWN.iter().all(Frequency::is_known));
    assert!(Department::KNOWN.iter().all(Department::is_known));
}
