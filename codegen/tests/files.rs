//! Descriptions in several files.

use std::collections::BTreeMap;

use codegen::{Code, Diagnostics, FileTree, Files, Options, Output};

fn generate(files: &[(&str, &str)]) -> Result<Output, Diagnostics> {
    let files: BTreeMap<String, Vec<u8>> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let text = files["openapi.yaml"].clone();
    let read = move |path: &str| files.get(path).cloned().ok_or("there is none".to_owned());
    let options = Options {
        spec_path: "spec/openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        files: Files::new(read),
        ..Options::default()
    };
    codegen::generate(&text, &options)
}

/// The names of the types in the output.
fn types(files: &FileTree) -> Vec<&str> {
    let names = files
        .keys()
        .filter_map(|path| path.strip_prefix("src/types/"));
    names.filter(|name| *name != "mod.rs").collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

/// A description of one operation with this response schema.
fn main_file(schema: &str) -> String {
    format!(
        "{HEAD}paths:\n  /pets:\n    get:\n      operationId: getPet\n      responses:\n        '200':\n          \
         description: D\n          content: {{application/json: {{schema: {{$ref: '{schema}'}}}}}}\n"
    )
}

#[test]
fn each_object_of_another_file_is_one_type() {
    let main = format!(
        "{HEAD}paths:
  /pets/{{id}}: {{$ref: paths/pets.yaml}}
  /owners:
    get:
      operationId: getOwner
      parameters: [{{$ref: './common.json#/parameters/Id'}}]
      responses:
        '200': {{$ref: 'common.json#/responses/Owner'}}
components:
  schemas:
    Named: {{type: object, properties: {{name: {{type: string}}}}}}
"
    );
    let output = generate(&[
        ("openapi.yaml", &main),
        (
            "paths/pets.yaml",
            "get:
  operationId: getPet
  parameters: [{$ref: '../common.json#/parameters/PetId'}]
  responses:
    '200':
      description: A pet
      content: {application/json: {schema: {$ref: ../schemas/Pet.yaml}}}
",
        ),
        (
            "schemas/Pet.yaml",
            "type: object
properties:
  owner: {$ref: '../common.json#/schemas/Owner'}
  # A file may refer to itself, and to the description.
  mother: {$ref: '#'}
  named: {$ref: '../openapi.yaml#/components/schemas/Named'}
",
        ),
        (
            "common.json",
            r##"{
  "parameters": {
    "Id": {"name": "id", "in": "query", "schema": {"type": "string"}},
    "PetId": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}
  },
  "responses": {
    "Owner": {"description": "O", "content": {"application/json": {"schema": {"$ref": "#/schemas/Owner"}}}}
  },
  "schemas": {
    "Owner": {"type": "object", "properties": {"pets": {"type": "array", "items": {"$ref": "schemas/Pet.yaml"}}}}
  }
}"##,
        ),
    ]);
    let output = output.unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(
        types(&output.files),
        ["get_owner_params.rs", "named.rs", "owner.rs", "pet.rs"]
    );
    assert!(output.files["src/types/pet.rs"].contains("pub mother: Option<Box<Pet>>"));
    assert!(output.warnings.is_empty(), "{}", output.warnings);
    let mut others = output.other_files;
    others.sort();
    assert_eq!(
        others,
        [
            "spec/common.json",
            "spec/paths/pets.yaml",
            "spec/schemas/Pet.yaml"
        ]
    );
}

/// The file, line and code of each error.
#[track_caller]
fn errors(files: &[(&str, &str)]) -> Vec<(String, usize, Code)> {
    let found = generate(files).expect_err("it has errors");
    let items = found.items().iter();
    items
        .map(|item| (item.file.clone(), item.line, item.code))
        .collect()
}

#[test]
fn errors_name_the_file_and_its_line() {
    let main = main_file("pet.yaml");
    let at = |pet: &str| errors(&[("openapi.yaml", &main), ("pet.yaml", pet)]);
    let file = || "spec/pet.yaml".to_owned();
    assert_eq!(
        at("type: object\nallOf: 1\n"),
        [(file(), 2, Code::WrongType)]
    );
    assert_eq!(at("# Größe\ntype: [\n"), [(file(), 2, Code::Syntax)]);
    let dangling = "type: object\nproperties:\n  a: {$ref: '#/nothing'}\n";
    assert_eq!(at(dangling), [(file(), 3, Code::DanglingReference)]);
    let missing = "type: object\nproperties:\n  a: {$ref: other.yaml}\n";
    assert_eq!(at(missing), [(file(), 3, Code::DanglingReference)]);
    assert_eq!(
        at("- type\n"),
        [("spec/openapi.yaml".to_owned(), 10, Code::WrongReference)]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_of_the_operations_that_need_it() {
    let found = generate(&[("openapi.yaml", &main_file("./schemas/../pet.yaml#/Pet"))]);
    let found = found.expect_err("there is no such file");
    assert_eq!(found.items().len(), 1, "{found}");
    let item = &found.items()[0];
    assert_eq!((item.code, item.line), (Code::DanglingReference, 10));
    assert_eq!(
        item.message,
        "the file `pet.yaml` cannot be read: there is none"
    );
    assert_eq!(item.needed_by, ["getPet"]);
}

#[test]
fn nothing_is_read_from_the_network() {
    let found = generate(&[("openapi.yaml", &main_file("https://example.com/pet.yaml"))]);
    let found = found.expect_err("it is a URL");
    assert_eq!(found.items()[0].code, Code::Unsupported, "{found}");
}
