//! The way from a description's text to an API that can be emitted.

use crate::diagnostic::Diagnostics;
use crate::findings::Findings;
use crate::options::Options;
use crate::{check, ir, lower, only, parse, plan, skip, source, version};

/// A part of the way from text to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Text to the tree of nodes with their places.
    Source,
    /// The tree checked, and read as an OpenAPI document.
    Parse,
    /// The document resolved, named and classified.
    Lower,
    /// What it comes to in Rust, as tokens.
    Emit,
    /// Tokens to the text of files.
    Render,
}

/// What a description comes to.
pub(crate) struct Understood {
    /// Without the operations that are left out.
    pub(crate) api: ir::Api,
    pub(crate) warnings: Diagnostics,
    /// How many operations the description has.
    pub(crate) operations: usize,
}

/// The way from the text to an API that can be emitted.
pub(crate) fn understand(
    text: &[u8],
    options: &Options,
    ended: &mut impl FnMut(Stage),
) -> Result<Understood, Diagnostics> {
    let source = source::read(text, &options.spec_path)?;
    ended(Stage::Source);
    let mut findings = Findings::new(&source, options.deny_warnings);
    if let Err(problem) = version::check(&source.root) {
        findings.add(problem);
        return Err(findings.into_diagnostics());
    }
    findings.extend(check::check(&source));
    let document = match parse::parse(&source.root) {
        Ok(document) => document,
        Err(problem) => {
            findings.add(problem);
            return Err(findings.into_diagnostics());
        }
    };
    ended(Stage::Parse);
    let mut api = lower::lower(&document, &mut findings);
    let operations = api.operations().count();
    if !options.only.is_empty() {
        only::keep(&mut api, &options.only, &mut findings);
    }
    findings.extend(plan::unsupported(&api, options));
    if options.skip_unsupported {
        skip::leave_out(&mut api, &mut findings);
    }
    let warnings = findings.into_warnings()?;
    ended(Stage::Lower);
    Ok(Understood {
        api,
        warnings,
        operations,
    })
}
