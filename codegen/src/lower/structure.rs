//! What stands around operations: servers, path items that are references, and what is left out of
//! every client.

use std::collections::BTreeSet;

use openapiv3::{PathItem, ReferenceOr};

use super::Lowering;
use crate::code::Code;
use crate::ir::{Server, ServerVariable};
use crate::openapi::path_template::PathTemplate;
use crate::openapi::reference;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn lower_servers(&mut self) -> Vec<Server> {
        let mut servers = Vec::new();
        for (index, server) in self.document.servers.iter().enumerate() {
            let at = Pointer::root().child("servers").child(index).child("url");
            let mut url = server.url.clone();
            let mut variables = Vec::new();
            for (name, variable) in server.variables.iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &variable.default);
                variables.push(ServerVariable {
                    name: name.clone(),
                    default: variable.default.clone(),
                    values: variable.enumeration.clone(),
                    description: variable.description.clone(),
                });
            }
            servers.push(Server {
                at,
                url,
                template: server.url.clone(),
                description: server.description.clone(),
                variables,
            });
        }
        servers
    }

    /// Servers of a path or an operation, unless they begin with the one that every client has.
    pub(super) fn refuse_servers(&mut self, servers: &[openapiv3::Server], at: &Pointer) {
        let default = self.document.servers.first().map(|server| &server.url);
        if servers
            .first()
            .is_some_and(|server| Some(&server.url) != default)
        {
            let what = "`servers` of a path or an operation";
            let at = At::Key(at.child("servers"));
            self.problem(Problem::not_generated(what, at));
        }
    }

    /// Says that a part of the description has no counterpart in the client, which is whole without.
    pub(super) fn not_in_client(&mut self, what: &str, at: Pointer) {
        self.problem(
            Problem::new(
                Code::NotInClient,
                format!("{what} are not generated"),
                At::Key(at),
                "the client has nothing for this",
            )
            .help("the operation is generated all the same"),
        );
    }

    /// A path item: what stands here, or the path of this document that the reference leads to.
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
            let what = "a path that is a reference to anything but a path of this document";
            self.problem(Problem::not_generated(what, at));
            return None;
        };
        let names = |path| -> BTreeSet<&str> { PathTemplate::parse(path).names().collect() };
        if names(path) != names(&target) {
            let what = "a reference to a path of other parameters";
            self.problem(Problem::not_generated(what, at));
            return None;
        }
        Some((item, paths.child(&target)))
    }
}
