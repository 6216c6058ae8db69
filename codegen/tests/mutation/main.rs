//! Our own description with one node deleted, duplicated, misspelt or of another type: every misspelt
//! key and every value of a wrong JSON type is told once, in a place that the change concerns; what
//! generates compiles, and is another client unless the change is known to be harmless; and nothing
//! panics.

mod client;
mod compiled;
#[path = "../crates/mod.rs"]
mod crates;
mod document;
mod mutants;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use client::{code, harmless};
use codegen::{Code, Diagnostic, Diagnostics, Options, Output};
use document::Node;
use mutants::{Mutant, Numbers, changed, mutants};
use told::{concerns, must_be_told};

const SPEC: &str = include_str!("../../../spec/openapi.yaml");

fn generate(text: &str) -> Result<Output, Diagnostics> {
    let options = Options {
        deny_warnings: true,
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options)
}

/// What mutants came to.
#[derive(Default)]
struct Outcome {
    counts: BTreeMap<String, usize>,
    failures: String,
    /// Those that differ from the original's and from each other.
    clients: Vec<Output>,
}

/// Tries mutants, and prints how many came to what.
fn run(original: &Node, mutants: &[Mutant]) -> Outcome {
    let (text, _) = original.write();
    let sound = generate(&text).expect("our own description has no mistakes");
    let sound = code(&sound.files);
    let mut numbers = Numbers(7);
    let mut seen = BTreeSet::new();
    let mut outcome = Outcome::default();
    for mutant in mutants {
        let (tree, way) = changed(original, mutant, &mut numbers);
        let (text, placed) = tree.write();
        let name = format!("{:?} {}", mutant.change, mutant.keys.join(" > "));
        let mut fail = |why: &str| outcome.failures.push_str(&format!("{name}: {why}\n"));
        let result = std::panic::catch_unwind(|| generate(&text));
        let came_to = match result {
            Err(_) => {
                fail("panics");
                "panics".to_owned()
            }
            Ok(Ok(output)) => {
                if must_be_told(mutant) {
                    fail("nothing is told");
                }
                let code = code(&output.files);
                let is_same = code == sound;
                if !is_same && seen.insert(code) {
                    outcome.clients.push(output);
                }
                match harmless(mutant) {
                    _ if !is_same => "another client".to_owned(),
                    Some(reason) => format!("the same client: {reason:?}"),
                    None => {
                        fail("generates the same client, and nothing is told");
                        "the same client for no reason".to_owned()
                    }
                }
            }
            Ok(Err(found)) => {
                if must_be_told(mutant) && found.items().len() > 1 {
                    fail(&format!("one mistake is told as several:\n{found}"));
                }
                let items = found.items().iter();
                let astray: Vec<&Diagnostic> = items
                    .filter(|item| !concerns(item, &text, &placed, &way, mutant))
                    .collect();
                let internal = found.items().iter().any(|item| item.code == Code::Internal);
                if !astray.is_empty() || internal {
                    fail(&format!("told elsewhere, or not foreseen:\n{found}"));
                }
                "told".to_owned()
            }
        };
        *outcome.counts.entry(came_to).or_default() += 1;
    }
    println!(
        "{} mutants: {:#?}\n{} distinct clients",
        mutants.len(),
        outcome.counts,
        outcome.clients.len()
    );
    outcome
}

#[test]
fn a_sample_of_mutants_is_told_or_another_client() {
    let original = Node::parse(SPEC);
    let mut all = mutants(&original);
    let mut numbers = Numbers(1);
    let sample: Vec<Mutant> = (0..300)
        .map(|_| all.swap_remove(numbers.below(all.len())))
        .collect();
    let outcome = run(&original, &sample);
    assert!(outcome.failures.is_empty(), "{}", outcome.failures);
    compiled::compile(&outcome.clients[..3]);
}

/// Some thousands; run it with `cargo test -p codegen --test mutation -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn all_mutants_are_told_or_another_client() {
    let original = Node::parse(SPEC);
    let outcome = run(&original, &mutants(&original));
    assert!(outcome.failures.is_empty(), "{}", outcome.failures);
    compiled::compile(&outcome.clients);
}
