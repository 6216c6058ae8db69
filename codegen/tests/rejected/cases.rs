//! Reads fixtures with one rejected description for each case, and checks the errors of each.

use codegen::{Code, Diagnostics, Options, Output};

/// The text that each error contains, and the description.
pub type Case = (String, String);

/// Generates with warnings denied, as our own description is.
pub fn generate(text: &str) -> Result<Output, Diagnostics> {
    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        deny_warnings: true,
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options)
}

/// Returns the cases of a fixture. `description` completes the lines of a case to a description.
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

/// Indents every line.
pub fn indented(spaces: usize, lines: &str) -> String {
    let lines = lines.lines();
    lines
        .map(|line| format!("{}{line}\n", " ".repeat(spaces)))
        .collect()
}

/// Returns the numbers of the lines that contain the mark `# here`, counted from 1.
pub fn marked(text: &str) -> Vec<usize> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(line, _)| line.contains("# here"))
        .map(|(_, number)| number)
        .collect()
}

/// Asserts that each description gives one error in each marked line and no other error, and that every
/// message contains the text of its case.
#[track_caller]
pub fn assert_rejected(cases: impl IntoIterator<Item = Case>) {
    let mut failures = String::new();
    for (says, text) in cases {
        let wanted = marked(&text);
        assert!(!wanted.is_empty(), "no line is marked:\n{text}");
        let found: Vec<(usize, String)> = match generate(&text) {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .items()
                .iter()
                // Most fixtures describe a component without an operation that uses it.
                .filter(|item| item.code != Code::UnusedComponent)
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
