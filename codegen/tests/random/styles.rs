//! The text that the specification requires for a parameter, written independently of the generator.

use serde_json::Value;

/// Returns the text of a value, if it has one.
pub fn text(parameter: &Value, value: &Value) -> Option<String> {
    let location = parameter["in"].as_str().unwrap();
    let name = parameter["name"].as_str().unwrap();
    let is_named = matches!(location, "query" | "cookie");
    let usual = if is_named { "form" } else { "simple" };
    let style = parameter["style"].as_str().unwrap_or(usual);
    let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
    // Without `explode`, items are separated by a comma.
    let reserved = match (
        parameter["allowReserved"] == true,
        explode || style == "deepObject",
    ) {
        (false, _) => "",
        (true, true) => ":/?[]@!$'()*,;=",
        (true, false) => ":/?[]@!$'()*;=",
    };
    let encode = |text: &str| match location {
        "header" => text.to_owned(),
        "cookie" => encoded(text, is_cookie),
        _ => encoded(text, |c| is_unreserved(c) || reserved.contains(c)),
    };
    let name = match location {
        "cookie" => name.to_owned(),
        _ => encoded(name, is_unreserved),
    };
    if let Some(content) = parameter["content"].as_object() {
        let schema = &content.values().next().unwrap()["schema"];
        let text = encode(&json(schema, value));
        return Some(if is_named {
            format!("{name}={text}")
        } else {
            text
        });
    }
    // The separator of items, keys and values is encoded within one of them.
    let (first, sign) = match style {
        "label" => (".", "."),
        "matrix" => (";", ","),
        "spaceDelimited" => ("", "%20"),
        "pipeDelimited" => ("", "%7C"),
        _ => ("", ","),
    };
    let member = |text: &str| match sign {
        "." => encode(text).replace('.', "%2E"),
        _ => encode(text),
    };
    let pair = |name: &str, text: &str| match style {
        "matrix" if text.is_empty() => name.to_owned(),
        "simple" | "label" => text.to_owned(),
        _ => format!("{name}={text}"),
    };
    let between = match (style, location) {
        ("simple", _) => ",",
        ("label", _) => ".",
        ("matrix", _) => ";",
        (_, "cookie") => "; ",
        _ => "&",
    };
    let parts: Vec<String> = match value {
        value if style == "deepObject" => {
            let mut parts = Vec::new();
            deep(&parameter["schema"], &name, value, &encode, &mut parts);
            parts
        }
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            let items = items.map(|item| member(&plain(item)));
            match explode {
                true => items.map(|item| pair(&name, &item)).collect(),
                false => joined(items.collect(), sign, |text| pair(&name, text)),
            }
        }
        Value::Object(_) => {
            let members = members(&parameter["schema"], value).into_iter();
            let members = members.filter(|(_, value)| !value.is_null());
            let members = members.map(|(key, value)| match location {
                // A key that is used as a name is encoded as a name.
                "query" if explode => (encoded(key, is_unreserved), encode(&plain(value))),
                _ => (member(key), member(&plain(value))),
            });
            match explode {
                true => members
                    .map(|(key, value)| match style == "matrix" && value.is_empty() {
                        true => key,
                        false => format!("{key}={value}"),
                    })
                    .collect(),
                false => {
                    let texts = members.flat_map(|(key, value)| [key, value]);
                    joined(texts.collect(), sign, |text| pair(&name, text))
                }
            }
        }
        one => vec![pair(&name, &encode(&plain(one)))],
    };
    (!parts.is_empty()).then(|| format!("{first}{}", parts.join(between)))
}

/// Each value has the keys that lead to it in its name.
fn deep(
    schema: &Value,
    name: &str,
    value: &Value,
    encode: &dyn Fn(&str) -> String,
    parts: &mut Vec<String>,
) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            for (index, item) in items.enumerate() {
                let name = format!("{name}%5B{index}%5D");
                deep(&schema["items"], &name, item, encode, parts);
            }
        }
        Value::Object(_) => {
            for (key, value) in members(schema, value) {
                let schema = match &schema["properties"][key] {
                    Value::Null => &schema["additionalProperties"],
                    schema => schema,
                };
                let name = format!("{name}%5B{}%5D", encoded(key, is_unreserved));
                deep(schema, &name, value, encode, parts);
            }
        }
        one => parts.push(format!("{name}={}", encode(&plain(one)))),
    }
}

fn joined(texts: Vec<String>, sign: &str, pair: impl Fn(&str) -> String) -> Vec<String> {
    match texts.is_empty() {
        true => Vec::new(),
        false => vec![pair(&texts.join(sign))],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Those that the schema lists, in its order, and the others behind them.
fn members<'v>(schema: &Value, value: &'v Value) -> Vec<(&'v str, &'v Value)> {
    let place = |key: &str| {
        let mut keys = schema["properties"].as_object().into_iter().flatten();
        keys.position(|(name, _)| name == key)
    };
    let entries = value.as_object().into_iter().flatten();
    let mut all: Vec<_> = entries.map(|(key, value)| (key.as_str(), value)).collect();
    all.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    all
}

fn json(schema: &Value, value: &Value) -> String {
    if !value.is_object() {
        return value.to_string();
    }
    let entries = members(schema, value).into_iter();
    let entries = entries.map(|(key, value)| format!("{}:{value}", Value::from(key)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

/// RFC 3986.
fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~".contains(character)
}

/// RFC 6265's octets of a cookie, but for the sign that begins what is encoded.
fn is_cookie(character: char) -> bool {
    character.is_ascii_graphic() && !"\",;\\%".contains(character)
}

fn encoded(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut encoded = String::new();
    for character in text.chars() {
        if stays(character) {
            encoded.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}
