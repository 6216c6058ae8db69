//! One client on several Tokio runtimes.

mod support;

use comp_ai_client::types::CreateTask;
use comp_ai_client::{Call, Client};
use support::{LONG, Server, builder, client, task};
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

fn create(client: &Client) -> Call<comp_ai_client::types::Task> {
    client.create_task(&CreateTask::new("t", "d"))
}

#[test]
fn a_call_does_not_use_a_connection_of_a_runtime_that_does_not_run() {
    let server = Server::start(task());
    let client = client(server.origin());
    let (one, other) = (runtime(), runtime());
    for runtime in [&one, &other, &one, &other] {
        let task = runtime.block_on(create(&client));
        task.expect("it works");
    }
    let observed = server.stop();
    assert_eq!((observed.connections, observed.arrived), (2, 4));
}

#[test]
fn a_client_survives_the_end_of_its_runtimes() {
    let server = Server::start(task());
    let client = client(server.origin());
    // More than have a pool at a time.
    for _ in 0..40 {
        let call = create(&client);
        runtime().block_on(call).expect("it works");
    }
    assert_eq!(server.stop().connections, 40);
}

#[test]
fn the_end_of_a_runtime_does_not_disturb_a_call_on_another() {
    let server = Server::start([task(), support::CannedResponse::none().stalled(), task()]);
    let client = client(server.origin());
    let first = runtime();
    first.block_on(create(&client)).expect("it works");
    let (waits, other) = (create(&client), runtime());
    other.block_on(async {
        let waits = tokio::spawn(waits);
        let arrives = async {
            while server.observed().arrived < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONG, arrives)
            .await
            .expect("it arrives");
        // A runtime cannot be dropped on a thread of another.
        first.shutdown_background();
        assert!(!waits.is_finished());
        create(&client).await.expect("it works");
        waits.abort();
    });
    assert_eq!(server.stop().arrived, 3);
}

#[tokio::test]
async fn the_pool_keeps_as_many_connections_as_it_is_told() {
    for (max, connections) in [(usize::MAX, 1), (1, 1), (0, 3)] {
        let server = Server::start(task());
        let client = builder(server.origin()).pool_max_idle(max).build();
        let client = client.expect("the client is built");
        for _ in 0..3 {
            create(&client).await.expect("it works");
        }
        assert_eq!(server.stop().connections, connections, "{max}");
    }
}

#[tokio::test]
async fn the_pool_keeps_connections_as_long_as_it_is_told() {
    let server = Server::start(task());
    let client = builder(server.origin())
        .pool_idle_timeout(std::time::Duration::ZERO)
        .build();
    let client = client.expect("the client is built");
    for _ in 0..3 {
        create(&client).await.expect("it works");
    }
    assert_eq!(server.stop().connections, 3);
}

#[test]
fn the_pool_of_a_reqwest_client_is_set_there() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = || builder("http://127.0.0.1:1").http_client(reqwest::Client::new());
    let error = own().pool_max_idle(1).build().expect_err("no effect");
    assert!(
        error.to_string().contains("`pool_max_idle` has no effect"),
        "{error}"
    );
    let error = own().pool_idle_timeout(std::time::Duration::ZERO).build();
    let error = error.expect_err("no effect").to_string();
    assert!(
        error.contains("`pool_idle_timeout` has no effect"),
        "{error}"
    );
}
