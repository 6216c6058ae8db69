//! Follows references to components.

use indexmap::IndexMap;
use openapiv3::{Components, Example, Header, Parameter, ReferenceOr, RequestBody, Response};

use super::Lowering;
use crate::diagnostic::{At, Problem};
use crate::source::pointer::Pointer;

/// A kind of component that can be referred to.
pub(super) trait Referable: Sized {
    /// The key of the kind in the Components Object.
    const SECTION: &'static str;

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>>;
}

impl Referable for Parameter {
    const SECTION: &'static str = "parameters";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.parameters.get(name)
    }
}

impl Referable for RequestBody {
    const SECTION: &'static str = "requestBodies";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.request_bodies.get(name)
    }
}

impl Referable for Response {
    const SECTION: &'static str = "responses";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.responses.get(name)
    }
}

impl Referable for Header {
    const SECTION: &'static str = "headers";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.headers.get(name)
    }
}

impl Referable for Example {
    const SECTION: &'static str = "examples";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.examples.get(name)
    }
}

/// The name in `#/components/{section}/{name}`.
pub(super) fn component_name(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

impl<'a> Lowering<'a> {
    /// The thing itself and its place: what stands here, or what the reference here leads to.
    pub(super) fn resolve<T: Referable>(
        &mut self,
        item: &'a ReferenceOr<T>,
        at: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let mut item = item;
        let mut at = at.clone();
        // A chain of references cannot be longer than there are components, unless it is a circle.
        for _ in 0..64 {
            let reference = match item {
                ReferenceOr::Item(thing) => return Some((thing, at)),
                ReferenceOr::Reference { reference } => reference,
            };
            let found = component_name(reference, T::SECTION).and_then(|name| {
                let components = self.document.components.as_ref()?;
                Some((T::find(components, &name)?, name))
            });
            let Some((next, name)) = found else {
                self.dangling(reference, T::SECTION, &at);
                return None;
            };
            item = next;
            at = Pointer::root().descend(["components", T::SECTION, &name]);
        }
        self.problem(Problem::error(
            "this reference leads round in a circle",
            At::Value(at.child("$ref")),
            "it never arrives at anything",
        ));
        None
    }

    /// Follows the references among the components, which may be referred to by nothing else.
    pub(super) fn resolve_components(&mut self) {
        let Some(components) = &self.document.components else {
            return;
        };
        self.resolve_section(&components.parameters);
        self.resolve_section(&components.request_bodies);
        self.resolve_section(&components.responses);
        self.resolve_section(&components.headers);
        self.resolve_section(&components.examples);
    }

    fn resolve_section<T: Referable>(&mut self, section: &'a IndexMap<String, ReferenceOr<T>>) {
        for (name, item) in section {
            let at = Pointer::root().descend(["components", T::SECTION, name]);
            self.resolve(item, &at);
        }
    }

    pub(super) fn dangling(&mut self, reference: &str, section: &str, at: &Pointer) {
        self.problem(
            Problem::error(
                format!("`$ref` leads to nothing: {reference}"),
                At::Value(at.child("$ref")),
                format!("there is no such entry under `components/{section}`"),
            )
            .help(format!(
                "write `#/components/{section}/NAME` with the name of an entry there"
            )),
        );
    }
}
