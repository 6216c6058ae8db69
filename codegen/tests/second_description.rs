//! A description that differs from the workspace's own in every respect: the crate compiles without a
//! warning, with its documentation and examples.

mod crates;

use std::collections::BTreeMap;

use codegen::{Options, Output};
use crates::Workspace;

const DESCRIPTION: &[u8] = include_bytes!("fixtures/petstore.yaml");
const CRATE: &str = "petstore-client";

fn generated() -> BTreeMap<String, String> {
    output().files
}

fn output() -> Output {
    let options = Options {
        mock: true,
        spec_path: "petstore.yaml".to_owned(),
        spec_name: "petstore.yaml".to_owned(),
        crate_name: CRATE.to_owned(),
        ..Options::default()
    };
    match codegen::generate(DESCRIPTION, &options) {
        Ok(output) => output,
        Err(problems) => panic!("{problems}"),
    }
}

/// One test, as the steps share what is compiled. The examples of the documentation are compiled as
/// documentation tests.
#[test]
fn the_crate_compiles_without_a_warning() {
    let mut workspace = Workspace::new("second-description");
    workspace.add(CRATE, output());
    let workspace = workspace.write();
    workspace.test();
    workspace.document();
}

/// Names that are equal in Rust's case get a number, and keep their names on the wire.
#[test]
fn names_that_collide_are_numbered() {
    let files = generated();
    for (path, line) in [
        (
            "src/types/animal.rs",
            r#""nick name" => nick_name (nullable),"#,
        ),
        (
            "src/types/animal.rs",
            r#""nick-name" => nick_name2 (optional),"#,
        ),
        (
            "src/types/animal.rs",
            r#""nickName" => nick_name3 (optional),"#,
        ),
        ("src/types/animal.rs", r#""self" => self_ (optional),"#),
        (
            "src/types/animal.rs",
            r#""2nd_name" => n2nd_name (optional),"#,
        ),
        ("src/types/kind.rs", r#"Dog = "dog","#),
        ("src/types/kind.rs", r#"Dog2 = "Dog","#),
        ("src/types/kind.rs", r#"Unknown2 = "unknown","#),
        ("src/types/mod.rs", "pub use self::method2::Method2;"),
    ] {
        let text = &files[path];
        let found = text.lines().any(|found| found.trim() == line);
        assert!(found, "`{line}` is not in {path}:\n{text}");
    }
}

/// A parameter of the operation overrides the parameter of its path with the same name and location.
#[test]
fn parameters_of_the_path_are_shared_and_overridden() {
    let files = generated();
    let options = &files["src/types/list_animals_params.rs"];
    assert_eq!(options.matches("pub limit: Option<i64>,").count(), 1);
    assert_eq!(options.matches("pub x_trace: Option<String>,").count(), 1);
    let shared = &files["src/types/n2nd_create_params.rs"];
    assert_eq!(shared.matches("pub limit: Option<i32>,").count(), 1);
}

/// JSON without a schema is `serde_json::Value`.
#[test]
fn json_without_a_schema_is_any_json() {
    let files = generated();
    let text = &files["src/operations/untagged.rs"];
    let method = "pub fn send_anything(&self, body: &serde_json::Value) -> Call<serde_json::Value>";
    assert!(text.contains(method), "{text}");
}

/// Every code block of a documentation text is closed, so that the text cannot swallow what follows it.
#[test]
fn blocks_of_code_in_prose_are_closed() {
    for (path, text) in generated() {
        if path.starts_with("src/runtime/") {
            continue;
        }
        let mut open = false;
        for line in text.lines() {
            let Some(line) = line.trim_start().strip_prefix("//") else {
                assert!(!open, "a code block is open before `{line}` in {path}");
                continue;
            };
            let line = line.trim_start_matches(['/', '!']);
            // Four spaces in, behind the one that all lines have, it would be no fence.
            let indent = line.len() - line.trim_start().len();
            if let Some(rest) = line.trim_start().strip_prefix("```")
                && !rest.contains('`')
            {
                assert!(indent < 5, "no fence to rustdoc: `{line}` in {path}");
                assert!(!open || rest.is_empty(), "opened twice: `{line}` in {path}");
                open = !open;
            }
        }
    }
}
