//! The API diff: the changes that it reports for an edit of a description, and that the generated code
//! agrees. A change is breaking exactly if the edit removes something public from the client.

mod cases;
mod surface;

use cases::{API, Case, FIELDS, OPERATIONS, PARAMETERS, TYPES};
use codegen::{Changes, Files, Impact, Options};
use surface::surface;

const BASE: &str = include_str!("base.yaml");

fn options(path: &str) -> Options {
    Options {
        spec_path: path.to_owned(),
        spec_name: path.to_owned(),
        crate_name: "notes".to_owned(),
        ..Options::default()
    }
}

fn changes(old: &str, new: &str) -> Changes {
    let changes = codegen::changes(
        old.as_bytes(),
        "old.yaml",
        &Files::default(),
        new.as_bytes(),
        &options("new.yaml"),
    );
    changes.unwrap_or_else(|found| panic!("{found}"))
}

#[track_caller]
fn check(cases: &[Case]) {
    let before = surface(BASE, &options("old.yaml"));
    let mut failures = String::new();
    for (edits, expected) in cases {
        let mut edited = BASE.to_owned();
        for (from, to) in *edits {
            assert!(edited.contains(from), "the base has no `{from}`");
            edited = edited.replacen(from, to, 1);
        }
        let found = changes(BASE, &edited);
        let lines: Vec<String> = found
            .to_string()
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if lines != *expected {
            failures.push_str(&format!("{edits:?} reports {lines:#?}\n"));
        }

        let after = surface(&edited, &options("new.yaml"));
        let gone: Vec<&String> = before.difference(&after).collect();
        let mut changes = found.0.iter();
        if changes.any(|change| change.impact == Impact::Breaking) == gone.is_empty() {
            failures.push_str(&format!("{edits:?} removes {gone:#?}\n"));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn operations() {
    check(OPERATIONS);
}

#[test]
fn parameters() {
    check(PARAMETERS);
}

#[test]
fn fields() {
    check(FIELDS);
}

#[test]
fn types() {
    check(TYPES);
}

#[test]
fn servers_and_credentials() {
    check(API);
}

#[test]
fn pages_that_are_no_longer_iterated() {
    let old = BASE.replace(
        "operationId: listNotes",
        "operationId: listNotes\n      x-client-pages: {link: next}",
    );
    let found = changes(&old, BASE);
    assert_eq!(found.count(Impact::Breaking), 1);
    let line = "operation `listNotes` no longer iterates its pages: `list_notes_pages`";
    assert!(found.to_string().contains(line), "{found}");
}

#[test]
fn the_report() {
    let new = BASE
        .replace("[red, green]", "[red, blue]")
        .replace("deleteNote", "removeNote");
    let found = changes(BASE, &new);
    assert_eq!(found.count(Impact::Breaking), 2);
    assert_eq!(found.count(Impact::Compatible), 1);
    assert_eq!(found.to_string(), include_str!("expected.txt"));
    assert_eq!(changes(BASE, BASE).to_string(), "");
}

/// An invalid description cannot be compared; the error names its file.
#[test]
fn invalid_descriptions() {
    let wrong = BASE.replace("type: array, items", "type: aray, items");
    let found = codegen::changes(
        wrong.as_bytes(),
        "old.yaml",
        &Files::default(),
        BASE.as_bytes(),
        &options("new.yaml"),
    );
    assert_eq!(
        found.map_err(|found| found.path().to_owned()),
        Err("old.yaml".to_owned())
    );
    let found = codegen::changes(
        BASE.as_bytes(),
        "old.yaml",
        &Files::default(),
        wrong.as_bytes(),
        &options("new.yaml"),
    );
    assert_eq!(
        found.map_err(|found| found.path().to_owned()),
        Err("new.yaml".to_owned())
    );
}
