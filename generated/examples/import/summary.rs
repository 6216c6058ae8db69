//! The summary at the end of an import.

use super::journal::{Journal, State};
use super::rows::Row;

/// Explanation of a 500 for a create.
const SERVER_ERROR: &str = "\
A 500 for a create usually means that the row has an id or an enum value that the server does not
know, and that no task was created. Correct the row and send it with --resend.";

/// Prints which rows are done and which are not, and returns the exit status.
pub fn print(rows: &[Row], journal: &Journal) -> u8 {
    let (mut created, mut updated, mut settled) = (0, 0, 0);
    let mut failed = Vec::new();
    let mut unknown = Vec::new();
    let mut server_error = false;
    for row in rows {
        match journal.state(row) {
            Some(State::Done { .. }) if row.is_create() => created += 1,
            Some(State::Done { .. }) => updated += 1,
            Some(State::Settled) => settled += 1,
            Some(State::Failed { why }) => failed.push((row, why.as_str())),
            Some(State::Unknown { why, status }) => {
                server_error |= *status == Some(500);
                unknown.push((row, why.as_str()));
            }
            Some(State::Sending) if row.is_create() => {
                unknown.push((row, "the import ended before the response was received"));
            }
            _ => {}
        }
    }
    let done = created + updated + settled;
    println!("{done} of {} rows are done", rows.len());
    let pending = rows.len() - done - failed.len() - unknown.len();
    let counts = [
        ("created", created),
        ("updated", updated),
        ("settled by the user", settled),
        ("failed", failed.len()),
        ("unknown", unknown.len()),
        ("not sent yet", pending),
    ];
    for (name, count) in counts {
        if count > 0 {
            println!("  {name}: {count}");
        }
    }
    list(
        "Failed rows. The next run sends them again, which does no harm; correct them first:",
        &failed,
    );
    list(
        "Unknown rows. Their tasks may exist: check, then use --settle or --resend with their numbers:",
        &unknown,
    );
    if server_error {
        println!("\n{SERVER_ERROR}");
    }
    if failed.is_empty() && unknown.is_empty() {
        0
    } else {
        3
    }
}

fn list(heading: &str, rows: &[(&Row, &str)]) {
    if !rows.is_empty() {
        println!("\n{heading}");
    }
    for (row, why) in rows {
        println!("  row {}: {}: {why}", row.number, row.title);
    }
}
