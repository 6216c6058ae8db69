//! https as the default features have it: which servers are trusted, and which proxies are used.

#![cfg(feature = "rustls")]

mod faulty;

use std::time::Duration;

use comp_ai_client::types::{CreateTask, Task};
use comp_ai_client::{Client, ClientBuilder, Error, ErrorKind};
use faulty::server::Action;
use faulty::tls::{self, Identity, Server};
use faulty::{KEY, builder, child};

/// The root certificate, in a process of its own.
const ROOT: &str = "TEST_ROOT_PEM";

fn localhost() -> Identity {
    Identity::new("localhost", |_| {})
}

fn url(server: &Server) -> String {
    format!("https://localhost:{}", server.address.port())
}

/// Creates a task, around the proxies of this machine.
async fn create(builder: ClientBuilder) -> Result<Task, Error> {
    let client = builder.no_proxy().build().expect("the client is built");
    create_by(&client).await
}

async fn create_by(client: &Client) -> Result<Task, Error> {
    client.create_task(&CreateTask::new("t", "d")).await
}

/// Checks that an error says this, and that nothing was sent.
fn assert_not_connected(error: &Error, words: &str) {
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.may_have_been_applied() && error.is_retryable());
    assert_eq!(error.attempts(), 3, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_server_is_reached_whose_root_was_added() {
    let identity = localhost();
    let server = identity.serve();
    for base in ["", "/", "/api"] {
        let builder = builder(url(&server) + base);
        let builder = builder.add_root_certificate(identity.root.as_str());
        create(builder).await.expect("it works");
    }
    let heard = server.heard();
    assert_eq!(heard.len(), 3);
    assert!(
        heard
            .iter()
            .all(|it| it.contains(&format!("x-api-key: {KEY}")))
    );

    // Several roots, in one text or in several.
    let other = localhost().root;
    let builder = builder(url(&server)).add_root_certificate(other.as_str());
    let builder = builder.add_root_certificate(format!("{other}\n{}", identity.root));
    create(builder).await.expect("it works");
}

#[tokio::test]
async fn a_server_that_is_not_trusted_gets_nothing() {
    let server = localhost().serve();
    let error = create(builder(url(&server))).await;
    assert_not_connected(&error.expect_err("no root"), "certificate: UnknownIssuer");

    let other = localhost().root;
    let error = create(builder(url(&server)).add_root_certificate(other)).await;
    assert_not_connected(&error.expect_err("another root"), "certificate");
    assert!(server.heard().is_empty());

    let misnamed = Identity::new("other.example", |_| {});
    let server = misnamed.serve();
    let error = create(builder(url(&server)).add_root_certificate(misnamed.root)).await;
    assert_not_connected(&error.expect_err("another name"), "not valid for name");
    assert!(server.heard().is_empty());

    let expired = Identity::new("localhost", |params| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    });
    let server = expired.serve();
    let error = create(builder(url(&server)).add_root_certificate(expired.root)).await;
    assert_not_connected(&error.expect_err("out of date"), "expired");
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_server_that_ends_or_stalls_the_handshake_gets_nothing() {
    let ends = faulty::server::Server::start([Action::CloseAtOnce]);
    let error = create(builder(format!("https://{}", ends.address()))).await;
    assert_not_connected(&error.expect_err("no handshake"), "could not connect");

    // The system takes the connections, and nobody answers.
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
fn a_root_certificate_that_cannot_be_read_is_refused_when_the_client_is_built() {
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
async fn a_proxy_tunnels_https_and_learns_only_where_to() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(), tls::proxy());
    let client = builder(url(&server))
        .add_root_certificate(identity.root)
        .proxy(format!("http://user:password@{}", proxy.address))
        .build()
        .expect("the client is built");
    for _ in 0..2 {
        create_by(&client).await.expect("it works");
    }
    assert_eq!(server.heard().len(), 2);
    let connects = proxy.heard();
    assert_eq!(connects.len(), 1, "the tunnel is kept");
    let target = format!("CONNECT localhost:{} ", server.address.port());
    assert!(connects[0].starts_with(&target), "{connects:?}");
    assert!(
        connects[0].contains("Basic dXNlcjpwYXNzd29yZA=="),
        "{connects:?}"
    );
    assert!(!connects[0].contains(KEY), "{connects:?}");
}

/// Makes a call in a process of its own, in whose environment this is the proxy of https.
fn in_process(test: &str, server: &Server, proxy: &Server, root: &str) {
    let proxy = format!("http://{}", proxy.address);
    child::run(test, &url(server), &[("HTTPS_PROXY", &proxy), (ROOT, root)]);
}

/// The builder for that process.
fn process_builder() -> Option<ClientBuilder> {
    let root = std::env::var(ROOT).ok()?;
    Some(builder(child::server()?).add_root_certificate(root))
}

#[test]
fn https_follows_the_proxy_of_the_environment() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(), tls::proxy());
    in_process("create_by_default", &server, &proxy, &identity.root);
    assert_eq!((proxy.heard().len(), server.heard().len()), (1, 1));
}

#[tokio::test]
#[ignore = "runs in a process of its own"]
async fn create_by_default() {
    let Some(builder) = process_builder() else {
        return;
    };
    let client = builder.build().expect("the client is built");
    create_by(&client).await.expect("it works");
}

#[test]
fn no_proxy_ignores_the_proxy_of_the_environment() {
    let identity = localhost();
    let (server, proxy) = (identity.serve(), tls::proxy());
    in_process("create_without_proxy", &server, &proxy, &identity.root);
    assert_eq!((proxy.heard().len(), server.heard().len()), (0, 1));
}

#[tokio::test]
#[ignore = "runs in a process of its own"]
async fn create_without_proxy() {
    let Some(builder) = process_builder() else {
        return;
    };
    create(builder).await.expect("it works");
}
