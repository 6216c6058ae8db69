//! `cargo xtask codegen`: reads the description, runs the generator, and writes or checks its output.

use std::path::PathBuf;

use codegen::{Diagnostics, FileTree, LeftOut, Options};

use crate::api_changes::Base;
use crate::failure::Failure;
use crate::file_changes;
use crate::manifest::{self, Manifest};
use crate::report::Report;
use crate::write::Staging;
use crate::{other_files, paths};

/// The arguments of one run.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description to read.
    pub spec: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The name of the crate, if it has no manifest yet.
    pub name: Option<String>,
    /// The description to list API changes against; `None` for the committed one.
    pub base: Option<PathBuf>,
    /// Whether to compare only, and write nothing.
    pub check: bool,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Whether to leave out operations that cannot be generated.
    pub keep_going: bool,
    /// The tags, paths and operation ids to generate; empty for all.
    pub only: Vec<String>,
    /// The root of the workspace.
    pub root: PathBuf,
}

/// The result of a successful run.
#[derive(Debug)]
pub struct Done {
    /// What was done, in one or more lines.
    pub summary: String,
    /// Warnings about the description.
    pub warnings: Diagnostics,
}

/// Generates the crate, and writes or checks its files.
///
/// # Errors
///
/// Fails if the description has errors, if the crate is out of date (with `check`), or if a file
/// cannot be read or written. Then no file has changed.
pub fn run(job: &Job) -> Result<Done, Failure> {
    let text = paths::read(&job.spec, &job.root)?;
    let manifest = Manifest::read(&job.out, &job.root)?;
    let options = Options {
        spec_name: paths::header_name(&job.spec, &job.root),
        spec_path: paths::display(&job.spec, &job.root),
        crate_name: manifest::crate_name(manifest.as_ref(), job.name.as_deref(), &job.out)?,
        deny_warnings: job.deny_warnings,
        keep_going: job.keep_going,
        mock: manifest.as_ref().is_some_and(Manifest::has_mock),
        only: job.only.clone(),
        files: other_files::beside(&job.spec),
    };
    let base = Base::select(job.base.as_deref(), &job.spec, &job.root);
    let output = codegen::generate(&text, &options).map_err(Failure::Description)?;
    let api_changes = base.summarize_changes(&text, &output, &options, &job.root)?;
    let mut files: FileTree = output.files;
    match manifest {
        Some(manifest) => manifest.check(&output.requirements)?,
        None => {
            let template = output.requirements.template(&options.crate_name);
            files.insert("Cargo.toml".to_owned(), template);
        }
    }
    let mut summary = write_or_check(job, files, &options.spec_path)?;
    if job.keep_going || !job.only.is_empty() {
        let (operations, left_out) = (output.operations, output.left_out);
        let generated = operations - left_out;
        summary.push_str(&format!(
            "\noperations: {operations} in = {generated} out + {left_out} left out"
        ));
        for LeftOut { operation, codes } in &output.failed {
            let codes: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
            summary.push_str(&format!("\nleft out: {operation} ({})", codes.join(", ")));
        }
    }
    if let Some(text) = api_changes {
        summary.push_str(&format!("\n\n{text}"));
    }
    Ok(Done {
        summary,
        warnings: output.warnings,
    })
}

/// Writes the files that differ, or reports them if the run only checks; returns the summary.
fn write_or_check(job: &Job, files: FileTree, spec: &str) -> Result<String, Failure> {
    let out = paths::display(&job.out, &job.root);
    let failed = |error| Failure::new(format!("error: {error}; nothing was changed in {out}"));
    // Locked before the comparison, so that no other run changes what is compared.
    let staging = match job.check {
        true => None,
        false => Some(Staging::open(&job.out).map_err(failed)?),
    };
    let changes = file_changes::compare(files, &job.out)
        .map_err(|error| Failure::new(format!("error: cannot read {out}: {error}")))?;
    let report = Report {
        changes: &changes,
        out: &out,
        spec,
        command: command(job),
    };
    if changes.is_empty() {
        return Ok(report.up_to_date());
    }
    let Some(staging) = staging else {
        return Err(Failure::new(report.out_of_date()));
    };
    if !changes.foreign.is_empty() {
        return Err(Failure::new(report.foreign()));
    }
    staging.apply(&changes).map_err(failed)?;
    Ok(report.written())
}

/// Returns the command that brings the crate up to date.
fn command(job: &Job) -> String {
    let mut command = "cargo xtask codegen".to_owned();
    if job.out != job.root.join("generated") {
        for (flag, path) in [("--spec", &job.spec), ("--out", &job.out)] {
            command.push_str(&format!(" {flag} {}", quoted(&path.to_string_lossy())));
        }
        if let Some(name) = &job.name {
            command.push_str(&format!(" --name {name}"));
        }
        for name in &job.only {
            command.push_str(&format!(" --only {}", quoted(name)));
        }
    }
    command
}

/// Quotes an argument for a shell, if necessary.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:+,@=".contains(c);
    if argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}
