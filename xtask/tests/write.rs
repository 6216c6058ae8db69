//! A run that fails changes nothing: the tree is as before, byte for byte.

mod tree;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use tree::{SPEC, Tree};

/// A tree in which a run changes, creates and removes files, so that a late failure has something to
/// undo.
fn outdated() -> Tree {
    let tree = Tree::generated();
    tree.edit(SPEC, "summary: Create a task", "summary: Make a task");
    tree.edit("generated/src/lib.rs", "mod client;", "mod other;");
    tree.write(
        "generated/src/types/old/chore.rs",
        tree.read("generated/src/types/task.rs"),
    );
    tree.remove("generated/src/types/vendor_id.rs");
    tree
}

#[track_caller]
fn assert_fails_and_changes_nothing(tree: &Tree, text: &str) {
    let before = tree.contents();
    let message = tree.generate().expect_err("the run succeeds");
    assert!(message.contains(text), "`{text}` is not in:\n{message}");
    assert!(
        message.contains("nothing was changed in generated"),
        "{message}"
    );
    assert_same(&before, &tree.contents());
}

#[track_caller]
fn assert_same(
    before: &BTreeMap<PathBuf, Option<Vec<u8>>>,
    after: &BTreeMap<PathBuf, Option<Vec<u8>>>,
) {
    let paths = before.keys().chain(after.keys());
    let differing: Vec<&PathBuf> = paths
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    assert!(differing.is_empty(), "these differ: {differing:?}");
}

#[test]
fn a_run_leaves_no_staging_folder() {
    let tree = outdated();
    tree.generate().unwrap();
    assert!(!tree.path("generated/.codegen").exists());
    assert!(!tree.path("generated/src/types/old").exists());
    tree.check().unwrap();
}

#[test]
fn a_folder_in_the_place_of_a_file_fails_the_run() {
    let tree = outdated();
    // The run creates this folder before it fails, and must remove it.
    fs::remove_dir_all(tree.path("generated/src/operations")).unwrap();
    fs::create_dir(tree.path("generated/src/types/vendor_id.rs")).unwrap();
    assert_fails_and_changes_nothing(&tree, "vendor_id.rs");
}

/// A stale file has the name of a new folder. Stale files are removed last, so the run fails.
#[test]
fn a_file_in_the_place_of_a_folder_fails_the_run() {
    let tree = outdated();
    let text = tree.read("generated/src/types/task.rs");
    fs::remove_dir_all(tree.path("generated/src/types")).unwrap();
    tree.write("generated/src/types", text);
    assert_fails_and_changes_nothing(&tree, "generated/src/types");
}

#[test]
fn a_file_in_the_place_of_the_staging_folder_fails_the_run() {
    let tree = outdated();
    tree.write("generated/.codegen", "By hand.\n");
    assert_fails_and_changes_nothing(&tree, "");
}

/// A failed run leaves nothing of a new crate.
#[test]
fn a_failed_run_creates_no_crate() {
    let tree = Tree::generated();
    tree.write("crates", "No folder.\n");
    let before = tree.contents();
    let mut job = tree.job();
    job.out = tree.path("crates/new");
    job.name = Some("new".to_owned());
    let message = xtask::codegen::run(&job).unwrap_err().to_string();
    assert!(message.contains("crates"), "{message}");
    assert_same(&before, &tree.contents());
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_fails_the_run() {
    use std::os::unix::fs::PermissionsExt;

    let tree = outdated();
    let folder = tree.path("generated/src/types");
    let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    // The superuser can write to it all the same.
    if File::create(folder.join("probe")).is_ok() {
        fs::remove_file(folder.join("probe")).unwrap();
        return allow(0o755);
    }
    assert_fails_and_changes_nothing(&tree, "generated/src/types");
    allow(0o755);
    tree.generate().unwrap();
    tree.check().unwrap();
}

/// A killed run leaves its staging folder behind; the next run replaces it.
#[test]
fn a_run_after_a_killed_run_succeeds() {
    let tree = outdated();
    tree.write("generated/.codegen/lock", "");
    tree.write("generated/.codegen/new/0", "half of a fi");
    tree.write("generated/.codegen/old/0", "what stood there");
    tree.generate().unwrap();
    tree.check().unwrap();
    assert!(!tree.path("generated/.codegen").exists());
}

/// A second run at the same time fails, and does not touch the staged files of the first.
#[test]
fn a_concurrent_run_fails() {
    let tree = outdated();
    tree.write("generated/.codegen/lock", "");
    tree.write("generated/.codegen/new/0", "new text of the other run");
    tree.write(
        "generated/.codegen/old/0",
        "what the other run may have to put back",
    );
    let lock = File::open(tree.path("generated/.codegen/lock")).unwrap();
    lock.try_lock().unwrap();
    assert_fails_and_changes_nothing(&tree, "another run is writing to the same folder");
    drop(lock);
    tree.generate().unwrap();
    tree.check().unwrap();
}

/// A check reads only, so it needs no lock.
#[test]
fn a_check_works_during_a_run() {
    let tree = Tree::generated();
    tree.write("generated/.codegen/lock", "");
    let lock = File::open(tree.path("generated/.codegen/lock")).unwrap();
    lock.try_lock().unwrap();
    tree.check().unwrap();
}

/// An editor or a checkout may convert line ends; the crate is up to date all the same.
#[test]
fn converted_line_ends_are_not_a_difference() {
    let tree = Tree::generated();
    for path in tree.contents().into_keys().filter(|path| path.is_file()) {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    }
    let before = tree.contents();
    tree.check().unwrap();
    tree.generate().unwrap();
    assert_same(&before, &tree.contents());
}

/// A description with CRLF gives the same bytes as one with LF.
#[test]
fn a_description_with_crlf_gives_the_same_crate() {
    let (lf, crlf) = (Tree::generated(), Tree::generated());
    crlf.write(SPEC, crlf.read(SPEC).replace('\n', "\r\n"));
    for tree in [&lf, &crlf] {
        fs::remove_dir_all(tree.path("generated/src")).unwrap();
        tree.generate().unwrap();
    }
    for file in [
        "lib.rs",
        "operations/tasks.rs",
        "types/create_task.rs",
        "runtime/mod.rs",
    ] {
        let path = format!("generated/src/{file}");
        assert_eq!(lf.read(&path), crlf.read(&path), "{file}");
        assert!(!crlf.read(&path).contains('\r'), "{file}");
    }
}

/// Some editors add a byte order mark.
#[test]
fn a_byte_order_mark_is_accepted() {
    let tree = Tree::generated();
    tree.write(SPEC, format!("\u{feff}{}", tree.read(SPEC)));
    tree.check().unwrap();
}

fn xtask(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(folder).args(arguments);
    command
}

#[test]
fn the_working_directory_does_not_matter() {
    let elsewhere = Tree::empty();
    for manifest_dir in [true, false] {
        let mut command = xtask(&elsewhere.path(""), &["codegen", "--check"]);
        if !manifest_dir {
            // As if the program is started without cargo.
            command.env_remove("CARGO_MANIFEST_DIR");
        }
        let output = command.output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{message}");
    }
    assert!(elsewhere.contents().is_empty());
}

/// Paths on the command line are relative to the working directory, and do not appear in the output.
#[test]
fn relative_paths_are_relative_to_the_working_directory() {
    let tree = Tree::generated();
    let arguments = |spec, out| ["codegen", "--spec", spec, "--out", out, "--name", "same"];
    for (folder, spec, out) in [
        ("", SPEC, "one"),
        ("spec", "openapi.yaml", "../two"),
        ("generated", "../spec/openapi.yaml", "three"),
    ] {
        let output = xtask(&tree.path(folder), &arguments(spec, out))
            .output()
            .unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{message}");
    }
    for file in [
        "Cargo.toml",
        "src/lib.rs",
        "src/operations/tasks.rs",
        "src/runtime/mod.rs",
    ] {
        let one = tree.read(&format!("one/{file}"));
        assert_eq!(one, tree.read(&format!("two/{file}")), "{file}");
        assert_eq!(one, tree.read(&format!("generated/three/{file}")), "{file}");
        assert!(!one.contains(tree.path("").to_str().unwrap()), "{file}");
    }
}
