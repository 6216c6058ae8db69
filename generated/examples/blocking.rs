//! The same calls in a program without async code.
//!
//! ```sh
//! cargo run -p comp-ai-client --features blocking --example blocking
//! ```
//!
//! It talks to a stand-in of the API in its own process.

mod stand_in;

use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = stand_in::StandIn::start(stand_in::Options::default())?;
    // For the real API: `comp_ai_client::blocking::Client::from_env()?`.
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build_blocking()?;

    let new = CreateTask::new("Test the backups", "Restore one at random");
    let task = client.create_task(&new).wait()?;
    println!("created {}, which is {}", task.id, task.status);

    let changes = UpdateTask::new().status(TaskStatus::Done);
    let answer = client.update_task(&task.id, &changes).send()?;
    println!("{}: now it is {}", answer.status(), answer.body().status);

    // Clients are cheap to clone, and may be used by many threads at once.
    let threads = ["laptops", "servers", "phones"].map(|things| {
        let client = client.clone();
        let new = CreateTask::new(format!("Encrypt the {things}"), "With full disk encryption");
        std::thread::spawn(move || client.create_task(&new).wait())
    });
    for thread in threads {
        let task = thread.join().map_err(|_| "a thread panicked")??;
        println!("created {}: {}", task.id, task.title);
    }
    Ok(())
}
