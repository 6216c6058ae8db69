//! A description that is rewritten to OpenAPI 3.1 gives the same client as in 3.0, byte for byte, and the same
//! comparisons with other descriptions.

#[path = "upstream/cases.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod upstream_cases;

#[path = "api_diff/cases.rs"]
mod api_diff_cases;

mod parallel;

#[path = "random/version_3_1.rs"]
mod version_3_1;

use std::fs;
use std::path::{Path, PathBuf};

use api_diff_cases::{API, FIELDS, OPERATIONS, PARAMETERS, TYPES};
use codegen::{FileTree, Files, Options};
use serde_json::{Value, json};
use upstream_cases::{DIFFERENCES, SAME};
use version_3_1::as_3_1;

/// The descriptions of the client itself and of all golden cases.
fn descriptions() -> Vec<PathBuf> {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(codegen.join("tests/golden")).expect("the folder is there");
    let cases = cases.map(|case| case.expect("it can be read").path().join("openapi.yaml"));
    let own = codegen.join("../spec/openapi.yaml");
    cases.filter(|path| path.exists()).chain([own]).collect()
}

fn options() -> Options {
    Options {
        mock: true,
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    }
}

fn generate(document: &Value) -> FileTree {
    match codegen::generate(document.to_string().as_bytes(), &options()) {
        Ok(output) => output.files,
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn a_description_in_version_3_1_gives_the_same_client() {
    let rewritten = parallel::map(&descriptions(), |path| {
        let text = fs::read_to_string(path).expect("the description can be read");
        // Some numbers of a description have no `Value`.
        let Ok(mut document) = serde_yaml::from_str::<Value>(&text) else {
            return 0;
        };
        if !document["openapi"].as_str().unwrap().starts_with("3.0") {
            return 0;
        }
        let expected = generate(&document);
        let rewritten = as_3_1(&mut document);
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
        rewritten
    });
    let rewritten: usize = rewritten.into_iter().sum();
    assert!(rewritten > 60, "{rewritten} schemas");
}

/// A description in both versions.
fn in_both(text: &str) -> [String; 2] {
    let mut document: Value = serde_yaml::from_str(text).expect("it is YAML");
    let old = document.to_string();
    as_3_1(&mut document);
    [old, document.to_string()]
}

fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "there is no `{from}`");
        text = text.replacen(from, to, 1);
    }
    text
}

fn differences(ours: &str, theirs: &str) -> Vec<String> {
    let options = Options {
        keep_going: true,
        ..options()
    };
    let report = codegen::upstream(ours.as_bytes(), theirs.as_bytes(), "theirs.json", &options);
    let report = report.unwrap_or_else(|found| panic!("{found}"));
    let found = report.differences.into_iter();
    found.map(|difference| difference.message).collect()
}

/// No difference is due to the version, and none is hidden by it.
#[test]
fn a_vendors_document_in_another_version_has_the_same_differences() {
    let ours = in_both(include_str!("upstream/ours.yaml"));
    let theirs = include_str!("upstream/theirs.json");
    let same = SAME.iter().map(|(name, edits)| (name, *edits));
    let cases = DIFFERENCES.iter().map(|(name, edits, _)| (name, *edits));
    for (name, edits) in cases.chain(same) {
        let theirs = in_both(&edited(theirs, edits));
        let expected = differences(&ours[0], &theirs[0]);
        assert_eq!(
            differences(&ours[0], &theirs[1]),
            expected,
            "{name}: 3.0, 3.1"
        );
        assert_eq!(
            differences(&ours[1], &theirs[0]),
            expected,
            "{name}: 3.1, 3.0"
        );
    }
}

fn changes(old: &str, new: &str) -> String {
    let files = Files::default();
    let found = codegen::changes(
        old.as_bytes(),
        "old.json",
        &files,
        new.as_bytes(),
        &options(),
    );
    found.unwrap_or_else(|found| panic!("{found}")).to_string()
}

#[test]
fn another_version_of_a_description_has_the_same_changes() {
    let base = include_str!("api_diff/base.yaml");
    let old = in_both(base);
    assert_eq!(changes(&old[0], &old[1]), "");
    for (edits, _) in [OPERATIONS, PARAMETERS, FIELDS, TYPES, API]
        .into_iter()
        .flatten()
    {
        let new = in_both(&edited(base, edits));
        let expected = changes(&old[0], &new[0]);
        assert_eq!(changes(&old[0], &new[1]), expected, "{edits:?}: 3.0, 3.1");
        assert_eq!(changes(&old[1], &new[0]), expected, "{edits:?}: 3.1, 3.0");
    }
}

/// As deep as the limit of nesting allows: each list of types is one schema, however deep it is.
#[test]
fn lists_of_types_may_be_nested() {
    let document = |version: &str, schema: Value| {
        let content = json!({"application/json": {"schema": schema}});
        let responses = json!({"200": {"description": "Lists", "content": content}});
        let operation = json!({"operationId": "getLists", "responses": responses});
        let info = json!({"title": "Lists", "version": "1"});
        json!({"openapi": version, "info": info, "paths": {"/lists": {"get": operation}}})
    };
    let (mut old, mut new) = (json!({"type": "string"}), json!({"type": ["string"]}));
    for _ in 0..80 {
        old = json!({"type": "array", "nullable": true, "items": old});
        new = json!({"type": ["array", "null"], "items": new});
    }
    let expected = generate(&document("3.0.3", old));
    assert_eq!(generate(&document("3.1.0", new)), expected);
    let mut several = json!({"type": ["string", "integer"]});
    for _ in 0..80 {
        several = json!({"type": ["array", "object", "string"], "items": several});
    }
    generate(&document("3.1.0", several));
}

/// The rewriting has marks of its own. In a description they are extensions without effect.
#[test]
fn marks_of_the_rewriting_have_no_effect_in_a_description() {
    let marked = include_str!("ui/W0010-mark-of-the-rewriting.yaml");
    let lines = marked.split_inclusive('\n');
    let plain: String = lines.filter(|line| !line.contains("x-client-")).collect();
    let [marked, plain] = [marked, &plain].map(|text| {
        let output = codegen::generate(text.as_bytes(), &options());
        output.unwrap_or_else(|found| panic!("{found}")).files
    });
    assert!(marked == plain);
}
