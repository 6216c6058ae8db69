//! The structure of the source: which file may name which other.
//!
//! An arrow goes from a file to the file that defines what it names. Declaring a module and re-exporting
//! an item are no arrows, and a name that is imported from a re-export leads to the file behind it. Tests
//! within `src` may name anything.

mod graph;
mod source;

use std::path::Path;

use graph::Graph;
use source::Crate;

/// Cycles that are accepted: the folder of a crate, and the files or folders (without `.rs`) that may
/// depend on each other.
const ACCEPTED_CYCLES: [(&str, &[&str]); 1] = [
    // A client makes requests, a request is sent as a call, and a call sends through the client.
    (
        "codegen/runtime/src",
        &["runtime/client", "runtime/request", "runtime/call"],
    ),
];

fn read(folder: &str) -> Crate {
    Crate::read(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder),
    )
}

/// A file that depends on itself through other files cannot be read, changed or tested alone.
#[test]
fn no_file_depends_on_itself() {
    let mut found = String::new();
    for folder in ["codegen/src", "codegen/runtime/src", "xtask/src"] {
        let source = read(folder);
        let graph = Graph::of(&source);
        let accepted = ACCEPTED_CYCLES.iter().filter(|(of, _)| *of == folder);
        let accepted: Vec<&[&str]> = accepted.map(|(_, modules)| *modules).collect();
        for cycle in graph.cycles() {
            let is_accepted =
                |modules: &&[&str]| cycle.iter().all(|file| is_in_one_of(file, modules));
            if !accepted.iter().any(is_accepted) {
                found += &format!("{folder}:\n{}", graph.within(&cycle));
            }
        }
    }
    assert!(
        found.is_empty(),
        "these files depend on each other; move what ties them to a file of its own:\n{found}"
    );
}

/// Modules of `codegen/src` that alone may name a crate.
const CRATES: [(&str, &[&str]); 4] = [
    ("quote", &["emit", "render"]),
    ("syn", &["emit", "render"]),
    ("proc_macro2", &["emit", "render"]),
    ("serde_yaml", &["parse", "source"]),
];

#[test]
fn only_some_stages_of_the_generator_name_tokens_and_yaml() {
    let source = read("codegen/src");
    let mut found = Vec::new();
    for (name, stages) in CRATES {
        for file in source.files_that_name(name) {
            if !is_in_one_of(file, stages) {
                found.push(format!("{file} names `{name}`, which is for {stages:?}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// What a stage of `codegen/src` may name of the others.
enum Rule {
    Only(&'static [&'static str]),
    AnythingBut(&'static [&'static str]),
}

const STAGES: [(&str, Rule); 2] = [
    ("check", Rule::AnythingBut(&["upstream"])),
    // Beside its own types: those of the specification, and where a part of a description is.
    ("ir", Rule::Only(&["ir", "openapi", "source/pointer"])),
];

#[test]
fn stages_of_the_generator_name_only_what_they_may() {
    let source = read("codegen/src");
    let graph = Graph::of(&source);
    let mut found = Vec::new();
    for (stage, rule) in &STAGES {
        for (from, to, names) in graph.arrows() {
            let is_wrong = match rule {
                Rule::Only(stages) => !is_in_one_of(to, stages),
                Rule::AnythingBut(stages) => is_in_one_of(to, stages),
            };
            if is_in_one_of(from, &[stage]) && is_wrong {
                found.push(format!("{from} names {names:?} of {to}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Whether a file is one of these modules or in one of them.
fn is_in_one_of(file: &str, modules: &[&str]) -> bool {
    modules.iter().any(|module| {
        let rest = file.strip_prefix(module);
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}
