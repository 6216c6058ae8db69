//! Generates the source of a Rust client from an OpenAPI description of version 3.0, 3.1 or 3.2.
//!
//! ```text
//! text     source    ──► tree of nodes with spans
//!          link      ──► the tree with references to components only ──► check ──► problems
//!          normalize ──► the tree in the form of OpenAPI 3.0
//!          parse     ──► openapiv3's types
//!          lower     ──► ir::Api
//!          plan      ──► names and every other decision that needs Rust
//!          emit      ──► tokens
//!          render    ──► FileTree
//! ```
//!
//! [`generate`] runs all stages. The crate uses no network, clock or environment, and neither reads
//! nor writes files: equal input gives equal output.
//!
//! [`performance`] explains how long each stage takes.

mod api_diff;
mod chains;
mod check;
mod code;
mod definition_graph;
mod diagnostic;
mod emit;
mod ir;
mod line_index;
mod link;
mod lower;
mod names;
mod normalize;
mod openapi;
mod options;
mod parse;
mod pipeline;
mod plan;
mod problem;
mod problems;
mod reachability;
mod readings;
mod render;
mod select;
mod settle;
mod source;
mod stack;
mod upstream;
mod version;

pub mod manifest;
#[doc = include_str!("performance.md")]
pub mod performance {}
pub mod runtime_sources;

pub use api_diff::{Change, Changes, Impact, changes};
pub use code::{Code, Meaning, Severity};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use options::{Files, Options};
pub use pipeline::{Output, Stage, generate, generate_by_stage};
pub use render::{FileTree, HEADER};
pub use settle::LeftOut;
pub use upstream::{Departure, Difference, Place, Report, departures, upstream};
