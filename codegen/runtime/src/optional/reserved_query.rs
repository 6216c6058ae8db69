//! Query parameters with `allowReserved`.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;

use super::reserved::RESERVED;
use super::style::Parameter;
use crate::runtime::Request;
use crate::runtime::path::ENCODED;

/// In a query, an equals sign in a value has no meaning.
const IN_QUERY: &AsciiSet = &RESERVED.remove(b'=');

/// In a comma-joined list, a comma inside an item is percent-encoded.
const IN_LIST: &AsciiSet = &IN_QUERY.add(b',');

impl Request {
    /// Adds a query parameter.
    pub(crate) fn reserved_query(mut self, parameter: Parameter, value: &impl Serialize) -> Self {
        let set = match parameter.is_joined() {
            true => IN_LIST,
            false => IN_QUERY,
        };
        let encode = |text: &str| utf8_percent_encode(text, set).to_string();
        // In a name, reserved characters would end it or look like the key of an object.
        let encode_name = |name: &str| utf8_percent_encode(name, ENCODED).to_string();
        match parameter.text_of_named(value, &encode, &encode_name) {
            Ok(None) => {}
            Ok(Some(pairs)) => self.add_query(&pairs),
            Err(reason) => self.reject(reason),
        }
        self
    }
}
