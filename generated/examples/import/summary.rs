//! What the import says at its end.

use super::journal::{Journal, State};
use super::rows::Row;

/// Prints what is done and what is not; gives the exit status.
pub fn print(rows: &[Row], journal: &Journal) -> u8 {
    let (mut created, mut updated, mut settled) = (0, 0, 0);
    let mut failed = Vec::new();
    let mut unknown = Vec::new();
    for row in rows {
        match journal.state(row) {
            Some(State::Done { .. }) if row.is_create() => created += 1,
            Some(State::Done { .. }) => updated += 1,
            Some(State::Settled) => settled += 1,
            Some(State::Failed { why }) => failed.push((row, why.as_str())),
            Some(State::Unknown { why }) => unknown.push((row, why.as_str())),
            Some(State::Sending) if row.is_create() => {
                unknown.push((row, "the import was stopped before the answer came"));
            }
            _ => {}
        }
    }
    let done = created + updated + settled;
    println!("{done} of {} rows are done", rows.len());
    let left = rows.len() - done - failed.len() - unknown.len();
    let counts = [
        ("created", created),
        ("updated", updated),
        ("settled by hand", settled),
        ("failed", failed.len()),
        ("unknown", unknown.len()),
        ("not sent yet", left),
    ];
    for (name, count) in counts {
        if count > 0 {
            println!("  {name}: {count}");
        }
    }
    list(
        "These failed, did no harm, and are sent again in the next run:",
        &failed,
    );
    list(
        "These may exist or not. Look, then say --settle or --resend with their numbers:",
        &unknown,
    );
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
