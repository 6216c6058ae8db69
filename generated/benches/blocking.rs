//! Compares a call of the blocking client with the same call written by hand with `reqwest::blocking`.
//!
//! ```sh
//! cargo bench -p comp-ai-client --features blocking --bench blocking
//! ```

mod common;

use common::{CREATE, HandWrittenTask, KEY, compare, pin, serve};
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency};

const CALLS: usize = 200;

fn main() {
    pin();
    let url = serve();
    let client = Client::builder().api_key(KEY).base_url(&url);
    let client = client.build_blocking().expect("the settings are valid");
    let new = CreateTask::new(CREATE.title, CREATE.description).frequency(Frequency::Monthly);
    let generated = || {
        for _ in 0..CALLS {
            let task = client.create_task(&new).wait().expect("a response");
            std::hint::black_box(task);
        }
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let by_hand_client = reqwest::blocking::Client::new();
    let by_hand = || {
        for _ in 0..CALLS {
            let response = by_hand_client
                .post(format!("{url}/v1/tasks"))
                .header("X-API-Key", KEY)
                .json(&CREATE)
                .send()
                .and_then(reqwest::blocking::Response::error_for_status);
            let task = response.expect("a response").json::<HandWrittenTask>();
            std::hint::black_box(task.expect("a task"));
        }
    };
    compare("blocking", CALLS, by_hand, generated);
}
