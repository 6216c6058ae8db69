//! Compiles clients, many as modules of one crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::{FileTree, Output};

/// How many modules a crate has; each has a runtime of its own, as its methods are the client's own.
const MODULES: usize = 30;

/// Compiles all of them without a warning, with the packages that this workspace is locked to.
pub fn compile(clients: &[Output]) {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants");
    if top.exists() {
        fs::remove_dir_all(&top).unwrap();
    }
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
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    tree.insert("Cargo.toml".to_owned(), workspace);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    tree.insert("Cargo.lock".to_owned(), fs::read_to_string(lock).unwrap());
    for (path, text) in tree {
        let path = top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    check(&top);
}

fn check(top: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(top)
        .args(["check", "--workspace", "--offline", "--quiet"])
        // No TLS, which takes longest to compile, and the half that has methods too.
        .args(["--no-default-features", "--features", "blocking"])
        .args(["--config", "build.rustflags=['-Dwarnings']"])
        .env("CARGO_TARGET_DIR", top.join("../../generated-crates"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs, as it runs this test");
    assert!(
        output.status.success(),
        "mutants do not compile; they are in {}:\n{}",
        top.display(),
        String::from_utf8_lossy(&output.stderr),
    );
}
