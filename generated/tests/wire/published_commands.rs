//! The client sends what the curl commands of the published pages send.

use crate::support::{CannedResponse, PUBLISHED_TASK, RecordedRequest, Server};
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Department, Frequency, TaskStatus, UpdateTask};
use serde_json::Value;

const CREATE: &str = r#"
curl --request POST \
  --url https://api.trycomp.ai/v1/tasks \
  --header 'Content-Type: application/json' \
  --header 'X-API-Key: <api-key>' \
  --data '
{
  "title": "Implement access controls",
  "description": "Set up role-based access controls for the platform"
}
'
"#;

const UPDATE: &str = r#"
curl --request PATCH \
  --url https://api.trycomp.ai/v1/tasks/{taskId} \
  --header 'Content-Type: application/json' \
  --header 'X-API-Key: <api-key>' \
  --data '
{
  "title": "Review access controls",
  "description": "Review and update access control policies",
  "status": "in_progress",
  "assigneeId": "mem_abc123",
  "approverId": "mem_abc123",
  "frequency": "monthly",
  "integrationScheduleFrequency": "daily",
  "department": "it",
  "reviewDate": "2025-01-01T00:00:00.000Z",
  "notRelevantJustification": "This control is out of scope for our SOC 2 audit."
}
'
"#;

const ORIGIN: &str = "https://api.trycomp.ai";

/// Request of a curl command.
struct Command {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    data: String,
}

impl Command {
    fn parse(text: &str) -> Self {
        let (options, data) = text.split_once("--data '").unwrap();
        let option = |name: &'static str| {
            let lines = options
                .lines()
                .map(|line| line.trim_end_matches('\\').trim());
            lines.filter_map(move |line| {
                let (_, value) = line.split_once(name)?;
                Some(value.trim().trim_matches('\'').to_owned())
            })
        };
        let header = |line: String| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        };
        Self {
            method: option("--request").next().unwrap(),
            path: option("--url").next().unwrap().replace(ORIGIN, ""),
            headers: option("--header").map(header).collect(),
            data: data.trim().trim_matches('\'').trim().to_owned(),
        }
    }

    fn api_key(&self) -> &str {
        let mut headers = self.headers.iter();
        let (_, key) = headers.find(|(name, _)| name == "X-API-Key").unwrap();
        key
    }

    /// Asserts that this command sends the same request.
    fn assert_sent(&self, request: &RecordedRequest) {
        let line = format!("{} {} HTTP/1.1", self.method, self.path);
        assert_eq!(request.request_line(), line);
        for (name, value) in &self.headers {
            assert_eq!(request.header(name), Some(value.as_str()), "{name}");
        }
        let length = request.body.len().to_string();
        assert_eq!(request.header("content-length"), Some(length.as_str()));
        let parse = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
        assert_eq!(parse(request.text()), parse(&self.data));
        // The order of keys and the spelling of values.
        assert_eq!(request.text(), without_white_space(&self.data));
    }
}

/// JSON text without the white space between its tokens. No string may contain a quote.
fn without_white_space(json: &str) -> String {
    let mut parts = json.split('"');
    let mut text = String::new();
    while let Some(outside) = parts.next() {
        text.extend(outside.split_whitespace());
        if let Some(inside) = parts.next() {
            text += &format!("\"{inside}\"");
        }
    }
    text
}

fn client(server: &Server, command: &Command) -> Client {
    let builder = Client::builder().api_key(command.api_key());
    builder.base_url(server.origin()).build().unwrap()
}

#[tokio::test]
async fn create_a_task() {
    let command = Command::parse(CREATE);
    let server = Server::start(CannedResponse::json(201, PUBLISHED_TASK));
    let task = CreateTask::new(
        "Implement access controls",
        "Set up role-based access controls for the platform",
    );
    let created = client(&server, &command).create_task(&task).await.unwrap();
    assert_eq!(created.id, "tsk_abc123def456");
    command.assert_sent(&server.take_request());
}

#[tokio::test]
async fn update_a_task() {
    let command = Command::parse(&UPDATE.replace("{taskId}", "tsk_abc123def456"));
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let changes = UpdateTask::new()
        .title("Review access controls")
        .description("Review and update access control policies")
        .status(TaskStatus::InProgress)
        .assignee_id("mem_abc123")
        .approver_id("mem_abc123")
        .frequency(Frequency::Monthly)
        .integration_schedule_frequency(Frequency::Daily)
        .department(Department::It)
        .review_date("2025-01-01T00:00:00.000Z".parse().unwrap())
        .not_relevant_justification("This control is out of scope for our SOC 2 audit.");
    let call = client(&server, &command).update_task("tsk_abc123def456", &changes);
    assert_eq!(call.await.unwrap().id, "tsk_abc123def456");
    let request = server.take_request();
    command.assert_sent(&request);
    let date = r#","reviewDate":"2025-01-01T00:00:00.000Z","#;
    assert!(request.text().contains(date), "{}", request.text());
}

/// The keys are in the order of the description.
#[tokio::test]
async fn the_order_of_the_setters_does_not_matter() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let changes = UpdateTask::new()
        .clear_review_date()
        .status("done")
        .title("New title");
    let call = server.client().update_task("tsk_1", &changes);
    call.await.unwrap();
    assert_eq!(
        server.take_request().text(),
        r#"{"title":"New title","status":"done","reviewDate":null}"#
    );
}

/// The client asks the proxy for a connection to the published host, and does not show it the key.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn the_default_base_url_is_the_published_host() {
    let proxy = Server::start(CannedResponse::new(403, "text/plain", "no"));
    let client = Client::builder()
        .api_key("key-of-the-test")
        .proxy(proxy.origin())
        .retry(comp_ai_client::RetryPolicy::none())
        .build()
        .unwrap();
    let call = client.create_task(&CreateTask::new("title", "description"));
    call.await.unwrap_err();
    let request = proxy.take_request();
    let host = ORIGIN.replace("https://", "");
    assert_eq!(
        request.request_line(),
        format!("CONNECT {host}:443 HTTP/1.1")
    );
    assert!(!request.head.contains("key-of-the-test"));
}
