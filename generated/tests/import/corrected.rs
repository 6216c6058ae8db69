//! Rows that are corrected after the server has rejected them.

use super::program::fake_server::{FakeServer, Options};
use super::run::Files;
use super::{ROWS, server, titles};

/// A 500 for a create leaves it open whether the task exists, and usually means a wrong id. The user
/// corrects the id and sends the row again; no other row is sent.
#[test]
fn a_row_with_a_wrong_id_is_corrected_and_sent_again() {
    let server = server();
    let header = "title,description,assigneeId\n";
    let file = |assignee: &str| format!("{header}one,d,\ntwo,d,{assignee}\nthree,d,\n");
    let files = Files::new("wrong-id", &file("mem_wrong"));
    let output = files.run(&server, &[]);
    assert_eq!((output.status, output.unknown()), (3, vec![3]));
    let explanation = "A 500 for a create usually means that the row has an id or an enum value";
    assert!(output.stdout.contains(explanation), "{output:?}");
    assert_eq!(titles(&server), ["one", "three"]);
    let requests = server.requests();

    // Without a decision of the user nothing is sent, and the message names the way out.
    files.write(&file("mem_abc123"));
    let output = files.run(&server, &[]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("`--resend 3`"), "{output:?}");
    let output = files.run(&server, &["--settle", "3"]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("put the row back"), "{output:?}");
    assert_eq!(server.requests(), requests);

    let output = files.run(&server, &["--resend", "3"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(server.requests(), requests + 1);
    assert_eq!(titles(&server), ["one", "three", "two"]);
    assert_eq!(server.tasks()[2]["assigneeId"], "mem_abc123");

    let output = files.run(&server, &["--resend", "3"]);
    assert_eq!(output.status, 1);
    assert!(
        output.stderr.contains("row 3 is not unknown: it is done"),
        "{output:?}"
    );
    assert_eq!(files.run(&server, &[]).status, 0);
    assert_eq!(server.requests(), requests + 1);
}

/// The user may also find that the task exists.
#[test]
fn an_unknown_row_is_settled() {
    let server = server();
    let files = Files::new("settled", "title,description,vendorId\none,d,vnd_wrong\n");
    assert_eq!(files.run(&server, &[]).unknown(), [2]);
    let output = files.run(&server, &["--settle", "2"]);
    assert_eq!(output.status, 0);
    assert!(
        output.stdout.contains("settled by the user: 1"),
        "{output:?}"
    );
    assert_eq!(server.requests(), 1);
}

/// A removed row is not sent again, whatever the user says.
#[test]
fn a_removed_row_is_rejected() {
    let server = server();
    let files = Files::new("removed", "title,description,vendorId\none,d,vnd_wrong\n");
    assert_eq!(files.run(&server, &[]).unknown(), [2]);
    files.write("title,description,vendorId\n");
    let output = files.run(&server, &[]);
    assert_eq!(output.status, 1);
    assert!(
        output
            .stderr
            .contains("its task may exist; put the row back"),
        "{output:?}"
    );
}

/// A request that the server did not apply is sent again by the next run, also if the row has
/// changed.
#[test]
fn a_failed_row_is_corrected() {
    let server = FakeServer::start(Options {
        max_body: 1024,
        ..Options::default()
    });
    let server = server.expect("the fake server starts");
    let files = Files::new("failed", &format!("{ROWS}four,{}\n", "x".repeat(2048)));
    let output = files.run(&server, &[]);
    assert_eq!(output.status, 3, "{output:?}");
    assert_eq!(output.rows_under("Failed rows"), [5]);
    assert!(
        output.stdout.contains("413 Payload Too Large"),
        "{output:?}"
    );
    let output = files.run(&server, &["--settle", "5"]);
    assert!(output.stderr.contains("row 5 is not unknown"), "{output:?}");

    files.write(&format!("{ROWS}four,short\n"));
    assert_eq!(files.run(&server, &[]).status, 0);
    assert_eq!(titles(&server), ["four", "one", "three", "two"]);
}
