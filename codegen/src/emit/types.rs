//! The files of the types: one for each definition, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Docs;
use super::{Context, Item, Module, Task, answers, enums, multipart, structs, texts, unions};
use crate::ir::{Field, Format, Kind, Presence, Shape, Type, TypeDefinition};
use crate::names::{Scope, module_name};

/// A task for each definition, and one for `types/mod.rs`.
pub(super) fn tasks<'a>(context: &'a Context<'a>) -> Vec<Task<'a>> {
    let mut scope = Scope::with(&["mod", "types"]);
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
        Shape::Integers(variants) => enums::emit_integers(definition, variants),
        Shape::Literals(variants) => enums::emit_literals(definition, variants),
        Shape::Union {
            discriminator,
            alternatives,
        } => unions::emit(context, definition, discriminator.as_deref(), alternatives),
        Shape::Wrapper(value) => texts::emit_wrapper(definition, value),
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
    Docs::starting(definition.description.as_deref(), otherwise)
        .default_value(definition.default.as_ref())
        .deprecated(definition.deprecated)
}

fn imports(context: &Context<'_>, definition: &TypeDefinition) -> TokenStream {
    let types = definition.types();
    let mut written = written(definition).into_iter();
    let date_time = written.any(|value| context.holds_date_time(value));
    let module = wire_module(&definition.shape);
    let part = super::parts::of_shape(context, definition).map(|part| {
        let part = ident(part);
        match module {
            // The part has all that this module has, and more.
            Some(module) => {
                let module = ident(module);
                quote!(use crate::parts::#part as #module;)
            }
            None => quote!(use crate::parts::#part;),
        }
    });
    let module = module.filter(|_| part.is_none()).map(ident);
    let wire = match (module, date_time) {
        (Some(module), false) => quote!(use crate::runtime::wire::#module;),
        (Some(module), true) => quote!(use crate::runtime::wire::{date_time, #module};),
        (None, true) => quote!(
            use crate::runtime::wire::date_time;
        ),
        (None, false) => TokenStream::new(),
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
    quote!(#others #patch #part #wire)
}

/// The module of the runtime that knows how values of this shape stand on the wire.
fn wire_module(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Struct { .. } => Some("object"),
        Shape::Union { .. } => Some("union"),
        Shape::Enum(_) | Shape::Newtype => Some("text"),
        Shape::Integers(_)
        | Shape::Literals(_)
        | Shape::Wrapper(_)
        | Shape::Answers { .. }
        | Shape::Multipart { .. }
        | Shape::Options(_)
        | Shape::Alias(_) => None,
    }
}

/// The types whose values the table of a definition tells how to write.
fn written(definition: &TypeDefinition) -> Vec<&Type> {
    match &definition.shape {
        Shape::Struct { fields, rest, .. } => {
            let fields = fields.iter().filter(|field| definition.sends(field));
            let rest = rest.iter().map(|(_, value)| value);
            fields.map(|field| &field.value).chain(rest).collect()
        }
        Shape::Multipart { .. } => definition.types(),
        Shape::Union { alternatives, .. } => {
            let untagged = alternatives.iter().filter(|other| other.tag.is_none());
            untagged.map(|other| &other.value).collect()
        }
        _ => Vec::new(),
    }
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
        Type::Uint32 => quote!(u32),
        Type::Uint64 => quote!(u64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::Decimal => quote!(crate::Decimal),
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
        Type::Boxed(inner) => {
            let inner = rust_type(inner);
            quote!(Box<#inner>)
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
        Type::Any | Type::Bytes | Type::Boxed(_) | Type::FormPart => {
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

/// What keeps clippy, whose limit is seven, from wanting fewer arguments than a description has.
pub(super) fn allow_many(arguments: usize) -> Option<TokenStream> {
    (arguments > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}
