//! Code blocks with the plan's examples.

use super::rust::import;
use crate::plan::Plan;
use crate::plan::expressions::Example;
use crate::plan::operations::Operation;

/// Returns the lines of a code block with statements that use a client.
pub(super) fn of_call(plan: &Plan<'_>, example: &Example<'_>) -> Option<Vec<String>> {
    let crate_ident = plan.crate_ident();
    let head = format!("async fn example(client: {crate_ident}::Client)");
    let imports = imports(&crate_ident, example.names.iter().copied())?;
    Some(block(&head, imports, laid_out(&example.code)?))
}

/// Returns the lines of a code block that tells a mock server what to respond.
pub(super) fn of_response(plan: &Plan<'_>, operation: &Operation<'_>) -> Option<Vec<String>> {
    let crate_ident = plan.crate_ident();
    let head = format!("fn example(mock: {crate_ident}::mock::MockServer)");
    let example = operation.response_example.as_ref()?;
    let imports = imports(&crate_ident, example.names.iter().copied())?;
    let statements = laid_out(&expectation(operation, example))?;
    Some(block(&head, imports, statements))
}

/// Returns the statement that starts an expectation.
pub(super) fn expectation(operation: &Operation<'_>, response: &Example<'_>) -> String {
    format!(
        "mock.{}().respond_with({});",
        operation.mock.method, response.code
    )
}

/// Returns the lines of a code block with statements in a function with this head.
pub(super) fn block(head: &str, imports: Vec<String>, statements: Vec<String>) -> Vec<String> {
    let head = format!("# {head} -> Result<(), Box<dyn std::error::Error>> {{");
    let mut lines = vec!["```no_run".to_owned(), head];
    if !imports.is_empty() {
        lines.extend(imports);
        lines.push(String::new());
    }
    lines.extend(statements);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// Returns the lines that import definitions.
pub(super) fn imports<'n>(
    crate_ident: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<Vec<String>> {
    let module = format!("{crate_ident}::types").parse().ok()?;
    let file = syn::parse2(import(&module, names)).ok()?;
    let printed = prettyplease::unparse(&file);
    Some(printed.lines().map(str::to_owned).collect())
}

/// Returns the lines of statements.
pub(super) fn laid_out(statements: &str) -> Option<Vec<String>> {
    let file = syn::parse_str(&format!("fn example() {{ {statements} }}")).ok()?;
    let printed = prettyplease::unparse(&file);
    let lines = printed.trim_end().strip_prefix("fn example() {\n")?;
    let lines = lines.strip_suffix("\n}")?.lines();
    Some(
        lines
            .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
            .collect(),
    )
}
