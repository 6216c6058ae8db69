//! Fills a path template. Each parameter stays one path segment, whatever its value.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::operation::PathParameter;

/// All characters but the unreserved ones of RFC 3986. The reserved ones are encoded too, so that no URL
/// library interprets `/`, `?`, `\` or a tab.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Replaces each `{name}` of `template` by the value of the same index in `values`.
pub(crate) fn fill<'t>(
    template: &'t str,
    parameters: &[PathParameter],
    values: &[&str],
) -> Result<Cow<'t, str>, String> {
    if parameters.is_empty() {
        return Ok(Cow::Borrowed(template));
    }
    for (index, parameter) in parameters.iter().enumerate() {
        if let Some(value) = values.get(index) {
            check(parameter, value)?;
        }
    }
    let add = |path: &mut String, index: usize| {
        let value = values.get(index).copied().unwrap_or_default();
        path.extend(utf8_percent_encode(value, ENCODED));
    };
    Ok(Cow::Owned(fill_with(template, parameters, add)))
}

/// Replaces each `{name}` of `template` by what `add` adds for the parameter of that index.
pub(crate) fn fill_with(
    template: &str,
    parameters: &[PathParameter],
    add: impl Fn(&mut String, usize),
) -> String {
    let mut path = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((literal, (name, after))) = next_parameter(rest) {
        path.push_str(literal);
        if let Some(index) = parameters.iter().position(|it| it.name == name) {
            add(&mut path, index);
        }
        rest = after;
    }
    path.push_str(rest);
    path
}

/// Returns what precedes the first `{name}`, the name, and what follows.
fn next_parameter(template: &str) -> Option<(&str, (&str, &str))> {
    let (literal, rest) = template.split_once('{')?;
    Some((literal, rest.split_once('}')?))
}

pub(crate) fn check(parameter: &PathParameter, value: &str) -> Result<(), String> {
    let name = parameter.name;
    if value.is_empty() {
        return Err(format!(
            "the path parameter `{name}` is empty; it needs a value"
        ));
    }
    // URL libraries resolve these, even percent-encoded, to another path.
    if value == "." || value == ".." {
        return Err(format!(
            "the path parameter `{name}` is `{value}`, which is a relative path segment; use another value"
        ));
    }
    for refused in parameter.reserved {
        if value.eq_ignore_ascii_case(refused) {
            return Err(format!(
                "the path parameter `{name}` is `{value}`, which is another route of the API; use another value"
            ));
        }
    }
    Ok(())
}

/// Checks a whole path of the caller.
pub(crate) fn literal(path: &str) -> Result<(), String> {
    if !path.starts_with('/') {
        return Err("the path does not start with `/`".to_owned());
    }
    // URL libraries encode or remove other characters, or start a query.
    for byte in path.bytes() {
        if !byte.is_ascii_alphanumeric() && !b"-._~!$&'()*+,;=:@/%".contains(&byte) {
            return Err(format!(
                "the path contains `{}`; percent-encode it, and set a query with `query`",
                char::from(byte).escape_debug()
            ));
        }
    }
    if has_dot_segments(path) {
        return Err("the path has a segment `.` or `..`; remove it".to_owned());
    }
    Ok(())
}

/// Whether a segment is `.` or `..`. URL libraries resolve these, even percent-encoded.
pub(crate) fn has_dot_segments(path: &str) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".");
    for segment in path.split('/') {
        if segment == "." || segment == ".." {
            return true;
        }
    }
    false
}
