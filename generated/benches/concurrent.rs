//! Compares 64 concurrent calls of the client with the same calls written by hand with reqwest.
//!
//! ```sh
//! cargo bench -p comp-ai-client --bench concurrent
//! ```

mod common;

use std::sync::Arc;

use common::{CREATE, HandWrittenTask, KEY, by_hand_client, compare, pin, serve};
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency};
use tokio::task::JoinSet;

const CALLS: usize = 64;

fn main() {
    pin();
    let url: Arc<str> = serve().into();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be started");
    let client = Client::builder().api_key(KEY).base_url(&*url);
    let client = client.build().expect("the settings are valid");
    let new = CreateTask::new(CREATE.title, CREATE.description).frequency(Frequency::Monthly);
    let generated = || {
        runtime.block_on(async {
            let mut calls = JoinSet::new();
            for _ in 0..CALLS {
                calls.spawn(client.create_task(&new));
            }
            for task in calls.join_all().await {
                std::hint::black_box(task.expect("a response"));
            }
        });
    };
    let by_hand_client = by_hand_client();
    let by_hand = || {
        runtime.block_on(async {
            let mut calls = JoinSet::new();
            for _ in 0..CALLS {
                let (client, url) = (by_hand_client.clone(), Arc::clone(&url));
                calls.spawn(async move {
                    let response = client
                        .post(format!("{url}/v1/tasks"))
                        .header("X-API-Key", KEY)
                        .json(&CREATE)
                        .send()
                        .await
                        .and_then(reqwest::Response::error_for_status);
                    response
                        .expect("a response")
                        .json::<HandWrittenTask>()
                        .await
                });
            }
            for task in calls.join_all().await {
                std::hint::black_box(task.expect("a task"));
            }
        });
    };
    compare("64 concurrent calls", CALLS, by_hand, generated);
}
