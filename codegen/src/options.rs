//! Settings of the generator.

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
}
