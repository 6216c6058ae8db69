//! What `cargo xtask codegen` says of the changes of the API.

mod tree;

use std::path::Path;
use std::process::Command;

use tree::{SPEC, Tree};

/// Runs git as no one in particular; false if there is none.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    // Where the test runs in a hook of git, these name another repository.
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
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "git {arguments:?}: {said}");
            true
        }
        Err(_) => false,
    }
}

/// The part of what is said that is about the API.
fn api_changes(said: &str) -> Option<&str> {
    said.split_once("\n\n").map(|(_, changes)| changes)
}

#[test]
fn against_the_last_commit() {
    let tree = Tree::generated();
    // In a folder that is no repository, there is nothing to say.
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let said = tree.generate().unwrap();
    assert_eq!(api_changes(&said), None, "{said}");
    tree.edit(SPEC, "[open, done, late]", "[open, done]");

    if !git(&tree.path(""), &["init", "--quiet"]) {
        return;
    }
    // Nor in one without a commit.
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let said = tree.generate().unwrap();
    assert_eq!(api_changes(&said), None, "{said}");
    tree.edit(SPEC, "[open, done, late]", "[open, done]");

    git(&tree.path(""), &["add", SPEC]);
    git(
        &tree.path(""),
        &["commit", "--quiet", "--message", "Describe"],
    );
    let said = tree.generate().unwrap();
    assert_eq!(api_changes(&said), None, "{said}");

    tree.edit(SPEC, "[open, done]", "[open, late]");
    let said = tree.generate().unwrap();
    let changes = "\
changes of the API since the last commit, 1 of them breaking for users of the client:
  compatible  enum value `late` of `Status` added
  breaking    enum value `done` of `Status` gone: `Status::Done` is unknown now";
    assert_eq!(api_changes(&said), Some(changes), "{said}");
    assert!(
        said.contains("changed: generated/src/types/status.rs\n"),
        "{said}"
    );
    // The same when there is nothing left to write.
    let said = tree.generate().unwrap();
    assert_eq!(api_changes(&said), Some(changes), "{said}");

    git(
        &tree.path(""),
        &["commit", "--quiet", "--all", "--message", "Change"],
    );
    let said = tree.check().unwrap();
    assert_eq!(api_changes(&said), None, "{said}");
    let text = format!("# A note.\n{}", tree.read(SPEC));
    tree.write(SPEC, text);
    let said = tree.generate().unwrap();
    assert_eq!(
        api_changes(&said),
        Some("no change of the API since the last commit, only of texts or layout"),
    );

    // A description that was committed with a mistake is no reason to fail.
    tree.edit(SPEC, "openapi: 3.0.3", "openapi: 3.9.9");
    git(
        &tree.path(""),
        &["commit", "--quiet", "--all", "--message", "Err"],
    );
    tree.edit(SPEC, "openapi: 3.9.9", "openapi: 3.0.3");
    let said = tree.generate().unwrap();
    assert!(said.contains("cannot be told"), "{said}");
}

#[test]
fn against_a_file() {
    let tree = Tree::generated();
    tree.write("old.yaml", tree.read(SPEC));
    tree.edit(SPEC, "[open, done]", "[open, done, late]");
    let mut job = tree.job();
    job.base = Some(tree.path("old.yaml"));
    let said = xtask::codegen::run(&job).unwrap().summary;
    assert_eq!(
        api_changes(&said),
        Some(
            "changes of the API since old.yaml, 0 of them breaking for users of the client:\n  \
             compatible  enum value `late` of `Status` added"
        ),
    );
    // Line ends are no change.
    tree.write("old.yaml", tree.read(SPEC).replace('\n', "\r\n"));
    let said = xtask::codegen::run(&job).unwrap().summary;
    assert_eq!(api_changes(&said), None, "{said}");

    // A file that was asked for has to be there, and to be right; else nothing is written.
    tree.edit(SPEC, "[open, done, late]", "[open, done, other]");
    tree.write("old.yaml", "openapi: 3.0.3\n");
    let before = tree.contents();
    let said = xtask::codegen::run(&job).unwrap_err().to_string();
    assert!(said.contains("old.yaml:1:1"), "{said}");
    tree.remove("old.yaml");
    let said = xtask::codegen::run(&job).unwrap_err().to_string();
    assert!(said.starts_with("error: cannot read "), "{said}");
    assert!(said.contains("old.yaml"), "{said}");
    tree.write("old.yaml", "openapi: 3.0.3\n");
    assert!(tree.contents() == before);
}
