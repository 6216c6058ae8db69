//! The parameter styles of OpenAPI 3.0.3.

#![allow(
    dead_code,
    reason = "which styles a client needs depends on its description"
)]

use serde::Serialize;

/// Name and style of a parameter.
pub struct Parameter {
    name: &'static str,
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
}

macro_rules! styles {
    ($($function:ident = $style:ident: $docs:literal)*) => {
        $(
            #[doc = $docs]
            pub const fn $function(name: &'static str) -> Parameter {
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
    pipe_delimited = PipeDelimited: "`color=blue|black|brown`"
    deep_object = DeepObject: "`color[R]=100&color[G]=200&color[B]=150`"
    cookie = Cookie: "`color=blue,black,brown`, in a cookie"
    json = Json: "`[\"blue\",\"black\",\"brown\"]`"
    named_json = NamedJson: "`color=[\"blue\",\"black\",\"brown\"]`"
}

impl Parameter {
    /// Sets `explode`: separate texts for the items of a list and the properties of an object.
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn is_exploded(&self) -> bool {
        self.explode
    }

    pub fn is_json(&self) -> bool {
        matches!(self.style, Style::Json | Style::NamedJson)
    }

    /// Returns the text of a value, or `None` for null, an empty list and an empty object.
    pub fn text(
        &self,
        value: &impl Serialize,
        encode: &dyn Fn(&str) -> String,
    ) -> Result<Option<String>, String> {
        self.text_of_named(value, encode, encode)
    }

    /// Returns the text of a value, with an encoding of its own for the name, and for keys in the role of names.
    pub fn text_of_named(
        &self,
        value: &impl Serialize,
        encode: &dyn Fn(&str) -> String,
        encode_name: &dyn Fn(&str) -> String,
    ) -> Result<Option<String>, String> {
        let json = serde_json::to_string(value);
        let json = json.map_err(|error| self.refused(&error.to_string()))?;
        let value = match self.style {
            _ if json == "null" => return Ok(None),
            Style::Json => return Ok(Some(encode(&json))),
            Style::NamedJson => Value::One(json),
            _ => read(&json)
                .ok_or_else(|| self.refused("a nested list or object has no text in this style"))?,
        };
        let named = !matches!(self.style, Style::Simple | Style::Label);
        let name = if named {
            encode_name(self.name)
        } else {
            String::new()
        };
        let (first, between, joint) = self.delimiters();
        let member = |text: &String| self.member(text, joint, encode);
        let texts: Vec<String> = match value {
            Value::One(text) if named => vec![self.pair(&name, &encode(&text))],
            Value::One(text) => vec![encode(&text)],
            Value::List(items) if items.is_empty() => return Ok(None),
            Value::Object(properties) if properties.is_empty() => return Ok(None),
            Value::List(items) if self.explode => items
                .iter()
                .map(|item| match named {
                    true => Ok(self.pair(&name, &encode(item))),
                    false => member(item),
                })
                .collect::<Result<_, _>>()?,
            Value::List(items) => {
                let items: Result<Vec<String>, String> = items.iter().map(member).collect();
                vec![self.joined(&name, &items?, joint)]
            }
            Value::Object(properties) if self.style == Style::DeepObject => properties
                .iter()
                .map(|(key, value)| format!("{name}[{}]={}", encode_name(key), encode(value)))
                .collect(),
            Value::Object(properties) if self.explode => properties
                .iter()
                .map(|(key, value)| match between {
                    "," | "." => Ok(self.pair(&member(key)?, &member(value)?)),
                    _ => Ok(self.pair(&encode_name(key), &encode(value))),
                })
                .collect::<Result<_, String>>()?,
            Value::Object(properties) => {
                let texts = properties.iter().flat_map(|(key, value)| [key, value]);
                let texts: Result<Vec<String>, String> = texts.map(member).collect();
                vec![self.joined(&name, &texts?, joint)]
            }
        };
        Ok(Some(format!("{first}{}", texts.join(between))))
    }

    /// Returns the prefix, the separator of exploded texts, and the separator of other texts.
    fn delimiters(&self) -> (&'static str, &'static str, &'static str) {
        match self.style {
            Style::Simple | Style::Json => ("", ",", ","),
            Style::Label => (".", ".", "."),
            Style::Matrix => (";", ";", ","),
            Style::Form | Style::DeepObject | Style::NamedJson => ("", "&", ","),
            Style::SpaceDelimited => ("", "&", "%20"),
            Style::PipeDelimited => ("", "&", "|"),
            Style::Cookie => ("", "; ", ","),
        }
    }

    /// Encodes an item of a joined list. It must not contain the separator.
    fn member(
        &self,
        text: &str,
        joint: &str,
        encode: &dyn Fn(&str) -> String,
    ) -> Result<String, String> {
        let encoded = encode(text);
        match joint {
            // `encode` leaves a dot, but it may be encoded.
            "." => Ok(encoded.replace('.', "%2E")),
            joint if encoded.contains(joint) => {
                Err(self.refused("an item contains the separator of the items"))
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

    fn joined(&self, name: &str, members: &[String], joint: &str) -> String {
        let text = members.join(joint);
        match self.style {
            Style::Simple | Style::Label => text,
            _ => self.pair(name, &text),
        }
    }

    fn refused(&self, reason: &str) -> String {
        format!("the parameter `{}` does not serialize: {reason}", self.name)
    }
}

/// A value that a style can serialize.
enum Value {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// Parses a value from JSON text, which keeps the order of properties and all digits of numbers. Nulls in a list
/// or an object are dropped. `None` for nested lists and objects.
fn read(json: &str) -> Option<Value> {
    let inner = |open, close| json.strip_prefix(open)?.strip_suffix(close);
    if let Some(items) = inner('[', ']') {
        return Some(Value::List(scalars(items)?.into_iter().flatten().collect()));
    }
    let Some(properties) = inner('{', '}') else {
        return scalar(json)?.map(Value::One);
    };
    let mut texts = scalars(properties)?.into_iter();
    let mut properties = Vec::new();
    while let (Some(key), Some(value)) = (texts.next(), texts.next()) {
        properties.extend(key.zip(value));
    }
    Some(Value::Object(properties))
}

/// Splits at commas and colons, and parses each text.
fn scalars(json: &str) -> Option<Vec<Option<String>>> {
    let (mut quoted, mut escaped) = (false, false);
    let is_sign = |character: char| {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ',' | ':' => return !quoted,
            _ => {}
        }
        false
    };
    let texts = json.split(is_sign).filter(|text| !text.is_empty());
    texts.map(scalar).collect()
}

fn scalar(json: &str) -> Option<Option<String>> {
    match json.chars().next()? {
        '[' | '{' => None,
        '"' => serde_json::from_str(json).ok().map(Some),
        _ if json == "null" => Some(None),
        _ => Some(Some(json.to_owned())),
    }
}
