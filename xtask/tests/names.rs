//! Names of files and folders that are unusual, and what becomes of them.

mod tree;

use std::process::Command;

use tree::{SPEC, Tree};

/// Runs the program in the tree's folder; returns its status and its messages.
fn run(tree: &Tree, spec: &str, out: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(tree.path(""));
    command.args(["codegen", "--spec", spec, "--out", out]);
    let output = command.output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), message)
}

fn with_description(name: &str) -> Tree {
    let tree = Tree::empty();
    tree.write(name, include_str!("tree/openapi.yaml"));
    tree
}

#[test]
fn the_name_of_a_crate_is_made_of_the_words_of_its_folder() {
    let tree = with_description(SPEC);
    for (folder, expected) in [
        ("my.api", "my-api"),
        ("My api (v2)", "My-api-v2"),
        ("a--b_c", "a--b_c"),
    ] {
        assert_eq!(run(&tree, SPEC, folder), (true, String::new()), "{folder}");
        let manifest = tree.read(&format!("{folder}/Cargo.toml"));
        let name = format!("name = \"{expected}\"\n");
        assert!(manifest.contains(&name), "{manifest}");
    }
    for folder in ["2.api", "...a/..", "é"] {
        let (is_success, message) = run(&tree, SPEC, folder);
        assert!(!is_success, "{folder}");
        assert!(
            message.contains("pass the crate's name with `--name`"),
            "{message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_line_end_in_the_name_of_the_description_is_escaped() {
    let name = "a\nfn injected() {}\u{202e}\r.yaml";
    let tree = with_description(name);
    assert_eq!(run(&tree, name, "made"), (true, String::new()));
    let text = tree.read("made/src/lib.rs");
    let header = text.lines().next().unwrap();
    assert!(
        header.contains(r"a\nfn injected() {}\u{202e}\r.yaml. Do not edit."),
        "{header}"
    );
    assert!(!text.contains("\nfn injected"), "{text}");
}

/// Other systems allow no such name.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_a_name_as_any_other() {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;

    let tree = with_description(SPEC);
    assert_eq!(run(&tree, SPEC, "made"), (true, String::new()));
    let file = tree.path("made/src").join(OsStr::from_bytes(b"old\xff.rs"));
    // Generated once, and now stale.
    fs::copy(tree.path("made/src/client.rs"), &file).unwrap();
    assert_eq!(run(&tree, SPEC, "made"), (true, String::new()));
    assert!(!file.exists());
    fs::write(&file, "By hand.\n").unwrap();
    let (is_success, message) = run(&tree, SPEC, "made");
    assert!(!is_success);
    assert!(
        message.contains(r"made/src/old\xFF.rs was not written by"),
        "{message}"
    );
    assert!(file.exists());
}

/// As with `cargo xtask codegen --help | head`, which reads nothing more than it prints.
#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    for arguments in [["codegen", "--help"], ["codegen", "--explain=E0001"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.args(arguments).stdout(writer).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), message.as_str()), (Some(0), ""));
    }
}
