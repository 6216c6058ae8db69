//! The stages of the generator, in their order.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::{Checker, Structure};
use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::manifest::Requirements;
use crate::openapi::version::Version;
use crate::options::Options;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::problems::Problems;
use crate::render::FileTree;
use crate::settle::{self, LeftOut};
use crate::source::Source;
use crate::{emit, link, lower, normalize, parse, plan, render, select, source, stack, version};

/// A stage of the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reads the text into a tree of nodes with spans.
    Source,
    /// Checks the tree and converts it into openapiv3's types.
    Parse,
    /// Resolves references, classifies types, and finds what is unsupported.
    Lower,
    /// Plans the output and prints it as tokens.
    Emit,
    /// Formats the tokens as the text of files.
    Render,
}

/// Generated files, and what else is known of them.
#[derive(Debug)]
pub struct Output {
    /// Every file in the folder of the crate except the manifest.
    pub files: FileTree,
    /// Dependencies and features that the crate's manifest needs for the files to compile.
    pub requirements: Requirements,
    /// Warnings about the description.
    pub warnings: Diagnostics,
    /// The paths of the other files that the description refers to.
    pub other_files: Vec<String>,
    /// Number of operations in the description.
    pub operations: usize,
    /// Number of operations that were left out, because they are not selected or cannot be generated.
    pub left_out: usize,
    /// The operations that cannot be generated.
    pub failed: Vec<LeftOut>,
}

/// Generates the source of a client from the text of a description.
///
/// # Errors
///
/// Returns all diagnostics, warnings included, if the description has an error, or a warning while
/// [`Options::deny_warnings`] is set.
pub fn generate(text: &[u8], options: &Options) -> Result<Output, Diagnostics> {
    stack::run(|| {
        let lowered = lower_here(text, options, &mut |_| ())?;
        let plan = Plan::of(&lowered.api, options);
        let tasks = emit::tasks(&plan);
        let files = render::render(&tasks, &plan.runtime_modules, &options.spec_name);
        Ok(output(files, &plan, &lowered))
    })
}

/// Generates the source of a client, and calls `ended` at the end of each stage. Runs on the thread of the
/// caller, whose stack must be large enough for the description. For measurements.
///
/// # Errors
///
/// The same as [`generate`].
pub fn generate_by_stage(
    text: &[u8],
    options: &Options,
    mut ended: impl FnMut(Stage),
) -> Result<Output, Diagnostics> {
    let lowered = lower_here(text, options, &mut ended)?;
    let plan = Plan::of(&lowered.api, options);
    let emitted: Vec<emit::SourceFile> = emit::tasks(&plan).iter().map(|task| task()).collect();
    ended(Stage::Emit);
    let mut files = render::copies(&plan.runtime_modules);
    let emitted = emitted.into_iter();
    files.extend(emitted.map(|file| render::render_file(file, &options.spec_name)));
    ended(Stage::Render);
    Ok(output(files, &plan, &lowered))
}

/// The API that a description describes.
pub(crate) struct Lowered {
    /// The operations to generate, and their types.
    pub(crate) api: Api,
    warnings: Diagnostics,
    other_files: Vec<String>,
    /// Number of operations in the description.
    operations: usize,
    failed: Vec<LeftOut>,
}

/// Runs the stages that depend on the description alone, from its text to the IR.
///
/// # Errors
///
/// The same as [`generate`].
pub(crate) fn lower(text: &[u8], options: &Options) -> Result<Lowered, Diagnostics> {
    stack::run(|| lower_here(text, options, &mut |_| ()))
}

fn lower_here(
    text: &[u8],
    options: &Options,
    ended: &mut impl FnMut(Stage),
) -> Result<Lowered, Diagnostics> {
    let mut source = source::read(text, &options.spec_path)?;
    ended(Stage::Source);

    let version = match version::check(&source.root) {
        Ok(version) => version,
        Err(problem) => return Err(Problems::new(&source, options.deny_warnings).fail(problem)),
    };
    let mut written = std::mem::take(&mut source.problems);
    source.locate_all(&mut written);
    if version > Version::V3_0 {
        normalize::identifiers::rewrite(&mut source.root);
    }
    link::link(&mut source, &options.files, &mut written)?;
    let (found, malformed) = rewrite(&mut source, version);
    let mut checker = Checker::new(&source.root, found, malformed);
    let mut problems = Problems::new(&source, options.deny_warnings);
    problems.extend(written);
    problems.extend(checker.meaning());
    let document = match parse::parse(&source.root) {
        Ok(document) => document,
        Err(problem) => return Err(problems.fail(problem)),
    };
    ended(Stage::Parse);

    let mut api = lower::lower(&document, &mut problems);
    let operations = api.operations().count();
    if !options.only.is_empty() {
        problems.extend(select::select(&mut api, &options.only));
    }
    let to_generate = api.operations().count();
    problems.extend(plan::unsupported(&api, options));
    let failed = settle::settle(&mut api, &mut problems, || checker.links(), options);
    let warnings = problems.into_warnings(failed.len(), to_generate)?;
    ended(Stage::Lower);
    let other_files = source.files.iter().map(|(_, path)| path.clone());
    Ok(Lowered {
        api,
        warnings,
        other_files: other_files.collect(),
        operations,
        failed,
    })
}

/// Checks the structure of a document as it is written, and rewrites the document to the form of OpenAPI 3.0
/// that it is read as. Returns the problems, with their spans, and the spans of the malformed objects.
fn rewrite(source: &mut Source<'_>, version: Version) -> (Vec<Problem>, HashSet<Range<usize>>) {
    let mut structure = Structure::of(&source.root, version);
    source.locate_all(&mut structure.problems);
    let is_to_normalize = structure.is_to_normalize();
    let Structure {
        mut problems,
        readings,
        malformed,
        ..
    } = structure;
    let read = readings.apply(&source.root);
    // Which operations need an unclear place is found out in the rewritten document.
    let unclear = problems.extract_if(.., |problem| problem.is_unclear());
    let unclear: Vec<Problem> = unclear.collect();
    let as_written = (!unclear.is_empty()).then(|| source.root.clone());
    if let Some(read) = read {
        source.root = read;
    }
    if is_to_normalize {
        problems.extend(normalize::normalize(&mut source.root, version));
    }
    if let Some(as_written) = as_written {
        problems.extend(source::relocate(unclear, &as_written, &source.root));
    }
    (problems, malformed)
}

fn output(files: FileTree, plan: &Plan<'_>, lowered: &Lowered) -> Output {
    Output {
        files,
        requirements: Requirements::of(plan.runtime_modules.clone()),
        warnings: lowered.warnings.clone(),
        other_files: lowered.other_files.clone(),
        operations: lowered.operations,
        left_out: lowered.operations - lowered.api.operations().count(),
        failed: lowered.failed.clone(),
    }
}
