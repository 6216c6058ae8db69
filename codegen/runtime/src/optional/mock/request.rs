//! Decodes a request as the types of its operation.

use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::http::HttpRequest;
use super::rejection::Rejection;
use crate::runtime::json;

/// A request that matches an operation by method and path.
#[derive(Debug)]
pub struct MockRequest<'a> {
    http: &'a HttpRequest,
    path: Vec<(&'static str, String)>,
}

/// The type that holds the parts of one operation's requests.
pub trait Decode: Sized {
    /// Decodes the parameters and the body.
    ///
    /// # Errors
    ///
    /// The first part that does not decode.
    fn decode(request: &MockRequest<'_>) -> Result<Self, Rejection>;
}

/// Decodes a request as `R` and drops the result.
pub fn check<R: Decode>(request: &MockRequest<'_>) -> Result<(), Rejection> {
    R::decode(request).map(drop)
}

impl<'a> MockRequest<'a> {
    pub(super) fn new(http: &'a HttpRequest, path: Vec<(&'static str, String)>) -> Self {
        MockRequest { http, path }
    }

    /// Returns a path parameter.
    pub fn path(&self, name: &str) -> Parameter {
        let values = self.path.iter().filter(|(other, _)| *other == name);
        Parameter {
            place: format!("path parameter `{name}`"),
            texts: values.map(|(_, value)| value.clone()).collect(),
            is_encoded: true,
        }
    }

    /// Returns a query parameter, with the value of each pair of that name.
    pub fn query(&self, name: &str) -> Parameter {
        let values = query(&self.http.query).filter(|(key, _)| key == name);
        Parameter {
            place: format!("query parameter `{name}`"),
            texts: values.map(|(_, value)| value.to_owned()).collect(),
            is_encoded: true,
        }
    }

    /// Returns a header.
    pub fn header(&self, name: &str) -> Parameter {
        Parameter {
            place: format!("header `{name}`"),
            texts: self.http.header(name).into_iter().collect(),
            is_encoded: false,
        }
    }

    /// Returns a cookie.
    pub fn cookie(&self, name: &str) -> Parameter {
        Parameter {
            place: format!("cookie `{name}`"),
            texts: self.http.cookie(name).into_iter().collect(),
            is_encoded: false,
        }
    }

    /// Decodes the body as JSON, or returns `None` if it is empty.
    ///
    /// # Errors
    ///
    /// If the body is not the JSON of a `T`.
    pub fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, Rejection> {
        match self.http.body.as_slice() {
            [] => Ok(None),
            _ => self.body().map(Some),
        }
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not the JSON of a `T`.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        json::decode(&self.http.body).map_err(|reason| {
            let help = format!("send the JSON of {}", type_name::<T>());
            Rejection::new("request body", reason, help)
        })
    }
}

/// A parameter of a request: no text if it is absent, several if it is repeated.
#[derive(Debug)]
pub struct Parameter {
    place: String,
    texts: Vec<String>,
    is_encoded: bool,
}

impl Parameter {
    /// Decodes the first text. Absent counts as null, so an optional parameter decodes as an [`Option`].
    ///
    /// # Errors
    ///
    /// If the text does not decode as `T`, or the parameter is absent and `T` is no [`Option`].
    pub fn value<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        match self.texts.is_empty() {
            true => self.absent(),
            false => self.decode(self.first(), Value::String),
        }
    }

    /// Decodes a list in which each item is a text of its own.
    ///
    /// # Errors
    ///
    /// As [`value`](Parameter::value).
    pub fn list<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        match self.texts.is_empty() {
            true => self.absent(),
            false => self.decode(
                self.texts.iter().map(|text| self.decoded(text)).collect(),
                strings,
            ),
        }
    }

    /// Decodes a list whose items are joined into one text by a separator.
    ///
    /// # Errors
    ///
    /// As [`value`](Parameter::value).
    pub fn joined<T: DeserializeOwned>(mut self, separator: &str) -> Result<T, Rejection> {
        let items = self.texts.iter().flat_map(|text| text.split(separator));
        self.texts = items.map(str::to_owned).collect();
        self.list()
    }

    /// Decodes strings, or, where `T` is not made of strings, their JSON: numbers and booleans.
    fn decode<T: DeserializeOwned, V: Clone>(
        &self,
        text: V,
        to_json: fn(V) -> Value,
    ) -> Result<T, Rejection> {
        let strings = to_json(text);
        serde_json::from_value(strings.clone())
            .or_else(|error| serde_json::from_value(parsed(strings)).map_err(|_| error))
            .map_err(|error| {
                let help = format!("send a value of the type {}", type_name::<T>());
                Rejection::new(self.place.clone(), error.to_string(), help)
            })
    }

    fn absent<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        serde_json::from_value(Value::Null).map_err(|_| {
            let reason = "the required parameter is missing";
            let help = format!("send a value of the type {}", type_name::<T>());
            Rejection::new(self.place.clone(), reason, help)
        })
    }

    pub(super) fn first(&self) -> String {
        self.texts
            .first()
            .map(|text| self.decoded(text))
            .unwrap_or_default()
    }

    fn decoded(&self, text: &str) -> String {
        match self.is_encoded {
            true => decoded(text),
            false => text.to_owned(),
        }
    }
}

fn strings(texts: Vec<String>) -> Value {
    texts.into()
}

/// Numbers and booleans in place of the strings that contain them.
fn parsed(value: Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Value::Array(items) => items.into_iter().map(parsed).collect(),
        other => other,
    }
}

/// The pairs of a query: names decoded, values as sent.
pub(super) fn query(text: &str) -> impl Iterator<Item = (String, &str)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), value)
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The name of a type without modules, and without `Option`.
fn type_name<T>() -> String {
    let whole = std::any::type_name::<T>();
    let mut name = String::new();
    for part in whole.split_inclusive(['<', '>', ',', ' ']) {
        name.push_str(part.rsplit("::").next().unwrap_or_default());
    }
    let inner = name
        .strip_prefix("Option<")
        .and_then(|name| name.strip_suffix('>'));
    format!("`{}`", inner.unwrap_or(&name))
}
