//! What the server does with a request at random: it responds, or the request meets a fault.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use super::support::responses::{reset, untyped};
use super::support::{CannedResponse, TASK, error, task};

const SEED: u64 = 20_261_121;

/// The server: how often each title was created, and the titles that updates have set.
#[derive(Default)]
pub struct State {
    pub created: HashMap<String, usize>,
    pub updated: HashSet<String>,
    pub arrived: u64,
    random: Option<fastrand::Rng>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Outcome {
    Reset,
    Close,
    Stall,
    StallInBody,
    CutBody,
    Garbage,
    Status(u16),
    /// 429 with `Retry-After: 0`.
    Throttle,
    HalfJson,
    /// Success, and the connection is closed when the client wants to use it again.
    TaskThenClose,
    Task,
}

/// Decides at random, and applies the request or not.
pub fn react(state: &Mutex<State>, method: &str, body: &[u8]) -> Outcome {
    let mut state = state.lock().expect("no panic");
    let random = state
        .random
        .get_or_insert_with(|| fastrand::Rng::with_seed(SEED));
    // The coin decides whether the request is applied before the fault.
    let (draw, coin) = (random.u32(0..100), random.bool());
    let (applied, outcome) = match draw {
        0..5 => (coin, Outcome::Reset),
        5..8 => (coin, Outcome::Close),
        8 => (coin, Outcome::Stall),
        9 => (true, Outcome::StallInBody),
        10 => (true, Outcome::CutBody),
        11 => (coin, Outcome::Garbage),
        12..16 => (coin, Outcome::Status(503)),
        16 => (coin, Outcome::Status(502)),
        17 => (coin, Outcome::Status(504)),
        18 => (coin, Outcome::Status(500)),
        19 => (false, Outcome::Status(400)),
        20..25 => (false, Outcome::Status(429)),
        25..30 => (false, Outcome::Throttle),
        30 => (true, Outcome::HalfJson),
        31..34 => (true, Outcome::TaskThenClose),
        _ => (true, Outcome::Task),
    };
    state.arrived += 1;
    if applied {
        state.apply(method, body);
    }
    outcome
}

impl State {
    fn apply(&mut self, method: &str, body: &[u8]) {
        let body: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        let title = body["title"].as_str().expect("a title").to_owned();
        if method == "POST" {
            *self.created.entry(title).or_default() += 1;
        } else {
            self.updated.insert(title);
        }
    }
}

impl Outcome {
    pub fn over_http1(self) -> CannedResponse {
        match self {
            Outcome::Reset => reset(),
            Outcome::Close => CannedResponse::none().closing(),
            Outcome::Stall => CannedResponse::none().stalled(),
            Outcome::StallInBody => CannedResponse::empty(201).stalled(),
            Outcome::CutBody => task().body(&TASK[..TASK.len() - 5]).cut_off(),
            Outcome::Garbage => CannedResponse::raw("garbage\r\n\r\n").closing(),
            Outcome::Status(502) => untyped(502, "<h1>"),
            Outcome::Status(status) => error(status, "no"),
            Outcome::Throttle => CannedResponse::empty(429).header("Retry-After", "0"),
            Outcome::HalfJson => untyped(201, "{"),
            Outcome::TaskThenClose => task().closing(),
            Outcome::Task => task(),
        }
    }

    #[cfg(all(feature = "http2", feature = "rustls"))]
    pub fn over_http2(self) -> super::server::Reaction {
        use super::server::Reaction;

        let head = |status| (status, http::HeaderMap::new());
        match self {
            Outcome::Reset | Outcome::Close => Reaction::ResetStream,
            // Loses every other request on the connection as well.
            Outcome::Garbage => Reaction::CloseConnection,
            Outcome::Stall => Reaction::Stall,
            Outcome::StallInBody => Reaction::StallInBody(head(201), TASK[..9].into()),
            Outcome::CutBody => Reaction::ResetInBody(head(201), TASK[..9].into()),
            Outcome::Status(status) => Reaction::Respond(head(status), "".into()),
            Outcome::Throttle => {
                let mut head = head(429);
                head.1
                    .insert("retry-after", http::HeaderValue::from_static("0"));
                Reaction::Respond(head, "".into())
            }
            Outcome::HalfJson => Reaction::Respond(head(201), "{".into()),
            Outcome::Task | Outcome::TaskThenClose => Reaction::Respond(head(201), TASK.into()),
        }
    }
}
