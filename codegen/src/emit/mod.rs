//! From the ir to tokens: one module per kind of output file. Only this stage and the next name
//! quote and syn.

mod answers;
mod client;
mod docs;
mod enums;
mod example;
mod front_page;
mod mock;
mod multipart;
mod operations;
mod parts;
mod root;
mod rust;
pub(crate) mod security;
mod structs;
mod support;
mod texts;
mod types;
mod unions;

use std::collections::HashMap;

use proc_macro2::TokenStream;

use crate::ir::{Api, Scalar, Shape, Type, TypeDefinition};
use crate::options::Options;
use crate::problem::Problem;
use crate::runtime::Part;

/// One file of the output.
pub(crate) struct Module {
    /// The path below the crate's folder.
    pub(crate) path: String,
    /// What stands at its top, in Markdown.
    pub(crate) docs: Vec<String>,
    pub(crate) items: Vec<Item>,
}

/// Stands between the lines in the value of a `doc` attribute. No text of a description has it.
pub(crate) const END_OF_DOC_LINE: char = '\u{1f}';

/// A part of a file, with a blank line before the next one.
pub(crate) enum Item {
    Tokens(TokenStream),
    /// A macro call that is laid out as a table: one row a line.
    Table {
        name: &'static str,
        head: String,
        rows: Vec<String>,
    },
}

/// Makes one file. Tokens stay on the thread that makes them, so files that are made side by side
/// are rendered where they are made.
pub(crate) type Task<'a> = Box<dyn Fn() -> Module + Sync + 'a>;

/// Everything in an API that cannot be emitted. Of one that could not be lowered in full, too, so
/// that all that is wrong with a description is told at once.
pub(crate) fn refusals(api: &Api, options: &Options) -> Vec<Problem> {
    support::check(&Context::new(api, options))
}

/// The parts of the runtime that the output needs.
pub(crate) fn parts(context: &Context<'_>) -> Vec<&'static Part> {
    parts::needed(context)
}

/// A task for every file that depends on the description. There must be no [`refusals`].
pub(crate) fn tasks<'a>(context: &'a Context<'a>, parts: &'a [&'static Part]) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = vec![
        Box::new(|| root::emit(context, parts)),
        Box::new(|| client::emit(context)),
    ];
    if !parts.is_empty() {
        tasks.push(Box::new(|| parts::emit(parts)));
    }
    tasks.extend(operations::tasks(context));
    tasks.extend(types::tasks(context));
    if context.options.mock {
        tasks.extend(mock::tasks(context));
    }
    tasks
}

/// What every emitter looks things up in.
pub(crate) struct Context<'a> {
    api: &'a Api,
    options: &'a Options,
    definitions: HashMap<&'a str, &'a TypeDefinition>,
    schemes: Vec<security::Scheme<'a>>,
    security_differs: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(api: &'a Api, options: &'a Options) -> Self {
        let definitions = api.types.iter();
        let schemes = security::in_use(api, options);
        Context {
            api,
            options,
            security_differs: security::differs(api, &schemes),
            schemes,
            definitions: definitions
                .map(|definition| (definition.name.as_str(), definition))
                .collect(),
        }
    }

    /// The crate's name in Rust.
    fn crate_ident(&self) -> String {
        self.options.crate_name.replace('-', "_")
    }

    fn shape(&self, name: &str) -> Option<&'a Shape> {
        self.definitions
            .get(name)
            .map(|definition| &definition.shape)
    }

    /// The type behind aliases.
    fn behind<'t>(&self, value: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        match value {
            Type::Named(name) => match self.shape(name) {
                Some(Shape::Alias(target)) => self.behind(target),
                _ => value,
            },
            other => other,
        }
    }

    /// Whether this is a string with a type of its own, which text converts to.
    fn is_text(&self, value: &Type) -> bool {
        match self.behind(value) {
            Type::Named(name) => {
                matches!(
                    self.shape(name),
                    Some(Shape::StringNewtype | Shape::StringEnum(_))
                )
            }
            other => *other == Type::Scalar(Scalar::String),
        }
    }

    /// Whether values are written as one text.
    fn is_scalar(&self, value: &Type) -> bool {
        let is_enum = match self.behind(value) {
            Type::Named(name) => {
                let shape = self.shape(name);
                matches!(shape, Some(Shape::IntegerEnum(_) | Shape::JsonEnum(_)))
            }
            _ => false,
        };
        self.is_text(value)
            || is_enum
            || matches!(
                self.behind(value),
                Type::Scalar(
                    Scalar::Boolean
                        | Scalar::Int32
                        | Scalar::Int64
                        | Scalar::Uint32
                        | Scalar::Uint64
                        | Scalar::Float
                        | Scalar::Double
                        | Scalar::Decimal
                        | Scalar::Bytes
                        | Scalar::Date
                        | Scalar::DateTime
                ) | Type::Error
            )
    }

    /// Whether values hold date-times that are not in a definition of their own.
    fn holds_date_time(&self, value: &Type) -> bool {
        match self.behind(value) {
            Type::Scalar(Scalar::DateTime) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                self.holds_date_time(inner)
            }
            _ => false,
        }
    }
}
