//! Settings that a client takes from the environment.

use crate::support::responses::task;
use crate::support::{KEY, Server, child};
use comp_ai_client::types::CreateTask;
use comp_ai_client::{Client, ErrorKind};

#[test]
fn a_builder_has_the_settings_of_the_environment_and_takes_others() {
    let server = Server::start(task());
    let url = server.origin();
    let variables = [("COMP_AI_API_KEY", KEY), ("COMP_AI_BASE_URL", url.as_str())];
    child::run("environment::create_a_task", &url, &variables);
    let requests = server.take_requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("user-agent"), Some("my-program"));
}

#[tokio::test]
#[ignore = "runs in a separate process"]
async fn create_a_task() {
    if child::server().is_none() {
        return;
    }
    let builder = Client::builder_from_env().unwrap().no_proxy();
    let client = builder.user_agent("my-program").build().unwrap();
    client
        .create_task(&CreateTask::new("t", "d"))
        .await
        .unwrap();
}

#[test]
fn a_missing_variable_is_named_by_a_builder_too() {
    child::run("environment::build_without_a_key", "-", &[]);
}

#[test]
#[ignore = "runs in a separate process"]
fn build_without_a_key() {
    if child::server().is_none() {
        return;
    }
    for error in [
        Client::builder_from_env().unwrap_err(),
        Client::from_env().unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = "the environment variable COMP_AI_API_KEY is not set; set it to the API key";
        assert_eq!(error.to_string(), text);
    }
}
