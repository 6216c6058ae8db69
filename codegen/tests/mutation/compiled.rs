//! Compiles clients, many as modules of one crate.

use std::collections::BTreeMap;

use codegen::{FileTree, Output};

use super::crates::Workspace;

/// How many modules a crate has; each has a runtime of its own, as its methods are the client's own.
const MODULES: usize = 30;

/// Compiles all of them without a warning, with the packages of this workspace's lock file.
pub fn compile(clients: &[Output]) {
    // Nearly all clients need the same of their manifest.
    let mut groups: BTreeMap<String, Vec<&Output>> = BTreeMap::new();
    for client in clients {
        let manifest = client.requirements.template("NAME");
        groups.entry(manifest).or_default().push(client);
    }
    let crates = groups.values().flat_map(|group| group.chunks(MODULES));
    let mut workspace = Workspace::new("mutants");
    for (index, clients) in crates.enumerate() {
        let mut files = FileTree::new();
        let mut root = "//! Clients of mutants.\n".to_owned();
        for (module, client) in clients.iter().enumerate() {
            root.push_str(&format!("/// A client.\npub mod m{module};\n"));
            for (path, text) in &client.files {
                let path = path.strip_prefix("src/").expect("all of it is source");
                let path = if path == "lib.rs" { "mod.rs" } else { path };
                let text = text.replace("crate::", &format!("crate::m{module}::"));
                files.insert(format!("src/m{module}/{path}"), text);
            }
        }
        files.insert("src/lib.rs".to_owned(), root);
        let requirements = &clients[0].requirements;
        workspace.add_crate(&format!("mutants{index}"), requirements, files);
    }
    workspace.write().check();
}
