//! What is published: the client, what belongs to it, and no more.

use std::collections::BTreeSet;
use std::process::Command;

const EXPECTED: [&str; 10] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "FAULTS.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "examples",
    "src",
];

#[test]
fn the_package_holds_what_belongs_in_it() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(xtask::workspace())
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .args(["--package", "comp-ai-client"])
        .output()
        .expect("cargo runs, as it runs this test");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    let list = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .replace('\\', "/");
    let top = list.lines().filter_map(|path| path.split('/').next());
    // Not there where the sources are no checkout of git.
    let top = top.filter(|path| *path != ".cargo_vcs_info.json");
    assert_eq!(top.collect::<BTreeSet<_>>(), BTreeSet::from(EXPECTED));
    // All that an example is made of.
    for file in [
        "src/lib.rs",
        "examples/import/tasks.csv",
        "examples/fake_server/mod.rs",
    ] {
        assert!(list.lines().any(|path| path == file), "{file} is missing");
    }
}
