//! Bodies as forms: `application/x-www-form-urlencoded`.

use std::fmt;

use http::HeaderValue;
use percent_encoding::utf8_percent_encode;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::reserved::RESERVED;
use crate::runtime::Request;
use crate::runtime::path;
use crate::runtime::prepared::Body;

/// How a property of a form that is a list or an object becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which are used depends on the description")]
pub enum Style {
    /// An entry for each item.
    Exploded,
    /// One entry, with this between the items.
    Joined(&'static str),
    /// An entry for each property, named `name[property]`.
    Deep,
    /// One entry, as JSON.
    Json,
}

/// The name of a property, its style, and whether reserved characters stay as they are.
pub type Property = (&'static str, Style, bool);

impl Request {
    /// Sets the body, as the entries of a form: the properties of an object. A list gives an entry
    /// for each item, an object one for each property, and null none.
    pub fn form(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.styled_form(body, &[])
    }

    /// The same with styles for some of the properties.
    pub(crate) fn styled_form(
        mut self,
        body: &(impl Serialize + ?Sized),
        properties: &[Property],
    ) -> Self {
        let json = serde_json::to_vec(body);
        let entries = json.and_then(|json| serde_json::from_slice::<Properties>(&json));
        let form = entries
            .map_err(|error| error.to_string())
            .and_then(|entries| {
                let mut form = Form(String::new());
                for (name, value) in entries.0 {
                    let known = properties.iter().find(|property| property.0 == name);
                    let (_, style, reserved) = known.unwrap_or(&("", Style::Exploded, false));
                    form.add(&name, value, *style, *reserved)?;
                }
                Ok(form.0)
            });
        match form {
            Ok(form) => {
                let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
                self.set_body(Body::Whole(form.into()), content_type);
            }
            Err(reason) => self.reject(format!("the body cannot be written as a form: {reason}")),
        }
        self
    }
}

/// The entries of a form.
struct Form(String);

impl Form {
    fn add(&mut self, name: &str, value: Part, style: Style, reserved: bool) -> Result<(), String> {
        let encode = |text: &str| encoded(text, reserved);
        let value = match (value, style) {
            (Part::One(Value::Null), _) => return Ok(()),
            (value, Style::Json) => Part::One(value.into_json().to_string().into()),
            (value, _) => value,
        };
        match value {
            Part::One(value) => self.entry(name, &encode(&text(&value))),
            Part::List(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                let items = items.map(|item| encode(&text(item)));
                match style {
                    Style::Joined(sign) => self.joined(name, items.collect(), sign)?,
                    _ => items.for_each(|item| self.entry(name, &item)),
                }
            }
            Part::Object(entries) => {
                let entries = entries.iter().filter(|(_, value)| !value.is_null());
                let entries = entries.map(|(key, value)| (key, encode(&text(value))));
                match style {
                    Style::Joined(sign) => {
                        let words = entries.flat_map(|(key, value)| [encode(key), value]);
                        self.joined(name, words.collect(), sign)?;
                    }
                    Style::Deep => entries
                        .for_each(|(key, value)| self.entry(&format!("{name}[{key}]"), &value)),
                    _ => entries.for_each(|(key, value)| self.entry(key, &value)),
                }
            }
        }
        Ok(())
    }

    /// Adds one entry of several words. What parts them is in none of them.
    fn joined(&mut self, name: &str, words: Vec<String>, sign: &str) -> Result<(), String> {
        let words: Vec<String> = match sign {
            "," => words.iter().map(|word| word.replace(',', "%2C")).collect(),
            _ => words,
        };
        if words.iter().any(|word| word.contains(sign)) {
            return Err(format!("an item of `{name}` holds what parts the items"));
        }
        if !words.is_empty() {
            self.entry(name, &words.join(sign));
        }
        Ok(())
    }

    fn entry(&mut self, name: &str, encoded_value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(&encoded(name, false));
        self.0.push('=');
        self.0.push_str(encoded_value);
    }
}

fn encoded(text: &str, reserved: bool) -> String {
    let signs = if reserved { RESERVED } else { path::ENCODED };
    utf8_percent_encode(text, signs).to_string()
}

/// A value as text: what is made of several values as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value of a property, taken apart as far as styles reach. Its entries keep their order.
enum Part {
    One(Value),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Part {
    fn into_json(self) -> Value {
        match self {
            Part::One(value) => value,
            Part::List(items) => Value::Array(items),
            Part::Object(entries) => Value::Object(entries.into_iter().collect()),
        }
    }
}

/// The properties of an object, in their order.
struct Properties(Vec<(String, Part)>);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Properties;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Properties, A::Error> {
                entries(map).map(Properties)
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Part;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Part, E> {
                Ok(Part::One(Value::Null))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Part, E> {
                Ok(Part::One(value.into()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Part, E> {
                Ok(Part::One(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Part, E> {
                Ok(Part::One(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Part, E> {
                Ok(Part::One(value.into()))
            }

            fn visit_str<E>(self, value: &str) -> Result<Part, E> {
                Ok(Part::One(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Part, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Part::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
                entries(map).map(Part::Object)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

fn entries<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
) -> Result<Vec<(String, T)>, A::Error> {
    let mut entries = Vec::new();
    while let Some(entry) = map.next_entry()? {
        entries.push(entry);
    }
    Ok(entries)
}
