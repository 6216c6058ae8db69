//! The stand-in answers the recorded requests as the vendor's server answered them.

#[path = "../examples/stand_in/mod.rs"]
mod stand_in;

use std::collections::BTreeSet;

use reqwest::header::HeaderMap;
use reqwest::{Client, Response};
use serde_json::Value;
use stand_in::{Options, StandIn};

const SAMPLES: &str = include_str!("wire-samples.jsonl");

/// Members whose values differ from run to run; their types do not.
const CHANGING: [&str; 4] = ["id", "createdAt", "updatedAt", "reviewDate"];

/// A stand-in that knows the ids that the recorded requests name.
fn server(samples: &[Value]) -> StandIn {
    let mut options = Options::default();
    for sample in samples.iter().filter(|sample| sample["status"] != 400) {
        let Ok(body) = serde_json::from_str::<Value>(text(&sample["request"])) else {
            continue;
        };
        let id = |key: &str| body[key].as_str().map(str::to_owned);
        options.members.extend(id("assigneeId"));
        options.task_templates.extend(id("taskTemplateId"));
        options.vendors.extend(id("vendorId"));
        let controls = body["controlIds"].as_array().into_iter().flatten();
        options
            .controls
            .extend(controls.map(|id| text(id).to_owned()));
    }
    StandIn::start(options).expect("the stand-in starts")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Sends what was sent then. What it took to get that answer is in the name of the case alone.
async fn send(client: &Client, sample: &Value, server: &StandIn) -> Response {
    let case = text(&sample["case"]);
    let tasks = format!("{}/v1/tasks", server.base_url());
    let post = |body: &str| {
        let request = client.post(&tasks).body(body.to_owned());
        request.header("Content-Type", "application/json")
    };
    let key = ("X-API-Key", server.api_key());
    let body = text(&sample["request"]);
    let request = match sample["method"].as_str() {
        Some("PATCH") => {
            let base = post(r#"{"title":"base title","description":"base description"}"#);
            let base = base.header(key.0, key.1).send().await.expect("an answer");
            let base: Value = base.json().await.expect("JSON");
            let request = client.patch(format!("{tasks}/{}", text(&base["id"])));
            let request = request.header("Content-Type", "application/json");
            request.header(key.0, key.1).body(body.to_owned())
        }
        _ if case.contains("no API key") => post(body),
        _ if case.contains("wrong API key") => post(body).header(key.0, "wrong"),
        _ if case.contains("key without") => post(body).header(key.0, NO_SCOPE),
        _ if case.contains("latin1") => {
            let request = client.post(&tasks).header(key.0, key.1);
            let media_type = "application/json; charset=ISO-8859-1";
            request
                .header("Content-Type", media_type)
                .body(body.to_owned())
        }
        _ => {
            if sample["status"] == 429 {
                for _ in 0..100 {
                    post(body).send().await.expect("an answer");
                }
            }
            post(body).header(key.0, key.1)
        }
    };
    request.send().await.expect("an answer")
}

const NO_SCOPE: &str = "comp_stand_in_key_without_scope";

/// The names of the headers about limits, and the value of the one that is no countdown.
fn limits<'a>(
    names: impl Iterator<Item = &'a str>,
    limit: Option<&str>,
) -> (BTreeSet<String>, Option<String>) {
    let names = names.map(str::to_lowercase);
    let limits = names.filter(|name| name.starts_with("x-ratelimit") || name == "retry-after");
    (limits.collect(), limit.map(str::to_owned))
}

fn limits_of(headers: &HeaderMap) -> (BTreeSet<String>, Option<String>) {
    let limit = headers.get("x-ratelimit-limit");
    let limit = limit.map(|value| value.to_str().expect("a text"));
    limits(headers.keys().map(|name| name.as_str()), limit)
}

/// The members' names in their order, behind each of them its value, or its type where that changes.
fn members(body: &str) -> Vec<(String, String)> {
    let value: Value = serde_json::from_str(body).expect("JSON");
    let object = value.as_object().expect("an object");
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by_key(|(name, _)| body.find(&format!("\"{name}\":")));
    let shown = |(name, value): (&String, &Value)| {
        let shown = match value {
            Value::String(text) if CHANGING.contains(&name.as_str()) => {
                let character = |digit: char| {
                    if digit.is_ascii_hexdigit() {
                        '0'
                    } else {
                        digit
                    }
                };
                text.chars().map(character).collect()
            }
            // Of the member only what the request named is known here.
            Value::Object(member) => format!("{:?} {}", member.keys(), member["id"]),
            value => value.to_string(),
        };
        (name.clone(), shown)
    };
    members.into_iter().map(shown).collect()
}

#[tokio::test]
async fn recorded_requests_are_answered_as_they_were() {
    let lines = SAMPLES.lines().map(serde_json::from_str);
    let samples: Vec<Value> = lines.collect::<Result<_, _>>().expect("JSON");
    assert_eq!(samples.len(), 25);
    // Nothing here is encrypted, but reqwest wants to be ready.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::new();
    for sample in &samples {
        let case = text(&sample["case"]);
        // Of its own, because requests count.
        let answer = send(&client, sample, &server(&samples)).await;
        assert_eq!(answer.status().as_u16(), sample["status"], "{case}");
        let headers = sample["headers"].as_object().expect("headers");
        let limit = headers.get("X-RateLimit-Limit").map(text);
        let recorded = limits(headers.keys().map(String::as_str), limit);
        assert_eq!(limits_of(answer.headers()), recorded, "{case}");
        let media_type = answer.headers()["content-type"].to_str();
        let media_type = media_type.expect("a text");
        assert_eq!(media_type, headers["Content-Type"], "{case}");
        let body = answer.text().await.expect("a body");
        let recorded = text(&sample["response"]);
        assert_eq!(members(&body), members(recorded), "{case}");
    }
}
