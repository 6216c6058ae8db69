//! Proxies, which see the API key of requests over http.

use comp_ai_client::ErrorKind;

use super::support::{KEY, Server, builder, child, client, closed_port, task};
use super::{PASSWORD, Texts, new_task, only_request, rejected};

#[test]
fn http_never_uses_a_proxy_of_the_environment() {
    let proxy = Server::start(task());
    let server = Server::start(task());
    let variables = child::proxied_by(&proxy);
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, url)| (*name, url.as_str()))
        .collect();
    child::run("proxies::create_over_http", &server.origin(), &variables);
    let observed = proxy.stop();
    assert_eq!(observed.connections, 0, "{observed:?}");
    assert_eq!(only_request(server).header("x-api-key"), Some(KEY));
}

#[tokio::test]
#[ignore = "runs in a separate process"]
async fn create_over_http() {
    let Some(server) = child::server() else {
        return;
    };
    let call = client(server).create_task(&new_task());
    call.await.expect("it works");
    // A label of more than 63 characters fails without a request to a name server.
    let unresolvable = format!("http://{}.invalid", "x".repeat(64));
    let client = builder(unresolvable).danger_allow_http().build();
    let client = client.expect("the client is built");
    let error = client.create_task(&new_task()).await;
    let error = error.expect_err("the name does not resolve");
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[test]
fn a_proxy_of_the_environment_that_cannot_be_used_is_an_error() {
    let variables = [("HTTPS_PROXY", &*format!("http://user:{PASSWORD}@"))];
    child::run("proxies::build_for_https", "-", &variables);
}

#[test]
#[ignore = "runs in a separate process"]
fn build_for_https() {
    if child::server().is_none() {
        return;
    }
    let https = || builder("https://localhost");
    let error = rejected(https().build());
    let mut texts = Texts::default();
    texts.error(&error);
    texts.check();
    let start = "the environment variable HTTPS_PROXY is not a proxy URL";
    assert!(error.to_string().starts_with(start), "{error}");
    assert!(https().no_proxy().build().is_ok());
    assert!(builder(closed_port()).build().is_ok());
}

#[test]
fn http_uses_a_proxy_set_in_the_builder() {
    let proxy = Server::start(task());
    let client = builder(closed_port()).proxy(proxy.origin()).build();
    let client = client.expect("the client is built");
    let call = client.create_task(&new_task());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(call).expect("it works");
    let request = only_request(proxy);
    assert!(request.head.starts_with("POST http://127.0.0.1:"));
}
