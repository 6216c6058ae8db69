//! Adding an endpoint as CONTRIBUTING.md describes it gives what it describes.

mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tree::{SPEC, Tree};
use xtask::codegen::Job;

const PAGE: &str = include_str!("../../.github/CONTRIBUTING.md");

/// The YAML of the page. The first line of each snippet is in the description already; the other
/// lines go below it.
fn snippets() -> Vec<(&'static str, &'static str)> {
    let blocks = PAGE.split("```yaml\n").skip(1);
    let blocks = blocks.map(|text| text.split_once("```\n").expect("the end of a snippet").0);
    blocks
        .map(|text| text.split_once('\n').expect("more than one line"))
        .collect()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Removes the key that a snippet adds, so that the test works on a description that has it.
fn without(description: &str, (place, new): (&str, &str)) -> String {
    let key = new.lines().next().expect("a key");
    let mut is_below = false;
    let mut is_removed = false;
    let mut kept = String::new();
    for line in description.lines() {
        if !line.trim().is_empty() && indentation(line) <= indentation(place) {
            is_below = line == place;
        }
        if !line.trim().is_empty() && indentation(line) <= indentation(key) {
            is_removed = is_below && line == key;
        }
        if !is_removed {
            kept += line;
            kept += "\n";
        }
    }
    kept
}

fn with(description: &str, (place, new): (&str, &str)) -> String {
    let place = format!("\n{place}\n");
    let count = description.matches(&place).count();
    assert_eq!(count, 1, "`{}` is in the description once", place.trim());
    description.replace(&place, &format!("{place}{new}"))
}

/// The files that the table of the page lists.
fn listed_files() -> BTreeSet<PathBuf> {
    let (_, table) = PAGE
        .split_once("| file in `generated/src` | change |\n|---|---|\n")
        .expect("a table");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let files = rows.filter_map(|row| row.split('|').nth(1));
    files
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(PathBuf::from)
        .collect()
}

/// The generated files, by their path in the generated folder.
fn generated(tree: &Tree) -> BTreeMap<PathBuf, String> {
    let folder = tree.path("generated/src");
    let files = tree.contents().into_iter();
    files
        .filter_map(|(path, bytes)| {
            let path = path.strip_prefix(&folder).ok()?.to_owned();
            Some((path, String::from_utf8(bytes?).expect("UTF-8")))
        })
        .collect()
}

/// Compiles a crate outside the workspace, with the workspace's lock file.
fn compile(tree: &Tree, folder: &str) {
    let folder = tree.path(folder);
    let lock = xtask::workspace().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a copy");
    // Not by `RUSTFLAGS`, with which cargo would compile the dependencies once more.
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text + "\n[lints.rust]\nwarnings = \"deny\"\n")
        .expect("it can be written");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../generated-crates");
    let output = Command::new(cargo)
        .current_dir(&folder)
        .args(["check", "--quiet"])
        // Without TLS, which takes longest to compile; the blocking client has methods too.
        .args(["--no-default-features", "--features", "blocking"])
        // The profile of this workspace, with which tests of `codegen` have compiled the dependencies.
        .args(["--config", "profile.dev.debug=false"])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs, as it runs this test");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
}

fn generate(job: &Job) -> String {
    let done = xtask::codegen::run(job).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(done.warnings.is_empty(), "{}", done.warnings);
    done.summary
}

#[test]
fn an_endpoint_is_added_in_two_steps() {
    let tree = Tree::copied();
    let snippets = snippets();
    assert_eq!(snippets.len(), 2, "an operation and its schema");
    let old = snippets
        .iter()
        .fold(tree.read(SPEC), |text, snippet| without(&text, *snippet));
    let new = snippets
        .iter()
        .fold(old.clone(), |text, snippet| with(&text, *snippet));
    tree.write(SPEC, &old);
    tree.write("spec/before.yaml", &old);
    generate(&tree.job());
    let before = generated(&tree);

    tree.write(SPEC, new);
    let summary = generate(&Job {
        base: Some(tree.path("spec/before.yaml")),
        ..tree.job()
    });
    for change in [
        "compatible  operation `deleteTask` added",
        "compatible  type `DeletedTask` added",
    ] {
        assert!(summary.contains(change), "{summary}");
    }
    assert!(!summary.contains("breaking  "), "{summary}");

    let after = generated(&tree);
    let changed = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text));
    let changed: BTreeSet<PathBuf> = changed.map(|(path, _)| path.clone()).collect();
    assert_eq!(changed, listed_files(), "the table of the page is complete");
    let removed = before.keys().filter(|path| !after.contains_key(*path));
    assert_eq!(removed.count(), 0);
    let methods = &after[&PathBuf::from("operations/tasks.rs")];
    let method = "pub fn delete_task(&self, task_id: impl Into<TaskId>) -> Call<DeletedTask>";
    assert!(methods.contains(method), "{methods}");

    generate(&Job {
        out: tree.path("alone"),
        name: Some("comp-ai-client".to_owned()),
        ..tree.job()
    });
    compile(&tree, "alone");
}
