//! The staging folder and the lock in it: runs at the same time, and what a killed run leaves behind.

mod tree;

use std::fs::{self, File};
use std::process::{Command, Stdio};

use tree::{SPEC, Tree};

/// The tree may be half-written while another run has the lock, so it is not compared.
#[test]
fn nothing_is_compared_while_another_run_has_the_lock() {
    let tree = Tree::generated();
    tree.write("generated/.codegen/lock", "");
    let lock = File::open(tree.path("generated/.codegen/lock")).unwrap();
    lock.try_lock().unwrap();
    let message = tree.generate().unwrap_err();
    assert!(message.contains("another run is writing"), "{message}");
    drop(lock);
    tree.generate().unwrap();
}

/// Whichever run wins, the files are those of one description.
#[test]
fn two_runs_at_once_leave_the_files_of_one_of_them() {
    let tree = Tree::generated();
    let text = tree.read(SPEC);
    let specs = ["one.yaml", "two.yaml"];
    for spec in specs {
        let changed = text.replace("Create a task", &format!("Create a task of {spec}"));
        tree.write(spec, changed.replace("TaskId", "TaskKey"));
    }
    let arguments = |spec| ["codegen", "--spec", spec, "--out", "generated"];
    let xtask = |spec, check: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(tree.path("")).args(arguments(spec));
        command
            .args(check)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().unwrap()
    };
    for _ in 0..3 {
        let runs = specs.map(|spec| xtask(spec, None));
        let done = runs.map(|mut run| run.wait().unwrap().success());
        assert!(done.contains(&true));
        let up_to_date = specs.map(|spec| xtask(spec, Some("--check")).wait().unwrap().success());
        assert!(up_to_date.contains(&true));
    }
}

/// A manifest that appears during a first run belongs to another run.
#[cfg(unix)]
#[test]
fn a_manifest_that_is_no_file_is_left_alone() {
    let tree = Tree::generated();
    tree.remove("generated/Cargo.toml");
    std::os::unix::fs::symlink("nowhere", tree.path("generated/Cargo.toml")).unwrap();
    let message = tree.generate().unwrap_err();
    assert!(
        message.contains("Cargo.toml was not written by"),
        "{message}"
    );
    fs::symlink_metadata(tree.path("generated/Cargo.toml")).unwrap();
}

#[test]
fn a_run_that_changes_nothing_removes_what_a_killed_run_left() {
    let tree = Tree::generated();
    tree.write("generated/.codegen/lock", "");
    tree.write("generated/.codegen/new/src/lib.rs", "half of a fi");
    tree.generate().unwrap();
    assert!(!tree.path("generated/.codegen").exists());
}

/// A run that is killed between two renames leaves one file missing and one new.
#[test]
fn the_next_run_completes_what_a_killed_run_began() {
    let tree = Tree::generated();
    let complete = tree.contents();
    fs::create_dir_all(tree.path("generated/.codegen/old")).unwrap();
    let moved = tree.path("generated/.codegen/old/0");
    fs::rename(tree.path("generated/src/lib.rs"), moved).unwrap();
    tree.generate().unwrap();
    assert!(tree.contents() == complete);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_place_of_a_folder_is_refused() {
    for folder in [".codegen", "src"] {
        let tree = Tree::generated();
        tree.write("elsewhere/new/notes", "By hand.\n");
        tree.write("elsewhere/lock", "By hand, too.\n");
        tree.edit(SPEC, "summary: Create a task", "summary: Make a task");
        let path = tree.path(&format!("generated/{folder}"));
        // The target of `src` has the files of a crate, which a run would replace.
        let _ = fs::rename(&path, tree.path("elsewhere/src"));
        let target = match folder {
            "src" => "../elsewhere/src",
            _ => "../elsewhere",
        };
        std::os::unix::fs::symlink(target, &path).unwrap();
        let before = tree.contents();
        let message = tree.generate().unwrap_err();
        let expected = format!("{folder} is not a folder; delete it");
        assert!(message.contains(&expected), "{message}");
        assert!(tree.contents() == before);
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_the_staging_folder_are_not_followed() {
    let tree = Tree::generated();
    tree.write("elsewhere/notes", "By hand.\n");
    tree.edit(SPEC, "summary: Create a task", "summary: Make a task");
    fs::create_dir(tree.path("generated/.codegen")).unwrap();
    let link = |to, path| std::os::unix::fs::symlink(to, tree.path(path)).unwrap();
    link("../../elsewhere/notes", "generated/.codegen/lock");
    let message = tree.generate().unwrap_err();
    assert!(
        message.contains("lock is not a file; delete it"),
        "{message}"
    );
    fs::remove_file(tree.path("generated/.codegen/lock")).unwrap();
    link("../../elsewhere", "generated/.codegen/new");
    link("../../elsewhere", "generated/.codegen/old");
    tree.generate().unwrap();
    assert_eq!(tree.read("elsewhere/notes"), "By hand.\n");
}
