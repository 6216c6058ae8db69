//! Which other files a description may refer to.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::codegen::{Job, run};

const SPEC: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://example.com}]
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        '200': {description: D, content: {application/json: {schema: {$ref: PATH}}}}
";

/// Generates from a description with a reference to this path; returns what is written or reported.
fn generated(name: &str, path: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("spec/schemas")).unwrap();
    fs::write(folder.join("spec/openapi.yaml"), SPEC.replace("PATH", path)).unwrap();
    for file in ["spec/schemas/pet.yaml", "pet.yaml"] {
        fs::write(folder.join(file), "{type: object}\n").unwrap();
    }
    let job = Job {
        spec: folder.join("spec/openapi.yaml"),
        out: folder.join("out"),
        name: Some("pets".to_owned()),
        base: None,
        check: false,
        deny_warnings: false,
        keep_going: false,
        only: Vec::new(),
        root: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."),
    };
    match run(&job) {
        Ok(done) => done.summary,
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn files_in_the_folder_of_the_description_and_below() {
    let inside = generated("files-inside", "schemas/pet.yaml");
    assert!(
        inside.contains("files written") || inside.contains("up to date"),
        "{inside}"
    );
    let outside = generated("files-outside", "../pet.yaml");
    assert!(
        outside.contains("outside of the folder of the description"),
        "{outside}"
    );
    let missing = generated("files-missing", "none.yaml");
    assert!(
        missing.contains("the file `none.yaml` cannot be read"),
        "{missing}"
    );
}
