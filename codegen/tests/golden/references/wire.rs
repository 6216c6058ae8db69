//! Requests whose parameters and bodies are defined elsewhere.

use crate::server::{CannedResponse, Server};
use golden_references::Client;
use golden_references::types::{AddItemBody, ChestKind};

#[tokio::test]
async fn what_a_reference_refers_to_is_sent_and_received() {
    let server = Server::start(CannedResponse::json(200, r#"{"colour":"red"}"#));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let body = AddItemBody::new("lamp");
    client.add_item("1", &body).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.request_line(), "POST /shops/1/items HTTP/1.1");
    // Both operations take the same type.
    client.add_to_depot("2", &body).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.request_line(), "POST /depots/2/items HTTP/1.1");
    server.set_response(CannedResponse::json(200, r#"{"kind":"large"}"#));
    let item = client.get_item("3").await.unwrap();
    assert_eq!(item.kind, Some(ChestKind::Large));
}
