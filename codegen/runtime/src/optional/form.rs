//! Bodies of the type `application/x-www-form-urlencoded`.

use http::HeaderValue;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;

use super::json_parts::Value;
use super::reserved::RESERVED;
use super::style::{self, Parameter};
use crate::runtime::Request;
use crate::runtime::path::ENCODED;
use crate::runtime::prepared::Body;

/// In a comma-joined list, a comma inside an item is percent-encoded.
const IN_LIST: &AsciiSet = &RESERVED.add(b',');

/// Name and style of a property, and whether reserved characters are not encoded.
pub type Property = (Parameter<'static>, bool);

impl Request {
    /// Sets the body to a form with an entry for each property of an object. A list has an entry for each item, an
    /// object is JSON, and null has none.
    pub fn form(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.styled_form(body, &[])
    }

    /// Sets the body to a form, with styles for some of the properties.
    pub(crate) fn styled_form(
        mut self,
        body: &(impl Serialize + ?Sized),
        properties: &[Property],
    ) -> Self {
        let json = serde_json::to_string(body);
        let json = json.map_err(|error| format!("the form does not serialize: {error}"));
        match json.and_then(|json| form(&json, properties)) {
            Ok(form) => {
                let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
                self.set_body(Body::Whole(form.into()), content_type);
            }
            Err(reason) => self.reject(reason),
        }
        self
    }
}

fn form(json: &str, properties: &[Property]) -> Result<String, String> {
    let Value::Object(entries) = Value::of(json) else {
        return Err("the form is not an object".to_owned());
    };
    let mut texts = Vec::new();
    for (name, value) in entries {
        let known = properties.iter().find(|(known, _)| known.name() == name);
        let default = (style::property(&name).exploded(), false);
        let (property, is_reserved) = known.unwrap_or(&default);
        let set = match (is_reserved, property.is_joined()) {
            (false, _) => ENCODED,
            (true, false) => RESERVED,
            (true, true) => IN_LIST,
        };
        let encode = |text: &str| utf8_percent_encode(text, set).to_string();
        let encode_name = |name: &str| utf8_percent_encode(name, ENCODED).to_string();
        texts.extend(property.text_of_json(value, &encode, &encode_name)?);
    }
    Ok(texts.join("&"))
}
