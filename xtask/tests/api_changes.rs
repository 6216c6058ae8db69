//! The API changes that `cargo xtask codegen` reports.

mod tree;

use std::path::Path;
use std::process::Command;

use tree::{SPEC, Tree};

/// Runs git with a made-up author; returns false if git is not installed.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    // In a git hook, these variables name another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let who = [
        "-c",
        "user.name=nobody",
        "-c",
        "user.email=nobody@example.com",
    ];
    let output = command
        .current_dir(folder)
        .args(who)
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .output();
    match output {
        Ok(output) => {
            let message = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "git {arguments:?}: {message}");
            true
        }
        Err(_) => false,
    }
}

/// The part of the output about the API.
fn api_changes(message: &str) -> Option<&str> {
    message.split_once("\n\n").map(|(_, changes)| changes)
}

#[test]
fn reports_changes_since_the_last_commit() {
    let tree = Tree::generated();
    // Outside a repository, nothing is reported.
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let message = tree.generate().unwrap();
    assert_eq!(api_changes(&message), None, "{message}");
    tree.edit(SPEC, "[open, done, late]", "[open, done]");

    if !git(&tree.path(""), &["init", "--quiet"]) {
        return;
    }
    // Nor before the first commit.
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let message = tree.generate().unwrap();
    assert_eq!(api_changes(&message), None, "{message}");
    tree.edit(SPEC, "[open, done, late]", "[open, done]");

    git(&tree.path(""), &["add", SPEC]);
    git(
        &tree.path(""),
        &["commit", "--quiet", "--message", "Describe"],
    );
    let message = tree.generate().unwrap();
    assert_eq!(api_changes(&message), None, "{message}");

    tree.edit(SPEC, "[open, done]", "[open, late]");
    let message = tree.generate().unwrap();
    let changes = "\
API changes since the last commit, 1 of them breaking:
  compatible  enum value `late` of `Status` added
  breaking    enum value `done` of `Status` removed, and `Status::Done` with it";
    assert_eq!(api_changes(&message), Some(changes), "{message}");
    assert!(
        message.contains("changed: generated/src/types/status.rs\n"),
        "{message}"
    );
    // The report is the same if no file changes.
    let message = tree.generate().unwrap();
    assert_eq!(api_changes(&message), Some(changes), "{message}");

    git(
        &tree.path(""),
        &["commit", "--quiet", "--all", "--message", "Change"],
    );
    let message = tree.check().unwrap();
    assert_eq!(api_changes(&message), None, "{message}");
    let text = format!("# A note.\n{}", tree.read(SPEC));
    tree.write(SPEC, text);
    let message = tree.generate().unwrap();
    assert_eq!(
        api_changes(&message),
        Some("no API change since the last commit, only texts or layout"),
    );

    // An error in the committed description does not fail the run.
    tree.edit(SPEC, "openapi: 3.0.3", "openapi: 4.0.0");
    git(
        &tree.path(""),
        &["commit", "--quiet", "--all", "--message", "Err"],
    );
    tree.edit(SPEC, "openapi: 4.0.0", "openapi: 3.0.3");
    let message = tree.generate().unwrap();
    assert!(
        message.contains("cannot list the API changes since the last commit"),
        "{message}"
    );
}

#[test]
fn reports_changes_since_a_file() {
    let tree = Tree::generated();
    tree.write("old.yaml", tree.read(SPEC));
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let mut job = tree.job();
    job.base = Some(tree.path("old.yaml"));
    let message = xtask::codegen::run(&job).unwrap().summary;
    assert_eq!(
        api_changes(&message),
        Some(
            "API changes since old.yaml, 0 of them breaking:\n  \
             compatible  enum value `late` of `Status` added"
        ),
    );
    // Different line ends are not a change.
    tree.write("old.yaml", tree.read(SPEC).replace('\n', "\r\n"));
    let message = xtask::codegen::run(&job).unwrap().summary;
    assert_eq!(api_changes(&message), None, "{message}");

    // A base file that is missing or invalid fails the run, and nothing is written.
    tree.edit(SPEC, "[open, done, late]", "[open, done, other]");
    tree.write("old.yaml", "- openapi\n");
    let before = tree.contents();
    let message = xtask::codegen::run(&job).unwrap_err().to_string();
    assert!(message.contains("old.yaml:1:1"), "{message}");
    tree.remove("old.yaml");
    let message = xtask::codegen::run(&job).unwrap_err().to_string();
    assert!(message.starts_with("error: cannot read "), "{message}");
    assert!(message.contains("old.yaml"), "{message}");
    tree.write("old.yaml", "- openapi\n");
    assert!(tree.contents() == before);
}
