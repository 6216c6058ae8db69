//! Prints the plan as tokens, with one module per kind of output file. Only this stage and `render` use
//! quote and syn.

mod client;
mod crate_docs;
mod credentials;
mod definitions;
mod docs;
mod enums;
mod example;
mod layout;
mod lib_rs;
mod mock;
mod multipart;
mod newtypes;
mod operations;
mod prose;
mod response_enums;
mod runtime_modules;
mod rust;
mod source_file;
mod structs;
mod unions;

pub(crate) use self::source_file::{Item, SourceFile, Task};
use crate::plan::Plan;

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
