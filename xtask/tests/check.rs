//! `--check` catches whatever is not as it would be generated, says what and how to mend it, and
//! changes nothing.

mod tree;

use std::fs;

use tree::{SPEC, Tree};

const COMMAND: &str = "run: cargo xtask codegen";

/// Runs the check, which must fail, change nothing, and say all of this.
#[track_caller]
fn assert_drift(tree: &Tree, says: &[&str]) {
    let before = tree.contents();
    let said = tree.check().expect_err("the check passes");
    for wanted in says {
        assert!(said.contains(wanted), "`{wanted}` is not in:\n{said}");
    }
    let mending = said.lines().filter(|line| line.ends_with(COMMAND)).count();
    assert_eq!(mending, 1, "{said}");
    assert!(tree.contents() == before, "the check has changed the tree");
}

/// Generates, after which the check passes and a second run writes nothing.
#[track_caller]
fn assert_mended(tree: &Tree) {
    if let Err(said) = tree.generate() {
        panic!("{said}");
    }
    if let Err(said) = tree.check() {
        panic!("{said}");
    }
    tree.make_old();
    let said = tree.generate().unwrap();
    assert!(said.contains("is up to date"), "{said}");
    assert_eq!(tree.written(), [""; 0]);
}

#[test]
fn a_copy_of_the_workspace_is_up_to_date() {
    let tree = Tree::copied();
    let before = tree.contents();
    let said = tree.check().unwrap();
    assert!(said.contains("generated/src is up to date"), "{said}");
    assert!(tree.contents() == before);
}

#[test]
fn an_edited_file() {
    let tree = Tree::generated();
    tree.edit(
        "generated/src/types/task.rs",
        "pub title: String",
        "pub title: Box<str>",
    );
    assert_drift(
        &tree,
        &[
            "error: generated/src does not match spec/openapi.yaml",
            "changed: generated/src/types/task.rs",
            "    -    pub title: Box<str>,",
            "    +    pub title: String,",
        ],
    );
    tree.make_old();
    let said = tree.generate().unwrap();
    assert!(
        said.contains("changed: generated/src/types/task.rs"),
        "{said}"
    );
    assert_eq!(tree.written(), ["generated/src/types/task.rs"]);
    assert_mended(&tree);
}

#[test]
fn a_deleted_file() {
    let tree = Tree::generated();
    let text = tree.read("generated/src/types/task.rs");
    tree.remove("generated/src/types/task.rs");
    assert_drift(
        &tree,
        &[
            "missing: generated/src/types/task.rs",
            "    +pub struct Task {",
        ],
    );
    tree.make_old();
    let said = tree.generate().unwrap();
    assert!(said.contains("new: generated/src/types/task.rs"), "{said}");
    assert_eq!(tree.written(), ["generated/src/types/task.rs"]);
    assert_eq!(tree.read("generated/src/types/task.rs"), text);
    assert_mended(&tree);
}

#[test]
fn all_files_deleted() {
    let tree = Tree::generated();
    let before = tree.contents();
    fs::remove_dir_all(tree.path("generated/src")).unwrap();
    assert_drift(&tree, &["missing: generated/src/lib.rs"]);
    assert_mended(&tree);
    assert!(tree.contents() == before);
}

/// One that an older description gave: it has the header, so it goes, and its folder with it.
#[test]
fn a_stale_file() {
    let tree = Tree::generated();
    let before = tree.contents();
    let text = tree.read("generated/src/types/task.rs");
    tree.write("generated/src/types/old/chore.rs", text);
    assert_drift(
        &tree,
        &["stale: generated/src/types/old/chore.rs is no longer generated"],
    );
    tree.make_old();
    let said = tree.generate().unwrap();
    assert!(
        said.contains("removed: generated/src/types/old/chore.rs"),
        "{said}"
    );
    assert_eq!(tree.written(), [""; 0]);
    assert!(tree.contents() == before);
    assert_mended(&tree);
}

/// What the generator has not written it neither deletes nor works around.
#[test]
fn a_file_of_someone_else() {
    for path in ["generated/src/types/mine.rs", "generated/src/notes.txt"] {
        let tree = Tree::generated();
        tree.write(path, "// By hand.\n");
        // Drift besides, which a run must not mend in part.
        tree.edit(
            "generated/src/types/task.rs",
            "pub title: String",
            "pub title: Box<str>",
        );
        let named = format!("error: {path} was not written by the generator");
        let before = tree.contents();
        for said in [tree.check().unwrap_err(), tree.generate().unwrap_err()] {
            assert!(said.contains(&named), "{said}");
            assert!(said.contains(COMMAND), "{said}");
            assert!(tree.contents() == before, "the tree has changed");
        }
        tree.remove(path);
        assert_mended(&tree);
    }
}

/// One that stands where a generated file belongs, without the header that makes it ours.
#[test]
fn a_generated_file_without_its_header() {
    let tree = Tree::generated();
    let text = tree.read("generated/src/types/task.rs");
    let (_, text) = text.split_once("\n\n").unwrap();
    tree.write("generated/src/types/task.rs", text);
    let before = tree.contents();
    for said in [tree.check().unwrap_err(), tree.generate().unwrap_err()] {
        let named = "error: generated/src/types/task.rs was not written by the generator";
        assert!(said.contains(named), "{said}");
        assert!(tree.contents() == before, "the tree has changed");
    }
}

/// Bytes that are no text are not taken for a generated file either.
#[test]
fn a_binary_file() {
    let tree = Tree::generated();
    tree.write("generated/src/types/task.rs", [0xff, 0x00]);
    let said = tree.check().unwrap_err();
    assert!(said.contains("generated/src/types/task.rs"), "{said}");
    tree.generate().unwrap_err();
}

#[test]
fn an_edited_description() {
    let tree = Tree::generated();
    tree.edit(SPEC, "summary: Create a task", "summary: Make a task");
    assert_drift(
        &tree,
        &[
            "changed: generated/src/operations/tasks.rs",
            "    -    /// Create a task",
            "    +    /// Make a task",
        ],
    );
    tree.make_old();
    tree.generate().unwrap();
    // The front page has the summaries too.
    let written = ["generated/src/lib.rs", "generated/src/operations/tasks.rs"];
    assert_eq!(tree.written(), written);
    assert_mended(&tree);
}

/// A schema that is renamed: one file is new, one is stale, and who names it changes.
#[test]
fn a_renamed_schema() {
    let tree = Tree::generated();
    let renamed = tree
        .read(SPEC)
        .replace("schemas/VendorId", "schemas/SupplierId");
    tree.write(SPEC, renamed.replace("    VendorId:", "    SupplierId:"));
    assert_drift(
        &tree,
        &[
            "changed: generated/src/types/create_task.rs",
            "changed: generated/src/types/mod.rs",
            "missing: generated/src/types/supplier_id.rs",
            "stale: generated/src/types/vendor_id.rs",
        ],
    );
    assert_mended(&tree);
}

/// The runtime's sources are compiled into the generator. An edit of one shows as a copy that
/// differs from it.
#[test]
fn an_edited_runtime_source() {
    let tree = Tree::generated();
    tree.edit(
        "generated/src/runtime/retry.rs",
        "pub struct RetryPolicy",
        "pub struct Policy",
    );
    assert_drift(&tree, &["changed: generated/src/runtime/retry.rs"]);
    assert_mended(&tree);
}

/// A long diff is cut, and says so; the check stays readable.
#[test]
fn a_long_diff_is_cut() {
    let tree = Tree::generated();
    let path = "generated/src/runtime/send.rs";
    let header = tree.read(path).lines().next().unwrap().to_owned();
    tree.write(path, format!("{header}\n\n{}", "// Line.\n".repeat(500)));
    assert_drift(
        &tree,
        &["changed: generated/src/runtime/send.rs", "more lines"],
    );
    assert!(tree.check().unwrap_err().lines().count() < 100);
}

/// Files beside `src` are by hand; what is there is nobody's business here.
#[test]
fn files_beside_the_sources_do_not_matter() {
    let tree = Tree::generated();
    tree.write("generated/tests/mine.rs", "// By hand.\n");
    tree.write("generated/README.md", "# By hand\n");
    tree.check().unwrap();
}

/// For another crate than the workspace's own, the command names it.
#[test]
fn the_command_names_another_crate() {
    let tree = Tree::generated();
    let mut job = tree.job();
    job.out = tree.path("elsewhere");
    xtask::codegen::run(&job).unwrap();
    tree.edit("elsewhere/src/lib.rs", "mod runtime;", "mod other;");
    job.check = true;
    let said = xtask::codegen::run(&job).unwrap_err().to_string();
    let command = format!(
        "run: cargo xtask codegen --spec {} --out {}",
        job.spec.display(),
        job.out.display()
    );
    assert!(said.contains(&command), "{said}");
}
