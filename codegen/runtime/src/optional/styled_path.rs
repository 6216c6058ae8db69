//! Path parameters of a style.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::style::Parameter;
use crate::runtime::path::{self, ENCODED};
use crate::runtime::{Client, Operation, Request, request};

impl Parameter {
    /// Returns the encoded text for a path.
    pub(crate) fn in_path(&self, value: &impl Serialize) -> Result<String, String> {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        match self.text(value, &encode)? {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(format!(
                "the path parameter `{}` is empty; it needs a value",
                self.name()
            )),
        }
    }
}

/// Starts a request of an operation, with encoded texts for its path parameters.
pub fn styled(
    client: &Client,
    operation: &'static Operation,
    texts: &[Result<String, String>],
) -> Request {
    let mut built = request(client, operation, &[]);
    match fill(operation, texts) {
        Ok(path) => built.path = Cow::Owned(path),
        Err(reason) => built.reject(reason),
    }
    built
}

fn fill(operation: &Operation, texts: &[Result<String, String>]) -> Result<String, String> {
    let mut path = String::new();
    let mut rest = operation.path;
    for (parameter, text) in operation.path_parameters.iter().zip(texts) {
        let text = text.as_ref().map_err(Clone::clone)?;
        path::check(parameter, text)?;
        let Some((literal, after)) = rest.split_once('{') else {
            break;
        };
        path.push_str(literal);
        path.push_str(text);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    path.push_str(rest);
    match path::has_dot_segments(&path) {
        true => Err(
            "a path parameter makes a segment `.` or `..`, which is a relative path segment; use another value"
                .to_owned(),
        ),
        false => Ok(path),
    }
}
