//! Values of each kind of schema, as they stand on the wire.

mod server;

use golden_schemas::types::Formats;
use golden_schemas::{Base64, Client};
use server::{Answer, Server};

#[tokio::test]
async fn formats() {
    let text = r#"{"int32":-7,"int64":9007199254740993,"float":0.5,"double":0.1,"date":"2024-02-29","dateTime":"2024-02-29T23:59:59.000Z","byte":"AP+A"}"#;
    let server = Server::start(Answer::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let value = Formats::new(-7, 9007199254740993)
        .float(0.5)
        .double(0.1)
        .date("2024-02-29".parse().unwrap())
        .date_time("2024-02-29T23:59:59Z".parse().unwrap())
        .byte(vec![0, 255, 128]);
    let answer = client.echo_formats(&value).await.unwrap();
    assert_eq!(server.take_request().text(), text);
    assert_eq!(answer, value);
    assert_eq!(answer.byte, Some(Base64(vec![0, 255, 128])));
}
