//! What a generator or a compiler has printed or written.

use std::fs;
use std::path::Path;

/// The size of a generated crate.
#[derive(Clone)]
pub struct Size {
    pub operations: usize,
    pub lines: usize,
}

impl Size {
    /// Measures the sources in a folder.
    pub fn of(folder: &Path) -> Self {
        let mut size = Size {
            operations: 0,
            lines: 0,
        };
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                let below = Size::of(&path);
                size.operations += below.operations;
                size.lines += below.lines;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_default();
                size.operations += async_methods(&text);
                size.lines += text.lines().count();
            }
        }
        size
    }
}

/// Returns the number of generated operations that this generator prints, as in
/// `operations: 3 in = 2 out + 1 left out`.
pub fn reported_operations(text: &str) -> Option<usize> {
    let mut lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("operations: "));
    let (_, out) = lines.next()?.split_once(" = ")?;
    out.split_once(' ')?.0.parse().ok()
}

/// Counts the public async methods that borrow a client: most generators write one for each operation.
fn async_methods(text: &str) -> usize {
    let functions = text.split("pub async fn ").skip(1);
    let borrows = |function: &&str| {
        let receiver = function
            .split_once('(')
            .map_or("", |(_, arguments)| arguments);
        let receiver = receiver
            .trim_start()
            .split([',', ')'])
            .next()
            .unwrap_or_default();
        receiver.starts_with('&') && receiver.ends_with("self")
    };
    functions.filter(borrows).count()
}

/// Returns the first line of an output that reports an error, for a cell of a table.
pub fn first_error(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_error =
        |line: &&str| line.to_lowercase().starts_with("error") || line.contains("panicked at");
    let first = lines.clone().next();
    let found = match lines.find(is_error) {
        // The message of a panic is on the next line.
        Some(line) if line.contains("panicked at") => {
            lines.next().map(|next| format!("{line} {next}"))
        }
        found => found.or(first).map(str::to_owned),
    };
    found.unwrap_or("no message".to_owned()).replace('|', "\\|")
}
