//! What the benchmarks share: a server, and the same call written by hand.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub const KEY: &str = "comp_benchmark_key";

const RESPONSE_BODY: &str = r#"{"id":"tsk_6b01efdb9c7b6cf832e5fd0f","title":"Implement access controls","description":"Set up role-based access controls","status":"todo","createdAt":"2026-11-21T19:24:11.372Z","updatedAt":"2026-11-21T19:24:11.372Z","taskTemplateId":null,"integrationScheduleFrequency":"daily","integrationLastRunAt":null}"#;

/// The same two bodies, written by hand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HandWrittenCreate<'a> {
    pub title: &'a str,
    pub description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded for the comparison, and not read")]
pub struct HandWrittenTask {
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

pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(feature = "rustls")]
pub fn by_hand_client() -> reqwest::Client {
    // Without a TLS provider of its own, reqwest requires one for the process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

#[cfg(not(feature = "rustls"))]
pub fn by_hand_client() -> reqwest::Client {
    reqwest::Client::new()
}

/// Starts a server that responds to every request with the same task.
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the port is known");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || respond(stream));
        }
    });
    format!("http://{address}")
}

/// Stays on one CPU with all threads that are started from here on: otherwise the scheduler's choices are larger
/// than the differences to measure.
pub fn pin() {
    let pinned = core_affinity::get_core_ids()
        .and_then(|cores| cores.first().copied())
        .is_some_and(core_affinity::set_for_current);
    if !pinned {
        println!(
            "note: the threads could not be pinned to one CPU, so that the times are less certain"
        );
    }
}

/// The request body of every call.
pub const CREATE: HandWrittenCreate<'_> = HandWrittenCreate {
    title: "Implement access controls",
    description: "Set up role-based access controls",
    frequency: Some("monthly"),
};

/// Runs both in turn, and prints the medians of their times per call, and the ratio of these.
pub fn compare(what: &str, calls: usize, by_hand: impl Fn(), generated: impl Fn()) {
    const BATCHES: usize = 60;
    let time = |run: &dyn Fn()| {
        let start = std::time::Instant::now();
        run();
        start.elapsed().as_nanos() as f64 / 1000.0 / calls as f64
    };
    let (mut first, mut second) = (Vec::new(), Vec::new());
    // The first batches warm the connections and are not counted.
    for batch in 0..BATCHES + 4 {
        let times = (time(&by_hand), time(&generated));
        if batch >= 4 {
            first.push(times.0);
            second.push(times.1);
        }
    }
    let (first, second) = (median(&mut first), median(&mut second));
    println!("| time per call, µs | reqwest | generated |");
    println!("|---|---|---|");
    println!(
        "| {what} | {first:.1} | {second:.1} ({:.3}) |",
        second / first
    );
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
