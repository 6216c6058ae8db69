//! Descriptions that are rejected, because they are invalid or not supported: each problem is an error at
//! its own line, and no problem hides another.

mod cases;

use cases::{assert_rejected, cases, generate, indented, marked};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";

const RESPONSES: &str = "responses:\n  '204': {description: Done}\n";

fn operation(lines: &str) -> String {
    format!(
        "{HEAD}paths:\n  /things:\n    post:\n      operationId: makeThing\n{}",
        indented(6, lines)
    )
}

#[test]
fn parameters() {
    let fixture = include_str!("parameters.yaml");
    assert_rejected(cases(fixture, |lines| {
        operation(&format!("parameters:\n{}{RESPONSES}", indented(2, lines)))
    }));
}

#[test]
fn operations() {
    let fixture = include_str!("operations.yaml");
    assert_rejected(cases(fixture, |lines| {
        let has_responses = lines.contains("responses:\n") || lines.contains("responses: #");
        let responses = if has_responses { "" } else { RESPONSES };
        operation(&format!("{lines}{responses}"))
    }));
}

#[test]
fn paths() {
    let fixture = include_str!("paths.yaml");
    assert_rejected(cases(fixture, |lines| {
        format!("{HEAD}paths:\n{}", indented(2, lines))
    }));
}

#[test]
fn schemas() {
    let fixture = include_str!("schemas.yaml");
    assert_rejected(cases(fixture, |lines| {
        let lines = indented(4, lines);
        format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{lines}")
    }));
}

#[test]
fn documents() {
    let fixture = include_str!("documents.yaml");
    assert_rejected(cases(fixture, |lines| format!("{HEAD}{lines}")));
}

/// Nesting of any depth is an error, not a stack overflow.
#[test]
fn deep_nesting() {
    let deep = [
        (
            "nested deeper than 100 levels",
            format!("{}{}", "[".repeat(120), "]".repeat(120)),
        ),
        ("nested deeper than 100 levels", "{a: ".repeat(50_000)),
        ("nested deeper than 100 levels", "[".repeat(50_000)),
    ];
    assert_rejected(deep.map(|(says, value)| {
        let text = format!("{HEAD}paths: {{}}\nx-deep: {value} # here\n");
        (says.to_owned(), text)
    }));
}

/// Errors of different stages are reported together, in the order of the text.
#[test]
fn errors_of_all_stages_are_reported_in_the_order_of_the_text() {
    let text = include_str!("several.yaml");
    let problems = generate(text).expect_err("the description has mistakes");
    let found: Vec<(usize, &str)> = problems
        .items()
        .iter()
        .map(|item| (item.line, item.message.as_str()))
        .collect();
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, marked(text), "{found:#?}");
    for (line, message) in &found {
        let wanted = text.lines().nth(line - 1).unwrap();
        let wanted = wanted.split("# here: ").nth(1).unwrap();
        assert!(message.contains(wanted), "line {line}: {message}");
    }
    let shown = problems.to_string();
    for line in lines {
        assert!(shown.contains(&format!("spec.yaml:{line}:")), "{shown}");
    }
    let end = format!("{} errors in spec.yaml", found.len());
    assert!(shown.contains(&end), "{shown}");
}

/// A description that is cut off at any byte gives a client or errors, never a panic.
#[test]
fn a_truncated_description_gives_a_client_or_errors() {
    let whole = include_str!("../fixtures/petstore.yaml");
    let ends = whole.char_indices().map(|(index, _)| index);
    for end in ends.step_by(97) {
        if let Err(problems) = generate(&whole[..end]) {
            assert!(!problems.items().is_empty(), "cut at {end}");
            assert!(!problems.to_string().is_empty(), "cut at {end}");
        }
    }
}

/// An error in a very long line, such as minified JSON, shows a part of the line and the true column.
#[test]
fn a_very_long_line_is_cut_around_the_error() {
    for filler in ["x", "é", "🦀"] {
        let before = format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"{}","version":"1","#,
            filler.repeat(5_000)
        );
        let after = format!(
            r#""description":"{}"}},"paths":{{}}}}"#,
            filler.repeat(5_000)
        );
        let text = format!(r#"{before}"licence":{{"name":"MIT"}},{after}"#);
        let problems = generate(&text).expect_err("a key is misspelt");
        let column = before.chars().count() + 1;
        assert_eq!(problems.items()[0].column, column);
        let shown = problems.to_string();
        assert!(
            shown.contains(&format!("spec.yaml:1:{column}\n")),
            "{shown}"
        );
        assert!(shown.contains(r#""licence":{"name":"MIT"}"#), "{shown}");
        let longest = shown.lines().map(|line| line.chars().count()).max();
        assert!(longest < Some(400), "{shown}");
    }
}
