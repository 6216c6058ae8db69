//! The other files that a description refers to.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostics;
use crate::openapi::reference::Reference;
use crate::options::Files;
use crate::source::pointer::Pointer;
use crate::source::{Node, Source, entry};

/// The start of the keys under which other files are in the tree until their objects have been moved. No
/// text can contain it.
const MOUNT: &str = "\0";

/// The result of reading the other files.
pub(super) struct Loaded {
    /// The file name of the description.
    own_name: String,
    /// Why files cannot be read, by their paths.
    pub(super) failed: HashMap<String, String>,
}

/// Reads the files that the description refers to, directly or through other files.
///
/// # Errors
///
/// If a file is not YAML or JSON. A file that cannot be read is noted in [`Loaded::failed`].
pub(super) fn load(source: &mut Source<'_>, files: &Files) -> Result<Loaded, Diagnostics> {
    let (folder, own_name) = match source.path.rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name.to_owned()),
        None => (String::new(), source.path.to_owned()),
    };
    let mut loaded = Loaded {
        own_name,
        failed: HashMap::new(),
    };
    let mut seen: HashSet<String> = HashSet::from([loaded.own_name.clone()]);
    let mut queue: Vec<String> = files_in(&source.root, "");
    while let Some(path) = queue.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        match files.read(&path) {
            Ok(bytes) => {
                let root = source.add(format!("{folder}{path}"), &bytes)?;
                queue.extend(files_in(&root, &path));
                let start = root.span.start..root.span.start;
                let mounted = entry(format!("{MOUNT}{path}"), &start, root);
                source.root.extend(vec![mounted]);
            }
            Err(error) => {
                loaded.failed.insert(path, error);
            }
        }
    }
    Ok(loaded)
}

/// Removes the files from the tree.
pub(super) fn unload(root: &mut Node) {
    root.retain(|key| !key.starts_with(MOUNT));
}

impl Loaded {
    /// The pointer to a location in a file, whose path is relative to the file `from`.
    pub(super) fn pointer(&self, path: &str, from: Option<&str>, inner: &Pointer) -> Pointer {
        let path = joined(from.unwrap_or_default(), path);
        match path == self.own_name {
            true => inner.clone(),
            false => mounted(&path, inner),
        }
    }
}

/// The pointer to a location in the file with this path.
pub(super) fn mounted(path: &str, inner: &Pointer) -> Pointer {
    Pointer::root().child(format!("{MOUNT}{path}")).join(inner)
}

/// The path of the file that a location is in, unless it is in the description itself.
pub(super) fn file_of(pointer: &Pointer) -> Option<String> {
    let key = pointer.keys().next()?;
    key.strip_prefix(MOUNT).map(str::to_owned)
}

/// The paths of the files that a file refers to.
fn files_in(root: &Node, from: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = vec![root];
    while let Some(node) = queue.pop() {
        for entry in node.entries() {
            let mapping = match entry.key.as_str() {
                "$ref" => std::slice::from_ref(entry),
                "discriminator" => entry.value.entries_of("mapping"),
                _ => &[],
            };
            let texts = mapping.iter().filter_map(|entry| entry.value.string());
            found.extend(texts.filter_map(|text| match Reference::parse(text) {
                Reference::File(path, _) => Some(joined(from, &path)),
                _ => None,
            }));
            queue.push(&entry.value);
        }
        queue.extend(node.items());
    }
    found
}

/// A path relative to the file `from`, without `.` and inner `..`.
fn joined(from: &str, path: &str) -> String {
    let folder = match path.starts_with('/') {
        true => "",
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths_are_relative_to_the_file_that_refers() {
        assert_eq!(joined("", "a.yaml"), "a.yaml");
        assert_eq!(
            joined("paths/tasks.yaml", "../schemas/./a.yaml"),
            "schemas/a.yaml"
        );
        assert_eq!(joined("a.yaml", "../b.yaml"), "../b.yaml");
        assert_eq!(joined("x/a.yaml", "../../../b.yaml"), "../../b.yaml");
        assert_eq!(joined("x/a.yaml", "/etc/b.yaml"), "/etc/b.yaml");
    }
}
