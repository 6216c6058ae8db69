//! Synthetic descriptions of any size, always the same for a size.

use std::fmt::Write;

/// Pseudorandom numbers, always the same.
struct Random(u64);

impl Random {
    /// Returns a number in `0..below`.
    fn below(&mut self, below: u64) -> u64 {
        // Knuth's linear congruential generator; its upper bits are the most random.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap_or(0)]
    }
}

const NOUNS: [&str; 12] = [
    "Account", "Asset", "Audit", "Control", "Device", "Finding", "Invoice", "Member", "Policy",
    "Report", "Risk", "Vendor",
];

const FIELDS: [&str; 14] = [
    "title",
    "description",
    "ownerId",
    "status",
    "createdAt",
    "updatedAt",
    "score",
    "isActive",
    "tags",
    "dueDate",
    "externalId",
    "notes",
    "priority",
    "count",
];

/// Returns a description with this many operations, as YAML. Five operations share a resource with
/// two schemas, and ten share a tag.
pub fn of_size(operations: usize) -> String {
    let mut random = Random(7);
    let mut paths = String::new();
    let mut schemas = String::new();
    let mut left = operations;
    let mut resource = 0;
    while left > 0 {
        let noun = NOUNS[resource % NOUNS.len()];
        let name = format!("{noun}{resource}");
        let tag = format!("{noun}s {}", resource / 2);
        let count = left.min(5);
        add_paths(&mut paths, &name, &tag, count);
        add_schemas(&mut schemas, &name, count, &mut random);
        left -= count;
        resource += 1;
    }
    format!(
        "openapi: 3.0.3\n\
         info:\n  title: Made-up API\n  version: 1.0.0\n\
         servers:\n- url: https://api.example.com\n\
         security:\n- apikey: []\n\
         paths:\n{paths}\
         components:\n\
         \x20 securitySchemes:\n    apikey: {{ type: apiKey, in: header, name: X-API-Key }}\n\
         \x20 schemas:\n{schemas}"
    )
}

/// Returns the first `count` of create, update, get, list and delete.
fn add_paths(paths: &mut String, name: &str, tag: &str, count: usize) {
    let lower = name.to_lowercase();
    let body = |schema: &str| {
        format!(
            "      requestBody:\n        required: true\n        content:\n          \
             application/json:\n            schema: {{ $ref: '#/components/schemas/{schema}' }}\n"
        )
    };
    let response = |status: u16, schema: &str| {
        format!(
            "      responses:\n        '{status}':\n          description: The {lower}\n          \
             content:\n            application/json:\n              schema: {schema}\n        \
             '404':\n          description: There is no such {lower}\n"
        )
    };
    let one = format!("{{ $ref: '#/components/schemas/{name}' }}");
    let many = format!("{{ type: array, items: {one} }}");
    let head = |method: &str, id: &str, what: &str| {
        format!(
            "    {method}:\n      operationId: {id}{name}\n      tags: [{tag}]\n      summary: {what} \
             {lower}\n      description: {what} {lower} of the organization that the key belongs to.\n"
        )
    };
    let parameter = "      parameters:\n      - { name: id, in: path, required: true, schema: { type: string }, \
                     example: abc123 }\n";
    let query = "      parameters:\n      - { name: limit, in: query, schema: { type: integer } }\n      - { name: \
                 cursor, in: query, description: Where to go on, schema: { type: string } }\n";
    let all = [
        format!(
            "  /v1/{lower}:\n{}{}{}",
            head("post", "create", "Creates a"),
            body(&format!("New{name}")),
            response(201, &one)
        ),
        format!(
            "{}{query}{}",
            head("get", "list", "Lists each"),
            response(200, &many)
        ),
        format!(
            "  /v1/{lower}/{{id}}:\n{}{parameter}{}",
            head("get", "get", "Gives the"),
            response(200, &one)
        ),
        format!(
            "{}{parameter}{}{}",
            head("patch", "update", "Changes the"),
            body(&format!("New{name}")),
            response(200, &one)
        ),
        format!(
            "{}{parameter}      responses:\n        '204':\n          description: It is gone\n",
            head("delete", "delete", "Removes the")
        ),
    ];
    paths.extend(all.into_iter().take(count));
}

fn add_schemas(schemas: &mut String, name: &str, count: usize, random: &mut Random) {
    let roles: &[&str] = match count {
        0 => &[],
        _ => &["", "New"],
    };
    for role in roles {
        let _ = write!(
            schemas,
            "    {role}{name}:\n      type: object\n      description: One of the organization's.\n      \
             required: [title]\n      properties:\n"
        );
        for field in FIELDS {
            if field != "title" && random.below(4) == 0 {
                continue;
            }
            let kind = match field {
                "status" => "type: string, enum: [open, in_progress, done]".to_owned(),
                "createdAt" | "updatedAt" => "type: string, format: date-time".to_owned(),
                "dueDate" => "type: string, format: date".to_owned(),
                "score" => "type: number".to_owned(),
                "isActive" => "type: boolean".to_owned(),
                "tags" => "type: array, items: { type: string }".to_owned(),
                "count" => "type: integer".to_owned(),
                _ => format!(
                    "type: string, example: {}",
                    random.pick(&["alpha", "beta", "gamma"])
                ),
            };
            let nullable = match field != "title" && random.below(3) == 0 {
                true => ", nullable: true",
                false => "",
            };
            let _ = writeln!(
                schemas,
                "        {field}: {{ {kind}{nullable}, description: The {field}. }}"
            );
        }
    }
}
