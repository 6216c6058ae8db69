//! A description that is rewritten to OpenAPI 3.1 gives the same client as in 3.0, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{FileTree, Options};
use serde_json::{Map, Value, json};

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

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

/// Rewrites all schemas in a value. Returns how many constructs were rewritten.
fn rewrite(value: &mut Value) -> usize {
    match value {
        Value::Array(items) => items.iter_mut().map(rewrite).sum(),
        Value::Object(object) => {
            let own = rewrite_schema(object);
            own + object.values_mut().map(rewrite).sum::<usize>()
        }
        _ => 0,
    }
}

fn rewrite_schema(schema: &mut Map<String, Value>) -> usize {
    let kind = schema.get("type").and_then(Value::as_str);
    let kind = kind.filter(|kind| TYPES.contains(kind)).map(str::to_owned);
    let before = schema.clone();
    if kind.is_some()
        && let Some(example) = schema.remove("example")
    {
        schema.insert("examples".to_owned(), json!([example, "another"]));
    }
    if let Some(kind) = kind {
        if schema.get("nullable") == Some(&json!(true)) {
            schema.remove("nullable");
            schema.insert("type".to_owned(), json!(["null", kind]));
        }
        if schema.get("format") == Some(&json!("byte")) {
            schema.remove("format");
            schema.insert("contentEncoding".to_owned(), json!("base64"));
        }
        if schema.get("format") == Some(&json!("binary")) {
            schema.remove("format");
            schema.insert(
                "contentMediaType".to_owned(),
                json!("application/octet-stream"),
            );
        }
    }
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if schema.get(exclusive) == Some(&json!(true))
            && let Some(limit) = schema.remove(inclusive)
        {
            schema.insert(exclusive.to_owned(), limit);
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum")
        && let [value] = values.as_slice()
        && !value.is_null()
        && schema.contains_key("type")
    {
        let value = value.clone();
        schema.remove("enum");
        schema.insert("const".to_owned(), value);
    }
    if let Some(Value::Array(members)) = schema.get("allOf")
        && let [Value::Object(member)] = members.as_slice()
        && member.len() == 1
        && schema.len() > 1
        && let Some(reference) = member.get("$ref").cloned()
    {
        schema.remove("allOf");
        schema.insert("$ref".to_owned(), reference);
    }
    usize::from(*schema != before)
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
        rewritten += rewrite(&mut document);
        document["openapi"] = json!("3.1.1");
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
