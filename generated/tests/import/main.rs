//! The example `import`: what it makes of being killed, of a server that throttles and resets
//! connections, and of files that are not as they should be.

mod interrupted;
mod journal;
#[path = "../../examples/import/main.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod program;
mod run;
