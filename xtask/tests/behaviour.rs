//! The page on the server's behaviour refers to places that the description has.

use std::fs;

use serde_yaml::Value;

const COLUMN: &str = "described at";

/// One row: the behaviour, and the place or places where the description says it.
struct Row {
    behaviour: String,
    described_at: String,
}

#[test]
fn every_behaviour_is_described_or_left_out_for_a_reason() {
    let description = read("openapi.yaml");
    let description: Value = serde_yaml::from_str(&description).unwrap();
    let rows = rows(&read("behaviour.md"));
    assert!(rows.len() > 40, "the tables are found");
    for row in rows {
        let names: Vec<_> = row.described_at.split('`').skip(1).step_by(2).collect();
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

fn read(name: &str) -> String {
    let text = fs::read_to_string(xtask::workspace().join("spec").join(name)).unwrap();
    text.replace("\r\n", "\n")
}

fn rows(page: &str) -> Vec<Row> {
    let mut column = None;
    let mut rows = Vec::new();
    for line in page.lines() {
        if !line.starts_with('|') {
            column = None;
            continue;
        }
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        match column {
            None => column = cells.iter().position(|cell| *cell == COLUMN),
            Some(_) if line.starts_with("|---") => {}
            Some(column) => rows.push(Row {
                behaviour: cells[0].to_owned(),
                described_at: cells[column].to_owned(),
            }),
        }
    }
    rows
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
