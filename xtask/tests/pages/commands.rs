//! Every command that a page shows is run by `.ci/run` as it is written, or is an exception with a
//! reason.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use super::markdown::{Page, pages};

const MEASURES: &str = "it measures for minutes, and cannot fail";
const VENDOR: &str = "it needs the vendor's document; xtask/tests/cli uses another one";

/// Commands that `.ci/run` does not run as they are written, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("cargo xtask ci", "it runs all others"),
    (
        "cargo publish -p comp-ai-client",
        "it publishes; `.ci/run` builds the package",
    ),
    ("cargo xtask upstream FILE", VENDOR),
    (
        "cargo xtask upstream path/to/the/vendors/openapi.json",
        VENDOR,
    ),
    (
        "cargo xtask codegen --spec FILE --out DIR",
        "xtask/tests/cli runs it with a file",
    ),
    (
        "cargo doc --package comp-ai-client --all-features --no-deps --open",
        "`.ci/run` builds the same pages without opening a browser",
    ),
    (SERVER, "it runs until it is stopped; a test here starts it"),
    ("cargo bench -p xtask --bench peers", MEASURES),
    (
        "cargo bench -p xtask --bench generator -- --spec openapi.json --out /dev/shm",
        MEASURES,
    ),
    (
        "cargo bench -p xtask --bench peers -- --spec openapi.json --out /dev/shm",
        MEASURES,
    ),
    (
        "cargo bench -p xtask --bench build -- --spec openapi.json",
        MEASURES,
    ),
    ("cargo bench -p comp-ai-client --bench call", MEASURES),
    ("cargo bench -p comp-ai-client --bench concurrent", MEASURES),
    (
        "cargo bench -p comp-ai-client --features blocking --bench blocking",
        MEASURES,
    ),
    ("cargo build --release -p xtask", MEASURES),
    (
        "valgrind --tool=callgrind target/release/xtask codegen --spec openapi.json --out /dev/shm/client --name client",
        MEASURES,
    ),
];

const SERVER: &str = "cargo run -p comp-ai-client --example fake-server -- --port 8080";

/// The programs of the commands that prose shows in backquotes.
const PROGRAMS: [&str; 2] = ["bash", "cargo"];

/// The commands of a page: the lines of its shell blocks, and those in its prose.
fn commands(page: &Page) -> Vec<String> {
    let blocks = page.blocks().into_iter();
    let shell = blocks.filter(|block| ["sh", "console", "bash"].contains(&block.language.as_str()));
    let lines: Vec<_> = shell.map(|block| block.text).collect();
    let lines = lines.iter().flat_map(|text| text.lines());
    let prose = page.prose().replace('\n', " ");
    let spans = prose.split('`').skip(1).step_by(2);
    let is_command = |span: &&str| {
        let mut words = span.split_whitespace();
        PROGRAMS.contains(&words.next().unwrap_or_default()) && words.next().is_some()
    };
    let spans = spans.filter(is_command);
    let words = |text: &str| {
        let text = text.split(" #").next().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = lines.chain(spans).map(words);
    all.filter(|text| !text.is_empty() && !text.starts_with('#') && !text.starts_with("git "))
        .collect()
}

#[test]
fn ci_runs_every_command_of_the_pages() {
    let script = fs::read_to_string(xtask::workspace().join(".ci/run")).expect("a script");
    let steps: BTreeSet<&str> = script
        .lines()
        .filter_map(|line| line.strip_prefix("step "))
        .collect();
    let exceptions: BTreeSet<&str> = EXCEPTIONS.iter().map(|(command, _)| *command).collect();
    let mut found = BTreeSet::new();
    for page in pages() {
        for command in commands(&page) {
            assert!(
                steps.contains(command.as_str()) != exceptions.contains(command.as_str()),
                "{} shows `{command}`: add the line `step {command}` to .ci/run, or an exception to {}",
                page.path,
                file!()
            );
            found.insert(command);
        }
    }
    assert!(found.len() > 15, "the commands are found");
    for command in exceptions {
        assert!(found.contains(command), "no page shows `{command}`");
    }
}

/// The example `fake-server`, which `cargo test` has built, or which is built here.
fn fake_server() -> Command {
    let folder = std::env::current_exe().expect("a path");
    let folder = folder.ancestors().nth(2).expect("target/debug/deps/pages");
    let program = folder.join("examples/fake-server");
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = Command::new(cargo)
            .current_dir(xtask::workspace())
            .args(["build", "--quiet", "-p", "comp-ai-client"])
            .args(["--example", "fake-server"])
            .status();
        assert!(build.expect("cargo runs").success());
    }
    Command::new(program)
}

/// The command of the pages on a free port: it prints an address that accepts connections, and a key.
#[test]
fn the_fake_server_answers() {
    let (_, arguments) = SERVER.split_once(" -- ").expect("arguments");
    let mut server = fake_server()
        .args(arguments.replace("8080", "0").split_whitespace())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(server.stdout.take().expect("a pipe")).lines();
    let mut line = || lines.next().expect("two lines").expect("UTF-8");
    let (address, key) = (line(), line());
    let address = address.strip_prefix("http://").expect("an address");
    assert!(TcpStream::connect(address).is_ok() && !key.is_empty());
    server.kill().expect("it runs");
    let _ = server.wait();
}
