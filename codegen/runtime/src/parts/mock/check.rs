//! Checks a request against its operation: credentials, parameters, media type and body.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::description::Read;
use super::http::Received;
use super::parameters;
use super::route::Route;
use super::schema::Validator;
use crate::runtime::json;

/// A request that the description allows.
#[derive(Debug, Default)]
pub struct Checked {
    /// Where each parameter stands, its name, and its value as JSON.
    parameters: Vec<(String, String, Value)>,
    body: Vec<u8>,
}

impl Checked {
    /// The value of a parameter; one that is absent is null.
    pub fn parameter<T: DeserializeOwned>(&self, location: &str, name: &str) -> Result<T, String> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|parameter| parameter.0 == location && parameter.1 == name);
        let value = found.map_or(Value::Null, |(_, _, value)| value.clone());
        serde_json::from_value(value).map_err(|error| format!("{location} `{name}`: {error}"))
    }

    /// The body, if there is one.
    pub fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        match self.body.as_slice() {
            [] => Ok(None),
            _ => self.body().map(Some),
        }
    }

    /// The body.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, String> {
        json::decode(&self.body).map_err(|error| format!("body: {error}"))
    }
}

/// What the request holds, or everything in it that the description does not allow.
pub(super) fn check(
    description: &Read,
    route: &Route<'_>,
    received: &Received,
) -> Result<Checked, Vec<String>> {
    let mut problems: Vec<String> = Vec::new();
    problems.extend(credentials(&route.request["security"], received));
    let mut validator = Validator::new(&description.schemas);
    let parameters = parameters::check(route, received, &mut validator);
    body(&route.request["requestBody"], received, &mut validator);
    problems.extend(validator.into_problems());
    match problems.is_empty() {
        true => Ok(Checked {
            parameters,
            body: received.body.clone(),
        }),
        false => Err(problems),
    }
}

/// Says which credentials are missing, if none of the alternatives is there.
fn credentials(security: &Value, received: &Received) -> Option<String> {
    let alternatives = security.as_array()?;
    let missing: Vec<String> = alternatives
        .iter()
        .map(|schemes| {
            let schemes = schemes.as_array().into_iter().flatten();
            let missing: Vec<String> = schemes
                .filter_map(|scheme| credential(scheme, received))
                .collect();
            missing.join(" and ")
        })
        .collect();
    let satisfied = missing.is_empty() || missing.iter().any(String::is_empty);
    (!satisfied).then(|| {
        let missing = missing.join(", or ");
        format!("{missing} is missing, and the description requires it")
    })
}

/// The credential of this scheme, if it is not there.
fn credential(scheme: &Value, received: &Received) -> Option<String> {
    let text = |key: &str| scheme[key].as_str().unwrap_or_default();
    let name = text("name");
    let (value, what) = match (text("type"), text("in")) {
        ("apiKey", "header") => (received.header(name), format!("the header {name}")),
        ("apiKey", "query") => {
            let mut pairs = parameters::query(&received.query);
            let found = pairs.find(|(key, _)| key == name);
            let value = found.map(|(_, value)| value.to_owned());
            (value, format!("the query parameter {name}"))
        }
        ("apiKey", _) => (
            parameters::cookie(received, name),
            format!("the cookie {name}"),
        ),
        ("http", _) if matches!(text("scheme"), "bearer" | "basic") => {
            let scheme = text("scheme");
            let header = received.header("authorization");
            let header = header.filter(|header| {
                let first = header.split(' ').next().unwrap_or_default();
                first.eq_ignore_ascii_case(scheme)
            });
            (
                header,
                format!("the header Authorization of the scheme {scheme}"),
            )
        }
        _ => (
            received.header("authorization"),
            "the header Authorization".to_owned(),
        ),
    };
    value.is_none_or(|value| value.is_empty()).then_some(what)
}

/// Checks the body, of JSON down to each field and of other media types the type alone.
fn body(described: &Value, received: &Received, validator: &mut Validator<'_>) {
    let Some(content) = described["content"].as_object() else {
        if !received.body.is_empty() {
            validator.refuse("body", "is not empty, and the description has none");
        }
        return;
    };
    let kind = received.header("content-type");
    if received.body.is_empty() && kind.is_none() {
        if described["required"] == true {
            validator.refuse("body", "is missing, and the description requires it");
        }
        return;
    }
    let essence = essence(kind.as_deref().unwrap_or_default());
    let Some((_, media_type)) = content
        .iter()
        .find(|(range, _)| includes(&self::essence(range), &essence))
    else {
        let listed: Vec<&str> = content.keys().map(String::as_str).collect();
        let listed = listed.join(", ");
        let kind = kind.map_or("missing".to_owned(), |kind| format!("`{kind}`"));
        let text = format!("is {kind}, and the description has {listed}");
        return validator.refuse("the header Content-Type", &text);
    };
    if essence != "application/json" && !essence.ends_with("+json") {
        return;
    }
    match json::decode::<Value>(&received.body) {
        Ok(value) => validator.check(&media_type["schema"], &value, "body"),
        Err(error) => validator.refuse("body", &format!("is not JSON: {error}")),
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type, or a range such as `text/*`, includes this one.
fn includes(range: &str, essence: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => essence.starts_with(prefix),
        None => range == essence,
    }
}
