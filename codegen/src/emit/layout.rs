//! Regular items as text in the layout of prettyplease. There are many of them, and text takes a fraction
//! of the time that tokens take.

use super::Item;
use super::rust::tokens;

/// Maximum length of a line.
const WIDTH: usize = 89;

/// Maximum length of a struct literal on one line.
const STRUCT_WIDTH: usize = 35;

impl Item {
    /// An item whose lines may be too long. Such a one goes through prettyplease, which breaks them.
    pub(super) fn laid_out(text: String) -> Self {
        let fits = |line: &str| line.len() <= WIDTH || line.trim_start().starts_with("///");
        match text.lines().all(fits) {
            true => Item::Text(text),
            false => Item::Tokens(tokens(&text)),
        }
    }

    /// A macro call with one row on each line.
    pub(super) fn table(name: &str, head: &str, rows: impl IntoIterator<Item = String>) -> Self {
        let rows = rows.into_iter().map(|row| format!("        {row},\n"));
        let rows = block(1, head, &rows.collect::<String>());
        Item::Text(format!("{name}! {{\n{rows}}}\n"))
    }
}

/// Returns members in braces, at a depth.
pub(super) fn block(depth: usize, head: &str, members: &str) -> String {
    let margin = "    ".repeat(depth);
    match members {
        "" => format!("{margin}{head} {{}}\n"),
        members => format!("{margin}{head} {{\n{members}{margin}}}\n"),
    }
}

/// Returns a function of an `impl`.
pub(super) fn function(
    head: &str,
    parameters: impl IntoIterator<Item = String>,
    returned: &str,
    body: &str,
) -> String {
    let (open, close) = (format!("{head}("), format!(") -> {returned} {{"));
    let head = list(1, WIDTH - 4, [&open, &close], parameters);
    format!("{head}{body}    }}\n")
}

/// Returns a struct literal in a function.
pub(super) fn struct_literal(name: &str, values: impl IntoIterator<Item = String>) -> String {
    list(2, STRUCT_WIDTH, [&format!("{name} {{ "), " }"], values)
}

/// Returns items between two texts, at a depth: on one line if that is not longer than `width`, or else
/// one on each line.
fn list(
    depth: usize,
    width: usize,
    [open, close]: [&str; 2],
    items: impl IntoIterator<Item = String>,
) -> String {
    let margin = "    ".repeat(depth);
    let items: Vec<String> = items.into_iter().collect();
    let line = format!("{open}{}{close}", items.join(", "));
    let (open, close) = (open.trim_end(), close.trim_start());
    if items.is_empty() {
        return format!("{margin}{open}{close}\n");
    }
    if line.len() <= width {
        return format!("{margin}{line}\n");
    }
    let items = items.iter().map(|item| format!("{margin}    {item},\n"));
    format!(
        "{margin}{open}\n{}{margin}{close}\n",
        items.collect::<String>()
    )
}
