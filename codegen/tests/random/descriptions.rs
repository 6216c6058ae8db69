//! Valid descriptions with schemas of every kind, nested in each other.

use serde_json::{Map, Value, json};

use super::numbers::Random;
use super::parameters;

/// Words for keys that have a meaning in Rust, in serde or in the macros of the runtime.
pub const WORDS: [&str; 20] = [
    "type", "self", "Self", "a b", "a-b", "größe", "日本", "1", "new", "map", "key", "value",
    "clone", "object", "+1", "fmt", "Ok", "x.y", "clear_x", "$",
];

const DEPTH: usize = 5;

/// Start of the keys of read-only properties, which a client decodes but never sends.
pub const READ_ONLY: &str = "read-only ";

/// Returns a description with `count` component schemas, `Thing0` and so on. One operation for each schema
/// has it in the request and in the response; half as many operations have parameters.
pub fn description(seed: u64, count: usize) -> Value {
    let mut maker = Maker {
        random: Random::new(seed),
        keys: 0,
        objects: Vec::new(),
        made: 0,
        count,
    };
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for index in 0..count {
        maker.made = index;
        let schema = maker.component();
        schemas.insert(name(index), schema);
        paths.insert(format!("/things/{index}"), operation(index));
    }
    for operation in parameters::operations(seed, count.div_ceil(2)) {
        paths.insert(operation.path.clone(), operation.described());
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Random", "version": "1"},
        "servers": [{"url": "https://random.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

pub fn name(index: usize) -> String {
    format!("Thing{index}")
}

fn reference(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name(index))})
}

fn operation(index: usize) -> Value {
    let content = json!({"application/json": {"schema": reference(index)}});
    json!({"post": {
        "operationId": format!("echo{index}"),
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "The same", "content": content}},
    }})
}

struct Maker {
    random: Random,
    /// Number of keys so far, so that all keys are different.
    keys: usize,
    /// Components that are objects with a property `kind`.
    objects: Vec<usize>,
    /// Number of finished components. Only these may be contained directly, so that every value is finite.
    made: usize,
    count: usize,
}

impl Maker {
    fn component(&mut self) -> Value {
        if self.random.one_in(3) {
            let mut object = self.object(1);
            object["properties"]["kind"] = json!({"type": "string"});
            let required = object["required"].as_array_mut().expect("it has one");
            required.push("kind".into());
            self.objects.push(self.made);
            return object;
        }
        self.schema(0)
    }

    fn schema(&mut self, depth: usize) -> Value {
        let kinds = if depth < DEPTH { 20 } else { 9 };
        let mut schema = match self.random.below(kinds) {
            0 => json!({"type": "string"}),
            1 => {
                let formats = ["date", "date-time", "byte", "uuid", "password", "decimal"];
                json!({"type": "string", "format": self.random.pick(&formats)})
            }
            2 => {
                let formats = ["int32", "int64", "uint32", "uint64"];
                json!({"type": "integer", "format": self.random.pick(&formats)})
            }
            3 => {
                json!({"type": "number", "format": self.random.pick(&["float", "double", "decimal"])})
            }
            4 => json!({"type": "boolean"}),
            5 => json!({"type": "string", "enum": ["", "a", "A", self.random.pick(&WORDS)]}),
            6 => json!({"type": "integer", "enum": [-1, 0, 1 + self.random.below(9)]}),
            7 => json!({"enum": ["a", 1, 1.5, true, self.random.pick(&WORDS)]}),
            8 if self.made > 0 => return self.lower(),
            8 => json!({}),
            9 | 10 => {
                let items = match self.random.one_in(4) {
                    true => reference(self.random.below(self.count)),
                    false => self.schema(depth + 1),
                };
                json!({"type": "array", "items": items})
            }
            11 => {
                let values = self.schema(depth + 1);
                json!({"type": "object", "additionalProperties": values})
            }
            12 | 13 => self.object(depth),
            14 => self.all_of(depth),
            15 => self.tagged(depth),
            16 => self.recursive_union(),
            17 => self.implied(depth),
            18 => self.two_choices(depth),
            _ => {
                let key = *self.random.pick(&["oneOf", "anyOf"]);
                let count = 1 + self.random.below(3);
                let alternatives: Vec<Value> = (0..count).map(|_| self.schema(depth + 1)).collect();
                json!({key: alternatives})
            }
        };
        if self.random.one_in(6) {
            schema["nullable"] = true.into();
        }
        schema
    }

    /// A union that may contain any component, also itself. Its first variant ends the recursion. The
    /// variants differ in their JSON type or in their fields.
    fn recursive_union(&mut self) -> Value {
        let keyword = *self.random.pick(&["oneOf", "anyOf"]);
        let end = match self.random.one_in(2) {
            true => json!({"type": "string"}),
            false => self.required(json!({"type": "string"})),
        };
        let component = reference(self.random.below(self.count));
        let component = match self.random.below(3) {
            0 => json!({"type": "array", "items": component}),
            1 => json!({"type": "object", "additionalProperties": component}),
            _ => component,
        };
        json!({keyword: [end, self.required(component)]})
    }

    /// A union whose variants each require a property with an enum of its own, and may contain any component,
    /// also the union itself.
    fn implied(&mut self, depth: usize) -> Value {
        let keyword = *self.random.pick(&["oneOf", "anyOf"]);
        let key = *self.random.pick(&WORDS);
        let variants = (0..2 + self.random.below(3)).map(|index| {
            let mut variant = self.object(depth + 1);
            let mut tags = vec![format!("{}{index}", self.random.pick(&WORDS))];
            if self.random.one_in(3) {
                tags.push(format!("other {index}"));
            }
            variant["properties"][key] = json!({"type": "string", "enum": tags});
            variant["properties"][format!("within{}", self.keys)] =
                reference(self.random.below(self.count));
            self.keys += 1;
            let required = variant["required"].as_array_mut().expect("it has one");
            required.push(key.into());
            variant
        });
        let mut variants: Vec<Value> = variants.collect();
        if self.random.one_in(3) {
            variants.push(json!({"type": "integer"}));
        }
        json!({keyword: variants})
    }

    /// An object with two choices, each of objects that require a property of their own.
    fn two_choices(&mut self, depth: usize) -> Value {
        let mut schema = self.object(depth + 1);
        // It would limit the properties of the variants.
        schema
            .as_object_mut()
            .expect("it is one")
            .remove("additionalProperties");
        for keyword in ["oneOf", "anyOf"] {
            let variants = (0..2).map(|_| {
                let property = self.schema(DEPTH);
                self.required(property)
            });
            schema[keyword] = variants.collect();
        }
        schema
    }

    /// An object with one required property.
    fn required(&mut self, property: Value) -> Value {
        let key = format!("required{}", self.keys);
        self.keys += 1;
        json!({"type": "object", "required": [&key], "properties": {key: property}})
    }

    /// Returns a finished component.
    fn lower(&mut self) -> Value {
        reference(self.random.below(self.made))
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required: Vec<Value> = Vec::new();
        for _ in 0..1 + self.random.below(5) {
            let mut key = format!("{}{}", self.random.pick(&WORDS), self.keys);
            self.keys += 1;
            let is_required = self.random.one_in(2);
            let mut property = match !is_required && self.random.one_in(4) {
                // An optional property may contain an unfinished component, also its own.
                true => reference(self.random.below(self.count)),
                false => self.schema(depth + 1),
            };
            // OpenAPI 3.0 ignores what stands beside `$ref`.
            if property.get("$ref").is_none() {
                match self.random.below(8) {
                    0 => {
                        property["readOnly"] = true.into();
                        key.insert_str(0, READ_ONLY);
                    }
                    1 => property["writeOnly"] = true.into(),
                    2 if property == json!({"type": "string"}) => property["default"] = "a".into(),
                    2 if property == json!({"type": "boolean"}) => {
                        property["default"] = true.into()
                    }
                    _ => {}
                }
            }
            if is_required {
                required.push(key.clone().into());
            }
            properties.insert(key, property);
        }
        let mut object = json!({"type": "object", "properties": properties, "required": required});
        match self.random.below(6) {
            0 => object["additionalProperties"] = true.into(),
            1 => object["additionalProperties"] = false.into(),
            2 => object["additionalProperties"] = self.schema(DEPTH),
            _ => {}
        }
        object
    }

    fn all_of(&mut self, depth: usize) -> Value {
        let mut own = self.object(depth + 1);
        // Of two members that each limit the other keys, one would limit what the other lists.
        own.as_object_mut()
            .expect("it is one")
            .remove("additionalProperties");
        match self.objects.is_empty() {
            true => json!({"allOf": [own]}),
            false => {
                let base = *self.random.pick(&self.objects.clone());
                json!({"allOf": [reference(base), own, {"required": ["kind"]}]})
            }
        }
    }

    fn tagged(&mut self, depth: usize) -> Value {
        if self.objects.len() < 2 {
            return self.object(depth);
        }
        let mut chosen: Vec<usize> = Vec::new();
        for _ in 0..3 {
            let index = *self.random.pick(&self.objects.clone());
            if !chosen.contains(&index) {
                chosen.push(index);
            }
        }
        let mapping = json!({"first": reference(chosen[0])["$ref"]});
        let alternatives: Vec<Value> = chosen.into_iter().map(reference).collect();
        json!({
            "oneOf": alternatives,
            "discriminator": {"propertyName": "kind", "mapping": mapping},
        })
    }
}
