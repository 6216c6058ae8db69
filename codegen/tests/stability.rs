//! An added operation or schema changes only its own files and the indexes, and renames nothing.

mod parallel;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{FileTree, Options};
use serde_yaml::{Mapping, Value};

/// Returns every description of the golden corpus.
fn descriptions() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap());
    let mut paths: Vec<PathBuf> = folders
        .map(|entry| entry.path().join("openapi.yaml"))
        .collect();
    paths.sort();
    assert!(paths.len() > 1, "{paths:?}");
    paths
}

fn generate(document: &Value) -> FileTree {
    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let text = serde_yaml::to_string(document).unwrap();
    match codegen::generate(text.as_bytes(), &options) {
        Ok(output) => output.files,
        Err(problems) => panic!("{problems}"),
    }
}

/// Adds an entry before all others, where it would change everything that depends on the order.
fn put_first(mapping: &mut Value, key: &str, value: &str) {
    let old = mapping.as_mapping_mut().unwrap();
    let mut new = Mapping::new();
    new.insert(key.into(), serde_yaml::from_str(value).unwrap());
    new.extend(std::mem::take(old));
    *old = new;
}

/// Returns the tag of the first operation.
fn first_tag(document: &Value) -> Option<String> {
    let paths = document["paths"].as_mapping()?.values();
    let mut entries = paths
        .filter_map(Value::as_mapping)
        .flat_map(Mapping::values);
    let operation = entries.find(|entry| entry.get("responses").is_some())?;
    Some(operation["tags"][0].as_str()?.to_owned())
}

/// Returns the lines of a file that declare public items.
fn public(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| line.starts_with("pub ")).collect()
}

#[test]
fn an_added_operation_changes_nothing_else() {
    parallel::map(&descriptions(), |path| {
        let text = fs::read_to_string(path).unwrap();
        // serde_yaml has no integers below those of 64 bits, which a limit may be.
        let Ok(mut document) = serde_yaml::from_str::<Value>(&text) else {
            return;
        };
        if document.get("paths").is_none() {
            return;
        }
        let before = generate(&document);

        let tag = first_tag(&document);
        let tags = tag.map_or(String::new(), |tag| format!("tags: ['{tag}']"));
        let operation = format!(
            "get:\n  operationId: addedOperation\n  {tags}\n  responses:\n    '200':\n      \
             description: Done\n      content:\n        application/json:\n          \
             schema: {{ $ref: '#/components/schemas/AddedThing' }}\n"
        );
        put_first(&mut document["paths"], "/added", &operation);
        if document.get("components").is_none() {
            document["components"] = Value::Mapping(Mapping::new());
        }
        if document["components"].get("schemas").is_none() {
            document["components"]["schemas"] = Value::Mapping(Mapping::new());
        }
        let schema =
            "{type: object, properties: {part: {type: object, properties: {a: {type: string}}}}}";
        put_first(&mut document["components"]["schemas"], "AddedThing", schema);
        let after = generate(&document);

        let gone: Vec<&String> = before
            .keys()
            .filter(|path| !after.contains_key(*path))
            .collect();
        assert!(gone.is_empty(), "{}: gone: {gone:?}", path.display());
        let mut changed = Vec::new();
        for (name, text) in &after {
            match before.get(name) {
                None => assert!(name.starts_with("src/types/added_thing"), "new: {name}"),
                Some(old) if old == text => {}
                Some(old) => {
                    let lost: Vec<_> = public(old).difference(&public(text)).copied().collect();
                    assert!(lost.is_empty(), "{}: {name} lost {lost:?}", path.display());
                    changed.push(name.as_str());
                }
            }
        }
        let of_tag =
            |name: &&&str| name.starts_with("src/operations/") && !name.ends_with("/mod.rs");
        assert_eq!(changed.iter().filter(of_tag).count(), 1, "{changed:?}");
        changed.retain(|name| !of_tag(&name));
        // The crate documentation is an index of operations.
        let indexes = ["src/lib.rs", "src/operations/mod.rs", "src/types/mod.rs"];
        changed.retain(|name| !indexes.contains(name));
        assert!(changed.is_empty(), "{}: {changed:?}", path.display());
    });
}

/// A description whose component schemas are `S0`, `S1` and so on, of which an operation uses the first.
fn chain(length: usize, schema: impl Fn(usize) -> String, last: &str) -> String {
    let reference = |index: usize| format!("{{$ref: '#/components/schemas/S{index}'}}");
    let mut text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      \
         operationId: a\n      requestBody:\n        content:\n          multipart/form-data: \
         {{schema: {first}}}\n      responses:\n        '200':\n          description: Done\n          \
         content:\n            application/json: {{schema: {first}}}\ncomponents:\n  schemas:\n",
        first = reference(0),
    );
    for index in 0..length - 1 {
        let next = reference(index + 1);
        text.push_str(&format!(
            "    S{index}: {}\n",
            schema(index).replace("NEXT", &next)
        ));
    }
    text.push_str(&format!("    S{}: {last}\n", length - 1));
    text
}

/// The number of allocations that it takes to generate a client, or to find out why that is not
/// possible.
fn allocations(text: &str) -> u64 {
    let options = Options {
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let measured = allocation_counter::measure(|| {
        let _ = codegen::generate_by_stage(text.as_bytes(), &options, |_| ());
    });
    measured.count_total
}

/// A hostile description takes work in proportion to its length, and overflows no stack.
#[test]
fn chains_of_schemas_take_linear_work() {
    let object = "{type: object, properties: {p: {type: string}}}";
    let chains = [
        ("references", "NEXT", object),
        ("allOf", "{allOf: [NEXT]}", object),
        (
            "allOf with properties",
            "{allOf: [NEXT, {type: object, properties: {p: {type: string}}}]}",
            object,
        ),
        (
            "allOf of two that are the same",
            "{allOf: [NEXT, NEXT], example: {p: a}}",
            object,
        ),
        (
            "nullable by a variant",
            "{anyOf: [NEXT]}",
            "{type: string, nullable: true}",
        ),
        ("variants", "{oneOf: [NEXT, {type: string}]}", object),
        (
            "variants that are tried twice",
            "{oneOf: [NEXT, {allOf: [NEXT]}], example: {p: 1}}",
            object,
        ),
        (
            "properties",
            "{type: object, required: [p], properties: {p: NEXT}}",
            object,
        ),
        (
            "properties in a cycle",
            "{type: object, required: [p], properties: {p: NEXT}}",
            "{type: object, required: [p], properties: {p: {$ref: '#/components/schemas/S0'}}}",
        ),
        (
            "subtypes",
            "{allOf: [{$ref: '#/components/schemas/S0'}, NEXT]}",
            "{type: object, properties: {p: {type: string}}}",
        ),
    ];
    parallel::map(&chains, |(name, schema, last)| {
        let [short, long] =
            [200, 400].map(|length| allocations(&chain(length, |_| (*schema).to_owned(), last)));
        assert!(
            long < short * 5 / 2,
            "{name}: {short} allocations for 200, {long} for 400"
        );
    });
}
