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

/// How names are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    /// Of fields, methods and parameters.
    Snake,
    /// Of types and variants.
    Camel,
}

/// A name, and why it is not just the text in Rust's case, if it is not.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) altered: Option<&'static str>,
}

/// Why the text alone makes no name.
fn unfit(text: &str, case: Case) -> Option<&'static str> {
    let plain = match case {
        Case::Snake => spelled(text).to_snake_case(),
        Case::Camel => spelled(text).to_upper_camel_case(),
    };
    let is_keyword = match case {
        Case::Snake => KEYWORDS.contains(&plain.as_str()),
        Case::Camel => plain == "Self",
    };
    match plain.chars().next() {
        None => Some("it has no letters"),
        Some(_) if is_keyword => Some("that is a word of Rust's own"),
        Some(first) if !unicode_ident::is_xid_start(first) => {
            Some("a name in Rust begins with a letter")
        }
        Some(_) => None,
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

    /// A name for a text of the description.
    pub(crate) fn choose(&mut self, text: &str, case: Case) -> Chosen {
        let wanted = match case {
            Case::Snake => snake_name(text),
            Case::Camel => type_name(text),
        };
        let name = self.claim(wanted.clone());
        let taken = (name != wanted).then_some("the name is taken");
        Chosen {
            name,
            altered: taken.or_else(|| unfit(text, case)),
        }
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
