//! The header `Link` (RFC 8288).

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with this relation, or `None` if no link has it.
///
/// # Errors
///
/// If a header is not a list of links.
pub(super) fn target(headers: &HeaderMap, relation: &str) -> Result<Option<String>, String> {
    for value in headers.get_all(LINK) {
        let text = String::from_utf8_lossy(value.as_bytes());
        let found = in_text(&text, relation);
        if let Some(target) = found.ok_or("the header `Link` is not a list of links")? {
            return Ok(Some(target.to_owned()));
        }
    }
    Ok(None)
}

/// Returns the target of the first link with this relation. `None` if the text is not a list of links.
fn in_text<'t>(text: &'t str, relation: &str) -> Option<Option<&'t str>> {
    let separators = |c: char| c == ',' || c.is_ascii_whitespace();
    let mut rest = text.trim_start_matches(separators);
    while !rest.is_empty() {
        let (target, parameters) = rest.strip_prefix('<')?.split_once('>')?;
        let mut relations = None;
        let mut is_of_other_page = false;
        rest = parameters.trim_ascii_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let (name, value, after) = parameter_of(parameter.trim_ascii_start())?;
            // Only the first `rel` counts.
            if name.eq_ignore_ascii_case("rel") {
                relations.get_or_insert(value);
            }
            is_of_other_page |= name.eq_ignore_ascii_case("anchor");
            rest = after.trim_ascii_start();
        }
        let relations = relations.unwrap_or_default();
        let mut relations = relations.split_ascii_whitespace();
        if !is_of_other_page && relations.any(|other| other.eq_ignore_ascii_case(relation)) {
            return Some(Some(target.trim_ascii()));
        }
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
        rest = rest.trim_start_matches(separators);
    }
    Some(None)
}

/// Returns the name and the value of the first parameter, and what follows. `None` if a string does not end.
fn parameter_of(text: &str) -> Option<(&str, String, &str)> {
    let end = |text: &str| text.find([';', ',']).unwrap_or(text.len());
    let name = &text[..end(text).min(text.find('=').unwrap_or(text.len()))];
    let after = &text[name.len()..];
    let Some(value) = after.strip_prefix('=') else {
        return Some((name.trim_ascii(), String::new(), after));
    };
    let value = value.trim_ascii_start();
    let Some(quoted) = value.strip_prefix('"') else {
        let (value, after) = value.split_at(end(value));
        return Some((name.trim_ascii(), value.trim_ascii().to_owned(), after));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((name.trim_ascii(), value, &quoted[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}
