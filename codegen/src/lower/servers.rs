//! Servers.

use super::Lowering;
use crate::ir::{Server, ServerVariable};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Lowering<'_> {
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

    /// Rejects servers of a path or an operation, unless the first is the default of every client.
    pub(super) fn reject_servers(&mut self, servers: &[openapiv3::Server], at: &Pointer) {
        let default = self.document.servers.first().map(|server| &server.url);
        if servers
            .first()
            .is_some_and(|server| Some(&server.url) != default)
        {
            let what = "`servers` on a path or an operation";
            let at = At::Key(at.child("servers"));
            self.problem(Problem::unsupported(what, at));
        }
    }
}
