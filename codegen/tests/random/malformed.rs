//! Random descriptions with random mistakes. None causes a panic, each problem has a place, and the
//! operations that are left out are exactly those with an error.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{Code, Diagnostics, Meaning, Options, Output};
use serde_json::{Value, json};

use super::crates::{self, parallel};
use super::descriptions::{description, name};
use super::numbers::Random;

const COMPONENTS: usize = 8;

/// Makes mistakes in a description.
struct Mistakes<'d> {
    random: Random,
    document: &'d mut Value,
}

impl Mistakes<'_> {
    /// A node in `paths` or `components` that matches, and its pointer.
    fn any(&mut self, matches: impl Fn(&str, &Value) -> bool) -> Option<String> {
        let mut all = Vec::new();
        for root in ["paths", "components"] {
            let at = format!("/{root}");
            collect(&self.document[root], at, &matches, &mut all);
        }
        (!all.is_empty()).then(|| self.random.pick(&all).clone())
    }

    fn change(&mut self, at: Option<String>, change: impl FnOnce(&mut Value)) {
        if let Some(node) = at.and_then(|at| self.document.pointer_mut(&at)) {
            change(node);
        }
    }

    /// Makes one mistake, if the description has a node for it.
    fn make(&mut self) {
        let one = self.random.below(2);
        let component = format!(
            "#/components/schemas/{}",
            name(self.random.below(COMPONENTS))
        );
        match self.random.below(14) {
            0 | 1 => {
                let values = [json!(null), json!(5), json!("text"), json!([]), json!({})];
                let value = self.random.pick(&values).clone();
                let at = self.any(|_, _| true);
                self.change(at, |node| *node = value);
            }
            2 => {
                let at = self.any(|_, node| node.is_object());
                self.change(at, |node| node["frobnicate"] = json!(1));
            }
            3 => {
                let at = self.any(|key, node| key == "parameters" && is_list(node));
                self.change(at, |list| {
                    let mut again = list[0].clone();
                    if one == 0 {
                        again["schema"] = json!({"type": "boolean"});
                    }
                    list.as_array_mut().expect("it is one").push(again);
                });
            }
            4 => {
                let at = self.any(|key, node| key == "required" && is_list(node));
                self.change(at, |list| {
                    let again = [list[0].clone(), json!("no property")];
                    list.as_array_mut()
                        .expect("it is one")
                        .push(again[one].clone());
                });
            }
            5 => {
                let at = self.any(|key, node| key == "enum" && is_list(node));
                self.change(at, |list| *list = json!([]));
            }
            6 => {
                let at = self.any(is_schema);
                self.change(at, |node| {
                    *node = json!({"$ref": "#/components/schemas/None"})
                });
            }
            7 => {
                let target = self.any(|_, node| node.is_object()).expect("there is one");
                let target = format!("#{}", target.replace(' ', "%20"));
                let at = self.any(is_schema);
                self.change(at, |node| *node = json!({"$ref": target}));
            }
            8 => {
                let at = self.any(is_schema);
                self.change(at, |node| {
                    node["oneOf"] = json!([{"$ref": component}, {"type": "string"}]);
                    node["anyOf"] = json!([{"type": "object"}, {"required": ["a"]}]);
                });
            }
            9 => {
                let at = self.any(is_schema);
                let others = [
                    json!({"type": "boolean"}),
                    json!({"type": "string", "enum": ["other"]}),
                ];
                let other = self.random.pick(&others).clone();
                self.change(at, |node| *node = json!({"allOf": [node.clone(), other]}));
            }
            10 => {
                let at = self.any(is_schema);
                self.change(at, |node| {
                    node["readOnly"] = json!(true);
                    node["writeOnly"] = json!(one == 0);
                });
            }
            11 => {
                let at = self.any(is_schema);
                let null = json!({"nullable": true, "allOf": [{"$ref": component}]});
                self.change(at, |node| *node = null);
            }
            12 => {
                let at = self.any(is_schema);
                self.change(at, |node| {
                    let discriminator =
                        json!({"propertyName": "kind", "mapping": {"a": component}});
                    node["discriminator"] = discriminator;
                });
            }
            _ => {
                let at = self.any(|key, _| matches!(key, "name" | "in" | "operationId" | "type"));
                let values = ["", "a b", "path", "{x}", "type"];
                let value = json!(self.random.pick(&values));
                self.change(at, |node| *node = value);
            }
        }
    }
}

/// Adds the pointers of the nodes that match by their key and value.
fn collect(
    node: &Value,
    at: String,
    matches: &impl Fn(&str, &Value) -> bool,
    all: &mut Vec<String>,
) {
    let children: Vec<(String, &Value)> = match node {
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, it)| (at.to_string(), it))
            .collect(),
        _ => return,
    };
    for (key, child) in children {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        if matches(&key, child) {
            all.push(at.clone());
        }
        collect(child, at, matches, all);
    }
}

fn is_list(node: &Value) -> bool {
    node.as_array().is_some_and(|items| !items.is_empty())
}

fn is_schema(key: &str, node: &Value) -> bool {
    let has = |key| node.get(key).is_some();
    node.is_object() && (key == "schema" || has("type") || has("allOf") || has("oneOf"))
}

fn generate(document: &Value, only: &[&str], keep_going: bool) -> Result<Output, Diagnostics> {
    let options = Options {
        mock: true,
        keep_going,
        only: only.iter().map(|only| (*only).to_owned()).collect(),
        spec_path: "openapi.json".to_owned(),
        spec_name: "openapi.json".to_owned(),
        crate_name: "random".to_owned(),
        ..Options::default()
    };
    codegen::generate(document.to_string().as_bytes(), &options)
}

/// What is wrong with how a description is handled.
fn flaw(document: &Value) -> Option<String> {
    let run = |only: &[&str], keep_going| {
        let run = || generate(document, only, keep_going);
        catch_unwind(AssertUnwindSafe(run)).map_err(|_| "it panics".to_owned())
    };
    let kept = match run(&[], true) {
        Ok(kept) => kept,
        Err(panics) => return Some(panics),
    };
    let found = match &kept {
        Ok(output) => &output.warnings,
        Err(found) => found,
    };
    let is_wrong = |it: &&codegen::Diagnostic| it.code == Code::Internal || it.line == 0;
    if let Some(wrong) = found.items().iter().find(is_wrong) {
        return Some(format!("{wrong:?}"));
    }
    // Without an operation that can be generated, there is no client.
    let output = kept.ok()?;
    for (file, text) in &output.files {
        if file.ends_with(".rs")
            && !crates::is_copy(file)
            && let Err(error) = syn::parse_file(text)
        {
            return Some(format!("{file}: {error}"));
        }
    }
    let failed: BTreeSet<&str> = output
        .failed
        .iter()
        .map(|it| it.operation.as_str())
        .collect();
    let unclear = output.warnings.items().iter();
    let unclear = unclear.filter(|it| it.code.meaning() == Meaning::Unclear);
    let needed: BTreeSet<&str> = unclear
        .flat_map(|it| it.needed_by.iter().map(String::as_str))
        .collect();
    if !needed.is_subset(&failed) || failed.is_empty() != needed.is_empty() {
        return Some(format!("{failed:?} are left out, errors name {needed:?}"));
    }
    // Of a path that is unclear, the path is listed.
    if output.left_out < output.failed.len() {
        return Some(format!("{} are left out, not {failed:?}", output.left_out));
    }
    match run(&[], false) {
        Ok(result) if result.is_ok() != failed.is_empty() => {
            return Some(format!(
                "{failed:?} are left out, and without the option not"
            ));
        }
        Ok(_) => {}
        Err(panics) => return Some(panics),
    }
    // Each operation that is left out fails alone.
    for id in failed.into_iter().filter(|id| !id.contains(' ')) {
        match run(&[id], false) {
            Ok(Ok(_)) => return Some(format!("`{id}` is left out, and can be generated alone")),
            Ok(Err(_)) => {}
            Err(panics) => return Some(panics),
        }
    }
    None
}

fn flaw_of_seed(seed: u64) -> Option<String> {
    let mut document = description(5000 + seed, COMPONENTS);
    let mut mistakes = Mistakes {
        random: Random::new(seed + 1),
        document: &mut document,
    };
    for _ in 0..1 + seed % 4 {
        mistakes.make();
    }
    flaw(&document).map(|flaw| format!("seed {seed}: {flaw}"))
}

#[test]
fn mistakes_concern_exactly_the_operations_that_reach_them() {
    let seeds: Vec<u64> = (0..60).collect();
    let flaws = parallel::map(&seeds, |seed| flaw_of_seed(*seed));
    let flaws: Vec<String> = flaws.into_iter().flatten().collect();
    let count = flaws.len();
    assert!(flaws.is_empty(), "{count}:\n{}", flaws.join("\n"));
}
