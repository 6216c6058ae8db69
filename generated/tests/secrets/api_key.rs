//! The API key.

use comp_ai_client::Client;

#[cfg(feature = "blocking")]
use super::add_everything_blocking;
use super::support::recorder::Recorder;
use super::support::responses::{reset, untyped};
use super::support::{CannedResponse, KEY, Server, child, client, closed_port, error, task};
use super::{Texts, add_everything, assert_no_secret_recorded, new_task, only_request, rejected};

#[tokio::test(flavor = "multi_thread")]
async fn the_key_appears_in_no_text_and_no_trace() {
    let recorder = Recorder::install();
    let elsewhere = Server::start(task());
    let location = format!("{}/v1/tasks", elsewhere.origin());
    let servers = [
        task(),
        error(401, "no"),
        error(429, "no"),
        error(503, "no"),
        CannedResponse::empty(307).header("Location", &location),
        untyped(201, "<html>"),
        CannedResponse::raw("garbage\r\n\r\n").closing(),
        CannedResponse::none().stalled(),
        reset(),
    ]
    .map(Server::start);
    let mut texts = Texts::default();
    for server in &servers {
        add_everything(&mut texts, server.origin()).await;
    }
    add_everything(&mut texts, closed_port()).await;
    add_everything(&mut texts, closed_port().replace("http", "https")).await;
    #[cfg(feature = "blocking")]
    add_everything_blocking(&mut texts, servers[0].origin());

    assert!(texts.0.len() > 100, "{} texts", texts.0.len());
    texts.check();
    let records = recorder.records();
    let from = |target| records.iter().any(|it| it.target.starts_with(target));
    assert!(from("reqwest"), "nothing of reqwest was recorded");
    assert_eq!(from("comp_ai_client"), cfg!(feature = "tracing"));
    assert_no_secret_recorded(recorder);
    let observed = elsewhere.stop();
    assert_eq!(observed.connections, 0, "the redirect was followed");
    for server in servers {
        for request in server.stop().requests {
            assert_eq!(request.full_text().matches(KEY).count(), 1, "{request:?}");
        }
    }
}

#[tokio::test]
async fn the_key_is_sent_in_one_header() {
    let server = Server::start(task());
    let call = client(server.origin()).create_task(&new_task());
    call.await.expect("it works");
    let request = only_request(server);
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.full_text().matches(KEY).count(), 1);
}

#[tokio::test]
async fn a_key_that_a_server_echoes_does_not_appear() {
    let json = format!(r#"{{"message":"{} is not a key: {KEY}"}}"#, "x".repeat(475));
    let location = format!("/keys/{KEY}");
    for response in [
        untyped(401, json),
        CannedResponse::new(401, "text/plain", KEY),
        untyped(502, format!("<pre>x-api-key: {KEY}</pre>")),
        CannedResponse::empty(307).header("Location", &location),
        untyped(
            201,
            format!(r#"{{"id":"tsk_1","title":"t","createdAt":"{KEY}"}}"#),
        ),
        untyped(201, format!(r#"{{"id":{{"{KEY}":1}}}}"#)),
    ] {
        let server = Server::start(response);
        let mut texts = Texts::default();
        add_everything(&mut texts, server.origin()).await;
        texts.check();
    }
}

#[test]
fn building_a_client_rejects_an_invalid_key() {
    let invalid = [
        "",
        " ",
        "KEY ",
        " KEY",
        "\tKEY",
        "KEY\n",
        "KEY\r\n",
        "K\nEY",
        "K\0EY",
        "K\u{7f}EY",
        "SCHLÜSSEL",
        "KEY\u{a0}",
        "\u{feff}KEY",
    ];
    for key in invalid {
        let key = key.replace("KEY", KEY);
        let error = rejected(Client::new(key.as_str()));
        let mut texts = Texts::default();
        texts.error(&error);
        texts.error(&rejected(Client::builder().api_key(key).build()));
        texts.check();
        assert!(error.to_string().contains("API key"), "{error}");
    }
    let error = rejected(Client::builder().build());
    assert!(error.to_string().contains("API key"), "{error}");
}

#[test]
fn an_invalid_key_in_the_environment_does_not_appear() {
    let invalid = format!("{KEY}\n");
    let variables = [("COMP_AI_API_KEY", invalid.as_str())];
    child::run("api_key::create_from_env", "-", &variables);
}

#[test]
#[ignore = "runs in a separate process"]
fn create_from_env() {
    if child::server().is_none() {
        return;
    }
    let mut texts = Texts::default();
    texts.error(&rejected(Client::from_env()));
    texts.check();
}
