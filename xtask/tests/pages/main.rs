//! The pages are right: their Rust compiles, their commands run, their links resolve.

mod commands;
mod links;
mod markdown;
mod snippets;
