//! Cookie parameters of a style.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::style::Parameter;
use crate::runtime::Request;

/// Characters that are not allowed in a cookie, and the percent sign, which many servers decode.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

impl Request {
    /// Adds the cookies of a parameter.
    pub(crate) fn styled_cookie(mut self, parameter: Parameter, value: &impl Serialize) -> Self {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        match parameter.text(value, &encode) {
            Ok(None) => {}
            Ok(Some(pairs)) => self.add_cookies(&pairs),
            Err(reason) => self.reject(reason),
        }
        self
    }
}
