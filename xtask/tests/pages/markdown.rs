//! The pages that people read, as far as these tests look at them.

use std::fs;
use std::path::Path;

/// Folders without pages for people: output, and the texts of `--explain`, which have a test of
/// their own.
const LEFT_OUT: [&str; 5] = [
    "target",
    ".git",
    "codegen/src/explain",
    // Its Rust is compiled with the documentation that is made of it.
    "codegen/src/emit/crate_docs",
    "codegen/tests",
];

/// A page, or the comment at the top of an example.
pub struct Page {
    /// Relative to the workspace, with `/` between the parts.
    pub path: String,
    pub text: String,
}

/// A fenced block of a page.
pub struct Block {
    /// The line of the page that the block's first line is.
    pub line: usize,
    /// The first word behind the fence.
    pub language: String,
    pub text: String,
}

/// Every Markdown file of the workspace, and the top of every example.
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
    /// Markdown, and not the top of an example, whose Rust is compiled with it.
    pub fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// The blocks in fences; each must say its language.
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

    /// The text without the blocks.
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
