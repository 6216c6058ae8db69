//! What the pages show works: their Rust compiles, their commands exist or are run, their links lead
//! somewhere.

mod commands;
mod links;
mod markdown;
mod snippets;
