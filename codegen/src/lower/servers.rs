//! Servers.

use crate::ir::{Server, ServerVariable};

pub(super) fn server(server: &openapiv3::Server) -> Server {
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
