//! The minimum Rust versions in the manifests are true, as far as this can be checked without those
//! compilers. Continuous integration uses the compilers, and clippy knows which version added each
//! item of the standard library.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;

/// Major and minor version of Rust.
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

/// The packages that cargo resolves for this machine, from the lock file.
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
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect("a list")
}

/// The ids of a package and of all its dependencies, including those of its examples and tests.
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
fn no_dependency_needs_a_newer_rust() {
    let metadata = metadata();
    let packages = list(&metadata, "packages").iter();
    let packages: BTreeMap<_, _> = packages
        .map(|package| (text(package, "id"), package))
        .collect();
    for name in ["comp-ai-client", "codegen", "xtask"] {
        let needed = needed(&metadata, name);
        assert!(needed.len() > 10, "the dependencies of {name} are found");
        let own = needed.iter().map(|id| packages[id]);
        let own = own.filter(|package| text(package, "name") == name);
        let own: Vec<_> = own.map(|package| text(package, "rust_version")).collect();
        for package in needed.iter().map(|id| packages[id]) {
            let wanted = package["rust_version"].as_str().unwrap_or("1.0");
            assert!(
                rust(wanted) <= rust(own[0]),
                "{name} supports Rust {}, but {} {} needs {wanted}",
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

/// Returns the lines of let chains: conditions of `if` and `while` that join a `let` with `&&`.
///
/// Looks at tokens, so that it finds those inside macros too.
fn let_chains(tokens: TokenStream) -> Vec<usize> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, wanted: char| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    let is_and = |at: usize| is(at, '&') && is(at + 1, '&');
    let mut lines = Vec::new();
    let (mut in_condition, mut in_pattern) = (false, false);
    let (mut has_let, mut has_and) = (false, false);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "if" || word == "while" => {
                (in_condition, has_let, has_and) = (true, false, false);
            }
            TokenTree::Ident(word) if word == "let" => (has_let, in_pattern) = (true, true),
            TokenTree::Punct(_) if is(at, '=') => {
                in_pattern = false;
                // The end of a match guard.
                in_condition &= !is(at + 1, '>');
            }
            TokenTree::Punct(_) if is_and(at) && !in_pattern => has_and = true,
            TokenTree::Punct(_) if is(at, ';') => in_condition = false,
            TokenTree::Group(group) => {
                lines.extend(let_chains(group.stream()));
                // The body, unless the condition goes on behind a block.
                in_condition &= group.delimiter() != Delimiter::Brace || is_and(at + 1);
            }
            _ => {}
        }
        if in_condition && has_let && has_and {
            lines.push(token.span().start().line);
            in_condition = false;
        }
    }
    lines
}

#[test]
fn let_chains_are_found() {
    let chains = [
        "if let Some(a) = b && c {}",
        "if a && let Some(b) = c {}",
        "while let Some(a) = b && c {}",
        "if let Some(a) = match b { _ => c } && d {}",
        "macro_rules! m { () => { if let A = b && c {} } }",
        "fn f() { g(|| { if a {} else if let B = c && d {} }) }",
    ];
    let others = [
        "if let Some(a) = b { c && d }",
        "if let &&a = b {}",
        "if let Some(a) = (b && c) {}",
        "if let Some(a) = f(|b| b && c) {} let d = e && f;",
        "if a && b { let c = d; }",
        "match a { b if c && d => { let e = f; } _ => {} }",
    ];
    for (codes, count) in [(chains, 1), (others, 0)] {
        for code in codes {
            let tokens = code.parse().expect("tokens");
            assert_eq!(let_chains(tokens).len(), count, "{code}");
        }
    }
}

/// Let chains need Rust 1.88, and no lint reports them. The runtime and the golden files have the
/// code of every kind of description.
#[test]
fn the_client_has_no_let_chains() {
    let workspace = xtask::workspace();
    let mut files = Vec::new();
    for folder in ["codegen/runtime", "codegen/tests/golden", "generated"] {
        rust_files(&workspace.join(folder), &mut files);
    }
    assert!(files.len() > 40, "the files are found");
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        for line in let_chains(text.parse().expect("Rust")) {
            found.push(format!("{}:{line}", file.display()));
        }
    }
    assert!(found.is_empty(), "let chains need Rust 1.88: {found:#?}");
}

/// The workflow and the page for users name the versions of the manifests.
#[test]
fn the_workflow_and_the_readme_name_the_same_versions() {
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
