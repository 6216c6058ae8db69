//! From the plan to tokens: one module per kind of output file. Only this stage and the next name
//! quote and syn.

mod client;
mod crate_docs;
mod credentials;
mod definitions;
mod docs;
mod enums;
mod example;
mod lib_rs;
mod mock;
mod multipart;
mod newtypes;
mod operations;
mod response_enums;
mod runtime_modules;
mod rust;
mod structs;
mod unions;

use proc_macro2::TokenStream;

use crate::plan::Plan;

/// One file of the output.
pub(crate) struct Module {
    /// The path below the crate's folder.
    pub(crate) path: String,
    /// The documentation at its top, in Markdown.
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

/// Makes one file. Tokens stay on the thread that makes them, so files that are made side by side
/// are rendered where they are made.
pub(crate) type Task<'a> = Box<dyn Fn() -> Module + Sync + 'a>;

/// A task for every file that depends on the description.
pub(crate) fn tasks<'a>(plan: &'a Plan<'a>) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = vec![
        Box::new(|| lib_rs::emit(plan)),
        Box::new(|| client::emit(plan)),
    ];
    if !plan.runtime_modules.is_empty() {
        tasks.push(Box::new(|| runtime_modules::emit(&plan.runtime_modules)));
    }
    tasks.extend(operations::tasks(plan));
    tasks.extend(definitions::tasks(plan));
    if plan.options.mock {
        tasks.extend(mock::tasks(plan));
    }
    tasks
}
