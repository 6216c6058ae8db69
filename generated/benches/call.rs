//! Compares a call of the client with the same call written by hand: with reqwest as usual, with
//! reqwest and everything prepared that can be, and with hyper. Prints time and allocations, and in
//! brackets the ratio to the first column.
//!
//! ```sh
//! cargo bench -p comp-ai-client --bench call
//! ```
//!
//! All calls use one connection on loopback. Client and server run on one CPU, because otherwise the
//! scheduler's choices are larger than the differences to measure. Batches alternate, and the ratio
//! is that of the medians.

mod common;

use std::time::{Duration, Instant};

use bytes::Bytes;
use common::{CREATE, HandWrittenTask, KEY, by_hand_client, median, pin, serve};
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency};
use http::Method;
use http::header::{CONTENT_TYPE, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::rt::TokioExecutor;

const BATCHES: usize = 60;
const CALLS: usize = 200;
/// Time and allocations per call, one entry per batch.
#[derive(Default)]
struct Figures {
    nanos: Vec<f64>,
    allocations: Vec<f64>,
}

impl Figures {
    fn add(&mut self, time: Duration, allocations: u64) {
        self.nanos.push(time.as_nanos() as f64 / CALLS as f64);
        self.allocations.push(allocations as f64 / CALLS as f64);
    }
}

fn main() {
    pin();
    let url = serve();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be started");

    let client = Client::builder()
        .api_key(KEY)
        .base_url(&url)
        .build()
        .expect("the settings are valid");
    let new = CreateTask::new(
        "Implement access controls",
        "Set up role-based access controls",
    )
    .frequency(Frequency::Monthly);
    let generated = || async {
        let task = client.create_task(&new).await.expect("a response");
        std::hint::black_box(task);
    };

    let by_hand_client = by_hand_client();
    let body = CREATE;
    let by_hand = || async {
        let task = by_hand_client
            .post(format!("{url}/v1/tasks"))
            .header("X-API-Key", KEY)
            .json(&body)
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .expect("a response")
            .json::<HandWrittenTask>()
            .await
            .expect("a task");
        std::hint::black_box(task);
    };

    let by_hyper_client: HyperClient<_, Full<Bytes>> =
        HyperClient::builder(TokioExecutor::new()).build_http();
    let uri: http::Uri = format!("{url}/v1/tasks").parse().expect("it is one");
    let by_hyper = || async {
        let body = serde_json::to_vec(&body).expect("it can be written");
        let request = http::Request::post(uri.clone())
            .header("X-API-Key", KEY)
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(body))
            .expect("the headers are valid");
        let response = by_hyper_client.request(request).await;
        let response = response.expect("a response");
        assert!(response.status().is_success());
        let body = response.into_body().collect().await;
        let body = body.expect("a complete body").to_bytes();
        let task: HandWrittenTask = serde_json::from_slice(&body).expect("a task");
        std::hint::black_box(task);
    };

    let parsed: reqwest::Url = format!("{url}/v1/tasks").parse().expect("it is one");
    let key = HeaderValue::from_static(KEY);
    let json = HeaderValue::from_static("application/json");
    let prepared = || async {
        let mut request = reqwest::Request::new(Method::POST, parsed.clone());
        request.headers_mut().insert("x-api-key", key.clone());
        request.headers_mut().insert(CONTENT_TYPE, json.clone());
        let bytes = serde_json::to_vec(&body).expect("it can be written");
        *request.body_mut() = Some(bytes.into());
        let response = by_hand_client.execute(request).await;
        let response = response.expect("a response");
        assert!(response.status().is_success());
        let bytes = response.bytes().await.expect("a complete body");
        let task: HandWrittenTask = serde_json::from_slice(&bytes).expect("a task");
        std::hint::black_box(task);
    };

    let mut figures: [Figures; 4] = Default::default();
    // The first batches warm the connections and are not counted.
    for batch in 0..BATCHES + 4 {
        let measured = [
            measure(&runtime, &by_hand),
            measure(&runtime, &prepared),
            measure(&runtime, &by_hyper),
            measure(&runtime, &generated),
        ];
        for (figures, (time, allocations)) in figures.iter_mut().zip(measured) {
            if batch >= 4 {
                figures.add(time, allocations);
            }
        }
    }

    println!("| per call | reqwest | reqwest, prepared | hyper | generated |");
    println!("|---|---|---|---|---|");
    row(
        "time, µs",
        figures.each_mut().map(|of| median(&mut of.nanos) / 1000.0),
    );
    row(
        "allocations",
        figures.each_mut().map(|of| median(&mut of.allocations)),
    );
}

fn measure<F: Future<Output = ()>>(
    runtime: &tokio::runtime::Runtime,
    call: &impl Fn() -> F,
) -> (Duration, u64) {
    let mut time = Duration::ZERO;
    let counted = allocation_counter::measure(|| {
        let start = Instant::now();
        runtime.block_on(async {
            for _ in 0..CALLS {
                call().await;
            }
        });
        time = start.elapsed();
    });
    (time, counted.count_total)
}

/// Prints the figures, each with its ratio to the first.
fn row(what: &str, figures: [f64; 4]) {
    let cells = figures.map(|figure| format!("{figure:.1} ({:.3})", figure / figures[0]));
    println!("| {what} | {} |", cells.join(" | "));
}
