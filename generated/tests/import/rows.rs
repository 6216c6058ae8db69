//! Cells and the fields that they become.

use super::run::Files;
use super::server;

#[test]
fn every_column_arrives_as_its_field() {
    let server = server();
    let create = "title,description,assigneeId,frequency,department,controlIds,taskTemplateId,vendorId\n\
                  t,d,mem_abc123,weekly,Legal,ctrl_abc123 ctrl_def456,tmpl_abc123,vnd_abc123\n";
    let files = Files::new("fields", create);
    assert_eq!(files.run(&server, &["--dry-run"]).status, 0);
    assert_eq!(server.requests(), 0);
    let output = files.run(&server, &[]);
    assert_eq!(output.status, 0, "{output:?}");
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
    let output = files.run(&server, &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
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

/// `done` sets a review date even if the row clears it, so that the import warns. The row is sent.
#[test]
fn done_without_a_review_date_is_a_warning() {
    let server = server();
    let files = Files::new("created", "title,description\none,d\n");
    assert_eq!(files.run(&server, &[]).status, 0);
    let task = &server.tasks()[0];
    let id = task["id"].as_str().expect("an id");
    let update =
        format!("id,status,reviewDate\n{id},done,null\n{id},done,2030-02-28\n{id},todo,null\n");
    let files = Files::new("done", &update);
    let output = files.run(&server, &["--concurrency", "1"]);
    assert_eq!(output.status, 0, "{output:?}");
    let warnings: Vec<_> = output.stderr.lines().collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("warning: row 2: `reviewDate` is `null`"));
    assert_eq!(server.requests(), 4);
}
