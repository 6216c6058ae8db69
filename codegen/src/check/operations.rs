//! Paths and operations: ids, path parameters and answers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Checker;
use super::shape::scalar;
use super::suggest::{has_like, nearest};
use crate::code::Code;
use crate::code::Severity;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A parameter that an operation has.
struct Declared<'a> {
    name: &'a str,
    location: &'a str,
    required: bool,
    /// Its name, or the reference to it.
    place: At,
}

impl<'a> Checker<'a> {
    pub(super) fn check_operations(&mut self) {
        let mut ids: HashMap<&'a str, ()> = HashMap::new();
        let mut used_schemes = HashSet::new();
        let mut all: Vec<(Pointer, &'a Entry)> = Vec::new();
        let root = Pointer::root();
        self.listed_twice(self.root, &root, "servers", Some("url"));
        self.listed_twice(self.root, &root, "tags", Some("name"));
        self.listed_twice(self.root, &root, "security", None);
        if let Some(security) = self.root.get("security") {
            self.check_security(&security.value, &root.child("security"), &mut used_schemes);
        }
        for path in self.root.entries_of("paths") {
            if path.key.starts_with("x-") {
                continue;
            }
            let at = root.child("paths").child(&path.key);
            let shared = self.declared(path.value.get("parameters"), &at);
            let names = self.template_names(path, &at);
            let operations = path.value.entries().iter();
            let operations: Vec<(Pointer, &Entry)> = operations
                .filter(|entry| METHODS.contains(&entry.key.as_str()))
                .filter(|entry| matches!(entry.value.kind, NodeKind::Mapping(_)))
                .map(|entry| (at.child(&entry.key), entry))
                .collect();
            for (at, operation) in &operations {
                self.check_id(operation, at, &mut ids);
                self.listed_twice(&operation.value, at, "tags", None);
                self.listed_twice(&operation.value, at, "security", None);
                self.check_success(operation, at);
                if let Some(security) = operation.value.get("security") {
                    let at = at.child("security");
                    self.check_security(&security.value, &at, &mut used_schemes);
                }
            }
            let own = operations.iter().map(|(_, operation)| &operation.value);
            let is_sound = std::iter::once(&path.value)
                .chain(own)
                .flat_map(|node| {
                    let parameters = node.items_of("parameters");
                    std::iter::once(node).chain(parameters)
                })
                .all(|node| {
                    let node = self.resolved(node).unwrap_or(node);
                    matches!(node.kind, NodeKind::Mapping(_)) && !self.is_misshapen(node)
                });
            if let (Some(names), true) = (names, is_sound) {
                self.check_path_parameters(&names, &shared, &operations);
            }
            all.extend(operations);
        }
        // With other mistakes about, what seems unused may be what a misspelt reference meant.
        if self
            .problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
        {
            self.check_unused(&used_schemes);
            self.check_tags(&all);
        }
    }

    fn check_id(&mut self, operation: &'a Entry, at: &Pointer, ids: &mut HashMap<&'a str, ()>) {
        let id = operation.value.get("operationId");
        let Some((id, _)) = id.and_then(|id| scalar(&id.value)) else {
            // One that is misspelt or no string is told already.
            if has_like(&operation.value, "operationId") {
                return;
            }
            self.problems.push(
                Problem::new(
                    Code::NoOperationId,
                    "the operation has no `operationId`",
                    At::Key(at.clone()),
                    "its method is named after its path",
                )
                .help("add `operationId`, such as `listTasks`"),
            );
            return;
        };
        if ids.insert(id, ()).is_some() {
            self.problems.push(
                Problem::new(
                    Code::DuplicateOperationId,
                    format!("the `operationId` `{id}` is taken"),
                    At::Value(at.child("operationId")),
                    "an operation above has it",
                )
                .help("give each operation an id of its own"),
            );
        }
    }

    fn check_success(&mut self, operation: &'a Entry, at: &Pointer) {
        let Some(responses) = operation.value.get("responses") else {
            return;
        };
        let mut keys = responses
            .value
            .entries()
            .iter()
            .map(|entry| entry.key.as_str());
        if !matches!(responses.value.kind, NodeKind::Mapping(_)) {
            return;
        }
        let is_success = |key: &str| key.starts_with('2') || key == "default";
        if !self.is_misshapen(&responses.value) && !keys.any(is_success) {
            self.problems.push(
                Problem::new(
                    Code::NoSuccess,
                    "the operation has no answer for success",
                    At::Key(at.child("responses")),
                    "no 2xx status, `2XX` or `default`",
                )
                .help("add the answer that is given when all goes well, such as `200`"),
            );
        }
    }

    /// The names between the braces of a path, and where they stand, if the braces are in order.
    fn template_names(&mut self, path: &'a Entry, at: &Pointer) -> Option<Vec<(&'a str, At)>> {
        let mut names: Vec<(&str, At)> = Vec::new();
        let mut is_sound = true;
        let part = |range: Range<usize>| At::InKey(at.clone(), range);
        let mut rest = path.key.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            let offset = path.key.len() - rest.len() + open;
            let close = rest[open..].find('}');
            let (name, end) = match close {
                Some(close) if rest[open..].starts_with('{') => {
                    (&rest[open + 1..open + close], open + close + 1)
                }
                _ => {
                    self.bad_template(
                        path,
                        part(offset..offset + 1),
                        "a brace without its partner",
                    );
                    return None;
                }
            };
            let place = part(offset + 1..offset + 1 + name.len());
            if name.is_empty() || name.contains('{') {
                self.bad_template(path, part(offset..offset + 2), "a parameter without a name");
                is_sound = false;
            } else if names.iter().any(|(other, _)| *other == name) {
                self.bad_template(path, place, "a parameter that stands twice in the path");
            } else {
                names.push((name, place));
            }
            rest = &rest[end..];
        }
        is_sound.then_some(names)
    }

    fn bad_template(&mut self, path: &Entry, place: At, what: &str) {
        self.problems.push(Problem::new(
            Code::BadPath,
            format!("the path `{}` has {what}", path.key),
            place,
            "a parameter is written `{name}`",
        ));
    }

    /// The parameters of a list, references followed; says which of them are there twice.
    fn declared(&mut self, parameters: Option<&'a Entry>, holder: &Pointer) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let Some(Entry {
            value:
                Node {
                    kind: NodeKind::Sequence(items),
                    ..
                },
            ..
        }) = parameters
        else {
            return declared;
        };
        for (index, item) in items.iter().enumerate() {
            let at = holder.child("parameters").child(index);
            let Some(parameter) = self.resolved(item) else {
                continue;
            };
            let text = |key| scalar(&parameter.get(key)?.value).map(|(text, _)| text);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let place = match item.get("$ref") {
                Some(_) => At::Value(at.child("$ref")),
                None => At::Value(at.child("name")),
            };
            let is_same = |other: &Declared| other.name == name && other.location == location;
            if declared.iter().any(is_same) {
                self.problems.push(
                    Problem::new(
                        Code::DuplicateParameter,
                        format!("the parameter `{name}` in `{location}` is declared twice"),
                        place.clone(),
                        "it is already in this list",
                    )
                    .help("keep one of the two"),
                );
            }
            let required = parameter
                .get("required")
                .and_then(|entry| scalar(&entry.value));
            declared.push(Declared {
                name,
                location,
                required: matches!(required, Some((_, Scalar::Boolean(true)))),
                place,
            });
        }
        declared
    }

    fn check_path_parameters(
        &mut self,
        names: &[(&str, At)],
        shared: &[Declared<'a>],
        operations: &[(Pointer, &'a Entry)],
    ) {
        let own: Vec<Vec<Declared<'a>>> = operations
            .iter()
            .map(|(at, operation)| self.declared(operation.value.get("parameters"), at))
            .collect();
        let is = |parameter: &Declared, name: &str| {
            parameter.location == "path" && parameter.name == name
        };
        let undeclared = names.iter().filter(|(name, _)| {
            !shared.iter().any(|parameter| is(parameter, name))
                && !own
                    .iter()
                    .all(|own| own.iter().any(|parameter| is(parameter, name)))
        });
        // A name that a declaration misspells is told there, and only there.
        let mut meant_elsewhere = HashSet::new();
        for parameter in shared.iter().chain(own.iter().flatten()) {
            if parameter.location == "path"
                && !names.iter().any(|(name, _)| *name == parameter.name)
            {
                let undeclared = undeclared.clone().map(|(name, _)| *name);
                meant_elsewhere.extend(nearest(parameter.name, undeclared));
            }
        }
        for (name, place) in undeclared.filter(|(name, _)| !meant_elsewhere.contains(name)) {
            self.problems.push(
                Problem::new(
                    Code::PathParameterNotDeclared,
                    format!("path parameter `{name}` is not declared"),
                    place.clone(),
                    "no parameter of this name under `parameters`",
                )
                .help(
                    "declare it with `in: path` and `required: true`, on the path or on each of \
                     its operations",
                ),
            );
        }
        for parameter in shared.iter().chain(own.iter().flatten()) {
            if parameter.location != "path" {
                continue;
            }
            if !names.iter().any(|(name, _)| *name == parameter.name) {
                let problem = Problem::new(
                    Code::PathParameterNotInPath,
                    format!("path parameter `{}` is not in the path", parameter.name),
                    parameter.place.clone(),
                    format!("the path has no `{{{}}}`", parameter.name),
                );
                let names = names.iter().map(|(name, _)| *name);
                self.problems.push(match nearest(parameter.name, names) {
                    Some(meant) => problem.help(format!("did you mean `{meant}`?")),
                    None => problem.help("add it to the path, or say where it is in `in`"),
                });
            } else if !parameter.required {
                self.problems.push(
                    Problem::new(
                        Code::PathParameterNotRequired,
                        format!("path parameter `{}` is not required", parameter.name),
                        parameter.place.clone(),
                        "without it there is no path",
                    )
                    .help("add `required: true`"),
                );
            }
        }
    }
}
