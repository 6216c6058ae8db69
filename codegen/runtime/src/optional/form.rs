//! Bodies of the type `application/x-www-form-urlencoded`.

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

/// How a list or an object in a form is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which are used depends on the description")]
pub enum Style {
    /// One entry for each item.
    Exploded,
    /// One entry, whose items are joined by this separator.
    Joined(&'static str),
    /// One entry for each property, with the name `name[property]`.
    Deep,
    /// One entry, as JSON.
    Json,
}

/// Name and style of a property, and whether reserved characters are not encoded.
pub type Property = (&'static str, Style, bool);

impl Request {
    /// Sets the body to a form with an entry for each property of an object. A list has an entry for each item,
    /// an object for each property, and null none.
    pub fn form(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.styled_form(body, &[])
    }

    /// Sets the body to a form, with styles for some of the properties.
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
            Err(reason) => self.reject(format!("the body does not serialize to a form: {reason}")),
        }
        self
    }
}

/// The entries of a form.
struct Form(String);

impl Form {
    fn add(
        &mut self,
        name: &str,
        value: FormValue,
        style: Style,
        reserved: bool,
    ) -> Result<(), String> {
        let encode = |text: &str| encoded(text, reserved);
        let value = match (value, style) {
            (FormValue::One(Value::Null), _) => return Ok(()),
            (value, Style::Json) => FormValue::One(value.into_json().to_string().into()),
            (value, _) => value,
        };
        match value {
            FormValue::One(value) => self.entry(name, &encode(&text(&value))),
            FormValue::List(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                let items = items.map(|item| encode(&text(item)));
                match style {
                    Style::Joined(sign) => self.joined(name, items.collect(), sign)?,
                    _ => items.for_each(|item| self.entry(name, &item)),
                }
            }
            FormValue::Object(entries) => {
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

    /// Adds one entry of several items. No item may contain the separator.
    fn joined(&mut self, name: &str, words: Vec<String>, sign: &str) -> Result<(), String> {
        let words: Vec<String> = match sign {
            "," => words.iter().map(|word| word.replace(',', "%2C")).collect(),
            _ => words,
        };
        if words.iter().any(|word| word.contains(sign)) {
            return Err(format!(
                "an item of `{name}` contains the separator of the items"
            ));
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

/// Returns a value as text: a list or an object as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value of a property, as deep as styles need. Entries keep their order.
enum FormValue {
    One(Value),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl FormValue {
    fn into_json(self) -> Value {
        match self {
            FormValue::One(value) => value,
            FormValue::List(items) => Value::Array(items),
            FormValue::Object(entries) => Value::Object(entries.into_iter().collect()),
        }
    }
}

/// The properties of an object, in order.
struct Properties(Vec<(String, FormValue)>);

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

impl<'de> Deserialize<'de> for FormValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = FormValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<FormValue, E> {
                Ok(FormValue::One(Value::Null))
            }

            fn visit_bool<E>(self, value: bool) -> Result<FormValue, E> {
                Ok(FormValue::One(value.into()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<FormValue, E> {
                Ok(FormValue::One(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<FormValue, E> {
                Ok(FormValue::One(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<FormValue, E> {
                Ok(FormValue::One(value.into()))
            }

            fn visit_str<E>(self, value: &str) -> Result<FormValue, E> {
                Ok(FormValue::One(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FormValue, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(FormValue::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FormValue, A::Error> {
                entries(map).map(FormValue::Object)
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
