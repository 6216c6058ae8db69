//! Following CONTRIBUTING.md, to the letter, adds an endpoint.

mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tree::{SPEC, Tree};
use xtask::codegen::Job;

const PAGE: &str = include_str!("../../.github/CONTRIBUTING.md");

/// The description with the page's snippet: the snippet's first line is one that is there already,
/// and the rest of it goes below.
fn described(spec: &str) -> String {
    let (_, rest) = PAGE.split_once("```yaml\n").expect("a snippet");
    let (snippet, rest) = rest.split_once("```\n").expect("the snippet's end");
    assert!(!rest.contains("```yaml"), "there is one snippet");
    let (place, new) = snippet.split_once('\n').expect("more than one line");
    let places: Vec<_> = spec.match_indices(&format!("\n{place}\n")).collect();
    let [(start, line)] = places[..] else {
        panic!("`{place}` is in the description {} times", places.len());
    };
    let (before, after) = spec.split_at(start + line.len());
    assert!(after.starts_with("    patch:"), "`patch:` comes after it");
    format!("{before}{new}{after}")
}

/// The generated files, relative to the folder.
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

/// Compiles a crate that is on its own, with the packages that this workspace is locked to.
fn compile(tree: &Tree, folder: &str) {
    let folder = tree.path(folder);
    let workspace = xtask::workspace();
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../generated-crates");
    let output = Command::new(cargo)
        .current_dir(&folder)
        .args(["check", "--offline", "--quiet"])
        // No TLS, which takes longest to compile, and the half that has methods too.
        .args(["--no-default-features", "--features", "blocking"])
        .args(["--config", "build.rustflags=['-Dwarnings']"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs, as it runs this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn an_endpoint_is_added_by_an_edit_and_a_command() {
    let tree = Tree::copied();
    let before = generated(&tree);
    let spec = tree.read(SPEC);
    tree.write("spec/before.yaml", &spec);
    tree.write(SPEC, described(&spec));

    let job = Job {
        base: Some(tree.path("spec/before.yaml")),
        ..tree.job()
    };
    let done = xtask::codegen::run(&job).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(done.warnings.is_empty(), "{}", done.warnings);
    let said = &done.summary;
    assert!(
        said.contains("compatible  operation `getTask` added"),
        "{said}"
    );
    assert!(!said.contains("breaking  "), "{said}");

    let after = generated(&tree);
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text))
        .map(|(path, _)| path.as_path())
        .collect();
    // The methods of its tag, of the client and of the mock, and what lists operations.
    let wanted = [
        "lib.rs",
        "mock/mod.rs",
        "mock/operations/mod.rs",
        "mock/operations/tasks.rs",
        "operations/tasks.rs",
    ];
    assert_eq!(changed, wanted.map(Path::new));
    assert!(before.keys().eq(after.keys()), "no file comes or goes");
    let methods = Path::new("operations/tasks.rs");
    let (old, new) = (&before[methods], &after[methods]);
    assert!(
        new.contains("pub fn get_task(&self, task_id: impl Into<TaskId>) -> Call<Task>"),
        "{new}"
    );
    for line in old.lines().filter(|line| line.contains("pub fn")) {
        assert!(new.contains(line), "`{line}` is gone");
    }

    let alone = Job {
        spec: tree.path(SPEC),
        out: tree.path("alone"),
        name: Some("comp-ai-client".to_owned()),
        base: None,
        ..tree.job()
    };
    xtask::codegen::run(&alone).unwrap_or_else(|failure| panic!("{failure}"));
    compile(&tree, "alone");
}
