//! Documentation: the description's prose, made safe for rustdoc, and the generator's own.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::ir::{Limit, Status};

/// Paragraphs of documentation, as lines of Markdown.
#[derive(Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// Starts with prose of the description or, if there is none, with the text `otherwise`.
    pub(super) fn starting(prose_text: Option<&str>, otherwise: &str) -> Self {
        let mut lines = prose(prose_text.unwrap_or_default());
        if lines.is_empty() {
            lines = vec![otherwise.to_owned()];
        }
        Docs(lines)
    }

    /// Adds a paragraph of prose of the description, unless it repeats what is there.
    pub(super) fn prose(mut self, text: Option<&str>) -> Self {
        let lines = prose(text.unwrap_or_default());
        if !lines.is_empty() && lines != self.0 {
            self.0.push(String::new());
            self.0.extend(lines);
        }
        self
    }

    /// Adds a paragraph of Markdown.
    pub(super) fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(text.as_ref().lines().map(str::to_owned));
        self
    }

    /// Adds a note if the item is deprecated.
    pub(super) fn deprecated(self, deprecated: bool) -> Self {
        if deprecated {
            self.paragraph("Deprecated.")
        } else {
            self
        }
    }

    /// Adds the default value, if there is one.
    pub(super) fn default_value(self, value: Option<&Value>) -> Self {
        match value {
            Some(value) => self.paragraph(format!("Default: {}", code(&value.to_string()))),
            None => self,
        }
    }

    /// Adds the limits of the value, if there are any.
    pub(super) fn limits(self, limits: &[Limit]) -> Self {
        match limits {
            [] => self,
            some => self.paragraph(format!("Limits: {}.", limit_words(some))),
        }
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0
    }

    /// Returns the attributes that are printed as lines of `///`.
    pub(super) fn into_tokens(self) -> TokenStream {
        attribute(&self.0)
    }
}

/// Returns the attributes for lines of documentation. One attribute for all lines is a third of the
/// work for syn and prettyplease. prettyplease prints it as a block comment, of which `render` makes
/// lines, unless the text has something that a block comment cannot contain.
pub(super) fn attribute(lines: &[String]) -> TokenStream {
    let mut text = String::new();
    for (index, line) in lines.iter().map(|line| line.trim_end()).enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    let fits_a_block = text.starts_with(' ')
        && !text.ends_with('/')
        && !text.contains("*/")
        && !text.contains("/*");
    match fits_a_block {
        true => quote!(#[doc = #text]),
        false => text
            .split('\n')
            .map(|line| quote!(#[doc = #line]))
            .collect(),
    }
}

/// Returns the text as a raw string literal, unless one of its lines could pass for documentation.
pub(super) fn raw(text: &str) -> TokenStream {
    if text.contains("/**") {
        return quote!(#text);
    }
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    match format!("r{fence}\"{text}\"{fence}").parse() {
        Ok(literal) => literal,
        // Raw string literals cannot contain a bare carriage return.
        Err(_) => quote!(#text),
    }
}

/// Formats text as inline code.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(is_hidden, " ");
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns prose on one line without its full stop, for a list or a table.
pub(super) fn one_line(text: &str) -> String {
    let line = prose(text).join(" ");
    line.trim().trim_end_matches('.').to_owned()
}

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
        let in_list = lines
            .iter()
            .rev()
            .find(|line| !line.starts_with(' '))
            .is_some_and(|line| is_list(line));
        let margin = " ".repeat(indent.min(if in_list { 5 } else { 3 }));
        match fence_mark(trimmed) {
            Some(mark) => {
                lines.push(format!("{margin}{mark}text"));
                fence = Some(Fence {
                    mark: mark.to_owned(),
                    indent,
                    margin,
                });
            }
            None => lines.push(format!("{margin}{}", escaped(trimmed))),
        }
    }
    if let Some(open) = fence {
        lines.push(format!("{}{}", open.margin, open.mark));
    }
    lines
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
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_list(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(['-', '*', '+', '.', ')'])
}

/// Escapes what rustdoc would read as an item link or as HTML, and makes links of bare URLs. Inline
/// code is left as it is.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        // Every other part is code, if the backticks come in pairs.
        if index % 2 == 1 && line.matches('`').count().is_multiple_of(2) {
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
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (url, _) = rest.split_once(')')?;
    let plain = !label.contains(['[', ']', '<', '>']) && !label.contains("://");
    (plain && has_scheme(url) && !url.contains([' ', '<', '>'])).then(|| {
        let taken = label.len() + url.len() + "[](]".len();
        (taken, label, url)
    })
}

/// Returns the URL at the start of the text, and its length including angle brackets.
fn bare_url(text: &str) -> Option<(usize, &str)> {
    if let Some(bracketed) = text.strip_prefix('<') {
        let (url, _) = bracketed.split_once('>')?;
        return (has_scheme(url) && !url.contains([' ', '<'])).then(|| (url.len() + 2, url));
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

/// Returns the limits of a value in documentation.
pub(super) fn limit_words(limits: &[Limit]) -> String {
    let count = |count: &str, noun: &str| match count {
        "1" => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    let words = limits.iter().map(|limit| match limit {
        Limit::MinLength(min) => format!("at least {}", count(min, "character")),
        Limit::MaxLength(max) => format!("at most {}", count(max, "character")),
        Limit::Pattern(pattern) => format!("matches the pattern {}", code(pattern)),
        Limit::Minimum(min) => format!("at least {min}"),
        Limit::GreaterThan(min) => format!("greater than {min}"),
        Limit::Maximum(max) => format!("at most {max}"),
        Limit::LessThan(max) => format!("less than {max}"),
        Limit::MultipleOf(step) => format!("a multiple of {step}"),
        Limit::MinItems(min) => format!("at least {}", count(min, "item")),
        Limit::MaxItems(max) => format!("at most {}", count(max, "item")),
        Limit::UniqueItems => "no equal items".to_owned(),
        Limit::MinProperties(min) => format!("at least {}", count(min, "key")),
        Limit::MaxProperties(max) => format!("at most {}", count(max, "key")),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Returns the statuses of a response in documentation.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "any other status".to_owned(),
    }
}
