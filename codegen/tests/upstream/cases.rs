//! Edits of the vendor's document.

/// What of the vendor's document is replaced by what.
pub type Edits = &'static [(&'static str, &'static str)];

/// A name, the edits, and the starts of our objects that depart: up to a brace, or a whole line.
pub type Case = (&'static str, Edits, &'static [&'static str]);

/// Each is shown in `upstream/differences.txt`.
pub const DIFFERENCES: &[Case] = &[
    (
        "the operation is gone",
        &[(r#""put": {"#, r#""patch": {"#)],
        &["    put:\n"],
    ),
    (
        "its path is gone",
        &[(r#""/notes/{id}""#, r#""/note/{id}""#)],
        &["    put:\n"],
    ),
    (
        "the operation is deprecated",
        &[(
            r#""operationId": "NotesController_list""#,
            r#""deprecated": true"#,
        )],
        &["operationId: listNotes\n"],
    ),
    (
        "another security",
        &[(r#""name": "X-Key""#, r#""name": "X-Api-Key""#)],
        &["operationId: listNotes\n", "    put:\n"],
    ),
    (
        "a parameter more",
        &[(
            r#"{"name": "tags""#,
            r#"{"name": "page", "in": "query", "schema": {}},
          {"name": "tags""#,
        )],
        &["operationId: listNotes\n"],
    ),
    (
        "a parameter less",
        &[(r#""name": "tags""#, r#""nome": "tags""#)],
        &["operationId: listNotes\n"],
    ),
    (
        "a parameter became required",
        &[(r#""required": false"#, r#""required": true"#)],
        &["        - {"],
    ),
    (
        "a parameter of another format",
        &[(r#""format": "int32""#, r#""format": "int64""#)],
        &["{name: limit, in: query, schema: {"],
    ),
    (
        "a parameter of another style",
        &[(
            r#""name": "tags","#,
            r#""style": "spaceDelimited", "name": "tags","#,
        )],
        &["integer, format: int32}}\n        - {"],
    ),
    (
        "a parameter in one text",
        &[(r#""name": "tags","#, r#""explode": false, "name": "tags","#)],
        &["integer, format: int32}}\n        - {"],
    ),
    (
        "the body is gone",
        &[(
            r##""requestBody": {"$ref": "#/components/requestBodies/Replace"},"##,
            "",
        )],
        &["    put:\n"],
    ),
    (
        "the body became optional",
        &[(
            r#""required": true,
        "content""#,
            r#""content""#,
        )],
        &["requestBody:\n"],
    ),
    (
        "the body is of another media type",
        &[(
            r#""application/json": {
            "schema": {
              "type""#,
            r#""text/json": {
            "schema": {
              "type""#,
        )],
        &["requestBody:\n"],
    ),
    (
        "a response more and one less",
        &[(
            r#""404": {"description": "No note"}"#,
            r#""410": {"description": "No note"}"#,
        )],
        &["    put:\n"],
    ),
    (
        "a response without a body",
        &[(
            r##""content": {"application/json": {"schema": {"$ref": "#/components/schemas/NoteDto"}}}
          },
          "404""##,
            r#""x-content": {}
          },
          "404""#,
        )],
        &["description: Replaced\n"],
    ),
    (
        "a response header more",
        &[(
            r#""description": "The note","#,
            r#""description": "The note", "headers": {"ETag": {"schema": {"type": "string"}}},"#,
        )],
        &["description: Replaced\n"],
    ),
    (
        "another server",
        &[("https://notes.example/", "https://api.notes.example")],
        &["info: {title: Notes, version: \"1\"}\n"],
    ),
    (
        "a text of limited length",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "string", "maxLength": 64}"#,
        )],
        &["        text: {"],
    ),
    (
        "a list of distinct items",
        &[(
            r#""schema": {"type": "array", "items": {"type": "string"}}"#,
            r#""schema": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}"#,
        )],
        &["{name: tags, in: query, schema: {"],
    ),
    (
        "a field more",
        &[(
            r#""due": {"#,
            r#""pinned": {"type": "boolean"},
                "due": {"#,
        )],
        &["    NewNote:\n"],
    ),
    (
        "a field less",
        &[(
            r#""pages": {"type": "array", "items": {"type": "integer"}},"#,
            "",
        )],
        &["    Note:\n"],
    ),
    (
        "a field became required, another one optional",
        &[(
            r#""required": ["text", "id"]"#,
            r#""required": ["id", "color"]"#,
        )],
        &["    Note:\n"],
    ),
    (
        "a field is no longer nullable",
        &[(r#", "nullable": true"#, "")],
        &["        color:\n"],
    ),
    (
        "a field became nullable",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "string", "nullable": true}"#,
        )],
        &["        text: {"],
    ),
    (
        "a field is deprecated",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "string", "deprecated": true}"#,
        )],
        &["        text: {"],
    ),
    (
        "a field of another type",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "object"}"#,
        )],
        &["        text: {"],
    ),
    (
        "a field without its format",
        &[(r#", "format": "date""#, "")],
        &["        due: {"],
    ),
    (
        "items of another type",
        &[(
            r#""pages": {"type": "array", "items": {"type": "integer""#,
            r#""pages": {"type": "array", "items": {"type": "number""#,
        )],
        &["pages: {type: array, items: {"],
    ),
    (
        "an enum value more and one less",
        &[(r#"["green", "red"]"#, r#"["green", "blue"]"#)],
        &["        color:\n"],
    ),
    (
        "free text in place of an enum",
        &[(r#", "enum": ["green", "red"]"#, "")],
        &["        color:\n"],
    ),
    (
        "an enum in place of free text",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "string", "enum": ["a"]}"#,
        )],
        &["        text: {"],
    ),
    (
        "an alternative less",
        &[(
            r#"{"oneOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}"#,
            r#"{"type": "string"}"#,
        )],
        &["        owner:\n"],
    ),
    (
        "an alternative that holds something else",
        &[(
            r#"[{"type": "array", "items": {"type": "string"}}"#,
            r#"[{"type": "array", "items": {"type": "integer"}}"#,
        )],
        &["            - {type: string}\n            - {type: array, items: {"],
    ),
    (
        "no additional properties",
        &[(
            r#""allOf": [
"#,
            r#""additionalProperties": false,
        "allOf": [
"#,
        )],
        &["    Note:\n"],
    ),
    (
        "values of another type",
        &[(
            r#""additionalProperties": {"type": "string"}"#,
            r#""additionalProperties": {"type": "boolean"}"#,
        )],
        &["additionalProperties: {"],
    ),
];

/// What is written in another way.
pub const SAME: &[(&str, Edits)] = &[
    ("as it is", &[]),
    (
        "null in OpenAPI 3.1",
        &[
            (r#""openapi": "3.0.0""#, r#""openapi": "3.1.0""#),
            (
                r#""type": "string", "enum": ["green", "red"], "nullable": true"#,
                r#""type": ["string", "null"], "enum": ["green", "red", null]"#,
            ),
        ],
    ),
    (
        "null as an alternative",
        &[(
            r#"{"type": "string", "enum": ["green", "red"], "nullable": true}"#,
            r#"{"anyOf": [{"type": "string", "enum": ["green", "red"]}, {"type": "null"}]}"#,
        )],
    ),
    (
        "security of the whole document",
        &[
            (r#""security": [{"apiKey": []}],"#, ""),
            (r#""security": [{"apiKey": []}],"#, ""),
            (
                r#""paths""#,
                r#""security": [{"apiKey": []}],
  "paths""#,
            ),
        ],
    ),
    (
        "the default style",
        &[(
            r#""name": "tags","#,
            r#""style": "form", "explode": true, "name": "tags","#,
        )],
    ),
    (
        "texts and examples",
        &[(
            r#""text": {"type": "string"}"#,
            r#""text": {"type": "string", "example": "a", "description": "b"}"#,
        )],
    ),
    (
        "limits that are the default, or written in another way",
        &[(
            r#""format": "int32"}"#,
            r#""format": "int32", "exclusiveMinimum": false}"#,
        )],
    ),
];
