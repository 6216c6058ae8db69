//! Types of crates before 1.0 in the API: a breaking release of such a crate breaks this one too.

use std::collections::BTreeSet;
use std::fs;

use syn::{Item, UseTree};

use super::items::{Exports, leaves, shown};
use super::modules;

/// The dependencies with a version before 1.0.
fn young() -> BTreeSet<String> {
    let manifest = xtask::workspace().join("generated/Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let dependencies = manifest["dependencies"].as_table().expect("a table");
    let version = |value: &toml::Value| {
        let version = value.get("version").unwrap_or(value);
        version.as_str().expect("a version").to_owned()
    };
    let young = dependencies
        .iter()
        .filter(|(_, value)| version(value).starts_with("0."));
    young.map(|(name, _)| name.replace('-', "_")).collect()
}

/// Whether the text contains this word.
fn has(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split(|letter| !is_part(letter))
        .any(|found| found == word)
}

#[test]
fn the_readme_names_the_pre_1_0_types_of_the_api() {
    let modules = modules();
    let exports = Exports::of(&modules);
    let mut used = BTreeSet::new();
    for module in &modules {
        // A re-export is checked where the item is defined.
        let text = shown(module, &exports);
        let signatures: String = text.lines().filter(|line| !line.contains("use ")).collect();
        for name in young() {
            let imported = module.items().iter().any(|item| match item {
                Item::Use(item) => match &item.tree {
                    UseTree::Path(path) if path.ident == name => {
                        let mut names = BTreeSet::new();
                        leaves(&path.tree, &mut names);
                        names.iter().any(|name| has(&signatures, name))
                    }
                    _ => false,
                },
                _ => false,
            });
            if imported || signatures.contains(&format!("{name}::")) {
                used.insert(name);
            }
        }
    }
    let readme = xtask::workspace().join("generated/README.md");
    let readme = fs::read_to_string(readme).expect("a page");
    let named = young()
        .into_iter()
        .filter(|name| readme.contains(&format!("`{name}` 0.")));
    assert_eq!(named.collect::<BTreeSet<_>>(), used);
}
