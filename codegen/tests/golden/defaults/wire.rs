//! Requests and responses of a description that leaves most to defaults.

use golden_defaults::types::{ChangeThingBody, Kind, ListThingsParams, ListThingsSort};
use golden_defaults::{Binary, Bytes, Call, Client, Patch};
use serde_json::{Map, json};
use crate::server::{CannedResponse, RecordedRequest, Server};

fn start(answer: CannedResponse) -> (Server, Client) {
    let server = Server::start(answer);
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    (server, client)
}

#[track_caller]
fn is(request: &RecordedRequest, line: &str, accept: &str) {
    assert_eq!(request.request_line(), format!("{line} HTTP/1.1"));
    assert_eq!(request.header("accept"), Some(accept));
}

#[tokio::test]
async fn parameters() {
    let (server, client) = start(CannedResponse::json(200, r#"[{"name":"a","owner":null},{"name":"b"}]"#));
    let things = client.list_things("a b", Kind::Large, &ListThingsParams::new()).await.unwrap();
    assert_eq!(things.len(), 2);
    assert_eq!(things[0].owner, Patch::Null);
    assert_eq!(things[1].owner, Patch::Absent);
    // The server knows its defaults.
    let line = "GET /things?q=a%20b&kind=large";
    is(&server.take_request(), line, "application/json");

    server.set_response(CannedResponse::json(200, r#"[{"name":"a","owner":{"id":"1"}}]"#));
    let params = ListThingsParams::new()
        .other("tiny")
        .sort(ListThingsSort::Date)
        .page(2.0)
        .token("t&u");
    let things = client.list_things("q", "small", &params).await.unwrap();
    assert!(matches!(&things[0].owner, Patch::Value(owner) if owner.id.as_deref() == Some("1")));
    let line = "GET /things?q=q&kind=small&other=tiny&sort=date&page=2&token=t%26u";
    is(&server.take_request(), line, "application/json");
}

#[tokio::test]
async fn bodies() {
    let (server, client) = start(CannedResponse::empty(201));
    let object = Map::from_iter([("a".to_owned(), json!([1, null]))]);
    client.make_thing(&object).await.unwrap();
    let request = server.take_request();
    is(&request, "POST /things", "*/*");
    assert_eq!(request.text(), r#"{"a":[1,null]}"#);

    server.set_response(CannedResponse::json(200, r#"{"name":"n"}"#));
    let body = ChangeThingBody::new("1").kind(Kind::Small);
    assert_eq!(client.change_thing(&body).await.unwrap().name, "n");
    let request = server.take_request();
    is(&request, "PATCH /things", "application/json");
    assert_eq!(request.text(), r#"{"id":"1","kind":"small"}"#);
}

#[tokio::test]
async fn responses_without_properties() {
    let (server, client) = start(CannedResponse::json(200, r#"{"a":{"b":0.1}}"#));
    assert_eq!(client.settings().await.unwrap()["a"], json!({ "b": 0.1 }));
    is(&server.take_request(), "GET /settings", "application/json");
    server.set_response(CannedResponse::json(200, "[7]"));
    assert_eq!(client.save_settings().await.unwrap(), json!([7]));
    let request = server.take_request();
    is(&request, "PUT /settings", "application/json");
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn files() {
    async fn file(call: Call<Bytes, Binary>, line: &str, media_type: &str, server: &Server) {
        server.set_response(CannedResponse::new(200, media_type, [0, 255]));
        assert_eq!(call.await.unwrap(), [0, 255].as_slice());
        is(&server.take_request(), line, media_type);
    }
    let (server, client) = start(CannedResponse::empty(200));
    file(client.page(), "GET /page", "application/pdf", &server).await;
    file(client.archive(), "GET /archive", "application/zip", &server).await;
    let dmg = "application/x-apple-diskimage";
    file(client.image(), "GET /image", dmg, &server).await;
    file(client.installer(), "GET /installer", "application/zip", &server).await;
}
