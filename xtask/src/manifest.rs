//! The `Cargo.toml` of the generated crate: written once, then edited by hand.

use std::fs;
use std::io;
use std::path::Path;

use codegen::manifest::Requirements;

use crate::failure::Failure;
use crate::paths;

/// The manifest that a crate has.
pub(crate) struct Manifest {
    /// The path, as messages show it.
    path: String,
    table: toml::Table,
}

impl Manifest {
    /// Reads the manifest in the folder `out`; `None` if there is none.
    pub(crate) fn read(out: &Path, root: &Path) -> Result<Option<Self>, Failure> {
        let file = out.join("Cargo.toml");
        let path = paths::display(&file, root);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::new(format!("error: cannot read {path}: {error}"))),
        };
        let table = text
            .parse()
            .map_err(|error| Failure::new(format!("error: {path} is not valid TOML: {error}")))?;
        Ok(Some(Manifest { path, table }))
    }

    /// Returns whether the crate has the feature `mock`, which the mock server is generated for.
    pub(crate) fn has_mock(&self) -> bool {
        let features = self.table.get("features").and_then(toml::Value::as_table);
        features.is_some_and(|features| features.contains_key("mock"))
    }

    /// Reports every dependency and feature that the generated code needs and the manifest lacks.
    pub(crate) fn check(&self, requirements: &Requirements) -> Result<(), Failure> {
        let path = &self.path;
        let missing = requirements.missing(&self.table);
        if missing.is_empty() {
            return Ok(());
        }
        let mut message = format!("error: {path} lacks what the generated code needs\n");
        for (section, line) in missing {
            message.push_str(&format!("help: add to {section}: {line}\n"));
        }
        Err(Failure::new(message.trim_end()))
    }

    fn crate_name(&self) -> Option<&str> {
        self.table.get("package")?.get("name")?.as_str()
    }
}

/// Returns the name of the crate: the name in its manifest, otherwise the requested one, otherwise the name
/// of the folder.
pub(crate) fn crate_name(
    manifest: Option<&Manifest>,
    requested: Option<&str>,
    out: &Path,
) -> Result<String, Failure> {
    match (manifest.and_then(Manifest::crate_name), requested) {
        (Some(name), Some(requested)) if name != requested => Err(Failure::new(format!(
            "error: the crate in {} is named `{name}`, not `{requested}`\n\
             help: omit `--name`, or change the name in its Cargo.toml",
            out.display()
        ))),
        (Some(name), _) | (None, Some(name)) => Ok(name.to_owned()),
        (None, None) => {
            let folder = std::path::absolute(out).unwrap_or_else(|_| out.to_path_buf());
            let folder = folder.file_name().and_then(|name| name.to_str());
            let name = folder.and_then(|name| match is_crate_name(name) {
                true => Some(name.to_owned()),
                false => separated(name),
            });
            name.ok_or_else(|| {
                Failure::new(format!(
                    "error: the name of the folder {} is not a valid crate name\n\
                     help: pass the crate's name with `--name`",
                    out.display()
                ))
            })
        }
    }
}

/// Returns the words of a folder's name as the name of a crate, if that is one.
fn separated(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("-")).filter(|name| is_crate_name(name))
}

/// Returns whether cargo accepts this as the name of a package.
pub(crate) fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
}
