//! Links and paths to other files of the repository, and data.

use std::collections::BTreeSet;
use std::fs;

use super::markdown::pages;

#[test]
fn links_to_files_resolve() {
    let workspace = xtask::workspace();
    let mut links = 0;
    for page in pages().iter().filter(|page| page.is_markdown()) {
        for (start, _) in page.prose().match_indices("](") {
            let prose = page.prose();
            let target = &prose[start + 2..];
            let target = target.split(')').next().unwrap_or_default();
            if target.contains("://") {
                continue;
            }
            let path = workspace.join(&page.path).with_file_name("");
            let file = target.split('#').next().unwrap_or_default();
            assert!(path.join(file).exists(), "{}: no file {target}", page.path);
            links += 1;
        }
    }
    assert!(links > 4, "links are found");
}

/// Every path in backquotes in the architecture page exists.
#[test]
fn paths_of_the_architecture_exist() {
    let workspace = xtask::workspace();
    let page = fs::read_to_string(workspace.join(".github/ARCHITECTURE.md")).expect("a page");
    let spans: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let folders: BTreeSet<&str> = ["codegen", "generated", "spec", "xtask"].into();
    let paths = spans.iter().filter(|span| {
        let folder = span.split('/').next().unwrap_or_default();
        span.contains('/') && folders.contains(folder)
    });
    let missing: Vec<_> = paths
        .clone()
        .filter(|path| !workspace.join(path).exists())
        .collect();
    assert!(
        missing.is_empty(),
        ".github/ARCHITECTURE.md names {missing:#?}"
    );
    assert!(paths.count() > 30, "paths are found");
}

#[test]
fn toml_is_valid() {
    for page in pages() {
        for block in page.blocks() {
            match block.language.as_str() {
                "toml" => {
                    let table = block.text.parse::<toml::Table>();
                    assert!(table.is_ok(), "{}:{}: {table:?}", page.path, block.line);
                }
                "rust" | "sh" | "text" | "yaml" | "json" | "ignore" => {}
                other => panic!(
                    "{}:{}: no test looks at `{other}`; use text, or write one",
                    page.path, block.line
                ),
            }
        }
    }
}
