//! What the output needs of the manifest of its crate, and a manifest for a crate that has none.

use std::fmt::Write;

use toml::{Table, Value};

use crate::runtime_sources::{self, RuntimeModule, is_needed};

/// The sections of a manifest that the output has requirements for.
const SECTIONS: [(&str, &str); 2] = [
    ("features", "[features]"),
    ("dependencies", "[dependencies]"),
];

/// What a client's crate needs: what every client needs, and what its optional modules need.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    parts: Vec<&'static RuntimeModule>,
}

impl Requirements {
    /// The requirements of a client with these optional modules.
    pub fn of(parts: Vec<&'static RuntimeModule>) -> Self {
        Requirements { parts }
    }

    /// The manifest of a new crate.
    pub fn template(&self, crate_name: &str) -> String {
        let mut text = format!(
            "[package]\nname = \"{crate_name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             rust-version = \"1.85\"\npublish = false\n\n\
             [package.metadata.docs.rs]\nall-features = true\n\
             rustdoc-args = [\"--cfg\", \"docsrs\"]\n"
        );
        let mut runtime = runtime_manifest();
        for (section, head) in SECTIONS {
            let _ = write!(text, "\n{head}\n");
            for (name, value) in self.entries(&mut runtime, section) {
                let _ = writeln!(text, "{name} = {}", inline(&value));
            }
        }
        text
    }

    /// What a crate's manifest lacks for the output to compile: for each entry, the head of its section
    /// and the line to write there.
    pub fn missing(&self, manifest: &Table) -> Vec<(&'static str, String)> {
        let mut missing = Vec::new();
        let mut runtime = runtime_manifest();
        for (section, head) in SECTIONS {
            let has = manifest.get(section).and_then(Value::as_table);
            for (name, wanted) in self.entries(&mut runtime, section) {
                let has = has.and_then(|section| section.get(&name));
                if !has.is_some_and(|has| suffices(has, &wanted)) {
                    missing.push((head, format!("{name} = {}", inline(&wanted))));
                }
            }
        }
        missing
    }

    /// Takes a section out of the runtime's manifest, and returns the entries that this client needs.
    fn entries(&self, runtime: &mut Table, section: &str) -> Vec<(String, Value)> {
        let entries = match runtime.remove(section) {
            Some(Value::Table(entries)) => entries,
            _ => Table::new(),
        };
        let needed = entries.into_iter().filter(|(name, _)| match section {
            "features" => is_needed(&self.parts, |it| it.crate_features.contains(&name.as_str())),
            _ => is_needed(&self.parts, |it| it.dependencies.contains(&name.as_str())),
        });
        let needed = needed.map(|(name, mut value)| {
            if let Some(Value::Array(features)) = value.get_mut("features") {
                features.retain(|feature| {
                    let feature = feature.as_str().unwrap_or_default();
                    is_needed(&self.parts, |it| {
                        it.features.contains(&(name.as_str(), feature))
                    })
                });
            }
            (name, value)
        });
        needed.collect()
    }
}

fn runtime_manifest() -> Table {
    runtime_sources::MANIFEST.parse().unwrap_or_default()
}

/// A value on one line, with the keys of a table in the order in which `cargo add` writes them.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{text}\""),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Datetime(value) => value.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let first = ["version", "default-features", "features"];
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| {
                let position = first.iter().position(|first| first == key);
                position.unwrap_or(first.len())
            });
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{key} = {}", inline(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether an entry offers all that is wanted. Versions are cargo's to judge, and of a dependency
/// that a workspace declares only the name is known here.
fn suffices(has: &Value, wanted: &Value) -> bool {
    if let (Value::Array(has), Value::Array(wanted)) = (has, wanted) {
        return wanted.iter().all(|item| has.contains(item));
    }
    let inherited = has.get("workspace").and_then(Value::as_bool) == Some(true);
    let features = |entry: &Value| {
        let features = entry.get("features").and_then(Value::as_array);
        features.cloned().unwrap_or_default()
    };
    let optional = |entry: &Value| entry.get("optional").and_then(Value::as_bool) == Some(true);
    let offered = features(has);
    optional(has) == optional(wanted)
        && (inherited
            || features(wanted)
                .iter()
                .all(|feature| offered.contains(feature)))
}
