//! Parameters of operations, and the templates of their paths.

use std::collections::{HashMap, HashSet};

use super::Checker;
use super::duplicates::canonical;
use super::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::path_template::{FlawKind, PathTemplate};
use crate::openapi::style::Location;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node};

/// A path parameter that an operation or its path declares.
struct Declared<'a> {
    name: &'a str,
    required: bool,
    /// Its name, or the reference to it.
    place: At,
}

impl<'a> Checker<'a> {
    pub(super) fn check_parameters(
        &mut self,
        path: &'a Entry,
        at: &Pointer,
        operations: &[(Pointer, &'a Entry)],
    ) {
        let shared = self.declared(&path.value, at);
        let template = self.template(path, at);
        let nodes = operations.iter().map(|(_, operation)| &operation.value);
        let is_sound = std::iter::once(&path.value)
            .chain(nodes)
            .flat_map(|node| std::iter::once(node).chain(node.items_of("parameters")))
            .all(|node| {
                let node = self.resolved(node).unwrap_or(node);
                node.is_mapping() && !self.is_malformed(node)
            });
        let before = self.problems.len();
        self.check_path_parameters(&template, at, &shared, operations);
        // They may follow from a misspelt key.
        if !template.flaws.is_empty() || !is_sound {
            self.problems.truncate(before);
        }
    }

    /// Reads the template of a path, and reports its flaws.
    fn template(&mut self, path: &'a Entry, at: &Pointer) -> PathTemplate<'a> {
        let template = PathTemplate::parse(&path.key);
        for flaw in &template.flaws {
            let what = match flaw.kind {
                FlawKind::UnmatchedBrace => "an unmatched brace",
                FlawKind::NoName => "a parameter without a name",
                FlawKind::BraceInName => "a brace in the name of a parameter",
            };
            self.problems.push(Problem::new(
                Code::BadPath,
                format!("the path `{}` contains {what}", path.key),
                At::InKey(at.clone(), flaw.range.clone()),
                "write a parameter as `{name}`",
            ));
        }
        template
    }

    /// The path parameters of a path or an operation, with references resolved. Reports duplicates of all
    /// parameters.
    fn declared(&mut self, holder: &'a Node, at: &Pointer) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut seen: HashMap<(&str, String), &Node> = HashMap::new();
        for (index, item) in holder.items_of("parameters").iter().enumerate() {
            let at = at.child("parameters").child(index);
            let Some(parameter) = self.resolved(item) else {
                continue;
            };
            let text = |key| parameter.value(key).and_then(Node::text);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let place = match item.get("$ref") {
                Some(_) => At::Value(at.child("$ref")),
                None => At::Value(at.child("name")),
            };
            let known = Location::of_key(location);
            let identity = match known {
                Some(Location::Header) => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            if let Some(other) = seen.insert((location, identity), parameter) {
                self.report(
                    match canonical(other) == canonical(parameter) {
                        true => Code::ListedTwice,
                        false => Code::DuplicateParameter,
                    },
                    format!("the parameter `{name}` in `{location}` is declared twice"),
                    place.clone(),
                    "already in this list",
                    "remove one of the two",
                );
            }
            if known == Some(Location::Path) {
                let required = parameter.value("required").and_then(Node::boolean);
                declared.push(Declared {
                    name,
                    required: required == Some(true),
                    place,
                });
            }
        }
        declared
    }

    fn check_path_parameters(
        &mut self,
        template: &PathTemplate<'a>,
        at: &Pointer,
        shared: &[Declared<'a>],
        operations: &[(Pointer, &'a Entry)],
    ) {
        let own: Vec<Vec<Declared<'a>>> = operations
            .iter()
            .map(|(at, operation)| self.declared(&operation.value, at))
            .collect();
        let declares =
            |list: &[Declared], name: &str| list.iter().any(|parameter| parameter.name == name);
        let undeclared = template.parameters.iter().filter(|parameter| {
            let name = parameter.name;
            !declares(shared, name) && !own.iter().all(|own| declares(own, name))
        });
        let all = || shared.iter().chain(own.iter().flatten());
        let names: HashSet<&str> = template.names().collect();
        // A name that a declaration misspells is reported at the declaration alone.
        let misspelt: HashSet<&str> = all()
            .filter(|parameter| !names.contains(parameter.name))
            .filter_map(|parameter| {
                nearest(parameter.name, undeclared.clone().map(|other| other.name))
            })
            .collect();
        for parameter in undeclared.filter(|parameter| !misspelt.contains(parameter.name)) {
            self.report(
                Code::PathParameterNotDeclared,
                format!("the path parameter `{}` is not declared", parameter.name),
                At::InKey(at.clone(), parameter.range.clone()),
                "read as a string",
                "declare it with `in: path` and `required: true`, in the path or in each of its \
                 operations",
            );
        }
        for parameter in all() {
            if !names.contains(parameter.name) {
                let meant = nearest(parameter.name, template.names());
                self.report(
                    Code::PathParameterNotInPath,
                    format!("the path parameter `{}` is not in the path", parameter.name),
                    parameter.place.clone(),
                    &format!("the path does not contain `{{{}}}`", parameter.name),
                    &meant_or(meant, "add it to the path, or correct `in`"),
                );
            } else if !parameter.required {
                self.report(
                    Code::PathParameterNotRequired,
                    format!("the path parameter `{}` is not required", parameter.name),
                    parameter.place.clone(),
                    "path parameters are always required",
                    "add `required: true`",
                );
            }
        }
    }
}
