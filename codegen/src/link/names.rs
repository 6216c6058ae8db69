//! Names for the components that are made of the objects that references refer to.

use std::collections::HashSet;

use heck::ToUpperCamelCase;

use super::files::file_of;
use crate::openapi::method::Method;
use crate::openapi::object_model::Object;
use crate::source::Node;
use crate::source::pointer::Pointer;

/// The names that are taken, by section, in a form without case and punctuation.
pub(super) struct Names(HashSet<(String, String)>);

impl Names {
    pub(super) fn new(root: &Node) -> Self {
        let mut names = HashSet::new();
        for section in root.entries_of("components") {
            let entries = section.value.entries().iter();
            names.extend(entries.map(|entry| (section.key.clone(), plain(&entry.key))));
        }
        Names(names)
    }

    /// The pointer to the component that an object becomes.
    pub(super) fn component(&mut self, root: &Node, target: &Pointer, object: &Object) -> Pointer {
        let section = object.section.unwrap_or_default();
        let words = words(root, target, section);
        let base = match words.to_upper_camel_case() {
            empty if empty.is_empty() => "Object".to_owned(),
            name => name,
        };
        let mut name = base.clone();
        let mut number = 2;
        while !self.0.insert((section.to_owned(), plain(&name))) {
            name = format!("{base}{number}");
            number += 1;
        }
        Pointer::root().descend(["components", section, &name])
    }
}

fn plain(name: &str) -> String {
    let name = name.chars().filter(|c| c.is_alphanumeric());
    name.flat_map(char::to_lowercase).collect()
}

/// A file name without its extension.
fn stem(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

/// Names an object as the inline type at its place is named: by the operation or component that it is in,
/// and the properties on the way.
fn words(root: &Node, target: &Pointer, section: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut parent = root;
    let mut above = String::new();
    let file = file_of(target);
    let is_in_file = usize::from(file.is_some());
    let is_nested = target.keys().nth(1 + is_in_file).is_some();
    if let Some(path) = file {
        let name = path.rsplit('/').next().unwrap_or_default();
        words.extend((target.keys().count() == 1).then(|| stem(name).to_owned()));
        parent = target
            .keys()
            .next()
            .and_then(|key| root.child(&key))
            .unwrap_or(root);
    }
    for key in target.keys().skip(is_in_file) {
        let Some(node) = parent.child(&key) else {
            break;
        };
        let text = |name: &str| node.value(name).and_then(Node::string).map(str::to_owned);
        let is_method = above.starts_with('/') && Method::of_key(&key).is_some();
        let mut is_name = false;
        match (above.as_str(), key.as_str()) {
            // The values of these keys have names, chosen by the author.
            ("properties" | "headers" | "examples", name) => {
                is_name = true;
                words.push(name.to_owned());
            }
            _ if !parent.items().is_empty() => {
                let number = key.parse::<usize>().map_or(0, |index| index + 1);
                let kind = if above == "allOf" { "part" } else { "option" };
                let own = text("title").or_else(|| text("name"));
                words.push(own.unwrap_or_else(|| format!("{kind} {number}")));
            }
            (_, method) if is_method => {
                let path = std::mem::take(&mut words).join(" ");
                let id = text("operationId");
                words.push(id.unwrap_or_else(|| format!("{method} {path}")));
            }
            ("responses", status) => words.extend([status.to_owned(), "response".to_owned()]),
            (_, "requestBody") => words.push("body".to_owned()),
            (_, "items") => words.push("item".to_owned()),
            (_, "additionalProperties") => words.push("value".to_owned()),
            // The keys of the specification, the sections of the components and the media types.
            ("components" | "content", _) => {}
            (_, "components" | "paths" | "content" | "schema" | "parameters" | "responses") => {}
            (_, "properties" | "headers" | "examples" | "allOf" | "oneOf" | "anyOf") => {}
            // A place for definitions, such as `definitions` or `x-schemas`.
            ("", _) if is_nested && words.is_empty() => {}
            (_, name) => {
                is_name = !name.starts_with('/');
                words.push(name.to_owned());
            }
        }
        above = if is_name { "name".to_owned() } else { key };
        parent = node;
    }
    // The types in these components are named with such a word again.
    let last = words.last().map(String::as_str);
    if matches!(
        (section, last),
        ("responses", Some("response")) | ("requestBodies", Some("body"))
    ) {
        words.pop();
    }
    words.join(" ")
}
