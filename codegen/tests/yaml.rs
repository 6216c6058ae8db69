//! Everything that YAML has beyond JSON is read as the JSON that it means.

use codegen::{Code, Diagnostics, FileTree, Options};

fn generated(text: &str) -> Result<(FileTree, Diagnostics), Diagnostics> {
    let options = Options {
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options).map(|output| (output.files, output.warnings))
}

/// A description of one operation, with a response schema and more keys of the document.
fn description(schema: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: T, version: '1'}}
servers: [{{url: https://example.com}}]
paths:
  /things:
    get:
      operationId: getThing
      responses:
        '200':
          description: D
          content: {{application/json: {{schema: {schema}}}}}
{more}"
    )
}

#[track_caller]
fn same(yaml: &str, json: &str) {
    let files = |text: &str| match generated(text) {
        Ok((files, _)) => files,
        Err(found) => panic!("{text}\n{found}"),
    };
    assert!(files(yaml) == files(json), "{yaml}\n{json}");
}

#[test]
fn aliases_and_merge_keys_are_what_they_refer_to() {
    let json = description(
        "{type: object, properties: {a: {type: string}, b: {type: string, maxLength: 3}, c: {type: string}}}",
        "",
    );
    same(
        &description(
            "{type: object, properties: {a: &text {type: string}, b: {<<: *text, maxLength: 3}, c: *text}}",
            "",
        ),
        &json,
    );
    // A list of objects, the first of which counts, and own keys that hide merged ones.
    let merged = "{type: object, properties: {a: &a {type: string}, b: {maxLength: 3, <<: [*a, {type: integer}]}, \
                  c: {<<: {type: integer}, type: string}}}";
    same(&description(merged, ""), &json);
    // A merge key of a merge key, an anchor of a key, and a key in quotes, which is a name.
    let nested = "{&t type: object, properties: {a: &x {<<: &y {type: string}}, b: {<<: *x, maxLength: 3}, c: *y}}";
    same(&description(nested, ""), &json);
    let name = description("{type: object, properties: {'<<': {type: string}}}", "");
    assert!(generated(&name).is_ok());
}

#[test]
fn keys_are_text_whatever_they_look_like() {
    let quoted = "{type: object, properties: {'200': {type: string}, 'on': {type: string}, 'null': {type: string}, \
                  '~': {type: string}, '1.50': {type: string}, '2020-01-01': {type: string}, 'true': {type: string}}}";
    same(
        &description(&quoted.replace('\'', ""), ""),
        &description(quoted, ""),
    );
}

#[test]
fn scalars_have_the_types_of_the_core_schema() {
    for (yaml, json) in [
        ("0x10", "16"),
        ("0o17", "15"),
        ("+1", "1"),
        ("!!int '3'", "3"),
        ("!!str 3", "'3'"),
        ("! 3", "'3'"),
        ("2020-01-01", "'2020-01-01'"),
        ("!!timestamp 2020-01-01", "'2020-01-01'"),
        ("yes", "'yes'"),
        ("True", "true"),
        ("12:30:00", "'12:30:00'"),
        (".inf", "'.inf'"),
    ] {
        let schema = |value: &str| {
            description(
                &format!(
                    "{{type: object, properties: {{a: {{description: x, example: {value}}}}}}}"
                ),
                "",
            )
        };
        same(&schema(yaml), &schema(json));
    }
}

#[test]
fn line_breaks_and_brackets_are_read_as_libyaml_reads_them() {
    let json = description("{type: string, enum: [a, b]}", "tags: [{name: one two}]\n");
    for more in [
        "tags: [\n  {name: one two}\n]\n",
        "tags: [\n{name: one two}]\n",
        "tags:\n- name: \"one\n  two\"\n",
        "tags:\n- name: 'one\ntwo'\n",
        "tags:\n- name: one\n   two\n",
        "tags: [\t{name:\tone two}\t]\t# comment\n",
    ] {
        same(&description("{type: string, enum: [a, b]}", more), &json);
    }
    let head = "%YAML 1.2\n---\n# comment\n";
    same(&format!("{head}{json}...\n"), &json);
    same(&json.replace('\n', "\r\n"), &json);
    same(&format!("\u{feff}{json}"), &json);
}

/// The codes of a description that is not read.
#[track_caller]
fn rejected(text: &str) -> Vec<Code> {
    let found = generated(text).expect_err(text);
    found.items().iter().map(|item| item.code).collect()
}

#[test]
fn what_an_alias_may_expand_to_is_limited() {
    let head = "openapi: 3.0.3\nx-0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    let nested = |levels: usize, count: usize| {
        let lines = (1..=levels).map(|level| {
            let alias = format!("*a{}, ", level - 1);
            format!("x-{level}: &a{level} [{}]\n", alias.repeat(count))
        });
        format!("{head}{}", lines.collect::<String>())
    };
    assert_eq!(
        rejected(&nested(9, 9)),
        [Code::TooLarge],
        "a billion values"
    );
    assert_eq!(rejected(&nested(150, 1)), [Code::TooLarge], "150 levels");
    let values = "a, ".repeat(1000);
    let paths = (0..1000).map(|index| format!("  /p{index}: {{$ref: '#/x-item'}}\n"));
    let paths: String = paths.collect();
    let items = format!("openapi: 3.0.3\nx-item: {{get: {{x-a: [{values}]}}}}\npaths:\n{paths}");
    assert_eq!(
        rejected(&items),
        [Code::TooLarge],
        "a thousand copies of a path item"
    );
    let deep = format!("{head}x-b: {}*a0{}\n", "[".repeat(99), "]".repeat(99));
    assert_eq!(rejected(&deep), [Code::TooLarge], "101 levels");
}
