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
    let mut path = String::with_capacity(
        template.len() + values.iter().map(|value| value.len()).sum::<usize>(),
    );
    let mut rest = template;
    for (parameter, value) in parameters.iter().zip(values) {
        check(parameter, value)?;
        let Some((literal, after)) = rest.split_once('{') else {
            break;
        };
        path.push_str(literal);
        path.extend(utf8_percent_encode(value, ENCODED));
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    path.push_str(rest);
    Ok(Cow::Owned(path))
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
    if parameter
        .reserved
        .iter()
        .any(|refused| value.eq_ignore_ascii_case(refused))
    {
        return Err(format!(
            "the path parameter `{name}` is `{value}`, which is another route of the API; use another value"
        ));
    }
    Ok(())
}

/// Checks a whole path of the caller.
pub(crate) fn literal(path: &str) -> Result<(), String> {
    if !path.starts_with('/') {
        return Err("the path does not start with `/`".to_owned());
    }
    // URL libraries encode or remove other characters, or start a query.
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    if let Some(bad) = path.bytes().find(|byte| !allowed(*byte)) {
        return Err(format!(
            "the path contains `{}`; percent-encode it, and set a query with `query`",
            char::from(bad).escape_debug()
        ));
    }
    if has_dot_segments(path) {
        return Err("the path has a segment `.` or `..`; remove it".to_owned());
    }
    Ok(())
}

/// Whether a segment is `.` or `..`. URL libraries resolve these, even percent-encoded.
pub(crate) fn has_dot_segments(path: &str) -> bool {
    let is_dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    path.split('/').any(is_dots)
}
