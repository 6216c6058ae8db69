//! What the generator needs to know besides the description itself.

/// What the generator needs to know besides the description itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The description's path, as messages name it.
    pub spec_path: String,
    /// The description's path, as the header of each file names it: the same on every machine.
    pub spec_name: String,
    /// The name of the crate that the output belongs to, as in its `Cargo.toml`.
    pub crate_name: String,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Whether operations that cannot be generated are left out, with a warning, instead of ending
    /// the run.
    pub skip_unsupported: bool,
    /// Whether to generate the mock of the API too, behind the feature `mock`.
    pub mock: bool,
    /// The tags, paths and `operationId`s of the operations that are generated; all, if there are
    /// none.
    pub only: Vec<String>,
}
