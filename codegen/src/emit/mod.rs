//! Prints the plan as tokens, with one module per kind of output file. Only this stage and `render` use
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
pub(crate) struct SourceFile {
    /// Path relative to the crate's folder.
    pub(crate) path: String,
    /// Documentation at the top of the file, in Markdown.
    pub(crate) docs: Vec<String>,
    pub(crate) items: Vec<Item>,
}

/// A part of a file, with a blank line before the next one.
pub(crate) enum Item {
    Tokens(TokenStream),
    /// A macro call with one row on each line.
    Table {
        name: &'static str,
        head: String,
        rows: Vec<String>,
    },
}

/// Emits one file. Tokens cannot move between threads, so each file is emitted and rendered on the
/// same thread.
pub(crate) type Task<'a> = Box<dyn Fn() -> SourceFile + Sync + 'a>;

/// Returns a task for every file that depends on the description.
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
