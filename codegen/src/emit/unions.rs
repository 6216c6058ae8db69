//! Unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::rust::{docs, ident, literal, rust_type, type_text};
use super::{Context, Item};
use crate::ir::{Alternative, Presence, Shape, Type, TypeDefinition};
use crate::names::{Scope, snake_name};

/// How a union's alternatives are told apart.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum TellBy {
    /// By the kind of JSON that each is.
    Kind,
    /// By what has a place for most of a value.
    Fit,
    /// By the value of a key.
    Tag,
}

impl TellBy {
    pub(super) fn of(
        context: &Context<'_>,
        discriminator: Option<&str>,
        alternatives: &[Alternative],
    ) -> TellBy {
        if discriminator.is_some() {
            return TellBy::Tag;
        }
        let mut kinds: Vec<Option<Kind>> = alternatives
            .iter()
            .map(|alternative| kind(context, &alternative.value))
            .collect();
        let count = kinds.len();
        kinds.sort();
        kinds.dedup();
        match count < 2 || (kinds.len() == count && !kinds.contains(&None)) {
            true => TellBy::Kind,
            false => TellBy::Fit,
        }
    }
}

/// Kinds of JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// The kind of JSON that values of a type are, if it is one.
fn kind(context: &Context<'_>, value: &Type) -> Option<Kind> {
    match context.behind(unboxed(value)) {
        Type::Boolean => Some(Kind::Boolean),
        Type::Int32
        | Type::Int64
        | Type::Uint32
        | Type::Uint64
        | Type::Float
        | Type::Double
        | Type::Decimal => Some(Kind::Number),
        Type::String | Type::Bytes | Type::Date | Type::DateTime => Some(Kind::String),
        Type::Array(_) => Some(Kind::Array),
        Type::FreeForm | Type::Map(_) => Some(Kind::Object),
        Type::Any | Type::Nullable(_) | Type::Boxed(_) | Type::FormPart | Type::Error => None,
        Type::Named(name) => match context.shape(name)? {
            Shape::Struct { .. } => Some(Kind::Object),
            Shape::Enum(_) | Shape::Newtype => Some(Kind::String),
            Shape::Integers(_) => Some(Kind::Number),
            Shape::Wrapper(value) => kind(context, value),
            Shape::Literals(_)
            | Shape::Union { .. }
            | Shape::Alias(_)
            | Shape::ResponseEnum { .. }
            | Shape::Multipart { .. }
            | Shape::Options(_) => None,
        },
    }
}

/// Emits an open union.
pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDefinition,
    discriminator: Option<&str>,
    alternatives: &[Alternative],
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of one of several types.");
    let told = TellBy::of(context, discriminator, alternatives);
    let documentation = match told {
        TellBy::Tag => documentation.paragraph(format!(
            "Which one it is the key {} tells; with a value of it that is not listed here, the \
             whole is kept as `Other`.",
            code(discriminator.unwrap_or_default())
        )),
        TellBy::Fit => documentation.paragraph(
            "A value from the server is of the first type that has a place for all of it. Where \
             none has,\nit is of the one that leaves out least, or `Other` if several have places \
             for different keys.",
        ),
        TellBy::Kind => documentation,
    };
    let documentation = documentation.into_tokens();
    let members = alternatives.iter().map(member);
    let mut scope = Scope::with(&[]);
    let accessors = alternatives
        .iter()
        .map(|alternative| accessor(definition, alternative, &mut scope));
    let table = match told {
        TellBy::Tag => "union::tagged",
        TellBy::Fit => "union::choice",
        TellBy::Kind => "union::open_union",
    };
    let head = match discriminator {
        Some(key) => format!("{} by {}", definition.name, literal(key)),
        None => definition.name.clone(),
    };
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// Anything else, as it stands on the wire.
                Other(serde_json::Value),
            }
        }),
        Item::Tokens(quote!(impl #name { #(#accessors)* })),
        Item::Table {
            name: table,
            head,
            rows: rows(context, told, discriminator, alternatives),
        },
    ]
}

fn member(alternative: &Alternative) -> TokenStream {
    let (name, value) = (ident(&alternative.name), rust_type(&alternative.value));
    let text = type_text(unboxed(&alternative.value));
    let documentation = match &alternative.tag {
        Some(tag) => format!(" A value of the type `{text}`, by {}.", code(tag)),
        None => format!(" A value of the type `{text}`."),
    };
    quote! {
        #[doc = #documentation]
        #name(#value),
    }
}

fn accessor(
    definition: &TypeDefinition,
    alternative: &Alternative,
    scope: &mut Scope,
) -> TokenStream {
    let (name, variant) = (ident(&definition.name), ident(&alternative.name));
    let value = rust_type(unboxed(&alternative.value));
    let accessor = ident(&scope.claim(format!("as_{}", snake_name(&alternative.name))));
    let documentation = format!(" The value of `{}`, if it is one.", alternative.name);
    let found = match &alternative.value {
        Type::Boxed(_) => quote!(&**value),
        _ => quote!(value),
    };
    quote! {
        #[doc = #documentation]
        pub fn #accessor(&self) -> Option<&#value> {
            match self {
                #name::#variant(value) => Some(#found),
                _ => None,
            }
        }
    }
}

fn unboxed(value: &Type) -> &Type {
    match value {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

/// One row an alternative, in the order in which they are tried: those with a tag, then the others,
/// of which objects that take any key come last.
fn rows(
    context: &Context<'_>,
    told: TellBy,
    discriminator: Option<&str>,
    alternatives: &[Alternative],
) -> Vec<String> {
    let mut ordered: Vec<&Alternative> = alternatives.iter().collect();
    // Where the kind of JSON tells, any order will do.
    let is_tried = told != TellBy::Kind;
    ordered.sort_by_key(|other| {
        is_tried.then(|| (other.tag.is_none(), takes_any_key(context, &other.value)))
    });
    let rows = ordered.into_iter().map(|alternative| {
        let (name, value) = (&alternative.name, unboxed(&alternative.value));
        // What has a tag is an object, which knows how to write what it holds.
        let wrapper = match alternative.tag.is_none() && context.holds_date_time(value) {
            true => ", date_time::Rfc3339",
            false => "",
        };
        let row = format!("{name} ({}{wrapper})", type_text(value));
        match (&alternative.tag, discriminator) {
            (Some(tag), Some(key)) => {
                let field = match field_of_tag(context, value, key) {
                    Some(field) => format!(" at {field}"),
                    None => String::new(),
                };
                format!("{} => {row}{field}", literal(tag))
            }
            _ if is_tried => match keeps_unknown(context, value) {
                Some(pattern) => format!("{row} unless {}::{pattern}", type_text(value)),
                None => row,
            },
            _ => row,
        }
    });
    rows.collect()
}

fn takes_any_key(context: &Context<'_>, value: &Type) -> bool {
    match context.behind(unboxed(value)) {
        Type::FreeForm | Type::Map(_) => true,
        Type::Named(name) => match context.shape(name) {
            Some(Shape::Struct { rest, .. }) => rest.is_some(),
            Some(Shape::Wrapper(value)) => matches!(value, Type::Map(_)),
            _ => false,
        },
        _ => false,
    }
}

/// The variant in which an open type keeps what it does not know.
fn keeps_unknown(context: &Context<'_>, value: &Type) -> Option<&'static str> {
    let Type::Named(name) = context.behind(value) else {
        return None;
    };
    match context.shape(name)? {
        Shape::Enum(_) | Shape::Integers(_) | Shape::Literals(_) => Some("Unknown(_)"),
        Shape::Union { .. } => Some("Other(_)"),
        _ => None,
    }
}

/// The field of a struct that holds the discriminator's value, if it always does, as text.
fn field_of_tag<'a>(context: &Context<'a>, value: &Type, key: &str) -> Option<&'a str> {
    let Type::Named(name) = context.behind(value) else {
        return None;
    };
    let Shape::Struct { fields, .. } = context.shape(name)? else {
        return None;
    };
    let field = fields.iter().find(|field| field.wire_name == key)?;
    let is_text = field.presence == Presence::Required && context.is_text(&field.value);
    is_text.then_some(&field.name)
}
