//! From the ir to tokens: one module per kind of output file. Only this stage and the next name
//! quote and syn.

mod client;
mod docs;
mod example;
mod operations;
mod parts;
mod root;
mod structs;
mod support;
mod texts;
mod types;

use std::collections::HashMap;

use proc_macro2::TokenStream;

use crate::Options;
use crate::ir::{Api, Shape, Type, TypeDefinition};
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

/// Everything in an API that cannot be emitted. Of one that could not be lowered in full, too, so
/// that all that is wrong with a description is told at once.
pub(crate) fn refusals(api: &Api, options: &Options) -> Vec<Problem> {
    support::check(&Context::new(api, options))
}

/// Emits every file that depends on the description, and names the parts of the runtime that they
/// need. There must be no [`refusals`].
pub(crate) fn emit(api: &Api, options: &Options) -> (Vec<Module>, Vec<&'static Part>) {
    let context = Context::new(api, options);
    let parts = parts::needed(&context);
    let mut modules = vec![root::emit(&context, &parts), client::emit(&context)];
    modules.extend(parts::emit(&parts));
    modules.extend(operations::emit(&context));
    modules.extend(types::emit(&context));
    (modules, parts)
}

/// What every emitter looks things up in.
struct Context<'a> {
    api: &'a Api,
    options: &'a Options,
    definitions: HashMap<&'a str, &'a TypeDefinition>,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, options: &'a Options) -> Self {
        let definitions = api.types.iter();
        Context {
            api,
            options,
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
                matches!(self.shape(name), Some(Shape::Newtype | Shape::Enum(_)))
            }
            other => *other == Type::String,
        }
    }

    /// Whether values hold date-times that are not in a definition of their own.
    fn holds_date_time(&self, value: &Type) -> bool {
        match self.behind(value) {
            Type::DateTime => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.holds_date_time(inner)
            }
            _ => false,
        }
    }
}
