//! A description that is rewritten to OpenAPI 3.1 gives the same client as in 3.0, byte for byte.

#[path = "random/version_3_1.rs"]
mod version_3_1;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{FileTree, Options};
use serde_json::Value;
use version_3_1::as_3_1;

/// The descriptions of the client itself and of all golden cases.
fn descriptions() -> Vec<PathBuf> {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(codegen.join("tests/golden")).expect("the folder is there");
    let cases = cases.map(|case| case.expect("it can be read").path().join("openapi.yaml"));
    let own = codegen.join("../spec/openapi.yaml");
    cases.filter(|path| path.exists()).chain([own]).collect()
}

fn generate(document: &Value) -> FileTree {
    let options = Options {
        mock: true,
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    match codegen::generate(document.to_string().as_bytes(), &options) {
        Ok(output) => output.files,
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn a_description_in_version_3_1_gives_the_same_client() {
    let mut rewritten = 0;
    for path in descriptions() {
        let text = fs::read_to_string(&path).expect("the description can be read");
        // Some numbers of a description have no `Value`.
        let Ok(mut document) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        if !document["openapi"].as_str().unwrap().starts_with("3.0") {
            continue;
        }
        let expected = generate(&document);
        rewritten += as_3_1(&mut document);
        let found = generate(&document);
        assert_eq!(found.len(), expected.len(), "{}", path.display());
        for (file, text) in expected {
            let differs = found[&file] != text;
            assert!(
                !differs,
                "{}: {file} is\n{}\n\nnot\n{text}",
                path.display(),
                found[&file]
            );
        }
    }
    assert!(rewritten > 60, "{rewritten} schemas");
}
