//! Journals that are torn, damaged, in use, or of something else; and rows that cannot be sent.

use std::time::Duration;

use serde_json::Value;

use super::program::stand_in::{Options, StandIn};
use super::run::Files;

const ROWS: &str = "title,description\none,d\ntwo,d\nthree,d\n";

fn server() -> StandIn {
    StandIn::start(Options::default()).expect("the stand-in starts")
}

fn titles(server: &StandIn) -> Vec<String> {
    let tasks = server.tasks();
    let title = |task: &Value| task["title"].as_str().expect("a title").to_owned();
    let mut titles: Vec<_> = tasks.iter().map(title).collect();
    titles.sort();
    titles
}

/// Wherever the last line is torn off, a row that may have been sent is not sent again.
#[test]
fn a_torn_last_line() {
    let server = server();
    let files = Files::new("torn", ROWS);
    let said = files.run(&server, &["--concurrency", "1"]);
    assert_eq!(
        (said.status, said.errors.as_str()),
        (0, ""),
        "{}",
        said.output
    );
    let journal = files.read_journal();
    let lines: Vec<_> = journal.lines().collect();
    assert_eq!(lines.len(), 7, "{journal}");
    let whole = |count: usize| lines[..count].iter().map(|line| line.len() + 1).sum();

    // (lines kept, rows that are sent again, rows that are unknown)
    let ends = [
        (0, 3, 0),
        (1, 3, 0),
        (2, 2, 1),
        (3, 2, 0),
        (4, 1, 1),
        (5, 1, 0),
        (6, 0, 1),
    ];
    for (kept, sent_again, unknown) in ends {
        let start: usize = whole(kept);
        for torn in [0, 1, lines[kept].len() / 2, lines[kept].len()] {
            std::fs::write(files.journal(), &journal[..start + torn]).expect("a file");
            let before = server.requests();
            let said = files.run(&server, &["--concurrency", "1"]);
            let sent = server.requests() - before;
            let place = format!(
                "{kept} lines and {torn} bytes:\n{}{}",
                said.output, said.errors
            );
            assert_eq!(
                (sent, said.unknown().len()),
                (sent_again, unknown),
                "{place}"
            );
            assert_eq!(said.status, if unknown == 0 { 0 } else { 3 }, "{place}");
        }
    }
}

#[test]
fn a_journal_that_does_not_fit() {
    let server = server();
    let files = Files::new("misfit", ROWS);
    assert_eq!(files.run(&server, &[]).status, 0);
    let journal = files.read_journal();
    let refused = |says: &str| {
        let before = server.requests();
        let said = files.run(&server, &[]);
        assert_eq!(said.status, 1, "{}", said.output);
        assert!(said.errors.contains(says), "{}", said.errors);
        assert_eq!(server.requests(), before);
    };

    files.write(&ROWS.replace("two", "2"));
    refused("knows another row 3 than the file has now");
    files.write("title,description\none,d\n");
    refused("knows another row");
    files.write(ROWS);
    let write = |text: String| std::fs::write(files.journal(), text).expect("a file");
    write(journal.replace("\"done\"", "\"gone\""));
    refused("this is no line of a journal");
    write(journal.replace("\"version\":1", "\"version\":2"));
    refused("of version 2");
    write(
        journal
            .lines()
            .skip(1)
            .map(|line| format!("{line}\n"))
            .collect(),
    );
    refused("no beginning");
    write(journal.replace(&server.base_url(), "https://api.trycomp.ai"));
    refused("give another one with --journal");

    // More rows, and columns in another order, are no other rows.
    write(journal);
    files.write("description,title\nd,one\nd,two\nd,three\nd,four\n");
    assert_eq!(files.run(&server, &[]).status, 0);
    assert_eq!(titles(&server), ["four", "one", "three", "two"]);
}

/// A row that failed was not acted on: it can be mended, and is sent again.
#[test]
fn a_row_that_failed() {
    let server = StandIn::start(Options {
        api_key: "right".to_owned(),
        ..Options::default()
    });
    let server = server.expect("the stand-in starts");
    let files = Files::new("failed", &format!("{ROWS}four,{}\n", "x".repeat(2 << 20)));
    let said = files.run(&server, &[]);
    assert_eq!(said.status, 3, "{}", said.errors);
    assert_eq!(said.rows_under("These failed"), [5]);
    assert!(
        said.output.contains("413 Payload Too Large"),
        "{}",
        said.output
    );
    let said = files.run(&server, &["--settle", "5"]);
    assert!(
        said.errors.contains("row 5 is not unknown"),
        "{}",
        said.errors
    );

    files.write(&format!("{ROWS}four,short\n"));
    assert_eq!(files.run(&server, &[]).status, 0);
    assert_eq!(titles(&server), ["four", "one", "three", "two"]);
}

#[test]
fn two_imports_at_once() {
    let server = server();
    let files = Files::new("two", ROWS);
    let journal = std::fs::File::create(files.journal()).expect("a file");
    fs4::FileExt::try_lock(&journal).expect("nobody else has it");
    let said = files.run(&server, &[]);
    assert_eq!(said.status, 1);
    assert!(
        said.errors.contains("another import is using"),
        "{}",
        said.errors
    );
    assert_eq!(server.requests(), 0);
}

/// What every row would meet ends the import: the rest is not tried.
#[test]
fn a_server_that_is_not_there_or_refuses_the_key() {
    let rows: String = (0..50).map(|row| format!("row {row},d\n")).collect();
    let files = Files::new("away", &format!("title,description\n{rows}"));
    let forbidding = StandIn::start(Options {
        api_key: "comp_key_without_scope".to_owned(),
        keys_without_scope: vec!["comp_key_without_scope".to_owned()],
        keep_alive_timeout: Duration::from_secs(1),
        ..Options::default()
    });
    let forbidding = forbidding.expect("the stand-in starts");
    let said = files.run(&forbidding, &["--concurrency", "2"]);
    assert_eq!(said.status, 1);
    assert!(said.errors.contains("403 Forbidden"), "{}", said.errors);
    assert!(forbidding.requests() <= 4, "{}", forbidding.requests());
}

/// All that is wrong with a file is told before anything is sent.
#[test]
fn rows_that_cannot_be_sent() {
    let server = server();
    let files = Files::new(
        "rows",
        "id,title,descripton,frequency,status,reviewDate,title\n\
         ,a,b,hourly,done,,\n\
         tsk_1,x,,daily,blocked,tomorrow,\n\
         ,,,,,,\n\
         tsk_2,x\n",
    );
    let said = files.run(&server, &[]);
    let problems: Vec<_> = said.errors.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        problems,
        [
            "row 1: there is no field `descripton`; see --help",
            "row 1: `title` is there twice",
            "row 2: only updates take `status`, and the row has no id",
            "row 2: a new task needs a `description`",
            "row 2: `frequency` is `hourly`, and not one of: daily, weekly, monthly, quarterly, yearly",
            "row 3: `reviewDate` is `tomorrow`, and not like 2025-01-31 or 2025-01-31T09:00:00Z",
            "row 3: `status` is `blocked`, and not one of: todo, in_progress, in_review, done, not_relevant, failed",
            "row 5: it has 2 cells, and there are 7 columns",
        ]
    );
    assert_eq!((said.status, server.requests()), (1, 0));
}

/// Every column arrives as the field that it names.
#[test]
fn cells_become_fields() {
    let server = server();
    let create = "title,description,assigneeId,frequency,department,controlIds,taskTemplateId,vendorId\n\
                  t,d,mem_abc123,weekly,Legal,ctrl_abc123 ctrl_def456,tmpl_abc123,vnd_abc123\n";
    let files = Files::new("fields", create);
    assert_eq!(files.run(&server, &["--dry-run"]).status, 0);
    assert_eq!(server.requests(), 0, "a dry run sends nothing");
    let said = files.run(&server, &[]);
    assert_eq!(said.status, 0, "{}{}", said.output, said.errors);
    let task = &server.tasks()[0];
    for (field, value) in [
        ("assigneeId", "mem_abc123"),
        ("frequency", "weekly"),
        ("department", "Legal"),
        ("taskTemplateId", "tmpl_abc123"),
    ] {
        assert_eq!(task[field], value);
    }

    let id = task["id"].as_str().expect("an id");
    let update = format!(
        "id,title,status,assigneeId,approverId,integrationScheduleFrequency,reviewDate,notRelevantJustification\n\
         {id},new,not_relevant,null,mem_def456,yearly,2030-02-28,out of scope\n"
    );
    let files = Files::new("updated-fields", &update);
    let said = files.run(&server, &[]);
    assert_eq!(said.status, 0, "{}{}", said.output, said.errors);
    let task = &server.tasks()[0];
    for (field, value) in [
        ("title", "new"),
        ("description", "d"),
        ("status", "not_relevant"),
        ("approverId", "mem_def456"),
        ("integrationScheduleFrequency", "yearly"),
        ("reviewDate", "2030-02-28T00:00:00.000Z"),
        ("notRelevantJustification", "out of scope"),
    ] {
        assert_eq!(task[field], value);
    }
    assert!(task["assigneeId"].is_null());
}

#[test]
fn the_command_line() {
    let server = server();
    let files = Files::new("usage", ROWS);
    let help = files.run(&server, &["--help"]);
    assert_eq!((help.status, help.errors.as_str()), (0, ""));
    for option in [
        "--journal",
        "--settle",
        "--resend",
        "--dry-run",
        "--stand-in",
    ] {
        assert!(help.output.contains(option), "{option}");
    }
    for wrong in [
        &["--concurrency", "0"][..],
        &["--concurrency", "many"],
        &["--settle", "3;4"],
        &["--jornal", "file"],
        &["another.csv"],
    ] {
        let said = files.run(&server, wrong);
        assert_eq!(said.status, 2, "{wrong:?}");
        assert!(said.errors.contains("Usage: import"), "{}", said.errors);
    }
    let said = files.run(&server, &["--settle", "99"]);
    assert_eq!(said.status, 1);
    assert!(
        said.errors.contains("there is no row 99"),
        "{}",
        said.errors
    );
    let folder = files.journal().with_file_name("no folder").join("journal");
    let folder = folder.to_str().expect("UTF-8");
    let said = files.run(&server, &["--journal", folder]);
    assert_eq!(said.status, 1);
    assert!(
        said.errors.contains("cannot use the journal"),
        "{}",
        said.errors
    );
    assert_eq!(server.requests(), 0);

    // The stand-in in its own process needs no server and no key.
    let said = files.run(&server, &["--stand-in"]);
    assert_eq!(said.status, 0, "{}", said.errors);
    assert!(
        said.output.contains("3 of 3 rows are done"),
        "{}",
        said.output
    );
    assert_eq!(server.requests(), 0);
}
