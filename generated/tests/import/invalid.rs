//! Files that cannot be imported, and errors that concern every row.

use std::time::Duration;

use super::program::fake_server::{FakeServer, Options};
use super::run::Files;
use super::server;

/// Every problem of a file is reported before anything is sent.
#[test]
fn all_problems_are_reported_before_the_first_request() {
    let server = server();
    let files = Files::new(
        "problems",
        "id,title,descripton,frequency,status,reviewDate,title\n\
         ,a,b,hourly,done,,\n\
         tsk_1,x,,daily,blocked,tomorrow,\n\
         ,,,,,,\n\
         tsk_2,x\n",
    );
    let output = files.run(&server, &[]);
    let problems: Vec<_> = output.stderr.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        problems,
        [
            "row 1: unknown column `descripton`; see --help",
            "row 1: column `title` appears twice",
            "row 2: `status` is for updates only, and the row has no id",
            "row 2: `frequency` is `hourly`, which is not one of: daily, weekly, monthly, quarterly, yearly",
            "row 2: `description` is required to create a task",
            "row 3: `status` is `blocked`, which is not one of: todo, in_progress, in_review, done, not_relevant, failed",
            "row 3: `reviewDate` is `tomorrow`, which is not like 2025-01-31 or 2025-01-31T09:00:00Z",
            "row 5: the row has 2 cells, and the header has 7 columns",
        ]
    );
    assert_eq!((output.status, server.requests()), (1, 0));
}

/// An error that every row would get stops the import.
#[test]
fn a_rejected_key_stops_the_import() {
    let rows: String = (0..50).map(|row| format!("row {row},d\n")).collect();
    let files = Files::new("forbidden", &format!("title,description\n{rows}"));
    let server = FakeServer::start(Options {
        api_key: "comp_key_without_scope".to_owned(),
        keys_without_scope: vec!["comp_key_without_scope".to_owned()],
        keep_alive_timeout: Duration::from_secs(1),
        ..Options::default()
    });
    let server = server.expect("the fake server starts");
    let output = files.run(&server, &["--concurrency", "2"]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("403 Forbidden"), "{output:?}");
    assert!(server.requests() <= 4, "{}", server.requests());
}
