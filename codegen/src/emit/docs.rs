//! Documentation: the description's prose, made safe for rustdoc, and what the generator adds.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// Paragraphs of documentation, as lines of Markdown.
#[derive(Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// Starts with prose of the description, or, where there is none, with text of our own.
    pub(super) fn starting(prose_text: Option<&str>, otherwise: &str) -> Self {
        let mut lines = prose(prose_text.unwrap_or_default());
        if lines.is_empty() {
            lines = vec![otherwise.to_owned()];
        }
        Docs(lines)
    }

    /// Adds a paragraph of prose of the description, unless it says what is already there.
    pub(super) fn prose(mut self, text: Option<&str>) -> Self {
        let lines = prose(text.unwrap_or_default());
        if !lines.is_empty() && lines != self.0 {
            self.0.push(String::new());
            self.0.extend(lines);
        }
        self
    }

    /// Adds a paragraph of our own Markdown.
    pub(super) fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(text.as_ref().lines().map(str::to_owned));
        self
    }

    /// Adds a paragraph that says that something is deprecated, if it is.
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

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0
    }

    /// The attributes that prettyplease prints as `///`.
    pub(super) fn into_tokens(self) -> TokenStream {
        let lines = self.0.iter().map(|line| match line.as_str() {
            "" => String::new(),
            line => format!(" {line}"),
        });
        quote!(#(#[doc = #lines])*)
    }
}

/// Text as inline code.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Prose in one line, for a list or a table.
pub(super) fn one_line(text: &str) -> String {
    let line = prose(text).join(" ");
    line.trim().trim_end_matches('.').to_owned()
}

/// The description's CommonMark as rustdoc takes it: no links to Rust items, no HTML, and no code
/// that would be compiled as a test.
pub(super) fn prose(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.trim().lines() {
        let line: String = line
            .trim_end()
            .chars()
            .filter(|c| !c.is_control())
            .collect();
        let trimmed = line.trim_start();
        let mark: String = trimmed
            .chars()
            .take_while(|c| matches!(c, '`' | '~'))
            .collect();
        if let Some(open) = &fence {
            let closes = mark.starts_with(open.as_str()) && trimmed.len() == mark.len();
            lines.push(line.clone());
            if closes {
                fence = None;
            }
        } else if mark.len() >= 3 {
            lines.push(format!("{mark}text"));
            fence = Some(mark);
        } else {
            // Four columns of white space would begin a block of code.
            let indent = line.len() - trimmed.len();
            let in_list = lines
                .iter()
                .rev()
                .find(|line| !line.starts_with(' '))
                .is_some_and(|line| is_list(line));
            let indent = if in_list {
                indent.min(5)
            } else {
                indent.min(3)
            };
            lines.push(format!("{}{}", " ".repeat(indent), escaped(trimmed)));
        }
    }
    if let Some(open) = fence {
        lines.push(open);
    }
    lines
}

fn is_list(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(['-', '*', '+', '.', ')'])
}

/// Escapes what rustdoc would read as a link or as HTML, outside inline code.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        // Parts in odd places are code, if the marks come in pairs.
        if index % 2 == 1 && line.matches('`').count().is_multiple_of(2) {
            escaped.push_str(part);
            continue;
        }
        for word in part.split_inclusive(' ') {
            let bare = word.trim_end();
            if bare.starts_with("http://") || bare.starts_with("https://") {
                let url = bare.trim_end_matches(['.', ',', ';', ':', ')']);
                let tail = &word[url.len()..];
                if !url.contains(['<', '>']) {
                    escaped.push_str(&format!("<{url}>{tail}"));
                    continue;
                }
            }
            escape_word(word, &mut escaped);
        }
    }
    escaped
}

fn escape_word(word: &str, into: &mut String) {
    let is_link = word.contains("](");
    for character in word.chars() {
        let special =
            matches!(character, '<' | '>') || (!is_link && matches!(character, '[' | ']'));
        if special {
            into.push('\\');
        }
        into.push(character);
    }
}
