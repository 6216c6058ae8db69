//! `cargo xtask upstream`: compares the description with the vendor's document.

use std::path::PathBuf;

use codegen::{Options, Report};

use crate::failure::Failure;
use crate::paths;

/// The arguments of one comparison.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description.
    pub spec: PathBuf,
    /// The vendor's document.
    pub published: PathBuf,
    /// The root of the workspace.
    pub root: PathBuf,
}

/// Compares the description with the vendor's document.
///
/// # Errors
///
/// Fails if a file cannot be read, if the description has errors, or if the vendor's document is
/// not an OpenAPI document.
pub fn run(job: &Job) -> Result<Report, Failure> {
    let ours = paths::read(&job.spec, &job.root)?;
    let theirs = paths::read(&job.published, &job.root)?;
    let spec_path = paths::display(&job.spec, &job.root);
    let options = Options {
        spec_name: spec_path.clone(),
        spec_path,
        crate_name: "client".to_owned(),
        // A comparison does not depend on what can be generated.
        keep_going: true,
        ..Options::default()
    };
    let published = paths::display(&job.published, &job.root);
    codegen::upstream(&ours, &theirs, &published, &options).map_err(Failure::Description)
}
