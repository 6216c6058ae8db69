//! Reads the pages: Markdown files, and the documentation of the examples.

use std::fs;
use std::path::Path;

/// Folders without pages: output, and texts that have tests of their own.
const LEFT_OUT: [&str; 5] = [
    "target",
    ".git",
    "codegen/src/explain",
    // Compiled as part of the generated documentation.
    "codegen/src/emit/crate_docs",
    "codegen/tests",
];

/// A page, or the documentation of an example.
pub struct Page {
    /// Path relative to the workspace, with `/` as separator.
    pub path: String,
    pub text: String,
}

/// A fenced block of a page.
pub struct Block {
    /// Line number of its first line in the page.
    pub line: usize,
    /// First word of the info string.
    pub language: String,
    pub text: String,
}

/// Every Markdown file of the workspace, and the documentation of every example.
pub fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    walk(&xtask::workspace(), "", &mut pages);
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(pages.len() > 8, "the pages are found");
    pages
}

fn walk(folder: &Path, path: &str, pages: &mut Vec<Page>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        let path = if path.is_empty() {
            name
        } else {
            format!("{path}/{name}")
        };
        if LEFT_OUT.contains(&path.as_str()) {
            continue;
        }
        let file = entry.path();
        if file.is_dir() {
            walk(&file, &path, pages);
        } else if path.ends_with(".md") {
            let text = fs::read_to_string(file).expect("UTF-8");
            pages.push(Page { path, text });
        } else if path.starts_with("generated/examples/") && path.ends_with(".rs") {
            let text = fs::read_to_string(file).expect("UTF-8");
            let top = text.lines().map_while(|line| line.strip_prefix("//!"));
            let text: Vec<_> = top
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            let text = text.join("\n");
            pages.push(Page { path, text });
        }
    }
}

impl Page {
    /// Whether this is a Markdown file and not an example.
    pub fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// The fenced blocks. Each must have a language.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut inside = false;
        for (number, line) in (1..).zip(self.text.lines()) {
            if let Some(language) = line.trim_start().strip_prefix("```") {
                inside = !inside;
                if inside {
                    let language = language.split(',').next().unwrap_or_default();
                    assert!(!language.is_empty(), "{}:{number}: no language", self.path);
                    blocks.push(Block {
                        line: number + 1,
                        language: language.to_owned(),
                        text: String::new(),
                    });
                }
            } else if let (true, Some(block)) = (inside, blocks.last_mut()) {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
        assert!(!inside, "{}: the last block has no end", self.path);
        blocks
    }

    /// The text without the fenced blocks.
    pub fn prose(&self) -> String {
        let mut inside = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            let is_fence = line.trim_start().starts_with("```");
            inside ^= is_fence;
            if !inside && !is_fence {
                prose.push_str(line);
            }
            prose.push('\n');
        }
        prose
    }
}
