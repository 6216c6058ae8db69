//! `generated/public-api.txt` lists the public API of the client, so that a change shows in review.

mod items;
mod pre_1_0;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use items::Exports;
use syn::Item;

const FILE: &str = "generated/public-api.txt";
const UPDATE: &str = "UPDATE_PUBLIC_API=1 cargo test -p xtask --test public_api";

/// A file of the client.
struct Module {
    /// Path in Rust, without the crate name.
    path: String,
    text: String,
}

impl Module {
    /// Whether users can name this module.
    fn is_public(&self) -> bool {
        ["", "mock", "types"].contains(&self.path.as_str())
    }

    fn items(&self) -> Vec<Item> {
        syn::parse_file(&self.text).expect("Rust").items
    }
}

fn modules() -> Vec<Module> {
    let mut modules = Vec::new();
    walk(&xtask::workspace().join("generated/src"), "", &mut modules);
    modules.sort_by(|one, other| one.path.cmp(&other.path));
    modules
}

fn walk(folder: &Path, path: &str, modules: &mut Vec<Module>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        let name = name.trim_end_matches(".rs");
        let inner = match name {
            "lib" | "mod" => path.to_owned(),
            _ if path.is_empty() => name.to_owned(),
            _ => format!("{path}::{name}"),
        };
        if entry.path().is_dir() {
            walk(&entry.path(), &inner, modules);
        } else {
            modules.push(Module {
                path: inner,
                text: fs::read_to_string(entry.path()).expect("UTF-8"),
            });
        }
    }
}

/// The public items of each module, as Rust without documentation and bodies.
fn listing() -> String {
    let modules = modules();
    let exports = Exports::of(&modules);
    let mut listing =
        format!("The public API of comp-ai-client. Written by `{UPDATE}`, do not edit.\n");
    for module in &modules {
        let text = items::shown(module, &exports);
        if !text.is_empty() {
            let name = if module.path.is_empty() {
                "the crate"
            } else {
                &module.path
            };
            let _ = write!(listing, "\n// {name}\n{text}");
        }
    }
    listing
}

#[test]
fn the_list_is_up_to_date() {
    let path = xtask::workspace().join(FILE);
    let wanted = listing();
    if std::env::var_os("UPDATE_PUBLIC_API").is_some() {
        fs::write(&path, &wanted).expect("the file can be written");
    }
    let found = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace('\r', "");
    let difference = diffy::create_patch(&found, &wanted);
    assert!(
        found == wanted,
        "the public API has changed:\n{difference}\nIf this is intended, describe it in \
         generated/CHANGELOG.md and run: {UPDATE}"
    );
}
