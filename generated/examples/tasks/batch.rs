//! Creates tasks at the same time.

use std::error::Error;

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;

/// Creates all tasks and prints what became of each.
pub async fn create(client: &Client, tasks: &[CreateTask]) -> Result<(), Box<dyn Error>> {
    let calls = tasks
        .iter()
        .map(|task| tokio::spawn(client.create_task(task)));
    let calls: Vec<_> = calls.collect();
    let mut failed = 0;
    for (call, task) in calls.into_iter().zip(tasks) {
        match call.await? {
            Ok(created) => println!("created {} ({})", created.id, created.title),
            Err(error) => {
                failed += 1;
                let doubt = match error.may_have_been_applied() {
                    true => "; it may exist all the same",
                    false => "",
                };
                eprintln!("{:?} was not created: {error}{doubt}", task.title);
            }
        }
    }
    match failed {
        0 => Ok(()),
        _ => Err(format!("{failed} of {} tasks were not created", tasks.len()).into()),
    }
}
