//! Whether a request may have been applied if a time limit passes.

#![cfg(feature = "rustls")]

#[path = "tls/identity.rs"]
mod identity;
mod support;

use std::collections::HashSet;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comp_ai_client::types::CreateTask;
use comp_ai_client::{Client, Error, RetryPolicy};
use http::Method;
use identity::Identity;
use support::{CannedResponse, LONG, Server, builder, task};

const SHORT: Duration = Duration::from_millis(300);

fn new_task() -> CreateTask {
    CreateTask::new("t", "d")
}

/// Creates a task with a limit that is shorter than the client's for connecting.
async fn create(client: &Client) -> Error {
    let call = client.create_task(&new_task()).timeout(SHORT);
    call.await.expect_err("there is no response")
}

fn assert_not_sent(error: &Error, address: SocketAddr) {
    let text = format!("createTask: no connection in time with {address}: ");
    assert!(error.to_string().starts_with(&text), "{error}");
    assert!(error.is_timeout() && error.is_retryable());
    assert!(!error.may_have_been_applied());
}

#[tokio::test]
async fn nothing_is_sent_while_the_tls_handshake_stalls() {
    // The operating system accepts the connection, and nobody responds.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port");
    let client = builder(format!("https://{address}")).no_proxy().build();
    let client = client.expect("the client is built");
    assert_not_sent(&create(&client).await, address);

    // The limit of an attempt: a create is retried, because it was not sent.
    let client = builder(format!("https://{address}")).no_proxy();
    let client = client
        .attempt_timeout(SHORT)
        .build()
        .expect("the client is built");
    let error = client
        .create_task(&new_task())
        .await
        .expect_err("no response");
    assert_not_sent(&error, address);
    assert_eq!(error.attempts(), 3);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_is_sent_while_the_connection_stalls() {
    // Linux ignores new connections while the queue of a listener is full.
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
    let listener = listener.expect("a socket");
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    listener.bind(&any.into()).expect("a free port");
    listener.listen(0).expect("it listens");
    let address = listener.local_addr().expect("the port");
    let address = address.as_socket().expect("an IP address");
    let queued: Vec<_> = (0..4)
        .map_while(|_| TcpStream::connect_timeout(&address, SHORT).ok())
        .collect();
    assert!(queued.len() < 4, "the queue has no end");
    let client = builder(format!("http://{address}")).build();
    assert_not_sent(
        &create(&client.expect("the client is built")).await,
        address,
    );
}

#[tokio::test]
async fn a_request_that_arrived_may_have_been_applied() {
    let identity = Identity::new("localhost", |_| {});
    let stalls = || [task(), CannedResponse::none().stalled()];
    let plain = Server::start(stalls());
    let secure = identity.serve(stalls());
    for (server, url) in [
        (&plain, plain.origin()),
        (
            &secure,
            format!("https://localhost:{}", secure.address().port()),
        ),
    ] {
        let client = builder(url)
            .add_root_certificate(identity.root.as_str())
            .no_proxy();
        let client = client
            .retry(RetryPolicy::none())
            .build()
            .expect("the client is built");
        client.create_task(&new_task()).await.expect("it works");
        let requests = [
            (Method::GET, None),
            (Method::POST, None),
            (Method::DELETE, None),
            (Method::POST, Some("body")),
        ];
        for (method, body) in requests {
            let before = server.observed().arrived;
            // On a slow machine, the limit may pass before there is a connection.
            let error = loop {
                let mut request = client.request(method.clone(), "/x");
                if let Some(body) = body {
                    request = request.json(body);
                }
                let call = request.call_without_body().timeout(SHORT);
                let error = call.await.expect_err("there is no response");
                if error.may_have_been_applied() {
                    break error;
                }
                assert_eq!(server.observed().arrived, before, "{error}");
            };
            assert!(error.is_timeout(), "{error}");
            server.wait_until(|observed| observed.arrived == before + 1);
        }
    }
}

/// The limit passes at every moment of a call. No request that is said not to be sent arrives.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_is_never_wrong_that_a_request_was_not_sent() {
    const CALLS: u64 = 4_000;
    let arrived = Arc::new(Mutex::new(HashSet::new()));
    let server = Server::start({
        let arrived = Arc::clone(&arrived);
        CannedResponse::decide(move |request| {
            let path = request.request_line().split(' ').nth(1).expect("a path");
            arrived.lock().expect("no panic").insert(path.to_owned());
            // Half of the calls need a new connection.
            match path.ends_with(['0', '2', '4', '6', '8']) {
                true => task().closing(),
                false => task(),
            }
        })
    });
    let client = builder(server.origin()).retry(RetryPolicy::none()).build();
    let client = client.expect("the client is built");
    let workers: Vec<_> = (0..8_u64)
        .map(|worker| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut unsent = Vec::new();
                for number in (worker..CALLS).step_by(8) {
                    let path = format!("/{number}");
                    let method = match number % 3 {
                        0 => Method::GET,
                        _ => Method::PUT,
                    };
                    let mut request = client.request(method, &path);
                    if number % 3 == 1 {
                        request = request.json(&number);
                    }
                    let limit = Duration::from_micros(number * 3 % 3_000);
                    let call = request.call_without_body().timeout(limit);
                    if call
                        .await
                        .is_err_and(|error| !error.may_have_been_applied())
                    {
                        unsent.push(path);
                    }
                }
                unsent
            })
        })
        .collect();
    let mut unsent = Vec::new();
    for worker in workers {
        let worker = tokio::time::timeout(LONG, worker).await.expect("it ends");
        unsent.extend(worker.expect("no panic"));
    }
    drop(client);
    server.stop();
    let arrived = arrived.lock().expect("no panic");
    println!(
        "{} of {CALLS} arrived, {} were not sent",
        arrived.len(),
        unsent.len()
    );
    for path in &unsent {
        assert!(!arrived.contains(path), "{path} arrived");
    }
    assert!(!unsent.is_empty() && !arrived.is_empty());
}
