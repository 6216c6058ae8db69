//! The API key goes to the server that it is meant for, and shows nowhere else.

#![cfg(feature = "rustls")]

mod faulty;

use std::fmt::{Debug, Display};
use std::future::IntoFuture;
use std::time::Duration;

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, Error, ErrorKind};
use faulty::answers::{answer, refusal, task};
use faulty::recorder::Recorder;
use faulty::server::{Action, Server};
use faulty::{KEY, builder, child, client, refusing};

/// A password that is found again wherever it turns up.
const PASSWORD: &str = "PASSWORD-THAT-MUST-NOT-SHOW";

/// Texts in which nothing secret may be.
#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn error(&mut self, error: &(impl Debug + Display)) {
        self.debug(error);
        self.0.push(format!("{error}"));
        self.0.push(format!("{error:#}"));
    }

    fn check(&self) {
        for text in &self.0 {
            assert_hidden(text);
        }
    }
}

fn assert_hidden(text: &str) {
    for secret in [KEY, PASSWORD, "THAT-MUST-NOT", "that-must-not"] {
        assert!(!text.contains(secret), "it shows in: {text}");
    }
}

fn new_task() -> CreateTask {
    CreateTask::new("t", "d")
}

#[track_caller]
fn refused<T: Debug>(result: Result<T, Error>) -> Error {
    let error = result.expect_err("it cannot be used");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error
}

/// The head of the one request that arrived at a server.
fn only_request(server: Server) -> String {
    let seen = server.stop();
    assert_eq!((seen.arrived, seen.requests.len()), (1, 1));
    seen.requests.into_iter().next().unwrap_or_default()
}

/// What a client and its parts show of themselves, and all that a call to this address gives.
async fn everything(base_url: String, texts: &mut Texts) {
    let builder = builder(base_url).attempt_timeout(Duration::from_millis(300));
    texts.debug(&builder);
    let client = builder.no_proxy().build().expect("the client is built");
    texts.debug(&client);
    let update = UpdateTask::new().title("t");
    let call = client.update_task("tsk_1", &update);
    texts.debug(&call);
    texts.debug(&call.into_future());
    texts.debug(&client.request(http::Method::GET, "/v1/x"));
    // A key of the call's own is as secret as the client's.
    let call = client.create_task(&new_task()).header("X-API-Key", KEY);
    texts.debug(&call);
    let future = call.send();
    texts.debug(&future);
    match future.await {
        Ok(response) => texts.debug(&response),
        Err(error) => {
            texts.error(&error);
            texts.debug(&error.decode::<u8>().expect_err("not a number"));
        }
    }
    match client.update_task("tsk_1", &update).await {
        Ok(task) => texts.debug(&task),
        Err(error) => texts.error(&error),
    }
}

#[cfg(feature = "blocking")]
fn everything_blocking(base_url: String, texts: &mut Texts) {
    let client = builder(base_url).build_blocking().expect("it is built");
    texts.debug(&client);
    let call = client.create_task(&new_task());
    texts.debug(&call);
    texts.debug(&call.send().expect("it works"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_shows_in_no_text_and_no_trace_of_a_full_run() {
    let recorder = Recorder::install();
    let elsewhere = Server::answering(task());
    let location = format!("location: {}/v1/tasks", elsewhere.url());
    let servers = [
        Action::Answer(task()),
        Action::Answer(refusal("401 Unauthorized", "no")),
        Action::Answer(refusal("429 Too Many Requests", "no")),
        Action::Answer(refusal("503 Service Unavailable", "no")),
        Action::Answer(answer("307 Temporary Redirect", &[&location], "")),
        Action::Answer(answer("201 Created", &[], "<html>")),
        Action::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
        Action::Stall(Vec::new()),
        Action::ResetRead,
    ]
    .map(|action| Server::start([action]));
    let mut texts = Texts::default();
    for server in &servers {
        everything(server.url(), &mut texts).await;
    }
    everything(refusing(), &mut texts).await;
    everything(refusing().replace("http", "https"), &mut texts).await;
    #[cfg(feature = "blocking")]
    everything_blocking(servers[0].url(), &mut texts);

    assert!(texts.0.len() > 100, "{} texts", texts.0.len());
    texts.check();
    let records = recorder.records();
    let from = |target| records.iter().any(|it| it.target.starts_with(target));
    assert!(from("reqwest"), "nothing of reqwest was recorded");
    assert_eq!(from("comp_ai_client"), cfg!(feature = "tracing"));
    for record in records {
        assert_hidden(&format!("{record:?}"));
    }
    let seen = elsewhere.stop();
    assert_eq!(seen.connections, 0, "the redirect was followed");
    for server in servers {
        let seen = server.stop();
        let keys = |request: &String| request.matches(KEY).count();
        assert!(seen.requests.iter().all(|it| keys(it) == 1), "{seen:?}");
    }
}

#[tokio::test]
async fn the_key_is_sent_to_the_right_server_once() {
    let server = Server::answering(task());
    let call = client(server.url()).create_task(&new_task());
    call.await.expect("it works");
    let request = only_request(server);
    assert!(request.contains(&format!("\r\nx-api-key: {KEY}\r\n")));
    assert_eq!(request.matches(KEY).count(), 1);
}

#[tokio::test]
async fn a_key_that_a_server_repeats_does_not_show() {
    let json = format!(r#"{{"message":"{} is not a key: {KEY}"}}"#, "x".repeat(475));
    let location = format!("location: /keys/{KEY}");
    for bytes in [
        answer("401 Unauthorized", &[], json),
        answer("401 No", &["content-type: text/plain"], KEY),
        answer(
            "502 Bad Gateway",
            &[],
            format!("<pre>x-api-key: {KEY}</pre>"),
        ),
        answer("307 Temporary Redirect", &[&location], ""),
        answer(
            "201 Created",
            &[],
            format!(r#"{{"id":"tsk_1","title":"t","createdAt":"{KEY}"}}"#),
        ),
        answer("201 Created", &[], format!(r#"{{"id":{{"{KEY}":1}}}}"#)),
    ] {
        let server = Server::answering(bytes);
        let mut texts = Texts::default();
        everything(server.url(), &mut texts).await;
        texts.check();
    }
}

#[test]
fn a_key_that_cannot_be_sent_is_refused_when_the_client_is_built() {
    let bad = [
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
    ];
    for bad in bad
        .into_iter()
        .chain(["SCHLÜSSEL", "KEY\u{a0}", "\u{feff}KEY"])
    {
        let bad = bad.replace("KEY", KEY);
        let error = refused(Client::new(bad.as_str()));
        let mut texts = Texts::default();
        texts.error(&error);
        texts.error(&refused(Client::builder().api_key(bad).build()));
        texts.check();
        assert!(error.to_string().contains("API key"), "{error}");
    }
    assert!(
        refused(Client::builder().build())
            .to_string()
            .contains("API key")
    );
}

#[tokio::test]
async fn credentials_in_addresses_show_in_no_text() {
    let recorder = Recorder::install();
    let mut texts = Texts::default();
    let with = |url: &str| url.replace("SECRET", PASSWORD);
    for url in [
        "https://user:SECRET@api.example.com",
        "https://SECRET@api.example.com",
        "https://user:SECRET@api.example.com:port",
        "https://api.example.com/?token=SECRET",
        "https://api.example.com/#SECRET",
        "SECRET://api.example.com",
        "user:SECRET@api.example.com",
        "//SECRET",
        "https://SECRET api.example.com",
        "https://[SECRET]",
    ] {
        let builder = builder(with(url));
        texts.debug(&builder);
        texts.error(&refused(builder.build()));
    }
    for url in [
        "http://user:SECRET@",
        "http://user:SECRET@host:port",
        "ftp://user:SECRET@host",
    ] {
        let builder = builder("https://api.example.com").proxy(with(url));
        texts.debug(&builder);
        texts.error(&refused(builder.build()));
    }
    let builder_with = |name: &str, value: &str| builder(refusing()).header(name, value);
    let broken = builder_with("authorization", &format!("{PASSWORD}\n"));
    texts.debug(&broken);
    texts.error(&refused(broken.build()));

    // A proxy that is not there, and one that wants other credentials.
    let denies = Server::answering(refusal("407 Proxy Authentication Required", "no"));
    for proxy in [refusing(), denies.url()] {
        let proxy = proxy.replace("http://", &with("http://user:SECRET@"));
        let builder = builder("https://localhost:1").proxy(proxy);
        texts.debug(&builder);
        let client = builder.build().expect("the client is built");
        texts.debug(&client);
        let error = client.create_task(&new_task()).await;
        let error = error.expect_err("there is no way");
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(!error.may_have_been_applied());
        texts.error(&error);
    }
    texts.check();
    for record in recorder.records() {
        assert_hidden(&format!("{record:?}"));
    }
}

#[test]
fn http_never_goes_through_a_proxy_of_the_environment() {
    let proxy = Server::answering(task());
    let server = Server::answering(task());
    let variables = child::proxied_by(&proxy);
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, url)| (*name, url.as_str()))
        .collect();
    child::run("create_over_http", &server.url(), &variables);
    let seen = proxy.stop();
    assert_eq!(seen.connections, 0, "{seen:?}");
    assert!(only_request(server).contains(KEY));
}

#[tokio::test]
#[ignore = "runs in a process of its own"]
async fn create_over_http() {
    let Some(server) = child::server() else {
        return;
    };
    let call = client(server).create_task(&new_task());
    call.await.expect("it works");
    // No resolver is asked for a name with a label of more than 63 characters.
    let elsewhere = format!("http://{}.invalid", "x".repeat(64));
    let client = builder(elsewhere).danger_allow_http().build();
    let call = client
        .expect("the client is built")
        .create_task(&new_task());
    let error = call.await.expect_err("the name does not resolve");
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[test]
fn a_proxy_that_was_asked_for_is_used_for_http_too() {
    let proxy = Server::answering(task());
    let client = builder(refusing()).proxy(proxy.url()).build();
    let call = client
        .expect("the client is built")
        .create_task(&new_task());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(call.into_future()).expect("it works");
    assert!(only_request(proxy).starts_with("POST http://127.0.0.1:"));
}

#[test]
fn a_bad_key_in_the_environment_does_not_show() {
    let bad = format!("{KEY}\n");
    child::run("create_from_env", "-", &[("COMP_AI_API_KEY", &bad)]);
}

#[test]
#[ignore = "runs in a process of its own"]
fn create_from_env() {
    if child::server().is_none() {
        return;
    }
    let mut texts = Texts::default();
    texts.error(&refused(Client::from_env()));
    texts.check();
}
