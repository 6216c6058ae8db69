//! What OpenAPI 3.2 adds: requests and responses.

use golden_version_3_2::Client;
use golden_version_3_2::types::Filter;
use crate::server::{CannedResponse, Server};

#[tokio::test]
async fn a_query_has_a_body_and_the_parameters_of_its_path() {
    let server = Server::start(CannedResponse::json(200, r#"["a","b"]"#));
    let client = Client::builder().bearer_token("t").base_url(server.origin()).build().unwrap();
    let things = client.query_things("north", &Filter::new().name("a")).await.unwrap();
    assert_eq!(things, ["a", "b"]);
    let request = server.take_request();
    assert_eq!(request.request_line(), "QUERY /things/north HTTP/1.1");
    assert_eq!(request.text(), r#"{"name":"a"}"#);
    client.list_things("north").await.unwrap();
    assert_eq!(server.take_request().request_line(), "GET /things/north HTTP/1.1");
}
