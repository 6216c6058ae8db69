//! Workspaces of generated crates: written below the target folder, compiled and tested.
//!
//! The crates are built with the packages, profile and features of this workspace and in its target
//! folder, so that `cargo test --workspace` has compiled their dependencies already.

#![allow(dead_code, reason = "each test uses a part of it")]

mod dependencies;
#[path = "../parallel/mod.rs"]
pub mod parallel;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use codegen::manifest::Requirements;
use codegen::{FileTree, Output, runtime_sources};

/// Crates of one workspace.
pub struct Workspace {
    folder: PathBuf,
    tree: FileTree,
    /// Names of the generated crates, and of those that test them.
    crates: Vec<String>,
    tests: Vec<String>,
}

impl Workspace {
    /// Creates an empty workspace in the folder `name`.
    pub fn new(name: &str) -> Self {
        Workspace {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
            tree: FileTree::new(),
            crates: Vec::new(),
            tests: Vec::new(),
        }
    }

    /// Adds a generated crate.
    pub fn add(&mut self, name: &str, output: Output) {
        self.add_crate(name, &output.requirements, output.files);
    }

    /// Adds a crate with these files and whatever a generated crate requires.
    pub fn add_crate(&mut self, name: &str, requirements: &Requirements, files: FileTree) {
        let manifest = dependencies::member(&requirements.template(name));
        self.add_package(name, manifest, files);
        self.crates.push(name.to_owned());
    }

    /// Adds a crate with one test of all crates added so far. The files are `main.rs` and its modules;
    /// beside them is `server`, the server that the client's own tests use.
    pub fn add_tests(&mut self, name: &str, mut files: FileTree) {
        let server =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/tests/support/server");
        let in_server = |(path, text)| (format!("server/{path}"), text);
        files.extend(self::files(&server).into_iter().map(in_server));
        let in_test = |(path, text)| (format!("tests/all/{path}"), text);
        let mut files: FileTree = files.into_iter().map(in_test).collect();
        // Cargo does not accept a package without a library or a program.
        files.insert("src/lib.rs".to_owned(), String::new());
        self.add_package(name, dependencies::tests(name, &self.crates), files);
        self.tests.push(name.to_owned());
    }

    fn add_package(&mut self, name: &str, manifest: String, files: FileTree) {
        let in_crate = |(path, text)| (format!("{name}/{path}"), text);
        self.tree.extend(files.into_iter().map(in_crate));
        self.tree.insert(format!("{name}/Cargo.toml"), manifest);
    }

    /// Writes the files that differ and removes the ones that are no longer there, so that cargo
    /// compiles only what changed.
    pub fn write(mut self) -> Written {
        let own = [dependencies::CRATE.to_owned()];
        let members = [&self.crates[..], &self.tests, &own].concat();
        dependencies::add(&mut self.tree, &members);
        for path in files(&self.folder).keys() {
            if !self.tree.contains_key(path) {
                fs::remove_file(self.folder.join(path)).unwrap();
            }
        }
        for (path, text) in &self.tree {
            let path = self.folder.join(path);
            if fs::read_to_string(&path).ok().as_ref() != Some(text) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        Written {
            folder: self.folder,
            crates: self.crates,
        }
    }
}

/// A workspace on disk.
pub struct Written {
    folder: PathBuf,
    crates: Vec<String>,
}

/// Number of cargo processes for the documentation tests: a process runs those of one crate after the other.
const PROCESSES: usize = 2;

impl Written {
    /// Runs the integration tests and the documentation tests of every crate.
    pub fn test(&self) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let test = |what: &[&str]| {
            let arguments = ["test", "--features", "blocking,mock"];
            self.cargo(target, &[&arguments, what].concat());
        };
        test(&["--workspace", "--tests"]);
        let of_process = self.crates.len().div_ceil(PROCESSES);
        let parts: Vec<_> = self.crates.chunks(of_process).collect();
        parallel::map(&parts, |part| {
            let packages = part.iter().flat_map(|name| ["--package", name]);
            let packages: Vec<&str> = packages.collect();
            test(&[&["--doc", "--package", dependencies::CRATE], &packages[..]].concat());
        });
    }

    /// Builds the documentation of every crate.
    ///
    /// Not in the target folder of this workspace, whose documentation would list these crates.
    pub fn document(&self) {
        self.without_tls(&["doc", "--no-deps", "--features", "blocking,mock"]);
    }

    /// Type-checks every crate.
    pub fn check(&self) {
        self.without_tls(&["check", "--features", "blocking"]);
    }

    /// Runs a command that compiles no dependency of `cargo test --workspace`, and so goes without
    /// TLS, which takes longest to compile.
    fn without_tls(&self, arguments: &[&str]) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("generated-crates");
        let exclude = ["--workspace", "--exclude", dependencies::CRATE];
        let without = ["--no-default-features"];
        self.cargo(&target, &[arguments, &exclude, &without].concat());
    }

    fn cargo(&self, target: &Path, arguments: &[&str]) {
        fetch_packages();
        let output = cargo_command()
            .current_dir(&self.folder)
            .args(arguments)
            .args(["--offline", "--quiet"])
            .env("CARGO_TARGET_DIR", target)
            .output()
            .expect("cargo runs, as it runs this test");
        assert!(
            output.status.success(),
            "cargo {arguments:?} in {}:\n{}{}",
            self.folder.display(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
    }
}

/// Whether a file of a generated crate is a copy of a source of the runtime.
pub fn is_copy(path: &str) -> bool {
    let part = |part: &runtime_sources::RuntimeModule| {
        let mut files = part.files.iter();
        path == format!("src/optional/{}.rs", part.name)
            || files.any(|(file, _)| path == format!("src/optional/{file}"))
    };
    path.starts_with("src/runtime/") || runtime_sources::OPTIONAL.iter().any(part)
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

/// A cargo with the environment of the cargo that runs this test. The variables of this package would
/// make cargo run the build script of ring again, and compile again whatever depends on ring.
fn cargo_command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
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
