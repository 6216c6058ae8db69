//! Runs the example in a separate process, which can be killed.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::program;
use super::program::fake_server::FakeServer;

/// Environment variable with the arguments of the program, one per line.
const ARGUMENTS: &str = "TEST_IMPORT_ARGUMENTS";

/// Separates the output of the test harness from that of the program.
const BEGIN: &str = "-- the program begins --\n";

/// The program, in a process that the other tests start.
#[test]
#[ignore = "does nothing without arguments"]
fn the_program_itself() {
    if let Ok(arguments) = std::env::var(ARGUMENTS) {
        print!("{BEGIN}");
        let status = program::run(arguments.lines().map(Into::into));
        std::process::exit(status.into());
    }
}

/// A temporary folder with a CSV file.
pub struct Files(PathBuf);

/// Output of the program.
#[derive(Debug)]
pub struct Output {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Files {
    pub fn new(name: &str, csv: &str) -> Self {
        let folder = format!("comp-ai-client-import-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).expect("the folder can be created");
        let files = Files(folder);
        files.write(csv);
        files
    }

    pub fn write(&self, csv: &str) {
        std::fs::write(self.csv(), csv).expect("the file can be written");
    }

    pub fn csv(&self) -> PathBuf {
        self.0.join("tasks.csv")
    }

    pub fn journal(&self) -> PathBuf {
        self.0.join("tasks.csv.journal")
    }

    pub fn read_journal(&self) -> String {
        std::fs::read_to_string(self.journal()).unwrap_or_default()
    }

    /// Starts the program on this file.
    pub fn start(&self, server: &FakeServer, options: &[&str]) -> Child {
        let mut arguments = options.join("\n");
        if !arguments.is_empty() {
            arguments.push('\n');
        }
        arguments += self.csv().to_str().expect("a path in UTF-8");
        let program = std::env::current_exe().expect("the path of this program");
        Command::new(program)
            .args([
                "run::the_program_itself",
                "--exact",
                "--ignored",
                "--nocapture",
            ])
            .env(ARGUMENTS, arguments)
            .env("COMP_AI_API_KEY", server.api_key())
            .env("COMP_AI_BASE_URL", server.base_url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the process starts")
    }

    /// Runs the program on this file to its end.
    pub fn run(&self, server: &FakeServer, options: &[&str]) -> Output {
        let output = self.start(server, options).wait_with_output();
        let output = output.expect("the process ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let stdout = text(output.stdout);
        let (_, stdout) = stdout.split_once(BEGIN).expect("the program ran");
        Output {
            status: output.status.code().expect("an exit status"),
            stdout: stdout.to_owned(),
            stderr: text(output.stderr),
        }
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Output {
    /// The numbers of the rows in the list with this heading.
    pub fn rows_under(&self, heading: &str) -> Vec<u64> {
        let Some(start) = self.stdout.find(heading) else {
            return Vec::new();
        };
        let lines = self.stdout[start..].lines().skip(1);
        lines
            .map_while(|line| line.strip_prefix("  row "))
            .map(|line| line.split(':').next().unwrap_or_default())
            .map(|number| number.parse().expect("a number"))
            .collect()
    }

    pub fn unknown(&self) -> Vec<u64> {
        self.rows_under("Unknown rows.")
    }
}
