//! A description without paths: its types, for what others send.

use golden_without_paths::Client;
use golden_without_paths::types::Task;

#[test]
fn a_type_decodes_without_an_operation() {
    let task: Task = serde_json::from_str(r#"{"id":"t1","title":null}"#).unwrap();
    assert_eq!(task.id, "t1");
    assert!(task.title.is_null());
    Client::builder().base_url("https://example.com").build().unwrap();
}
