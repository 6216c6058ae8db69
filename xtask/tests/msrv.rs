//! The client compiles with the Rust that its manifest names, as far as that can be told without
//! that Rust: continuous integration has it, and clippy knows since when the standard library's
//! items are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

/// The two numbers of a version of Rust.
type Rust = (u32, u32);

fn rust(text: &str) -> Rust {
    let mut numbers = text
        .split('.')
        .map(|number| number.parse().expect("a number"));
    (
        numbers.next().expect("one"),
        numbers.next().unwrap_or_default(),
    )
}

/// The packages as cargo resolves them on this machine, from the lock file.
fn metadata() -> Value {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let version = String::from_utf8(version.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(xtask::workspace())
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--all-features", "--filter-platform", host.expect("a host")])
        .output()
        .expect("cargo runs, as it runs this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect("a list")
}

/// All that a package needs, for its examples and tests too, itself included.
fn needed<'a>(metadata: &'a Value, name: &str) -> BTreeSet<&'a str> {
    let members = list(metadata, "packages")
        .iter()
        .filter(|package| package["source"].is_null());
    let start = members.filter(|package| text(package, "name") == name);
    let start: Vec<_> = start.map(|package| text(package, "id")).collect();
    let nodes = list(&metadata["resolve"], "nodes").iter();
    let nodes: BTreeMap<_, _> = nodes.map(|node| (text(node, "id"), node)).collect();
    let (mut needed, mut open) = (BTreeSet::new(), start);
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            open.extend(
                list(nodes[id], "deps")
                    .iter()
                    .map(|dependency| text(dependency, "pkg")),
            );
        }
    }
    needed
}

#[test]
fn no_package_wants_a_newer_rust() {
    let metadata = metadata();
    let packages = list(&metadata, "packages").iter();
    let packages: BTreeMap<_, _> = packages
        .map(|package| (text(package, "id"), package))
        .collect();
    for name in ["comp-ai-client", "codegen", "xtask"] {
        let needed = needed(&metadata, name);
        assert!(needed.len() > 10, "{name} needs more");
        let own = needed.iter().map(|id| packages[id]);
        let own = own.filter(|package| text(package, "name") == name);
        let own: Vec<_> = own.map(|package| text(package, "rust_version")).collect();
        for package in needed.iter().map(|id| packages[id]) {
            let wanted = package["rust_version"].as_str().unwrap_or("1.0");
            assert!(
                rust(wanted) <= rust(own[0]),
                "{name} is for Rust {}, and {} {} wants {wanted}",
                own[0],
                text(package, "name"),
                text(package, "version"),
            );
        }
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Whether there is an `if let .. && let ..`.
fn has_let_chain(tokens: TokenStream) -> bool {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_and = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '&');
    let is_let = |token: &TokenTree| matches!(token, TokenTree::Ident(it) if it == "let");
    tokens
        .windows(3)
        .any(|three| is_and(&three[0]) && is_and(&three[1]) && is_let(&three[2]))
        || tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => has_let_chain(group.stream()),
            _ => false,
        })
}

/// They are of Rust 1.88, and no lint knows.
#[test]
fn the_client_has_no_let_chains() {
    let workspace = xtask::workspace();
    let mut files = Vec::new();
    for folder in ["generated/src", "generated/examples"] {
        rust_files(&workspace.join(folder), &mut files);
    }
    assert!(files.len() > 40, "the files are found");
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let tokens: TokenStream = text.parse().expect("Rust");
        assert!(!has_let_chain(tokens), "{} has a let chain", file.display());
    }
}

/// The toolchains in the workflow, and in the page for users, are those of the manifests.
#[test]
fn the_rust_that_is_named_elsewhere_is_the_same() {
    let workspace = xtask::workspace();
    let read = |path: &str| fs::read_to_string(workspace.join(path)).expect("a file");
    let named = |path: &str| {
        let manifest: toml::Table = read(path).parse().expect("TOML");
        manifest["package"]["rust-version"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let (client, tools) = (named("generated/Cargo.toml"), named("xtask/Cargo.toml"));
    assert_eq!(tools, named("codegen/Cargo.toml"));
    assert!(read("generated/README.md").contains(&format!("Rust {client}")));
    let workflow = read(".github/workflows/ci.yml");
    for set in [
        format!("rust: [\"{client}\"]"),
        format!("rust: \"{tools}\""),
    ] {
        assert!(workflow.contains(&set), "the workflow has no `{set}`");
    }
}
