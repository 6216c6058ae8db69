//! Rust as the emitter writes it: identifiers, literals, types, and how values are taken from callers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs::Docs;
use crate::ir::{BodyKind, Decoded, Scalar, Type, TypeDefinition};

/// The documentation that every definition starts with.
pub(super) fn docs(definition: &TypeDefinition, otherwise: &str) -> Docs {
    Docs::starting(definition.description.as_deref(), otherwise)
        .default_value(definition.default.as_ref())
        .deprecated(definition.deprecated)
}

/// An identifier for a name that the naming stage has made valid.
pub(super) fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{name}")
}

/// The type in Rust. Paths are whole, so that no schema's name can get in their way.
pub(super) fn rust_type(value: &Type) -> TokenStream {
    match value {
        Type::Scalar(Scalar::Boolean) => quote!(bool),
        Type::Scalar(Scalar::Int32) => quote!(i32),
        Type::Scalar(Scalar::Int64) => quote!(i64),
        Type::Scalar(Scalar::Uint32) => quote!(u32),
        Type::Scalar(Scalar::Uint64) => quote!(u64),
        Type::Scalar(Scalar::Float) => quote!(f32),
        Type::Scalar(Scalar::Double) => quote!(f64),
        Type::Scalar(Scalar::Decimal) => quote!(crate::Decimal),
        Type::Scalar(Scalar::String) => quote!(String),
        Type::Scalar(Scalar::Bytes) => quote!(crate::Base64),
        Type::FormPart => quote!(crate::FormPart),
        Type::Scalar(Scalar::Date) => quote!(chrono::NaiveDate),
        Type::Scalar(Scalar::DateTime) => quote!(chrono::DateTime<chrono::Utc>),
        Type::Any | Type::Error => quote!(serde_json::Value),
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
pub(super) fn decoded_type(body: &Decoded) -> TokenStream {
    match body.kind {
        BodyKind::Json => rust_type(&body.value),
        BodyKind::Text => quote!(String),
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => quote!(bytes::Bytes),
        BodyKind::Stream => quote!(crate::ByteStream),
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
        Type::Any | Type::Scalar(Scalar::Bytes) | Type::Boxed(_) | Type::FormPart => {
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
