//! Edits of the base, and what is said of each.

/// What of the base is replaced by what, and what is said of that.
pub type Case = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

pub const OPERATIONS: &[Case] = &[
    (
        &[("operationId: deleteNote", "operationId: removeNote")],
        &[
            "breaking operation `deleteNote` is called `removeNote`: the method is `remove_note`, was \
           `delete_note`",
        ],
    ),
    (
        &[(
            "    delete:\n      operationId: deleteNote\n      responses: {\"204\": {description: Gone}}\n",
            "",
        )],
        &["breaking operation `deleteNote` gone (DELETE /notes/{id})"],
    ),
    (
        &[(
            "    delete:",
            "    get:\n      operationId: showNote\n      responses: {\"204\": {description: It is there}}\n    delete:",
        )],
        &["compatible operation `showNote` added (GET /notes/{id})"],
    ),
    (
        &[("/notes/{id}:", "/notes/by-id/{id}:")],
        &[
            "compatible operation `replaceNote` is sent as PUT /notes/by-id/{id}, was PUT /notes/{id}",
            "compatible operation `deleteNote` is sent as DELETE /notes/by-id/{id}, was DELETE /notes/{id}",
        ],
    ),
    (
        &[(
            "operationId: createNote",
            "operationId: createNote\n      x-client-repeatable: true\n      deprecated: true",
        )],
        &[
            "compatible operation `createNote` became repeatable",
            "compatible operation `createNote` is deprecated",
        ],
    ),
    (
        &[(
            "          content: {application/json: {schema: {$ref: \"#/components/schemas/Note\"}}}\n        \"400\"",
            "        \"400\"",
        )],
        &[
            "compatible `application/json` of answer 201 of `createNote` gone",
            "breaking `createNote` gives another type: nothing, was `Note`",
        ],
    ),
    (
        &[("\"201\":", "\"200\":")],
        &[
            "compatible answer 200 of `createNote` added",
            "compatible answer 201 of `createNote` gone",
        ],
    ),
    (
        &[(
            "          content: {application/json: {schema: {$ref: \"#/components/schemas/Refusal\"}}}",
            "          content: {application/json: {schema: {type: array, items: {$ref: \"#/components/schemas/Refusal\"}}}}",
        )],
        &[
            "compatible errors of `createNote` are of another type: list of `Refusal`, was `Refusal`",
        ],
    ),
    (
        &[(
            "operationId: deleteNote",
            "operationId: deleteNote\n      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}",
        )],
        &["breaking body of `deleteNote` added: the method takes one more argument"],
    ),
    (
        &[(
            "      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: \"#/components/schemas/Note\"}}}\n",
            "",
        )],
        &[
            "breaking body of `replaceNote` gone",
            "breaking type `Note` is no longer part of a request: it has no `new` and no setters",
        ],
    ),
    (
        &[(
            "content: {application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Color\"}}}",
        )],
        // Types that nothing holds are still emitted.
        &["breaking body of `createNote` is of another type: `Color`, was `NewNote`"],
    ),
    // A form takes the same type as JSON.
    (
        &[(
            "{application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "{application/x-www-form-urlencoded: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
        )],
        &[
            "compatible body of `createNote` is `application/x-www-form-urlencoded`, was `application/json`",
        ],
    ),
    // A method for each media type.
    (
        &[(
            "{application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "{application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}, text/plain: {schema: {type: string}}}",
        )],
        &[
            "compatible media type `text/plain` of the body of `createNote` added: the method `create_note_text`",
        ],
    ),
    (
        &[(
            "{application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "{text/plain: {schema: {type: string}}}",
        )],
        &[
            "breaking body of `createNote` is of another type: text, was `NewNote`",
            "compatible body of `createNote` is `text/plain`, was `application/json`",
        ],
    ),
    (
        &[(
            "operationId: createNote\n      requestBody:\n        required: true\n",
            "operationId: createNote\n      requestBody:\n        required: false\n",
        )],
        &["breaking body of `createNote` became optional"],
    ),
    // One type for all successes.
    (
        &[(
            "        \"400\":\n",
            "        \"202\":\n          description: Later\n        \"400\":\n",
        )],
        &[
            "compatible answer 202 of `createNote` added",
            "breaking `createNote` gives another type: `CreateNoteResponse`, was `Note`",
            "compatible type `CreateNoteResponse` added",
        ],
    ),
    (
        &[(
            "        \"400\":\n",
            "        \"202\":\n          description: Later\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Summary\"}}}\n        \"400\":\n",
        )],
        &[
            "compatible answer 202 of `createNote` added",
            "breaking `createNote` gives another type: `CreateNoteResponse`, was `Note`",
            "compatible type `CreateNoteResponse` added",
        ],
    ),
    (
        &[(
            "        \"400\":\n",
            "        \"409\":\n          description: Twice\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Summary\"}}}\n        \"400\":\n",
        )],
        &[
            "compatible answer 409 of `createNote` added",
            "compatible errors of `createNote` are of another type: `CreateNoteError`, was `Refusal`",
            "compatible type `CreateNoteError` added",
        ],
    ),
];

pub const PARAMETERS: &[Case] = &[
    (
        &[(
            "        - {name: since,",
            "        - {name: until, in: query, required: true, schema: {type: string}}\n        - {name: since,",
        )],
        &[
            "breaking query parameter `until` of `listNotes` added, required: the method takes one more \
           argument",
        ],
    ),
    (
        &[(
            "        - {name: limit,",
            "        - {name: page, in: query, schema: {type: integer}}\n        - {name: limit,",
        )],
        &["compatible query parameter `page` of `listNotes` added, optional"],
    ),
    (
        &[(
            "operationId: deleteNote",
            "operationId: deleteNote\n      parameters: [{name: force, in: query, schema: {type: boolean}}]",
        )],
        &[
            "breaking query parameter `force` of `deleteNote` added, optional, the first such: the method \
           takes `params` now",
        ],
    ),
    (
        &[(
            "        - {name: limit, in: query, schema: {type: integer}}\n",
            "",
        )],
        &["breaking query parameter `limit` of `listNotes` gone"],
    ),
    (
        &[(
            "{name: limit, in: query, schema",
            "{name: limit, in: query, required: true, schema",
        )],
        &[
            "breaking query parameter `limit` of `listNotes` became required: it is an argument of the \
           method now",
        ],
    ),
    (
        &[(
            "{name: since, in: query, required: true,",
            "{name: since, in: query,",
        )],
        &[
            "breaking query parameter `since` of `listNotes` became optional: it is no argument of the \
           method any more",
        ],
    ),
    (
        &[(
            "in: query, schema: {type: integer}",
            "in: query, schema: {type: string}",
        )],
        &[
            "breaking query parameter `limit` of `listNotes` is of another type: string, was integer",
        ],
    ),
    (
        &[(
            "in: query, schema: {type: integer}",
            "in: query, deprecated: true, schema: {type: integer}",
        )],
        &["compatible query parameter `limit` of `listNotes` is deprecated"],
    ),
    (
        &[
            ("name: folder,", "name: other,"),
            (
                "name: since, in: query, required: true, schema: {type: string, format: date}",
                "name: folder, in: query, required: true, schema: {type: string}",
            ),
            (
                "name: other, in: query, required: true, schema: {type: string}",
                "name: since, in: query, required: true, schema: {type: string, format: date}",
            ),
        ],
        &[
            "breaking required parameters of `listNotes` in another order: the method takes its arguments \
           in it",
        ],
    ),
    (
        &[(
            "in: path, required: true,",
            "in: path, required: true, x-client-refused-values: [all, none],",
        )],
        &[
            "compatible path parameter `id` of `replaceNote` refuses other values: `all`, `none`",
            "compatible path parameter `id` of `deleteNote` refuses other values: `all`, `none`",
        ],
    ),
];

pub const FIELDS: &[Case] = &[
    // Of an answer alone.
    (
        &[(
            "        title: {type: string}\n",
            "        title: {type: string}\n        pages: {type: integer}\n",
        )],
        &["compatible field `Summary.pages` added, optional"],
    ),
    (
        &[("[id, seen, title]", "[id, seen, title, length]")],
        &["breaking field `Summary.length` became required"],
    ),
    (
        &[
            ("        title: {type: string}\n", ""),
            ("[id, seen, title]", "[id, seen]"),
        ],
        &["breaking field `Summary.title` gone"],
    ),
    (&[("[id, seen, title]", "[id, title, seen]")], &[]),
    (
        &[(
            "length: {type: integer}",
            "length: {type: integer, nullable: true}",
        )],
        &["breaking field `Summary.length` became nullable"],
    ),
    // Both are an `Option`.
    (
        &[
            ("format: date-time, nullable: true", "format: date-time"),
            ("[id, seen, title]", "[id, title]"),
        ],
        &["compatible field `Summary.seen` became optional and not nullable"],
    ),
    (
        &[("length: {type: integer}", "length: {type: string}")],
        &["breaking field `Summary.length` is of another type: string, was integer"],
    ),
    (
        &[("      additionalProperties: true\n", "")],
        &["breaking `Summary` no longer keeps the keys that it does not list"],
    ),
    (
        &[(
            "additionalProperties: true",
            "additionalProperties: {type: integer}",
        )],
        &["breaking unlisted keys of `Summary` are of another type: integer, was any JSON"],
    ),
    (
        &[(
            "length: {type: integer}",
            "length: {type: integer}\n        Length: {type: integer}",
        )],
        &["compatible field `Summary.Length` added, optional"],
    ),
    (
        &[(
            "length: {type: integer}",
            "Length: {type: integer}\n        length: {type: integer}",
        )],
        &[
            "compatible field `Summary.Length` added, optional",
            "breaking field `Summary.length` is called `length2` in Rust, was `length`",
        ],
    ),
    // Of a request alone.
    (
        &[(
            "    NewNote:\n      type: object\n",
            "    NewNote:\n      type: object\n      required: [text]\n",
        )],
        &["breaking field `NewNote.text` became required"],
    ),
    (
        &[(
            "    NewNote:\n      type: object\n      properties:\n",
            "    NewNote:\n      type: object\n      required: [pin]\n      properties:\n        pin: {type: string}\n",
        )],
        &["breaking field `NewNote.pin` added, required: `NewNote::new` takes one more argument"],
    ),
    (
        &[(
            "    NewNote:\n      type: object\n",
            "    NewNote:\n      type: object\n      additionalProperties: true\n",
        )],
        &["compatible `NewNote` keeps the keys that it does not list"],
    ),
    // Of both.
    (
        &[("        text: {type: string}\n        due", "        due")],
        &["breaking field `Note.text` gone"],
    ),
    (
        &[("[id, color]", "[color, id]")],
        &["breaking `required` of `Note` in another order: `Note::new` takes its arguments in it"],
    ),
    (
        &[(
            "        text: {type: string}\n        due",
            "        text: {type: string, deprecated: true}\n        due",
        )],
        &["compatible field `Note.text` is deprecated"],
    ),
    (
        &[
            ("format: date, nullable: true", "format: date"),
            (
                "        text: {type: string}\n        due",
                "        text: {type: string, nullable: true}\n        due",
            ),
        ],
        &[
            "breaking field `Note.text` became nullable",
            "breaking field `Note.due` became not nullable",
        ],
    ),
    (
        &[
            ("[id, color]", "[id, color, due]"),
            (
                "format: date, nullable: true",
                "format: date, nullable: true",
            ),
        ],
        &["breaking field `Note.due` became required"],
    ),
];

pub const TYPES: &[Case] = &[
    (
        &[("[red, green]", "[red, green, blue]")],
        &["compatible enum value `blue` of `Color` added"],
    ),
    (
        &[("[red, green]", "[red]")],
        &["breaking enum value `green` of `Color` gone: `Color::Green` is unknown now"],
    ),
    (
        &[("[red, green]", "[Red, red, green]")],
        &[
            "compatible enum value `Red` of `Color` added",
            "breaking enum value `red` of `Color` is called `Red2` in Rust, was `Red`",
        ],
    ),
    (
        &[("{type: string, enum: [red, green]}", "{type: string}")],
        &["breaking type `Color` is of another kind: a string of its own type, was an enum"],
    ),
    (
        &[(
            "{type: string, enum: [red, green]}",
            "{type: string, enum: [red, green], deprecated: true}",
        )],
        &["compatible type `Color` is deprecated"],
    ),
    (
        &[(
            "        - {type: string}\n",
            "        - {type: string}\n        - {type: integer}\n",
        )],
        &["compatible alternative integer of `Refusal` added"],
    ),
    (
        &[("        - {type: string}\n", "        - {type: integer}\n")],
        &[
            "compatible alternative integer of `Refusal` added",
            "breaking alternative string of `Refusal` gone",
        ],
    ),
    (
        &[(
            "        - {type: array, items: {type: string}}\n",
            "        - {type: array, items: {type: integer}}\n",
        )],
        &[
            "breaking alternative `Refusal::List` is of another type: list of integer, was list of string",
        ],
    ),
    (
        &[(
            "Notes: {type: array,",
            "Page: {type: string}\n    Notes: {type: array,",
        )],
        &["compatible type `Page` added"],
    ),
    (
        &[(
            "Notes: {type: array, items: {$ref: \"#/components/schemas/Summary\"}}",
            "Notes: {type: array, items: {$ref: \"#/components/schemas/NoteId\"}}",
        )],
        &[
            // Nothing answers with it any more, so callers may have a use for making it.
            "breaking type `Notes` is another: list of `NoteId`, was list of `Summary`",
            "compatible type `Summary` became part of a request: it has `new` and setters",
        ],
    ),
    // An alias is no type of its own, but it has a name.
    (
        &[
            (
                "schema: {$ref: \"#/components/schemas/Notes\"}",
                "schema: {type: array, items: {$ref: \"#/components/schemas/Summary\"}}",
            ),
            (
                "    Notes: {type: array, items: {$ref: \"#/components/schemas/Summary\"}}\n",
                "",
            ),
        ],
        &["breaking type `Notes` gone"],
    ),
    (
        &[(
            "schema: {$ref: \"#/components/schemas/Notes\"}",
            "schema: {type: array, items: {$ref: \"#/components/schemas/Summary\"}}",
        )],
        &[],
    ),
];

pub const API: &[Case] = &[
    (
        &[("https://notes.example", "https://notes.test")],
        &["compatible requests go to `https://notes.test`, went to `https://notes.example`"],
    ),
    (
        &[("name: X-Key", "name: X-Notes-Key")],
        &[
            "compatible operation `listNotes` wants a key in the header `X-Notes-Key`, wanted a key in the \
             header `X-Key`",
            "compatible operation `createNote` wants a key in the header `X-Notes-Key`, wanted a key in the \
             header `X-Key`",
            "compatible operation `replaceNote` wants a key in the header `X-Notes-Key`, wanted a key in the \
             header `X-Key`",
            "compatible operation `deleteNote` wants a key in the header `X-Notes-Key`, wanted a key in the \
             header `X-Key`",
        ],
    ),
    (
        &[(
            "key: {type: apiKey, in: header, name: X-Key}",
            "key: {type: http, scheme: bearer}",
        )],
        &[
            "compatible the client takes a credential more: `ClientBuilder::bearer_token`",
            "breaking the client takes a credential less: `ClientBuilder::api_key` is gone",
            "compatible operation `listNotes` wants http `bearer`, wanted a key in the header `X-Key`",
            "compatible operation `createNote` wants http `bearer`, wanted a key in the header `X-Key`",
            "compatible operation `replaceNote` wants http `bearer`, wanted a key in the header `X-Key`",
            "compatible operation `deleteNote` wants http `bearer`, wanted a key in the header `X-Key`",
        ],
    ),
    (
        &[
            ("security: [{key: []}]\n", ""),
            (
                "  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n",
                "",
            ),
        ],
        &[
            "breaking the client takes a credential less: `ClientBuilder::api_key` is gone",
            "breaking `Client::new` takes 0 arguments for credentials, took 1",
            "compatible operation `listNotes` wants nothing, wanted a key in the header `X-Key`",
            "compatible operation `createNote` wants nothing, wanted a key in the header `X-Key`",
            "compatible operation `replaceNote` wants nothing, wanted a key in the header `X-Key`",
            "compatible operation `deleteNote` wants nothing, wanted a key in the header `X-Key`",
        ],
    ),
    (
        &[(
            "operationId: deleteNote",
            "operationId: deleteNote\n      security: [{basic: []}]",
        )],
        &[
            "compatible the client takes a credential more: `ClientBuilder::basic_auth`",
            "compatible operation `deleteNote` wants http `basic`, wanted a key in the header `X-Key`",
        ],
    ),
    (
        &[(
            "info: {title: Notes, version: \"1\"}",
            "info: {title: Notes!, version: \"2\", description: All of them}",
        )],
        &[],
    ),
];
