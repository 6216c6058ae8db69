//! The page on the server's behaviour refers to places of the description and to tests that exist.

use std::fs;
use std::path::Path;

use serde_yaml::Value;

/// One row of the page.
struct Row {
    behaviour: String,
    described_at: String,
    shown_by: String,
}

/// The code spans of a cell.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_behaviour_is_described_or_left_out_for_a_reason() {
    let description = read("openapi.yaml");
    let description: Value = serde_yaml::from_str(&description).unwrap();
    let rows = rows(&read("behaviour.md"));
    assert!(rows.len() > 40, "the tables are found");
    for row in rows {
        let names = names(&row.described_at);
        let reason = row.described_at.strip_prefix("not described: ");
        assert!(
            reason.is_some() || !names.is_empty(),
            "`{}` needs a place in spec/openapi.yaml, or `not described:` with the reason",
            row.behaviour
        );
        if reason.is_some() {
            continue;
        }
        for name in names {
            assert!(
                has_description(&description, name),
                "spec/openapi.yaml does not describe `{name}`, where spec/behaviour.md looks for: {}",
                row.behaviour
            );
        }
    }
}

#[test]
fn every_behaviour_is_shown_by_a_test_or_was_measured_only() {
    let mut tests = String::new();
    read_sources(&xtask::workspace().join("generated/tests"), &mut tests);
    for row in rows(&read("behaviour.md")) {
        assert!(!row.shown_by.is_empty(), "no test: {}", row.behaviour);
        for name in names(&row.shown_by) {
            assert!(
                tests.contains(&format!("fn {name}(")),
                "generated/tests has no `{name}`, which spec/behaviour.md names for: {}",
                row.behaviour
            );
        }
    }
}

/// Appends the Rust files of a folder and the folders in it.
fn read_sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

fn read(name: &str) -> String {
    let text = fs::read_to_string(xtask::workspace().join("spec").join(name)).unwrap();
    text.replace("\r\n", "\n")
}

/// The rows of the tables: the behaviour is in the first column, the rest in the last two.
fn rows(page: &str) -> Vec<Row> {
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let cells = rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect());
    let rows = cells.filter_map(|cells: Vec<_>| match cells[..] {
        [.., "described at", "shown by"] => None,
        [behaviour, .., described_at, shown_by] => Some(Row {
            behaviour: behaviour.to_owned(),
            described_at: described_at.to_owned(),
            shown_by: shown_by.to_owned(),
        }),
        _ => panic!("a row has too few cells: {cells:?}"),
    });
    rows.collect()
}

/// Whether an operation (`createTask`), a component (`Task`) or a property of a schema
/// (`Task.status`) has a description.
fn has_description(description: &Value, name: &str) -> bool {
    let components = &description["components"];
    let found = match name.split_once('.') {
        Some((schema, property)) => &components["schemas"][schema]["properties"][property],
        None => ["schemas", "responses"]
            .iter()
            .map(|section| &components[*section][name])
            .find(|component| component.is_mapping())
            .or_else(|| operation(description, name))
            .unwrap_or(&Value::Null),
    };
    found["description"].is_string()
}

fn operation<'v>(description: &'v Value, id: &str) -> Option<&'v Value> {
    let paths = description["paths"].as_mapping()?.values();
    let operations = paths
        .filter_map(Value::as_mapping)
        .flat_map(|path| path.values());
    operations
        .into_iter()
        .find(|operation| operation["operationId"] == id)
}
