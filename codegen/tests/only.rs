//! With `only`, the selected operations are generated, with the types that they need.

use codegen::{Code, Diagnostics, Options, Output};

const DESCRIPTION: &str = "openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      tags: [Things]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: All
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
    post:
      operationId: makeThing
      tags: [Things]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/NewThing'}}}
      responses: {'204': {description: Done}}
  /members/{id}:
    get:
      operationId: getMember
      tags: [Members]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: It
          content: {application/json: {schema: {$ref: '#/components/schemas/Member'}}}
  /broken:
    get:
      operationId: getBroken
      parameters: [{name: no token, in: header, schema: {type: string}}]
      responses: {'204': {description: Done}}
components:
  schemas:
    Thing: {type: object, properties: {part: {$ref: '#/components/schemas/Part'}}}
    NewThing: {type: object, properties: {name: {type: string}}}
    Part: {type: object, properties: {name: {type: string}}}
    Member: {type: object, properties: {name: {type: string}}}
";

fn generate(only: &[&str]) -> Result<Output, Diagnostics> {
    let options = Options {
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "things".to_owned(),
        ..Options::default()
    };
    codegen::generate(DESCRIPTION.as_bytes(), &options)
}

/// The files of operations and types, without the indexes.
fn files(only: &[&str]) -> Vec<String> {
    let output = generate(only).unwrap_or_else(|found| panic!("{found}"));
    let paths = output.files.into_keys().filter_map(|path| {
        let path = path.strip_prefix("src/")?.strip_suffix(".rs")?.to_owned();
        let is_own = path.starts_with("operations/") || path.starts_with("types/");
        (is_own && !path.ends_with("/mod")).then_some(path)
    });
    paths.collect()
}

#[test]
fn a_tag_a_path_or_an_operation() {
    let things = [
        "operations/things",
        "types/list_things_params",
        "types/new_thing",
        "types/part",
        "types/thing",
    ];
    assert_eq!(files(&["Things"]), things);
    assert_eq!(files(&["/things"]), things);
    let member = ["operations/members", "types/member"];
    assert_eq!(files(&["/members/{id}"]), member);
    assert_eq!(files(&["getMember"]), member);
    let both = files(&["makeThing", "getMember"]);
    let wanted = [
        "operations/members",
        "operations/things",
        "types/member",
        "types/new_thing",
    ];
    assert_eq!(both, wanted);
}

/// What is generated is the same file as with all the rest, and what is not is no hindrance.
#[test]
fn operations_that_are_left_out_change_nothing() {
    let text = DESCRIPTION.replace("name: no token", "name: token");
    let options = Options {
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "things".to_owned(),
        ..Options::default()
    };
    let all =
        codegen::generate(text.as_bytes(), &options).unwrap_or_else(|found| panic!("{found}"));
    let part = generate(&["Things"]).unwrap_or_else(|found| panic!("{found}"));
    for path in [
        "src/operations/things.rs",
        "src/types/thing.rs",
        "src/client.rs",
    ] {
        assert_eq!(part.files[path], all.files[path], "{path}");
    }
    assert_eq!((part.operations, part.left_out), (4, 2));
    let found = generate(&["getBroken"]).expect_err("it cannot be generated");
    assert_eq!(found.items()[0].code, Code::Unsupported);
}

#[test]
fn an_unknown_name_is_an_error_with_similar_names() {
    let found = generate(&["Thinks", "/nothing/at/all"]).expect_err("there is no such name");
    let codes: Vec<Code> = found.items().iter().map(|item| item.code).collect();
    assert_eq!(codes, [Code::NothingSelected; 2]);
    assert!(
        found.to_string().contains("did you mean `Things`?"),
        "{found}"
    );
}
