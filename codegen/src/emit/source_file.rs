//! The files that this stage returns.

use proc_macro2::TokenStream;

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
    /// Formatted text. Regular items, of which there are many, take a fraction of the time as text.
    Text(String),
}

/// Emits one file. Tokens cannot move between threads, so each file is emitted and rendered on the
/// same thread.
pub(crate) type Task<'a> = Box<dyn Fn() -> SourceFile + Sync + 'a>;
