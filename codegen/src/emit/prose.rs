//! Prose of the description, made safe for rustdoc: none of it is compiled or run.

use std::borrow::Cow;

/// Converts CommonMark of the description to lines for rustdoc. They contain no links to Rust items,
/// no HTML, and no code blocks that rustdoc would compile as tests.
pub(super) fn prose(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<Fence> = None;
    for line in text.trim().lines() {
        let line = visible(line.trim_end());
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if let Some(open) = &fence {
            let content = line.get(indent.min(open.indent)..).unwrap_or_default();
            if trimmed.starts_with(&open.mark) && trimmed.trim_start_matches(open.sign()).is_empty()
            {
                lines.push(format!("{}{}", open.margin, open.mark));
                fence = None;
            } else {
                lines.push(format!("{}{content}", open.margin).trim_end().to_owned());
            }
            continue;
        }
        // Four spaces would begin a code block.
        let margin = " ".repeat(indent.min(if in_list(&lines) { 5 } else { 3 }));
        let (markers, content) = markers(trimmed);
        match fence_mark(content) {
            Some(mark) => {
                // Some markers are none in the middle of a paragraph.
                if !markers.is_empty() && lines.last().is_some_and(|line| !line.is_empty()) {
                    lines.push(String::new());
                }
                lines.push(format!("{margin}{markers}{mark}text"));
                fence = Some(Fence {
                    mark: mark.to_owned(),
                    indent: indent + (trimmed.len() - content.len()),
                    margin: margin + &" ".repeat(markers.len()),
                });
            }
            None => lines.push(format!("{margin}{markers}{}", escaped(content))),
        }
    }
    if let Some(open) = fence {
        lines.push(format!("{}{}", open.margin, open.mark));
    }
    lines
}

/// Splits a line into its list markers, each followed by one space, and the rest.
/// More than four spaces after a marker would begin a code block.
fn markers(line: &str) -> (String, &str) {
    let mut markers = String::new();
    let mut rest = line;
    while let Some(marker) = marker(rest) {
        let content = rest[marker.len()..].trim_start();
        if content.is_empty() {
            break;
        }
        markers.extend([marker, " "]);
        rest = content;
    }
    (markers, rest)
}

/// Returns the list marker at the start of a line.
fn marker(line: &str) -> Option<&str> {
    let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let signs: &[char] = if number > 0 {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    let rest = line[number..].strip_prefix(signs)?;
    rest.starts_with(' ').then(|| &line[..number + 1])
}

/// A code block that is not closed yet.
struct Fence {
    mark: String,
    /// Indentation in the description.
    indent: usize,
    /// Indentation in the documentation.
    margin: String,
}

impl Fence {
    fn sign(&self) -> char {
        if self.mark.starts_with('~') { '~' } else { '`' }
    }
}

/// Returns the fence that opens a code block on this line. Backticks that are closed on the same line
/// are inline code.
fn fence_mark(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(sign);
    let mark = &line[..line.len() - rest.len()];
    (mark.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(mark)
}

/// Replaces tabs by spaces and removes invisible characters.
fn visible(line: &str) -> Cow<'_, str> {
    if !line.contains(is_hidden) {
        return Cow::Borrowed(line);
    }
    let line = line.replace('\t', "    ");
    Cow::Owned(line.chars().filter(|c| !is_hidden(*c)).collect())
}

/// Whether a character is invisible. Rustc rejects those that change the text direction.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether the last line that is not indented surely begins an item of a list. In the middle
/// of a paragraph, a number does not.
fn in_list(lines: &[String]) -> bool {
    let Some(last) = lines.iter().rposition(|line| !line.starts_with(' ')) else {
        return false;
    };
    let before = last.checked_sub(1).map(|before| lines[before].as_str());
    let is_number = lines[last].starts_with(|c: char| c.is_ascii_digit());
    is_item(&lines[last]) && (!is_number || before.is_none_or(|it| it.is_empty() || is_item(it)))
}

/// Returns whether a line has a list marker. A line of markers alone is a rule.
fn is_item(line: &str) -> bool {
    let is_rule = line.trim_start_matches(['-', '*', ' ']).is_empty();
    !is_rule && marker(line).is_some()
}

/// Escapes what rustdoc would read as an item link or as HTML, and makes links of bare URLs. Inline
/// code is left as it is.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let are_pairs = line.matches('`').count().is_multiple_of(2);
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        // Every other part is code, if the backticks come in pairs.
        if index % 2 == 1 && are_pairs {
            escaped.push_str(part);
            continue;
        }
        let mut rest = part;
        // Everything to escape begins with one of these. URLs begin with `h`.
        while let Some(at) = rest.find(['<', '>', '[', ']', 'h']) {
            let (plain, from) = rest.split_at(at);
            escaped.push_str(plain);
            let taken = if let Some((taken, label, url)) = inline_link(from) {
                escaped.push('[');
                escape_signs(label, &mut escaped);
                escaped.extend(["](", url, ")"]);
                taken
            } else if let Some((taken, url)) = bare_url(from) {
                escaped.extend(["<", url, ">"]);
                taken
            } else {
                escape_signs(&from[..1], &mut escaped);
                1
            };
            rest = &from[taken..];
        }
        escaped.push_str(rest);
    }
    escaped
}

fn escape_signs(text: &str, escaped: &mut String) {
    for character in text.chars() {
        if matches!(character, '<' | '>' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
}

/// Returns the `[label](url)` at the start of the text, and its length. Links to anything but a URL
/// would be item links.
fn inline_link(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.strip_prefix('[')?;
    let (label, rest) = text.split_at(text.find(['[', ']', '<', '>'])?);
    let rest = rest.strip_prefix("](").filter(|url| has_scheme(url))?;
    let (url, _) = rest.split_once(')')?;
    let plain = !label.contains("://");
    (plain && !url.contains([' ', '<', '>'])).then(|| {
        let taken = label.len() + url.len() + "[](]".len();
        (taken, label, url)
    })
}

/// Returns the URL at the start of the text, and its length including angle brackets.
fn bare_url(text: &str) -> Option<(usize, &str)> {
    if let Some(bracketed) = text.strip_prefix('<') {
        let (url, rest) = bracketed.split_at(bracketed.find([' ', '<', '>'])?);
        return (has_scheme(url) && rest.starts_with('>')).then_some((url.len() + 2, url));
    }
    if !has_scheme(text) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']'));
    let url = &text[..end.unwrap_or(text.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_', '\'']);
    (!url.ends_with('/') || url.matches('/').count() > 2).then_some((url.len(), url))
}

fn has_scheme(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

    use super::prose;

    /// What descriptions combine, with the indentation and markers that make code blocks.
    const FRAGMENTS: &[&str] = &[
        "- ",
        "-      ",
        "* ",
        "+\t",
        "1. ",
        "12)      ",
        ".NET ",
        "**bold** ",
        "- - -",
        "> ",
        ">      ",
        "```",
        "```rust",
        "~~~",
        "````\n",
        "`code`",
        "    ",
        "     ",
        "\t",
        "  ",
        "\n",
        "\n\n",
        "panic!()",
        "text",
        "---",
        "<b>",
        "[link](https://example.com)",
        "\\",
    ];

    /// Whether rustdoc, which parses with the same library, would compile a code block of the text.
    fn has_compiled_code(text: &str) -> bool {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
        Parser::new_ext(text, options).any(|event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => info.as_ref() != "text",
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            _ => false,
        })
    }

    #[test]
    fn rustdoc_compiles_no_prose() {
        fastrand::seed(7);
        for _ in 0..50_000 {
            let count = fastrand::usize(1..16);
            let text: String = (0..count)
                .filter_map(|_| fastrand::choice(FRAGMENTS))
                .copied()
                .collect();
            let lines = prose(&text).join(
                "
",
            );
            assert!(
                !has_compiled_code(&lines),
                "{text:?} gives
{lines}"
            );
        }
    }

    #[test]
    fn code_in_a_list_stays_code() {
        let lines =
            prose("Steps:\n\n- first\n\n  ```rust\n  panic!()\n  ```\n- ```\n  second\n  ```\n");
        let expected =
            "Steps:\n\n- first\n\n  ```text\n  panic!()\n  ```\n\n- ```text\n  second\n  ```";
        assert_eq!(lines.join("\n"), expected);
    }
}
