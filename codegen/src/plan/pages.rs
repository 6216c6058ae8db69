//! Operations that return a list in pages: how the client finds the items and the next page.

use super::expressions::Example;
use super::type_facts::Text;
use super::types::{Types, decoded_type};
use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::ir::{
    BodyKind, Decoded, Encoding, EnumKind, Location, Method, Operation, Parameter, Presence,
    ResponseShape, Scalar, Shape, Style, Type,
};
use crate::openapi::extension::PAGES;
use crate::openapi::json_type::JsonType;
use crate::openapi::pages::{self, CURSOR, ITEMS};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The method that iterates the pages of an operation.
pub(crate) struct PagesMethod<'a> {
    pub(crate) name: String,
    pub(crate) pages: Pages<'a>,
    /// A loop over the items, as statements.
    pub(crate) example: Option<Example<'a>>,
}

/// How the pages of an operation are iterated.
pub(crate) struct Pages<'a> {
    /// Type of the response.
    pub(crate) page: String,
    pub(crate) item: &'a Type,
    /// Where a response has the items.
    pub(crate) items: Vec<Step<'a>>,
    pub(crate) next: NextPage<'a>,
}

/// How the next page is requested.
pub(crate) enum NextPage<'a> {
    Cursor(&'a str, Value<'a>),
    /// A query parameter, and its value for the first page.
    Page(&'a str, i64),
    /// A query parameter, and its value for the first page.
    Offset(&'a str, i64),
    Link(&'a str),
    Url(Value<'a>),
}

/// A value in a response, and how it becomes a text.
pub(crate) struct Value<'a> {
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) is_rfc3339: bool,
}

/// A step from a value to a value in it.
#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    Field(&'a str),
    /// To the value of an `Option`.
    Some,
    /// To the value of a `Patch`.
    Patch,
}

/// Plans the pages of an operation, if the description says how it pages.
///
/// # Errors
///
/// What is wrong with the extension.
pub(super) fn pages<'a>(
    types: &Types<'a>,
    operation: &'a Operation,
) -> Result<Option<Pages<'a>>, Problem> {
    let Some(stated) = &operation.pages else {
        return Ok(None);
    };
    let at = operation.at.child(PAGES.key);
    let wrong = |message: String, help: &str| {
        let label = "the pages cannot be iterated";
        let problem = Problem::new(Code::BadExtension, message, At::Key(at.clone()), label);
        Err(problem.help(help))
    };
    if operation.method != Method::Get || operation.body.is_some() {
        let message = format!("`{}` is for GET requests without a body", PAGES.key);
        return wrong(message, "remove the extension");
    }
    let body = match &operation.success {
        ResponseShape::Single(body) if body.kind == BodyKind::Json => body,
        _ => {
            let message = format!("`{}` needs one JSON response", PAGES.key);
            return wrong(
                message,
                "describe one successful response, with a JSON schema",
            );
        }
    };
    let response = Response {
        types,
        body,
        at: &at,
    };
    let (items, item) = response.items(stated.items.as_deref())?;
    let parameter =
        |key: &[&str], name| parameter(operation, at.descend(key.iter().copied()), name);
    let next = match &stated.next {
        pages::NextPage::Cursor {
            parameter: name,
            response: property,
        } => {
            let key = [CURSOR, "parameter"];
            let found = parameter(&key, name)?;
            if !is_text(types, &found.value) {
                return Err(not(name, "a string or an integer", at.descend(key)));
            }
            let value = response.value(property, &[CURSOR, "response"])?;
            NextPage::Cursor(name, value)
        }
        pages::NextPage::Page(name) => {
            let found = parameter(&["page"], name)?;
            NextPage::Page(name, first(types, found, 1, at.child("page"))?)
        }
        pages::NextPage::Offset(name) => {
            let found = parameter(&["offset"], name)?;
            NextPage::Offset(name, first(types, found, 0, at.child("offset"))?)
        }
        pages::NextPage::Link(relation) => NextPage::Link(relation),
        pages::NextPage::Url(property) => NextPage::Url(response.value(property, &["url"])?),
    };
    Ok(Some(Pages {
        page: decoded_type(body),
        item,
        items,
        next,
    }))
}

/// Returns the query parameter of this name.
fn parameter<'a>(
    operation: &'a Operation,
    at: Pointer,
    name: &str,
) -> Result<&'a Parameter, Problem> {
    let in_query = |it: &&Parameter| it.location == Location::Query;
    let mut all = operation.parameters.iter().filter(in_query);
    match all.clone().find(|parameter| parameter.wire_name == name) {
        Some(parameter)
            if matches!(
                parameter.encoding,
                Encoding::Style {
                    style: Style::Form,
                    ..
                }
            ) =>
        {
            Ok(parameter)
        }
        Some(_) => Err(not(name, "a query parameter of the style `form`", at)),
        None => {
            let names = all.by_ref().map(|parameter| parameter.wire_name.as_str());
            let otherwise = "name a query parameter of this operation, or describe it";
            let help = meant_or(nearest(name, names), otherwise);
            let message = format!("the operation has no query parameter `{name}`");
            let label = "unknown parameter";
            let problem = Problem::new(Code::BadExtension, message, At::Value(at), label);
            Err(problem.help(help))
        }
    }
}

/// Returns the value that a parameter which counts has for the first page: its default, or else `usual`.
fn first(
    types: &Types<'_>,
    parameter: &Parameter,
    usual: i64,
    at: Pointer,
) -> Result<i64, Problem> {
    if !is_integer(types, &parameter.value) {
        return Err(not(&parameter.wire_name, "an integer", at));
    }
    let default = parameter.default.as_ref();
    Ok(default.and_then(serde_json::Value::as_i64).unwrap_or(usual))
}

/// Reports that a parameter, a property or the response itself is of another type.
fn not(name: &str, what: &str, at: Pointer) -> Problem {
    let message = match name {
        "" => format!("the response is not {what}"),
        name => format!("`{name}` is not {what}"),
    };
    let label = format!("expected {what}");
    Problem::new(Code::BadExtension, message, At::Value(at), label)
}

fn is_integer(types: &Types<'_>, value: &Type) -> bool {
    match types.resolve(value) {
        Type::Scalar(Scalar::Format(format)) => format.json_type() == JsonType::Integer,
        Type::Error => true,
        other => {
            let shape = types.shape_of(other);
            matches!(shape, Some(Shape::Enum(EnumKind::Integers, _)))
        }
    }
}

/// Whether values are strings or integers.
fn is_text(types: &Types<'_>, value: &Type) -> bool {
    is_integer(types, value)
        || (types.text(value).is_some() && types.json_type(value) == Some(JsonType::String))
}

/// The response of an operation, and where its extension is.
struct Response<'r, 'a> {
    types: &'r Types<'a>,
    body: &'a Decoded,
    at: &'r Pointer,
}

impl<'a> Response<'_, 'a> {
    /// Returns the steps to the list of items, and the type of an item.
    fn items(&self, path: Option<&'a str>) -> Result<(Vec<Step<'a>>, &'a Type), Problem> {
        let key: &[&str] = path.map_or(&[], |_| &[ITEMS]);
        let (steps, value) = self.follow(path.unwrap_or_default(), key)?;
        match value {
            Type::Array(item) => Ok((steps, item)),
            Type::Error => Ok((steps, value)),
            _ => {
                let problem = not(path.unwrap_or_default(), "a list", self.place(key));
                Err(problem.help("name the property that lists the items: `items: data`"))
            }
        }
    }

    /// Returns a value that is a string or an integer.
    fn value(&self, path: &'a str, key: &[&str]) -> Result<Value<'a>, Problem> {
        let (steps, value) = self.follow(path, key)?;
        match is_text(self.types, value) {
            true => Ok(Value {
                steps,
                is_rfc3339: self.types.text(value) == Some(Text::Rfc3339),
            }),
            false => Err(not(path, "a string or an integer", self.place(key))),
        }
    }

    /// Returns the steps along a path of properties, and the type at its end. A dot separates two properties,
    /// unless it is a part of a name.
    fn follow(&self, path: &'a str, key: &[&str]) -> Result<(Vec<Step<'a>>, &'a Type), Problem> {
        let mut steps = Vec::new();
        let mut rest = path;
        let mut value = self.non_null(&self.body.value, &mut steps);
        while !rest.is_empty() {
            let fields = match self.types.shape_of(value) {
                Some(Shape::Struct(shape)) => shape.fields.as_slice(),
                _ if *value == Type::Error => return Ok((steps, value)),
                _ => &[],
            };
            let after = |name: &str| {
                let after = rest.strip_prefix(name)?;
                if after.is_empty() {
                    Some(after)
                } else {
                    after.strip_prefix('.')
                }
            };
            let found = fields
                .iter()
                .filter_map(|field| Some((field, after(&field.wire_name)?)));
            let Some((field, after)) = found.max_by_key(|(field, _)| field.wire_name.len()) else {
                let name = rest.split('.').next().unwrap_or(rest);
                let message = format!("the response has no property `{name}`");
                let message = match path == rest {
                    true => message,
                    false => format!("{message} in `{}`", &path[..path.len() - rest.len() - 1]),
                };
                let names = fields.iter().map(|field| field.wire_name.as_str());
                let help = match (nearest(name, names.clone()), fields) {
                    (Some(meant), _) => format!("did you mean `{meant}`?"),
                    (None, []) => "only objects with described properties have one".to_owned(),
                    (None, _) => format!("use one of: {}", names.collect::<Vec<_>>().join(", ")),
                };
                let at = At::Value(self.place(key));
                return Err(
                    Problem::new(Code::BadExtension, message, at, "unknown property").help(help),
                );
            };
            steps.push(Step::Field(&field.name));
            match field.presence {
                Presence::Required => {}
                Presence::Nullable | Presence::Optional | Presence::ResponseOnly => {
                    steps.push(Step::Some);
                }
                Presence::Patch => steps.push(Step::Patch),
            }
            value = self.non_null(&field.value, &mut steps);
            rest = after;
        }
        Ok((steps, value))
    }

    /// Returns the type of the values other than null, behind aliases and boxes.
    fn non_null(&self, value: &'a Type, steps: &mut Vec<Step<'a>>) -> &'a Type {
        match self.types.resolve(value) {
            Type::Nullable(inner) => {
                steps.push(Step::Some);
                self.non_null(inner, steps)
            }
            Type::Boxed(inner) => self.non_null(inner, steps),
            other => other,
        }
    }

    fn place(&self, key: &[&str]) -> Pointer {
        self.at.descend(key.iter().copied())
    }
}
