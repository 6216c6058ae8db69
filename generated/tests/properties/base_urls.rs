//! Any string as a base URL.

use comp_ai_client::{Client, ErrorKind};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use crate::strategies::{check, text};

const SECRET: &str = "hunter2";

/// Strings that are similar to base URLs, with any text for some of their parts.
fn base_url() -> impl Strategy<Value = String> {
    let scheme = select(vec![
        "https://",
        "http://",
        "HTTPS://",
        "https:",
        "https:/",
        "https:\\\\",
        "ftp://",
        "file://",
        "data:",
        "//",
        "",
        " https://",
        "ws://",
        "x-y+z.0://",
    ]);
    let user = prop_oneof![4 => Just(String::new()), 1 => Just(format!("user:{SECRET}@"))];
    let host = select(vec![
        "api.example.com",
        "localhost",
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "[::1]",
        "[::ffff:7f00:1]",
        "[::1%25lo]",
        "[",
        "exa mple.com",
        "例え.jp",
        "xn--",
        "a_b.example",
        "-",
        ".",
        "a..b",
        "%31",
        "a{b}.example",
        "a\"b.example",
        "a`b.example",
        "a|b",
        "256.256.256.256",
        "a'b.example",
        "",
    ]);
    let host = prop_oneof![4 => host.prop_map(String::from), 1 => text()];
    let port = select(vec![
        "", ":", ":0", ":80", ":443", ":65535", ":65536", ":-1", ":x", ":08443",
    ]);
    let path = select(vec![
        "",
        "/",
        "//",
        "/a",
        "/a/",
        "/a//b///",
        "/../..",
        "/%2e%2E/x",
        "/a b",
        "/a%",
        "/%zz",
        "/é",
        "/|{}^`\"<>[]",
        "\\a",
        "/a;b=c",
        "/a:b@c",
        "?",
        "?key=hunter2",
        "#",
        "/a#hunter2",
    ]);
    let path = prop_oneof![4 => path.prop_map(String::from), 1 => text()];
    (scheme, user, host, port, path)
        .prop_map(|(scheme, user, host, port, path)| format!("{scheme}{user}{host}{port}{path}"))
}

#[test]
fn any_base_url_is_accepted_or_a_configuration_error() {
    let urls = prop_oneof![1 => any::<String>(), 1 => text(), 4 => base_url()];
    check(256, urls, |url| {
        let built = Client::builder().api_key("key").base_url(&url).build();
        let Err(error) = built else { return };
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url:?}");
        assert!(!error.may_have_been_applied(), "{url:?}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET), "{url:?}: {shown}");
    });
}

/// An invalid base URL is an error when the client is built, not when a call is made. A proxy gets all
/// requests, so that no name is resolved.
#[cfg(feature = "rustls")]
#[test]
fn an_accepted_base_url_can_be_used() {
    use comp_ai_client::RetryPolicy;
    use http::Method;

    use crate::support::{CannedResponse, Server};

    let proxy = Server::start(CannedResponse::json(403, ""));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    check(256, base_url(), |url| {
        let built = Client::builder()
            .api_key("key")
            .base_url(&url)
            .danger_allow_http()
            .proxy(proxy.origin())
            .retry(RetryPolicy::none())
            .build();
        let Ok(client) = built else { return };
        let call = client.request(Method::GET, "/v1/tasks").call_without_body();
        let error = runtime.block_on(call).unwrap_err();
        assert_eq!(proxy.take_requests().len(), 1, "{url:?}: {error}");
    });
}
