//! A malformed node in a valid description neither panics nor concerns operations that do not need it.

mod parallel;

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{Code, Diagnostics, Options, Output};
use serde_yaml::Value;

const SOUND: &str = include_str!("fixtures/sound.yaml");

/// The operations of the description: the keys of each, and the method of the client.
const OPERATIONS: [(&str, &str, &str); 3] = [
    ("/tasks", "get", "list_tasks"),
    ("/tasks", "post", "create_task"),
    ("/tasks/{taskId}", "get", "get_task"),
];

fn generate(text: &str) -> Result<Output, Diagnostics> {
    let options = Options {
        keep_going: true,
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options)
}

/// The keys from the root to each node.
fn places(node: &Value, at: &[Value], all: &mut Vec<Vec<Value>>) {
    let mut visit = |key: Value, child: &Value| {
        let mut place = at.to_vec();
        place.push(key);
        all.push(place.clone());
        places(child, &place, all);
    };
    match node {
        Value::Mapping(entries) => entries.iter().for_each(|(key, it)| visit(key.clone(), it)),
        Value::Sequence(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, it)| visit(at.into(), it)),
        _ => {}
    }
}

/// Replaces the node, or removes it.
fn mutated(root: &Value, place: &[Value], with: Option<&Value>) -> String {
    let mut root = root.clone();
    let (last, around) = place.split_last().expect("the root is no place");
    let mut node = &mut root;
    for key in around {
        node = match node {
            Value::Sequence(items) => &mut items[key.as_u64().expect("an index") as usize],
            node => &mut node[key],
        };
    }
    match (node, with) {
        (Value::Mapping(entries), Some(with)) => drop(entries.insert(last.clone(), with.clone())),
        (Value::Mapping(entries), None) => drop(entries.remove(last)),
        (Value::Sequence(items), with) => {
            let index = last.as_u64().expect("an index") as usize;
            match with {
                Some(with) => items[index] = with.clone(),
                None => drop(items.remove(index)),
            }
        }
        _ => unreachable!("it has a child"),
    }
    serde_yaml::to_string(&root).expect("it is YAML")
}

/// The methods that the node has no part in: those of other operations, if it is in an operation.
fn unconcerned(place: &[Value]) -> Vec<&'static str> {
    let keys: Vec<&str> = place.iter().filter_map(Value::as_str).collect();
    let ["paths", path, method, ..] = keys.as_slice() else {
        return Vec::new();
    };
    let is_method = OPERATIONS
        .iter()
        .any(|(of, key, _)| of == path && key == method);
    let others = OPERATIONS
        .iter()
        .filter(|(of, key, _)| (of, key) != (path, method));
    let others = others.filter(|_| is_method);
    others.map(|(_, _, name)| *name).collect()
}

/// How a description with one malformed node is handled wrongly.
fn flaws(root: &Value, place: &[Value], with: Option<&Value>) -> Vec<String> {
    let text = mutated(root, place, with);
    let what = format!("{place:?} = {with:?}");
    let Ok(result) = catch_unwind(AssertUnwindSafe(|| generate(&text))) else {
        return vec![format!("{what}: panics")];
    };
    let mut flaws = Vec::new();
    let found = match &result {
        Ok(output) => &output.warnings,
        Err(found) => found,
    };
    if found.items().iter().any(|item| item.code == Code::Internal) {
        flaws.push(format!("{what}: {found}"));
    }
    let files = result.map_or_else(|_| Default::default(), |output| output.files);
    let sources = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/operations/"));
    let methods: String = sources.map(|(_, text)| text.as_str()).collect();
    for name in unconcerned(place) {
        if !methods.contains(&format!("pub fn {name}(")) {
            flaws.push(format!("{what}: `{name}` is left out"));
        }
    }
    flaws
}

#[test]
fn one_malformed_node_concerns_only_what_needs_it() {
    let root: Value = serde_yaml::from_str(SOUND).expect("it is valid");
    let mut all = Vec::new();
    places(&root, &[], &mut all);
    let values = ["null", "5", "text", "[]", "{}", "[{}]"];
    let values: Vec<Value> = values
        .iter()
        .map(|text| serde_yaml::from_str(text).expect("it is YAML"))
        .collect();
    let failures = parallel::map(&all, |place| {
        let values = std::iter::once(None).chain(values.iter().map(Some));
        let flaws = values.flat_map(|with| flaws(&root, place, with));
        flaws.collect::<Vec<_>>()
    });
    let failures = failures.concat();
    let count = failures.len();
    assert!(failures.is_empty(), "{count}:\n{}", failures.join("\n"));
}
