//! Follows references to components.

use openapiv3::{
    Components, Header, Parameter, ReferenceOr, RequestBody, Response, SecurityScheme,
};

use super::Lowering;
use crate::code::Code;
use crate::openapi::reference::{Reference, component_name};
use crate::problem::{At, Problem};
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

impl Referable for SecurityScheme {
    const SECTION: &'static str = "securitySchemes";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.security_schemes.get(name)
    }
}

impl Referable for Header {
    const SECTION: &'static str = "headers";

    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
        components.headers.get(name)
    }
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
                self.lost(reference, &at);
                return None;
            };
            item = next;
            at = Pointer::root().descend(["components", T::SECTION, &name]);
        }
        self.lost("", &at);
        None
    }

    /// A reference that leads nowhere. That one to another document is not generated, the check
    /// has told.
    pub(super) fn lost(&mut self, reference: &str, at: &Pointer) {
        if Reference::is_external(reference) {
            return;
        }
        self.problem(Problem::new(
            Code::Internal,
            "this reference leads nowhere",
            At::Value(at.child("$ref")),
            "it was checked, and found good",
        ));
    }
}
