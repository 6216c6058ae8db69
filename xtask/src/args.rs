//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use codegen::Code;
use lexopt::prelude::*;

use crate::codegen::Job;
use crate::workspace;

/// What `--help` prints.
pub const HELP: &str = "\
Usage: cargo xtask codegen [OPTIONS] [--spec FILE --out DIR [--name CRATE]]
       cargo xtask codegen --explain CODE

Generates the client crate in generated/ from spec/openapi.yaml. Only files that
differ are written; when anything is wrong, nothing is.

Options:
      --check                 write nothing; exit with 1 and a diff if the crate is
                              not up to date
      --deny warnings         make warnings errors; always so for spec/openapi.yaml
      --skip-unsupported      leave out the operations that reach what cannot be
                              generated yet, with a warning for each reason
      --message-format FORMAT human, on standard error, or json, one object a line
                              on standard output [default: human]
      --explain CODE          print what a code such as E0007 means
      --spec FILE             read this OpenAPI 3.0 description, YAML or JSON; needs
                              --out
      --out DIR               write a complete crate to this folder; needs --spec
      --name CRATE            the crate's name, if DIR has no Cargo.toml yet
                              [default: DIR's name]
  -h, --help                  print this

Exit status: 0 done, 1 failed, 2 wrong usage.";

/// What is to be done.
#[derive(Debug)]
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Generate, or check.
    Codegen(Job, Format),
    /// Print the page of a code.
    Explain(Code),
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, on standard error.
    #[default]
    Human,
    /// For programs: one JSON object a line, on standard output.
    Json,
}

/// Reads the arguments behind the program's name.
///
/// # Errors
///
/// If they are not as [`HELP`] says.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut is_codegen = false;
    let mut check: Option<bool> = None;
    let mut spec: Option<PathBuf> = None;
    let mut out: Option<PathBuf> = None;
    let mut name: Option<String> = None;
    let mut deny: Option<String> = None;
    let mut skip_unsupported: Option<()> = None;
    let mut format: Option<Format> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("check") if is_codegen => once(&mut check, true, "--check")?,
            Long("spec") if is_codegen => once(&mut spec, parser.value()?.into(), "--spec")?,
            Long("out") if is_codegen => once(&mut out, parser.value()?.into(), "--out")?,
            Long("name") if is_codegen => once(&mut name, parser.value()?.string()?, "--name")?,
            Long("skip-unsupported") if is_codegen => {
                once(&mut skip_unsupported, (), "--skip-unsupported")?;
            }
            Long("message-format") if is_codegen => {
                let value = match parser.value()?.string()?.as_str() {
                    "human" => Format::Human,
                    "json" => Format::Json,
                    _ => return Err("`--message-format` takes `human` or `json`".into()),
                };
                once(&mut format, value, "--message-format")?;
            }
            Long("explain") if is_codegen => {
                let text = parser.value()?.string()?;
                return match Code::parse(&text) {
                    Some(code) => Ok(Command::Explain(code)),
                    None => Err(format!("there is no code `{text}`").into()),
                };
            }
            Long("deny") if is_codegen => once(&mut deny, parser.value()?.string()?, "--deny")?,
            Value(word) if !is_codegen && word == "codegen" => is_codegen = true,
            Value(word) if !is_codegen => {
                return Err(format!("there is no command `{}`", word.to_string_lossy()).into());
            }
            other => return Err(other.unexpected()),
        }
    }
    if !is_codegen {
        return Err("a command is missing".into());
    }
    if name.as_deref().is_some_and(|name| !is_crate_name(name)) {
        return Err("`--name` wants a crate's name: letters, digits, `-` and `_`".into());
    }
    let check = check.is_some();
    let deny_warnings = match deny.as_deref() {
        None => false,
        Some("warnings") => true,
        Some(_) => return Err("`--deny` takes `warnings`".into()),
    };
    let root = workspace();
    // The description of this workspace is always held to the stricter rule.
    let is_own = spec.is_none();
    let (spec, out) = match (spec, out) {
        (Some(spec), Some(out)) => (spec, out),
        (None, None) if name.is_some() => return Err("`--name` needs `--spec` and `--out`".into()),
        (None, None) => (root.join("spec/openapi.yaml"), root.join("generated")),
        (Some(_), None) => return Err("`--spec` needs `--out`".into()),
        (None, Some(_)) => return Err("`--out` needs `--spec`".into()),
    };
    Ok(Command::Codegen(
        Job {
            spec,
            out,
            name,
            check,
            deny_warnings: deny_warnings || is_own,
            skip_unsupported: skip_unsupported.is_some(),
            root,
        },
        format.unwrap_or_default(),
    ))
}

fn once<T>(slot: &mut Option<T>, value: T, name: &str) -> Result<(), lexopt::Error> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{name}` is given twice").into()),
    }
}

/// Whether cargo takes this for a package's name.
pub(crate) fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
}
