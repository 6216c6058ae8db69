//! Splits JSON text into its items or properties.

/// A JSON value whose items or properties are still JSON. It keeps the order of properties and all digits of
/// numbers.
pub enum Value<'j> {
    Null,
    One(String),
    List(Vec<&'j str>),
    Object(Vec<(String, &'j str)>),
}

impl<'j> Value<'j> {
    /// Parses JSON without white space.
    pub fn of(json: &'j str) -> Self {
        let inner = |open, close| json.strip_prefix(open)?.strip_suffix(close);
        if let Some(items) = inner('[', ']') {
            return Value::List(members(items).collect());
        }
        if let Some(properties) = inner('{', '}') {
            let properties = members(properties).filter_map(|member| {
                let (key, value) = member.split_once(separator(':'))?;
                Some((text_of(key)?, value))
            });
            return Value::Object(properties.collect());
        }
        text_of(json).map_or(Value::Null, Value::One)
    }
}

/// Returns the members of a list or an object, without its brackets.
fn members(json: &str) -> impl Iterator<Item = &str> {
    json.split(separator(',')).filter(|text| !text.is_empty())
}

/// Returns a pattern that matches a character outside strings, lists and objects.
fn separator(sign: char) -> impl FnMut(char) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    move |character| {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => return depth == 0 && character == sign,
        }
        false
    }
}

/// Returns the text of a string, or the JSON of any other value; `None` for null.
pub fn text_of(json: &str) -> Option<String> {
    match json {
        "null" => None,
        _ if json.starts_with('"') => serde_json::from_str(json).ok(),
        _ => Some(json.to_owned()),
    }
}
