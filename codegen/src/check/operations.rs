//! Paths and operations: ids, path parameters and answers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Checker;
use super::shape::{first_line, scalar};
use super::suggest::{has_like, nearest};
use crate::code::Code;
use crate::code::Severity;
use crate::problem::{At, Problem};
use crate::source::{Entry, Kind, Node, Scalar};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A parameter that an operation has.
struct Declared<'a> {
    name: &'a str,
    location: &'a str,
    required: bool,
    /// Its name in the text.
    place: Range<usize>,
}

impl<'a> Checker<'a> {
    pub(super) fn check_operations(&mut self) {
        let mut ids: HashMap<&'a str, ()> = HashMap::new();
        let mut used_schemes = HashSet::new();
        let mut all: Vec<&'a Entry> = Vec::new();
        self.listed_twice(self.root, "servers", Some("url"));
        self.listed_twice(self.root, "tags", Some("name"));
        self.listed_twice(self.root, "security", None);
        if let Some(security) = self.root.get("security") {
            self.check_security(&security.value, &mut used_schemes);
        }
        for path in self.root.entries_of("paths") {
            if path.key.starts_with("x-") {
                continue;
            }
            let shared = self.declared(path.value.get("parameters"));
            let names = self.template_names(path);
            let operations = path.value.entries().iter();
            let operations: Vec<&Entry> = operations
                .filter(|entry| METHODS.contains(&entry.key.as_str()))
                .filter(|entry| matches!(entry.value.kind, Kind::Mapping(_)))
                .collect();
            all.extend(&operations);
            for operation in &operations {
                self.check_id(operation, &mut ids);
                self.listed_twice(&operation.value, "tags", None);
                self.listed_twice(&operation.value, "security", None);
                self.check_success(operation);
                if let Some(security) = operation.value.get("security") {
                    self.check_security(&security.value, &mut used_schemes);
                }
            }
            let own = operations.iter().map(|operation| &operation.value);
            let is_sound = std::iter::once(&path.value)
                .chain(own)
                .flat_map(|node| {
                    let parameters = node.items_of("parameters");
                    std::iter::once(node).chain(parameters)
                })
                .all(|node| {
                    let node = self.resolved(node).unwrap_or(node);
                    matches!(node.kind, Kind::Mapping(_)) && !self.is_misshapen(node)
                });
            if let (Some(names), true) = (names, is_sound) {
                self.check_path_parameters(&names, &shared, &operations);
            }
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

    fn check_id(&mut self, operation: &'a Entry, ids: &mut HashMap<&'a str, ()>) {
        let id = operation.value.get("operationId");
        let Some((id, place)) =
            id.and_then(|id| Some((scalar(&id.value)?.0, first_line(&id.value))))
        else {
            // One that is misspelt or no string is told already.
            if has_like(&operation.value, "operationId") {
                return;
            }
            self.problems.push(
                Problem::new(
                    Code::NoOperationId,
                    "the operation has no `operationId`",
                    At::Span(operation.key_span.clone()),
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
                    At::Span(place),
                    "an operation above has it",
                )
                .help("give each operation an id of its own"),
            );
        }
    }

    fn check_success(&mut self, operation: &'a Entry) {
        let Some(responses) = operation.value.get("responses") else {
            return;
        };
        let mut keys = responses
            .value
            .entries()
            .iter()
            .map(|entry| entry.key.as_str());
        if !matches!(responses.value.kind, Kind::Mapping(_)) {
            return;
        }
        let is_success = |key: &str| key.starts_with('2') || key == "default";
        if !self.is_misshapen(&responses.value) && !keys.any(is_success) {
            self.problems.push(
                Problem::new(
                    Code::NoSuccess,
                    "the operation has no answer for success",
                    At::Span(responses.key_span.clone()),
                    "no 2xx status, `2XX` or `default`",
                )
                .help("add the answer that is given when all goes well, such as `200`"),
            );
        }
    }

    /// The names between the braces of a path, and where they stand, if the braces are in order.
    fn template_names(&mut self, path: &'a Entry) -> Option<Vec<(&'a str, Range<usize>)>> {
        let mut names: Vec<(&str, Range<usize>)> = Vec::new();
        let mut is_sound = true;
        // Quotes around the key are part of its place in the text.
        let quotes = (path.key_span.len().saturating_sub(path.key.len())) / 2;
        let start = path.key_span.start + quotes;
        let mut rest = path.key.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            let offset = start + path.key.len() - rest.len() + open;
            let close = rest[open..].find('}');
            let (name, end) = match close {
                Some(close) if rest[open..].starts_with('{') => {
                    (&rest[open + 1..open + close], open + close + 1)
                }
                _ => {
                    self.bad_template(path, offset..offset + 1, "a brace without its partner");
                    return None;
                }
            };
            let place = offset + 1..offset + 1 + name.len();
            if name.is_empty() || name.contains('{') {
                self.bad_template(path, offset..offset + 2, "a parameter without a name");
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

    fn bad_template(&mut self, path: &Entry, place: Range<usize>, what: &str) {
        self.problems.push(Problem::new(
            Code::BadPath,
            format!("the path `{}` has {what}", path.key),
            At::Span(place),
            "a parameter is written `{name}`",
        ));
    }

    /// The parameters of a list, references followed; says which of them are there twice.
    fn declared(&mut self, parameters: Option<&'a Entry>) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let Some(Entry {
            value:
                Node {
                    kind: Kind::Sequence(items),
                    ..
                },
            ..
        }) = parameters
        else {
            return declared;
        };
        for item in items {
            let Some(parameter) = self.resolved(item) else {
                continue;
            };
            let text = |key| scalar(&parameter.get(key)?.value).map(|(text, _)| text);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let place = match item.get("$ref") {
                Some(reference) => first_line(&reference.value),
                None => parameter
                    .get("name")
                    .map_or(0..0, |name| first_line(&name.value)),
            };
            let is_same = |other: &Declared| other.name == name && other.location == location;
            if declared.iter().any(is_same) {
                self.problems.push(
                    Problem::new(
                        Code::DuplicateParameter,
                        format!("the parameter `{name}` in `{location}` is declared twice"),
                        At::Span(place.clone()),
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
        names: &[(&str, Range<usize>)],
        shared: &[Declared<'a>],
        operations: &[&'a Entry],
    ) {
        let own: Vec<Vec<Declared<'a>>> = operations
            .iter()
            .map(|operation| self.declared(operation.value.get("parameters")))
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
                    At::Span(place.clone()),
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
                    At::Span(parameter.place.clone()),
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
                        At::Span(parameter.place.clone()),
                        "without it there is no path",
                    )
                    .help("add `required: true`"),
                );
            }
        }
    }
}
