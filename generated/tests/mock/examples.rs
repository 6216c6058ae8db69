//! The mock server accepts every example request of the description.

use comp_ai_client::mock::MockServer;
use comp_ai_client::types::{CreateTask, UpdateTask};
use serde_json::{Map, Value, json};

use super::{raw, task};

fn description() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/openapi.yaml");
    let text = std::fs::read_to_string(path).expect("the description is beside the crate");
    serde_yaml::from_str(&text).unwrap()
}

/// Examples of a request body: the media type's example, the required properties, all properties, and
/// the required properties with each other property, as its example and as null.
fn bodies(description: &Value, path: &str, method: &str, schema: &str) -> Vec<Value> {
    let content = &description["paths"][path][method]["requestBody"]["content"];
    let content = &content["application/json"];
    let reference = format!("#/components/schemas/{schema}");
    assert_eq!(content["schema"]["$ref"], reference, "{method} {path}");
    let schema = &description["components"]["schemas"][schema];
    let properties = schema["properties"].as_object().unwrap();
    let examples: Map<String, Value> = properties
        .iter()
        .map(|(name, property)| (name.clone(), property["example"].clone()))
        .collect();
    assert!(examples.values().all(|example| !example.is_null()));
    let required: Map<String, Value> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|name| name.as_str().unwrap().to_owned())
        .map(|name| (name.clone(), examples[&name].clone()))
        .collect();
    let mut bodies = vec![content["example"].clone(), json!(required), json!(examples)];
    for (name, example) in &examples {
        let mut body = required.clone();
        body.insert(name.clone(), example.clone());
        bodies.push(json!(body));
        let is = |key| properties[name][key] == true;
        if is("nullable") && !is("x-client-null-means-absent") {
            body.insert(name.clone(), Value::Null);
            bodies.push(json!(body));
        }
    }
    bodies
}

#[tokio::test]
async fn examples_of_create() {
    let mock = MockServer::start().unwrap();
    let created = mock.create_task().respond_with(task("tsk_1"));
    let bodies = bodies(&description(), "/v1/tasks", "post", "CreateTask");
    assert!(bodies.len() > 10);
    for body in &bodies {
        let typed: CreateTask = serde_json::from_value(body.clone()).unwrap();
        mock.client().create_task(&typed).await.unwrap();
    }
    let received = created.requests().into_iter();
    let received: Vec<Value> = received.map(|request| json!(request.body)).collect();
    assert_eq!(received, bodies);
}

#[tokio::test]
async fn examples_of_update() {
    let description = description();
    let mock = MockServer::start().unwrap();
    let updated = mock.update_task().respond_with(task("tsk_1"));
    let path = "/v1/tasks/{taskId}";
    let id = &description["paths"][path]["patch"]["parameters"][0]["example"];
    let id = id.as_str().unwrap();
    let bodies = bodies(&description, path, "patch", "UpdateTask");
    assert!(bodies.len() > 15);
    for body in &bodies {
        let typed: UpdateTask = serde_json::from_value(body.clone()).unwrap();
        mock.client().update_task(id, &typed).await.unwrap();
    }
    let received = updated.requests().into_iter();
    let received: Vec<Value> = received
        .map(|request| {
            assert_eq!(request.task_id, id);
            json!(request.body)
        })
        .collect();
    assert_eq!(received, bodies);
}

/// The published curl commands, as curl sends them.
#[test]
fn published_curl_commands() {
    let mock = MockServer::start().unwrap();
    mock.create_task().times(1).respond_with(task("tsk_1"));
    mock.update_task().times(1).respond_with(task("tsk_1"));
    let create = r#"
{
  "title": "Implement access controls",
  "description": "Set up role-based access controls for the platform"
}
"#;
    let update = r#"
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
"#;
    for (line, body, status) in [
        ("POST /v1/tasks", create, 201),
        ("PATCH /v1/tasks/{taskId}", update, 200),
    ] {
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\
             Content-Type: application/json\r\nX-API-Key: <api-key>\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let response = raw::exchange(&mock, request.as_bytes());
        assert!(
            response.starts_with(&format!("HTTP/1.1 {status} ")),
            "{response}"
        );
    }
}

/// A task id is one segment of the path, whatever characters it has.
#[tokio::test]
async fn unusual_task_ids() {
    let ids = ["a/b", "ü", "a b", "%2F", "..a", "bulk2", "?x=1"];
    let mock = MockServer::start().unwrap();
    let updated = mock.update_task().respond_with(task("tsk_1"));
    for id in ids {
        let call = mock.client().update_task(id, &UpdateTask::new());
        call.await.unwrap();
    }
    let received = updated.requests().into_iter();
    let received: Vec<String> = received
        .map(|request| request.task_id.into_string())
        .collect();
    assert_eq!(received, ids);
}
