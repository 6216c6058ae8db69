//! The hand-written half of every generated client, as a crate of its own, so that the compiler, the
//! editor and the tests work where it is edited.
//!
//! The module `runtime` is copied into each client as it stands. Its files name each other by
//! `super` and `self` only, and hold no tests: those are beside it.

mod runtime;

pub use self::runtime::*;

#[cfg(test)]
mod tests;
