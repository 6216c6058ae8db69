//! Reads the parameters of a request, as the description writes them.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::http::Received;
use super::route::Route;
use super::schema::Validator;

/// Where each parameter stands, its name, and its value as JSON.
type Values = Vec<(String, String, Value)>;

/// Checks the parameters and gives their values. Of a style or a media type that is not read here,
/// there is nothing but the name.
pub(super) fn check(
    route: &Route<'_>,
    received: &Received,
    validator: &mut Validator<'_>,
) -> Values {
    let mut values = Values::new();
    let described = route.request["parameters"].as_array();
    for parameter in described.into_iter().flatten() {
        let text = |key: &str| parameter[key].as_str().unwrap_or_default();
        let (location, name, style) = (text("in"), text("name"), text("style"));
        let raw = raw(route, received, location, name);
        let schema = validator.resolved(&parameter["schema"]);
        let kind = validator.kind(schema);
        let is_open = schema.is_null() || kind == "object" || is_special(style);
        let at = format!("{location} parameter `{name}`");
        if raw.is_empty() {
            // An object may be there under the names of its fields.
            if parameter["required"] == true && !(is_open && location == "query") {
                validator.refuse(&at, "is missing, and the description requires it");
            }
            continue;
        }
        if let Some(refused) = refused(parameter, &raw) {
            let text = format!("is `{refused}`, which is another route of the API");
            validator.refuse(&at, &text);
        }
        if is_open {
            continue;
        }
        let value = if kind == "array" {
            let explode = parameter["explode"].as_bool();
            let separate = location == "query" && explode.unwrap_or(style == "form");
            let separator = match style {
                "spaceDelimited" => "%20",
                "pipeDelimited" => "|",
                _ => ",",
            };
            let items = validator.kind(validator.resolved(&schema["items"]));
            let texts: Vec<&str> = match separate {
                true => raw.iter().map(String::as_str).collect(),
                false => raw.iter().flat_map(|text| text.split(separator)).collect(),
            };
            texts
                .iter()
                .map(|text| typed(items, text, location))
                .collect()
        } else {
            typed(kind, &raw[0], location)
        };
        validator.check(schema, &value, &at);
        values.push((location.to_owned(), name.to_owned(), value));
    }
    unlisted(route, received, validator);
    values
}

/// Styles whose values are not taken apart here.
fn is_special(style: &str) -> bool {
    matches!(style, "deepObject" | "label" | "matrix")
}

/// The texts of a parameter, percent-encoded where its place is.
fn raw(route: &Route<'_>, received: &Received, location: &str, name: &str) -> Vec<String> {
    match location {
        "path" => {
            let values = route.path.iter().filter(|(other, _)| *other == name);
            values.map(|(_, value)| value.clone()).collect()
        }
        "query" => query(&received.query)
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.to_owned())
            .collect(),
        "header" => received.header(name).into_iter().collect(),
        _ => cookie(received, name).into_iter().collect(),
    }
}

/// The pairs of a query: each name decoded, each value as it stands.
pub(super) fn query(text: &str) -> impl Iterator<Item = (String, &str)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), value)
    })
}

/// The value of a cookie.
pub(super) fn cookie(received: &Received, name: &str) -> Option<String> {
    let header = received.header("cookie")?;
    let mut cookies = header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    cookies
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// A text as JSON of this kind, or as a string if it is not of that kind.
fn typed(kind: &str, raw: &str, location: &str) -> Value {
    let text = match location {
        "path" | "query" => decoded(raw),
        _ => raw.to_owned(),
    };
    let read = matches!(kind, "integer" | "number" | "boolean");
    let value = read.then(|| serde_json::from_str(&text).ok()).flatten();
    value.unwrap_or(Value::String(text))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn refused(parameter: &Value, raw: &[String]) -> Option<String> {
    let mut refused = parameter["refused"].as_array()?.iter();
    let value = decoded(raw.first()?);
    refused
        .any(|text| {
            text.as_str()
                .is_some_and(|text| text.eq_ignore_ascii_case(&value))
        })
        .then_some(value)
}

/// Refuses query parameters that the description does not list. Where one of them is an object, its
/// fields may have any name.
fn unlisted(route: &Route<'_>, received: &Received, validator: &mut Validator<'_>) {
    let mut listed = Vec::new();
    for parameter in route.request["parameters"].as_array().into_iter().flatten() {
        let schema = validator.resolved(&parameter["schema"]);
        let is_open = schema.is_null() || validator.kind(schema) == "object";
        if parameter["in"] == "query" && (is_open || parameter["style"] == "deepObject") {
            return;
        }
        listed.push((&parameter["in"], &parameter["name"]));
    }
    let schemes = route.request["security"].as_array().into_iter().flatten();
    for scheme in schemes.filter_map(Value::as_array).flatten() {
        listed.push((&scheme["in"], &scheme["name"]));
    }
    for (name, _) in query(&received.query) {
        let is_listed = |(place, other): &(&Value, &Value)| **place == "query" && **other == *name;
        if !listed.iter().any(is_listed) {
            validator.refuse(
                &format!("query parameter `{name}`"),
                "is not in the description",
            );
        }
    }
}
