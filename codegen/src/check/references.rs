//! Reference Objects: that they lead to something, of the right kind, and not in a circle.

use std::collections::HashSet;

use super::shape::scalar;
use super::suggest::nearest;
use super::{Checker, Located, Reference};
use crate::code::Code;
use crate::openapi::reference::Reference as Target;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

impl<'a> Checker<'a> {
    pub(super) fn check_references(&mut self) {
        let references = std::mem::take(&mut self.references);
        // Most things are referred to more than once.
        let mut sound = HashSet::new();
        for reference in &references {
            if sound.contains(&(reference.section, reference.target)) {
                continue;
            }
            match self.lead(reference) {
                Ok(node) => {
                    sound.insert((reference.section, reference.target));
                    self.targets.insert(reference.target, node);
                }
                Err(problem) => self.problems.extend(problem),
            }
        }
        self.references = references;
    }

    /// A discriminator's mapping leads to schemas, by a reference or by the name alone.
    pub(super) fn add_mapping(&mut self, schema: &'a Node, at: &Pointer) {
        let mapping = schema
            .get("discriminator")
            .and_then(|discriminator| discriminator.value.get("mapping"));
        let Some(NodeKind::Mapping(entries)) = mapping.map(|mapping| &mapping.value.kind) else {
            return;
        };
        for entry in entries {
            let Some((target, Scalar::String)) = scalar(&entry.value) else {
                continue;
            };
            if !self.names("schemas").any(|name| name == target) {
                self.references.push(Reference {
                    target,
                    at: at.descend(["discriminator", "mapping", &entry.key]),
                    section: "schemas",
                    object: "Schema Object",
                });
            }
        }
    }

    /// The component that a reference leads to.
    pub(super) fn target(&self, reference: &str) -> Option<&'a Node> {
        self.targets.get(reference).copied()
    }

    /// The object itself, or, of a Reference Object, what it leads to.
    pub(super) fn resolved(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..=self.targets.len() {
            match node.get("$ref").and_then(|entry| scalar(&entry.value)) {
                Some((reference, Scalar::String)) => node = self.target(reference)?,
                _ => return Some(node),
            }
        }
        None
    }

    /// As [`Self::resolved`], with the place of the object.
    pub(super) fn resolved_at(&self, node: &'a Node, at: Pointer) -> Option<Located<'a>> {
        let (mut node, mut at) = (node, at);
        for _ in 0..=self.targets.len() {
            match node.get("$ref").and_then(|entry| scalar(&entry.value)) {
                Some((reference, Scalar::String)) => {
                    node = self.target(reference)?;
                    at = Target::local(reference)?;
                }
                _ => return Some(Located { node, at }),
            }
        }
        None
    }

    /// Follows a reference to the end, or says why that is not possible, unless that is told already.
    fn lead(&self, reference: &Reference<'a>) -> Result<&'a Node, Option<Problem>> {
        let first = self.step(reference, reference.target)?;
        let mut seen = HashSet::from([reference.target]);
        let mut node = first;
        while let Some((next, Scalar::String)) =
            node.get("$ref").and_then(|entry| scalar(&entry.value))
        {
            if !seen.insert(next) {
                return Err(Some(Problem::new(
                    Code::CircularReference,
                    "this reference leads round in a circle",
                    At::Value(reference.at.clone()),
                    format!("it never arrives at a {}", reference.object),
                )));
            }
            // A mistake further on is told where it stands.
            match self.step(reference, next) {
                Ok(next) => node = next,
                Err(_) => break,
            }
        }
        Ok(first)
    }

    fn step(&self, reference: &Reference<'a>, target: &str) -> Result<&'a Node, Option<Problem>> {
        if self.is_section_misspelt(reference.section) {
            return Err(None);
        }
        self.find(reference, target).map_err(Some)
    }

    fn find(&self, reference: &Reference<'a>, target: &str) -> Result<&'a Node, Problem> {
        let section = reference.section;
        let problem = |code, message: String, label: &str| {
            Problem::new(code, message, At::Value(reference.at.clone()), label)
        };
        let dangling = |name: &str| {
            let problem = problem(
                Code::DanglingReference,
                format!("`{target}` leads to nothing"),
                "there is no such entry",
            );
            match nearest(name, self.names(section)) {
                Some(meant) => {
                    problem.help(format!("did you mean `#/components/{section}/{meant}`?"))
                }
                None => problem.help(format!("add it under `components/{section}`")),
            }
        };
        let Some(path) = target.strip_prefix("#/") else {
            // A bare name, or one whose `#/` is misspelt.
            if !Target::is_external(target) {
                return Err(dangling(target.rsplit('/').next().unwrap_or(target)));
            }
            return Err(problem(
                Code::NotGenerated,
                "a reference to another document cannot be generated yet".to_owned(),
                "only references within this document are followed",
            )
            .help(format!(
                "copy what it leads to under `components/{section}`, or leave out the operations that \
                 reach it with `--skip-unsupported`"
            )));
        };
        let keys: Vec<String> = path.split('/').map(unescaped).collect();
        let mut node = Some(self.root);
        for key in &keys {
            node = node.and_then(|node| child(node, key));
        }
        match (keys.as_slice(), node) {
            ([components, has, _], Some(node)) if components == "components" && has == section => {
                Ok(node)
            }
            ([components, has, _], Some(_)) if components == "components" => Err(problem(
                Code::WrongReference,
                format!("this reference leads to `components/{has}`"),
                &format!("it has to lead to a {}", reference.object),
            )
            .help(format!("those are under `components/{section}`"))),
            (_, Some(_)) => Err(problem(
                Code::WrongReference,
                "this reference leads into the middle of an object".to_owned(),
                &format!("it has to lead to an entry of `components/{section}`"),
            )
            .help(format!(
                "move what it leads to under `components/{section}`"
            ))),
            (_, None) => Err(dangling(keys.last().map_or("", String::as_str))),
        }
    }

    /// The entries of a section of the components.
    pub(super) fn section(&self, section: &str) -> &'a [Entry] {
        let components = self.root.get("components");
        components.map_or(&[], |components| components.value.entries_of(section))
    }

    /// Whether a section is not there because its name or that of the components is misspelt, or
    /// because either is no object.
    pub(super) fn is_section_misspelt(&self, section: &str) -> bool {
        let components = self.root.get("components").map(|entry| &entry.value);
        let holder = components.unwrap_or(self.root);
        let is_object = |node: &Node| matches!(node.kind, NodeKind::Mapping(_));
        let own = holder.get(section);
        !is_object(holder)
            || own.is_some_and(|own| !is_object(&own.value))
            || (self.section(section).is_empty() && self.is_misshapen(holder))
    }

    fn names(&self, section: &str) -> impl Iterator<Item = &'a str> {
        self.section(section).iter().map(|entry| entry.key.as_str())
    }
}

/// A key as it stands in a reference, which is a JSON pointer.
pub(super) fn unescaped(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

fn child<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.kind {
        NodeKind::Mapping(_) => node.get(key).map(|entry| &entry.value),
        NodeKind::Sequence(items) => items.get(key.parse::<usize>().ok()?),
        NodeKind::Scalar { .. } => None,
    }
}
