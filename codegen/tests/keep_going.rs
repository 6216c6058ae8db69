//! With `keep_going`, exactly the operations that need something unclear or unsupported are left out,
//! each with a warning.

use codegen::{Code, Diagnostics, Meaning, Options, Output, Severity};

/// Three operations. A line that begins with `@` and a word is a placeholder: a case replaces it, and
/// otherwise the text after the word is used.
const DESCRIPTION: &str = include_str!("fixtures/keep_going.yaml");

fn generate(text: &str, keep_going: bool) -> Result<Output, Diagnostics> {
    let options = Options {
        keep_going,
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options)
}

/// Returns the description with the text in place of this placeholder.
fn with(mark: &str, text: &str) -> String {
    let mut replaced = 0;
    let lines = DESCRIPTION.lines().filter_map(|line| {
        let start = line.trim_start();
        let indent = &line[..line.len() - start.len()];
        if !start.starts_with('@') {
            return Some(format!("{line}\n"));
        }
        let (word, otherwise) = start.split_once(' ').unwrap_or((start, ""));
        let is_here = word == mark;
        replaced += usize::from(is_here);
        let text = if is_here { text } else { otherwise };
        (!text.is_empty()).then(|| format!("{indent}{text}\n"))
    });
    let lines: String = lines.collect();
    assert_eq!(replaced, 1, "{mark}");
    lines
}

/// Returns the methods of the client.
fn methods(output: &Output) -> Vec<&'static str> {
    let sources = output.files.iter();
    let sources = sources.filter(|(path, _)| path.starts_with("src/operations/"));
    let text: String = sources.map(|(_, text)| text.as_str()).collect();
    ["list_tasks", "make_task", "get_member"]
        .into_iter()
        .filter(|name| text.contains(&format!("pub fn {name}(")))
        .collect()
}

#[test]
fn exactly_the_operations_that_reach_it_are_left_out() {
    let external = "{$ref: 'other.yaml#/Thing'}";
    let cases: [(&str, &str, &[&str]); 11] = [
        // In an operation, and beside operations.
        (
            "@get",
            "security: [{one: []}, {other: []}]",
            &["make_task", "get_member"],
        ),
        (
            "@parameters",
            "parameters: [{name: no token, in: cookie, schema: {type: string}}]",
            &["get_member"],
        ),
        // In components, over one reference or several.
        ("@Part", "allOf: [{$ref: '#/nowhere'}]", &["get_member"]),
        (
            "@Limit",
            "schema: {$ref: '#/nowhere'}",
            &["make_task", "get_member"],
        ),
        (
            "@Unused",
            "allOf: [{$ref: '#/nowhere'}]",
            &["list_tasks", "make_task", "get_member"],
        ),
        // Another document.
        (
            "@schema",
            &format!("schema: {external}"),
            &["list_tasks", "get_member"],
        ),
        ("@part", &format!("other: {external}"), &["get_member"]),
        (
            "@parameter",
            &format!("Other: {external}"),
            &["list_tasks", "get_member"],
        ),
        (
            "@response",
            &format!("Failed: {external}"),
            &["list_tasks", "make_task"],
        ),
        (
            "@alias",
            &format!("Alias: {external}"),
            &["list_tasks", "make_task"],
        ),
        (
            "@nothing",
            "x-nothing: 1",
            &["list_tasks", "make_task", "get_member"],
        ),
    ];
    let mut wrong = String::new();
    for (mark, text, kept) in cases {
        let text = with(mark, text);
        let output = match generate(&text, true) {
            Ok(output) => output,
            Err(found) => {
                wrong.push_str(&format!("{mark}: fails:\n{found}\n"));
                continue;
            }
        };
        let told = output.warnings.items().iter();
        let told: Vec<Code> = told.map(|item| item.code).collect();
        let is_told = told.iter().any(|code| code.meaning() == Meaning::Unclear);
        let is_sound = mark == "@nothing";
        if methods(&output) != kept || output.left_out != 3 - kept.len() || output.operations != 3 {
            wrong.push_str(&format!(
                "{mark}: kept {:?}\n{}\n",
                methods(&output),
                output.warnings
            ));
        }
        if is_told == is_sound || told.contains(&Code::Internal) {
            wrong.push_str(&format!("{mark}: told {told:?}\n"));
        }
        let severities = output.warnings.items().iter().map(|item| item.severity);
        assert!(
            severities
                .clone()
                .all(|severity| severity == Severity::Warning)
        );
        // Without it, the same is an error, unless no operation needs it.
        assert_eq!(generate(&text, false).is_err(), kept.len() < 3, "{mark}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A key that no request can carry, at the top: nothing that has no security of its own can be called.
#[test]
fn security_at_the_top_is_of_all_operations_without_their_own() {
    let text = with("@security", "security: [{other: []}]");
    let output = generate(&text, true).unwrap_or_else(|found| panic!("{found}"));
    let kept = methods(&output);
    assert!(kept.iter().all(|name| *name == "get_member"), "{kept:?}");
    assert_eq!(output.left_out, 3 - kept.len());
}

/// The rewriting to OpenAPI 3.0 moves operations of other methods, the schemas of tuples, and paths without a
/// slash. What is wrong in them concerns the same operations as before.
#[test]
fn what_is_rewritten_concerns_the_operations_that_it_is_written_in() {
    let none = "responses: {'204': {description: None}}";
    let text = format!(
        "openapi: 3.2.0
info: {{title: Tasks, version: '1.0'}}
servers: [{{url: https://tasks.example}}]
paths:
  /shared:
    parameters: [{{name: limit, in: nowhere, schema: {{type: string}}}}]
    get: {{operationId: shared, {none}}}
    query: {{operationId: shared_query, {none}}}
  /own:
    get: {{operationId: sound, {none}}}
    query:
      operationId: own_query
      parameters: [{{name: limit, in: nowhere, schema: {{type: string}}}}]
      {none}
  relative:
    get:
      operationId: relative
      parameters: [{{name: limit, in: nowhere, schema: {{type: string}}}}]
      {none}
  /tuple:
    get:
      operationId: tuple
      responses:
        '200':
          description: A pair
          content:
            application/json:
              schema:
                prefixItems: [{{type: string}}, {{properties: {{name: {{type: text}}}}}}]
                items: false
"
    );
    let output = generate(&text, true).unwrap_or_else(|found| panic!("{found}"));
    let failed = output.failed.iter().map(|it| it.operation.as_str());
    let failed: Vec<&str> = failed.collect();
    let expected = ["shared", "shared_query", "own_query", "relative", "tuple"];
    assert_eq!(failed, expected, "{}", output.warnings);
}
