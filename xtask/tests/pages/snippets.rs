//! The Rust of the pages, in a file that is compiled with the client's tests.

use std::fmt::Write;
use std::fs;

use super::markdown::pages;

const FILE: &str = "generated/tests/snippets.rs";
const UPDATE: &str = "UPDATE_SNIPPETS=1 cargo test -p xtask --test pages";

/// What a snippet may name without saying where it comes from, as its readers know by then.
const AROUND: &str = "\
    use comp_ai_client::{Client, types::{Task, UpdateTask}};
    async fn snippet(client: Client, task: Task) -> Result<(), Box<dyn std::error::Error>> {
";

fn snippets() -> String {
    let mut file = format!(
        "//! The Rust of the pages, so that it compiles. Written by `{UPDATE}`, do not edit.\n\n\
         #![allow(unused, clippy::all, reason = \"pages show a part of a program\")]\n"
    );
    for page in pages().iter().filter(|page| page.is_markdown()) {
        let blocks = page.blocks().into_iter();
        let rust = blocks.filter(|block| block.language == "rust");
        for (number, block) in (1..).zip(rust) {
            let word = |letter: char| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '_'
                }
            };
            let path = page.path.to_lowercase();
            let name = path.trim_start_matches('.').chars().map(word);
            let name: String = name.collect();
            let feature = ["blocking", "tracing", "mock"];
            for feature in feature
                .iter()
                .filter(|feature| block.text.contains(*feature))
            {
                let _ = writeln!(file, "\n#[cfg(feature = \"{feature}\")]");
            }
            let _ = write!(file, "\n#[rustfmt::skip]\nmod {name}_{number} {{\n");
            if block.text.contains("fn main(") {
                file.push_str(&block.text);
            } else {
                let _ = write!(file, "{AROUND}{}Ok(())\n}}\n", block.text);
            }
            file.push_str("}\n");
        }
    }
    file
}

#[test]
fn the_rust_of_the_pages_is_what_is_compiled() {
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
        "{FILE} is not what the pages show now; run: {UPDATE}"
    );
}
