//! References: that each resolves to an object of the right kind, without a cycle.

use std::collections::{HashMap, HashSet};

use super::checker::{Checker, Located, Reference};
use super::suggest::nearest;
use crate::chains::{End, Link, ends};
use crate::code::Code;
use crate::openapi::reference::{Reference as Target, component, reference_of};
use crate::openapi::status::Status;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node};

impl<'a> Checker<'a> {
    pub(super) fn check_references(&mut self) {
        let references = std::mem::take(&mut self.references);
        // The objects that references resolve to, which may be references in turn.
        let mut targets: HashMap<&'a str, Located<'a>> = HashMap::new();
        // Most objects are referred to more than once.
        let mut resolved = HashSet::new();
        for reference in &references {
            if resolved.contains(&(reference.section, reference.target))
                // Reported when the other files were read.
                || matches!(Target::parse(reference.target), Target::File(..))
            {
                continue;
            }
            match self.target(reference) {
                Ok(target) => {
                    resolved.insert((reference.section, reference.target));
                    targets.insert(reference.target, target);
                }
                Err(problem) => {
                    let mut problem = undescribed(reference, problem);
                    problem.follows = self.is_section_misspelt(reference.section);
                    self.problems.push(problem);
                }
            }
        }
        self.ends = ends(targets.keys().copied(), |text| match targets.get(text) {
            None => Link::Nothing,
            Some(target) => match reference_of(target.node) {
                Some(text) => Link::Reference(text),
                None => Link::Object(target.clone()),
            },
        });
        for reference in &references {
            if resolved.contains(&(reference.section, reference.target))
                && matches!(self.ends.get(reference.target), Some(End::Cycle))
            {
                self.problems.push(Problem::new(
                    Code::CircularReference,
                    "this reference is part of a cycle",
                    At::Value(reference.at.clone()),
                    format!("it never resolves to a {}", reference.object),
                ));
            }
        }
        self.references = references;
    }

    /// The object itself, or the object that a Reference Object resolves to.
    pub(super) fn resolved(&self, node: &'a Node) -> Option<&'a Node> {
        match reference_of(node) {
            None => Some(node),
            Some(text) => Some(self.end(text)?.node),
        }
    }

    /// As [`Self::resolved`], with the location of the object.
    pub(super) fn resolved_at(&self, node: &'a Node, at: Pointer) -> Option<Located<'a>> {
        match reference_of(node) {
            None => Some(Located { node, at }),
            Some(text) => self.end(text).cloned(),
        }
    }

    fn end(&self, text: &str) -> Option<&Located<'a>> {
        match self.ends.get(text)? {
            End::Object(located) => Some(located),
            End::Broken | End::Cycle => None,
        }
    }

    /// The component that a reference names, which may be a reference in turn.
    fn target(&self, reference: &Reference<'a>) -> Result<Located<'a>, Problem> {
        let Reference {
            target, section, ..
        } = *reference;
        if let Some((of, name)) = component(target)
            && of == section
            && let Some(node) = self.components.get(&(section, &*name))
        {
            let at = Pointer::root().descend(["components", section, &name]);
            return Ok(Located { node, at });
        }
        let problem = |code, message: String, label: &str| {
            Problem::new(code, message, At::Value(reference.at.clone()), label)
        };
        let dangling = |name: &str| {
            let problem = problem(
                Code::DanglingReference,
                format!("`{target}` does not resolve"),
                "nothing is there",
            );
            problem.help(match nearest(name, self.names(section)) {
                Some(meant) => format!("did you mean `#/components/{section}/{meant}`?"),
                None => format!("add it under `components/{section}`"),
            })
        };
        let pointer = match Target::parse(target) {
            Target::Local(pointer) => pointer,
            // A bare name, or a reference whose `#/` is misspelt.
            Target::Name(text) => return Err(dangling(text.rsplit('/').next().unwrap_or(text))),
            Target::File(..) | Target::External => {
                return Err(problem(
                    Code::Unsupported,
                    "a reference to a URL is not supported".to_owned(),
                    "nothing is read from the network",
                )
                .help("save the file beside the description, and refer to it by its path"));
            }
        };
        let keys: Vec<String> = pointer.keys().collect();
        let Some(node) = self.root.at(&pointer) else {
            let key = keys.last().map_or("", String::as_str);
            // The object that should have the last key.
            let around = pointer.parent().filter(|_| !pointer.is_component());
            let near = around.and_then(|around| {
                let entries = self.root.at(&around)?.entries().iter();
                let meant = nearest(key, entries.map(|entry| entry.key.as_str()))?;
                Some(format!("did you mean `#{}`?", around.child(meant).as_str()))
            });
            return Err(match near {
                Some(help) => dangling(key).help(help),
                None => dangling(key),
            });
        };
        let expected = format!("expected a {}", reference.object);
        Err(match keys.as_slice() {
            [components, has, _] if components == "components" && has != section => problem(
                Code::WrongReference,
                format!("this reference refers to an entry of `components/{has}`"),
                &expected,
            )
            .help(format!(
                "refer to an entry of `components/{section}` instead"
            )),
            _ if reference_of(node).is_some() => problem(
                Code::CircularReference,
                "this reference is part of a cycle".to_owned(),
                &format!("it never resolves to a {}", reference.object),
            ),
            _ => problem(
                Code::WrongReference,
                format!("this reference does not refer to a {}", reference.object),
                &expected,
            ),
        })
    }

    /// The entries of a section of the components.
    pub(super) fn section(&self, section: &str) -> &'a [Entry] {
        let components = self.root.get("components");
        components.map_or(&[], |components| components.value.entries_of(section))
    }

    /// Whether a section may be missing only because its key or `components` is misspelt, or because
    /// either is no object.
    pub(super) fn is_section_misspelt(&self, section: &str) -> bool {
        let holder = self.root.value("components").unwrap_or(self.root);
        self.section(section).is_empty() && self.is_malformed(holder)
    }

    fn names(&self, section: &str) -> impl Iterator<Item = &'a str> {
        self.section(section).iter().map(|entry| entry.key.as_str())
    }
}

/// An error response that does not resolve is one without a described body.
fn undescribed(reference: &Reference<'_>, problem: Problem) -> Problem {
    let response = reference.at.parent();
    let key = response.and_then(|response| response.keys().last());
    let status = key.and_then(|key| Status::of_key(&key));
    let is_error =
        |status: Status| !status.is_success() && !status.is_redirect() && !status.is_default();
    match problem.code {
        Code::DanglingReference
            if reference.section == "responses" && status.is_some_and(is_error) =>
        {
            let code = Code::UndescribedResponse;
            Problem {
                code,
                severity: code.severity(),
                label: "read as an error without a described body".into(),
                ..problem
            }
        }
        _ => problem,
    }
}
