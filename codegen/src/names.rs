//! Names in Rust: valid, in Rust's case, and unique within their scope.

use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words that cannot be the name of a field, a method or a module.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that generated code uses for something else.
const RESERVED_TYPES: [&str; 25] = [
    "AsRef",
    "Box",
    "Call",
    "Client",
    "Default",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Method",
    "None",
    "Nothing",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Patch",
    "PathParameter",
    "Result",
    "Self",
    "Some",
    "String",
    "UnknownValue",
    "Vec",
];

/// A name for a type or a variant.
pub(crate) fn type_name(text: &str) -> String {
    let name = spelled(text).to_upper_camel_case();
    match starting_with_letter(name, "N", "Empty") {
        // The one keyword in this case.
        name if name == "Self" => "SelfValue".to_owned(),
        name => name,
    }
}

/// A name for a field, a method, a parameter or a module.
pub(crate) fn snake_name(text: &str) -> String {
    let name = starting_with_letter(spelled(text).to_snake_case(), "n", "empty");
    if KEYWORDS.contains(&name.as_str()) {
        return format!("{name}_");
    }
    name
}

/// A name for a module that is a file of its own, for which rustc takes ASCII alone.
pub(crate) fn module_name(text: &str) -> String {
    let mut name = String::new();
    for character in snake_name(text).chars() {
        match character {
            character if character.is_ascii() => name.push(character),
            character => name.push_str(&format!("u{:x}", u32::from(character))),
        }
    }
    name
}

/// Signs that tell two names apart, as words; every other sign only ends a word.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        match character {
            '+' => spelled.push_str(" plus "),
            '-' if index == 0 => spelled.push_str(" minus "),
            '<' => spelled.push_str(" less "),
            '>' => spelled.push_str(" greater "),
            '=' => spelled.push_str(" equal "),
            '*' => spelled.push_str(" star "),
            _ if character.is_alphanumeric() => spelled.push(character),
            _ => spelled.push(' '),
        }
    }
    spelled
}

fn starting_with_letter(name: String, prefix: &str, empty: &str) -> String {
    let identifier: String = name
        .chars()
        .filter(|character| unicode_ident::is_xid_continue(*character))
        .collect();
    match identifier.chars().next() {
        None => empty.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => identifier,
        Some(_) => format!("{prefix}{identifier}"),
    }
}

/// The names taken in one scope.
#[derive(Debug)]
pub(crate) struct Scope(HashSet<String>);

impl Scope {
    /// A scope of type names.
    pub(crate) fn of_types() -> Self {
        Scope(
            RESERVED_TYPES
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        )
    }

    /// A scope in which these names are taken from the start.
    pub(crate) fn with(names: &[&str]) -> Self {
        Scope(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The name, or, where it is taken, the name with the first free number.
    pub(crate) fn claim(&mut self, name: String) -> String {
        let mut unique = name.clone();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{name}{number}");
            number += 1;
        }
        unique
    }
}
