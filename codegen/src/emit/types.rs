//! The files of the types: one for each definition, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Docs;
use super::{Context, Item, Module, Task, answers, multipart, structs, texts};
use crate::ir::{Field, Format, Kind, Presence, Shape, Type, TypeDefinition};
use crate::names::{Scope, module_name};

/// A task for each definition, and one for `types/mod.rs`.
pub(super) fn tasks<'a>(context: &'a Context<'a>) -> Vec<Task<'a>> {
    let mut scope = Scope::with(&["mod"]);
    let types = context.api.types.iter();
    let files: Vec<(String, &TypeDefinition)> = types
        .map(|definition| (scope.claim(module_name(&definition.name)), definition))
        .collect();
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for (file, definition) in files.clone() {
        tasks.push(Box::new(move || Module {
            path: format!("src/types/{file}.rs"),
            docs: Vec::new(),
            items: items(context, definition),
        }));
    }
    tasks.push(Box::new(move || index(&files)));
    tasks
}

fn index(files: &[(String, &TypeDefinition)]) -> Module {
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    for (file, definition) in files {
        let (module, name) = (ident(file), ident(&definition.name));
        modules.extend(quote!(mod #module;));
        exports.extend(quote!(pub use self::#module::#name;));
    }
    Module {
        path: "src/types/mod.rs".to_owned(),
        docs: vec!["The types of the API's requests and answers.".to_owned()],
        items: vec![Item::Tokens(modules), Item::Tokens(exports)],
    }
}

fn items(context: &Context<'_>, definition: &TypeDefinition) -> Vec<Item> {
    let mut items = match &definition.shape {
        Shape::Struct {
            fields,
            constructor,
            rest,
        } => structs::emit(context, definition, fields, constructor, rest.as_ref()),
        Shape::Options(fields) => structs::emit_options(context, definition, fields),
        Shape::Enum(variants) => texts::emit_enum(definition, variants),
        Shape::Newtype => texts::emit_newtype(definition),
        Shape::Union(alternatives) => texts::emit_union(context, definition, alternatives),
        Shape::Multipart {
            fields,
            encodings,
            constructor,
            rest,
        } => {
            let mut items = structs::emit_form(context, definition, fields, constructor, rest);
            items.push(multipart::emit(
                context, definition, fields, encodings, rest,
            ));
            items
        }
        Shape::Answers { cases, are_errors } => answers::emit(definition, cases, *are_errors),
        Shape::Alias(target) => {
            let docs = docs(definition, "A value of the API.").into_tokens();
            let name = ident(&definition.name);
            let target = rust_type(target);
            vec![Item::Tokens(quote!(#docs pub type #name = #target;))]
        }
    };
    items.insert(0, Item::Tokens(imports(context, definition)));
    items
}

/// The documentation that every definition starts with.
pub(super) fn docs(definition: &TypeDefinition, otherwise: &str) -> Docs {
    Docs::starting(definition.description.as_deref(), otherwise).deprecated(definition.deprecated)
}

fn imports(context: &Context<'_>, definition: &TypeDefinition) -> TokenStream {
    let types = definition.types();
    let date_time = types.iter().any(|value| context.holds_date_time(value));
    let wire = match (&definition.shape, date_time) {
        (Shape::Struct { .. }, false) => quote!(
            use crate::runtime::wire::object;
        ),
        (Shape::Struct { .. }, true) => quote!(
            use crate::runtime::wire::{date_time, object};
        ),
        (Shape::Union(_), false) => quote!(
            use crate::runtime::wire::union;
        ),
        (Shape::Union(_), true) => quote!(
            use crate::runtime::wire::{date_time, union};
        ),
        (Shape::Enum(_) | Shape::Newtype, _) => quote!(
            use crate::runtime::wire::text;
        ),
        (Shape::Answers { .. }, _) => quote!(
            use crate::parts::answers;
        ),
        (Shape::Multipart { .. }, true) => quote!(
            use crate::runtime::wire::date_time;
        ),
        (Shape::Multipart { .. }, false) => TokenStream::new(),
        (Shape::Options(_) | Shape::Alias(_), _) => TokenStream::new(),
    };
    let is_patch = |field: &Field| field.presence == Presence::Patch;
    let patch = match &definition.shape {
        Shape::Struct { fields, .. } if fields.iter().any(is_patch) => quote!(
            use crate::Patch;
        ),
        _ => TokenStream::new(),
    };
    let mut names = BTreeSet::new();
    for part in types.iter().flat_map(|value| value.parts()) {
        if let Type::Named(name) = part
            && *name != definition.name
        {
            names.insert(name.as_str());
        }
    }
    let names: Vec<_> = names.into_iter().map(ident).collect();
    let others = match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use super::#name;),
        names => quote!(use super::{#(#names),*};),
    };
    quote!(#others #patch #wire)
}

/// An identifier for a name that the naming stage has made valid.
pub(super) fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{name}")
}

/// The type in Rust. Paths are whole, so that no schema's name can get in their way.
pub(super) fn rust_type(value: &Type) -> TokenStream {
    match value {
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::String => quote!(String),
        Type::Bytes => quote!(crate::Base64),
        Type::FormPart => quote!(crate::FormPart),
        Type::Date => quote!(chrono::NaiveDate),
        Type::DateTime => quote!(chrono::DateTime<chrono::Utc>),
        Type::Any | Type::Refused => quote!(serde_json::Value),
        Type::FreeForm => quote!(serde_json::Map<String, serde_json::Value>),
        Type::Array(inner) => {
            let inner = rust_type(inner);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = rust_type(inner);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = rust_type(inner);
            quote!(Option<#inner>)
        }
        Type::Named(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The type that a body is decoded as.
pub(super) fn kind_type(kind: &Kind) -> TokenStream {
    match kind.format {
        Format::Json => rust_type(&kind.value),
        Format::Text => quote!(String),
        Format::Bytes | Format::Form | Format::Multipart => quote!(bytes::Bytes),
        Format::Stream => quote!(crate::ByteStream),
    }
}

/// The type as a person would write it: as text, tokens come with a space between each two.
pub(super) fn type_text(value: &Type) -> String {
    rust_type(value)
        .to_string()
        .replace(' ', "")
        .replace(',', ", ")
}

/// A literal for text, as it stands in Rust.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// How a value of this type is taken from a caller: the parameter's type, and the expression that
/// makes the value of what was given.
pub(super) fn taken(
    context: &Context<'_>,
    value: &Type,
    given: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    let own = rust_type(value);
    match value {
        Type::Any | Type::Bytes | Type::FormPart => {
            (quote!(impl Into<#own>), quote!(#given.into()))
        }
        Type::Array(inner) if context.is_text(inner) || **inner == Type::FormPart => {
            let inner = rust_type(inner);
            (
                quote!(impl IntoIterator<Item = impl Into<#inner>>),
                quote!(#given.into_iter().map(Into::into).collect()),
            )
        }
        value if context.is_text(value) => (quote!(impl Into<#own>), quote!(#given.into())),
        _ => (own, quote!(#given)),
    }
}
