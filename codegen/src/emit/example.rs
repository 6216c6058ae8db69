//! Examples of calls, made of the description's own examples.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::Context;
use super::rust::ident;
use crate::ir::{
    Access, BodyKind, Content, Field, Operation, Presence, ResponseShape, Scalar, Shape, Type,
};
use crate::names::snake_name;

/// The lines of a code block that makes the call, if the description has examples enough.
pub(super) fn of_operation(context: &Context<'_>, operation: &Operation) -> Option<Vec<String>> {
    let mut maker = Maker::new(context);
    let body = match &operation.body {
        Some(body) => Some(maker.body(body.contents.first()?)?),
        None => None,
    };
    let arguments = maker.arguments(operation, body)?;
    let method = ident(&operation.name);
    let call = quote!(client.#method(#(#arguments),*).await?);
    let call = match &operation.success {
        ResponseShape::Empty => quote!(#call;),
        ResponseShape::Single(body) if body.kind == BodyKind::Stream => quote! {
            let mut answer = #call;
            while let Some(piece) = answer.chunk().await? {
                println!("{}", String::from_utf8_lossy(&piece));
            }
        },
        _ => {
            let answer = ident(&answer_name(operation));
            quote!(let #answer = #call;)
        }
    };
    maker.block("async fn example(client: {crate}::Client)", &call)
}

/// The lines of a code block that tells a mock to answer, if the description has an example of the
/// answer; `method` is the name of the mock's method.
pub(super) fn of_answer(
    context: &Context<'_>,
    operation: &Operation,
    method: &str,
) -> Option<Vec<String>> {
    let mut maker = Maker::new(context);
    let answer = match &operation.success {
        ResponseShape::Empty => quote!(()),
        ResponseShape::Single(body) | ResponseShape::Optional(body)
            if body.kind == BodyKind::Json =>
        {
            let mut successes = operation
                .responses
                .iter()
                .filter(|answer| answer.is_success);
            let content = successes.find_map(|answer| answer.contents.first())?;
            let example = content.example.clone();
            let example = example.or_else(|| example_of(context, &body.value))?;
            maker.exact(&body.value, &example)?
        }
        _ => return None,
    };
    let method = ident(method);
    let call = quote!(mock.#method().respond_with(#answer););
    maker.block("fn example(mock: {crate}::mock::MockServer)", &call)
}

/// What a variable with the answer is called: as its type, if that has a name.
pub(super) fn answer_name(operation: &Operation) -> String {
    let name = match &operation.success {
        ResponseShape::Single(body) if body.kind == BodyKind::Json => match &body.value {
            Type::Named(name) => snake_name(name),
            _ => return "answer".to_owned(),
        },
        _ => return "answer".to_owned(),
    };
    match name.as_str() {
        "body" | "client" | "error" | "response" => "answer".to_owned(),
        _ => name,
    }
}

pub(super) fn print(tokens: TokenStream) -> Option<String> {
    Some(prettyplease::unparse(&syn::parse2(tokens).ok()?))
}

/// An object of the examples of its properties.
fn example_of(context: &Context<'_>, value: &Type) -> Option<Value> {
    let Type::Named(name) = context.behind(value) else {
        return None;
    };
    let Some(Shape::Struct { fields, .. }) = context.shape(name) else {
        return None;
    };
    let examples = fields
        .iter()
        .filter_map(|field| Some((field.wire_name.clone(), field.example.clone()?)));
    Some(Value::Object(examples.collect()))
}

/// Makes expressions of examples.
pub(super) struct Maker<'a> {
    context: &'a Context<'a>,
    /// The types that the expressions name.
    types: BTreeSet<String>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Maker {
            context,
            types: BTreeSet::new(),
        }
    }

    /// The line that imports the types that the expressions name, if there are any.
    pub(super) fn import(&self) -> TokenStream {
        let crate_name = ident(&self.context.crate_ident());
        let types: Vec<_> = self.types.iter().map(|name| ident(name)).collect();
        match types.as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(use #crate_name::types::#only;),
            all => quote!(use #crate_name::types::{#(#all),*};),
        }
    }

    /// The arguments of a call with this body.
    pub(super) fn arguments(
        &mut self,
        operation: &Operation,
        body: Option<TokenStream>,
    ) -> Option<Vec<TokenStream>> {
        let mut arguments = Vec::new();
        for parameter in operation.parameters.iter().filter(|it| it.required) {
            let example = parameter.example.clone().unwrap_or(Value::Null);
            arguments.push(self.argument(&parameter.value, &example)?);
        }
        if let (Some(body), Some(value)) = (&operation.body, body) {
            let content = body.contents.first()?;
            arguments.push(match (body.required, content.kind) {
                (true, _) => value,
                (false, BodyKind::Bytes) => quote!(Some(#value.into())),
                (false, _) => quote!(Some(#value)),
            });
        }
        if let Some(options) = &operation.optional_parameters {
            let name = ident(options);
            self.types.insert(options.clone());
            arguments.push(quote!(&#name::new()));
        }
        Some(arguments)
    }

    /// The expression for a body where it is passed to a method that wants one.
    fn body(&mut self, content: &Content) -> Option<TokenStream> {
        let example = content.example.clone();
        match content.kind {
            BodyKind::Json | BodyKind::Form => {
                let body = self.bare_body(content)?;
                Some(quote!(&#body))
            }
            BodyKind::Text if !content.is_open() => {
                let example = example.unwrap_or_else(|| Value::from("text"));
                let text = example.as_str()?;
                Some(quote!(#text))
            }
            BodyKind::Bytes if !content.is_open() => Some(file()),
            BodyKind::Multipart => match &content.value {
                Type::Named(name) => {
                    let form = self.named(name, &example.unwrap_or_else(|| json!({})))?;
                    Some(quote!(&#form))
                }
                _ => {
                    let crate_name = ident(&self.context.crate_ident());
                    Some(quote!(&#crate_name::Multipart::new().part("name", "value")))
                }
            },
            BodyKind::Text | BodyKind::Bytes | BodyKind::Stream => None,
        }
    }

    /// The lines of a code block with this statement in a function with this head.
    fn block(&self, head: &str, statement: &TokenStream) -> Option<Vec<String>> {
        let crate_name = ident(&self.context.crate_ident());
        let import = self.import();
        let printed = print(quote!(#import fn example() { #statement }))?;
        let (import, statement) = printed.split_once("fn example() {\n")?;
        let statement = statement.trim_end().strip_suffix('}')?;
        let head = head.replace("{crate}", &crate_name.to_string());
        let mut lines = vec!["```no_run".to_owned()];
        lines.push(format!(
            "# {head} -> Result<(), Box<dyn std::error::Error>> {{"
        ));
        lines.extend(import.lines().map(str::to_owned));
        if !import.is_empty() {
            lines.push(String::new());
        }
        let statement = statement.lines();
        lines.extend(statement.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
        Some(lines)
    }

    /// The expression for a body of JSON or of a form.
    pub(super) fn bare_body(&mut self, content: &Content) -> Option<TokenStream> {
        let example = content.example.clone();
        let example = example.or_else(|| example_of(self.context, &content.value))?;
        self.argument(&content.value, &example)
    }

    /// The expression for a value where it is passed to a method, which converts text and lists of
    /// text.
    pub(super) fn argument(&mut self, value: &Type, example: &Value) -> Option<TokenStream> {
        match (value, example) {
            (Type::FormPart, _) => Some(file()),
            (Type::Array(inner), Value::Array(items)) if self.context.is_text(inner) => {
                let items: Option<Vec<_>> = items
                    .iter()
                    .map(|item| self.argument(inner, item))
                    .collect();
                let items = items.filter(|items| !items.is_empty())?;
                Some(quote!([#(#items),*]))
            }
            (value, Value::String(text)) if self.is_converted(value) => Some(quote!(#text)),
            _ => self.exact(value, example),
        }
    }

    /// The expression for a value where nothing converts it.
    fn exact(&mut self, value: &Type, example: &Value) -> Option<TokenStream> {
        match (self.context.behind(value), example) {
            (value, Value::String(text)) if self.is_converted(value) => Some(quote!(#text.into())),
            (Type::Scalar(Scalar::Boolean), Value::Bool(value)) => Some(quote!(#value)),
            (Type::Scalar(Scalar::Int32), Value::Number(number)) => {
                let number = i32::try_from(number.as_i64()?).ok()?;
                let number = proc_macro2::Literal::i32_unsuffixed(number);
                Some(quote!(#number))
            }
            (Type::Scalar(Scalar::Int64), Value::Number(number)) => {
                let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
                Some(quote!(#number))
            }
            (Type::Scalar(Scalar::Uint32 | Scalar::Uint64), Value::Number(number)) => {
                let number = number.as_u64()?;
                let fits = *value != Type::Scalar(Scalar::Uint32) || u32::try_from(number).is_ok();
                let number = proc_macro2::Literal::u64_unsuffixed(number);
                fits.then(|| quote!(#number))
            }
            (Type::Scalar(Scalar::Float | Scalar::Double), Value::Number(number)) => {
                let number = number.as_f64().filter(|number| number.is_finite())?;
                let number = proc_macro2::Literal::f64_unsuffixed(number);
                Some(quote!(#number))
            }
            (Type::Scalar(Scalar::Decimal), Value::Number(number)) => {
                let text = number.to_string();
                Some(quote!(#text.parse()?))
            }
            (Type::Scalar(Scalar::Date | Scalar::DateTime), Value::String(text)) => {
                Some(quote!(#text.parse()?))
            }
            // What takes a box takes its value, too.
            (Type::Boxed(inner), example) => {
                let value = self.exact(inner, example)?;
                Some(quote!(#value))
            }
            (Type::Array(inner), Value::Array(items)) => {
                let items: Option<Vec<_>> =
                    items.iter().map(|item| self.exact(inner, item)).collect();
                let items = items.filter(|items| !items.is_empty())?;
                Some(quote!(vec![#(#items),*]))
            }
            (Type::Named(name), example) => self.named(name, example),
            _ => None,
        }
    }

    /// Whether a value is made of text by a conversion; variants of enums are named instead.
    fn is_converted(&self, value: &Type) -> bool {
        match self.context.behind(value) {
            Type::Named(name) => matches!(self.context.shape(name), Some(Shape::StringNewtype)),
            other => *other == Type::Scalar(Scalar::String),
        }
    }

    fn named(&mut self, name: &str, example: &Value) -> Option<TokenStream> {
        let type_name = ident(name);
        match (self.context.shape(name)?, example) {
            (Shape::IntegerEnum(variants) | Shape::JsonEnum(variants), example) => {
                let text = example.to_string();
                let variant = variants.iter().find(|variant| variant.text == text)?;
                let variant = ident(&variant.name);
                self.types.insert(name.to_owned());
                Some(quote!(#type_name::#variant))
            }
            (Shape::StringEnum(variants), Value::String(text)) => {
                let variant = variants.iter().find(|variant| variant.text == *text)?;
                let variant = ident(&variant.name);
                self.types.insert(name.to_owned());
                Some(quote!(#type_name::#variant))
            }
            (
                Shape::Struct {
                    fields,
                    constructor,
                    ..
                },
                Value::Object(map),
            ) => {
                let mut required = Vec::new();
                for index in constructor {
                    let field = &fields[*index];
                    let example = map.get(&field.wire_name).or(field.example.as_ref())?;
                    required.push(match field.presence {
                        Presence::Nullable | Presence::Patch => {
                            let value = self.exact(&field.value, example)?;
                            let value = match &field.value {
                                Type::Boxed(_) => quote!(#value.into()),
                                _ => value,
                            };
                            quote!(Some(#value))
                        }
                        _ => self.argument(&field.value, example)?,
                    });
                }
                self.types.insert(name.to_owned());
                let optional = fields.iter().enumerate();
                let optional = optional.filter(|(index, field)| {
                    is_left_out_at_first(field) && !constructor.contains(index)
                });
                let setters: Vec<TokenStream> = optional
                    .filter_map(|(_, field)| {
                        let argument = self.argument(&field.value, map.get(&field.wire_name)?)?;
                        let setter = ident(&field.name);
                        Some(quote!(.#setter(#argument)))
                    })
                    .collect();
                Some(quote!(#type_name::new(#(#required),*)#(#setters)*))
            }
            (
                Shape::Multipart {
                    fields,
                    constructor,
                    ..
                },
                Value::Object(map),
            ) => {
                let mut required = Vec::new();
                for index in constructor {
                    let field = &fields[*index];
                    let example = map.get(&field.wire_name).or(field.example.as_ref());
                    let example = example.cloned().unwrap_or_else(|| Value::from("text"));
                    required.push(self.argument(&field.value, &example)?);
                }
                self.types.insert(name.to_owned());
                Some(quote!(#type_name::new(#(#required),*)))
            }
            _ => None,
        }
    }
}

/// Bytes that come from somewhere.
fn file() -> TokenStream {
    quote!(std::fs::read("file")?)
}

fn is_left_out_at_first(field: &Field) -> bool {
    let is_optional = matches!(field.presence, Presence::Optional | Presence::Patch);
    is_optional && field.access != Access::ReadOnly
}
