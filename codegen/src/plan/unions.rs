//! Unions: how a variant is chosen, and in which order the variants are tried.

use super::types::{Types, borrowed_type, rust_type, unboxed};
use crate::ir::{self, Presence, Shape, Type};
use crate::names::{Scope, snake_name};

/// A union, with its variants in the order of the description.
pub(crate) struct Union<'a> {
    pub(crate) matching: Matching<'a>,
    pub(crate) variants: Vec<UnionVariant<'a>>,
    /// The variants as indices, in the order in which they are tried.
    pub(crate) order: Vec<usize>,
}

/// How a value finds its variant.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Matching<'a> {
    /// By the value of this key.
    Discriminator(&'a str),
    /// By its JSON type, which is another one for each variant.
    JsonType,
    /// By the variant that has a field for most of its keys.
    BestFit,
}

pub(crate) struct UnionVariant<'a> {
    pub(crate) ir: &'a ir::UnionVariant,
    /// The method that returns the value if it is of this variant.
    pub(crate) accessor: String,
    /// Type of the value, without the box that it may be in.
    pub(crate) rust_type: String,
    /// Type of a reference to the value.
    pub(crate) borrowed_type: String,
    pub(crate) is_boxed: bool,
    pub(crate) has_rfc3339: bool,
    /// The field that always holds the discriminator's value as a string.
    pub(crate) discriminator_field: Option<&'a str>,
    /// The pattern of the variant in which the type itself keeps unknown values.
    pub(crate) unknown: Option<&'static str>,
}

impl<'a> Matching<'a> {
    pub(crate) fn of(
        types: &Types<'_>,
        discriminator: Option<&'a str>,
        variants: &[ir::UnionVariant],
    ) -> Self {
        if let Some(key) = discriminator {
            return Matching::Discriminator(key);
        }
        let found = variants
            .iter()
            .map(|variant| types.json_type(&variant.value));
        let found: Vec<_> = found.collect();
        let is_first = |index: usize| !found[..index].contains(&found[index]);
        let differ = !found.contains(&None) && (0..found.len()).all(is_first);
        match variants.len() < 2 || differ {
            true => Matching::JsonType,
            false => Matching::BestFit,
        }
    }
}

impl<'a> Union<'a> {
    pub(super) fn of(
        types: &Types<'a>,
        discriminator: Option<&'a str>,
        variants: &'a [ir::UnionVariant],
    ) -> Self {
        let matching = Matching::of(types, discriminator, variants);
        let mut accessors = Scope::with(&[]);
        let planned = variants.iter().map(|variant| UnionVariant {
            accessor: accessors.claim(format!("as_{}", snake_name(&variant.name))),
            rust_type: rust_type(unboxed(&variant.value)),
            borrowed_type: borrowed_type(unboxed(&variant.value)),
            is_boxed: matches!(variant.value, Type::Boxed(_)),
            // A variant with a discriminator value is an object, which writes its own fields.
            has_rfc3339: variant.discriminator_value.is_none()
                && types.has_rfc3339(unboxed(&variant.value)),
            discriminator_field: discriminator
                .and_then(|key| discriminator_field(types, unboxed(&variant.value), key)),
            unknown: match matching {
                Matching::JsonType => None,
                Matching::Discriminator(_) | Matching::BestFit => {
                    unknown(types, unboxed(&variant.value))
                }
            },
            ir: variant,
        });
        let planned = planned.collect();
        let mut order: Vec<usize> = (0..variants.len()).collect();
        // Discriminator values first, and objects that take any key last.
        order.sort_by_key(|index| match matching {
            Matching::JsonType => (false, false),
            Matching::Discriminator(_) | Matching::BestFit => {
                let variant = &variants[*index];
                let is_open = takes_any_key(types, &variant.value);
                (variant.discriminator_value.is_none(), is_open)
            }
        });
        Union {
            matching,
            variants: planned,
            order,
        }
    }
}

fn takes_any_key(types: &Types<'_>, value: &Type) -> bool {
    match types.resolve(unboxed(value)) {
        Type::FreeForm | Type::Map(_) => true,
        Type::Named(name) => match types.shape(name) {
            Some(Shape::Struct { rest, .. }) => rest.is_some(),
            Some(Shape::Wrapper(value)) => matches!(value, Type::Map(_)),
            _ => false,
        },
        _ => false,
    }
}

fn unknown(types: &Types<'_>, value: &Type) -> Option<&'static str> {
    match types.shape_of(value)? {
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::JsonEnum(_) => Some("Unknown(_)"),
        Shape::Union { .. } => Some("Other(_)"),
        _ => None,
    }
}

fn discriminator_field<'a>(types: &Types<'a>, value: &Type, key: &str) -> Option<&'a str> {
    let Shape::Struct { fields, .. } = types.shape_of(value)? else {
        return None;
    };
    let field = fields.iter().find(|field| field.wire_name == key)?;
    let is_string = field.presence == Presence::Required && types.is_string(&field.value);
    is_string.then_some(&field.name)
}
