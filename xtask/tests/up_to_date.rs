//! `cargo test` fails if the checked-in client is out of date, as `codegen --check` does.

use xtask::args::{self, Command};

#[test]
fn the_generated_crate_is_up_to_date() {
    let command = args::parse(["codegen", "--check"].map(Into::into));
    let Ok(Command::Codegen(job, _)) = command else {
        panic!("`codegen --check` is a command");
    };
    if let Err(failure) = xtask::codegen::run(&job) {
        panic!("{failure}");
    }
}
