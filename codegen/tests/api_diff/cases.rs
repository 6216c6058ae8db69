//! Edits of `base.yaml`, each with the lines that are reported.

/// Replacements in the base, and the lines of the report.
pub type Case = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

pub const OPERATIONS: &[Case] = &[
    (
        &[("operationId: deleteNote", "operationId: removeNote")],
        &[
            "breaking operation `deleteNote` renamed to `removeNote`: the method is `remove_note`, was `delete_note`",
        ],
    ),
    // Its types and the methods of its other media types are named after it.
    (
        &[("operationId: listNotes", "operationId: findNotes")],
        &[
            "breaking operation `listNotes` renamed to `findNotes`: the method is `find_notes`, was `list_notes`",
        ],
    ),
    (
        &[(
            "operationId: listNotes",
            "operationId: listNotes\n      x-client-pages: {link: next}",
        )],
        &["compatible operation `listNotes` iterates its pages: `list_notes_pages`"],
    ),
    (
        &[(
            "operationId: replaceNote",
            "operationId: replaceNote\n      x-client-repeatable: false",
        )],
        &["behaviour operation `replaceNote` is no longer repeatable: it is retried less often"],
    ),
    (
        &[(
            "    delete:\n      operationId: deleteNote\n      responses: {\"204\": {description: Gone}}\n",
            "",
        )],
        &["breaking operation `deleteNote` removed (DELETE /notes/{id})"],
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
            "behaviour operation `replaceNote` calls PUT /notes/by-id/{id} instead of PUT /notes/{id}",
            "behaviour operation `deleteNote` calls DELETE /notes/by-id/{id} instead of DELETE /notes/{id}",
        ],
    ),
    (
        &[(
            "operationId: createNote",
            "operationId: createNote\n      x-client-repeatable: true\n      deprecated: true",
        )],
        &[
            "behaviour operation `createNote` became repeatable: it is retried more often",
            "compatible operation `createNote` is deprecated",
        ],
    ),
    (
        &[(
            "          content: {application/json: {schema: {$ref: \"#/components/schemas/Note\"}}}\n        \"400\"",
            "        \"400\"",
        )],
        &[
            "compatible `application/json` of response 201 of `createNote` removed",
            "breaking `createNote` returns nothing instead of `Note`",
        ],
    ),
    (
        &[("\"201\":", "\"200\":")],
        &[
            "compatible response 200 of `createNote` added",
            "compatible response 201 of `createNote` removed",
        ],
    ),
    (
        &[(
            "          content: {application/json: {schema: {$ref: \"#/components/schemas/Refusal\"}}}",
            "          content: {application/json: {schema: {type: array, items: {$ref: \"#/components/schemas/Refusal\"}}}}",
        )],
        &["behaviour errors of `createNote` are list of `Refusal` instead of `Refusal`"],
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
            "breaking body of `replaceNote` removed",
            "breaking type `Note` is no longer part of a request: it lost `new` and its setters",
        ],
    ),
    (
        &[(
            "content: {application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "content: {application/json: {schema: {$ref: \"#/components/schemas/Color\"}}}",
        )],
        // Unused types are generated too.
        &["breaking body of `createNote` is `Color` instead of `NewNote`"],
    ),
    // A form uses the same type as JSON.
    (
        &[(
            "{application/json: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
            "{application/x-www-form-urlencoded: {schema: {$ref: \"#/components/schemas/NewNote\"}}}",
        )],
        &[
            "behaviour body of `createNote` is sent as `application/x-www-form-urlencoded` instead of `application/json`",
        ],
    ),
    // Each media type has a method.
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
            "breaking body of `createNote` is text instead of `NewNote`",
            "behaviour body of `createNote` is sent as `text/plain` instead of `application/json`",
        ],
    ),
    (
        &[(
            "operationId: createNote\n      requestBody:\n        required: true\n",
            "operationId: createNote\n      requestBody:\n        required: false\n",
        )],
        &["breaking body of `createNote` became optional"],
    ),
    // All successful responses have one type.
    (
        &[(
            "        \"400\":\n",
            "        \"202\":\n          description: Later\n        \"400\":\n",
        )],
        &[
            "compatible response 202 of `createNote` added",
            "breaking `createNote` returns `CreateNoteResponse` instead of `Note`",
            "compatible type `CreateNoteResponse` added",
        ],
    ),
    (
        &[(
            "        \"400\":\n",
            "        \"202\":\n          description: Later\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Summary\"}}}\n        \"400\":\n",
        )],
        &[
            "compatible response 202 of `createNote` added",
            "breaking `createNote` returns `CreateNoteResponse` instead of `Note`",
            "compatible type `CreateNoteResponse` added",
        ],
    ),
    (
        &[(
            "        \"400\":\n",
            "        \"409\":\n          description: Twice\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Summary\"}}}\n        \"400\":\n",
        )],
        &[
            "compatible response 409 of `createNote` added",
            "behaviour errors of `createNote` are `CreateNoteError` instead of `Refusal`",
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
            "breaking query parameter `until` of `listNotes` added, required: the method takes one more argument",
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
            "breaking query parameter `force` of `deleteNote` added, the first optional one: the method takes `params` too",
        ],
    ),
    (
        &[(
            "        - {name: limit, in: query, schema: {type: integer}}\n",
            "",
        )],
        &["breaking query parameter `limit` of `listNotes` removed"],
    ),
    (
        &[(
            "{name: limit, in: query, schema",
            "{name: limit, in: query, required: true, schema",
        )],
        &[
            "breaking query parameter `limit` of `listNotes` became required: it is an argument of the method",
        ],
    ),
    (
        &[(
            "{name: since, in: query, required: true,",
            "{name: since, in: query,",
        )],
        &[
            "breaking query parameter `since` of `listNotes` became optional: it is no longer an argument of the method",
        ],
    ),
    (
        &[(
            "in: query, schema: {type: integer}",
            "in: query, schema: {type: string}",
        )],
        &["breaking query parameter `limit` of `listNotes` is string instead of integer"],
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
            "breaking required parameters of `listNotes` are in another order, and so are the arguments of the method",
        ],
    ),
    (
        &[(
            "in: path, required: true,",
            "in: path, required: true, x-client-refused-values: [all, none],",
        )],
        &[
            "behaviour path parameter `id` of `replaceNote` rejects other values: `all`, `none`",
            "behaviour path parameter `id` of `deleteNote` rejects other values: `all`, `none`",
        ],
    ),
];

pub const FIELDS: &[Case] = &[
    // Used in a response only.
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
        &["breaking field `Summary.title` removed"],
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
        &["breaking field `Summary.length` is string instead of integer"],
    ),
    (
        &[("      additionalProperties: true\n", "")],
        &["breaking `Summary` no longer keeps unlisted keys"],
    ),
    (
        &[(
            "additionalProperties: true",
            "additionalProperties: {type: integer}",
        )],
        &["breaking unlisted keys of `Summary` are integer instead of any JSON"],
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
            "breaking field `Summary.length` is `length2` in Rust instead of `length`",
        ],
    ),
    // Used in a request only.
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
        &["compatible `NewNote` keeps unlisted keys"],
    ),
    // Used in both.
    (
        &[("        text: {type: string}\n        due", "        due")],
        &["breaking field `Note.text` removed"],
    ),
    (
        &[("[id, color]", "[color, id]")],
        &[
            "breaking `required` of `Note` is in another order, and so are the arguments of `Note::new`",
        ],
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
        &["breaking enum value `green` of `Color` removed, and `Color::Green` with it"],
    ),
    (
        &[("[red, green]", "[Red, red, green]")],
        &[
            "compatible enum value `Red` of `Color` added",
            "breaking enum value `red` of `Color` is `Red2` in Rust instead of `Red`",
        ],
    ),
    (
        &[("{type: string, enum: [red, green]}", "{type: string}")],
        &["breaking type `Color` is a string newtype instead of an enum of strings"],
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
        &["compatible variant integer of `Refusal` added"],
    ),
    (
        &[("        - {type: string}\n", "        - {type: integer}\n")],
        &[
            "compatible variant integer of `Refusal` added",
            "breaking variant string of `Refusal` removed",
        ],
    ),
    (
        &[(
            "        - {type: array, items: {type: string}}\n",
            "        - {type: array, items: {type: integer}}\n",
        )],
        &["breaking variant `Refusal::List` is list of integer instead of list of string"],
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
            // No response contains it any more, so callers may want to create it.
            "breaking type `Notes` is list of `NoteId` instead of list of `Summary`",
            "compatible type `Summary` became part of a request: it has `new` and setters",
        ],
    ),
    // An alias is not a new type, but callers may use its name.
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
        &["breaking type `Notes` removed"],
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
        &["behaviour requests are sent to `https://notes.test` instead of `https://notes.example`"],
    ),
    (
        &[("name: X-Key", "name: X-Notes-Key")],
        &["behaviour the API key is sent in the header `X-Notes-Key`, not in the header `X-Key`"],
    ),
    (
        &[(
            "key: {type: apiKey, in: header, name: X-Key}",
            "key: {type: http, scheme: bearer}",
        )],
        &[
            "compatible credential `ClientBuilder::bearer_token` added",
            "breaking credential `ClientBuilder::api_key` removed",
            "behaviour operation `listNotes` requires the bearer token instead of the API key",
            "behaviour operation `createNote` requires the bearer token instead of the API key",
            "behaviour operation `replaceNote` requires the bearer token instead of the API key",
            "behaviour operation `deleteNote` requires the bearer token instead of the API key",
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
            "breaking credential `ClientBuilder::api_key` removed",
            "breaking `Client::new` takes 0 arguments for credentials instead of 1",
            "behaviour operation `listNotes` requires nothing instead of the API key",
            "behaviour operation `createNote` requires nothing instead of the API key",
            "behaviour operation `replaceNote` requires nothing instead of the API key",
            "behaviour operation `deleteNote` requires nothing instead of the API key",
        ],
    ),
    (
        &[(
            "operationId: deleteNote",
            "operationId: deleteNote\n      security: [{basic: []}]",
        )],
        &[
            "compatible credential `ClientBuilder::basic_auth` added",
            "behaviour operation `deleteNote` requires the user and password instead of the API key",
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
