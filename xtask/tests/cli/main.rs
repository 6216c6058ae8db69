//! The command line: arguments, output streams and exit statuses.

mod crates;
#[path = "../tree/mod.rs"]
mod tree;

use std::process::{Command, Output};

use tree::Tree;

const SMALL: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema: {type: array, items: {type: string}}
";

/// Runs the program in the tree's folder.
fn run(tree: &Tree, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(tree.path(""))
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs a command that succeeds without a message on standard error; returns its output.
#[track_caller]
fn succeed(tree: &Tree, arguments: &[&str]) -> String {
    let output = run(tree, arguments);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    assert_eq!(errors, "");
    text(&output.stdout)
}

/// Runs a command that fails and leaves the tree unchanged; returns its message.
#[track_caller]
fn fail(tree: &Tree, arguments: &[&str], status: i32) -> String {
    let before = tree.contents();
    let output = run(tree, arguments);
    let message = text(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(status),
        "{arguments:?}: {message}"
    );
    assert_eq!(text(&output.stdout), "", "{arguments:?}");
    assert!(message.starts_with("error"), "{message}");
    assert!(tree.contents() == before, "{arguments:?} changed the tree");
    message
}

/// A tree with a small description and the crate generated from it.
fn with_crate() -> Tree {
    let tree = Tree::empty();
    tree.write("spec.yaml", SMALL);
    succeed(
        &tree,
        &["codegen", "--spec", "spec.yaml", "--out", "things"],
    );
    tree
}

const CODEGEN: [&str; 5] = ["codegen", "--spec", "spec.yaml", "--out", "things"];

#[test]
fn every_command_prints_its_help() {
    let tree = Tree::empty();
    let all = succeed(&tree, &[]);
    assert!(all.starts_with("Usage: cargo xtask COMMAND"), "{all}");
    assert_eq!(succeed(&tree, &["--help"]), all);
    assert_eq!(succeed(&tree, &["-h"]), all);
    let commands: [(&str, &[&str]); 3] = [
        (
            "codegen",
            &[
                "--check",
                "--base",
                "--deny",
                "--keep-going",
                "--only",
                "--message-format",
                "--explain",
                "--spec",
                "--out",
                "--name",
            ],
        ),
        ("upstream", &["FILE", "--spec", "x-client-departures"]),
        ("ci", &[".ci/run"]),
    ];
    for (command, options) in commands {
        assert!(all.contains(&format!("\n  {command}")), "{all}");
        let message = succeed(&tree, &[command, "--help"]);
        assert!(
            message.starts_with(&format!("Usage: cargo xtask {command}")),
            "{message}"
        );
        assert!(message.contains("Exit status: "), "{message}");
        for flag in [options, &["--help"]].concat() {
            assert!(message.contains(flag), "{flag} is not in:\n{message}");
        }
        assert_eq!(succeed(&tree, &[command, "-h"]), message);
    }
    succeed(&tree, &["codegen", "--check", "-h"]);
}

#[test]
fn invalid_arguments_are_usage_errors() {
    let tree = Tree::empty();
    let wrong: [(&[&str], &str); 21] = [
        (&["upstream"], "the vendor's document is missing"),
        (&["upstream", "a", "b"], "b"),
        (&["upstream", "--check", "a"], "'--check'"),
        (&["ci", "fast"], "fast"),
        (&["ci", "--fast"], "'--fast'"),
        (&["codegen", "--base"], "--base"),
        (&["build"], "unknown command `build`"),
        (&["--check"], "'--check'"),
        (&["codegen", "--chekc"], "'--chekc'"),
        (&["codegen", "-c"], "'-c'"),
        (&["codegen", "more"], "more"),
        (&["codegen", "codegen"], "codegen"),
        (&["codegen", "--check=yes"], "--check"),
        (&["codegen", "--spec", "a"], "`--spec` needs `--out`"),
        (&["codegen", "--out", "a"], "`--out` needs `--spec`"),
        (&["codegen", "--spec"], "--spec"),
        (&["codegen", "--name", "a"], "`--name` needs"),
        (
            &["codegen", "--spec", "a", "--spec", "b", "--out", "c"],
            "`--spec` is given twice",
        ),
        (
            &["codegen", "--spec", "a", "--out", "b", "--out", "c"],
            "`--out` is given twice",
        ),
        (
            &["codegen", "--name", "a", "--name", "b"],
            "`--name` is given twice",
        ),
        (
            &["codegen", "--check", "--check"],
            "`--check` is given twice",
        ),
    ];
    for (arguments, expected) in wrong {
        let message = fail(&tree, arguments, 2);
        assert!(
            message.contains(expected),
            "`{expected}` is not in:\n{message}"
        );
        assert!(message.contains("Usage: "), "{message}");
    }
}

#[test]
fn invalid_crate_names_are_rejected() {
    let tree = Tree::empty();
    tree.write("spec.yaml", SMALL);
    for name in ["", "1st", "-a", "a b", "a/b", "größe", "a\"b"] {
        let message = fail(&tree, &[&CODEGEN[..], &["--name", name]].concat(), 2);
        assert!(message.contains("`--name` takes a crate name"), "{message}");
    }
}

#[test]
fn documents_that_are_not_openapi_3_are_rejected() {
    let cases: [(&[u8], &[&str]); 8] = [
        (b"", &["spec.yaml:1:1", "empty"]),
        (b"# Nothing yet.\n", &["spec.yaml:1:1", "empty"]),
        (
            b"openapi: 3.0.3\ninfo: {title: \xff}\n",
            &["spec.yaml:2:15", "not valid UTF-8"],
        ),
        (
            b"openapi: 3.0.3\ninfo: {title: [}\n",
            &["spec.yaml:2:15", "not valid YAML"],
        ),
        (b"swagger: '2.0'\n", &["spec.yaml:1:1", "Swagger 2.0"]),
        (
            b"openapi: 4.0.0\ninfo: {}\n",
            &["spec.yaml:1:10", "OpenAPI 4.0.0"],
        ),
        (b"title: Things\n", &["spec.yaml:1:1", "no `openapi` key"]),
        (
            b"- openapi\n",
            &["spec.yaml:1:1", "not an OpenAPI document"],
        ),
    ];
    for (bytes, expected) in cases {
        let tree = Tree::empty();
        tree.write("spec.yaml", bytes);
        for arguments in [&CODEGEN[..], &[&CODEGEN[..], &["--check"]].concat()] {
            let message = fail(&tree, arguments, 1);
            for wanted in expected {
                assert!(message.contains(wanted), "`{wanted}` is not in:\n{message}");
            }
        }
    }
}

#[test]
fn an_unreadable_description_is_reported() {
    let tree = Tree::empty();
    let message = fail(&tree, &CODEGEN, 1);
    assert!(message.contains("cannot read spec.yaml"), "{message}");
    tree.write("spec.yaml/file", "");
    let message = fail(&tree, &CODEGEN, 1);
    assert!(message.contains("cannot read spec.yaml"), "{message}");
}

#[test]
fn an_error_is_shown_with_its_line() {
    let tree = Tree::empty();
    tree.write("spec.yaml", SMALL.replace("type: array", "type: aray"));
    let message = fail(&tree, &CODEGEN, 1);
    assert!(message.contains("--> spec.yaml:12:30"), "{message}");
    assert!(
        message.contains("12 |               schema: {type: aray,"),
        "{message}"
    );
    assert!(
        message.contains("`aray` is not a value that OpenAPI defines here"),
        "{message}"
    );
    let end = "1 error in spec.yaml\nnote: `--keep-going` leaves no operation\n";
    assert!(message.ends_with(end), "{message}");
}

/// Runs in the root of the workspace, and returns the exit status of `.ci/run`.
#[test]
fn ci_runs_the_script() {
    let tree = Tree::empty();
    for status in [0, 7] {
        tree.write(".ci/run", format!("echo $PWD >&2\nexit {status}\n"));
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .env("CARGO_MANIFEST_DIR", tree.path("xtask"))
            .arg("ci")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(status));
        let folder = text(&output.stderr);
        let folder = std::path::Path::new(folder.trim())
            .file_name()
            .unwrap()
            .to_owned();
        assert_eq!(
            Some(folder.as_os_str()),
            tree.path("")
                .components()
                .next_back()
                .map(|part| part.as_os_str())
        );
    }
}

/// Succeeds if the documents agree; otherwise fails and shows each difference in both documents.
#[test]
fn upstream_reports_differences() {
    let tree = Tree::empty();
    tree.write("spec.yaml", SMALL);
    tree.write("vendor.yaml", SMALL.replace("listThings", "Things.list"));
    let arguments = ["upstream", "--spec", "spec.yaml", "vendor.yaml"];
    assert_eq!(
        succeed(&tree, &arguments),
        "spec.yaml agrees with vendor.yaml in 1 operation; 0 departures are declared\n"
    );
    tree.write("vendor.yaml", SMALL.replace("type: string", "type: number"));
    let message = fail(&tree, &arguments, 1);
    for wanted in [
        "spec.yaml:12:45",
        "vendor.yaml:12:45",
        "1 difference between",
    ] {
        assert!(message.contains(wanted), "{wanted} is not in:\n{message}");
    }
    tree.remove("vendor.yaml");
    let message = fail(&tree, &arguments, 1);
    assert!(message.contains("cannot read vendor.yaml"), "{message}");
}

/// Without `--spec`, compares the description of this workspace.
#[test]
fn upstream_compares_the_own_description_by_default() {
    let tree = Tree::empty();
    let description =
        std::fs::read_to_string(xtask::workspace().join("spec/openapi.yaml")).unwrap();
    tree.write("vendor.yaml", description);
    let message = fail(&tree, &["upstream", "vendor.yaml"], 1);
    // A document does not depart from itself.
    assert!(
        message.contains("this departure no longer applies: `enum` is the same upstream"),
        "{message}"
    );
    assert!(message.contains("--> spec/openapi.yaml:"), "{message}");
}
