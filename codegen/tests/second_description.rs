//! A description of another shape than the workspace's own gives a crate that compiles without a
//! warning, documentation and examples included.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Options, Output};

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

/// Writes the crate, alone in a workspace of its own, with the lock file of this workspace: all
/// that it depends on is there already, so that cargo needs no network.
fn write_crate(folder: &Path) {
    // What an earlier run has left must not help this one.
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    let output = output();
    let manifest = output.requirements.template(CRATE);
    for (path, text) in output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let manifest = format!("{manifest}\n[workspace]\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
}

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(folder)
        .args(arguments)
        .args(["--offline", "--quiet"])
        // No TLS, which takes longest to compile, and the half that has methods too.
        .args(["--no-default-features", "--features", "blocking,mock"])
        // Of the crate alone: cargo caps the lints of what it depends on.
        .args(["--config", "build.rustflags=['-Dwarnings']"])
        .args(["--config", "build.rustdocflags=['-Dwarnings']"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTDOCFLAGS")
        .output()
        .expect("cargo runs, as it runs this test");
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{}{}\n(`cargo fetch` gets packages that are not there)",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

/// One test, as the steps share the folder and what is compiled in it.
#[test]
fn the_crate_compiles_without_a_warning() {
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join(CRATE);
    let target = temporary.join("../generated-crates");
    write_crate(&folder);
    cargo(&folder, &target, &["check"]);
    cargo(&folder, &target, &["doc", "--no-deps"]);
    // The examples are marked `no_run`: this compiles them.
    cargo(&folder, &target, &["test", "--doc"]);
}

/// What is equal in Rust's case gets a number, and keeps its name on the wire.
#[test]
fn names_that_collide_stay_apart() {
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

/// A parameter of the operation takes the place of the one of the path; the others stay.
#[test]
fn parameters_of_the_path_are_shared_and_overridden() {
    let files = generated();
    let options = &files["src/types/list_animals_params.rs"];
    assert_eq!(options.matches("pub limit: Option<i64>,").count(), 1);
    assert_eq!(options.matches("pub x_trace: Option<String>,").count(), 1);
    let shared = &files["src/types/n2nd_create_params.rs"];
    assert_eq!(shared.matches("pub limit: Option<i32>,").count(), 1);
}

/// A media type without a schema is one of any JSON, which is sent and decoded.
#[test]
fn json_without_a_schema_is_any_json() {
    let files = generated();
    let text = &files["src/operations/untagged.rs"];
    let method = "pub fn send_anything(&self, body: &serde_json::Value) -> Call<serde_json::Value>";
    assert!(text.contains(method), "{text}");
}

/// Prose of the description never swallows what follows it: each block of code is closed.
#[test]
fn blocks_of_code_in_prose_are_closed() {
    for (path, text) in generated() {
        if path.starts_with("src/runtime/") {
            continue;
        }
        let mut open = false;
        for line in text.lines() {
            let Some(line) = line.trim_start().strip_prefix("//") else {
                assert!(!open, "a block of code is open before `{line}` in {path}");
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
