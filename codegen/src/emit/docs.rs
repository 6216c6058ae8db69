//! Documentation comments: the description's prose and the generator's own.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::prose::{is_hidden, prose};
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

    /// Adds the lines of an example, if there is one.
    pub(super) fn example(self, lines: Option<Vec<String>>) -> Self {
        match lines {
            Some(lines) => self.paragraph("# Examples").paragraph(lines.join("\n")),
            None => self,
        }
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

    /// Returns the documentation as text, at a depth.
    pub(super) fn into_comment(self, depth: usize) -> String {
        let margin = "    ".repeat(depth);
        let mut comment = String::new();
        for line in &self.0 {
            let line = line.trim_end();
            let space = if line.is_empty() { "" } else { " " };
            comment.extend([&margin, "///", space, line, "\n"]);
        }
        comment
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
        true => doc(&text),
        false => text.split('\n').map(doc).collect(),
    }
}

/// Returns the attribute for a text. syn reads a raw string faster than one with escapes.
pub(super) fn doc(text: &str) -> TokenStream {
    let text = raw_literal(text);
    quote!(#[doc = #text])
}

/// Returns the text as a raw string literal, unless one of its lines could pass for documentation.
pub(super) fn raw(text: &str) -> TokenStream {
    match text.contains("/**") {
        true => quote!(#text),
        false => raw_literal(text),
    }
}

fn raw_literal(text: &str) -> TokenStream {
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
        Status::Default => "any other status".to_owned(),
        status => status.to_string(),
    }
}
