//! Turns an OpenAPI 3.0 description into the source of a Rust client.
//!
//! ```text
//! text ── source ──► tree with places ── check, parse ──► openapiv3 ── lower ──► ir::Api
//!      ── emit ──► tokens ── render ──► FileTree
//! ```
//!
//! Text goes in and a tree of files comes out: no network, no clock, no environment, no file is
//! read or written. The same input gives the same bytes, always.
//!
//! How long it takes, and why, is told in [`performance`].

mod api_diff;
mod check;
mod code;
mod diagnostic;
mod emit;
mod findings;
mod ir;
mod line_index;
mod lower;
mod names;
mod only;
mod openapi;
mod options;
mod parse;
mod pipeline;
mod plan;
mod problem;
mod render;
mod skip;
mod source;
mod upstream;
mod version;

pub mod manifest;
#[doc = include_str!("performance.md")]
pub mod performance {}
pub mod runtime_sources;

use std::collections::BTreeMap;

pub use api_diff::{Change, Changes, Impact, changes};
pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use options::Options;
pub use pipeline::Stage;
use pipeline::{Understood, understand};
pub use render::HEADER;
pub use upstream::{Departure, Difference, Place, Report, departures, upstream};

/// Paths relative to the crate's folder, with `/` between the parts, and the text of each file.
pub type FileTree = BTreeMap<String, String>;

/// What a description gives.
#[derive(Debug)]
pub struct Output {
    /// Every file below the crate's folder, the manifest aside.
    pub files: FileTree,
    /// What the crate's manifest must have for the files to compile.
    pub requirements: manifest::Requirements,
    /// What is worth a look.
    pub warnings: Diagnostics,
    /// How many operations the description has.
    pub operations: usize,
    /// How many of them were left out.
    pub left_out: usize,
}

/// Generates the source of a client.
///
/// # Errors
///
/// Everything that is wrong with the description, or is not generated, each with its place.
pub fn generate(text: &[u8], options: &Options) -> Result<Output, Diagnostics> {
    let understood = understand(text, options, &mut |_| ())?;
    Ok(output(understood, options, |tasks, parts| {
        render::render(tasks, parts, &options.spec_name)
    }))
}

/// As [`generate`], but on one thread, and tells of each stage when it has ended. This is how
/// benchmarks look inside.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_by_stage(
    text: &[u8],
    options: &Options,
    mut ended: impl FnMut(Stage),
) -> Result<Output, Diagnostics> {
    let understood = understand(text, options, &mut ended)?;
    Ok(output(understood, options, |tasks, parts| {
        let modules: Vec<emit::Module> = tasks.iter().map(|task| task()).collect();
        ended(Stage::Emit);
        let mut files = render::copies(parts);
        let modules = modules.into_iter();
        files.extend(modules.map(|module| render::render_module(module, &options.spec_name)));
        ended(Stage::Render);
        files
    }))
}

fn output(
    understood: Understood,
    options: &Options,
    render: impl FnOnce(&[emit::Task<'_>], &[&runtime_sources::RuntimeModule]) -> FileTree,
) -> Output {
    let Understood {
        api,
        warnings,
        operations,
    } = understood;
    let plan = plan::Plan::of(&api, options);
    let modules = &plan.runtime_modules;
    Output {
        files: render(&emit::tasks(&plan), modules),
        requirements: manifest::Requirements::of(modules.clone()),
        warnings,
        operations,
        left_out: operations - api.operations().count(),
    }
}
