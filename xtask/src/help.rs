//! What `--help` prints.

/// Of the commands together.
pub(crate) const ALL: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

The maintainer's commands. The loop: edit spec/openapi.yaml, run `cargo xtask codegen`,
look at what it says and at `git diff`, commit the description with generated/.

Commands:
  codegen        generate the client from spec/openapi.yaml, and tell what changed in
                 the API; with --check, fail if the client is not up to date
  upstream FILE  compare spec/openapi.yaml with the document that the vendor publishes
  ci             run everything that continuous integration checks, some ten minutes

`cargo xtask COMMAND --help` tells more of each. Tests: `cargo test --workspace`.

Exit status: 0 done, 1 failed, 2 wrong usage.";

/// Of `codegen`.
pub(crate) const CODEGEN: &str = "\
Usage: cargo xtask codegen [OPTIONS] [--spec FILE --out DIR [--name CRATE]]
       cargo xtask codegen --explain CODE

Generates the client crate in generated/ from spec/openapi.yaml. Only files that
differ are written; when anything is wrong, nothing is. If the description is not
the committed one, tells what changed in the API, and which of it is breaking for
users of the client: a program that compiled may not compile any more.

Options:
      --check                 write nothing; exit with 1 and a diff if the crate is
                              not up to date
      --base FILE             tell the API's changes against this description
                              [default: spec/openapi.yaml of git's HEAD]
      --deny warnings         make warnings errors; always so for spec/openapi.yaml
      --skip-unsupported      leave out the operations that reach what cannot be
                              generated yet, with a warning for each reason
      --only NAME             generate just the operations of this tag or path, or with
                              this operationId, and the types that they need; may be
                              given several times; needs --spec
      --message-format FORMAT human, on standard error, or json, one object a line
                              on standard output [default: human]
      --explain CODE          print what a code such as E0007 means
      --spec FILE             read this OpenAPI 3.0 description, YAML or JSON; needs
                              --out
      --out DIR               write a complete crate to this folder; needs --spec. One
                              whose Cargo.toml has a feature `mock` gets the mock
      --name CRATE            the crate's name, if DIR has no Cargo.toml yet
                              [default: DIR's name]
  -h, --help                  print this

Exit status: 0 done, 1 failed, 2 wrong usage.";

/// Of `upstream`.
pub(crate) const UPSTREAM: &str = "\
Usage: cargo xtask upstream FILE [--spec FILE]

Compares spec/openapi.yaml with FILE, the OpenAPI 3 document that the vendor
publishes, JSON or YAML, for the operations that spec/openapi.yaml has; they are
matched by method and path. Shows each difference with both places: parameters,
bodies, answers, fields, types, formats, enum values, what is required, nullable or
deprecated, and security. Texts, examples and limits are not compared.

A difference that is wanted is listed in spec/openapi.yaml, on the object that
departs, under each key that does, with what is upstream and the reason:

  x-client-departures:
    nullable:
      upstream: false
      reason: The server clears the value on null.

One that no longer applies is an error, so a change upstream is seen.

Options:
      --spec FILE  compare this description instead
  -h, --help       print this

Exit status: 0 no difference but those listed, 1 others or failed, 2 wrong usage.";

/// Of `ci`.
pub(crate) const CI: &str = "\
Usage: cargo xtask ci

Runs `.ci/run` with bash: formatting, generated files, tests, lints, features,
documentation and the package. Wants rustfmt and clippy; takes some ten minutes.

Options:
  -h, --help  print this

Exit status: that of `.ci/run`; 1 if it cannot be started, 2 wrong usage.";
