//! What changed in the API: against the committed description, or another one.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use codegen::{Changes, Options};

use crate::codegen::{Failure, Job, shown};

/// The committed description, as git and messages name it. The path is relative to the folder that
/// git runs in.
const COMMITTED: &str = "HEAD:./spec/openapi.yaml";

/// The description that changes are told against.
pub(crate) enum Base {
    /// A file.
    File(PathBuf),
    /// The committed description, which git is asked for.
    Committed(Child),
    /// There is none.
    None,
}

impl Base {
    /// Asks git for the description in the last commit, if that is the one to generate from, so that
    /// it can answer while there is other work.
    pub(crate) fn of(job: &Job) -> Base {
        if let Some(path) = &job.base {
            return Base::File(path.clone());
        }
        if job.spec != job.root.join("spec/openapi.yaml") {
            return Base::None;
        }
        let git = Command::new("git")
            .current_dir(&job.root)
            .args(["show", COMMITTED])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        git.map_or(Base::None, Base::Committed)
    }
}

/// What to say of the changes of the API; nothing if the description is the same, or if there is
/// none to compare it with.
pub(crate) fn changes(
    base: Base,
    job: &Job,
    text: &[u8],
    options: &Options,
) -> Result<Option<String>, Failure> {
    let (base, name) = match base {
        Base::None => return Ok(None),
        Base::File(path) => {
            let name = shown(&path, &job.root);
            let base = fs::read(path)
                .map_err(|error| Failure::new(format!("error: cannot read {name}: {error}")))?;
            (base, name)
        }
        // Without git, or a commit that has it, there is none.
        Base::Committed(git) => match git.wait_with_output() {
            Ok(output) if output.status.success() => (output.stdout, "the last commit".to_owned()),
            _ => return Ok(None),
        },
    };
    // The line ends may be git's doing.
    let lines = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\r').collect();
    if text == base || Vec::<u8>::eq(&lines(text), &lines(&base)) {
        return Ok(None);
    }
    match codegen::changes(&base, &name, text, options) {
        Ok(changes) => Ok(Some(told(&changes, &name))),
        Err(found) if job.base.is_some() => Err(Failure::Description(found)),
        Err(_) => Ok(Some(format!(
            "the API's changes since {name} cannot be told, as the description there has mistakes"
        ))),
    }
}

fn told(changes: &Changes, name: &str) -> String {
    let (breaking, compatible) = changes.count();
    if breaking + compatible == 0 {
        return format!("no change of the API since {name}, only of texts or layout");
    }
    format!(
        "changes of the API since {name}, {breaking} of them breaking for users of the client:\n{}",
        changes.to_string().trim_end()
    )
}
