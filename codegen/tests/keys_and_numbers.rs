//! Keys and numbers whose meaning differs between YAML libraries.

use codegen::{Code, Diagnostics, FileTree, Options};

fn generate(text: &str) -> Result<FileTree, Diagnostics> {
    generate_with(text, false)
}

fn generate_with(text: &str, deny_warnings: bool) -> Result<FileTree, Diagnostics> {
    let options = Options {
        deny_warnings,
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options).map(|output| output.files)
}

/// A description with these properties of a schema, which an operation returns with this status.
fn description(status: &str, properties: &[(&str, &str)]) -> String {
    let properties = properties.iter();
    let properties = properties.map(|(key, schema)| format!("        {key}: {schema}\n"));
    format!(
        "\
openapi: 3.0.3
info: {{title: Things, version: '1'}}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        {status}:
          description: The things
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Thing'}}
components:
  schemas:
    Thing:
      type: object
      properties:
{}",
        properties.collect::<String>()
    )
}

#[test]
fn keys_are_strings_whatever_they_look_like() {
    let keys = [
        "on",
        "no",
        "null",
        "true",
        "~",
        "12",
        "1.50",
        "0x1F",
        "2020-01-01",
    ];
    let schema = "{type: string}";
    let plain = keys.map(|key| (key, schema));
    let quoted = keys.map(|key| format!("'{key}'"));
    let quoted: Vec<(&str, &str)> = quoted.iter().map(|key| (key.as_str(), schema)).collect();
    let expected = generate(&description("'200'", &quoted)).unwrap();
    for key in keys {
        let rename = format!("\"{key}\"");
        let is_there = expected["src/types/thing.rs"].contains(&rename);
        assert!(is_there, "{key}: {}", expected["src/types/thing.rs"]);
    }
    assert_eq!(generate(&description("200", &plain)).unwrap(), expected);
    assert_eq!(generate(&description("\"200\"", &plain)).unwrap(), expected);
}

/// Limits are documentation, as written.
#[test]
fn limits_are_numbers_of_any_size() {
    for (schema, field, limits) in [
        (
            "{type: integer, minimum: -18446744073709551616, maximum: 18446744073709551616}",
            "Option<i64>",
            "at least -18446744073709551616, at most 18446744073709551616",
        ),
        (
            "{type: integer, minimum: 0, maximum: 18446744073709551615}",
            "Option<u64>",
            "at least 0, at most 18446744073709551615",
        ),
        (
            "{type: integer, format: int64, minimum: 0, maximum: 9223372036854775807}",
            "Option<i64>",
            "at least 0, at most 9223372036854775807",
        ),
        (
            "{type: number, maximum: 1e30}",
            "Option<f64>",
            "at most 1e30",
        ),
        (
            "{type: string, maxLength: 18446744073709551616}",
            "Option<String>",
            "at most 18446744073709551616 characters",
        ),
    ] {
        let files = generate(&description("200", &[("size", schema)])).unwrap();
        let thing = &files["src/types/thing.rs"];
        assert!(
            thing.contains(&format!("pub size: {field},")),
            "{schema}: {thing}"
        );
        assert!(
            thing.contains(&format!("/// Limits: {limits}.\n")),
            "{schema}: {thing}"
        );
    }
}

#[test]
fn a_length_is_a_whole_number() {
    for length in ["-1", "1.5"] {
        let schema = format!("{{type: string, maxLength: {length}}}");
        let found = generate_with(&description("200", &[("name", &schema)]), true);
        let found = found.map_or_else(|found| found, |_| panic!("{length} is accepted"));
        let codes: Vec<Code> = found.items().iter().map(|item| item.code).collect();
        assert_eq!(codes, [Code::ClearValue], "{found}");
    }
}
