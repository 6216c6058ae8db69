//! Documents after OpenAPI's object model, with as many mistakes as are asked for.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Names that are awkward somewhere.
const NAMES: [&str; 32] = [
    "Task",
    "task",
    "tasks",
    "type",
    "self",
    "Self",
    "fn",
    "a-b",
    "aB",
    "a_b",
    "2x",
    "é",
    "",
    "x y",
    "Option",
    "Vec",
    "String",
    "Box",
    "Client",
    "Error",
    "unknown",
    "Unknown",
    "Other",
    "new",
    "clone",
    "builder",
    "a/b",
    "a~b",
    "_",
    "ⅷ",
    "x-client-repeatable",
    "很",
];

const STATUSES: [&str; 9] = [
    "200", "201", "204", "2XX", "default", "400", "404", "4XX", "500",
];

const MEDIA_TYPES: [&str; 8] = [
    "application/json",
    "application/json",
    "application/json",
    "text/plain",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "*/*",
];

/// The sections of the components that references lead to.
const SECTIONS: [&str; 7] = [
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "links",
];

/// A document in which one in `wrong` values or keys is wrong; none is if that is 0.
pub fn document(rng: &mut Rng, wrong: u32) -> Value {
    let mut author = Author { rng, wrong };
    author.openapi()
}

struct Author<'r> {
    rng: &'r mut Rng,
    wrong: u32,
}

impl Author<'_> {
    fn one_in(&mut self, count: u32) -> bool {
        self.rng.u32(..count) == 0
    }

    fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.rng.usize(..values.len())]
    }

    fn name(&mut self) -> &'static str {
        // Often the same few, so that references arrive.
        let end = self.pick(&[3, 3, 8, NAMES.len()]);
        self.pick(&NAMES[..end])
    }

    fn text(&mut self) -> Value {
        let long = "A line.\n\n```rust\nlet a = 1;\n# Title\n    code\n`open [link](";
        let texts = ["A task", "", "*/", "\\", "\"quoted\"\r\n\tline", long];
        json!(self.pick(&texts))
    }

    fn is_wrong(&mut self) -> bool {
        self.wrong > 0 && self.one_in(self.wrong)
    }

    /// Any JSON.
    fn junk(&mut self) -> Value {
        match self.rng.u8(..9) {
            0 => Value::Null,
            1 => json!(self.rng.bool()),
            2 => json!(self.rng.i64(..)),
            3 => json!(-1.5),
            4 => json!([]),
            5 => json!({}),
            6 => json!([self.name(), 1]),
            7 => json!({ self.name(): self.name() }),
            _ => self.text(),
        }
    }

    fn object<const N: usize>(&mut self, fields: [(&str, Option<Value>); N]) -> Value {
        let mut map = Map::new();
        for (key, value) in fields {
            let Some(value) = value else { continue };
            match (self.is_wrong(), self.rng.u8(..4)) {
                (false, _) => drop(map.insert(key.to_owned(), value)),
                (true, 0) => {}
                (true, 1) => drop(map.insert(format!("{key}s"), value)),
                (true, 2) => drop(map.insert(self.name().to_owned(), value)),
                (true, _) => drop(map.insert(key.to_owned(), self.junk())),
            }
        }
        Value::Object(map)
    }

    /// A value now and then.
    fn maybe(&mut self, make: impl FnOnce(&mut Self) -> Value) -> Option<Value> {
        self.one_in(3).then(|| make(self))
    }

    fn list(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.rng.usize(..=most);
        Value::Array((0..count).map(|_| make(self)).collect())
    }

    fn map(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.rng.usize(..=most);
        let entries = (0..count).map(|_| (self.name().to_owned(), make(self)));
        Value::Object(entries.collect())
    }

    /// The thing, or a reference to one.
    fn or_reference(&mut self, section: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.one_in(4) {
            return make(self);
        }
        let (name, section) = match self.is_wrong() {
            false => (self.pick(&NAMES[..2]), section),
            true => (self.name(), self.pick(&SECTIONS)),
        };
        let name = name.replace('~', "~0").replace('/', "~1");
        json!({ "$ref": format!("#/components/{section}/{name}") })
    }

    fn openapi(&mut self) -> Value {
        let paths = self.rng.usize(..4);
        let paths: Map<String, Value> = (0..paths).map(|_| self.path()).collect();
        let fields = [
            ("openapi", Some(json!("3.0.3"))),
            (
                "info",
                Some(json!({ "title": self.text(), "version": "1" })),
            ),
            ("servers", self.maybe(|it| it.servers())),
            ("security", self.maybe(|it| it.security())),
            (
                "tags",
                self.maybe(|it| it.list(3, |it| json!({ "name": it.name() }))),
            ),
            ("paths", Some(Value::Object(paths))),
            ("components", Some(self.components())),
        ];
        self.object(fields)
    }

    fn servers(&mut self) -> Value {
        let urls = [
            "https://api.example",
            "/",
            "http://{host}/v1",
            "https://api.example/v1/",
        ];
        self.list(2, |it| json!({ "url": it.pick(&urls) }))
    }

    fn security(&mut self) -> Value {
        let names = ["Task", "task", "bearer"];
        self.list(2, |it| json!({ it.pick(&names): [] }))
    }

    fn components(&mut self) -> Value {
        // The names that references lead to are there.
        let of = |it: &mut Self, make: fn(&mut Self) -> Value| {
            let mut all = it.map(3, make);
            for name in &NAMES[..2] {
                all[name] = make(it);
            }
            Some(all)
        };
        let fields = [
            ("schemas", of(self, |it| it.schema(0))),
            ("parameters", of(self, Self::parameter)),
            ("responses", of(self, Self::response)),
            ("requestBodies", of(self, Self::request_body)),
            ("headers", of(self, |it| json!({ "schema": it.schema(2) }))),
            ("examples", of(self, |it| json!({ "value": it.junk() }))),
            ("securitySchemes", of(self, Self::security_scheme)),
            ("links", of(self, |it| json!({ "operationId": it.name() }))),
        ];
        self.object(fields)
    }

    fn security_scheme(&mut self) -> Value {
        let place = self.pick(&["header", "header", "query", "cookie"]);
        match self.rng.u8(..4) {
            0 => json!({ "type": "http", "scheme": self.pick(&["bearer", "basic", "Digest"]) }),
            1 => json!({ "type": "openIdConnect", "openIdConnectUrl": "https://id.example" }),
            _ => json!({ "type": "apiKey", "in": place, "name": "X-Key" }),
        }
    }

    fn path(&mut self) -> (String, Value) {
        let mut path = String::new();
        let mut declared = Vec::new();
        for _ in 0..self.rng.usize(1..4) {
            let name = self.pick(&["a", "taskId", "b.c", "x-y", "type"]);
            if self.rng.bool() || declared.iter().any(|(other, _)| *other == name) {
                path.push_str(&format!("/{name}"));
                continue;
            }
            path.push_str(&format!("/{{{name}}}"));
            let fields = [
                ("name", Some(json!(name))),
                ("in", Some(json!("path"))),
                ("required", Some(json!(true))),
                ("schema", Some(json!({ "type": "string" }))),
                ("x-client-refused-values", self.maybe(|_| json!(["bulk"]))),
            ];
            declared.push((name, self.object(fields)));
        }
        let parameters: Vec<Value> = declared.into_iter().map(|(_, value)| value).collect();
        let mut item = self.object([
            ("parameters", Some(Value::Array(parameters))),
            ("summary", None),
        ]);
        for _ in 0..self.rng.usize(1..3) {
            let method = self.pick(&["get", "put", "post", "delete", "patch", "head", "trace"]);
            item[method] = self.operation();
        }
        (path, item)
    }

    fn operation(&mut self) -> Value {
        let statuses = self.rng.usize(1..4);
        let mut responses: Map<String, Value> = (0..statuses)
            .map(|_| {
                let status = self.pick(&STATUSES).to_owned();
                (status, self.or_reference("responses", Self::response))
            })
            .collect();
        responses.insert("200".to_owned(), self.response());
        let id = format!("{}{}", self.name(), self.rng.u8(..));
        let fields = [
            ("operationId", Some(json!(id))),
            ("tags", self.maybe(|it| it.list(2, |it| json!(it.name())))),
            ("description", self.maybe(Self::text)),
            ("deprecated", self.maybe(|it| json!(it.rng.bool()))),
            ("security", self.maybe(Self::security)),
            ("x-client-repeatable", self.maybe(|_| json!(true))),
            (
                "parameters",
                self.maybe(|it| it.list(3, |it| it.or_reference("parameters", Self::parameter))),
            ),
            (
                "requestBody",
                self.maybe(|it| it.or_reference("requestBodies", Self::request_body)),
            ),
            ("responses", Some(Value::Object(responses))),
        ];
        self.object(fields)
    }

    fn parameter(&mut self) -> Value {
        let (location, styles): (_, &[&str]) = match self.rng.u8(..4) {
            0 => ("header", &["simple"]),
            1 => ("cookie", &["form"]),
            _ => ("query", &["form", "spaceDelimited", "deepObject"]),
        };
        let fields = [
            (
                "name",
                Some(json!(format!("{}{}", self.name(), self.rng.u8(..)))),
            ),
            ("in", Some(json!(location))),
            ("required", self.maybe(|it| json!(it.rng.bool()))),
            ("description", self.maybe(Self::text)),
            ("style", self.maybe(|it| json!(it.pick(styles)))),
            ("explode", self.maybe(|it| json!(it.rng.bool()))),
            ("allowReserved", self.maybe(|_| json!(false))),
            ("schema", Some(self.schema(2))),
            ("example", self.maybe(Self::junk)),
        ];
        self.object(fields)
    }

    fn request_body(&mut self) -> Value {
        let fields = [
            ("required", Some(json!(self.rng.bool()))),
            ("content", Some(self.content())),
        ];
        self.object(fields)
    }

    fn response(&mut self) -> Value {
        let fields = [
            ("description", Some(self.text())),
            ("content", self.maybe(Self::content)),
            (
                "headers",
                self.maybe(|it| it.map(2, |it| json!({ "schema": it.schema(2) }))),
            ),
        ];
        self.object(fields)
    }

    fn content(&mut self) -> Value {
        let media_type = self.pick(&MEDIA_TYPES);
        let fields = [
            ("schema", Some(self.schema(1))),
            ("example", self.maybe(Self::junk)),
        ];
        let value = self.object(fields);
        json!({ media_type: value })
    }

    fn schema(&mut self, depth: u32) -> Value {
        if depth > 3 || self.one_in(5) {
            return self.or_reference("schemas", |_| json!({ "type": "string" }));
        }
        let one = |it: &mut Self| it.schema(depth + 1);
        if self.one_in(8) {
            let key = self.pick(&["allOf", "anyOf", "oneOf"]);
            let mut parts = self.list(2, one);
            if let Value::Array(parts) = &mut parts {
                parts.push(one(self));
            }
            let fields = [
                (key, Some(parts)),
                ("nullable", self.maybe(|_| json!(true))),
            ];
            return self.object(fields);
        }
        let kind = self.pick(&TYPES);
        let mut required = Vec::new();
        let (key, value) = match (kind, self.rng.u8(..8)) {
            ("array", _) => ("items", one(self)),
            ("object", 0) => ("additionalProperties", one(self)),
            ("object", 1) => ("additionalProperties", json!(self.rng.bool())),
            ("object", _) => {
                let properties = self.map(4, one);
                let names = properties.as_object().into_iter().flatten();
                required = names.map(|(name, _)| name.clone()).collect();
                required.retain(|_| self.rng.bool());
                ("properties", properties)
            }
            ("string", 0..3) => {
                let mut values = vec![json!(self.name())];
                values.extend((0..self.rng.usize(..4)).map(|_| json!(self.name())));
                ("enum", Value::Array(values))
            }
            ("integer", 0) => ("enum", json!([self.rng.i8(..), self.rng.i8(..)])),
            ("integer", 1) => ("minimum", json!(self.rng.i8(..))),
            (_, 3) if self.one_in(5) => ("not", one(self)),
            _ => ("title", self.text()),
        };
        let fields = [
            ("type", Some(json!(kind))),
            (key, Some(value)),
            ("required", (!required.is_empty()).then(|| json!(required))),
            ("format", self.maybe(|it| json!(it.pick(&FORMATS)))),
            ("nullable", self.maybe(|it| json!(it.rng.bool()))),
            ("description", self.maybe(Self::text)),
            ("default", self.maybe(Self::junk)),
            ("example", self.maybe(Self::junk)),
        ];
        self.object(fields)
    }
}

const TYPES: [&str; 7] = [
    "object", "object", "string", "string", "array", "integer", "boolean",
];

const FORMATS: [&str; 9] = [
    "date-time",
    "date",
    "int32",
    "int64",
    "byte",
    "binary",
    "uuid",
    "double",
    "nope",
];
