//! Operations with a server of their own, which may use another scheme than the client's base URL.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::runtime::builder::builder;
use crate::runtime::operation::{Api, Operation};
use crate::runtime::request::request;
use crate::runtime::{Client, RetryPolicy};

const RESPONSE: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";

/// A leaked text, as generated code has.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn api(base_url: &'static str) -> &'static Api {
    Box::leak(Box::new(Api {
        base_url: Some(base_url),
        schemes: &[],
        security: &[],
        base_url_variable: "TEST_BASE_URL",
        user_agent: "test",
    }))
}

fn operation(base_url: Option<&'static str>) -> &'static Operation {
    Box::leak(Box::new(Operation {
        id: "op",
        method: "GET",
        path: "/x",
        base_url,
        path_parameters: &[],
        security: &[],
        repeatable: true,
        redirects: false,
        hints: &[],
    }))
}

/// Calls an operation of the client's server and one of the other server.
fn call_both(client: &Client, other: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // Each server again, so that no call finds the pool of the other.
    for base_url in [None, Some(other), None, Some(other)] {
        let call = request(client, operation(base_url), &[]).call_without_body();
        runtime.block_on(call).expect("it works");
    }
}

/// Serves one connection at a time.
fn serve(mut respond: impl FnMut(std::net::TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || listener.incoming().flatten().for_each(&mut respond));
    port
}

fn respond(stream: &mut (impl Read + Write)) {
    while let Ok(1..) = stream.read(&mut [0; 4096]) {
        if stream.write_all(RESPONSE).is_err() {
            return;
        }
    }
}

/// Returns an http server, an https server, and the root certificate of the latter.
fn servers() -> (&'static str, &'static str, String) {
    let http = serve(|mut stream| respond(&mut stream));
    let mut params = CertificateParams::new([]).expect("no names");
    params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
    let root = root.expect("a root certificate");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, &root).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the versions are supported")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        );
    let config = Arc::new(config.expect("the certificate matches the key"));
    let https = serve(move |mut stream| {
        let connection = ServerConnection::new(Arc::clone(&config));
        let mut connection = connection.expect("a connection");
        respond(&mut Stream::new(&mut connection, &mut stream));
    });
    (
        leak(format!("http://127.0.0.1:{http}")),
        leak(format!("https://localhost:{https}")),
        root.pem(),
    )
}

#[test]
fn an_operation_may_have_an_https_server_though_the_api_has_an_http_server() {
    let (http, https, root) = servers();
    let client = builder(api(http))
        .add_root_certificate(root)
        .no_proxy()
        .retry(RetryPolicy::none())
        .build();
    call_both(&client.expect("the settings are valid"), https);
}

#[test]
fn an_operation_may_have_an_http_server_though_the_api_has_an_https_server() {
    let (http, https, root) = servers();
    let client = builder(api(https))
        .add_root_certificate(root)
        .no_proxy()
        .retry(RetryPolicy::none())
        .build();
    call_both(&client.expect("the settings are valid"), http);
}
