//! Request bodies of every kind, byte for byte.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use golden_bodies::types::{ChoiceForm, Colour, Form, Item, OrderBody, StylesBody, Thing, UploadForm, UploadKind};
use golden_bodies::{
    Call, Client, ErrorKind, FormPart, Multipart, Empty, RequestBody, RetryPolicy,
};
use crate::server::{CannedResponse, RecordedRequest, Server};

const THING: &str = r#"{"name":"n"}"#;

fn start(answer: CannedResponse) -> (Server, Client) {
    let server = Server::start(answer);
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let builder = Client::builder().base_url(server.origin()).retry(policy);
    let client = builder.build().unwrap();
    (server, client)
}

/// What arrives of a call.
async fn sent(server: &Server, call: Call<(), Empty>) -> RecordedRequest {
    call.await.unwrap();
    server.take_request()
}

#[track_caller]
fn is(request: &RecordedRequest, line: &str, content_type: &str, body: &str) {
    assert_eq!(request.request_line(), format!("{line} HTTP/1.1"));
    assert_eq!(request.header("content-type"), Some(content_type));
    let length = body.len().to_string();
    assert_eq!(request.header("content-length"), Some(length.as_str()));
    assert_eq!(request.text(), body);
}

#[tokio::test]
async fn json() {
    let (server, client) = start(CannedResponse::empty(204));
    let thing = Thing::new("n");
    let request = sent(&server, client.suffix(&thing)).await;
    is(&request, "PATCH /suffix", "application/merge-patch+json", THING);
    let request = sent(&server, client.charset(&thing)).await;
    is(&request, "POST /charset", "Application/JSON; charset=utf-8", THING);
    let request = sent(&server, client.search(&thing)).await;
    is(&request, "GET /search", "application/json", THING);
    let request = sent(&server, client.forget(&thing)).await;
    is(&request, "DELETE /search", "application/json", THING);
}

#[tokio::test]
async fn optional() {
    let (server, client) = start(CannedResponse::empty(204));
    for call in [
        client.optional(None),
        client.optional_text(None),
        client.optional_bytes(None),
        client.parts(None),
    ] {
        let request = sent(&server, call).await;
        assert_eq!(request.header("content-type"), None);
        assert_eq!(request.header("content-length"), Some("0"));
        assert_eq!(request.text(), "");
    }
    let line = "POST /optional";
    let request = sent(&server, client.optional(Some(&Thing::new("n")))).await;
    is(&request, line, "application/json", THING);
    let request = sent(&server, client.optional_text(Some("t"))).await;
    is(&request, line, "text/plain; charset=utf-8", "t");
    let request = sent(&server, client.optional_bytes(Some("b".into()))).await;
    is(&request, line, "application/octet-stream", "b");
}

#[tokio::test]
async fn text() {
    let (server, client) = start(CannedResponse::empty(204));
    let request = sent(&server, client.text("grün")).await;
    is(&request, "POST /text", "text/plain; charset=utf-8", "grün");
    let request = sent(&server, client.xml("<a/>")).await;
    is(&request, "POST /xml", "application/xml", "<a/>");
}

#[tokio::test]
async fn bytes() {
    let (server, client) = start(CannedResponse::empty(204));
    let request = sent(&server, client.bytes(vec![0, 255])).await;
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.body, [0, 255]);
    let line = "PUT /picture";
    is(&sent(&server, client.picture("p")).await, line, "image/png", "p");
    is(&sent(&server, client.picture_jpeg("j")).await, line, "image/jpeg", "j");
    is(&sent(&server, client.picture("")).await, line, "image/png", "");
    let request = sent(&server, client.picture_image("image/gif", "g")).await;
    is(&request, line, "image/gif", "g");
    let request = sent(&server, client.anything("a/b", "c")).await;
    is(&request, "POST /anything", "a/b", "c");
    let request = sent(&server, client.mixed("multipart/mixed; boundary=x", "--x--")).await;
    is(&request, "POST /mixed", "multipart/mixed; boundary=x", "--x--");

    let error = client.anything("a\nb", "c").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

/// The tables of the specification, in a body.
#[tokio::test]
async fn forms() {
    let (server, client) = start(CannedResponse::empty(204));
    let content_type = "application/x-www-form-urlencoded";
    let colour = || Colour::new().r(100).g(200).b(150);
    let form = Form::new("a b&c=d+ü")
        .ratio(0.1)
        .big(9007199254740993)
        .is_it(true)
        .list(["blue", "black"])
        .colour(colour())
        .clear_gone()
        .deep(vec![Thing::new("n")]);
    let request = sent(&server, client.form(&form)).await;
    let body = "name=a%20b%26c%3Dd%2B%C3%BC&ratio=0.1&big=9007199254740993&is_it=true\
                &list=blue&list=black&colour=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D&deep=%7B%22name%22%3A%22n%22%7D";
    is(&request, "POST /form", content_type, body);

    let colours = ["blue", "black", "brown"];
    let styles = StylesBody::new()
        .form(colours)
        .exploded(colours)
        .spaces(colours)
        .pipes(colours)
        .deep(colour())
        .joined(colour())
        .pairs(colour())
        .json(Colour::new().r(100))
        .reserved("a/b?c&d=e");
    let request = sent(&server, client.styles(&styles)).await;
    let body = "form=blue,black,brown\
                &exploded=blue&exploded=black&exploded=brown\
                &spaces=blue%20black%20brown\
                &pipes=blue%7Cblack%7Cbrown\
                &deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150\
                &joined=R,100,G,200,B,150\
                &R=100&G=200&B=150\
                &json=%7B%22R%22%3A100%7D\
                &reserved=a/b?c%26d%3De";
    is(&request, "POST /styles", content_type, body);

    // What parts the items is in none of them.
    let styles = StylesBody::new().form(["a,b", "c"]);
    let request = sent(&server, client.styles(&styles)).await;
    is(&request, "POST /styles", content_type, "form=a%2Cb,c");
    let error = client.styles(&StylesBody::new().spaces(["a b", "c"])).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidInput);

    let nothing: [&str; 0] = [];
    let styles = StylesBody::new().form(nothing).exploded(nothing).deep(Colour::new());
    let request = sent(&server, client.styles(&styles)).await;
    is(&request, "POST /styles", content_type, "");
}

/// As Stripe and the npm package `qs` read it.
#[tokio::test]
async fn nested_values_in_forms() {
    let (server, client) = start(CannedResponse::empty(204));
    let content_type = "application/x-www-form-urlencoded";
    let deep = Item::new().price("1 €").liability(Item::new().amounts(vec![1.5, 2.0]));
    let order = OrderBody::new()
        .expand(["a", "b"])
        .items(vec![Item::new().price("1"), Item::new(), deep])
        .tax(Item::new().liability(Item::new().price("2")))
        .words("w")
        .raw("<a/>");
    let request = sent(&server, client.order(&order)).await;
    let body = "expand%5B0%5D=a&expand%5B1%5D=b\
                &items%5B0%5D%5Bprice%5D=1\
                &items%5B2%5D%5Bprice%5D=1%20%E2%82%AC\
                &items%5B2%5D%5Bliability%5D%5Bamounts%5D%5B0%5D=1.5\
                &items%5B2%5D%5Bliability%5D%5Bamounts%5D%5B1%5D=2.0\
                &tax%5Bliability%5D%5Bprice%5D=2\
                &words=w&raw=%3Ca%2F%3E";
    is(&request, "POST /order", content_type, body);

    let request = sent(&server, client.encoded("a=b&c")).await;
    is(&request, "POST /encoded", content_type, "a=b&c");
}

#[tokio::test]
async fn several_names_of_json_are_one_body() {
    let (server, client) = start(CannedResponse::empty(204));
    let request = sent(&server, client.names(&Thing::new("n"))).await;
    is(&request, "POST /names", "application/json", THING);
    let request = sent(&server, client.any_json(&Thing::new("n"))).await;
    is(&request, "POST /any-json", "application/json", THING);
    let request = sent(&server, client.unnamed("text/x-own", "t")).await;
    is(&request, "POST /unnamed", "text/x-own", "t");
}

/// The body with `B` for the boundary.
#[track_caller]
fn multipart(request: &RecordedRequest) -> String {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32);
    let text = request.text();
    assert!(text.ends_with(&format!("\r\n--{boundary}--\r\n")), "{text}");
    text.replace(boundary, "B")
}

fn part(head: &str, content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

#[tokio::test]
async fn several_parts() {
    let (server, client) = start(CannedResponse::empty(204));
    let file = FormPart::new("%PDF").file_name("a \"b\"\r\n.pdf");
    let picture = FormPart::new("P").content_type("image/png").file_name("p.png");
    let form = UploadForm::new(file, "ü")
        .pictures([picture, FormPart::from("Q")])
        .tags(["a", "b"])
        .count(7)
        .at("2024-02-29T23:59:59Z".parse().unwrap())
        .kind(UploadKind::External)
        .thing(Thing::new("n"))
        .things(vec![Thing::new("1"), Thing::new("2")])
        .note("n")
        .data("d")
        .page(FormPart::new("<p>").header("X-Page", "1"));
    let request = sent(&server, client.upload(&form)).await;
    let json = "\r\nContent-Type: application/json";
    let wanted = [
        part("name=\"title\"", "ü"),
        part(
            "name=\"file\"; filename=\"a %22b%22%0D%0A.pdf\"\r\nContent-Type: application/pdf",
            "%PDF",
        ),
        part(
            "name=\"pictures\"; filename=\"p.png\"\r\nContent-Type: image/png",
            "P",
        ),
        part(
            "name=\"pictures\"; filename=\"pictures\"\r\nContent-Type: application/octet-stream",
            "Q",
        ),
        part("name=\"tags\"", "a"),
        part("name=\"tags\"", "b"),
        part("name=\"count\"", "7"),
        part("name=\"at\"", "2024-02-29T23:59:59.000Z"),
        part("name=\"kind\"", "external"),
        part(&format!("name=\"thing\"{json}"), THING),
        part(&format!("name=\"things\"{json}"), r#"{"name":"1"}"#),
        part(&format!("name=\"things\"{json}"), r#"{"name":"2"}"#),
        part("name=\"note\"\r\nContent-Type: text/plain; charset=utf-8", "n"),
        part(&format!("name=\"data\"{json}"), "\"d\""),
        part("name=\"page\"\r\nContent-Type: text/html\r\nX-Page: 1", "<p>"),
    ];
    assert_eq!(multipart(&request), wanted.concat() + "--B--\r\n");

    let form = Multipart::new().part("a", "1").part("a", FormPart::new("2"));
    let request = sent(&server, client.parts(Some(&form))).await;
    let wanted = [part("name=\"a\"", "1"), part("name=\"a\"", "2")];
    assert_eq!(multipart(&request), wanted.concat() + "--B--\r\n");

    let form = Multipart::new().part("a", FormPart::new("1").header("X", "a\r\nb"));
    let error = client.parts(Some(&form)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

/// Every media type of an operation has a method, and no operation loses its name to one.
#[tokio::test]
async fn several_media_types() {
    let (server, client) = start(CannedResponse::empty(204));
    let mut form = ChoiceForm::new("n").url("u");
    let more = vec![FormPart::new("1"), FormPart::new("2")];
    form.additional_properties.insert("more".to_owned(), more);
    let request = sent(&server, client.choice_multipart(&form)).await;
    let wanted = [
        part("name=\"name\"", "n"),
        part("name=\"url\"", "u"),
        part("name=\"more\"", "1"),
        part("name=\"more\"", "2"),
    ];
    assert_eq!(multipart(&request), wanted.concat() + "--B--\r\n");

    let line = "POST /choice";
    let thing = Thing::new("n");
    let request = sent(&server, client.choice(&thing)).await;
    is(&request, line, "application/json", THING);
    let request = sent(&server, client.choice_form2(&thing)).await;
    is(&request, line, "application/x-www-form-urlencoded", "name=n");
    let request = sent(&server, client.choice_text("a,b")).await;
    is(&request, line, "text/csv; charset=utf-8", "a,b");
    let request = sent(&server, client.choice_bytes("b")).await;
    is(&request, line, "application/octet-stream", "b");
    let request = sent(&server, client.choice_form()).await;
    assert_eq!(request.request_line(), "POST /choiceForm HTTP/1.1");
}

/// What is kept in memory is sent again, with the same boundary.
#[tokio::test]
async fn several_parts_are_sent_again_after_429() {
    let (server, client) = start(CannedResponse::empty(429).header("Retry-After", "0"));
    let form = UploadForm::new("%PDF", "t");
    let error = client.upload(&form).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    let requests = server.take_requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.body == requests[0].body));
    assert!(requests[0].text().contains("%PDF"));
}

/// A stream of pieces.
struct Pieces(VecDeque<io::Result<&'static str>>);

impl Stream for Pieces {
    type Item = io::Result<&'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn stream(pieces: impl IntoIterator<Item = io::Result<&'static str>>) -> RequestBody {
    RequestBody::stream(Pieces(pieces.into_iter().collect()))
}

#[tokio::test]
async fn streams() {
    let (server, client) = start(CannedResponse::empty(204));
    let request = sent(&server, client.bytes(stream([Ok("ab"), Ok("cde")]))).await;
    assert_eq!(request.header("content-length"), None);
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.body, b"abcde");
    assert_eq!(request.chunks, [2, 3]);

    let body = stream([Ok("ab"), Ok("cde")]).length(5);
    let request = sent(&server, client.picture(body)).await;
    is(&request, "PUT /picture", "image/png", "abcde");

    let large = vec![7; 200_000];
    let body = RequestBody::reader(io::Cursor::new(large.clone()));
    let request = sent(&server, client.bytes(body)).await;
    assert!(request.body == large);
    assert!(request.chunks.len() > 1);
}

/// `bytes` is a PUT, which is repeatable otherwise.
#[tokio::test]
async fn a_stream_is_sent_once() {
    let (server, client) = start(CannedResponse::empty(429).header("Retry-After", "0"));
    let error = client.bytes(stream([Ok("ab")])).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.take_request().body, b"ab");
    let error = client.bytes("ab").await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(server.take_requests().len(), 3);
}

#[tokio::test]
async fn a_stream_that_fails_fails_the_call() {
    let (server, client) = start(CannedResponse::empty(204));
    let failing = || stream([Ok("ab"), Err(io::Error::other("the disk is gone"))]);
    let error = client.bytes(failing()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("the disk is gone"), "{error}");
    assert!(server.take_requests().is_empty());
}

#[test]
fn blocking() {
    let server = Server::start(CannedResponse::empty(204));
    let builder = Client::builder().base_url(server.origin());
    let client = builder.build_blocking().unwrap();
    let body = RequestBody::reader(io::Cursor::new("abc"));
    client.bytes(body).wait().unwrap();
    assert_eq!(server.take_request().body, b"abc");
    client.upload(&UploadForm::new("f", "t")).wait().unwrap();
    assert!(multipart(&server.take_request()).contains("filename=\"file\""));
}
