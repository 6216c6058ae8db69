//! Path parameters of a style.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::style::Parameter;
use crate::runtime::path::{self, ENCODED};
use crate::runtime::{Client, Operation, Request, request};

impl Parameter<'_> {
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
        Ok(path) => built.set_path(Cow::Owned(path)),
        Err(reason) => built.reject(reason),
    }
    built
}

fn fill(operation: &Operation, texts: &[Result<String, String>]) -> Result<String, String> {
    for (parameter, text) in operation.path_parameters.iter().zip(texts) {
        path::check(parameter, text.as_ref().map_err(Clone::clone)?)?;
    }
    let add = |path: &mut String, index: usize| {
        if let Some(Ok(text)) = texts.get(index) {
            path.push_str(text);
        }
    };
    let path = path::fill_with(operation.path, operation.path_parameters, add);
    match path::has_dot_segments(&path) {
        true => Err(
            "a path parameter makes a segment `.` or `..`, which is a relative path segment; use another value"
                .to_owned(),
        ),
        false => Ok(path),
    }
}
