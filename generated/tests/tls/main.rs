//! TLS with the default features: which servers are trusted, and which proxies are used.

#![cfg(feature = "rustls")]

mod identity;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use comp_ai_client::types::{CreateTask, Task};
use comp_ai_client::{Client, ClientBuilder, Error, ErrorKind};
use identity::{Identity, proxy};
use support::{CannedResponse, KEY, Server, builder, child, task};

/// Environment variable with the root certificate for a separate process.
const ROOT: &str = "TEST_ROOT_PEM";

fn localhost() -> Identity {
    Identity::new("localhost", |_| {})
}

fn url(server: &Server) -> String {
    format!("https://localhost:{}", server.address().port())
}

/// Creates a task without any proxy.
async fn create(builder: ClientBuilder) -> Result<Task, Error> {
    let client = builder.no_proxy().build().expect("the client is built");
    create_with(&client).await
}

async fn create_with(client: &Client) -> Result<Task, Error> {
    client.create_task(&CreateTask::new("t", "d")).await
}

/// Asserts that the connection failed with this message and that nothing was sent.
fn assert_not_connected(error: &Error, words: &str) {
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.may_have_been_applied() && error.is_retryable());
    assert_eq!(error.attempts(), 3, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_server_with_an_added_root_certificate_is_trusted() {
    let identity = localhost();
    let server = identity.serve(task());
    for base in ["", "/", "/api"] {
        let builder = builder(url(&server) + base);
        let builder = builder.add_root_certificate(identity.root.as_str());
        create(builder).await.expect("it works");
    }
    let requests = server.take_requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert_eq!(request.header("x-api-key"), Some(KEY));
    }

    // Several root certificates, in one PEM text or in several.
    let other = localhost().root;
    let builder = builder(url(&server)).add_root_certificate(other.as_str());
    let builder = builder.add_root_certificate(format!("{other}\n{}", identity.root));
    create(builder).await.expect("it works");
}

#[tokio::test]
async fn an_untrusted_server_gets_no_request() {
    let server = localhost().serve(task());
    let error = create(builder(url(&server))).await;
    assert_not_connected(&error.expect_err("no root"), "certificate: UnknownIssuer");

    let other = localhost().root;
    let error = create(builder(url(&server)).add_root_certificate(other)).await;
    assert_not_connected(&error.expect_err("another root"), "certificate");
    assert!(server.take_requests().is_empty());

    let misnamed = Identity::new("other.example", |_| {});
    let server = misnamed.serve(task());
    let error = create(builder(url(&server)).add_root_certificate(misnamed.root)).await;
    assert_not_connected(&error.expect_err("another name"), "not valid for name");
    assert!(server.take_requests().is_empty());

    let expired = Identity::new("localhost", |params| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    });
    let server = expired.serve(task());
    let error = create(builder(url(&server)).add_root_certificate(expired.root)).await;
    assert_not_connected(&error.expect_err("out of date"), "expired");
    assert!(server.take_requests().is_empty());
}

#[tokio::test]
async fn a_server_that_closes_or_stalls_the_handshake_gets_no_request() {
    let closes = Server::start(CannedResponse::none().when_connected().closing());
    let error = create(builder(format!("https://{}", closes.address()))).await;
    assert_not_connected(&error.expect_err("no handshake"), "could not connect");

    // The operating system accepts the connections, and nobody responds.
    let stalls = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = stalls.local_addr().expect("the port");
    let builder = builder(format!("https://{address}"));
    let error = create(builder.connect_timeout(Duration::from_millis(200))).await;
    let error = error.expect_err("no handshake");
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    assert!(!error.may_have_been_applied());
    assert_eq!(error.attempts(), 3);
}

#[test]
fn building_a_client_rejects_an_invalid_root_certificate() {
    let good = localhost().root;
    let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
    let mut cut = good.clone();
    cut.truncate(good.len() / 2);
    let not_base64 = good.replacen("MII", "!!!", 1);
    let not_der = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned();
    let half = format!("{good}{not_der}");
    for pem in [
        String::new(),
        "PEM".to_owned(),
        key,
        cut,
        not_base64,
        not_der,
        half,
    ] {
        for base_url in ["https://localhost", "http://localhost"] {
            let builder = builder(base_url).add_root_certificate(pem.as_str());
            let error = builder.build().expect_err(&pem);
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains("root certificate"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_proxy_tunnels_https_and_sees_only_the_host() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(task()), proxy());
    let client = builder(url(&server))
        .add_root_certificate(identity.root)
        .proxy(format!("http://user:password@{}", proxy.address()))
        .build()
        .expect("the client is built");
    for _ in 0..2 {
        create_with(&client).await.expect("it works");
    }
    assert_eq!(server.take_requests().len(), 2);
    // Only one, because the tunnel stays open.
    let connect = proxy.take_request();
    let target = format!("CONNECT localhost:{} HTTP/1.1", server.address().port());
    assert_eq!(connect.request_line(), target);
    let credentials = Some("Basic dXNlcjpwYXNzd29yZA==");
    assert_eq!(connect.header("proxy-authorization"), credentials);
    assert!(!connect.head.contains(KEY), "{connect:?}");
}

/// Runs a test in a separate process, whose environment has this proxy for https.
fn in_process(test: &str, server: &Server, proxy: &Server, root: &str) {
    let proxy = proxy.origin();
    child::run(test, &url(server), &[("HTTPS_PROXY", &proxy), (ROOT, root)]);
}

/// The client builder in that process.
fn process_builder() -> Option<ClientBuilder> {
    let root = std::env::var(ROOT).ok()?;
    Some(builder(child::server()?).add_root_certificate(root))
}

#[test]
fn https_uses_the_proxy_of_the_environment() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(task()), proxy());
    in_process("create_by_default", &server, &proxy, &identity.root);
    assert_eq!(proxy.take_requests().len(), 1);
    assert_eq!(server.take_requests().len(), 1);
}

#[tokio::test]
#[ignore = "runs in a separate process"]
async fn create_by_default() {
    let Some(builder) = process_builder() else {
        return;
    };
    let client = builder.build().expect("the client is built");
    create_with(&client).await.expect("it works");
}

#[test]
fn no_proxy_ignores_the_proxy_of_the_environment() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(task()), proxy());
    in_process("create_without_proxy", &server, &proxy, &identity.root);
    assert_eq!(proxy.take_requests().len(), 0);
    assert_eq!(server.take_requests().len(), 1);
}

#[tokio::test]
#[ignore = "runs in a separate process"]
async fn create_without_proxy() {
    let Some(builder) = process_builder() else {
        return;
    };
    create(builder).await.expect("it works");
}
