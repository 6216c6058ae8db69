//! Limits of values: `maxLength`, `minimum` and the keywords like them. The client documents them and
//! leaves it to the server to enforce them.

use std::fmt::Display;

use openapiv3::{Schema, SchemaKind, Type};

use crate::ir::Limit;

/// The limits that a schema itself sets, without those of what it refers to or merges.
pub(super) fn limits(schema: &Schema) -> Vec<Limit> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(it)) => {
            of_string(it.min_length, it.max_length, it.pattern.as_ref())
        }
        SchemaKind::Type(Type::Number(it)) => of_number(
            (it.minimum, it.exclusive_minimum),
            (it.maximum, it.exclusive_maximum),
            it.multiple_of,
        ),
        SchemaKind::Type(Type::Integer(it)) => of_number(
            (it.minimum, it.exclusive_minimum),
            (it.maximum, it.exclusive_maximum),
            it.multiple_of,
        ),
        SchemaKind::Type(Type::Array(it)) => of_array(it.min_items, it.max_items, it.unique_items),
        SchemaKind::Type(Type::Object(it)) => of_object(it.min_properties, it.max_properties),
        SchemaKind::Any(it) => [
            of_string(it.min_length, it.max_length, it.pattern.as_ref()),
            of_number(
                (it.minimum, it.exclusive_minimum == Some(true)),
                (it.maximum, it.exclusive_maximum == Some(true)),
                it.multiple_of,
            ),
            of_array(it.min_items, it.max_items, it.unique_items == Some(true)),
            of_object(it.min_properties, it.max_properties),
        ]
        .concat(),
        SchemaKind::Type(Type::Boolean(_))
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => Vec::new(),
    }
}

fn of_string(min: Option<usize>, max: Option<usize>, pattern: Option<&String>) -> Vec<Limit> {
    let min = min.filter(|min| *min > 0).map(Limit::MinLength);
    let pattern = pattern.cloned().map(Limit::Pattern);
    let all = [min, max.map(Limit::MaxLength), pattern];
    all.into_iter().flatten().collect()
}

fn of_number<N: Display>(
    (min, above): (Option<N>, bool),
    (max, below): (Option<N>, bool),
    multiple: Option<N>,
) -> Vec<Limit> {
    let min = min.map(|min| match above {
        true => Limit::GreaterThan(min.to_string()),
        false => Limit::Minimum(min.to_string()),
    });
    let max = max.map(|max| match below {
        true => Limit::LessThan(max.to_string()),
        false => Limit::Maximum(max.to_string()),
    });
    let multiple = multiple.map(|step| Limit::MultipleOf(step.to_string()));
    [min, max, multiple].into_iter().flatten().collect()
}

fn of_array(min: Option<usize>, max: Option<usize>, is_unique: bool) -> Vec<Limit> {
    let min = min.filter(|min| *min > 0).map(Limit::MinItems);
    let unique = is_unique.then_some(Limit::UniqueItems);
    let all = [min, max.map(Limit::MaxItems), unique];
    all.into_iter().flatten().collect()
}

fn of_object(min: Option<usize>, max: Option<usize>) -> Vec<Limit> {
    let min = min.filter(|min| *min > 0).map(Limit::MinProperties);
    let all = [min, max.map(Limit::MaxProperties)];
    all.into_iter().flatten().collect()
}
