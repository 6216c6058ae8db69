//! The fake server responds to the recorded requests as the vendor's server did.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use super::fake_server::Options;
use super::{Api, Response};

const SAMPLES: &str = include_str!("../wire-samples.jsonl");

/// Fields whose values differ between runs. Their formats do not.
const VARYING: [&str; 4] = ["id", "createdAt", "updatedAt", "reviewDate"];

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// Options with the ids of the recorded requests.
fn options(samples: &[Value]) -> Options {
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
        let controls = controls.map(|id| text(id).to_owned());
        options.controls.extend(controls);
    }
    options
}

/// Sends a recorded request. The conditions under which it was recorded are in the case's name.
async fn send(api: &Api, sample: &Value) -> Response {
    let case = text(&sample["case"]);
    let body = text(&sample["request"]);
    if sample["method"] == "PATCH" {
        // The tasks that were updated had this department.
        let base = r#"{"title":"base title","description":"base description","department":"none"}"#;
        let base = api.create(base).await.json();
        return api.update(text(&base["id"]), body).await;
    }
    if sample["status"] == 429 {
        for _ in 0..100 {
            api.create(body).await;
        }
    }
    let latin1 = ("Content-Type", "application/json; charset=ISO-8859-1");
    let headers = match case {
        _ if case.contains("no API key") => vec![],
        _ if case.contains("wrong API key") => vec![("X-API-Key", "wrong")],
        _ if case.contains("key without") => vec![("X-API-Key", "comp_fake_key_without_scope")],
        _ if case.contains("latin1") => vec![api.key(), latin1],
        _ => vec![api.key()],
    };
    api.send(Method::POST, "/v1/tasks", &headers, body).await
}

/// The names of the rate limit headers, and the value of the one that does not count down.
fn rate_limit<'a>(
    names: impl Iterator<Item = &'a str>,
    limit: Option<&str>,
) -> (BTreeSet<String>, Option<String>) {
    let names = names.map(str::to_lowercase);
    let names = names.filter(|name| name.starts_with("x-ratelimit") || name == "retry-after");
    (names.collect(), limit.map(str::to_owned))
}

/// The fields of a JSON object in their order, each with its value, or with its format if the value
/// varies.
fn fields(body: &str) -> Vec<(String, String)> {
    let value: Value = serde_json::from_str(body).expect("JSON");
    let object = value.as_object().expect("an object");
    let mut fields: Vec<_> = object.iter().collect();
    fields.sort_by_key(|(name, _)| body.find(&format!("\"{name}\":")));
    let shown = |(name, value): (&String, &Value)| {
        let shown = match value {
            Value::String(text) if VARYING.contains(&name.as_str()) => {
                let digits = |character: char| match character {
                    digit if digit.is_ascii_hexdigit() => '0',
                    other => other,
                };
                text.chars().map(digits).collect()
            }
            // The fake server knows nothing of a member but the id.
            Value::Object(member) => format!("{:?} {}", member.keys(), member["id"]),
            value => value.to_string(),
        };
        (name.clone(), shown)
    };
    fields.into_iter().map(shown).collect()
}

#[tokio::test]
async fn recorded_requests_get_the_recorded_responses() {
    let lines = SAMPLES.lines().map(serde_json::from_str);
    let samples: Vec<Value> = lines.collect::<Result<_, _>>().expect("JSON");
    assert_eq!(samples.len(), 25);
    for sample in &samples {
        let case = text(&sample["case"]);
        // A server for each sample, because the rate limit counts requests.
        let api = Api::start(options(&samples));
        let response = send(&api, sample).await;
        assert_eq!(u64::from(response.status), sample["status"], "{case}");
        let headers = sample["headers"].as_object().expect("headers");
        let limit = headers.get("X-RateLimit-Limit").map(text);
        let recorded = rate_limit(headers.keys().map(String::as_str), limit);
        let names = response.headers.keys().map(|name| name.as_str());
        let limits = rate_limit(names, response.header("x-ratelimit-limit"));
        assert_eq!(limits, recorded, "{case}");
        let media_type = headers["Content-Type"].as_str();
        assert_eq!(response.header("content-type"), media_type, "{case}");
        let recorded = fields(text(&sample["response"]));
        assert_eq!(fields(&response.body), recorded, "{case}");
    }
}
