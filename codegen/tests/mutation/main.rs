//! Our own description with one node deleted, duplicated, misspelt or of another type: every misspelt
//! key and every value of a wrong JSON type is told once, in a place that the change concerns, and
//! nothing panics.

mod document;

use std::collections::BTreeMap;

use codegen::{Code, Diagnostic, Diagnostics, FileTree, Options};
use document::{Node, Placed, Way};

const SPEC: &str = include_str!("../../../spec/openapi.yaml");

/// What a node becomes when its type changes, each of another JSON type.
const VALUES: [&str; 6] = ["\"text\"", "12345", "true", "null", "{}", "[]"];

/// Objects whose keys are names of the author's, by the key that they stand under.
const NAMED_BY_AUTHOR: [&str; 9] = [
    "paths",
    "schemas",
    "properties",
    "securitySchemes",
    "content",
    "mapping",
    "examples",
    "headers",
    "variables",
];

/// Keys whose value is any JSON, or is of no meaning to a client.
const FREE: [&str; 3] = ["example", "default", "enum"];

const PROSE: [&str; 3] = ["description", "summary", "title"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Delete,
    Duplicate,
    Misspell,
    /// To the value of this index.
    Retype(usize),
}

struct Mutant {
    change: Change,
    way: Way,
    /// The keys on the way in the original.
    keys: Vec<String>,
    /// The names by which other places may refer to the node, or it to them.
    names: Vec<String>,
}

/// A small generator of numbers that look random, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn generate(text: &str) -> Result<FileTree, Diagnostics> {
    let options = Options {
        deny_warnings: true,
        skip_unsupported: false,
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "client".to_owned(),
    };
    codegen::generate(text.as_bytes(), &options).map(|output| output.files)
}

/// Every change of every node but the root.
fn mutants(original: &Node) -> Vec<Mutant> {
    let (_, placed) = original.write();
    let mut mutants = Vec::new();
    for Placed { way, keys, .. } in placed.into_iter().skip(1) {
        let in_object = matches!(original.at(&way[..way.len() - 1]), Node::Object(_));
        let node = original.at(&way);
        let retypes = (0..VALUES.len()).filter(|index| kind(node) != kind_of_text(VALUES[*index]));
        let mut changes = vec![Change::Delete, Change::Duplicate];
        changes.extend(in_object.then_some(Change::Misspell));
        changes.extend(retypes.map(Change::Retype));
        mutants.extend(changes.into_iter().map(|change| Mutant {
            change,
            way: way.clone(),
            keys: keys.clone(),
            names: names(node, &keys),
        }));
    }
    mutants
}

/// The parts of the keys on the way, and of the texts in the node.
fn names(node: &Node, keys: &[String]) -> Vec<String> {
    let mut texts = keys.to_vec();
    let mut queue = vec![node];
    while let Some(node) = queue.pop() {
        match node {
            Node::Scalar(text) => texts.push(text.clone()),
            Node::List(items) => queue.extend(items),
            Node::Object(entries) => queue.extend(entries.iter().map(|(_, value)| value)),
        }
    }
    let parts = texts
        .iter()
        .flat_map(|text| text.split(['{', '}', '/', '"', '#']));
    let parts = parts.filter(|part| part.len() > 1 && part.parse::<usize>().is_err());
    parts.map(str::to_owned).collect()
}

fn kind(node: &Node) -> char {
    match node {
        Node::Scalar(text) => kind_of_text(text),
        Node::List(_) => '[',
        Node::Object(_) => '{',
    }
}

/// The type of a JSON text, by how it begins.
fn kind_of_text(text: &str) -> char {
    match text.chars().next().expect("there is a text") {
        '0'..='9' | '-' => '0',
        't' | 'f' => 't',
        first => first,
    }
}

/// The description with the change, and the way to what is changed in it.
fn changed(original: &Node, mutant: &Mutant, numbers: &mut Numbers) -> (Node, Way) {
    let mut tree = original.clone();
    let (step, parent) = mutant.way.split_last().expect("not the root");
    let mut way = mutant.way.clone();
    match (mutant.change, tree.at_mut(parent)) {
        (Change::Delete, Node::Object(entries)) => {
            entries.remove(*step);
            way.pop();
        }
        (Change::Delete, Node::List(items)) => {
            items.remove(*step);
            way.pop();
        }
        (Change::Duplicate, Node::Object(entries)) => {
            entries.insert(step + 1, entries[*step].clone());
            way = [parent, &[step + 1]].concat();
        }
        (Change::Duplicate, Node::List(items)) => {
            items.insert(step + 1, items[*step].clone());
            way = [parent, &[step + 1]].concat();
        }
        (Change::Misspell, Node::Object(entries)) => {
            entries[*step].0 = misspelt(&entries[*step].0, numbers);
        }
        (Change::Retype(index), holder) => {
            *holder.at_mut(&[*step]) = match VALUES[index] {
                "{}" => Node::Object(Vec::new()),
                "[]" => Node::List(Vec::new()),
                scalar => Node::Scalar(scalar.to_owned()),
            };
        }
        (_, Node::Scalar(_) | Node::List(_)) => panic!("a list has no keys"),
    }
    (tree, way)
}

/// The key with another letter in one place.
fn misspelt(key: &str, numbers: &mut Numbers) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let at = numbers.below(letters.len());
    letters[at] = match letters[at] {
        'q' => 'z',
        _ => 'q',
    };
    letters.into_iter().collect()
}

/// Whether a key on the way, up to the last but `except`, holds what has no fixed shape.
fn is_free(keys: &[String], except: usize) -> bool {
    let above = &keys[..keys.len() - except];
    let is_name = |index: usize| index > 0 && is_named_by_author(&keys[..index]);
    above.iter().enumerate().any(|(index, key)| {
        !is_name(index) && (key.starts_with("x-") || FREE.contains(&key.as_str()))
    })
}

/// Whether the keys of the object at this way are names of the author's.
fn is_named_by_author(keys: &[String]) -> bool {
    let [.., last] = keys else { return false };
    let is_component = matches!(keys, [components, _] if components == "components");
    // `properties` may be a property itself.
    let is_name = keys.len() > 1 && is_named_by_author(&keys[..keys.len() - 1]);
    is_component || (!is_name && NAMED_BY_AUTHOR.contains(&last.as_str()))
}

/// Whether the change has to be told.
fn must_be_told(mutant: &Mutant) -> bool {
    let keys = &mutant.keys;
    let last = keys.last().expect("not the root");
    let parent = &keys[..keys.len() - 1];
    match mutant.change {
        Change::Misspell => {
            !is_free(keys, 1) && !last.starts_with("x-") && !is_named_by_author(parent)
        }
        Change::Retype(index) => {
            // True and an empty schema mean the same.
            let is_schema_too = last == "additionalProperties" && VALUES[index] == "{}";
            let is_list_item_of_enum = is_free(keys, 0);
            !is_list_item_of_enum && !is_schema_too
        }
        Change::Delete => false,
        // Two equal items of a list may be meant.
        Change::Duplicate => last.parse::<usize>().is_err(),
    }
}

/// Whether a finding is in a place that the change concerns: the node itself, what is above it, or
/// what refers to it.
fn concerns(item: &Diagnostic, text: &str, placed: &[Placed], way: &Way, mutant: &Mutant) -> bool {
    let is_at = placed.iter().any(|node| {
        let is_own = node.way.starts_with(way) && (node.first..=node.last).contains(&item.line);
        let is_above = way.starts_with(&node.way) && node.first == item.line;
        is_own || is_above
    });
    // What the change makes wrong or idle, however far away.
    let governed = [
        Code::UnusedComponent,
        Code::ExampleMismatch,
        Code::DefaultMismatch,
        Code::EnumValueType,
    ];
    // What stands there, with a short object or list that begins there.
    let here = placed.iter().filter(|node| node.first == item.line);
    let last = here
        .map(|node| node.last)
        .filter(|last| *last < item.line + 20);
    let last = last.max().unwrap_or(item.line);
    let lines: Vec<&str> = text.lines().collect();
    let here = lines[item.line - 1..last].join("\n");
    let refers = mutant.names.iter().any(|name| here.contains(name));
    is_at || refers || governed.contains(&item.code)
}

/// Tries mutants, prints how many came to what, and says what is wrong.
fn run(original: &Node, mutants: &[Mutant]) -> String {
    let (text, _) = original.write();
    let sound = generate(&text).expect("our own description has no mistakes");
    let mut numbers = Numbers(7);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = String::new();
    for mutant in mutants {
        let (tree, way) = changed(original, mutant, &mut numbers);
        let (text, placed) = tree.write();
        let name = format!("{:?} {}", mutant.change, mutant.keys.join(" > "));
        let result = std::panic::catch_unwind(|| generate(&text));
        let outcome = match result {
            Err(_) => {
                failures.push_str(&format!("{name}: panics\n"));
                "panics"
            }
            Ok(Ok(files)) => {
                let is_prose = mutant.keys.iter().any(|key| PROSE.contains(&key.as_str()));
                if must_be_told(mutant) {
                    failures.push_str(&format!("{name}: nothing is told\n"));
                }
                match (files == sound, is_prose) {
                    (false, _) => "generates another client",
                    (true, true) => "generates the same client, and is prose",
                    (true, false) => "generates the same client",
                }
            }
            Ok(Err(found)) => {
                if must_be_told(mutant) && found.items().len() > 1 {
                    failures.push_str(&format!(
                        "{name}: one mistake is told as several:\n{found}\n"
                    ));
                }
                let items = found.items().iter();
                let astray: Vec<&Diagnostic> = items
                    .filter(|item| !concerns(item, &text, &placed, &way, mutant))
                    .collect();
                let internal = found.items().iter().any(|item| item.code == Code::Internal);
                if !astray.is_empty() || internal {
                    failures.push_str(&format!(
                        "{name}: told elsewhere, or not foreseen:\n{found}\n"
                    ));
                }
                "is told"
            }
        };
        *counts.entry(outcome).or_default() += 1;
    }
    println!("{} mutants: {counts:#?}", mutants.len());
    failures
}

#[test]
fn a_sample_of_mutants_is_told() {
    let original = Node::parse(SPEC);
    let mut all = mutants(&original);
    let mut numbers = Numbers(1);
    let sample: Vec<Mutant> = (0..300)
        .map(|_| all.swap_remove(numbers.below(all.len())))
        .collect();
    let failures = run(&original, &sample);
    assert!(failures.is_empty(), "{failures}");
}

/// Some thousands; run it with `cargo test -p codegen --test mutation -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn all_mutants_are_told() {
    let original = Node::parse(SPEC);
    let failures = run(&original, &mutants(&original));
    assert!(failures.is_empty(), "{failures}");
}
