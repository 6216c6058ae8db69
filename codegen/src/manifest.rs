//! What the output needs of the manifest of its crate, and a manifest for a crate that has none.

use std::fmt::Write;

use toml::{Table, Value};

use crate::runtime::{self, Part};

/// What a client's crate must have: what each client needs, and what its parts need besides.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    parts: Vec<&'static Part>,
}

impl Requirements {
    /// Of a client with these parts.
    pub fn of(parts: Vec<&'static Part>) -> Self {
        Requirements { parts }
    }

    /// The manifest of a new crate.
    pub fn template(&self, crate_name: &str) -> String {
        let mut text = format!(
            "[package]\nname = \"{crate_name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             rust-version = \"1.85\"\npublish = false\n\n\
             [package.metadata.docs.rs]\nall-features = true\n\
             rustdoc-args = [\"--cfg\", \"docsrs\"]\n\n"
        );
        for section in ["[features]", "[dependencies]"] {
            let _ = write!(text, "{section}\n{}\n", self.lines(section).join("\n"));
            if section == "[features]" {
                text.push('\n');
            }
        }
        text
    }

    /// What a crate's manifest lacks for the output to compile: for each, the section it belongs
    /// to and the line to write there.
    ///
    /// # Errors
    ///
    /// If the manifest is not valid TOML.
    pub fn missing(&self, manifest: &str) -> Result<Vec<(&'static str, String)>, String> {
        let has: Table = manifest
            .parse()
            .map_err(|error: toml::de::Error| error.to_string())?;
        let mut missing = Vec::new();
        for section in ["[features]", "[dependencies]"] {
            let key = section.trim_matches(['[', ']']);
            let has = has.get(key).and_then(Value::as_table);
            for line in self.lines(section) {
                let wanted: Table = line.parse().unwrap_or_default();
                for (name, wanted) in &wanted {
                    let has = has.and_then(|section| section.get(name));
                    if !has.is_some_and(|has| suffices(has, wanted)) {
                        missing.push((section, line.to_owned()));
                    }
                }
            }
        }
        Ok(missing)
    }

    /// The lines of a section of the runtime's manifest that this client needs, without comments.
    fn lines(&self, section: &str) -> Vec<String> {
        runtime::MANIFEST
            .lines()
            .skip_while(|line| line.trim_end() != section)
            .skip(1)
            .take_while(|line| !line.starts_with('['))
            .map(str::trim_end)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .filter(|line| match section {
                "[features]" => self.needs(name_of(line), |part| part.crate_features),
                _ => self.needs(name_of(line), |part| part.dependencies),
            })
            .map(|line| self.without_others(line))
            .collect()
    }

    /// The line without the features that only parts need which this client does not have.
    fn without_others(&self, line: &str) -> String {
        let all = runtime::PARTS.iter().flat_map(|part| part.features);
        let mut line = line.to_owned();
        for (dependency, feature) in all {
            let mut own = self.parts.iter().flat_map(|part| part.features);
            if name_of(&line) == *dependency && !own.any(|(_, other)| other == feature) {
                line = line.replace(&format!(", \"{feature}\""), "");
            }
        }
        line
    }

    /// Whether this is needed by every client, or by a part that this one has; `of` says what only a
    /// part needs.
    fn needs(&self, name: &str, of: impl Fn(&Part) -> &'static [&'static str]) -> bool {
        let needed = |part: &Part| of(part).contains(&name);
        !runtime::PARTS.iter().any(needed) || self.parts.iter().any(|part| needed(part))
    }
}

/// The name of the dependency or the feature of a line.
fn name_of(line: &str) -> &str {
    line.split([' ', '=', '.']).next().unwrap_or_default()
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
