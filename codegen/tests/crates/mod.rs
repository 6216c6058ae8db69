//! Generated crates: written, and compiled as one workspace, with the packages that this one is locked
//! to.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use codegen::FileTree;

/// What adds to the generated code, but not TLS, which takes longest to compile.
pub const FEATURES: &str = "blocking,mock";

/// Writes the crates and a workspace around them, and gives its folder.
pub fn workspace(name: &str, mut tree: FileTree, members: &[String]) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    tree.insert(
        "Cargo.toml".to_owned(),
        format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    );
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    tree.insert("Cargo.lock".to_owned(), fs::read_to_string(lock).unwrap());
    update(&top, &tree);
    top
}

/// Every file below a folder, with LF as line ends.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
            files.insert(name.replace('\\', "/"), text);
        }
    }
    files
}

/// Writes what differs and removes what is no longer there, so that only what changed is compiled
/// again.
fn update(top: &Path, tree: &FileTree) {
    for path in files(top).keys() {
        if !tree.contains_key(path) {
            fs::remove_file(top.join(path)).unwrap();
        }
    }
    for (path, text) in tree {
        let path = top.join(path);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

fn cargo_command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Downloads every package of the lock file. Building the workspace downloads only those that its
/// own features need; a generated crate may need others.
fn fetch_packages() {
    static FETCHED: Once = Once::new();
    FETCHED.call_once(|| {
        let fetched = cargo_command()
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["fetch", "--locked", "--quiet"])
            .status()
            .expect("cargo runs, as it runs this test");
        assert!(fetched.success(), "`cargo fetch --locked` failed");
    });
}

/// Runs cargo there, without the network, and panics with what it says if it fails.
pub fn cargo(folder: &Path, features: &str, arguments: &[&str]) {
    fetch_packages();
    let output = cargo_command()
        .current_dir(folder)
        .args(arguments)
        .args(["--offline", "--quiet"])
        .args(["--no-default-features", "--features", features])
        // Of these crates alone: cargo caps the lints of what they depend on.
        .args(["--config", "build.rustflags=['-Dwarnings']"])
        .args(["--config", "build.rustdocflags=['-Dwarnings']"])
        .env("CARGO_TARGET_DIR", folder.join("../../generated-crates"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTDOCFLAGS")
        .output()
        .expect("cargo runs, as it runs this test");
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{}{}",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}
