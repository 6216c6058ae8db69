//! Manifests that give the dependencies of generated crates the same features and the same profile
//! as the dependencies of this workspace, so that cargo finds them compiled.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use codegen::FileTree;
use toml::{Table, Value};

/// A crate without code that depends on everything that this workspace depends on. It is selected
/// together with the generated crates, and cargo unifies the features of the selected crates.
pub const CRATE: &str = "workspace-dependencies";

/// Completes the manifest of a generated crate. Its unit tests would be the runtime's, which has
/// them tested as a crate of this workspace.
pub fn member(manifest: &str) -> String {
    format!("{manifest}\n[lib]\ntest = false\n\n[lints]\nworkspace = true\n")
}

/// Packages that tests of generated crates use, in the versions and with the features that this
/// workspace has anyway.
const TESTS_USE: [&str; 7] = [
    "chrono",
    "futures-core",
    "futures-util",
    "http",
    "serde",
    "serde_json",
    "tokio",
];

/// The manifest of a crate that tests generated crates.
pub fn tests(name: &str, crates: &[String]) -> String {
    let mut manifest = package(name);
    for package in TESTS_USE {
        let _ = writeln!(
            manifest,
            "{package} = {{ version = \"*\", default-features = false }}"
        );
    }
    for name in crates {
        let _ = writeln!(manifest, "{name} = {{ path = \"../{name}\" }}");
    }
    manifest + "\n[lints]\nworkspace = true\n"
}

/// The beginning of the manifest of a crate with an empty library, up to its dependencies.
fn package(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\ntest = false\ndoctest = false\n\n[dependencies]\n"
    )
}

/// Adds the manifest and the lock file of the workspace, and [`CRATE`].
pub fn add(tree: &mut FileTree, members: &[String]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let own = read("Cargo.toml");
    let (_, profiles) = own
        .split_once("[profile.")
        .expect("the profiles are the last sections");
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\n\n[profile.{profiles}"
    );
    tree.insert("Cargo.toml".to_owned(), manifest);
    tree.insert("Cargo.lock".to_owned(), read("Cargo.lock"));

    let mut dependencies = BTreeMap::new();
    let own: Table = own.parse().unwrap();
    for member in own["workspace"]["members"].as_array().unwrap() {
        let path = format!("{}/Cargo.toml", member.as_str().unwrap());
        let manifest: Table = read(&path).parse().unwrap();
        for section in ["dependencies", "dev-dependencies"] {
            let section = manifest.get(section).and_then(Value::as_table);
            for (name, value) in section.into_iter().flatten() {
                // Features of the generated crates turn optional dependencies on, as those of
                // the client do.
                if value.get("path").is_none() && value.get("optional").is_none() {
                    let dependency: &mut Dependency = dependencies.entry(name.clone()).or_default();
                    dependency.merge(value);
                }
            }
        }
    }
    let mut manifest = package(CRATE);
    for (name, dependency) in dependencies {
        let Dependency {
            version,
            default_features,
            features,
        } = dependency;
        let _ = writeln!(
            manifest,
            "{name} = {{ version = {version:?}, default-features = {default_features}, features = {features:?} }}"
        );
    }
    tree.insert(format!("{CRATE}/Cargo.toml"), manifest);
    tree.insert(format!("{CRATE}/src/lib.rs"), String::new());
}

/// What all crates of this workspace together require of one package.
#[derive(Default)]
struct Dependency {
    version: String,
    default_features: bool,
    features: Vec<String>,
}

impl Dependency {
    fn merge(&mut self, value: &Value) {
        let version = value.as_str().or_else(|| value.get("version")?.as_str());
        version.expect("a version").clone_into(&mut self.version);
        let without_default = value.get("default-features") == Some(&false.into());
        self.default_features |= !without_default;
        let features = value.get("features").and_then(Value::as_array);
        let features = features.into_iter().flatten().filter_map(Value::as_str);
        self.features.extend(features.map(str::to_owned));
    }
}
