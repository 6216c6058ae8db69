//! Links to other files of the repository.

use super::markdown::pages;

#[test]
fn links_lead_to_files() {
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

/// What is shown as data is well-formed.
#[test]
fn toml_can_be_read() {
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
