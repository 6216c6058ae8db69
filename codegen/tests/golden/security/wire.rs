//! Credentials of every kind: how they are sent, and that they are never printed.

use golden_security::{Call, Client, ClientBuilder, ErrorKind, Empty};
use crate::server::{CannedResponse, Server};

const HEADER_KEY: &str = "HEADER-KEY-THAT-MUST-NOT-SHOW";
const QUERY_KEY: &str = "QUERY KEY&THAT-MUST-NOT-SHOW";
const COOKIE_KEY: &str = "COOKIE-KEY-THAT-MUST-NOT-SHOW";
const PASSWORD: &str = "pass:word-THAT-MUST-NOT-SHOW";
const TOKEN: &str = "TOKEN-THAT-MUST-NOT-SHOW";
const OAUTH: &str = "OAUTH-THAT-MUST-NOT-SHOW";
const OPEN_ID: &str = "OPEN-ID-THAT-MUST-NOT-SHOW";

fn done() -> CannedResponse {
    CannedResponse::empty(204)
}

fn with_all(builder: ClientBuilder) -> ClientBuilder {
    builder
        .header_key(HEADER_KEY)
        .query_key(QUERY_KEY)
        .cookie_key(COOKIE_KEY)
        .basic_auth("Aladdin", PASSWORD)
        .token(TOKEN)
        .oauth(OAUTH)
        .open_id(OPEN_ID)
}

/// The request line, and the headers that tell who asks, in the order of their names.
async fn sent(server: &Server, call: Call<(), Empty>) -> Vec<String> {
    call.await.unwrap();
    let request = server.take_request();
    let mut lines = vec![request.request_line().to_owned()];
    let names = ["authorization", "cookie", "x-api-key"];
    let headers = names
        .iter()
        .filter_map(|name| Some(format!("{name}: {}", request.header(name)?)));
    lines.extend(headers);
    lines
}

#[tokio::test]
async fn every_scheme_alone_and_together() {
    let server = Server::start(done());
    let client = with_all(Client::builder())
        .base_url(server.origin())
        .build()
        .unwrap();
    let header_key = format!("x-api-key: {HEADER_KEY}");
    let query_key = "api%20key=QUERY%20KEY%26THAT-MUST-NOT-SHOW";
    let cookie = format!("cookie: SESSION={COOKIE_KEY}");
    let token = format!("authorization: Bearer {TOKEN}");

    let lines = sent(&server, client.with_header_key()).await;
    assert_eq!(lines, ["GET /header HTTP/1.1", &header_key]);
    let params = golden_security::types::WithQueryKeyParams::new().page("1");
    let lines = sent(&server, client.with_query_key(&params)).await;
    assert_eq!(lines, [format!("GET /query?page=1&{query_key} HTTP/1.1")]);
    let lines = sent(&server, client.with_cookie_key()).await;
    assert_eq!(lines, ["GET /cookie HTTP/1.1", &cookie]);
    // `Aladdin:pass:word-THAT-MUST-NOT-SHOW`
    let basic = "authorization: Basic QWxhZGRpbjpwYXNzOndvcmQtVEhBVC1NVVNULU5PVC1TSE9X";
    let lines = sent(&server, client.with_basic()).await;
    assert_eq!(lines, ["GET /basic HTTP/1.1", basic]);
    let lines = sent(&server, client.with_bearer()).await;
    assert_eq!(lines, ["GET /bearer HTTP/1.1", &token]);
    let lines = sent(&server, client.with_oauth2()).await;
    assert_eq!(
        lines,
        [
            "GET /oauth2 HTTP/1.1",
            &format!("authorization: Bearer {OAUTH}")
        ]
    );
    let lines = sent(&server, client.with_oidc()).await;
    assert_eq!(
        lines,
        [
            "GET /oidc HTTP/1.1",
            &format!("authorization: Bearer {OPEN_ID}")
        ]
    );
    let lines = sent(&server, client.with_nothing()).await;
    assert_eq!(lines, ["GET /open HTTP/1.1"]);
    let lines = sent(&server, client.with_key_or_nothing()).await;
    assert_eq!(lines, ["GET /optional HTTP/1.1", &header_key]);
    let lines = sent(&server, client.with_all()).await;
    assert_eq!(
        lines,
        [
            format!("GET /all?{query_key} HTTP/1.1"),
            token,
            cookie.clone(),
            header_key
        ]
    );
    let lines = sent(&server, client.with_any()).await;
    assert_eq!(lines, [format!("GET /any?{query_key} HTTP/1.1"), cookie]);
}

#[tokio::test]
async fn the_first_alternative_whose_credentials_are_set() {
    let server = Server::start(done());
    let build = |builder: ClientBuilder| builder.base_url(server.origin()).build().unwrap();
    // One of two that are wanted together is not enough.
    let client = build(Client::builder().query_key(QUERY_KEY).open_id(OPEN_ID));
    let lines = sent(&server, client.with_any()).await;
    assert_eq!(
        lines,
        [
            "GET /any HTTP/1.1",
            &format!("authorization: Bearer {OPEN_ID}")
        ]
    );

    let client = build(Client::builder());
    let lines = sent(&server, client.with_key_or_nothing()).await;
    assert_eq!(lines, ["GET /optional HTTP/1.1"]);
    let error = client.with_any().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidInput, 0)
    );
    assert_eq!(
        error.to_string(),
        "withAny: the operation requires API key `queryKey` with API key `cookieKey` or user and \
         password or bearer token `openId`, which the client does not have; set it on the client builder"
    );
    assert!(server.take_requests().is_empty());
}

#[tokio::test]
async fn credentials_of_a_call_replace_those_of_the_client() {
    let server = Server::start(done());
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let call = client.with_bearer().header("authorization", "Bearer new");
    let lines = sent(&server, call).await;
    assert_eq!(lines, ["GET /bearer HTTP/1.1", "authorization: Bearer new"]);

    let client = with_all(Client::builder()).header("cookie", "theme=dark");
    let client = client.base_url(server.origin()).build().unwrap();
    let call = client.with_all().header("Authorization", "Bearer new");
    let lines = sent(&server, call.header("X-API-Key", "other")).await;
    let cookie = format!("cookie: theme=dark; SESSION={COOKIE_KEY}");
    assert_eq!(
        lines[1..],
        ["authorization: Bearer new", &cookie, "x-api-key: other"]
    );
}

#[tokio::test]
async fn endpoints_beyond_the_description_use_the_first_credential_that_is_set() {
    let server = Server::start(done());
    let client = Client::builder().query_key(QUERY_KEY).token(TOKEN);
    let client = client.base_url(server.origin()).build().unwrap();
    let request = client.request(http::Method::GET, "/other");
    let lines = sent(&server, request.call_without_body()).await;
    assert_eq!(
        lines,
        ["GET /other?api%20key=QUERY%20KEY%26THAT-MUST-NOT-SHOW HTTP/1.1"]
    );
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let request = client.request(http::Method::GET, "/other");
    assert_eq!(
        sent(&server, request.call_without_body()).await,
        ["GET /other HTTP/1.1"]
    );
}

#[tokio::test]
async fn credentials_that_a_server_echoes_are_hidden() {
    let repeated = [
        HEADER_KEY,
        QUERY_KEY,
        "api%20key=QUERY%20KEY%26THAT-MUST-NOT-SHOW",
        COOKIE_KEY,
        PASSWORD,
        "Aladdin:pass:word-THAT-MUST-NOT-SHOW",
        "QWxhZGRpbjpwYXNzOndvcmQtVEhBVC1NVVNULU5PVC1TSE9X",
        TOKEN,
        OAUTH,
        OPEN_ID,
        "CALL-THAT-MUST-NOT-SHOW",
    ];
    for secret in repeated {
        let body = format!(r#"{{"message":"who is {secret}?"}}"#);
        let server = Server::start(CannedResponse::json(401, body));
        let client = with_all(Client::builder())
            .base_url(server.origin())
            .build()
            .unwrap();
        let call = client
            .with_all()
            .header("authorization", "Bearer CALL-THAT-MUST-NOT-SHOW");
        let mut texts = format!("{client:?} {call:?} {:?}", with_all(Client::builder()));
        let error = call.await.unwrap_err();
        texts += &format!("{error} {error:?} {:?}", error.decode::<u8>());
        assert!(texts.contains("who is "), "{texts}");
        for part in [
            "MUST-NOT-SHOW",
            "QUERY KEY",
            "QUERY%20KEY",
            "pass:word",
            "QWxhZGRp",
        ] {
            assert!(!texts.contains(part), "{part} shows in {texts}");
        }
    }
}

#[test]
fn invalid_credentials_are_rejected_and_hidden() {
    let refused = |builder: ClientBuilder, reason: &str| {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.to_string(), reason);
    };
    let builder = Client::builder;
    refused(builder().header_key(""), "the API key `headerKey` is empty");
    refused(
        builder().query_key("a\n"),
        "the API key `queryKey` starts or ends with white space or a line end; remove it",
    );
    refused(
        builder().cookie_key("a; b"),
        "the API key `cookieKey` contains characters that are not allowed in a cookie",
    );
    refused(
        builder().token("ä"),
        "the bearer token `token` contains characters that are not allowed in a header",
    );
    refused(
        builder().basic_auth("a:b", "c"),
        "the user and password are invalid: the user name contains a colon",
    );
    refused(
        builder().basic_auth("a", "b\n"),
        "the user and password contain control characters",
    );
    // What is given last counts.
    let builder = builder().base_url("http://127.0.0.1:1");
    builder.header_key("").header_key("key").build().unwrap();
}

#[test]
fn credentials_are_not_sent_in_clear_text() {
    let error = with_all(Client::builder())
        .base_url("http://security.example")
        .build();
    assert!(error.unwrap_err().to_string().contains("without encryption"));
}

#[tokio::test]
async fn from_the_environment() {
    if std::env::var_os("GOLDEN_SECURITY_BASE_URL").is_some() {
        let client = Client::from_env().unwrap();
        return client.with_basic().await.unwrap();
    }
    let error = Client::from_env().unwrap_err().to_string();
    assert!(error.starts_with("none of these environment variables is set; set one: "));
    assert!(error.contains("GOLDEN_SECURITY_COOKIE_KEY (API key `cookieKey`), "));

    let server = Server::start(done());
    let itself = std::env::current_exe().unwrap();
    let child = std::process::Command::new(itself)
        .args(["--exact", "security::from_the_environment"])
        .env("GOLDEN_SECURITY_BASE_URL", server.origin())
        .env("GOLDEN_SECURITY_BASIC_AUTH", "Aladdin:open sesame")
        .output()
        .unwrap();
    assert!(child.status.success(), "{child:?}");
    let request = server.take_request();
    // RFC 7617's own example.
    let basic = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(request.header("authorization"), basic);
}

#[tokio::test]
async fn a_declared_credential_is_sent_once() {
    let server = Server::start(done());
    let client = with_all(Client::builder()).base_url(server.origin());
    let client = client.build().unwrap();
    let params = golden_security::types::WithDeclaredKeysParams::new().session("other");
    let lines = sent(&server, client.with_declared_keys(&params)).await;
    let wanted = [
        "GET /declared?api%20key=QUERY%20KEY%26THAT-MUST-NOT-SHOW HTTP/1.1".to_owned(),
        format!("cookie: session=other; SESSION={COOKIE_KEY}"),
        format!("x-api-key: {HEADER_KEY}"),
    ];
    assert_eq!(lines, wanted);
}

#[tokio::test]
async fn other_schemes_and_two_of_one_header() {
    let server = Server::start(done());
    let build = |builder: ClientBuilder| builder.base_url(server.origin()).build().unwrap();
    let digest = "Digest username=\"u\", response=\"r\"";
    let client = build(Client::builder().authorization(digest));
    let lines = sent(&server, client.with_digest()).await;
    let wanted = ["GET /digest HTTP/1.1", &format!("authorization: {digest}")];
    assert_eq!(lines, wanted);

    let query = "GET /both?api%20key=QUERY%20KEY%26THAT-MUST-NOT-SHOW HTTP/1.1";
    let client = build(Client::builder().query_key(QUERY_KEY).token(TOKEN));
    let lines = sent(&server, client.with_both()).await;
    assert_eq!(lines, [query, &format!("authorization: Bearer {TOKEN}")]);
    let client = build(Client::builder().query_key(QUERY_KEY).basic_auth("u", "p"));
    let lines = sent(&server, client.with_both()).await;
    assert_eq!(lines, [query, "authorization: Basic dTpw"]);
}
