//! Servers.

use super::Lowering;
use crate::ir::{Server, ServerVariable};

impl Lowering<'_> {
    pub(super) fn lower_servers(&self) -> Vec<Server> {
        self.document.servers.iter().map(lower_server).collect()
    }

    /// The server of an operation or of its path, in place of the document's.
    pub(super) fn own_server(
        &self,
        operation: &[openapiv3::Server],
        path: &[openapiv3::Server],
    ) -> Option<Server> {
        operation.first().or(path.first()).map(lower_server)
    }
}

fn lower_server(server: &openapiv3::Server) -> Server {
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
    Server {
        url,
        template: server.url.clone(),
        description: server.description.clone(),
        variables,
    }
}
