//! The example `import`: interruptions, corrections, damaged journals and invalid files.

mod corrected;
mod interrupted;
mod invalid;
mod journal;
#[path = "../../examples/import/main.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod program;
mod rows;
mod run;
mod usage;

use program::fake_server::{FakeServer, Options};
use serde_json::Value;

const ROWS: &str = "title,description\none,d\ntwo,d\nthree,d\n";

fn server() -> FakeServer {
    FakeServer::start(Options::default()).expect("the fake server starts")
}

/// The titles of all tasks, sorted.
fn titles(server: &FakeServer) -> Vec<String> {
    let tasks = server.tasks();
    let title = |task: &Value| task["title"].as_str().expect("a title").to_owned();
    let mut titles: Vec<_> = tasks.iter().map(title).collect();
    titles.sort();
    titles
}
