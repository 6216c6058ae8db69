//! Descriptions that are refused: cases of a fixture, and what is asserted of each.

use codegen::{Diagnostics, Options, Output, Severity};

/// The description, and what its errors say.
pub type Case = (String, String);

pub fn generate(text: &str) -> Result<Output, Diagnostics> {
    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options)
}

/// The cases of a fixture, each put in its place in a description by `description`.
pub fn cases(fixture: &str, description: impl Fn(&str) -> String) -> Vec<Case> {
    let cases: Vec<Case> = fixture
        .split("\n#= ")
        .skip(1)
        .map(|case| {
            let (says, lines) = case.split_once('\n').expect("lines follow");
            let text = description(&format!("{}\n", lines.trim_end()));
            (says.to_owned(), text)
        })
        .collect();
    assert!(!cases.is_empty());
    cases
}

/// The lines, so many spaces in.
pub fn indented(spaces: usize, lines: &str) -> String {
    let lines = lines.lines();
    lines
        .map(|line| format!("{}{line}\n", " ".repeat(spaces)))
        .collect()
}

/// The lines that hold the mark, counted from 1.
pub fn marked(text: &str) -> Vec<usize> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(line, _)| line.contains("# here"))
        .map(|(_, number)| number)
        .collect()
}

/// Asserts that each description has an error in each marked line, none elsewhere, and that all of
/// them say what is wanted.
#[track_caller]
pub fn assert_refused(cases: impl IntoIterator<Item = Case>) {
    let mut failures = String::new();
    for (says, text) in cases {
        let wanted = marked(&text);
        assert!(!wanted.is_empty(), "no line is marked:\n{text}");
        let found: Vec<(usize, String)> = match generate(&text) {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .items()
                .iter()
                .filter(|item| item.severity == Severity::Error)
                .map(|item| (item.line, item.message.clone()))
                .collect(),
        };
        let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
        if lines != wanted || !found.iter().all(|(_, message)| message.contains(&says)) {
            let numbered = text.lines().zip(1..);
            let numbered: String = numbered
                .map(|(line, number)| format!("{number:4} {:.100}\n", line))
                .collect();
            failures.push_str(&format!(
                "wanted `{says}` in {wanted:?}, got {found:?}\n{numbered}\n"
            ));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
