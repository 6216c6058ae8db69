//! The generated crate is what the description gives: the comparison of `--check`, in `cargo test`.

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
