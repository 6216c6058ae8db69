//! The generators: where each one comes from, and how it is called.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::{Size, first_error, reported_operations};
use crate::support::generated_crate::cargo_with_network;
use crate::support::run;

/// The name of every generated crate, and of its folder.
pub const CRATE: &str = "bench-client";

/// A generator of clients on crates.io.
struct Peer {
    package: &'static str,
    version: &'static str,
    /// `{spec}` is replaced by the path of the description, and `{out}` by the output folder.
    arguments: &'static str,
    /// Adds what the output needs to be a crate.
    complete: fn(&Path),
}

const PEERS: [Peer; 4] = [
    Peer {
        package: "ploidy",
        version: "0.15.0",
        arguments: "generate rust {spec} --output {out} --name bench-client",
        complete: |_| (),
    },
    Peer {
        package: "openapi-to-rust",
        version: "0.23.0",
        arguments: "generate {spec} --output-dir {out}/src/generated --quiet",
        complete: add_root_and_manifest,
    },
    Peer {
        package: "oas3-gen",
        version: "0.29.0",
        arguments: "generate client-mod --input {spec} --output {out} --workspace --quiet",
        complete: |_| (),
    },
    Peer {
        package: "cargo-progenitor",
        version: "0.15.1",
        arguments: "progenitor --input {spec} --output {out} --name bench-client --version 0.1.0",
        complete: |_| (),
    },
];

/// This generator, or a peer.
pub struct Generator {
    /// The name of its package.
    pub name: &'static str,
    /// The program, or why it cannot be installed.
    program: Result<PathBuf, String>,
    arguments: &'static str,
    complete: fn(&Path),
}

/// Returns this generator, and then its peers. Installs them, unless they are installed.
pub fn all() -> Vec<Generator> {
    let own = Generator {
        name: "codegen",
        program: Ok(env!("CARGO_BIN_EXE_xtask").into()),
        arguments: "codegen --keep-going --spec {spec} --out {out} --name bench-client",
        complete: |_| (),
    };
    let peers = PEERS.iter().map(|peer| Generator {
        name: peer.package,
        program: peer.install(),
        arguments: peer.arguments,
        complete: peer.complete,
    });
    std::iter::once(own).chain(peers).collect()
}

impl Peer {
    /// Returns the installed program, or the error of cargo.
    fn install(&self) -> Result<PathBuf, String> {
        let Peer {
            package, version, ..
        } = self;
        eprintln!("{package} {version}: installing, which takes minutes unless it is installed");
        let folder = xtask::workspace().join("target/peers");
        let mut cargo = cargo_with_network();
        cargo.args(["install", "--locked", "--quiet"]);
        cargo.arg("--root").arg(&folder);
        cargo.arg("--target-dir").arg(folder.join("target"));
        cargo.arg(format!("{package}@{version}"));
        let (_, output) = run(&mut cargo).expect("cargo can be started");
        match output.status.success() {
            true => Ok(folder.join(format!("bin/{package}{EXE_SUFFIX}"))),
            false => Err(format!("not installed: {}", first_error(&output.stderr))),
        }
    }
}

impl Generator {
    /// Returns the command that generates a crate in `out`, or why there is no such program.
    pub fn command(&self, spec: &Path, out: &Path) -> Result<Command, String> {
        let mut command = Command::new(self.program.clone()?);
        command.args(self.arguments.split(' ').map(|word| {
            let word = word.replace("{spec}", &spec.to_string_lossy());
            word.replace("{out}", &out.to_string_lossy())
        }));
        Ok(command)
    }

    /// Generates a crate in `out`, or returns the first line of the error.
    pub fn generate(&self, spec: &Path, out: &Path) -> Result<Size, String> {
        let (_, output) = run(&mut self.command(spec, out)?).map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(format!("not generated: {}", first_error(&output.stderr)));
        }
        (self.complete)(out);
        let mut size = Size::of(&out.join("src"));
        if let Some(operations) = reported_operations(&String::from_utf8_lossy(&output.stdout)) {
            size.operations = operations;
        }
        Ok(size)
    }
}

/// openapi-to-rust writes a module, and the dependencies that the manifest of the crate needs.
fn add_root_and_manifest(out: &Path) {
    let dependencies = out.join("src/generated/REQUIRED_DEPS.toml");
    let dependencies = fs::read_to_string(dependencies).unwrap_or_default();
    let package = "name = \"bench-client\"\nversion = \"0.1.0\"\nedition = \"2024\"";
    let manifest = format!("[package]\n{package}\n\n{dependencies}");
    fs::write(out.join("Cargo.toml"), manifest).expect("it can be written");
    fs::write(out.join("src/lib.rs"), "pub mod generated;\n").expect("it can be written");
}
