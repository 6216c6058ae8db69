//! Unions: the order in which the variants are tried, and their Rust names and types.

use super::types::{Types, borrowed_type, rust_type, unboxed};
use crate::ir::{self, Discriminator, Scalar, Shape, Type};
use crate::names::{Scope, snake_name};
use crate::openapi::format::Format;

/// A union, with its variants in the order of the description.
pub(crate) struct Union<'a> {
    pub(crate) discriminator: Option<&'a Discriminator>,
    pub(crate) variants: Vec<UnionVariant<'a>>,
    /// The variants as indices, in the order in which they are tried.
    pub(crate) order: Vec<usize>,
    /// Whether no two variants have values of the same JSON type.
    pub(crate) differ_by_json_type: bool,
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
}

impl<'a> Union<'a> {
    pub(super) fn of(
        types: &Types<'a>,
        discriminator: Option<&'a Discriminator>,
        variants: &'a [ir::UnionVariant],
    ) -> Self {
        let mut accessors = Scope::with(&[]);
        let planned = variants.iter().map(|variant| UnionVariant {
            accessor: accessors.claim(format!("as_{}", snake_name(&variant.name))),
            rust_type: rust_type(unboxed(&variant.value)),
            borrowed_type: borrowed_type(unboxed(&variant.value)),
            is_boxed: matches!(variant.value, Type::Boxed(_)),
            has_rfc3339: types.has_rfc3339(unboxed(&variant.value)),
            ir: variant,
        });
        let planned = planned.collect();
        let mut order: Vec<usize> = (0..variants.len()).collect();
        order.sort_by_key(|index| breadth(types, &variants[*index].value));
        Union {
            discriminator,
            variants: planned,
            order,
            differ_by_json_type: differ_by_json_type(types, variants),
        }
    }
}

fn differ_by_json_type(types: &Types<'_>, variants: &[ir::UnionVariant]) -> bool {
    let mut seen = Vec::new();
    variants.iter().all(|variant| {
        let json_type = types.json_type(&variant.value);
        let is_new = json_type.is_some() && !seen.contains(&json_type);
        seen.push(json_type);
        is_new
    })
}

/// How many values a type accepts, compared with other types for the same JSON. Narrower types are tried
/// first, so that a number or a string is of the narrowest type that keeps it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Breadth {
    Narrow,
    /// Numbers and strings of a format.
    Format,
    AnyOfItsJsonType,
    Any,
}

fn breadth(types: &Types<'_>, value: &Type) -> Breadth {
    match types.resolve(unboxed(value)) {
        Type::Array(item) => breadth(types, item),
        Type::Named(name) => match types.shape(name) {
            Some(Shape::Union { variants, .. }) => {
                let variants = variants.iter();
                let variants = variants.map(|variant| own_breadth(types, &variant.value));
                variants.max().unwrap_or(Breadth::Narrow)
            }
            _ => own_breadth(types, value),
        },
        other => own_breadth(types, other),
    }
}

/// The breadth of a type, without the types in it.
fn own_breadth(types: &Types<'_>, value: &Type) -> Breadth {
    match types.resolve(unboxed(value)) {
        Type::Scalar(
            Scalar::String | Scalar::Format(Format::Float | Format::Double | Format::Decimal),
        )
        | Type::FreeForm
        | Type::Map(_) => Breadth::AnyOfItsJsonType,
        Type::Scalar(Scalar::Format(_)) | Type::JsonText(_) => Breadth::Format,
        Type::Any | Type::Error => Breadth::Any,
        Type::Named(name) => match types.shape(name) {
            Some(
                Shape::StringNewtype
                | Shape::Struct(ir::Struct { rest: Some(_), .. })
                | Shape::Wrapper(Type::Map(_)),
            ) => Breadth::AnyOfItsJsonType,
            _ => Breadth::Narrow,
        },
        Type::Scalar(Scalar::Boolean)
        | Type::Array(_)
        | Type::Tuple(_)
        | Type::FormPart
        | Type::Nullable(_)
        | Type::Boxed(_) => Breadth::Narrow,
    }
}
