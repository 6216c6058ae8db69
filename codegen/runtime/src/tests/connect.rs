//! Messages of failed connections.

use std::io::{Read, Write};
use std::net::TcpListener;

use http::Method;
use serde_json::Value;

use crate::runtime::builder::builder;
use crate::runtime::operation::Api;
use crate::runtime::{Error, ErrorKind, RetryPolicy};

static API: Api = Api {
    base_url: None,
    schemes: &[],
    security: &[],
    base_url_variable: "TEST_BASE_URL",
    user_agent: "test",
};

fn error_of(base_url: &str) -> Error {
    let client = builder(&API)
        .base_url(base_url)
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are valid");
    let call = client.request(Method::GET, "/x").call::<Value>();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(call).expect_err("there is no server")
}

#[test]
fn a_refused_connection_names_host_and_port() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = error_of(&format!("http://{address}"));
    assert_eq!(error.kind(), ErrorKind::Connect);
    let text = error.to_string();
    let start = format!("request: could not connect to {address}: ");
    assert!(text.starts_with(&start), "{text}");
    assert!(!text.contains("/x"), "{text}");
}

#[cfg(feature = "rustls")]
#[test]
fn https_to_an_http_port_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let text = error_of(&format!("https://{address}")).to_string();
    server.join().expect("the server ends");
    assert!(
        text.ends_with(
            "the server does not speak TLS on this port, so check port and scheme of the base URL"
        ),
        "{text}"
    );
}
