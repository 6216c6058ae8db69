//! Rust names: valid, in the right letter case, and unique within their scope.

mod signs;

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use signs::spelled;

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
pub(crate) const CLIENT_METHODS: [&str; 10] = [
    "builder",
    "builder_from_env",
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
    Casing::Camel.apply(text, false).name
}

/// Returns a name for a field, a method, a parameter or a module.
pub(crate) fn snake_name(text: &str) -> String {
    Casing::Snake.apply(text, false).name
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
    /// Returns a valid name for the text, which need not be unique. `in_full` spells out every sign.
    fn apply(self, text: &str, in_full: bool) -> Chosen {
        let spelled = spelled(text, in_full);
        let plain = match self {
            Casing::Snake => spelled.to_snake_case(),
            Casing::Camel => spelled.to_upper_camel_case(),
        };
        let altered = unfit(&plain, self);
        let name = match self {
            Casing::Snake => starting_with_letter(plain, "n", "empty"),
            Casing::Camel => starting_with_letter(plain, "N", "Empty"),
        };
        let name = match self {
            Casing::Snake if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
            Casing::Snake => name,
            // The only keyword in upper camel case.
            Casing::Camel if name == "Self" => "SelfValue".to_owned(),
            // Rustdoc writes a file with this name.
            Casing::Camel => shortened(name, LONGEST_TYPE, ""),
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

/// The names that are taken in a scope, each with the first number that may be free to append to it.
#[derive(Debug)]
pub(crate) struct Scope(HashMap<String, usize>);

impl Scope {
    /// Creates a scope of type names.
    pub(crate) fn of_types() -> Self {
        Scope::with(&RESERVED_TYPES)
    }

    /// Creates a scope in which these names are taken.
    pub(crate) fn with(names: &[&str]) -> Self {
        let names = names.iter();
        Scope(names.map(|name| ((*name).to_owned(), 2)).collect())
    }

    /// Chooses a name for a text of the description.
    pub(crate) fn choose(&mut self, text: &str, casing: Casing) -> Chosen {
        let wanted = casing.apply(text, false);
        match self.take(&wanted.name) {
            true => wanted,
            false => self.choose_other(wanted.name, text, casing),
        }
    }

    /// Chooses names for texts of the description. Only a text whose name an earlier text has gets
    /// another one, and never one that gives it the name of another text.
    pub(crate) fn choose_all<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t str>,
        casing: Casing,
    ) -> Vec<Chosen> {
        let wanted = texts.map(|text| (text, casing.apply(text, false)));
        let wanted: Vec<(&str, Chosen)> = wanted.collect();
        let is_first: Vec<bool> = wanted
            .iter()
            .map(|(_, chosen)| self.take(&chosen.name))
            .collect();
        let all = wanted.into_iter().zip(is_first);
        all.map(|((text, wanted), is_first)| match is_first {
            true => wanted,
            false => self.choose_other(wanted.name, text, casing),
        })
        .collect()
    }

    /// Chooses a name in place of one that is taken: with every sign as a word, or else with a number.
    fn choose_other(&mut self, taken: String, text: &str, casing: Casing) -> Chosen {
        let in_full = casing.apply(text, true).name;
        let name = match self.take(&in_full) {
            true => in_full,
            false => self.claim(taken),
        };
        Chosen {
            name,
            altered: Some(TAKEN),
        }
    }

    /// Takes a name. If it is taken already, appends the first free number.
    pub(crate) fn claim(&mut self, name: String) -> String {
        let mut unique = name.clone();
        while !self.take(&unique) {
            let number = self.0.entry(name.clone()).or_insert(2);
            unique = format!("{name}{number}");
            *number += 1;
        }
        unique
    }

    /// Takes a name, unless it is taken.
    fn take(&mut self, name: &str) -> bool {
        let is_free = !self.0.contains_key(name);
        if is_free {
            self.0.insert(name.to_owned(), 2);
        }
        is_free
    }
}
