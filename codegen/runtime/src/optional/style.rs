//! The styles of parameters and of form properties (OpenAPI 3.0.4, appendix C). What a style does not define, a
//! list or an object within another one, is JSON.

#![allow(
    dead_code,
    reason = "which styles a client needs depends on its description"
)]

use serde::Serialize;

use super::json_parts::{Value, text_of};

/// Name and style of a parameter or of a form property.
pub struct Parameter<'n> {
    name: &'n str,
    style: Style,
    explode: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
    /// JSON without the name.
    Json,
    /// JSON after the name.
    NamedJson,
    /// As `Form`, but an object is JSON.
    Property,
}

macro_rules! styles {
    ($($function:ident = $style:ident: $docs:literal)*) => {
        $(
            #[doc = $docs]
            pub const fn $function(name: &str) -> Parameter<'_> {
                Parameter { name, style: Style::$style, explode: false }
            }
        )*
    };
}

styles! {
    simple = Simple: "`blue,black,brown`"
    label = Label: "`.blue.black.brown`"
    matrix = Matrix: "`;color=blue,black,brown`"
    form = Form: "`color=blue,black,brown`"
    space_delimited = SpaceDelimited: "`color=blue%20black%20brown`"
    pipe_delimited = PipeDelimited: "`color=blue%7Cblack%7Cbrown`"
    deep_object = DeepObject: "`color%5BR%5D=100&color%5BG%5D=200`, and `colors%5B0%5D%5BR%5D=100` for an object in a list"
    cookie = Cookie: "`color=blue,black,brown`, in a cookie"
    property = Property: "`color=blue&color=black`, and `color={\"R\":100}`"
    json = Json: "`[\"blue\",\"black\",\"brown\"]`"
    named_json = NamedJson: "`color=[\"blue\",\"black\",\"brown\"]`"
}

impl Parameter<'_> {
    /// Sets `explode`: separate texts for the items of a list and the properties of an object.
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    pub fn name(&self) -> &str {
        self.name
    }

    /// Whether a comma may separate texts.
    pub fn is_joined(&self) -> bool {
        !self.explode && self.style != Style::DeepObject
    }

    pub fn is_json(&self) -> bool {
        matches!(self.style, Style::Json | Style::NamedJson)
    }

    /// Returns the text of a value, or `None` for null, an empty list and an empty object.
    pub fn text(
        &self,
        value: &impl Serialize,
        encode: Encode<'_>,
    ) -> Result<Option<String>, String> {
        self.text_of_named(value, encode, encode)
    }

    /// Returns the text of a value, with an encoding of its own for the name, and for keys in the role of names.
    pub fn text_of_named(
        &self,
        value: &impl Serialize,
        encode: Encode<'_>,
        encode_name: Encode<'_>,
    ) -> Result<Option<String>, String> {
        let json = serde_json::to_string(value);
        let json = json.map_err(|error| self.failed(&error.to_string()))?;
        self.text_of_json(&json, encode, encode_name)
    }

    /// Returns the text of a value that is JSON without white space.
    pub fn text_of_json(
        &self,
        json: &str,
        encode: Encode<'_>,
        encode_name: Encode<'_>,
    ) -> Result<Option<String>, String> {
        let named = !matches!(self.style, Style::Simple | Style::Label | Style::Json);
        let name = match named {
            true => encode_name(self.name),
            false => String::new(),
        };
        let (first, between, joint) = self.delimiters();
        let member = |text: &String| self.member(text, joint, encode);
        let pair = |text: &String| match named {
            true => self.pair(&name, &encode(text)),
            false => encode(text),
        };
        let texts: Vec<String> = match (self.style, Value::of(json)) {
            (_, Value::Null) => return Ok(None),
            (Style::Json | Style::NamedJson, _) => vec![pair(&json.to_owned())],
            (Style::Property, Value::Object(_)) => vec![pair(&json.to_owned())],
            (Style::DeepObject, value) => {
                let mut pairs = Vec::new();
                self.add_deep(&name, value, encode, encode_name, &mut pairs)?;
                pairs
            }
            (_, Value::One(text)) => vec![pair(&text)],
            (_, Value::List(items)) => {
                let items: Vec<String> = items.into_iter().filter_map(text_of).collect();
                match self.explode {
                    _ if items.is_empty() => return Ok(None),
                    true if named => items.iter().map(pair).collect(),
                    true => items.iter().map(member).collect::<Result<_, _>>()?,
                    false => vec![self.joined(&name, items.iter().map(member), joint)?],
                }
            }
            (_, Value::Object(properties)) => {
                let properties = properties.into_iter();
                let properties = properties.filter_map(|(key, json)| Some((key, text_of(json)?)));
                let properties: Vec<(String, String)> = properties.collect();
                match (self.explode, between) {
                    _ if properties.is_empty() => return Ok(None),
                    (true, "," | ".") => properties
                        .iter()
                        .map(|(key, value)| Ok(self.pair(&member(key)?, &member(value)?)))
                        .collect::<Result<_, String>>()?,
                    (true, _) => properties
                        .iter()
                        .map(|(key, value)| self.pair(&encode_name(key), &encode(value)))
                        .collect(),
                    (false, _) => {
                        let texts = properties.iter().flat_map(|(key, value)| [key, value]);
                        vec![self.joined(&name, texts.map(member), joint)?]
                    }
                }
            }
        };
        let text = format!("{first}{}", texts.join(between));
        Ok((!texts.is_empty()).then_some(text))
    }

    /// Adds a pair for each value within a value, at any depth. A list has indices as keys, as in the npm
    /// package `qs`.
    fn add_deep(
        &self,
        name: &str,
        value: Value<'_>,
        encode: Encode<'_>,
        encode_name: Encode<'_>,
        pairs: &mut Vec<String>,
    ) -> Result<(), String> {
        let members: Vec<(String, Value<'_>)> = match value {
            Value::Null => return Ok(()),
            Value::One(text) => {
                pairs.push(self.pair(name, &encode(&text)));
                return Ok(());
            }
            Value::List(items) => {
                let items = items.into_iter().filter(|json| *json != "null");
                let items = items.enumerate();
                items
                    .map(|(index, json)| (index.to_string(), Value::of(json)))
                    .collect()
            }
            Value::Object(properties) => {
                let properties = properties.into_iter();
                properties
                    .map(|(key, json)| (key, Value::of(json)))
                    .collect()
            }
        };
        for (key, value) in members {
            // Encoded or not, a bracket ends the key.
            if key.contains(['[', ']']) {
                return Err(self.failed("a key contains a bracket"));
            }
            let name = format!("{name}%5B{}%5D", encode_name(&key));
            self.add_deep(&name, value, encode, encode_name, pairs)?;
        }
        Ok(())
    }

    /// Returns the prefix, the separator of exploded texts, and the separator of other texts. Separators that no
    /// URL may contain are percent-encoded.
    fn delimiters(&self) -> (&'static str, &'static str, &'static str) {
        match self.style {
            Style::Simple | Style::Json => ("", ",", ","),
            Style::Label => (".", ".", "."),
            Style::Matrix => (";", ";", ","),
            Style::Form | Style::DeepObject | Style::NamedJson | Style::Property => ("", "&", ","),
            Style::SpaceDelimited => ("", "&", "%20"),
            Style::PipeDelimited => ("", "&", "%7C"),
            Style::Cookie => ("", "; ", ","),
        }
    }

    /// Encodes an item of a joined list. It must not contain the separator.
    fn member(&self, text: &str, joint: &str, encode: Encode<'_>) -> Result<String, String> {
        let encoded = encode(text);
        match joint {
            // `encode` leaves a dot, but it may be encoded.
            "." => Ok(encoded.replace('.', "%2E")),
            joint if encoded.contains(joint) => {
                Err(self.failed("an item contains the separator of the items"))
            }
            _ => Ok(encoded),
        }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        match self.style {
            Style::Matrix if value.is_empty() => name.to_owned(),
            _ => format!("{name}={value}"),
        }
    }

    fn joined(
        &self,
        name: &str,
        members: impl Iterator<Item = Result<String, String>>,
        joint: &str,
    ) -> Result<String, String> {
        let text = members.collect::<Result<Vec<_>, _>>()?.join(joint);
        Ok(match self.style {
            Style::Simple | Style::Label => text,
            _ => self.pair(name, &text),
        })
    }

    fn failed(&self, reason: &str) -> String {
        format!("`{}` does not serialize: {reason}", self.name)
    }
}

/// Percent-encodes a text.
type Encode<'e> = &'e dyn Fn(&str) -> String;
