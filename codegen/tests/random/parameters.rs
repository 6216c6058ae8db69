//! Operations with parameters of every style, and a value for each parameter.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::descriptions::WORDS;
use super::numbers::Random;
use super::values;

/// Strings with a meaning in URLs, in a style or in a header.
const TEXTS: [&str; 9] = [
    "a", "a-b", "x.y", "null", "100%", "c=d;e", "\"q\"", "/?#[]@&", "$+|",
];
/// Strings for locations that encode whatever is not ASCII.
const ENCODED_TEXTS: [&str; 4] = ["größe", "日本", "f,g", "\\\t\n"];

/// A style, and what is written in it.
struct Place {
    location: &'static str,
    style: &'static str,
    name: String,
}

/// An operation, with its path and a value for each parameter that a call sets.
pub struct Operation {
    pub id: String,
    pub path: String,
    pub parameters: Vec<Value>,
    /// The value of each parameter.
    pub values: Vec<Option<Value>>,
}

impl Operation {
    /// Returns the path item.
    pub fn described(&self) -> Value {
        json!({"get": {
            "operationId": self.id,
            "parameters": self.parameters,
            "responses": {"204": {"description": "Done"}},
        }})
    }

    /// In the order in which a method takes them and a request holds them: those of the path, the
    /// other required ones, the optional ones.
    pub fn ordered(&self) -> Vec<(&Value, Option<&Value>)> {
        let values = self.values.iter().map(Option::as_ref);
        let mut all: Vec<_> = self.parameters.iter().zip(values).collect();
        all.sort_by_key(|(parameter, _)| match parameter["in"] == "path" {
            true => 0,
            false if parameter["required"] == true => 1,
            false => 2,
        });
        all
    }
}

pub fn operations(seed: u64, count: usize) -> Vec<Operation> {
    let mut random = Random::new(seed + 0x7_0000);
    (0..count)
        .map(|index| operation(index, &mut random))
        .collect()
}

fn operation(index: usize, random: &mut Random) -> Operation {
    let mut made = Operation {
        id: format!("call{index}"),
        path: format!("/calls/{index}"),
        parameters: Vec::new(),
        values: Vec::new(),
    };
    let mut names = HashSet::new();
    for _ in 0..1 + random.below(8) {
        let place = place(random);
        // Header names are case-insensitive.
        if !names.insert((place.location, place.name.to_lowercase())) {
            continue;
        }
        if place.location == "path" {
            let separator = if random.one_in(3) { "-" } else { "/" };
            made.path += &format!("{separator}{{{}}}", place.name);
        }
        let (parameter, value) = parameter(&place, random);
        made.parameters.push(parameter);
        made.values.push(value);
    }
    made
}

fn place(random: &mut Random) -> Place {
    let (location, styles): (_, &[&str]) = match random.below(6) {
        0 | 1 => ("path", &["simple", "label", "matrix", "content"]),
        2 | 3 => (
            "query",
            &[
                "form",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
                "content",
            ],
        ),
        4 => ("header", &["simple", "simple", "content"]),
        _ => ("cookie", &["form", "form", "content"]),
    };
    let is_token = matches!(location, "header" | "cookie");
    let name = loop {
        let name = *random.pick(&[&WORDS[..], &["body", "params", "client", "a[b]=c&d"]].concat());
        if !is_token || name.is_ascii() && !name.contains([' ', '=']) {
            break name.to_owned();
        }
    };
    Place {
        location,
        style: random.pick::<&str>(styles),
        name,
    }
}

/// Returns a parameter and, if the call sets it, its value.
fn parameter(place: &Place, random: &mut Random) -> (Value, Option<Value>) {
    let is_required = place.location == "path" || random.one_in(2);
    let schema = match (place.style, random.below(4)) {
        (_, 0) => scalar(place, random),
        (_, 1) => array(place, random),
        (_, 2) => object(place, random),
        _ => json!({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}),
    };
    let value = (is_required || !random.one_in(4)).then(|| value(place, &schema, random));
    let mut parameter = json!({
        "name": place.name,
        "in": place.location,
        "required": is_required,
    });
    if place.style == "content" {
        parameter["content"] = json!({"application/json": {"schema": schema}});
        return (parameter, value);
    }
    parameter["schema"] = schema;
    let is_default = matches!(
        (place.location, place.style),
        ("path" | "header", "simple") | ("query" | "cookie", "form")
    );
    if !is_default || random.one_in(2) {
        parameter["style"] = place.style.into();
    }
    match random.below(3) {
        0 => {}
        explode => parameter["explode"] = (explode == 1).into(),
    }
    if place.location == "query" && random.one_in(4) {
        parameter["allowReserved"] = true.into();
    }
    if random.one_in(8) {
        parameter["deprecated"] = true.into();
    }
    (parameter, value)
}

fn text(place: &Place, random: &mut Random) -> &'static str {
    let mut texts = TEXTS.to_vec();
    texts.retain(|text| place.style != "pipeDelimited" || !text.contains('|'));
    if place.location != "header" {
        texts.extend(ENCODED_TEXTS);
    }
    // Elsewhere in a path it leaves nothing; what parts the items cannot be in one.
    if place.location != "path" || place.style == "matrix" {
        texts.push("");
    }
    if place.style != "spaceDelimited" {
        texts.push("a b");
    }
    random.pick::<&str>(&texts)
}

fn scalar(place: &Place, random: &mut Random) -> Value {
    match random.below(13) {
        0 => {
            json!({"type": "integer", "format": random.pick(&["int32", "int64", "uint32", "uint64"])})
        }
        1 => json!({"type": "number", "format": random.pick(&["float", "double", "decimal"])}),
        2 => json!({"type": "boolean"}),
        3 => json!({"type": "string", "format": random.pick(&["date", "date-time", "byte"])}),
        4 => json!({"type": "string", "enum": ["a", "A", text(place, random)]}),
        5 => json!({"type": "integer", "enum": [-1, 0, 1 + random.below(9)]}),
        6 => json!({"enum": ["b", 1, 1.5, true]}),
        7 => json!({"type": "string", "format": random.pick(&["uuid", "password"])}),
        _ => json!({"type": "string"}),
    }
}

/// A schema of what is in a list or an object.
fn member(place: &Place, random: &mut Random) -> Value {
    let mut schema = match random.below(8) {
        0 if place.style == "deepObject" => array(place, random),
        1 if place.style == "deepObject" => object(place, random),
        _ => scalar(place, random),
    };
    if random.one_in(5) {
        schema["nullable"] = true.into();
    }
    schema
}

fn array(place: &Place, random: &mut Random) -> Value {
    json!({"type": "array", "items": member(place, random)})
}

fn object(place: &Place, random: &mut Random) -> Value {
    if random.one_in(4) {
        return json!({"type": "object", "additionalProperties": member(place, random)});
    }
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    let count = 1 + random.below(4);
    while properties.len() < count {
        let key = *random.pick(&WORDS);
        let is_written = match place.location {
            "header" => key.is_ascii(),
            _ => place.style != "spaceDelimited" || !key.contains(' '),
        };
        if is_written && !properties.contains_key(key) {
            properties.insert(key.to_owned(), member(place, random));
            if random.one_in(2) {
                required.push(key.into());
            }
        }
    }
    let mut object = json!({"type": "object", "properties": properties, "required": required});
    match random.below(4) {
        0 => object["additionalProperties"] = member(place, random),
        1 => object["additionalProperties"] = random.one_in(2).into(),
        _ => {}
    }
    object
}

/// A value that can be sent: in a path there is always a text.
fn value(place: &Place, schema: &Value, random: &mut Random) -> Value {
    loop {
        let value = any_value(place, schema, random);
        let is_text = match &value {
            Value::Array(items) => items.iter().any(|item| !item.is_null()),
            Value::Object(members) => members.values().any(|member| !member.is_null()),
            _ => true,
        };
        if is_text || place.location != "path" {
            return value;
        }
    }
}

fn any_value(place: &Place, schema: &Value, random: &mut Random) -> Value {
    if schema["nullable"] == true && random.one_in(3) {
        return Value::Null;
    }
    if let Some(values) = schema["enum"].as_array() {
        return random.pick(values).clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => (0..random.below(4))
            .map(|_| any_value(place, &schema["items"], random))
            .collect(),
        (Some("object"), _) => {
            let mut object = Map::new();
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                let mut required = schema["required"].as_array().into_iter().flatten();
                if required.any(|name| name == key) || random.one_in(2) {
                    object.insert(key.clone(), any_value(place, property, random));
                }
            }
            for index in 0..random.below(3) {
                let more = match &schema["additionalProperties"] {
                    Value::Bool(true) => json!(index),
                    Value::Object(_) => any_value(place, &schema["additionalProperties"], random),
                    _ => continue,
                };
                object.insert(format!("more{index}"), more);
            }
            Value::Object(object)
        }
        (Some("string"), Some("byte")) => random.pick(&["AP+A", "AA=="]).to_owned().into(),
        // Whole numbers have two texts, with and without a fraction.
        (Some("number"), _) => random.pick(&[json!(0.5), json!(-2.25)]).clone(),
        (Some("string"), None | Some("uuid" | "password")) => text(place, random).into(),
        _ => values::value(&Value::Null, schema, random, 0),
    }
}
