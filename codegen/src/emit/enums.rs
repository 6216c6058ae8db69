//! Open enums: of strings, of integers, and of any JSON.

use super::Item;
use super::docs::{Docs, code};
use super::layout::block;
use super::rust::{docs, literal};
use crate::ir::{TypeDefinition, Variant};

/// What differs between the kinds of enums.
struct EnumKind {
    /// The first sentence of the documentation, unless the description has one.
    otherwise: &'static str,
    conversion: &'static str,
    derives: &'static str,
    unknown: &'static str,
    table: &'static str,
    /// The value of a variant in the table.
    value: fn(&str) -> String,
}

/// Emits an enum of strings.
pub(super) fn emit_strings(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of strings.",
        conversion: "Any string converts with `From<&str>`;\n`try_parse` accepts listed values only.",
        derives: "Clone, Debug, PartialEq, Eq, Hash",
        unknown: "UnknownValue",
        table: "serde_string::string_enum",
        value: literal,
    };
    emit(definition, variants, &kind)
}

/// Emits an enum of integers.
pub(super) fn emit_integers(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of integers.",
        conversion: "Any `i64` converts with `From<i64>`.",
        derives: "Clone, Copy, Debug, PartialEq, Eq, Hash",
        unknown: "UnknownInteger",
        table: "int_enum::int_enum",
        value: str::to_owned,
    };
    emit(definition, variants, &kind)
}

/// Emits an enum of any JSON.
pub(super) fn emit_json(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of JSON values.",
        conversion: "Any JSON value converts with `From<serde_json::Value>`.",
        derives: "Clone, Debug, PartialEq, Eq, Hash",
        unknown: "UnknownJson",
        table: "json_enum::json_enum",
        value: literal,
    };
    emit(definition, variants, &kind)
}

fn emit(definition: &TypeDefinition, variants: &[Variant], kind: &EnumKind) -> Vec<Item> {
    let documentation = docs(definition, kind.otherwise)
        .paragraph(format!(
            "Values that are not listed here become `Unknown`. {}",
            kind.conversion
        ))
        .into_comment(0);
    let members = variants.iter().map(|variant| {
        let documentation = Docs::starting(None, &code(&variant.text))
            .prose(variant.description.as_deref())
            .into_comment(1);
        format!("{documentation}    {},\n", variant.name)
    });
    let mut members: String = members.collect();
    members += &format!(
        "    /// A value that the description does not list.\n    Unknown(crate::{}),\n",
        kind.unknown
    );
    let rows = variants
        .iter()
        .map(|variant| format!("{} = {}", variant.name, (kind.value)(&variant.text)));
    let derives = kind.derives;
    vec![
        Item::laid_out(format!(
            "{documentation}#[derive({derives})]\n#[non_exhaustive]\n{}",
            block(0, &format!("pub enum {}", definition.name), &members)
        )),
        Item::table(kind.table, &definition.name, rows),
    ]
}
