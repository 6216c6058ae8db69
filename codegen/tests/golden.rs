//! The golden corpus: small descriptions, each of one group of OpenAPI constructs, with the code that they
//! must generate.
//!
//! A case is a folder below `golden/`:
//!
//! - `openapi.yaml`: the description
//! - `compared.txt`: which files of the output the case is about
//! - `expected/`: those files. `UPDATE_GOLDEN=1` writes them again
//! - `wire.rs`: tests that call the generated client and compare the bytes that it sends. It is a module
//!   of a test of all cases, beside `server`, so that only one program is linked
//!
//! Whatever `compared.txt` lists, every case is generated, compiled and documented as a whole crate.

mod crates;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{FileTree, Options, Output};
use crates::Workspace;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(corpus()).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

fn generate(case: &str) -> Output {
    let path = corpus().join(case).join("openapi.yaml");
    let options = Options {
        mock: true,
        spec_path: format!("codegen/tests/golden/{case}/openapi.yaml"),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: format!("golden-{case}"),
        ..Options::default()
    };
    match codegen::generate(&fs::read(path).unwrap(), &options) {
        Ok(output) => output,
        Err(problems) => panic!("{problems}"),
    }
}

/// Returns the files of a case's output that `compared.txt` lists: a path, or a folder with a slash at its end.
///
/// Copies of the runtime's sources are never compared: other tests compare them.
fn compared(case: &str, mut output: FileTree) -> FileTree {
    let list = fs::read_to_string(corpus().join(case).join("compared.txt")).unwrap();
    let entries = list.lines().filter(|line| !line.starts_with('#'));
    let entries: Vec<&str> = entries.collect();
    let matches =
        |entry: &str, path: &str| path == entry || entry.ends_with('/') && path.starts_with(entry);
    output.retain(|path, _| !crates::is_copy(path));
    for entry in &entries {
        assert!(
            output.keys().any(|path| matches(entry, path)),
            "{case}/compared.txt: the output has no `{entry}`"
        );
    }
    output.retain(|path, _| entries.iter().any(|entry| matches(entry, path)));
    output
}

fn write(folder: &Path, files: &FileTree) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut differing = Vec::new();
    for case in cases() {
        let output = compared(&case, generate(&case).files);
        let folder = corpus().join(&case).join("expected");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            write(&folder, &output);
        }
        let expected = crates::files(&folder);
        let paths = expected.keys().chain(output.keys());
        let paths = paths.filter(|path| expected.get(*path) != output.get(*path));
        differing.extend(paths.map(|path| format!("{case}/{path}")));
    }
    differing.dedup();
    assert!(
        differing.is_empty(),
        "these differ; look at what `UPDATE_GOLDEN=1 cargo test -p codegen --test golden` changes: \
         {differing:#?}"
    );
}

/// One test, as all cases are crates of one workspace.
#[test]
fn every_case_compiles_and_sends_what_is_described() {
    let mut workspace = Workspace::new("golden");
    let mut tests = FileTree::new();
    let mut main = "//! The wire tests of all cases.\n\nmod server;\n".to_owned();
    for case in cases() {
        let test = fs::read_to_string(corpus().join(&case).join("wire.rs")).unwrap();
        tests.insert(format!("{case}.rs"), test);
        main += &format!("mod {case};\n");
        workspace.add(&format!("golden-{case}"), generate(&case));
    }
    tests.insert("main.rs".to_owned(), main);
    workspace.add_tests("golden-tests", tests);
    let workspace = workspace.write();
    workspace.test();
    workspace.document();
}
