//! The parts of the runtime that a description needs, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::parameters;
use super::rust::ident;
use super::unions::TellBy;
use super::{Context, Item, Module};
use crate::ir::{Access, BodyKind, Field, ResponseShape, Scalar, Shape, Type, TypeDefinition};
use crate::runtime::{PARTS, Part};

/// The parts that the output names, by name.
pub(super) fn needed(context: &Context<'_>) -> Vec<&'static Part> {
    let mut names = BTreeSet::new();
    for value in context.api.values() {
        for part in value.walk() {
            match part {
                Type::Scalar(Scalar::Bytes) => names.insert("base64"),
                Type::Scalar(Scalar::Decimal) => names.insert("decimal"),
                _ => false,
            };
        }
    }
    names.extend(
        context
            .schemes
            .iter()
            .filter_map(|scheme| scheme.kind.part()),
    );
    for operation in context.api.operations() {
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            names.extend(of_request(content.kind));
        }
        match &operation.success {
            ResponseShape::Empty | ResponseShape::Enum(_) => {}
            ResponseShape::Single(body) => names.extend(of_answer(body.kind)),
            ResponseShape::Optional(body) => {
                names.insert("maybe");
                names.extend(of_answer(body.kind));
            }
        }
        if operation.stream.is_some() {
            names.extend(of_answer(BodyKind::Stream));
        }
    }
    for definition in &context.api.types {
        if let Shape::ResponseEnum { variants, .. } = &definition.shape {
            names.insert("answers");
            let contents = variants
                .iter()
                .filter_map(|variant| variant.content.as_ref());
            let formats = contents.map(|(_, body)| body.kind);
            names.extend(
                formats
                    .filter(|format| *format == BodyKind::Text)
                    .flat_map(of_answer),
            );
        }
    }
    let definitions = context.api.types.iter();
    names.extend(definitions.filter_map(|definition| of_shape(context, definition)));
    for parameter in context
        .api
        .operations()
        .flat_map(|operation| &operation.parameters)
    {
        if !parameters::is_plain(context, parameter) {
            names.insert(parameters::part(parameter));
        }
    }
    if context.options.mock {
        names.insert("mock");
    }
    loop {
        let named = PARTS.iter().filter(|part| names.contains(part.name));
        let others: BTreeSet<&str> = named.flat_map(|part| part.parts).copied().collect();
        if others.is_subset(&names) {
            break;
        }
        names.extend(others);
    }
    let parts = PARTS.iter();
    parts.filter(|part| names.contains(part.name)).collect()
}

/// What a body of this format needs in a request.
fn of_request(format: BodyKind) -> &'static [&'static str] {
    match format {
        BodyKind::Json => &[],
        BodyKind::Text | BodyKind::Stream => &["text"],
        BodyKind::Bytes => &["request_body"],
        BodyKind::Form => &["form"],
        BodyKind::Multipart => &["multipart"],
    }
}

/// What a body of this format needs in an answer.
fn of_answer(format: BodyKind) -> &'static [&'static str] {
    match format {
        BodyKind::Json => &[],
        BodyKind::Text => &["text"],
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => &["binary", "reader", "stream"],
        BodyKind::Stream => &["reader", "stream"],
    }
}

/// The part that knows how values of a definition stand on the wire, if it is a part.
pub(super) fn of_shape(context: &Context<'_>, definition: &TypeDefinition) -> Option<&'static str> {
    match &definition.shape {
        Shape::Struct { fields, .. } if definition.is_constructible => {
            let is_read_only = |field: &Field| field.access == Access::ReadOnly;
            fields.iter().any(is_read_only).then_some("read_only")
        }
        Shape::Union {
            discriminator,
            variants,
        } => match TellBy::of(context, discriminator.as_deref(), variants) {
            TellBy::JsonType => None,
            TellBy::Tag | TellBy::Fit => Some("choice"),
        },
        Shape::IntegerEnum(_) => Some("integers"),
        Shape::JsonEnum(_) => Some("literals"),
        Shape::Wrapper(_) => Some("transparent"),
        Shape::ResponseEnum { .. } => Some("answers"),
        _ => None,
    }
}

/// Emits `parts/mod.rs`.
pub(super) fn emit(parts: &[&Part]) -> Module {
    let modules = parts.iter().map(|part| {
        let (only, name) = (only(part), ident(part.name));
        quote!(#only pub(crate) mod #name;)
    });
    Module {
        path: "src/parts/mod.rs".to_owned(),
        docs: vec!["What this API needs besides what each client has.".to_owned()],
        items: vec![Item::Tokens(quote!(#(#modules)*))],
    }
}

/// What the crate exports of its parts.
pub(super) fn exports(parts: &[&Part]) -> TokenStream {
    let exports = parts.iter().map(|part| {
        let module = ident(part.name);
        let names = part.exports.iter().map(|name| ident(name));
        let only = only(part);
        match part.exports {
            [] => TokenStream::new(),
            [_] => quote!(#only pub use self::parts::#module::#(#names)*;),
            _ => quote!(#only pub use self::parts::#module::{#(#names),*};),
        }
    });
    quote!(#(#exports)*)
}

/// Says with which feature a part is compiled, if not with all.
fn only(part: &Part) -> Option<TokenStream> {
    let feature = part.feature?;
    Some(quote!(#[cfg(feature = #feature)]))
}
