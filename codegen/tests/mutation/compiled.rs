//! Compiles clients, many as modules of one crate.

use std::collections::BTreeMap;

use codegen::{FileTree, Output};

use super::crates;

/// How many modules a crate has; each has a runtime of its own, as its methods are the client's own.
const MODULES: usize = 30;

/// Compiles all of them without a warning, with the packages that this workspace is locked to.
pub fn compile(clients: &[Output]) {
    // What a client needs of its manifest is the same for nearly all of them.
    let mut groups: BTreeMap<String, Vec<&Output>> = BTreeMap::new();
    for client in clients {
        let manifest = client.requirements.template("NAME");
        groups.entry(manifest).or_default().push(client);
    }
    let crates = groups.iter().flat_map(|(manifest, clients)| {
        let parts = clients.chunks(MODULES);
        parts.map(move |clients| (manifest, clients))
    });
    let mut tree = FileTree::new();
    let mut members = Vec::new();
    for (index, (manifest, clients)) in crates.enumerate() {
        let name = format!("mutants{index}");
        let mut root = "//! Clients of mutants.\n".to_owned();
        for (module, client) in clients.iter().enumerate() {
            root.push_str(&format!("/// A client.\npub mod m{module};\n"));
            for (path, text) in &client.files {
                let path = path.strip_prefix("src/").expect("all of it is source");
                let path = if path == "lib.rs" { "mod.rs" } else { path };
                let text = text.replace("crate::", &format!("crate::m{module}::"));
                tree.insert(format!("{name}/src/m{module}/{path}"), text);
            }
        }
        tree.insert(format!("{name}/src/lib.rs"), root);
        let manifest = manifest.replace("NAME", &name);
        tree.insert(format!("{name}/Cargo.toml"), manifest);
        members.push(name);
    }
    let top = crates::workspace("mutants", tree, &members);
    crates::cargo(&top, "blocking", &["check", "--workspace"]);
}
