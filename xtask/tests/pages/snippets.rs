//! The Rust of the pages, copied into a file that is compiled with the client's tests. Nothing is
//! added to a snippet: each one is a whole program or test, as its reader copies it.

use std::fmt::Write;
use std::fs;

use super::markdown::pages;

const FILE: &str = "generated/tests/snippets.rs";
const UPDATE: &str = "UPDATE_SNIPPETS=1 cargo test -p xtask --test pages";

fn snippets() -> String {
    let mut file = format!(
        "//! The Rust of the pages. Written by `{UPDATE}`, do not edit.\n\n\
         #![allow(dead_code, reason = \"nobody calls their `main`\")]\n"
    );
    for page in pages().iter().filter(|page| page.is_markdown()) {
        let blocks = page.blocks().into_iter();
        let rust = blocks.filter(|block| block.language == "rust");
        for (number, block) in (1..).zip(rust) {
            let path = page.path.to_lowercase();
            let path = path.trim_start_matches('.').trim_end_matches(".md");
            let name = path.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
            let features = ["blocking", "tracing", "mock"].into_iter();
            for feature in features.filter(|feature| block.text.contains(feature)) {
                let _ = write!(file, "\n#[cfg(feature = \"{feature}\")]");
            }
            let text = &block.text;
            let _ = write!(
                file,
                "\n#[rustfmt::skip]\nmod {name}_{number} {{\n{text}}}\n"
            );
        }
    }
    file
}

#[test]
fn the_rust_of_the_pages_is_compiled() {
    let path = xtask::workspace().join(FILE);
    let wanted = snippets();
    assert!(wanted.matches("\nmod ").count() > 1, "snippets are found");
    if std::env::var_os("UPDATE_SNIPPETS").is_some() {
        fs::write(&path, &wanted).expect("the file can be written");
    }
    let found = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace('\r', "");
    assert!(
        found == wanted,
        "{FILE} differs from the pages; run: {UPDATE}"
    );
}
