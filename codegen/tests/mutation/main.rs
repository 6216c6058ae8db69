//! Mutation test: our own description with one node deleted, duplicated, misspelt or given another type.
//!
//! - Every misspelt key and every value of a wrong JSON type is reported once, at a place that the change
//!   affects.
//! - A mutant that generates gives a client that compiles and differs from the original client, unless the
//!   change is known to be harmless.
//! - Nothing panics.

mod client;
mod compiled;
#[path = "../crates/mod.rs"]
mod crates;
mod document;
mod mutants;
mod reported;

use std::collections::{BTreeMap, BTreeSet};

use client::{code, harmless};
use codegen::{Code, Diagnostic, Diagnostics, FileTree, Options, Output};
use crates::parallel;
use document::Node;
use fastrand::Rng;
use mutants::{Mutant, changed, mutants};
use reported::{is_affected, must_be_reported};

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

/// The results of all mutants.
#[derive(Default)]
struct Outcome {
    counts: BTreeMap<String, usize>,
    failures: String,
    /// Clients that differ from the original client and from each other.
    clients: Vec<Output>,
}

/// The result of one mutant.
struct Judged {
    result: String,
    failures: String,
    /// A client that differs from the original client, and its code.
    client: Option<(FileTree, Output)>,
}

/// Generates one mutant. `sound` is the code of the original client.
fn judge(original: &Node, sound: &FileTree, mutant: &Mutant, rng: &mut Rng) -> Judged {
    let (tree, way) = changed(original, mutant, rng);
    let (text, placed) = tree.write();
    let name = format!("{:?} {}", mutant.change, mutant.keys.join(" > "));
    let mut failures = String::new();
    let mut fail = |why: &str| failures.push_str(&format!("{name}: {why}\n"));
    let mut client = None;
    let result = match std::panic::catch_unwind(|| generate(&text)) {
        Err(_) => {
            fail("panics");
            "a panic".to_owned()
        }
        Ok(Ok(output)) => {
            if must_be_reported(mutant) {
                fail("nothing is reported");
            }
            let code = code(&output.files);
            let is_same = code == *sound;
            if !is_same {
                client = Some((code, output));
            }
            match harmless(mutant) {
                _ if !is_same => "another client".to_owned(),
                Some(reason) => format!("the same client: {reason:?}"),
                None => {
                    fail("generates the same client, and nothing is reported");
                    "the same client for no reason".to_owned()
                }
            }
        }
        Ok(Err(found)) => {
            if must_be_reported(mutant) && found.items().len() > 1 {
                fail(&format!("one mistake is reported as several:\n{found}"));
            }
            let items = found.items().iter();
            let astray: Vec<&Diagnostic> = items
                .filter(|item| !is_affected(item, &text, &placed, &way, mutant))
                .collect();
            let internal = found.items().iter().any(|item| item.code == Code::Internal);
            if !astray.is_empty() || internal {
                fail(&format!(
                    "reported at another place, or an internal error:\n{found}"
                ));
            }
            "reported".to_owned()
        }
    };
    Judged {
        result,
        failures,
        client,
    }
}

/// Generates every mutant, and prints the number of each result.
fn run(original: &Node, mutants: &[Mutant]) -> Outcome {
    let (text, _) = original.write();
    let sound = generate(&text).expect("our own description is valid");
    let sound = code(&sound.files);
    let mut rng = Rng::with_seed(7);
    let mutants: Vec<(&Mutant, Rng)> = mutants.iter().map(|mutant| (mutant, rng.fork())).collect();
    let judged = parallel::map(&mutants, |(mutant, rng)| {
        judge(original, &sound, mutant, &mut rng.clone())
    });
    let mut seen = BTreeSet::new();
    let mut outcome = Outcome::default();
    for judged in judged {
        *outcome.counts.entry(judged.result).or_default() += 1;
        outcome.failures.push_str(&judged.failures);
        if let Some((code, client)) = judged.client
            && seen.insert(code)
        {
            outcome.clients.push(client);
        }
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
fn a_sample_of_mutants_is_reported_or_changes_the_client() {
    let original = Node::parse(SPEC);
    let mut all = mutants(&original);
    let mut rng = Rng::with_seed(1);
    let sample: Vec<Mutant> = (0..300)
        .map(|_| all.swap_remove(rng.usize(..all.len())))
        .collect();
    let outcome = run(&original, &sample);
    assert!(outcome.failures.is_empty(), "{}", outcome.failures);
    compiled::compile(&outcome.clients[..3]);
}

/// Several thousand mutants. Run it with `cargo test -p codegen --test mutation -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn all_mutants_are_reported_or_change_the_client() {
    let original = Node::parse(SPEC);
    let outcome = run(&original, &mutants(&original));
    assert!(outcome.failures.is_empty(), "{}", outcome.failures);
    compiled::compile(&outcome.clients);
}
