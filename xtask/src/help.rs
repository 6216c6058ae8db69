//! The texts of `--help`.

/// `cargo xtask --help`.
pub(crate) const ALL: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

The maintainer's commands. The workflow: edit spec/openapi.yaml, run
`cargo xtask codegen`, review its report and `git diff`, commit spec/ and generated/.

Commands:
  codegen        generate the client from spec/openapi.yaml and report the API changes;
                 with --check, fail if the client is out of date
  upstream FILE  compare spec/openapi.yaml with the document that the vendor publishes
  ci             run the checks of continuous integration, about ten minutes

`cargo xtask COMMAND --help` describes a command. Tests: `cargo test --workspace`.

Exit status: 0 success, 1 failure, 2 usage error.";

/// `cargo xtask codegen --help`.
pub(crate) const CODEGEN: &str = "\
Usage: cargo xtask codegen [OPTIONS] [--spec FILE --out DIR [--name CRATE]]
       cargo xtask codegen --explain CODE

Generates the client crate in generated/ from spec/openapi.yaml. Writes only files
that differ, and nothing if there is an error; after a run that was killed, the next
one writes the rest. If the description differs from the committed one, reports the API
changes; a breaking change is one after which code that uses the client may no longer
compile.

Options:
      --check                 write nothing; exit with status 1 and a diff if the crate
                              is out of date
      --base FILE             report the API changes since this description
                              [default: spec/openapi.yaml in git's HEAD]
      --deny warnings         treat warnings as errors; always on for
                              spec/openapi.yaml
      --keep-going            leave out the operations that cannot be generated, list
                              them with the reasons, and generate the others
      --only NAME             generate only the operations with this tag, path or
                              operationId, and the types they need; may be repeated;
                              requires --spec
      --message-format FORMAT human, on standard error, or json, one object per line
                              on standard output [default: human]
      --explain CODE          explain a diagnostic code such as E0001
      --spec FILE             read this OpenAPI 3 description, YAML or JSON; requires
                              --out
      --out DIR               write a complete crate to this folder; requires --spec. If
                              its Cargo.toml has a feature `mock`, it includes the mock
                              server
      --name CRATE            name of the crate, if DIR has no Cargo.toml yet
                              [default: name of DIR, with `-` between its words]
  -h, --help                  print this help

Exit status: 0 success, 1 failure, 2 usage error.";

/// `cargo xtask upstream --help`.
pub(crate) const UPSTREAM: &str = "\
Usage: cargo xtask upstream FILE [--spec FILE]

Compares spec/openapi.yaml with FILE, the OpenAPI 3 document that the vendor
publishes, JSON or YAML. Compares the operations of spec/openapi.yaml, matched by
method and path, and shows each difference in both documents: parameters, bodies,
responses, properties, types, formats, enum values, required, nullable, deprecated,
security, limits, response headers and server URLs. Does not compare texts and
examples.

To depart from the vendor on purpose, declare it in spec/openapi.yaml on the object
that differs, with the key that differs, the vendor's value and the reason:

  x-client-departures:
    nullable:
      upstream: false
      reason: The server clears the value on null.

A departure that no longer applies is an error, so that upstream changes are noticed.

Options:
      --spec FILE  compare this description instead
  -h, --help       print this help

Exit status: 0 no undeclared difference, 1 differences or failure, 2 usage error.";

/// `cargo xtask ci --help`.
pub(crate) const CI: &str = "\
Usage: cargo xtask ci

Runs `.ci/run` with bash, about ten minutes on two cores: formatting, generated files,
tests, lints, features, documentation and the package. Needs rustfmt and clippy. Also
checks the minimum Rust version, licences and the workflows if the tools for that are
installed, and otherwise lists what it skipped. The CI workflow runs all of this, the
tests on macOS and Windows, and `cargo semver-checks`.

Options:
  -h, --help  print this help

Exit status: that of `.ci/run`; 1 if it cannot be started, 2 usage error.";
