//! Calls the API from a program without async code.
//!
//! ```sh
//! cargo run -p comp-ai-client --features blocking --example blocking
//! ```
//!
//! It starts a fake server in its own process, so that no account is needed.

mod fake_server;

use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = fake_server::FakeServer::start(fake_server::Options::default())?;
    // For the real API: `comp_ai_client::blocking::Client::from_env()?`.
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build_blocking()?;

    let new = CreateTask::new("Test the backups", "Restore one at random");
    let task = client.create_task(&new).wait()?;
    println!("created {} with status {}", task.id, task.status);

    let changes = UpdateTask::new().status(TaskStatus::Done);
    let response = client.update_task(&task.id, &changes).send()?;
    println!(
        "{}: {} is now {}",
        response.status(),
        task.id,
        response.body().status
    );

    // A client is cheap to clone, and can be used from several threads.
    let threads = ["laptops", "servers", "phones"].map(|devices| {
        let client = client.clone();
        let new = CreateTask::new(
            format!("Encrypt the {devices}"),
            "With full disk encryption",
        );
        std::thread::spawn(move || client.create_task(&new).wait())
    });
    for thread in threads {
        let task = thread.join().map_err(|_| "a thread panicked")??;
        println!("created {}: {}", task.id, task.title);
    }
    Ok(())
}
