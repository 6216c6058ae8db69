//! Header parameters of a style.

use serde::Serialize;

use super::style::Parameter;
use crate::runtime::Request;

impl Request {
    /// Sets the header of a parameter. Only JSON is encoded: characters other than ASCII are escaped.
    pub(crate) fn styled_header(mut self, parameter: Parameter, value: &impl Serialize) -> Self {
        let encode = |text: &str| match parameter.is_json() {
            true => escaped(text),
            false => text.to_owned(),
        };
        match parameter.text(value, &encode) {
            Ok(None) => {}
            Ok(Some(text)) => self.set_header(parameter.name(), &text),
            Err(reason) => self.reject(reason),
        }
        self
    }
}

fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            text.push_str(&format!("\\u{unit:04x}"));
        }
    }
    text
}
