//! Methods and paths of requests.

use golden_structure::Client;
use crate::server::{CannedResponse, Server};

#[tokio::test]
async fn methods_and_paths() {
    let server = Server::start(CannedResponse::empty(200));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let line = || server.take_request().request_line().to_owned();
    client.check_things().await.unwrap();
    let request = server.take_request();
    assert_eq!(request.request_line(), "HEAD /things HTTP/1.1");
    assert_eq!(request.header("content-length"), None);
    client.thing_options().await.unwrap();
    assert_eq!(line(), "OPTIONS /things HTTP/1.1");
    client.trace_things().await.unwrap();
    assert_eq!(line(), "TRACE /things HTTP/1.1");

    server.set_response(CannedResponse::json(200, r#"{"id":"1"}"#));
    #[allow(deprecated, reason = "it is generated all the same")]
    let call = client.make_thing();
    assert_eq!(call.await.unwrap().id, "1");
    assert_eq!(line(), "POST /things HTTP/1.1");
    assert_eq!(client.get_thing("1").await.unwrap().id, "1");
    assert_eq!(line(), "GET /things/1 HTTP/1.1");
    assert_eq!(client.get_thing2("1").await.unwrap().id, "1");
    assert_eq!(line(), "GET /old-things/1 HTTP/1.1");
}
