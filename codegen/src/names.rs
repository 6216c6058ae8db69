//! Rust names: valid, in the right letter case, and unique within their scope.

use std::borrow::Cow;
use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

/// Rust keywords, which cannot name a field, a method or a module.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Type names that generated code uses itself.
const RESERVED_TYPES: [&str; 25] = [
    "AsRef",
    "Box",
    "Call",
    "Client",
    "Default",
    "Empty",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Method",
    "None",
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

/// Methods of the clients, private ones included. No operation gets such a name.
pub(crate) const CLIENT_METHODS: [&str; 9] = [
    "builder",
    "call",
    "clone",
    "from_env",
    "inner",
    "new",
    "new_inner",
    "request",
    "start",
];

/// Returns a name for a type or a variant.
pub(crate) fn type_name(text: &str) -> String {
    type_name_of(Casing::Camel.plain(text))
}

fn type_name_of(plain: String) -> String {
    match starting_with_letter(plain, "N", "Empty") {
        // The only keyword in upper camel case.
        name if name == "Self" => "SelfValue".to_owned(),
        // Rustdoc writes a file with this name.
        name => shortened(name, LONGEST_TYPE, ""),
    }
}

/// Returns a name for a field, a method, a parameter or a module.
pub(crate) fn snake_name(text: &str) -> String {
    snake_name_of(Casing::Snake.plain(text))
}

fn snake_name_of(plain: String) -> String {
    let name = starting_with_letter(plain, "n", "empty");
    if KEYWORDS.contains(&name.as_str()) {
        return format!("{name}_");
    }
    name
}

/// File names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Maximum length of names in bytes. File systems allow 255, which include the extension and the
/// suffix of temporary files.
const LONGEST_MODULE: usize = 160;
const LONGEST_TYPE: usize = 120;

/// Returns the name. If it is too long, cuts it and appends a hash of the whole name.
fn shortened(name: String, longest: usize, between: &str) -> String {
    if name.len() <= longest {
        return name;
    }
    let mut ends = (0..longest - 17).rev();
    let end = ends.find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    format!("{}{between}{:016x}", &name[..end], hash(&name))
}

/// Returns a name for a module with a file of its own. Rustc accepts only ASCII there.
pub(crate) fn module_name(text: &str) -> String {
    let mut name = String::new();
    for character in snake_name(text).chars() {
        match character {
            character if character.is_ascii() => name.push(character),
            character => name.push_str(&format!("u{:x}", u32::from(character))),
        }
    }
    name = shortened(name, LONGEST_MODULE, "_");
    let device = name.strip_suffix(|last: char| matches!(last, '1'..='9'));
    let is_device = match device {
        Some(device) => matches!(device, "com" | "lpt"),
        None => DEVICES.contains(&name.as_str()),
    };
    if is_device {
        name.push('_');
    }
    name
}

/// Hashes a text with FNV-1a, which gives the same result on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Spells out the signs that distinguish names, such as `+`. All other signs separate words.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    // Rust compares identifiers in this form.
    let text: Cow<'_, str> = match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    };
    let digit_at = |index: Option<usize>| {
        let byte = index.and_then(|index| text.as_bytes().get(index));
        byte.is_some_and(u8::is_ascii_digit)
    };
    for (index, character) in text.char_indices() {
        match character {
            '.' if digit_at(index.checked_sub(1)) && digit_at(Some(index + 1)) => {
                spelled.push_str(" point ");
            }
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
    let mut identifier = name;
    identifier.retain(unicode_ident::is_xid_continue);
    match identifier.chars().next() {
        None => empty.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => identifier,
        Some(_) => format!("{prefix}{identifier}"),
    }
}

/// Letter case of names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Casing {
    /// Fields, methods and parameters.
    Snake,
    /// Types and variants.
    Camel,
}

impl Casing {
    /// Returns the text in this letter case, even if it is not a valid name.
    fn plain(self, text: &str) -> String {
        match self {
            Casing::Snake => spelled(text).to_snake_case(),
            Casing::Camel => spelled(text).to_upper_camel_case(),
        }
    }

    /// Returns a valid name for the text, which need not be unique.
    fn apply(self, text: &str) -> Chosen {
        let plain = self.plain(text);
        let altered = unfit(&plain, self);
        let name = match self {
            Casing::Snake => snake_name_of(plain),
            Casing::Camel => type_name_of(plain),
        };
        Chosen { name, altered }
    }
}

const TAKEN: &str = "the name is taken";

/// A name, and why it is not simply the text in another letter case.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) altered: Option<&'static str>,
}

/// Returns why a text is not a valid name.
fn unfit(plain: &str, casing: Casing) -> Option<&'static str> {
    let is_keyword = match casing {
        Casing::Snake => KEYWORDS.contains(&plain),
        Casing::Camel => plain == "Self",
    };
    match plain.chars().next() {
        None => Some("it has no letters"),
        Some(_) if is_keyword => Some("it is a Rust keyword"),
        Some(_) if matches!(casing, Casing::Camel) && plain.len() > LONGEST_TYPE => {
            Some("it is very long")
        }
        Some(first) if !unicode_ident::is_xid_start(first) => {
            Some("a Rust name begins with a letter")
        }
        Some(_) => None,
    }
}

/// The names that are taken in a scope.
#[derive(Debug)]
pub(crate) struct Scope(HashSet<String>);

impl Scope {
    /// Creates a scope of type names.
    pub(crate) fn of_types() -> Self {
        Scope(
            RESERVED_TYPES
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        )
    }

    /// Creates a scope in which these names are taken.
    pub(crate) fn with(names: &[&str]) -> Self {
        Scope(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Chooses a name for a text of the description.
    pub(crate) fn choose(&mut self, text: &str, casing: Casing) -> Chosen {
        let Chosen {
            name: wanted,
            altered,
        } = casing.apply(text);
        let name = self.claim(wanted.clone());
        let taken = (name != wanted).then_some(TAKEN);
        Chosen {
            name,
            altered: taken.or(altered),
        }
    }

    /// Chooses names for texts of the description. Only a text whose name an earlier text has gets a
    /// number, and never one that gives it the name of another text.
    pub(crate) fn choose_all<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t str>,
        casing: Casing,
    ) -> Vec<Chosen> {
        let wanted: Vec<Chosen> = texts.map(|text| casing.apply(text)).collect();
        let is_first: Vec<bool> = wanted
            .iter()
            .map(|chosen| self.0.insert(chosen.name.clone()))
            .collect();
        let all = wanted.into_iter().zip(is_first);
        all.map(|(wanted, is_first)| match is_first {
            true => wanted,
            false => Chosen {
                name: self.claim(wanted.name),
                altered: Some(TAKEN),
            },
        })
        .collect()
    }

    /// Takes a name. If it is taken already, appends the first free number.
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
