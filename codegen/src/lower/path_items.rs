//! Path items, which may be references to other paths.

use std::collections::BTreeSet;

use openapiv3::{PathItem, ReferenceOr};

use super::Lowering;
use crate::openapi::path_template::PathTemplate;
use crate::openapi::reference;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The path item of a path, or the one that its reference resolves to.
    pub(super) fn path_item(
        &mut self,
        path: &str,
        item: &'a ReferenceOr<PathItem>,
    ) -> Option<(&'a PathItem, Pointer)> {
        let paths = Pointer::root().child("paths");
        let reference = match item {
            ReferenceOr::Item(item) => return Some((item, paths.child(path))),
            ReferenceOr::Reference { reference } => reference,
        };
        let at = At::Value(paths.child(path).child("$ref"));
        let found = reference::path(reference).and_then(|key| {
            let item = self.document.paths.paths.get(&*key)?.as_item()?;
            Some((key, item))
        });
        let Some((target, item)) = found else {
            let what = "a path item `$ref` that does not point to a path of this document";
            self.problem(Problem::unsupported(what, at));
            return None;
        };
        let names = |path| -> BTreeSet<&str> { PathTemplate::parse(path).names().collect() };
        if names(path) != names(&target) {
            let what = "a path item `$ref` to a path with other parameters";
            self.problem(Problem::unsupported(what, at));
            return None;
        }
        Some((item, paths.child(&target)))
    }
}
