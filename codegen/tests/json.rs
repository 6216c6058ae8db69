//! A description in JSON gives the same client, and the same findings at the same places, as when it is
//! read as YAML, which all JSON is.

mod parallel;

use std::fs;
use std::path::Path;

use codegen::{Diagnostics, FileTree, Options};

/// A comment, which makes a text YAML alone.
const COMMENT: &str = "\n# YAML";

fn generated(text: &str) -> (Result<FileTree, ()>, String) {
    let options = Options {
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let told = |findings: Diagnostics| findings.to_json_lines();
    match codegen::generate(text.as_bytes(), &options) {
        Ok(output) => (Ok(output.files), told(output.warnings)),
        Err(findings) => (Err(()), told(findings)),
    }
}

/// The descriptions of all other tests, as JSON in one line and in many.
fn descriptions() -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = |folder: &str| {
        let folder = fs::read_dir(tests.join(folder)).expect("the folder is there");
        folder.map(|entry| entry.expect("the folder can be read").path())
    };
    let cases = files("golden").map(|case| case.join("openapi.yaml"));
    let mut texts = Vec::new();
    for path in files("ui").chain(cases) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            texts.push(text);
        } else if let Ok(value) = serde_yaml::from_str::<serde_json::Value>(&text) {
            texts.push(value.to_string());
            texts.push(serde_json::to_string_pretty(&value).expect("it is JSON"));
        }
    }
    texts
}

#[test]
fn json_gives_the_same_client_as_yaml() {
    let texts = descriptions();
    assert!(texts.len() > 100, "{} descriptions", texts.len());
    parallel::map(&texts, |text| {
        let as_yaml = format!("{text}{COMMENT}");
        assert_eq!(generated(text), generated(&as_yaml), "{text}");
    });
}

#[test]
fn strings_and_spaces_of_json_are_read_as_in_yaml() {
    let head = r#""openapi":"3.0.3","info":{"title":"T","version":"1"}"#;
    for text in [
        format!(r#"{{{head},"paths":{{}}}}"#),
        format!("  {{\n{head} ,\r\n \"paths\" : {{ }} }}\n\n"),
        format!(r#"{{{head},"paths":{{"/\u00e9/\"a\\\/b\"":{{"get":{{"responses":{{}}}}}}}}}}"#),
        format!(r#"{{{head},"paths":{{}},"x-é":[[],[{{}}],"𝄞",-1.5e-3,null,true]}}"#),
        format!(r#"{{{head},"paths":{{}},"a":1e999,"b":-0,"c":0.0,"a~/b":12345678901234567890}}"#),
        // The YAML reader reports what this one rejects.
        format!(r#"{{{head},"paths":{{}},"x-long":123456789012345678901}}"#),
        format!(
            r#"{{{head},"paths":{{}},"x-deep":{}{}}}"#,
            "[".repeat(120),
            "]".repeat(120)
        ),
        format!(r#"{{{head},"paths":{{}},"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k1":7}}"#),
    ] {
        let as_yaml = format!("{text}{COMMENT}");
        assert_eq!(generated(&text), generated(&as_yaml), "{text}");
    }
}

#[test]
fn json_that_is_not_yaml_is_read() {
    let text = r#"{
  "openapi": "3.0.3",
  "info": {"title": "𝄞", "version": "1"},
  "paths": {}
}"#;
    let usual = generated(text);
    assert!(usual.0.is_ok());
    let indented = text.replace("  ", "\t");
    assert_ne!(text, indented);
    assert_eq!(usual, generated(&indented), "tabs");
    let escaped = text.replace('𝄞', r"\ud834\udd1e");
    assert_eq!(usual, generated(&escaped), "a surrogate pair");
}

#[test]
fn json_with_an_error_is_called_json() {
    let head = r#"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"#;
    for (text, column) in [
        (format!(r#"{head}"x-half":"\ud834"}}"#), 82),
        (format!(r#"{head}"x-a":"b" "c":1}}"#), 75),
        (format!(r#"{head}"x-a":1"#), 72),
    ] {
        let (files, findings) = generated(&text);
        assert!(
            files.is_err() && findings.contains("not valid JSON"),
            "{findings}"
        );
        assert!(
            findings.contains(&format!(r#""column":{column},"#)),
            "{findings}"
        );
    }
}
