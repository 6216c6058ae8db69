//! The sources of the runtime are emitted byte for byte, depend on no parent module, and need the
//! dependencies with which they are compiled here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::manifest::Requirements;
use codegen::{HEADER, Options, runtime_sources};
use toml::{Table, Value};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below the folder of the sources, with LF as line ends.
fn sources() -> BTreeMap<String, String> {
    files(runtime_sources::FOLDER)
}

fn files(folder: &str) -> BTreeMap<String, String> {
    let top = workspace().join(folder);
    let mut sources = BTreeMap::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&top).unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            sources.insert(name.replace('\\', "/"), text.replace("\r\n", "\n"));
        }
    }
    assert!(sources.contains_key("mod.rs"));
    sources
}

#[test]
fn every_file_is_emitted_byte_for_byte() {
    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let spec = b"openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths: {}\n";
    let output = codegen::generate(spec, &options).unwrap();
    let emitted = output.files.into_iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("src/runtime/")?;
        Some((name.to_owned(), text))
    });
    let emitted: BTreeMap<String, String> = emitted.collect();
    let sources = sources();
    assert_eq!(
        emitted.keys().collect::<Vec<_>>(),
        sources.keys().collect::<Vec<_>>()
    );
    for (name, text) in sources {
        let folder = runtime_sources::FOLDER;
        let wanted = format!("{HEADER}{folder}/{name}. Do not edit.\n\n{text}");
        assert!(
            emitted[&name] == wanted,
            "{name} is not emitted as it stands"
        );
    }
}

/// A client gets the parts that its description needs, and no other.
#[test]
fn every_part_is_emitted_byte_for_byte_where_it_is_needed() {
    let mut files = files(runtime_sources::OPTIONAL_FOLDER);
    files.remove("mod.rs");
    let parts = runtime_sources::OPTIONAL.iter();
    let mut listed: Vec<String> = parts
        .flat_map(|part| part.files)
        .map(|(path, _)| (*path).to_owned())
        .collect();
    listed.sort();
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        listed.iter().collect::<Vec<_>>()
    );

    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let spec = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths: {}\n\
                components: {schemas: {Picture: {type: string, format: byte}}}\n";
    let output = codegen::generate(spec.as_bytes(), &options).unwrap();
    let emitted: Vec<&str> = output
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("src/optional/"))
        .collect();
    assert_eq!(emitted, ["base64.rs", "mod.rs"]);
    let folder = runtime_sources::OPTIONAL_FOLDER;
    let wanted = format!(
        "{HEADER}{folder}/base64.rs. Do not edit.\n\n{}",
        files["base64.rs"]
    );
    assert_eq!(output.files["src/optional/base64.rs"], wanted);
    let manifest = output.requirements.template("things");
    let dependencies = table(&manifest, "dependencies");
    assert!(dependencies.contains_key("base64"), "{manifest}");
    let whole = table(runtime_sources::MANIFEST, "dependencies");
    assert_eq!(dependencies["base64"], whole["base64"]);
    assert_eq!(
        Requirements::default().missing(&manifest.parse().unwrap()),
        Vec::new(),
        "what every client needs is there too"
    );
    let bare = Requirements::default().template("things");
    assert!(
        !table(&bare, "dependencies").contains_key("base64"),
        "{bare}"
    );
    let missing = output.requirements.missing(&bare.parse().unwrap());
    assert_eq!(missing.len(), 1, "{missing:?}");
}

/// In the generated crate, whatever its name, the sources are the module `runtime`, and its parent is
/// not theirs: they name each other only, macros by the path from the crate.
#[test]
fn files_name_nothing_above_them() {
    for (name, text) in sources() {
        for line in text.lines() {
            let line = line.replace("crate::runtime::", "");
            for word in ["crate::", "client_runtime", "comp_ai_client", "comp-ai"] {
                assert!(!line.contains(word), "{name} has `{word}`: {line}");
            }
        }
        let climb = "super::".repeat(2);
        assert!(!text.contains(&climb), "{name} has `{climb}`");
    }
}

/// Tests stay where the sources are edited; in the generated crate they would be output.
#[test]
fn files_hold_no_tests() {
    for (name, text) in sources()
        .into_iter()
        .chain(files(runtime_sources::OPTIONAL_FOLDER))
    {
        for word in ["#[test]", "cfg(test)", "tokio::test"] {
            assert!(!text.contains(word), "{name} has `{word}`");
        }
    }
}

fn table(manifest: &str, section: &str) -> Table {
    let manifest: Table = manifest.parse().unwrap();
    match manifest.get(section) {
        Some(Value::Table(table)) => table.clone(),
        other => panic!("[{section}] is {other:?}"),
    }
}

/// What is tested here is what users compile: the same features, packages and versions.
#[test]
fn manifests_agree() {
    let generated = fs::read_to_string(workspace().join("generated/Cargo.toml")).unwrap();
    let template = Requirements::default().template("things");
    let with_mock = runtime_sources::OPTIONAL
        .iter()
        .filter(|part| part.name == "mock");
    let with_mock: Vec<_> = with_mock.collect();
    for (other, has) in [(&generated, with_mock), (&template, Vec::new())] {
        let requirements = Requirements::of(has.clone());
        assert_eq!(requirements.missing(&other.parse().unwrap()), Vec::new());
        let has =
            |part: &&runtime_sources::RuntimeModule| has.iter().any(|own| own.name == part.name);
        for section in ["features", "dependencies"] {
            let mut wanted = table(runtime_sources::MANIFEST, section);
            for part in runtime_sources::OPTIONAL.iter().filter(|part| !has(part)) {
                let names = part.dependencies.iter().chain(part.crate_features);
                for name in names {
                    wanted.remove(*name);
                }
            }
            let features = runtime_sources::OPTIONAL
                .iter()
                .flat_map(|part| part.features);
            for (dependency, feature) in features {
                let entry = wanted.get_mut(*dependency);
                let listed = entry.and_then(|entry| entry.get_mut("features"));
                if let Some(Value::Array(listed)) = listed {
                    listed.retain(|other| other.as_str() != Some(feature));
                }
            }
            assert_eq!(table(other, section), wanted, "[{section}] of\n{other}");
        }
        let rust_version = |text| table(text, "package")["rust-version"].clone();
        assert_eq!(rust_version(other), rust_version(runtime_sources::MANIFEST));
    }
}

/// Each dependency and each feature is missed, if it is not there.
#[test]
fn whatever_is_missing_is_found() {
    let whole = Requirements::default().template("things");
    for section in ["[features]", "[dependencies]"] {
        let (before, entries) = whole.split_once(&format!("{section}\n")).unwrap();
        let entries = entries.split("\n\n").next().unwrap();
        for line in entries.lines() {
            let less = entries.replace(line, "");
            let rest = whole.split_once(entries).unwrap().1;
            let manifest = format!("{before}{section}\n{less}{rest}");
            let found = Requirements::default().missing(&manifest.parse().unwrap());
            assert_eq!(found, vec![(section, line.to_owned())]);
        }
    }
}
