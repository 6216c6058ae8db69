//! Diagnostics: warnings, JSON output, skipped operations and explanations.

mod tree;

use std::process::{Command, Output};

use tree::Tree;

/// One operation without an id, and one with an unsupported body.
const TWO: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      responses:
        '204': {description: Done}
    post:
      operationId: makeThing
      parameters:
        - {name: a b, in: cookie, schema: {type: string}}
      responses:
        '204': {description: Done}
";

const CODEGEN: [&str; 5] = ["codegen", "--spec", "spec.yaml", "--out", "things"];

fn tree(spec: &str) -> Tree {
    let tree = Tree::empty();
    tree.write("spec.yaml", spec);
    tree
}

fn run(tree: &Tree, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(tree.path(""))
        .args(CODEGEN)
        .args(more)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The description without the unsupported operation.
fn only_warning() -> String {
    TWO.split("    post:").next().unwrap().to_owned()
}

#[test]
fn a_warning_does_not_fail_the_run() {
    let tree = tree(&only_warning());
    let output = run(&tree, &[]);
    assert_eq!(output.status.code(), Some(0));
    let message = text(&output.stderr);
    assert!(message.starts_with("warning[W0003]: "), "{message}");
    assert!(message.contains("--> spec.yaml:5:5"), "{message}");
    assert!(message.ends_with("1 warning in spec.yaml\n"), "{message}");
    assert!(
        tree.read("things/src/operations/untagged.rs")
            .contains("pub fn get_things")
    );
}

#[test]
fn a_denied_warning_fails_the_run() {
    let tree = tree(&only_warning());
    let before = tree.contents();
    let output = run(&tree, &["--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let message = text(&output.stderr);
    assert!(message.starts_with("error[W0003]: "), "{message}");
    assert!(tree.contents() == before, "something was written");
}

#[test]
fn an_unsupported_operation_fails_the_run_or_is_skipped() {
    let tree = tree(TWO);
    let before = tree.contents();
    let output = run(&tree, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[E0028]: "));
    assert!(tree.contents() == before, "something was written");

    let output = run(&tree, &["--keep-going"]);
    assert_eq!(output.status.code(), Some(0));
    let message = text(&output.stderr);
    assert!(
        message.contains("warning[E0028]: the cookie parameter `a b`"),
        "{message}"
    );
    let done = text(&output.stdout);
    assert!(
        done.ends_with("operations: 2 in = 1 out + 1 left out\nleft out: makeThing (E0028)\n"),
        "{done}"
    );
    let methods = tree.read("things/src/operations/untagged.rs");
    assert!(methods.contains("pub fn get_things"), "{methods}");
    assert!(!methods.contains("make_thing"), "{methods}");
}

#[test]
fn json_output_has_one_object_per_line() {
    let tree = tree(TWO);
    let output = run(&tree, &["--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "");
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    for part in [
        r#""code":"W0003""#,
        r#""severity":"warning""#,
        r#""file":"spec.yaml""#,
        r#""line":5"#,
        r#""column":5"#,
        r#""end_column":8"#,
        r#""message":""#,
        r#""label":""#,
        r#""help":""#,
    ] {
        assert!(lines[0].contains(part), "{part} is not in {}", lines[0]);
    }
    assert!(lines[1].contains(r#""code":"E0028","#), "{}", lines[1]);
}

#[test]
fn a_code_is_explained() {
    let tree = Tree::empty();
    let explain = |code: &str| {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(tree.path(""))
            .args(["codegen", "--explain", code])
            .output()
            .unwrap()
    };
    let output = explain("e0001");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("# E0001: invalid YAML or JSON\n"));
    let output = explain("E9999");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("unknown diagnostic code `E9999`"));
}

#[test]
fn only_the_selected_operations_are_generated() {
    let tree = tree(TWO);
    let before = tree.contents();
    let output = run(&tree, &["--only", "nothingOfTheKind"]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.contains("error[E0032]: `nothingOfTheKind` is not a tag"),
        "{message}"
    );
    assert!(tree.contents() == before, "something was written");
    let output = run(&tree, &["--only", "get /things"]);
    assert_eq!(output.status.code(), Some(0));
    let done = text(&output.stdout);
    let counts = "operations: 2 in = 1 out + 1 left out\n";
    assert!(done.ends_with(counts), "{done}");
    let operations = tree.read("things/src/operations/untagged.rs");
    assert!(operations.contains("fn get_things"), "{operations}");
    assert!(!operations.contains("make_thing"), "{operations}");

    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--only", "a"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`--only` needs `--spec` and `--out`"));
}
