//! Clients of random descriptions. A client compiles, decodes and encodes the values of every schema without
//! loss, and sends parameters as the specification requires.

mod calls;
#[path = "../crates/mod.rs"]
mod crates;
mod descriptions;
mod malformed;
mod numbers;
mod parameters;
mod styles;
mod values;
mod version_3_1;

use codegen::{FileTree, Options};
use crates::{Workspace, parallel};
use descriptions::{description, name};
use numbers::Random;
use serde_json::Value;

/// Number of values for each component.
const VALUES: usize = 30;

fn generate(seed: u64, document: &Value) -> codegen::Output {
    let options = Options {
        mock: true,
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: format!("random-{seed}"),
        ..Options::default()
    };
    let text = serde_json::to_string_pretty(document).unwrap();
    match codegen::generate(text.as_bytes(), &options) {
        Ok(output) => output,
        Err(problems) => panic!("seed {seed}: {problems}"),
    }
}

/// Returns a test of a generated crate, and the values that it decodes.
fn round_trips(seed: u64, document: &Value, count: usize) -> (String, String) {
    let mut random = Random::new(seed + 1);
    let mut all = Vec::new();
    let mut calls = String::new();
    for index in 0..count {
        let schema = &document["components"]["schemas"][name(index)];
        let values = (0..VALUES).map(|_| {
            // A type does not include its own null: the type of a reference to it does.
            loop {
                match values::value(document, schema, &mut random, 0) {
                    Value::Null if schema != &serde_json::json!({}) => {}
                    value => break value,
                }
            }
        });
        all.push(values.collect::<Value>());
        calls += &format!("    same::<{}>(&all[{index}]);\n", name(index));
    }
    let test = include_str!("round_trips.rs.in").replace("    // calls\n", &calls);
    (test, Value::Array(all).to_string())
}

fn survive(folder: &str, seeds: std::ops::Range<u64>, count: usize) {
    let mut workspace = Workspace::new(folder);
    let mut tests = FileTree::new();
    let mut main = "//! The tests of all descriptions.\n\nmod server;\n".to_owned();
    for seed in seeds {
        let document = description(seed, count);
        let output = generate(seed, &document);
        let operations = parameters::operations(seed, count.div_ceil(2));
        let calls = calls::test(&output.files, &operations);
        let (test, values) = round_trips(seed, &document, count);

        let module = format!("random_{seed}");
        let of_crate = |test: &str| test.replace("random_0", &module);
        tests.insert(format!("{module}/mod.rs"), of_crate(&test));
        tests.insert(format!("{module}/calls.rs"), of_crate(&calls));
        tests.insert(format!("{module}/values.json"), values);
        // For the developer who looks for the reason of a failure.
        let document = serde_json::to_string_pretty(&document).unwrap();
        tests.insert(format!("{module}/openapi.json"), document);
        main += &format!("mod {module};\n");
        workspace.add(&format!("random-{seed}"), output);
    }
    tests.insert("main.rs".to_owned(), main);
    workspace.add_tests("random-tests", tests);
    workspace.write().test();
}

#[test]
fn values_survive() {
    survive("random", 0..1, 24);
}

#[test]
#[ignore = "takes minutes to compile"]
fn values_of_many_descriptions_survive() {
    survive("random-many", 100..110, 60);
}

/// All descriptions give Rust code; compiling all of it would take too long.
#[test]
fn every_description_is_generated() {
    let seeds: Vec<u64> = (1000..1060).collect();
    parallel::map(&seeds, |seed| generate(*seed, &description(*seed, 12)));
}

#[test]
fn a_description_in_version_3_1_gives_the_same_client() {
    let seeds: Vec<u64> = (0..15).collect();
    parallel::map(&seeds, |&seed| {
        let mut document = description(seed, 20);
        let expected = generate(seed, &document).files;
        let rewritten = version_3_1::as_3_1(&mut document);
        assert!(rewritten > 0, "seed {seed}");
        let found = generate(seed, &document).files;
        for (file, text) in &expected {
            let found = &found[file];
            assert!(
                found == text,
                "seed {seed}: {file} is\n{found}\n\nnot\n{text}"
            );
        }
        assert_eq!(found.len(), expected.len(), "seed {seed}");
    });
}
