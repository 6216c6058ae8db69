//! Workspaces in temporary folders, for tests that change them.

#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use xtask::codegen::Job;

pub const SPEC: &str = "spec/openapi.yaml";

/// A workspace in a temporary folder.
pub struct Tree {
    folder: TempDir,
}

impl Tree {
    /// Creates a workspace with a description for tests and its crate. Editing the real description
    /// cannot break a test that uses it.
    pub fn generated() -> Self {
        let tree = Tree::empty();
        tree.write(SPEC, include_str!("openapi.yaml"));
        if let Err(message) = tree.generate() {
            panic!("{message}");
        }
        tree
    }

    /// Copies the files of the real workspace that the generator reads and writes.
    pub fn copied() -> Self {
        let tree = Tree::empty();
        let workspace = xtask::workspace();
        for path in [SPEC, "generated/Cargo.toml"] {
            tree.write(path, fs::read(workspace.join(path)).unwrap());
        }
        copy_folder(
            &workspace.join("generated/src"),
            &tree.path("generated/src"),
        );
        tree
    }

    pub fn empty() -> Self {
        Tree {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Replaces a text that the file must contain.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, text.replacen(from, to, 1));
    }

    pub fn job(&self) -> Job {
        Job {
            deny_warnings: true,
            keep_going: false,
            only: Vec::new(),
            spec: self.path(SPEC),
            out: self.path("generated"),
            name: None,
            base: None,
            check: false,
            root: self.folder.path().to_owned(),
        }
    }

    /// Runs `cargo xtask codegen --check`; returns its summary or error.
    pub fn check(&self) -> Result<String, String> {
        let job = Job {
            check: true,
            ..self.job()
        };
        xtask::codegen::run(&job)
            .map(|done| done.summary)
            .map_err(|failure| failure.to_string())
    }

    /// Runs `cargo xtask codegen`; returns its summary or error.
    pub fn generate(&self) -> Result<String, String> {
        xtask::codegen::run(&self.job())
            .map(|done| done.summary)
            .map_err(|failure| failure.to_string())
    }

    /// Returns every file with its bytes, and every folder with `None`.
    pub fn contents(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut contents = BTreeMap::new();
        read_folder(self.folder.path(), &mut contents);
        contents
    }

    /// Sets an old modification time on every file, so that `written` finds those written later.
    pub fn make_old(&self) {
        for (path, bytes) in self.contents() {
            if bytes.is_some() {
                let file = File::options().write(true).open(path).unwrap();
                file.set_modified(old()).unwrap();
            }
        }
    }

    /// Returns the files written since [`Tree::make_old`], relative to the folder.
    pub fn written(&self) -> Vec<String> {
        let contents = self.contents().into_iter();
        contents
            .filter(|(path, bytes)| {
                let modified = || fs::metadata(path).unwrap().modified().unwrap();
                bytes.is_some() && modified() != old()
            })
            .map(|(path, _)| {
                let path = path.strip_prefix(self.folder.path()).unwrap();
                path.to_str().unwrap().replace('\\', "/")
            })
            .collect()
    }
}

fn old() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn read_folder(folder: &Path, contents: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, contents);
            contents.insert(path, None);
        } else {
            let bytes = fs::read(&path).unwrap();
            contents.insert(path, Some(bytes));
        }
    }
}
