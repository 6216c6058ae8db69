//! Open enums: of strings, of integers, and of any JSON.

use super::Item;
use super::docs::{Docs, code};
use super::layout::block;
use super::rust::{docs, literal};
use crate::ir::{EnumKind, TypeDefinition, Variant};

/// What differs between the kinds of enums.
struct Facts {
    /// The first sentence of the documentation, unless the description has one.
    otherwise: &'static str,
    conversion: &'static str,
    derives: &'static str,
    unknown: &'static str,
    table: &'static str,
    /// The value of a variant in the table.
    value: fn(&str) -> String,
}

fn facts(kind: EnumKind) -> Facts {
    match kind {
        EnumKind::Strings => Facts {
            otherwise: "An enum of strings.",
            conversion: "Any string converts with `From<&str>`;\n`try_parse` accepts listed values only.",
            derives: "Clone, Debug, PartialEq, Eq, Hash",
            unknown: "UnknownValue",
            table: "serde_string::string_enum",
            value: literal,
        },
        EnumKind::Integers => Facts {
            otherwise: "An enum of integers.",
            conversion: "Any `i64` converts with `From<i64>`.",
            derives: "Clone, Copy, Debug, PartialEq, Eq, Hash",
            unknown: "UnknownInteger",
            table: "int_enum::int_enum",
            value: str::to_owned,
        },
        EnumKind::Json => Facts {
            otherwise: "An enum of JSON values.",
            conversion: "Any JSON value converts with `From<serde_json::Value>`.",
            derives: "Clone, Debug, PartialEq, Eq, Hash",
            unknown: "UnknownJson",
            table: "json_enum::json_enum",
            value: literal,
        },
    }
}

/// Emits an open enum.
pub(super) fn emit(definition: &TypeDefinition, kind: EnumKind, variants: &[Variant]) -> Vec<Item> {
    let facts = facts(kind);
    let documentation = docs(definition, facts.otherwise)
        .paragraph(format!(
            "Values that are not listed here become `Unknown`. {}",
            facts.conversion
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
        facts.unknown
    );
    let rows = variants
        .iter()
        .map(|variant| format!("{} = {}", variant.name, (facts.value)(&variant.text)));
    let derives = facts.derives;
    vec![
        Item::laid_out(format!(
            "{documentation}#[derive({derives})]\n#[non_exhaustive]\n{}",
            block(0, &format!("pub enum {}", definition.name), &members)
        )),
        Item::table(facts.table, &definition.name, rows),
    ]
}
