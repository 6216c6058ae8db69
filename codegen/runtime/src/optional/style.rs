//! Parameters that are more than one text, in the styles of OpenAPI 3.0.3.

#![allow(
    dead_code,
    reason = "which styles a client needs depends on its description"
)]

use serde::Serialize;

/// A parameter, and how its value becomes text.
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
    /// JSON, by itself.
    Json,
    /// JSON behind a name.
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
    /// Each item of a list, and each property of an object, stands by itself.
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

    /// The text of a value, or nothing: null, and a list or an object that is empty, have no text.
    pub fn text(
        &self,
        value: &impl Serialize,
        encode: &dyn Fn(&str) -> String,
    ) -> Result<Option<String>, String> {
        self.text_of_named(value, encode, encode)
    }

    /// The text of a value, where the name, and a key that stands as one, are encoded in another way.
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
            _ => read(&json).ok_or_else(|| self.refused("lists and objects in it have no text"))?,
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

    /// What begins the text, what stands between what is exploded, and what between the rest.
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

    /// An item that stands beside others, in which there can be nothing that looks like what parts
    /// them.
    fn member(
        &self,
        text: &str,
        joint: &str,
        encode: &dyn Fn(&str) -> String,
    ) -> Result<String, String> {
        let encoded = encode(text);
        match joint {
            // This one is never encoded, but may be.
            "." => Ok(encoded.replace('.', "%2E")),
            joint if encoded.contains(joint) => {
                Err(self.refused("an item holds what parts the items"))
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
        format!("the parameter `{}` cannot be written: {reason}", self.name)
    }
}

/// A value that has a text.
enum Value {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// Reads a value of JSON text, as this keeps the order of properties and each digit of a number.
/// Nulls in a list or an object are left out. Lists and objects within others are none of these.
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

/// The texts between commas and colons.
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
