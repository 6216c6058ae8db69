//! Responses of every kind: the `Accept` header of the request, and what the client decodes.

use std::io::Read;

use golden_responses::types::{Draft, Job, NamesResponse, Problem, SeveralResponse, SeveralError, Thing};
use golden_responses::{Bytes, Client, ClientBuilder, ErrorKind, RetryPolicy};
use crate::server::{CannedResponse, RecordedRequest, Server};

const THING: &str = r#"{"name":"n"}"#;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.origin())
        .retry(RetryPolicy::none())
}

fn start(answer: CannedResponse) -> (Server, Client) {
    let server = Server::start(answer);
    let client = builder(&server).build().unwrap();
    (server, client)
}

fn accept(request: &RecordedRequest) -> &str {
    request.header("accept").unwrap()
}

#[track_caller]
fn is_n(thing: &Thing) {
    assert_eq!(thing.name, "n");
}

#[tokio::test]
async fn nothing() {
    let (server, client) = start(CannedResponse::empty(204));
    client.nothing().await.unwrap();
    assert_eq!(server.take_request().request_line(), "DELETE /nothing HTTP/1.1");
}

/// A server's `Content-Type` does not matter where only one is described.
#[tokio::test]
async fn json() {
    let (server, client) = start(CannedResponse::new(200, "text/html", THING));
    is_n(&client.suffix().await.unwrap());
    assert_eq!(accept(&server.take_request()), "application/vnd.api+json");
    is_n(&client.charset().await.unwrap());
    let request = server.take_request();
    assert_eq!(accept(&request), "Application/JSON; charset=utf-8");
    is_n(&client.same().await.unwrap());
    let request = server.take_request();
    assert_eq!(accept(&request), "application/json");

    server.set_response(CannedResponse::new(200, "application/json", "<html>"));
    let error = client.suffix().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), b"<html>");
}

#[tokio::test]
async fn text() {
    let (server, client) = start(CannedResponse::new(200, "text/plain", "grün"));
    assert_eq!(client.text().await.unwrap(), "grün");
    assert_eq!(accept(&server.take_request()), "text/plain");

    let content_type = "text/plain; format=flowed; Charset=\"UTF-8\"";
    server.set_response(CannedResponse::new(200, content_type, ""));
    assert_eq!(client.text().await.unwrap(), "");

    let latin1 = CannedResponse::new(200, "text/plain; charset=iso-8859-1", *b"gr\xfcn");
    server.set_response(latin1);
    let error = client.text().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), b"gr\xfcn");
    assert!(error.to_string().contains("iso-8859-1"), "{error}");

    server.set_response(CannedResponse::new(200, "text/plain", *b"gr\xfcn"));
    let error = client.text().await.unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[tokio::test]
async fn bytes() {
    let picture = [0x89, b'P', b'N', b'G', 0, 255];
    let disposition = "attachment; filename=a.png";
    let (server, client) = start(
        CannedResponse::new(200, "image/png", picture).header("Content-Disposition", disposition),
    );
    let answer = client.picture().send().await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], disposition);
    assert_eq!(answer.into_body(), Bytes::copy_from_slice(&picture));
    assert_eq!(accept(&server.take_request()), "image/png");

    let mut stream = client.picture().stream().await.unwrap();
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-disposition"], disposition);
    assert_eq!(stream.chunk().await.unwrap().unwrap(), picture[..]);
    assert_eq!(stream.chunk().await.unwrap(), None);
    assert_eq!(accept(&server.take_request()), "image/png");

    assert_eq!(client.anything().await.unwrap(), picture[..]);
    assert_eq!(accept(&server.take_request()), "*/*");
}

/// The size limit does not apply to streams, which are not kept in memory.
#[tokio::test]
async fn a_stream_is_of_any_size() {
    let large = vec![7; 300_000];
    let server = Server::start(CannedResponse::new(200, "image/png", large.clone()));
    let client = builder(&server).max_response_size(1000).build().unwrap();
    let error = client.picture().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let mut stream = client.picture().stream().await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = stream.chunk().await.unwrap() {
        read.extend(piece);
    }
    assert!(read == large);
}

#[tokio::test]
async fn a_truncated_stream_ends_with_an_error() {
    let answer = CannedResponse::new(200, "text/event-stream", "data: 1\n\n").cut_off();
    let (server, client) = start(answer);
    let mut stream = client.events().await.unwrap();
    assert_eq!(accept(&server.take_request()), "text/event-stream");
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "data: 1\n\n");
    let error = stream.chunk().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.may_have_been_applied());
    assert!(error.to_string().starts_with("events: 200 OK: "), "{error}");
}

#[tokio::test]
async fn a_stream_that_stalls_ends_with_a_timeout() {
    let answer = CannedResponse::new(200, "text/event-stream", "data: 1\n\n").stalled();
    let (_server, client) = start(answer);
    let mut stream = client.events().await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "data: 1\n\n");
    // From here on nothing comes, so that the clock jumps to the next time limit.
    tokio::time::pause();
    let before = tokio::time::Instant::now();
    let error = stream.chunk().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(before.elapsed().as_secs(), 30);
}

/// The timeout of the call ends with the head of the response; the stream may take longer.
#[tokio::test]
async fn a_stream_may_take_longer_than_the_call() {
    let answer = CannedResponse::new(200, "text/event-stream", "data: 1\n\n").stalled();
    let (_server, client) = start(answer);
    let limit = std::time::Duration::from_secs(3600);
    let mut stream = client.events().await.unwrap().idle_timeout(limit);
    stream.chunk().await.unwrap();
    tokio::time::pause();
    let before = tokio::time::Instant::now();
    let error = stream.chunk().await.unwrap_err();
    assert_eq!(before.elapsed().as_secs(), 3600, "{error}");
}

/// A failed answer to a call for a stream is an error as any other.
#[tokio::test]
async fn a_stream_of_an_error_response() {
    let problem = r#"{"title":"No"}"#;
    let (server, client) = start(CannedResponse::json(403, problem));
    let error = client.chat_stream().await.unwrap_err();
    assert_eq!(accept(&server.take_request()), "text/event-stream");
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.decode::<Problem>().unwrap().title, "No");

    server.set_response(CannedResponse::json(200, THING));
    is_n(&client.chat().await.unwrap());
    assert_eq!(accept(&server.take_request()), "application/json");
}

#[tokio::test]
async fn head() {
    let answer = CannedResponse::json(200, THING).header("ETag", "\"1\"");
    let (server, client) = start(answer);
    let answer = client.look().send().await.unwrap();
    assert_eq!(answer.headers()["etag"], "\"1\"");
    assert_eq!(answer.raw_body(), b"");
    assert_eq!(server.take_request().request_line(), "HEAD /head HTTP/1.1");
    // What the head promises is not waited for, so that the connection is used again.
    client.look().await.unwrap();
    assert_eq!(server.take_connections(), 1);
}

#[tokio::test]
async fn maybe() {
    let (server, client) = start(CannedResponse::json(200, THING));
    is_n(&client.maybe().await.unwrap().unwrap());
    assert_eq!(accept(&server.take_request()), "application/json");
    server.set_response(CannedResponse::empty(204));
    assert_eq!(client.maybe().await.unwrap(), None);
}

#[tokio::test]
async fn several() {
    let (server, client) = start(CannedResponse::json(200, THING));
    let thing = match client.several().await.unwrap() {
        SeveralResponse::OkJson(thing) => thing,
        other => panic!("{other:?}"),
    };
    is_n(&thing);
    let asked = "application/json, text/csv;q=0.9, application/pdf;q=0.9, text/*;q=0.9";
    assert_eq!(accept(&server.take_request()), asked);

    let job: Job = {
        server.set_response(CannedResponse::json(202, r#"{"job":7}"#));
        match client.several().await.unwrap() {
            SeveralResponse::Accepted(job) => job,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(job.job, 7);

    let pdf = Bytes::from_static(b"%PDF");
    let status = |code: u16| http::StatusCode::from_u16(code).unwrap();
    for (answer, wanted) in [
        (
            CannedResponse::new(200, "application/problem+json", THING),
            SeveralResponse::OkJson(thing),
        ),
        (
            CannedResponse::new(200, "Text/CSV;header=present", "a,b"),
            SeveralResponse::OkCsv("a,b".to_owned()),
        ),
        (
            CannedResponse::new(200, "application/pdf", "%PDF"),
            SeveralResponse::OkPdf(pdf.clone()),
        ),
        (
            CannedResponse::new(200, "image/png", "%PDF"),
            SeveralResponse::Other(status(200), pdf.clone()),
        ),
        (CannedResponse::empty(204), SeveralResponse::NoContent),
        (
            CannedResponse::new(299, "text/html", "<p>"),
            SeveralResponse::Success("<p>".to_owned()),
        ),
    ] {
        server.set_response(answer);
        assert_eq!(client.several().await.unwrap(), wanted);
    }

    server.set_response(CannedResponse::json(202, "{}"));
    let error = client.several().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), b"{}");
}

#[tokio::test]
async fn errors() {
    let (server, client) = start(CannedResponse::json(400, r#"{"fields":["a"]}"#));
    let error = client.several().await.unwrap_err();
    match SeveralError::of(&error).unwrap() {
        Some(SeveralError::BadRequest(wrong)) => assert_eq!(wrong.fields, ["a"]),
        other => panic!("{other:?}"),
    }
    for (status, body, wanted) in [
        (404, "gone", "Some(NotFound)"),
        (409, "twice", "Some(Conflict(\"twice\"))"),
        (503, r#"{"title":"t"}"#, "Some(ServerError(Problem { title: \"t\" }))"),
        (418, r#"{"title":"t"}"#, "Some(Default(Problem { title: \"t\" }))"),
    ] {
        server.set_response(CannedResponse::new(status, "text/plain", body));
        let error = client.several().await.unwrap_err();
        assert_eq!(format!("{:?}", SeveralError::of(&error).unwrap()), wanted);
    }

    server.set_response(CannedResponse::new(502, "text/html", "<p>"));
    let error = client.several().await.unwrap_err();
    let unreadable = SeveralError::of(&error).unwrap_err();
    assert_eq!(unreadable.kind(), ErrorKind::Decode);
    assert_eq!(unreadable.body(), b"<p>");

    // A success that cannot be read is none of the errors.
    server.set_response(CannedResponse::json(202, "{}"));
    let error = client.several().await.unwrap_err();
    assert_eq!(SeveralError::of(&error).unwrap(), None);
}

#[test]
fn blocking() {
    let large = vec![7; 300_000];
    let server = Server::start(CannedResponse::new(200, "image/png", large.clone()));
    let client = builder(&server).max_response_size(1000).build_blocking().unwrap();
    let mut reader = client.picture().stream().wait().unwrap();
    let mut pieces = client.events().wait().unwrap();
    // The readers keep what they need.
    drop(client);
    assert_eq!(reader.status(), 200);
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == large);
    let mut length = 0;
    for piece in &mut pieces {
        length += piece.unwrap().len();
    }
    assert_eq!(length, large.len());
    assert!(pieces.next().is_none());

    server.set_response(CannedResponse::new(200, "image/png", "cut").cut_off());
    let client = builder(&server).build_blocking().unwrap();
    let mut pieces = client.picture().stream().wait().unwrap();
    assert_eq!(pieces.next().unwrap().unwrap(), "cut");
    let error = pieces.next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(pieces.next().is_none());

    let mut reader = client.picture().stream().wait().unwrap();
    let error = reader.read_to_end(&mut read).unwrap_err();
    let error = error.get_ref().unwrap().to_string();
    assert!(error.starts_with("picture: 200 OK: "), "{error}");
}

/// A success without a body is a success, whatever the description says, unless its type needs a value.
#[tokio::test]
async fn a_success_may_be_empty() {
    let (server, client) = start(CannedResponse::empty(204));
    client.gone().await.unwrap();
    client.failing().await.unwrap();
    assert_eq!(client.draft().await.unwrap(), Draft::new());
    server.set_response(CannedResponse::empty(200));
    assert_eq!(client.cancel().await.unwrap(), serde_json::Value::Null);
    let error = client.any_type().await.unwrap_err();
    assert!(error.to_string().contains("the body is empty"), "{error}");
    let response = client.names().await.unwrap();
    assert!(matches!(response, NamesResponse::Other(status, body) if status == 200 && body.is_empty()));
}

#[tokio::test]
async fn a_described_redirect_is_a_success() {
    let url = "https://files.example/a?signature=b";
    let moved = CannedResponse::empty(302).header("Location", url);
    let (server, client) = start(moved);
    let redirect = client.download().await.unwrap();
    assert_eq!(redirect.status(), 302);
    assert_eq!(redirect.location(), Some(url));
    assert_eq!(server.take_request().header("accept"), Some("*/*"));

    server.set_response(CannedResponse::empty(200));
    assert_eq!(client.download().await.unwrap().location(), None);

    server.set_response(CannedResponse::new(404, "application/json", r#"{"title":"t"}"#));
    let error = client.download().await.unwrap_err();
    assert_eq!(error.decode::<Problem>().unwrap().title, "t");

    // Elsewhere, a redirect is a mistake in the base URL.
    server.set_response(CannedResponse::empty(302).header("Location", url));
    assert_eq!(client.draft().await.unwrap_err().kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn one_value_of_several_media_types_is_json() {
    let (server, client) = start(CannedResponse::new(200, "application/json", THING));
    is_n(&client.any_type().await.unwrap());
    assert_eq!(accept(&server.take_request()), "application/json");
    let NamesResponse::Ok(thing) = client.names().await.unwrap() else {
        panic!("not a thing");
    };
    is_n(&thing);
    let request = server.take_request();
    assert_eq!(accept(&request), "application/json, text/csv;q=0.9");

    server.set_response(CannedResponse::new(200, "text/plain", "words"));
    assert_eq!(client.any_text().await.unwrap(), "words");

    server.set_response(CannedResponse::new(404, "application/json", r#"{"title":"t"}"#));
    let error = client.any_type().await.unwrap_err();
    assert_eq!(error.decode::<Problem>().unwrap().title, "t");
}
