//! Every error response that was measured. None of them changes anything.

use reqwest::Method;
use serde_json::json;

use super::Api;
use super::fake_server::Options;

const NO_SCOPE: &str = "comp_fake_key_without_scope";

/// Credential of a request.
#[derive(Clone, Copy)]
enum Credential {
    None,
    /// The key that is allowed to call both operations.
    Valid,
    Other(&'static str),
}
use Credential::{None as NoKey, Other, Valid};

/// An error response, and the requests that get it.
struct Fact {
    fact: &'static str,
    credential: Credential,
    /// Path below `/v1/tasks`: empty for a create, or an update. `ID` is an existing task.
    path: &'static str,
    /// Each body is a request of its own.
    bodies: &'static [&'static str],
    status: u16,
    message: &'static str,
}

const REQUIRED: &str = "title and description are required";
const NOT_FOUND: &str = "Task not found or access denied";
const NO_CREDENTIAL: &str =
    "Authentication required: Provide either X-API-Key, Bearer token, or session cookie";

#[rustfmt::skip]
const FACTS: &[Fact] = &[
    Fact { fact: "a create requires a title and a description, neither empty nor null", credential: Valid, path: "", bodies: &[
        "{}", r#"{"title":"t"}"#, r#"{"description":"d"}"#, r#"{"title":"","description":"d"}"#, r#"{"title":"t","description":""}"#,
        r#"{"title":null,"description":"d"}"#, r#"{"title":"t","description":null}"#,
    ], status: 400, message: REQUIRED },
    Fact { fact: "malformed JSON is rejected before authentication", credential: NoKey, path: "", bodies: &[r#"{"title": "#],
        status: 400, message: "Unexpected end of JSON input" },
    Fact { fact: "a request without a key is unauthorized", credential: NoKey, path: "", bodies: &["{}"], status: 401, message: NO_CREDENTIAL },
    Fact { fact: "an update without a key is unauthorized", credential: NoKey, path: "/ID", bodies: &["{}"], status: 401, message: NO_CREDENTIAL },
    Fact { fact: "a wrong, expired or inactive key is unauthorized", credential: Other("comp_expired"), path: "", bodies: &["{}"],
        status: 401, message: "Invalid or expired API key" },
    Fact { fact: "a key without the scope is forbidden", credential: Other(NO_SCOPE), path: "", bodies: &["{}"],
        status: 403, message: "API key lacks required permission scope" },
    Fact { fact: "an unknown task is a bad request", credential: Valid, path: "/tsk_unknown", bodies: &["{}"], status: 400, message: NOT_FOUND },
    Fact { fact: "an unknown assignee is a bad request on update", credential: Valid, path: "/ID", bodies: &[r#"{"assigneeId":"mem_unknown"}"#],
        status: 400, message: "Assignee is not a member of this organization" },
    Fact { fact: "a platform admin as assignee is a bad request on update", credential: Valid, path: "/ID", bodies: &[r#"{"assigneeId":"mem_platform_admin"}"#],
        status: 400, message: "Cannot assign a platform admin as assignee" },
    Fact { fact: "a review date that is not a date is a bad request", credential: Valid, path: "/ID", bodies: &[r#"{"reviewDate":"not-a-date"}"#],
        status: 400, message: "reviewDate is invalid" },
    Fact { fact: "a blank department is a bad request", credential: Valid, path: "/ID", bodies: &[r#"{"department":""}"#, r#"{"department":"  "}"#],
        status: 400, message: "department must not be empty (use null to clear)" },
    Fact { fact: "an invalid enum value, a wrong type and an unknown id are a server error on create", credential: Valid, path: "", bodies: &[
        r#"{"title":"t","description":"d","frequency":"hourly"}"#, r#"{"title":7,"description":"d"}"#, r#"{"title":"t","description":["d"]}"#,
        r#"{"title":"t","description":"d","assigneeId":"mem_unknown"}"#, r#"{"title":"t","description":"d","controlIds":["unknown"]}"#,
        r#"{"title":"t","description":"d","controlIds":"ctrl_abc123"}"#, r#"{"title":"t","description":"d","taskTemplateId":"unknown"}"#,
        r#"{"title":"t","description":"d","vendorId":"unknown"}"#,
    ], status: 500, message: "Failed to create task" },
    Fact { fact: "an invalid enum value, a wrong type and null are a server error on update", credential: Valid, path: "/ID", bodies: &[
        r#"{"status":"blocked"}"#, r#"{"status":"nope"}"#, r#"{"frequency":"hourly"}"#, r#"{"integrationScheduleFrequency":"hourly"}"#, r#"{"title":7}"#,
        r#"{"title":null}"#, r#"{"description":null}"#, r#"{"status":null}"#, r#"{"title":"new","frequency":"hourly"}"#,
    ], status: 500, message: "Failed to update task" },
    Fact { fact: "an unknown or empty approver is a server error", credential: Valid, path: "/ID", bodies: &[
        r#"{"approverId":"mem_unknown"}"#, r#"{"approverId":""}"#,
    ], status: 500, message: "Failed to update task" },
    Fact { fact: "NUL in a title is a server error", credential: Valid, path: "", bodies: &[r#"{"title":"a\u0000b","description":"d"}"#],
        status: 500, message: "Failed to create task" },
    Fact { fact: "NUL in a title is a server error on update", credential: Valid, path: "/ID", bodies: &[r#"{"title":"a\u0000b"}"#],
        status: 500, message: "Failed to update task" },
    Fact { fact: "NUL in an id is a server error", credential: Valid, path: "/tsk_%00", bodies: &["{}"], status: 500, message: "Failed to update task" },
    Fact { fact: "`bulk` is another route", credential: Valid, path: "/bulk", bodies: &["{}"], status: 400, message: "taskIds must be a non-empty array" },
    Fact { fact: "`reorder` is another route", credential: Valid, path: "/reorder", bodies: &["{}"], status: 400, message: "updates must be a non-empty array" },
    Fact { fact: "a percent-encoded slash is part of the id", credential: Valid, path: "/a%2Fb", bodies: &["{}"], status: 400, message: NOT_FOUND },
    Fact { fact: "a percent-encoded space is part of the id", credential: Valid, path: "/a%20b", bodies: &["{}"], status: 400, message: NOT_FOUND },
    Fact { fact: "an id may contain any Unicode characters", credential: Valid, path: "/%C3%BC%E6%A4%9C", bodies: &["{}"], status: 400, message: NOT_FOUND },
];

#[tokio::test]
async fn every_measured_error() {
    let api = Api::unlimited();
    let id = api.task().await;
    let before = api.server.tasks();
    for Fact {
        fact,
        credential,
        path,
        bodies,
        status,
        message,
    } in FACTS
    {
        let method = if path.is_empty() {
            Method::POST
        } else {
            Method::PATCH
        };
        let headers = match credential {
            NoKey => Vec::new(),
            Valid => vec![api.key()],
            Other(key) => vec![("X-API-Key", *key)],
        };
        let path = format!("/v1/tasks{}", path.replace("ID", &id));
        for body in *bodies {
            let response = api.send(method.clone(), &path, &headers, *body).await;
            let error = match status {
                400 => "Bad Request",
                401 => "Unauthorized",
                403 => "Forbidden",
                _ => "Internal Server Error",
            };
            let expected = format!(
                r#"{{"message":{},"error":"{error}","statusCode":{status}}}"#,
                json!(message)
            );
            assert_eq!(
                (response.status, response.body.as_str()),
                (*status, expected.as_str()),
                "{fact}: {body}"
            );
            let reached_a_handler = !fact.starts_with("malformed");
            assert_eq!(response.has_rate_limit(), reached_a_handler, "{fact}");
        }
    }
    assert_eq!(api.server.tasks(), before);
}

/// An empty task id is a 404.
#[tokio::test]
async fn unknown_routes() {
    let api = Api::unlimited();
    let response = api.update("", "{}").await;
    let message = "Cannot PATCH /v1/tasks/";
    assert_eq!(
        (response.status, &response.json()["message"]),
        (404, &json!(message))
    );
    for (method, path) in [
        (Method::GET, "/v1/tasks"),
        (Method::POST, "/v1/tasks/x"),
        (Method::PATCH, "/v1/tasks/x/y"),
        (Method::POST, "/v2/tasks"),
    ] {
        let response = api.send(method, path, &[api.key()], "{}").await;
        assert_eq!(response.status, 404, "{path}");
    }
}

/// The errors of the middleware have two keys: an unsupported charset, a body over the limit, and
/// an `Origin` that is not trusted. A trusted origin is accepted.
#[tokio::test]
async fn middleware_errors_have_two_keys() {
    let api = Api::start(Options {
        max_body: 1024,
        ..Options::default()
    });
    let send = async |header, body: &str| {
        let headers = [api.key(), header];
        let response = api.send(Method::POST, "/v1/tasks", &headers, body).await;
        assert!(response.status == 201 || !response.has_rate_limit());
        (response.status, response.body)
    };
    let charset = ("Content-Type", "application/json; charset=ISO-8859-1");
    let unsupported = r#"{"statusCode":415,"message":"unsupported charset \"ISO-8859-1\""}"#;
    assert_eq!(
        send(charset, super::NEW_TASK).await,
        (415, unsupported.to_owned())
    );
    let accept = ("Accept", "*/*");
    let large = json!({"title": "t", "description": "x".repeat(1024)}).to_string();
    let too_large = r#"{"statusCode":413,"message":"request entity too large"}"#;
    assert_eq!(send(accept, &large).await, (413, too_large.to_owned()));
    let (status, body) = send(("Origin", "https://evil.example"), super::NEW_TASK).await;
    assert_eq!(status, 403);
    assert!(
        body.starts_with(r#"{"statusCode":403,"message":"#),
        "{body}"
    );
    assert!(api.server.tasks().is_empty());
    let trusted = ("Origin", "https://app.trycomp.ai");
    assert_eq!(send(trusted, super::NEW_TASK).await.0, 201);
}

/// A task id of 20 kB is a 431 without a body, and the connection is closed.
#[tokio::test]
async fn a_long_id_is_too_large_for_the_head() {
    let api = Api::unlimited();
    let response = api.update(&"x".repeat(20_000), "{}").await;
    assert_eq!((response.status, response.body.as_str()), (431, ""));
    assert_eq!(response.header("connection"), Some("close"));
}
