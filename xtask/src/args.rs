//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use codegen::Code;
use lexopt::prelude::*;

use crate::codegen::Job;
use crate::{help, upstream, workspace};

/// What is to be done.
#[derive(Debug)]
pub enum Command {
    /// Print this text.
    Help(&'static str),
    /// Generate, or check.
    Codegen(Job, Format),
    /// Print the page of a code.
    Explain(Code),
    /// Compare the description with the vendor's document.
    Upstream(upstream::Job),
    /// Run what continuous integration runs.
    Ci(PathBuf),
}

/// Arguments that are not as they should be.
#[derive(Debug)]
pub struct Misuse {
    /// What is wrong with them.
    pub error: lexopt::Error,
    /// How they should be.
    pub help: &'static str,
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
/// If they are not as the help says.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Misuse> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let misuse = |help| move |error| Misuse { error, help };
    let argument = parser.next().map_err(misuse(help::ALL))?;
    match argument {
        None | Some(Short('h') | Long("help")) => Ok(Command::Help(help::ALL)),
        Some(Value(word)) => match word.to_str() {
            Some("codegen") => codegen(parser).map_err(misuse(help::CODEGEN)),
            Some("upstream") => upstream(parser).map_err(misuse(help::UPSTREAM)),
            Some("ci") => ci(parser).map_err(misuse(help::CI)),
            _ => {
                let error = format!("there is no command `{}`", word.to_string_lossy());
                Err(misuse(help::ALL)(error.into()))
            }
        },
        Some(other) => Err(misuse(help::ALL)(other.unexpected())),
    }
}

fn upstream(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut published: Option<PathBuf> = None;
    let mut spec: Option<PathBuf> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(help::UPSTREAM)),
            Long("spec") => once(&mut spec, parser.value()?.into(), "--spec")?,
            Value(file) if published.is_none() => published = Some(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    let root = workspace();
    let published = published.ok_or("the vendor's document is missing")?;
    let spec = spec.unwrap_or_else(|| root.join("spec/openapi.yaml"));
    Ok(Command::Upstream(upstream::Job {
        spec,
        published,
        root,
    }))
}

fn ci(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        None => Ok(Command::Ci(workspace())),
        Some(Short('h') | Long("help")) => Ok(Command::Help(help::CI)),
        Some(other) => Err(other.unexpected()),
    }
}

fn codegen(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut check: Option<bool> = None;
    let mut base: Option<PathBuf> = None;
    let mut spec: Option<PathBuf> = None;
    let mut out: Option<PathBuf> = None;
    let mut name: Option<String> = None;
    let mut deny: Option<String> = None;
    let mut skip_unsupported: Option<()> = None;
    let mut only: Vec<String> = Vec::new();
    let mut format: Option<Format> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(help::CODEGEN)),
            Long("check") => once(&mut check, true, "--check")?,
            Long("base") => once(&mut base, parser.value()?.into(), "--base")?,
            Long("spec") => once(&mut spec, parser.value()?.into(), "--spec")?,
            Long("out") => once(&mut out, parser.value()?.into(), "--out")?,
            Long("name") => once(&mut name, parser.value()?.string()?, "--name")?,
            Long("skip-unsupported") => once(&mut skip_unsupported, (), "--skip-unsupported")?,
            Long("only") => only.push(parser.value()?.string()?),
            Long("message-format") => {
                let value = match parser.value()?.string()?.as_str() {
                    "human" => Format::Human,
                    "json" => Format::Json,
                    _ => return Err("`--message-format` takes `human` or `json`".into()),
                };
                once(&mut format, value, "--message-format")?;
            }
            Long("explain") => {
                let text = parser.value()?.string()?;
                return match Code::parse(&text) {
                    Some(code) => Ok(Command::Explain(code)),
                    None => Err(format!("there is no code `{text}`").into()),
                };
            }
            Long("deny") => once(&mut deny, parser.value()?.string()?, "--deny")?,
            other => return Err(other.unexpected()),
        }
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
        (None, None) if !only.is_empty() => {
            return Err("`--only` needs `--spec` and `--out`".into());
        }
        (None, None) => (root.join("spec/openapi.yaml"), root.join("generated")),
        (Some(_), None) => return Err("`--spec` needs `--out`".into()),
        (None, Some(_)) => return Err("`--out` needs `--spec`".into()),
    };
    Ok(Command::Codegen(
        Job {
            spec,
            out,
            name,
            base,
            check,
            deny_warnings: deny_warnings || is_own,
            skip_unsupported: skip_unsupported.is_some(),
            only,
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
