//! Settings of the generator.

use std::fmt;
use std::sync::Arc;

/// Settings of the generator.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Path of the description, as diagnostics show it.
    pub spec_path: String,
    /// Path of the description, as the header of each generated file shows it: the same path on every
    /// machine.
    pub spec_name: String,
    /// Name of the generated crate, as in its `Cargo.toml`.
    pub crate_name: String,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Whether operations that cannot be generated are left out with a warning. By default they are
    /// errors.
    pub keep_going: bool,
    /// Whether to generate a mock server of the API too, behind the feature `mock`.
    pub mock: bool,
    /// Tags, paths and `operationId`s of the operations to generate. If empty, all operations are
    /// generated.
    pub only: Vec<String>,
    /// The other files that the description refers to.
    pub files: Files,
}

type Read = dyn Fn(&str) -> Result<Vec<u8>, String> + Send + Sync;

/// Gives access to the files that a description refers to. By default, there are none.
#[derive(Clone, Default)]
pub struct Files(Option<Arc<Read>>);

impl Files {
    /// Makes the files available that `read` returns. Its argument is a path relative to the folder of
    /// the description, with slashes and without `.` and inner `..`. An error says why there is no such
    /// file.
    pub fn new(read: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static) -> Self {
        Files(Some(Arc::new(read)))
    }

    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match &self.0 {
            Some(read) => read(path),
            None => Err("no other file is available".to_owned()),
        }
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Files").finish_non_exhaustive()
    }
}
