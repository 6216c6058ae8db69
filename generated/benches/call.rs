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

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency};
use http::Method;
use http::header::{CONTENT_TYPE, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::rt::TokioExecutor;
use serde::{Deserialize, Serialize};

const BATCHES: usize = 60;
const CALLS: usize = 200;
const KEY: &str = "comp_benchmark_key";

const RESPONSE_BODY: &str = r#"{"id":"tsk_6b01efdb9c7b6cf832e5fd0f","title":"Implement access controls","description":"Set up role-based access controls","status":"todo","createdAt":"2026-11-21T19:24:11.372Z","updatedAt":"2026-11-21T19:24:11.372Z","taskTemplateId":null,"integrationScheduleFrequency":"daily","integrationLastRunAt":null}"#;

/// The same two bodies, written by hand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HandWrittenCreate<'a> {
    title: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded for the comparison, and not read")]
struct HandWrittenTask {
    id: String,
    title: String,
    description: Option<String>,
    status: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    task_template_id: Option<String>,
    integration_schedule_frequency: String,
    integration_last_run_at: Option<DateTime<Utc>>,
}

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
    // Threads started from here on stay on the same CPU.
    let pinned = core_affinity::get_core_ids()
        .and_then(|cores| cores.first().copied())
        .is_some_and(core_affinity::set_for_current);
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
    let body = HandWrittenCreate {
        title: "Implement access controls",
        description: "Set up role-based access controls",
        frequency: Some("monthly"),
    };
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

    if !pinned {
        println!(
            "note: the threads could not be pinned to one CPU, so that the times are less certain"
        );
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

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(feature = "rustls")]
fn by_hand_client() -> reqwest::Client {
    // Without a TLS provider of its own, reqwest requires one for the process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

#[cfg(not(feature = "rustls"))]
fn by_hand_client() -> reqwest::Client {
    reqwest::Client::new()
}

/// Starts a server that responds to every request with the same task.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the port is known");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || respond(stream));
        }
    });
    format!("http://{address}")
}

fn respond(mut stream: TcpStream) {
    let response = format!(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\nX-RateLimit-Limit: 100\r\nX-RateLimit-Remaining: 99\r\n\
         X-RateLimit-Reset: 60\r\n\r\n{RESPONSE_BODY}",
        RESPONSE_BODY.len()
    );
    let mut buffer = [0; 16 * 1024];
    // A request of this size arrives in one read, headers and body.
    while let Ok(1..) = stream.read(&mut buffer) {
        if stream.write_all(response.as_bytes()).is_err() {
            return;
        }
    }
}
