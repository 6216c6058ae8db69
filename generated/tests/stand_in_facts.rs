//! The stand-in has each of the ways to refuse that were measured on the vendor's server, run
//! unchanged on loopback, in its release of August 2026.

#[path = "../examples/stand_in/mod.rs"]
mod stand_in;

use reqwest::{Client, Method, Response};
use serde_json::Value;
use stand_in::{Options, StandIn};

const KEY: &str = "comp_stand_in_key";
const NO_SCOPE: &str = "comp_stand_in_key_without_scope";

/// Whose key is sent.
#[derive(Clone, Copy)]
enum With {
    NoKey,
    Key(&'static str),
}
use With::{Key, NoKey};

/// The fact; what is sent: the key, the path (`ID` is a task that exists), the bodies, each for
/// itself; what is answered: the status, and the message.
type Fact = (
    &'static str,
    With,
    &'static str,
    &'static [&'static str],
    u16,
    &'static str,
);

const REQUIRED: &str = "title and description are required";
const NOT_FOUND: &str = "Task not found or access denied";

#[rustfmt::skip]
const FACTS: &[Fact] = &[
    ("a create needs a title and a description, neither empty nor null", Key(KEY), "", &[
        "{}", r#"{"title":"t"}"#, r#"{"description":"d"}"#, r#"{"title":"","description":"d"}"#, r#"{"title":"t","description":""}"#,
        r#"{"title":null,"description":"d"}"#, r#"{"title":"t","description":null}"#,
    ], 400, REQUIRED),
    ("malformed JSON is refused before the key is looked at", NoKey, "", &[r#"{"title": "#], 400, "Unexpected end of JSON input"),
    ("a key is needed", NoKey, "", &["{}"], 401, "Authentication required: Provide either X-API-Key, Bearer token, or session cookie"),
    ("a key must be known and active", Key("comp_expired"), "", &["{}"], 401, "Invalid or expired API key"),
    ("a key needs the scope", Key(NO_SCOPE), "", &["{}"], 403, "API key lacks required permission scope"),
    ("an update needs them too", NoKey, "/ID", &["{}"], 401, "Authentication required: Provide either X-API-Key, Bearer token, or session cookie"),
    ("an unknown task is a bad request", Key(KEY), "/tsk_unknown", &["{}"], 400, NOT_FOUND),
    ("an unknown assignee is a bad request on update", Key(KEY), "/ID", &[r#"{"assigneeId":"mem_unknown"}"#], 400, "Assignee is not a member of this organization"),
    ("invalid enum values, wrong types and unknown ids are a failure of the server on create", Key(KEY), "", &[
        r#"{"title":"t","description":"d","frequency":"hourly"}"#, r#"{"title":7,"description":"d"}"#, r#"{"title":"t","description":["d"]}"#,
        r#"{"title":"t","description":"d","assigneeId":"mem_unknown"}"#, r#"{"title":"t","description":"d","controlIds":["unknown"]}"#,
        r#"{"title":"t","description":"d","controlIds":"ctrl_abc123"}"#, r#"{"title":"t","description":"d","taskTemplateId":"unknown"}"#,
        r#"{"title":"t","description":"d","vendorId":"unknown"}"#,
    ], 500, "Failed to create task"),
    ("invalid enum values, wrong types and null where it is not allowed are one on update", Key(KEY), "/ID", &[
        r#"{"status":"blocked"}"#, r#"{"status":"nope"}"#, r#"{"frequency":"hourly"}"#, r#"{"integrationScheduleFrequency":"hourly"}"#, r#"{"title":7}"#,
        r#"{"title":null}"#, r#"{"description":null}"#, r#"{"status":null}"#, r#"{"approverId":"mem_unknown"}"#,
    ], 500, "Failed to update task"),
    ("`bulk` is another route", Key(KEY), "/bulk", &["{}"], 400, "taskIds must be a non-empty array"),
    ("`reorder` is another route", Key(KEY), "/reorder", &["{}"], 400, "updates must be a non-empty array"),
    ("an id may hold anything that is percent-encoded", Key(KEY), "/a%2Fb", &["{}"], 400, NOT_FOUND),
    ("an id may hold spaces", Key(KEY), "/a%20b", &["{}"], 400, NOT_FOUND),
    ("an id may be beyond ASCII", Key(KEY), "/%C3%BC%E6%A4%9C", &["{}"], 400, NOT_FOUND),
];

struct Api {
    server: StandIn,
    client: Client,
}

impl Api {
    fn start(options: Options) -> Self {
        // Nothing here is encrypted, but reqwest wants to be ready.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Api {
            server: StandIn::start(options).expect("the stand-in starts"),
            client: Client::new(),
        }
    }

    /// An update if there is an id in the path, or else a create.
    async fn call(&self, with: With, path: &str, body: &str) -> Response {
        let method = if path.is_empty() {
            Method::POST
        } else {
            Method::PATCH
        };
        let url = format!("{}/v1/tasks{path}", self.server.base_url());
        let mut request = self.client.request(method, url);
        if let Key(key) = with {
            request = request.header("X-API-Key", key);
        }
        let request = request.header("Content-Type", "application/json");
        request
            .body(body.to_owned())
            .send()
            .await
            .expect("an answer")
    }

    async fn create(&self) -> Response {
        self.call(Key(KEY), "", r#"{"title":"t","description":"d"}"#)
            .await
    }
}

fn header(answer: &Response, name: &str) -> Option<u32> {
    let value = answer.headers().get(name)?;
    value.to_str().ok()?.parse().ok()
}

fn has_limits(answer: &Response) -> bool {
    let names = ["limit", "remaining", "reset"];
    let mut names = names.iter().map(|name| format!("x-ratelimit-{name}"));
    names.all(|name| header(answer, &name).is_some())
}

#[tokio::test]
async fn every_way_to_refuse() {
    let api = Api::start(Options {
        throttle_limit: 1000,
        ..Options::default()
    });
    let task: Value = api.create().await.json().await.expect("JSON");
    let id = task["id"].as_str().expect("an id");
    for (fact, with, path, bodies, status, message) in FACTS {
        for body in *bodies {
            let answer = api.call(*with, &path.replace("ID", id), body).await;
            assert_eq!(answer.status().as_u16(), *status, "{fact}: {body}");
            let reached_a_handler = !fact.starts_with("malformed");
            assert_eq!(has_limits(&answer), reached_a_handler, "{fact}: {body}");
            let error = answer.status().canonical_reason();
            let body: Value = answer.json().await.expect("JSON");
            assert_eq!(body["message"], *message, "{fact}");
            assert_eq!(body["error"].as_str(), error, "{fact}");
            assert_eq!(body["statusCode"], *status, "{fact}");
        }
    }
    assert_eq!(
        api.server.tasks().len(),
        1,
        "what is refused changes nothing"
    );

    let answer = api.call(Key(KEY), "/", "{}").await;
    assert_eq!(answer.status(), 404, "an empty id is no route");
    let answer = api
        .call(Key(KEY), &format!("/{}", "x".repeat(20_000)), "{}")
        .await;
    assert_eq!(
        answer.status(),
        431,
        "an id of 20 kB is too much for the head"
    );
    assert_eq!(answer.headers()["connection"], "close");
    assert_eq!(answer.text().await.expect("a body"), "");
}

/// A hundred requests in a minute for a handler and an address.
#[tokio::test]
async fn the_throttle() {
    let api = Api::start(Options::default());
    for number in 1..=100 {
        // Whatever the key, and without one too.
        let with = [Key(KEY), Key(NO_SCOPE), NoKey][number % 3];
        let answer = api.call(with, "", "{}").await;
        assert_ne!(answer.status(), 429, "request {number}");
        assert_eq!(header(&answer, "x-ratelimit-limit"), Some(100));
        let left = u32::try_from(100 - number).ok();
        assert_eq!(header(&answer, "x-ratelimit-remaining"), left);
        let reset = header(&answer, "x-ratelimit-reset");
        assert!(
            reset.is_some_and(|seconds| (1..=60).contains(&seconds)),
            "{reset:?}"
        );
        assert_eq!(header(&answer, "retry-after"), None);
    }
    let answer = api.create().await;
    assert_eq!(answer.status(), 429);
    let wait = header(&answer, "retry-after");
    assert!(
        wait.is_some_and(|seconds| (1..=60).contains(&seconds)),
        "{wait:?}"
    );
    assert!(!has_limits(&answer), "only `Retry-After`");
    assert_eq!(
        answer.text().await.expect("a body"),
        r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#
    );
    assert!(api.server.tasks().is_empty(), "it comes before the handler");
    let other = api.call(Key(KEY), "/tsk_unknown", "{}").await;
    assert_eq!(other.status(), 400, "another handler counts for itself");
    assert_eq!(header(&other, "x-ratelimit-remaining"), Some(99));
}
