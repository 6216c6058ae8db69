//! `cargo xtask upstream`: compares the description with the vendor's document.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Options, Report};

use crate::codegen::{Failure, shown};

/// One comparison.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description.
    pub spec: PathBuf,
    /// The vendor's document.
    pub published: PathBuf,
    /// The workspace, which paths are shown relative to.
    pub root: PathBuf,
}

/// Compares the two.
///
/// # Errors
///
/// If a file cannot be read, the description has mistakes, or the other one is no OpenAPI document.
pub fn run(job: &Job) -> Result<Report, Failure> {
    let read = |path: &Path| {
        let name = shown(path, &job.root);
        let text = fs::read(path)
            .map_err(|error| Failure::new(format!("error: cannot read {name}: {error}")))?;
        Ok((text, name))
    };
    let (ours, spec_path) = read(&job.spec)?;
    let (theirs, published) = read(&job.published)?;
    let options = Options {
        spec_name: spec_path.clone(),
        spec_path,
        crate_name: "client".to_owned(),
        // Whether a client can be generated of it is not the question here.
        skip_unsupported: true,
        ..Options::default()
    };
    codegen::upstream(&ours, &theirs, &published, &options).map_err(Failure::Description)
}
