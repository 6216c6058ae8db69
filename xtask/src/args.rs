//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use codegen::Code;
use lexopt::prelude::*;

use crate::codegen::Job;
use crate::manifest::is_crate_name;
use crate::paths::{own_spec, workspace};
use crate::{help, upstream};

/// A parsed command line.
#[derive(Debug)]
pub enum Command {
    /// Print this help text.
    Help(&'static str),
    /// Generate the crate, or check it.
    Codegen(Job, MessageFormat),
    /// Print the explanation of a diagnostic code.
    Explain(Code),
    /// Compare the description with the vendor's document.
    Upstream(upstream::Job),
    /// Run the checks of continuous integration in this workspace.
    Ci(PathBuf),
}

/// An invalid command line.
#[derive(Debug)]
pub struct UsageError {
    /// What is wrong.
    pub error: lexopt::Error,
    /// The help text of the command.
    pub help: &'static str,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people, on standard error.
    #[default]
    Human,
    /// For programs: one JSON object per line, on standard output.
    Json,
}

/// Parses the arguments after the program name.
///
/// # Errors
///
/// Fails if an argument is unknown, missing, repeated or invalid.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, UsageError> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let usage_error = |help| move |error| UsageError { error, help };
    let argument = parser.next().map_err(usage_error(help::ALL))?;
    match argument {
        None | Some(Short('h') | Long("help")) => Ok(Command::Help(help::ALL)),
        Some(Value(word)) => match word.to_str() {
            Some("codegen") => codegen(parser).map_err(usage_error(help::CODEGEN)),
            Some("upstream") => upstream(parser).map_err(usage_error(help::UPSTREAM)),
            Some("ci") => ci(parser).map_err(usage_error(help::CI)),
            _ => {
                let error = format!("unknown command `{}`", word.to_string_lossy());
                Err(usage_error(help::ALL)(error.into()))
            }
        },
        Some(other) => Err(usage_error(help::ALL)(other.unexpected())),
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
    let spec = spec.unwrap_or_else(|| own_spec(&root));
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
    let mut keep_going: Option<()> = None;
    let mut only: Vec<String> = Vec::new();
    let mut format: Option<MessageFormat> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(help::CODEGEN)),
            Long("check") => once(&mut check, true, "--check")?,
            Long("base") => once(&mut base, parser.value()?.into(), "--base")?,
            Long("spec") => once(&mut spec, parser.value()?.into(), "--spec")?,
            Long("out") => once(&mut out, parser.value()?.into(), "--out")?,
            Long("name") => once(&mut name, parser.value()?.string()?, "--name")?,
            Long("keep-going") => once(&mut keep_going, (), "--keep-going")?,
            Long("only") => only.push(parser.value()?.string()?),
            Long("message-format") => {
                let value = match parser.value()?.string()?.as_str() {
                    "human" => MessageFormat::Human,
                    "json" => MessageFormat::Json,
                    _ => return Err("`--message-format` takes `human` or `json`".into()),
                };
                once(&mut format, value, "--message-format")?;
            }
            Long("explain") => {
                let text = parser.value()?.string()?;
                return match Code::parse(&text) {
                    Some(code) => Ok(Command::Explain(code)),
                    None => Err(format!("unknown diagnostic code `{text}`").into()),
                };
            }
            Long("deny") => once(&mut deny, parser.value()?.string()?, "--deny")?,
            other => return Err(other.unexpected()),
        }
    }
    if name.as_deref().is_some_and(|name| !is_crate_name(name)) {
        return Err(
            "`--name` takes a crate name: letters, digits, `-` and `_`, starting with a letter"
                .into(),
        );
    }
    let check = check.is_some();
    let deny_warnings = match deny.as_deref() {
        None => false,
        Some("warnings") => true,
        Some(_) => return Err("`--deny` takes `warnings`".into()),
    };
    let root = workspace();
    // Warnings about the maintained description are always errors.
    let is_own = spec.is_none();
    let (spec, out) = match (spec, out) {
        (Some(spec), Some(out)) => (spec, out),
        (None, None) if name.is_some() => return Err("`--name` needs `--spec` and `--out`".into()),
        (None, None) if !only.is_empty() => {
            return Err("`--only` needs `--spec` and `--out`".into());
        }
        (None, None) => (own_spec(&root), root.join("generated")),
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
            keep_going: keep_going.is_some(),
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
