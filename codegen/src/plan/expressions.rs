//! The text of Rust expressions for example values.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::type_facts::Literal;
use super::types::Types;
use crate::ir::{
    Access, BodyKind, Content, EnumKind, Field, Operation, Presence, Scalar, Shape, StructKind,
    Type,
};

/// A piece of Rust, and the definitions that it names.
pub(crate) struct Example<'a> {
    pub(crate) names: BTreeSet<&'a str>,
    pub(crate) code: String,
}

/// Expression for bytes.
const FILE: &str = "std::fs::read(\"file\")?";

/// Returns a string literal.
pub(super) fn string(text: &str) -> String {
    format!("{text:?}")
}

/// Returns an object of the examples of its properties.
pub(super) fn example_of(types: &Types<'_>, value: &Type) -> Option<Value> {
    let Some(Shape::Struct(shape)) = types.shape_of(value) else {
        return None;
    };
    let examples = shape
        .fields
        .iter()
        .filter_map(|field| Some((field.wire_name.clone(), field.example.clone()?)));
    Some(Value::Object(examples.collect()))
}

/// Writes the expressions of one example.
pub(super) struct Maker<'p, 'a> {
    types: &'p Types<'a>,
    /// The definitions that the expressions name.
    names: BTreeSet<&'a str>,
}

impl<'p, 'a> Maker<'p, 'a> {
    pub(super) fn new(types: &'p Types<'a>) -> Self {
        Maker {
            types,
            names: BTreeSet::new(),
        }
    }

    pub(super) fn example(self, code: String) -> Example<'a> {
        Example {
            names: self.names,
            code,
        }
    }

    /// Returns the arguments of a call with this body.
    pub(super) fn arguments(
        &mut self,
        operation: &'a Operation,
        body: Option<String>,
    ) -> Option<Vec<String>> {
        let mut arguments = Vec::new();
        for parameter in operation.parameters.iter().filter(|it| it.required) {
            let example = parameter.example.clone().unwrap_or(Value::Null);
            arguments.push(self.argument(&parameter.value, &example)?);
        }
        if let (Some(body), Some(value)) = (&operation.body, body) {
            let content = body.contents.first()?;
            arguments.push(match (body.required, content.kind) {
                (true, _) => value,
                (false, BodyKind::Bytes) => format!("Some({value}.into())"),
                (false, _) => format!("Some({value})"),
            });
        }
        if let Some(name) = &operation.optional_parameters {
            self.names.insert(name);
            arguments.push(format!("&{name}::new()"));
        }
        Some(arguments)
    }

    /// Returns the expression for a body as a method takes it.
    pub(super) fn body(&mut self, content: &'a Content, crate_ident: &str) -> Option<String> {
        let example = content.example.clone();
        match content.kind {
            BodyKind::Json | BodyKind::Form => Some(format!("&{}", self.bare_body(content)?)),
            BodyKind::Text if !content.is_open() => {
                let example = example.unwrap_or_else(|| Value::from("text"));
                Some(string(example.as_str()?))
            }
            BodyKind::Bytes if !content.is_open() => Some(FILE.to_owned()),
            BodyKind::Multipart => match &content.value {
                Type::Named(name) => {
                    let form = self.named(name, &example.unwrap_or_else(|| json!({})))?;
                    Some(format!("&{form}"))
                }
                _ => {
                    let new = format!("{crate_ident}::Multipart::new()");
                    Some(format!("&{new}.part(\"name\", \"value\")"))
                }
            },
            BodyKind::Text | BodyKind::Bytes | BodyKind::Stream | BodyKind::Items(_) => None,
        }
    }

    /// Returns the expression for the value of a body of JSON or of a form.
    pub(super) fn bare_body(&mut self, content: &'a Content) -> Option<String> {
        let example = content.example.clone();
        let example = example.or_else(|| example_of(self.types, &content.value))?;
        self.argument(&content.value, &example)
    }

    /// Returns the expression for a value as a method takes it, which converts strings and lists of
    /// them.
    pub(super) fn argument(&mut self, value: &'a Type, example: &Value) -> Option<String> {
        match (value, example) {
            (Type::FormPart, _) => Some(FILE.to_owned()),
            (Type::Array(inner), Value::Array(items))
                if !items.is_empty() && self.types.is_string(inner) =>
            {
                let items = items.iter().map(|item| self.argument(inner, item));
                Some(format!(
                    "[{}]",
                    items.collect::<Option<Vec<_>>>()?.join(", ")
                ))
            }
            (value, Value::String(text)) if self.is_converted(value) => Some(string(text)),
            _ => self.exact(value, example),
        }
    }

    /// Returns the expression for a value where nothing converts it.
    pub(super) fn exact(&mut self, value: &'a Type, example: &Value) -> Option<String> {
        match (self.types.resolve(value), example) {
            (value, Value::String(text)) if self.is_converted(value) => {
                Some(format!("{}.into()", string(text)))
            }
            (Type::Scalar(scalar), example) => literal(*scalar, example),
            // What takes a box takes its value, too.
            (Type::Boxed(inner), example) => self.exact(inner, example),
            (Type::Array(inner), Value::Array(items)) if !items.is_empty() => {
                let items = items.iter().map(|item| self.exact(inner, item));
                Some(format!(
                    "vec![{}]",
                    items.collect::<Option<Vec<_>>>()?.join(", ")
                ))
            }
            (Type::Named(name), example) => self.named(name, example),
            _ => None,
        }
    }

    /// Whether a value is made of a string by a conversion; variants of enums are named instead.
    fn is_converted(&self, value: &Type) -> bool {
        match self.types.resolve(value) {
            Type::Scalar(scalar) => scalar.facts().literal == Literal::String,
            other => matches!(self.types.shape_of(other), Some(Shape::StringNewtype)),
        }
    }

    fn named(&mut self, name: &'a str, example: &Value) -> Option<String> {
        let code = match (self.types.shape(name)?, example) {
            (Shape::Enum(kind, variants), example) => {
                let text = match (kind, example) {
                    (EnumKind::Strings, example) => example.as_str()?.to_owned(),
                    (EnumKind::Integers | EnumKind::Json, example) => example.to_string(),
                };
                let variant = variants.iter().find(|variant| variant.text == text)?;
                Some(format!("{name}::{}", variant.name))
            }
            (Shape::Struct(shape), Value::Object(map)) => {
                let is_form = matches!(shape.kind, StructKind::Forms(_));
                let text = is_form.then(|| Value::from("text"));
                let mut required = Vec::new();
                for index in &shape.constructor {
                    let field = &shape.fields[*index];
                    let example = map.get(&field.wire_name).or(field.example.as_ref());
                    required.push(self.required(field, example.or(text.as_ref())?)?);
                }
                let mut code = format!("{name}::new({})", required.join(", "));
                for (index, field) in shape.fields.iter().enumerate() {
                    let is_required = field.presence == Presence::Required;
                    if !is_form
                        && (is_left_out_at_first(field) || is_required)
                        && !shape.constructor.contains(&index)
                        && let Some(example) = map.get(&field.wire_name)
                        && let Some(argument) = self.argument(&field.value, example)
                    {
                        code.push_str(&format!(".{}({argument})", field.name));
                    }
                }
                Some(code)
            }
            _ => None,
        }?;
        self.names.insert(name);
        Some(code)
    }

    /// Returns an argument of `new`.
    fn required(&mut self, field: &'a Field, example: &Value) -> Option<String> {
        match field.presence {
            Presence::Nullable | Presence::Patch => {
                let value = self.exact(&field.value, example)?;
                Some(match &field.value {
                    Type::Boxed(_) => format!("Some({value}.into())"),
                    _ => format!("Some({value})"),
                })
            }
            _ => self.argument(&field.value, example),
        }
    }
}

fn literal(scalar: Scalar, example: &Value) -> Option<String> {
    match (scalar.facts().literal, example) {
        (Literal::Boolean, Value::Bool(value)) => Some(value.to_string()),
        (Literal::Integer, Value::Number(number)) => {
            let Scalar::Format(format) = scalar else {
                return None;
            };
            let integer = number.as_i64().map(i128::from);
            let integer = integer.or_else(|| number.as_u64().map(i128::from))?;
            format
                .range()?
                .contains(&integer)
                .then(|| integer.to_string())
        }
        (Literal::Float, Value::Number(number)) => {
            let number = number.as_f64().filter(|number| number.is_finite())?;
            let text = number.to_string();
            Some(match text.contains('.') {
                true => text,
                false => format!("{text}.0"),
            })
        }
        (Literal::ParsedNumber, Value::Number(number)) => {
            Some(format!("{}.parse()?", string(&number.to_string())))
        }
        (Literal::ParsedString, Value::String(text)) => Some(format!("{}.parse()?", string(text))),
        _ => None,
    }
}

fn is_left_out_at_first(field: &Field) -> bool {
    let is_optional = matches!(field.presence, Presence::Optional | Presence::Patch);
    is_optional && field.access != Access::ReadOnly
}
