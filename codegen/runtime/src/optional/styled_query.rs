//! Query parameters of a style.

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::style::Parameter;
use crate::runtime::Request;
use crate::runtime::path::ENCODED;

impl Request {
    /// Adds a query parameter.
    pub(crate) fn styled_query(mut self, parameter: Parameter, value: &impl Serialize) -> Self {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        match parameter.text(value, &encode) {
            Ok(None) => {}
            Ok(Some(pairs)) => self.add_query(&pairs),
            Err(reason) => self.reject(reason),
        }
        self
    }
}
