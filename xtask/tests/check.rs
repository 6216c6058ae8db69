//! `--check` reports every file that is out of date and the command that updates it, and changes
//! nothing.

mod tree;

use std::fs;

use tree::{SPEC, Tree};

const COMMAND: &str = "run: cargo xtask codegen";

/// Asserts that the check fails with these texts and changes nothing.
#[track_caller]
fn assert_out_of_date(tree: &Tree, texts: &[&str]) {
    let before = tree.contents();
    let message = tree.check().expect_err("the check passes");
    for wanted in texts {
        assert!(message.contains(wanted), "`{wanted}` is not in:\n{message}");
    }
    let commands = message
        .lines()
        .filter(|line| line.ends_with(COMMAND))
        .count();
    assert_eq!(commands, 1, "{message}");
    assert!(tree.contents() == before, "the check has changed the tree");
}

/// Asserts that the generator brings the crate up to date: the check passes, and a second run
/// writes nothing.
#[track_caller]
fn assert_generates(tree: &Tree) {
    if let Err(message) = tree.generate() {
        panic!("{message}");
    }
    if let Err(message) = tree.check() {
        panic!("{message}");
    }
    tree.make_old();
    let message = tree.generate().unwrap();
    assert!(message.contains("is up to date"), "{message}");
    assert_eq!(tree.written(), [""; 0]);
}

#[test]
fn a_copy_of_the_workspace_is_up_to_date() {
    let tree = Tree::copied();
    let before = tree.contents();
    let message = tree.check().unwrap();
    assert!(message.contains("generated/src is up to date"), "{message}");
    assert!(tree.contents() == before);
}

#[test]
fn an_edited_file_is_restored() {
    let tree = Tree::generated();
    tree.edit(
        "generated/src/types/task.rs",
        "pub title: String",
        "pub title: Box<str>",
    );
    assert_out_of_date(
        &tree,
        &[
            "error: generated/src does not match spec/openapi.yaml",
            "changed: generated/src/types/task.rs",
            "    -    pub title: Box<str>,",
            "    +    pub title: String,",
        ],
    );
    tree.make_old();
    let message = tree.generate().unwrap();
    assert!(
        message.contains("changed: generated/src/types/task.rs"),
        "{message}"
    );
    assert_eq!(tree.written(), ["generated/src/types/task.rs"]);
    assert_generates(&tree);
}

#[test]
fn a_deleted_file_is_restored() {
    let tree = Tree::generated();
    let text = tree.read("generated/src/types/task.rs");
    tree.remove("generated/src/types/task.rs");
    assert_out_of_date(
        &tree,
        &[
            "missing: generated/src/types/task.rs",
            "    +pub struct Task {",
        ],
    );
    tree.make_old();
    let message = tree.generate().unwrap();
    assert!(
        message.contains("new: generated/src/types/task.rs"),
        "{message}"
    );
    assert_eq!(tree.written(), ["generated/src/types/task.rs"]);
    assert_eq!(tree.read("generated/src/types/task.rs"), text);
    assert_generates(&tree);
}

#[test]
fn a_deleted_folder_is_restored() {
    let tree = Tree::generated();
    let before = tree.contents();
    fs::remove_dir_all(tree.path("generated/src")).unwrap();
    assert_out_of_date(&tree, &["missing: generated/src/lib.rs"]);
    assert_generates(&tree);
    assert!(tree.contents() == before);
}

/// A file with the header that is no longer generated is removed, with its empty folder.
#[test]
fn a_stale_file_is_removed() {
    let tree = Tree::generated();
    let before = tree.contents();
    let text = tree.read("generated/src/types/task.rs");
    tree.write("generated/src/types/old/chore.rs", text);
    assert_out_of_date(
        &tree,
        &["stale: generated/src/types/old/chore.rs is no longer generated"],
    );
    tree.make_old();
    let message = tree.generate().unwrap();
    assert!(
        message.contains("removed: generated/src/types/old/chore.rs"),
        "{message}"
    );
    assert_eq!(tree.written(), [""; 0]);
    assert!(tree.contents() == before);
    assert_generates(&tree);
}

/// The generator neither deletes nor ignores a file that it did not write.
#[test]
fn a_foreign_file_fails_the_run() {
    for path in ["generated/src/types/mine.rs", "generated/src/notes.txt"] {
        let tree = Tree::generated();
        tree.write(path, "// By hand.\n");
        // Another file is out of date; the failing run must not update it.
        tree.edit(
            "generated/src/types/task.rs",
            "pub title: String",
            "pub title: Box<str>",
        );
        let named = format!("error: {path} was not written by the generator");
        let before = tree.contents();
        for message in [tree.check().unwrap_err(), tree.generate().unwrap_err()] {
            assert!(message.contains(&named), "{message}");
            assert!(message.contains(COMMAND), "{message}");
            assert!(tree.contents() == before, "the tree has changed");
        }
        tree.remove(path);
        assert_generates(&tree);
    }
}

/// A file in the place of a generated one, without the header, is foreign.
#[test]
fn a_file_without_the_header_is_not_overwritten() {
    let tree = Tree::generated();
    let text = tree.read("generated/src/types/task.rs");
    let (_, text) = text.split_once("\n\n").unwrap();
    tree.write("generated/src/types/task.rs", text);
    let before = tree.contents();
    for message in [tree.check().unwrap_err(), tree.generate().unwrap_err()] {
        let named = "error: generated/src/types/task.rs was not written by the generator";
        assert!(message.contains(named), "{message}");
        assert!(tree.contents() == before, "the tree has changed");
    }
}

/// A binary file is foreign too.
#[test]
fn a_binary_file_is_not_overwritten() {
    let tree = Tree::generated();
    tree.write("generated/src/types/task.rs", [0xff, 0x00]);
    let message = tree.check().unwrap_err();
    assert!(message.contains("generated/src/types/task.rs"), "{message}");
    tree.generate().unwrap_err();
}

#[test]
fn an_edited_description_changes_the_files_that_depend_on_it() {
    let tree = Tree::generated();
    tree.edit(SPEC, "summary: Create a task", "summary: Make a task");
    assert_out_of_date(
        &tree,
        &[
            "changed: generated/src/operations/tasks.rs",
            "    -    /// Create a task",
            "    +    /// Make a task",
        ],
    );
    tree.make_old();
    tree.generate().unwrap();
    // The crate documentation lists the summaries too.
    let written = ["generated/src/lib.rs", "generated/src/operations/tasks.rs"];
    assert_eq!(tree.written(), written);
    assert_generates(&tree);
}

/// A renamed schema gives a new file, a stale file, and changes in the files that use it.
#[test]
fn a_renamed_schema_renames_its_file() {
    let tree = Tree::generated();
    let renamed = tree
        .read(SPEC)
        .replace("schemas/VendorId", "schemas/SupplierId");
    tree.write(SPEC, renamed.replace("    VendorId:", "    SupplierId:"));
    assert_out_of_date(
        &tree,
        &[
            "changed: generated/src/types/create_task.rs",
            "changed: generated/src/types/mod.rs",
            "missing: generated/src/types/supplier_id.rs",
            "stale: generated/src/types/vendor_id.rs",
        ],
    );
    assert_generates(&tree);
}

/// The runtime is copied into the crate; an edited copy is out of date.
#[test]
fn an_edited_runtime_file_is_restored() {
    let tree = Tree::generated();
    tree.edit(
        "generated/src/runtime/retry.rs",
        "pub struct RetryPolicy",
        "pub struct Policy",
    );
    assert_out_of_date(&tree, &["changed: generated/src/runtime/retry.rs"]);
    assert_generates(&tree);
}

/// A long diff is cut, with a note.
#[test]
fn a_long_diff_is_cut() {
    let tree = Tree::generated();
    let path = "generated/src/runtime/send.rs";
    let header = tree.read(path).lines().next().unwrap().to_owned();
    tree.write(path, format!("{header}\n\n{}", "// Line.\n".repeat(500)));
    assert_out_of_date(
        &tree,
        &["changed: generated/src/runtime/send.rs", "more lines"],
    );
    assert!(tree.check().unwrap_err().lines().count() < 100);
}

/// Files outside `src` are written by hand and are not checked.
#[test]
fn files_beside_the_sources_do_not_matter() {
    let tree = Tree::generated();
    tree.write("generated/tests/mine.rs", "// By hand.\n");
    tree.write("generated/README.md", "# By hand\n");
    tree.check().unwrap();
}

/// For a crate outside the workspace, the command names its description and folder.
#[test]
fn the_command_names_another_crate() {
    let tree = Tree::generated();
    let mut job = tree.job();
    job.out = tree.path("elsewhere");
    xtask::codegen::run(&job).unwrap();
    tree.edit("elsewhere/src/lib.rs", "mod runtime;", "mod other;");
    job.check = true;
    let message = xtask::codegen::run(&job).unwrap_err().to_string();
    let command = format!(
        "run: cargo xtask codegen --spec {} --out {}",
        job.spec.display(),
        job.out.display()
    );
    assert!(message.contains(&command), "{message}");
}
