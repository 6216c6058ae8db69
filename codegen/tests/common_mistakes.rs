//! Common mistakes, each in an otherwise valid description. Each gives one diagnostic, with its code at its
//! place.

use codegen::{Code, Diagnostics, Options};

const SOUND: &str = include_str!("fixtures/sound.yaml");

fn findings(text: &str) -> Option<Diagnostics> {
    let options = Options {
        deny_warnings: true,
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    codegen::generate(text.as_bytes(), &options).err()
}

#[test]
fn the_valid_description_gives_no_diagnostic() {
    if let Some(found) = findings(SOUND) {
        panic!("{found}");
    }
}

/// A code, a text that appears once in the valid description, its replacement, and the part of the
/// replacement that the diagnostic marks.
type Mistake = (Code, &'static str, &'static str, &'static str);

const MISTAKES: &[Mistake] = &[
    // Keys.
    (
        Code::UnknownKey,
        "      required: [title]",
        "      requird: [title]",
        "requird",
    ),
    (
        Code::UnknownKey,
        "nullable: true",
        "nulable: true",
        "nulable",
    ),
    (
        Code::UnknownKey,
        "operationId: listTasks",
        "operationID: listTasks",
        "operationID",
    ),
    (
        Code::UnknownKey,
        "      parameters:\n        - name: limit",
        "      paramaters:\n        - name: limit",
        "paramaters",
    ),
    (
        Code::UnknownKey,
        "  /tasks/{taskId}:\n    parameters:",
        "  /tasks/{taskId}:\n    parametres:",
        "parametres",
    ),
    (
        Code::UnknownKey,
        "requestBody:",
        "requestbody:",
        "requestbody",
    ),
    (
        Code::UnknownKey,
        "description: The new task",
        "descripton: The new task",
        "descripton",
    ),
    (
        Code::UnknownKey,
        "maxLength: 100",
        "maxlength: 100",
        "maxlength",
    ),
    (
        Code::UnknownKey,
        "      properties:",
        "      propertys:",
        "propertys",
    ),
    (Code::UnknownKey, "  schemas:", "  schema:", "schema"),
    (
        Code::UnknownKey,
        "  securitySchemes:",
        "  securitySchema:",
        "securitySchema",
    ),
    (Code::UnknownKey, "components:", "component:", "component"),
    (Code::UnknownKey, "license:", "licence:", "licence"),
    (Code::UnknownKey, "    post:", "    pots:", "pots"),
    (Code::OtherVersion, "maxLength: 100", "const: open", "const"),
    (
        Code::MisplacedKey,
        "          required: false",
        "          type: integer",
        "type",
    ),
    (
        Code::MisplacedKey,
        "          maxLength: 100",
        "          in: query",
        "in",
    ),
    // JSON types.
    (Code::ClearValue, "version: \"1.0\"", "version: 1.0", "1.0"),
    (
        Code::ClearValue,
        "required: false",
        "required: \"false\"",
        "\"false\"",
    ),
    (
        Code::ClearValue,
        "maxLength: 100",
        "maxLength: \"100\"",
        "\"100\"",
    ),
    (Code::ClearValue, "tags: [Tasks]", "tags: Tasks", "Tasks"),
    (
        Code::ClearValue,
        "required: [title]",
        "required: true",
        "true",
    ),
    (
        Code::WrongType,
        "{type: integer, maximum: 100, default: 20}",
        "integer",
        "integer",
    ),
    // Required keys.
    (
        Code::ClearWithoutKey,
        "info:\n  title: Tasks\n",
        "info:\n",
        "info",
    ),
    (
        Code::ClearWithoutKey,
        "info:\n  title: Tasks\n  version: \"1.0\"\n",
        "info:\n  title: Tasks\n",
        "info",
    ),
    (
        Code::ClearWithoutKey,
        "    Gone:\n      description: There is none\n",
        "    Gone: {}\n",
        "Gone",
    ),
    (
        Code::MissingKey,
        "        - name: limit\n          in: query\n",
        "        - name: limit\n",
        "name",
    ),
    (
        Code::ClearWithoutKey,
        "              schema:\n                type: array\n                items:\n                  $ref: \"#/components/schemas/Task\"\n",
        "              schema:\n                type: array\n",
        "schema",
    ),
    (
        Code::MissingKey,
        "      in: header\n      name: X-API-Key",
        "      in: header",
        "",
    ),
    // Values.
    (
        Code::UnknownValue,
        "{type: integer, maximum",
        "{type: int, maximum",
        "int",
    ),
    (Code::UnknownValue, "in: path", "in: url", "url"),
    (Code::ClearValue, "type: apiKey", "type: apikey", "apikey"),
    (Code::BadStatus, "\"404\"", "\"4xx\"", "\"4xx\""),
    (Code::BadStatus, "\"201\":", "\"2O1\":", "\"2O1\""),
    (Code::RelativePath, "  /tasks:", "  tasks:", "tasks"),
    (Code::BadPath, "/tasks/{taskId}", "/tasks/taskId}", "}"),
    (Code::DuplicateKey, "maxLength: 100", "type: string", "type"),
    // References.
    (
        Code::UndescribedResponse,
        "#/components/responses/Gone",
        "#/components/responses/Gnoe",
        "",
    ),
    (
        Code::DanglingReference,
        "                  $ref: \"#/components/schemas/Task\"\n    post",
        "                  $ref: Task\n    post",
        "Task",
    ),
    (
        Code::WrongReference,
        "\"#/components/responses/Gone\"",
        "\"#/components/schemas/Task\"",
        "\"#/components/schemas/Task\"",
    ),
    (
        Code::UndefinedSecurityScheme,
        "  - apiKey: []",
        "  - apikey: []",
        "apikey",
    ),
    (
        Code::DuplicateOperationId,
        "operationId: getTask",
        "operationId: listTasks",
        "listTasks",
    ),
    (
        Code::RequiredNotAProperty,
        "[title]",
        "[title, name]",
        "name",
    ),
    // Path parameters and responses.
    (
        Code::PathParameterNotDeclared,
        "/tasks/{taskId}:",
        "/tasks/{taskId}/{part}:",
        "part",
    ),
    (
        Code::PathParameterNotInPath,
        "name: taskId",
        "name: taskID",
        "taskID",
    ),
    (
        Code::PathParameterNotInPath,
        "/tasks/{taskId}:",
        "/tasks/one:",
        "",
    ),
    (
        Code::PathParameterNotRequired,
        "        in: path\n        required: true\n",
        "        in: path\n",
        "",
    ),
    (
        Code::DuplicateParameter,
        "        - name: limit\n",
        "        - {name: limit, in: query, schema: {type: string}}\n        - name: limit\n",
        "limit\n",
    ),
    // Values and their schemas.
    (Code::EnumValueType, "[open, done]", "[open, 1, done]", "1"),
    (
        Code::DuplicateEnumValue,
        "[open, done]",
        "[open, done, done]",
        "done]",
    ),
    (
        Code::ExampleMismatch,
        "example: open",
        "example: opened",
        "opened",
    ),
    (Code::DefaultMismatch, "default: 20", "default: 200", "200"),
    (
        Code::DefaultMismatch,
        "default: 20",
        "default: \"20\"",
        "\"20\"",
    ),
    (
        Code::UnknownFormat,
        "format: date-time",
        "format: datetime",
        "datetime",
    ),
    // Names and remnants.
    (Code::NoOperationId, "      operationId: getTask\n", "", ""),
    (
        Code::AlteredName,
        "operationId: getTask",
        "operationId: list_tasks",
        "list_tasks",
    ),
    (
        Code::KeyBesideReference,
        "                  $ref: \"#/components/schemas/Task\"\n    post",
        "                  $ref: \"#/components/schemas/Task\"\n                  nullable: true\n    post",
        "nullable",
    ),
    (
        Code::UnusedComponent,
        "  schemas:\n",
        "  schemas:\n    Left: {type: string}\n",
        "Left",
    ),
];

/// Where each mistake with an empty mark is reported: outside the text that makes it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("in: header", "apiKey:\n      type"),
    (
        "#/components/responses/Gnoe",
        "\"#/components/responses/Gnoe",
    ),
    ("/tasks/one:", "taskId"),
    ("        in: path\n", "taskId\n        in"),
    ("", "get:\n      responses"),
];

#[test]
fn each_mistake_gives_its_code_at_its_place() {
    let mut failures = String::new();
    for (code, from, to, mark) in MISTAKES {
        assert_eq!(SOUND.matches(from).count(), 1, "{from}");
        let at = SOUND.find(from).expect("it stands there");
        let text = SOUND.replacen(from, to, 1);
        let place = if mark.is_empty() {
            let elsewhere = ELSEWHERE
                .iter()
                .find(|(end, _)| to.trim_start().ends_with(end.trim_start()));
            let (_, mark) = elsewhere.expect("it is listed");
            text.find(mark).expect("it is there")
        } else {
            at + to.rfind(mark).expect("it is a part")
        };
        let before = &text[..place];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let found = findings(&text);
        let items = found.as_ref().map_or(&[][..], |found| found.items());
        let is_right = match items {
            [item] => (item.code, item.line, item.column) == (*code, line, column),
            _ => false,
        };
        if !is_right {
            let shown = found.map_or(String::new(), |found| found.to_string());
            failures.push_str(&format!(
                "{to}: wanted {code} at {line}:{column}, got\n{shown}\n"
            ));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
