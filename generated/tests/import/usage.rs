//! The command line.

use super::run::Files;
use super::{ROWS, server};

#[test]
fn help_lists_every_option() {
    let help = Files::new("help", ROWS).run(&server(), &["--help"]);
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    for option in [
        "--journal",
        "--concurrency",
        "--settle",
        "--resend",
        "--dry-run",
        "--fake-server",
    ] {
        assert!(help.stdout.contains(option), "{option}");
    }
}

#[test]
fn wrong_usage_prints_the_help() {
    let server = server();
    let files = Files::new("usage", ROWS);
    for wrong in [
        &["--concurrency", "0"][..],
        &["--concurrency", "many"],
        &["--settle", "3;4"],
        &["--jornal", "file"],
        &["another.csv"],
    ] {
        let output = files.run(&server, wrong);
        assert_eq!(output.status, 2, "{wrong:?}");
        assert!(output.stderr.contains("Usage: import"), "{output:?}");
    }
    let output = files.run(&server, &["--settle", "99"]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("there is no row 99"), "{output:?}");
    assert_eq!(server.requests(), 0);
}

#[test]
fn a_journal_that_cannot_be_created_stops_the_import() {
    let server = server();
    let files = Files::new("no-folder", ROWS);
    let journal = files.journal().with_file_name("no folder").join("journal");
    let journal = journal.to_str().expect("UTF-8");
    let output = files.run(&server, &["--journal", journal]);
    assert_eq!(output.status, 1);
    assert!(
        output.stderr.contains("cannot use the journal"),
        "{output:?}"
    );
    assert_eq!(server.requests(), 0);
}

/// The fake server needs no key, and leaves no file behind.
#[test]
fn the_fake_server_needs_no_journal() {
    let server = server();
    let files = Files::new("fake-server", ROWS);
    for _ in 0..2 {
        let output = files.run(&server, &["--fake-server"]);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        assert!(output.stdout.contains("3 of 3 rows are done"), "{output:?}");
        assert!(output.stdout.contains("created: 3"), "{output:?}");
    }
    assert_eq!(server.requests(), 0);
    let folder = files.csv().parent().expect("a folder").to_owned();
    let entries = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(entries, 1, "only the CSV file is there");
}
