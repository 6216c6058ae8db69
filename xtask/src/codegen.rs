//! `cargo xtask codegen`: from files to the generator, and from its output to files.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::manifest::Requirements;
use codegen::{Diagnostics, FileTree, Options};

use crate::args::is_crate_name;
use crate::base::{self, Base};
use crate::{compare, report, write};

/// One run.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description.
    pub spec: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The crate's name, if it has no manifest yet.
    pub name: Option<String>,
    /// The description that the API's changes are told against, if it is not the committed one.
    pub base: Option<PathBuf>,
    /// Whether only to compare.
    pub check: bool,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Whether what cannot be generated is left out.
    pub skip_unsupported: bool,
    /// The tags, paths and operations to generate; all, if there are none.
    pub only: Vec<String>,
    /// The workspace, which paths are shown relative to.
    pub root: PathBuf,
}

/// A run that did what it was asked for.
#[derive(Debug)]
pub struct Done {
    /// What was done, in a line or more.
    pub summary: String,
    /// What is worth a look in the description.
    pub warnings: Diagnostics,
}

/// Why a run failed.
#[derive(Debug)]
pub enum Failure {
    /// The description is wrong, or has what is not generated.
    Description(Diagnostics),
    /// Something else, in the words that are shown.
    Other(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Description(findings) => findings.fmt(f),
            Failure::Other(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Failure::Other(text.into())
    }
}

/// Generates, and writes or checks; gives what to say of it.
///
/// # Errors
///
/// If the description has mistakes, the crate is not up to date (when checking), or a file cannot
/// be read or written. Then nothing is changed.
pub fn run(job: &Job) -> Result<Done, Failure> {
    let spec_path = shown(&job.spec, &job.root);
    let text = fs::read(&job.spec)
        .map_err(|error| Failure::new(format!("error: cannot read {spec_path}: {error}")))?;
    let existing = read_manifest(&job.out)?;
    let crate_name = crate_name(job, existing.as_deref())?;
    let options = Options {
        spec_name: header_name(&job.spec, &job.root),
        spec_path: spec_path.clone(),
        crate_name: crate_name.clone(),
        deny_warnings: job.deny_warnings,
        skip_unsupported: job.skip_unsupported,
        mock: existing.as_deref().is_some_and(has_mock),
        only: job.only.clone(),
    };
    let base = Base::of(job);
    let output = codegen::generate(&text, &options).map_err(Failure::Description)?;
    let api_changes = base::changes(base, job, &text, &options)?;
    let mut files: FileTree = output.files;
    match existing {
        Some(existing) => {
            check_manifest(&existing, &output.requirements, &job.out, &job.root)?;
        }
        None => {
            let manifest = output.requirements.template(&crate_name);
            files.insert("Cargo.toml".to_owned(), manifest);
        }
    }
    let out = shown(&job.out, &job.root);
    let changes = compare::compare(&files, &job.out)
        .map_err(|error| Failure::new(format!("error: cannot read {out}: {error}")))?;
    let report = report::Report {
        changes: &changes,
        out: &out,
        spec: &spec_path,
        mend: mending_command(job),
    };
    let mut summary = if job.check {
        if !changes.is_empty() {
            return Err(Failure::new(report.drift()));
        }
        report.up_to_date()
    } else {
        if !changes.foreign.is_empty() {
            return Err(Failure::new(report.foreign()));
        }
        if changes.is_empty() {
            report.up_to_date()
        } else {
            write::apply(&changes, &job.out).map_err(|error| {
                Failure::new(format!("error: {error}; nothing was changed in {out}"))
            })?;
            report.written()
        }
    };
    if job.skip_unsupported || !job.only.is_empty() {
        let (operations, left_out) = (output.operations, output.left_out);
        let generated = operations - left_out;
        summary.push_str(&format!(
            "\noperations: {operations} in = {generated} out + {left_out} left out"
        ));
    }
    if let Some(text) = api_changes {
        summary.push_str(&format!("\n\n{text}"));
    }
    Ok(Done {
        summary,
        warnings: output.warnings,
    })
}

fn read_manifest(out: &Path) -> Result<Option<String>, Failure> {
    let path = out.join("Cargo.toml");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(format!(
            "error: cannot read {}: {error}",
            path.display()
        ))),
    }
}

/// Whether a manifest has the feature that the mock is behind.
fn has_mock(manifest: &str) -> bool {
    let manifest: Option<toml::Table> = manifest.parse().ok();
    manifest.is_some_and(|manifest| {
        let features = manifest.get("features").and_then(toml::Value::as_table);
        features.is_some_and(|features| features.contains_key("mock"))
    })
}

/// The name in the manifest, the one asked for, or that of the folder.
fn crate_name(job: &Job, existing: Option<&str>) -> Result<String, Failure> {
    let in_manifest = existing.and_then(|text| {
        let manifest: toml::Table = text.parse().ok()?;
        Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
    });
    match (in_manifest, &job.name) {
        (Some(has), Some(wanted)) if has != *wanted => Err(Failure::new(format!(
            "error: the crate in {} is called `{has}`, not `{wanted}`\nhelp: leave `--name` out, or \
             change the name in its Cargo.toml",
            job.out.display()
        ))),
        (Some(has), _) => Ok(has),
        (None, Some(wanted)) => Ok(wanted.clone()),
        (None, None) => {
            let folder = std::path::absolute(&job.out).unwrap_or_else(|_| job.out.clone());
            let folder = folder.file_name().and_then(|name| name.to_str());
            match folder.filter(|name| is_crate_name(name)) {
                Some(name) => Ok(name.to_owned()),
                None => Err(Failure::new(
                    "error: the folder's name is no name for a crate\nhelp: give one by `--name`",
                )),
            }
        }
    }
}

fn check_manifest(
    manifest: &str,
    requirements: &Requirements,
    out: &Path,
    root: &Path,
) -> Result<(), Failure> {
    let path = shown(&out.join("Cargo.toml"), root);
    let missing = requirements
        .missing(manifest)
        .map_err(|error| Failure::new(format!("error: {path} cannot be read: {error}")))?;
    if missing.is_empty() {
        return Ok(());
    }
    let mut text = format!("error: {path} lacks what the generated code needs\n");
    for (section, line) in missing {
        text.push_str(&format!("help: write under {section}: {line}\n"));
    }
    Err(Failure::new(text.trim_end()))
}

/// The path relative to the workspace if it is in there, else as it was given.
pub(crate) fn shown(path: &Path, root: &Path) -> String {
    let relative = relative_to(path, root).unwrap_or_else(|| path.to_path_buf());
    relative.to_string_lossy().replace('\\', "/")
}

/// The path in headers: relative to the workspace, or else the bare file name, so that it is the
/// same on every machine.
fn header_name(path: &Path, root: &Path) -> String {
    match relative_to(path, root) {
        Some(relative) => relative.to_string_lossy().replace('\\', "/"),
        None => path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    }
}

fn relative_to(path: &Path, root: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).ok()?;
    let root = fs::canonicalize(root).ok()?;
    path.strip_prefix(root).ok().map(Path::to_path_buf)
}

fn mending_command(job: &Job) -> String {
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

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:+,@=".contains(c);
    if argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}
