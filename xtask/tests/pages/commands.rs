//! The commands of the pages: each is run here, or the table says who runs it and why not this test.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use super::markdown::{Page, pages};

/// What becomes of a command.
enum Is {
    /// A command of xtask, run here: it writes nothing and ends with 0.
    Run,
    /// An example, run here: it ends with 0.
    Example,
    /// An example that answers on a port until it is stopped; here on a free one.
    Server,
    /// An example that needs a feature: continuous integration runs it with all of them.
    FeatureExample,
    /// Run by continuous integration, in these words of `.ci/run`.
    InCi(&'static str),
    /// Run by another test, of this file.
    In(&'static str),
    /// Run by nobody, for this reason.
    Not(&'static str),
}

use Is::{Example, FeatureExample, In, InCi, Not, Run, Server};

const MEASURES: &str = "measures for minutes, and tells nothing that is right or wrong";

const COMMANDS: &[(&str, Is)] = &[
    (
        "cargo xtask",
        Not("a name for all the commands; alone it prints help"),
    ),
    ("cargo xtask ci", Not("runs this test, among all else")),
    ("cargo xtask codegen", In("xtask/tests/write.rs")),
    ("cargo xtask codegen --check", Run),
    ("cargo xtask codegen --explain E0007", Run),
    (
        "cargo xtask upstream FILE",
        Not("the vendor's document is not in this repository; xtask/tests/cli.rs has its own"),
    ),
    (
        "cargo xtask upstream path/to/the/vendors/openapi.json",
        Not("as above"),
    ),
    (
        "cargo xtask codegen --spec FILE --out DIR",
        In("xtask/tests/cli.rs"),
    ),
    ("cargo test --workspace", InCi("cargo test --workspace")),
    (
        "cargo doc --package comp-ai-client --all-features --no-deps --open",
        InCi("cargo doc --workspace --no-deps --all-features"),
    ),
    ("git diff", Not("git's own")),
    ("cargo run -p comp-ai-client --example quickstart", Example),
    ("cargo run -p comp-ai-client --example errors", Example),
    ("cargo run -p comp-ai-client --example own_client", Example),
    (
        "cargo run -p comp-ai-client --features blocking --example blocking",
        FeatureExample,
    ),
    (
        "cargo run -p comp-ai-client --features tracing --example tracing",
        FeatureExample,
    ),
    ("cargo bench -p xtask", Not(MEASURES)),
    (
        "cargo bench -p xtask --bench generator -- --spec openapi.json --out /dev/shm --peer 'ploidy generate rust {spec} -o {out} --name c'",
        Not(MEASURES),
    ),
    (
        "cargo bench -p xtask --bench build -- --spec openapi.json",
        Not(MEASURES),
    ),
    ("cargo bench -p comp-ai-client --bench call", Not(MEASURES)),
    (
        "cargo run -p comp-ai-client --example import -- --help",
        Example,
    ),
    (
        "cargo run -p comp-ai-client --example import -- --fake-server generated/examples/import/tasks.csv",
        Example,
    ),
    (
        "cargo run -p comp-ai-client --example fake-server -- --port 8080",
        Server,
    ),
];

/// Words that begin a command where prose shows one in backquotes.
const PROGRAMS: [&str; 5] = ["cargo", "git", "bash", "rustup", "npm"];

/// The commands of a page: the lines of its shell blocks, and those that its prose names.
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
    all.filter(|text| !text.is_empty() && !text.starts_with('#'))
        .collect()
}

/// The program of an example, which is built with the tests of the workspace, or here.
fn example(name: &str) -> Command {
    let folder = std::env::current_exe().expect("a path");
    let folder = folder.ancestors().nth(2).expect("target/debug/deps/pages");
    let program = folder.join("examples").join(name);
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = Command::new(cargo)
            .current_dir(xtask::workspace())
            .args([
                "build",
                "--quiet",
                "-p",
                "comp-ai-client",
                "--example",
                name,
            ])
            .status();
        assert!(build.expect("cargo runs").success(), "{name} is not built");
    }
    let mut command = Command::new(program);
    command.current_dir(xtask::workspace());
    for name in ["COMP_AI_API_KEY", "COMP_AI_BASE_URL"] {
        command.env_remove(name);
    }
    command
}

/// The example's name, and the arguments behind `--`.
fn words_of_example(command: &str) -> (&str, Vec<&str>) {
    let (_, rest) = command.split_once("--example ").expect("an example");
    let mut words = rest.split_whitespace();
    let name = words.next().expect("a name");
    (name, words.filter(|word| *word != "--").collect())
}

fn succeed(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(
        output.status.success() && !output.stdout.is_empty(),
        "{command:?} ends with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

fn serve(command: &str) {
    let (name, mut arguments) = words_of_example(command);
    let port = arguments.iter().position(|word| *word == "--port");
    arguments[port.expect("a port") + 1] = "0";
    let mut server = example(name)
        .args(arguments)
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

fn read(path: &str) -> String {
    fs::read_to_string(xtask::workspace().join(path)).expect("a file")
}

#[test]
fn every_command_of_the_pages_is_in_the_table() {
    let known: BTreeSet<_> = COMMANDS.iter().map(|(command, _)| *command).collect();
    let mut found = BTreeSet::new();
    for page in pages() {
        for command in commands(&page) {
            assert!(
                known.contains(command.as_str()),
                "{} shows `{command}`; say in COMMANDS of {} who runs it",
                page.path,
                file!()
            );
            found.insert(command);
        }
    }
    for command in known {
        assert!(found.contains(command), "no page shows `{command}`");
    }
}

#[test]
fn the_commands_of_the_pages_work() {
    let (mut run, mut elsewhere) = (0, 0);
    for (command, is) in COMMANDS {
        elsewhere += 1;
        match is {
            Run => {
                let arguments = command.split_whitespace().skip(2);
                let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
                succeed(xtask.current_dir(xtask::workspace()).args(arguments));
                run += 1;
            }
            Example => {
                let (name, arguments) = words_of_example(command);
                let folder = tempfile::tempdir().expect("a folder");
                let mut program = example(name);
                if arguments.iter().any(|word| word.ends_with(".csv")) {
                    // Otherwise it would be beside the file, in the repository.
                    program.arg("--journal").arg(folder.path().join("journal"));
                }
                succeed(program.args(arguments));
                run += 1;
            }
            Server => {
                serve(command);
                run += 1;
            }
            FeatureExample => {
                let (name, _) = words_of_example(command);
                let section = format!("name = \"{name}\"\nrequired-features = [\"{name}\"]");
                assert!(read("generated/Cargo.toml").contains(&section), "{command}");
                assert!(
                    command.contains(&format!("--features {name} ")),
                    "{command}"
                );
                let examples = read(".ci/run");
                let examples = examples
                    .lines()
                    .find(|line| line.starts_with("for example in"));
                assert!(
                    examples.is_some_and(|line| line.contains(name)),
                    "{command}"
                );
            }
            InCi(line) => assert!(read(".ci/run").contains(line), "{command}"),
            In(test) => assert!(read(test).contains("#[test]"), "{command}"),
            Not(reason) => assert!(!reason.is_empty()),
        }
    }
    elsewhere -= run;
    println!("{run} commands were run, {elsewhere} are run elsewhere or not at all");
}
