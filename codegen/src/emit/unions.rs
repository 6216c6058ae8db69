//! Unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::rust::{docs, ident, literal, rust_type, type_text};
use super::{Context, Item};
use crate::ir::{Presence, Scalar, Shape, Type, TypeDefinition, UnionVariant};
use crate::names::{Scope, snake_name};

/// How a union's variants are told apart.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum TellBy {
    /// By the kind of JSON that each is.
    JsonType,
    /// By what has a place for most of a value.
    Fit,
    /// By the value of a key.
    Tag,
}

impl TellBy {
    pub(super) fn of(
        context: &Context<'_>,
        discriminator: Option<&str>,
        variants: &[UnionVariant],
    ) -> TellBy {
        if discriminator.is_some() {
            return TellBy::Tag;
        }
        let mut kinds: Vec<Option<JsonType>> = variants
            .iter()
            .map(|alternative| kind(context, &alternative.value))
            .collect();
        let count = kinds.len();
        kinds.sort();
        kinds.dedup();
        match count < 2 || (kinds.len() == count && !kinds.contains(&None)) {
            true => TellBy::JsonType,
            false => TellBy::Fit,
        }
    }
}

/// Kinds of JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum JsonType {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// The kind of JSON that values of a type are, if it is one.
fn kind(context: &Context<'_>, value: &Type) -> Option<JsonType> {
    match context.behind(unboxed(value)) {
        Type::Scalar(Scalar::Boolean) => Some(JsonType::Boolean),
        Type::Scalar(
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Float
            | Scalar::Double
            | Scalar::Decimal,
        ) => Some(JsonType::Number),
        Type::Scalar(Scalar::String | Scalar::Bytes | Scalar::Date | Scalar::DateTime) => {
            Some(JsonType::String)
        }
        Type::Array(_) => Some(JsonType::Array),
        Type::FreeForm | Type::Map(_) => Some(JsonType::Object),
        Type::Any | Type::Nullable(_) | Type::Boxed(_) | Type::FormPart | Type::Error => None,
        Type::Named(name) => match context.shape(name)? {
            Shape::Struct { .. } => Some(JsonType::Object),
            Shape::StringEnum(_) | Shape::StringNewtype => Some(JsonType::String),
            Shape::IntegerEnum(_) => Some(JsonType::Number),
            Shape::Wrapper(value) => kind(context, value),
            Shape::JsonEnum(_)
            | Shape::Union { .. }
            | Shape::Alias(_)
            | Shape::ResponseEnum { .. }
            | Shape::Multipart { .. }
            | Shape::OptionalParameters(_) => None,
        },
    }
}

/// Emits an open union.
pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDefinition,
    discriminator: Option<&str>,
    variants: &[UnionVariant],
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of one of several types.");
    let told = TellBy::of(context, discriminator, variants);
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
        TellBy::JsonType => documentation,
    };
    let documentation = documentation.into_tokens();
    let members = variants.iter().map(member);
    let mut scope = Scope::with(&[]);
    let accessors = variants
        .iter()
        .map(|alternative| accessor(definition, alternative, &mut scope));
    let table = match told {
        TellBy::Tag => "union::tagged",
        TellBy::Fit => "union::choice",
        TellBy::JsonType => "union::open_union",
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
            rows: rows(context, told, discriminator, variants),
        },
    ]
}

fn member(alternative: &UnionVariant) -> TokenStream {
    let (name, value) = (ident(&alternative.name), rust_type(&alternative.value));
    let text = type_text(unboxed(&alternative.value));
    let documentation = match &alternative.discriminator_value {
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
    alternative: &UnionVariant,
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
    variants: &[UnionVariant],
) -> Vec<String> {
    let mut ordered: Vec<&UnionVariant> = variants.iter().collect();
    // Where the kind of JSON tells, any order will do.
    let is_tried = told != TellBy::JsonType;
    ordered.sort_by_key(|other| {
        is_tried.then(|| {
            (
                other.discriminator_value.is_none(),
                takes_any_key(context, &other.value),
            )
        })
    });
    let rows = ordered.into_iter().map(|alternative| {
        let (name, value) = (&alternative.name, unboxed(&alternative.value));
        // What has a tag is an object, which knows how to write what it holds.
        let wrapper =
            match alternative.discriminator_value.is_none() && context.holds_date_time(value) {
                true => ", date_time::Rfc3339",
                false => "",
            };
        let row = format!("{name} ({}{wrapper})", type_text(value));
        match (&alternative.discriminator_value, discriminator) {
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
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::JsonEnum(_) => Some("Unknown(_)"),
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
