//! The comparison with a vendor's document: every kind of difference, and every way in which a listed
//! departure applies or does not.

#[path = "upstream/cases.rs"]
mod cases;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cases::{DIFFERENCES, SAME};
use codegen::{Options, Report};

const OURS: &str = include_str!("upstream/ours.yaml");
const THEIRS: &str = include_str!("upstream/theirs.json");

fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "there is no `{from}`");
        text = text.replacen(from, to, 1);
    }
    text
}

#[track_caller]
fn compare(ours: &str, theirs: &str) -> Report {
    let options = Options {
        spec_path: "ours.yaml".to_owned(),
        spec_name: "ours.yaml".to_owned(),
        crate_name: "notes".to_owned(),
        keep_going: true,
        ..Options::default()
    };
    let report = codegen::upstream(ours.as_bytes(), theirs.as_bytes(), "theirs.json", &options);
    report.unwrap_or_else(|found| panic!("{found}"))
}

#[track_caller]
fn messages(report: &Report) -> Vec<&str> {
    let differences = report.differences.iter();
    differences.map(|one| one.message.as_str()).collect()
}

#[test]
fn every_kind_of_difference() {
    let mut shown = String::new();
    for (name, edits, _) in DIFFERENCES {
        let report = compare(OURS, &edited(THEIRS, edits));
        assert!(!report.differences.is_empty(), "{name}: none is found");
        shown.push_str(&format!("# {name}\n\n{report}\n\n"));
    }
    matches_file(shown.trim_end(), "differences.txt");
}

/// Compares a text with a file in `upstream/`.
#[track_caller]
fn matches_file(shown: &str, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upstream");
    let path = folder.join(name);
    if std::env::var_os("UPDATE_UI").is_some() {
        fs::write(&path, format!("{shown}\n")).expect("the text can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let mut lines = expected.lines().zip(shown.lines());
    let first = lines.find(|(one, other)| one != other);
    assert!(
        expected.lines().eq(shown.lines()),
        "first difference: {first:?}\nif the texts are as they should be, write them with \
         `UPDATE_UI=1 cargo test -p codegen --test upstream`"
    );
}

#[test]
fn equivalent_documents() {
    for (name, edits) in SAME {
        let report = compare(OURS, &edited(THEIRS, edits));
        assert_eq!(messages(&report), [""; 0], "{name}");
        assert_eq!(report.operations, 2);
    }
}

/// A schema that two operations share differs once.
#[test]
fn a_shared_schema_is_reported_once() {
    let theirs = edited(THEIRS, &[("[\"red\", \"green\"]", "[\"red\"]")]);
    assert_eq!(
        messages(&compare(OURS, &theirs)),
        ["`color` of response 200 of `replaceNote` has the value `green` here, but not upstream"]
    );
}

/// The places are right in a document of one line, of which a part is shown.
#[test]
fn a_document_of_one_line() {
    let theirs = edited(THEIRS, &[("\"int32\"", "\"int64\"")]);
    let pretty = compare(OURS, &theirs);
    let minified: String = theirs.split('\n').map(str::trim_start).collect();
    let report = compare(OURS, &minified);
    assert_eq!(messages(&report), messages(&pretty));
    let place = &report.differences[0].theirs;
    let column = minified.find("\"format\"").map(|at| at + 1);
    assert_eq!((place.line, Some(place.column)), (1, column));
    let shown = report.to_string();
    assert!(
        shown.contains(&format!("theirs.json:1:{}", place.column)),
        "{shown}"
    );
    assert!(
        shown.lines().all(|line| line.chars().count() < 400),
        "{shown}"
    );
}

const LISTED: (&str, &str) = (
    "Color: {type: string, enum: [red, green]}",
    "Color:\n      type: string\n      enum: [red, green]\n      x-client-departures:\n        enum:\n          \
     upstream: [red, green, blue]\n          reason: No one needs blue.",
);

#[test]
fn a_departure_that_applies() {
    let ours = edited(OURS, &[LISTED]);
    let theirs = edited(
        THEIRS,
        &[("[\"green\", \"red\"]", "[\"blue\", \"green\", \"red\"]")],
    );
    let report = compare(&ours, &theirs);
    assert_eq!(messages(&report), [""; 0]);
    assert_eq!(report.departures, 1);
    assert_eq!(
        report.to_string(),
        "ours.yaml agrees with theirs.json in 2 operations; 1 departure is declared"
    );
}

/// It is not enough that the key departs: a change there is what is to be seen.
#[test]
fn a_departure_whose_upstream_value_changed() {
    let ours = edited(OURS, &[LISTED]);
    let theirs = edited(
        THEIRS,
        &[(
            "[\"green\", \"red\"]",
            "[\"black\", \"blue\", \"green\", \"red\"]",
        )],
    );
    let report = compare(&ours, &theirs);
    assert_eq!(
        messages(&report),
        ["this departure no longer applies: upstream, `enum` is [black, blue, green, red]"]
    );
    matches_file(&report.to_string(), "changed.txt");

    // What is the same in one use of the type does not hide what differs in another.
    let theirs = edited(
        THEIRS,
        &[(r#"["red", "green"]"#, r#"["red", "green", "black"]"#)],
    );
    assert_eq!(
        messages(&compare(&ours, &theirs)),
        ["this departure no longer applies: upstream, `enum` is [red, green, black]"]
    );
}

#[test]
fn a_departure_that_no_longer_applies() {
    let ours = edited(OURS, &[LISTED]);
    let report = compare(&ours, THEIRS);
    assert_eq!(
        messages(&report),
        ["this departure no longer applies: `enum` is the same upstream"]
    );
    matches_file(&report.to_string(), "same.txt");
}

#[test]
fn a_departure_of_what_is_not_compared() {
    let ours = edited(OURS, &[LISTED]);
    let theirs = edited(
        THEIRS,
        &[
            ("\"color\": {", "\"colour\": {"),
            ("\"color\": {", "\"colour\": {"),
        ],
    );
    let report = compare(&ours, &theirs);
    assert_eq!(
        messages(&report).first(),
        Some(&"this departure of `enum` explains nothing"),
        "{report}"
    );
}

/// Of two uses of a type one departs in a way that is listed, and the other in another.
#[test]
fn a_departure_that_applies_to_one_of_two() {
    let ours = edited(OURS, &[LISTED]);
    let theirs = edited(
        THEIRS,
        &[
            ("[\"green\", \"red\"]", "[\"blue\", \"green\", \"red\"]"),
            ("[\"red\", \"green\"]", "[\"red\", \"green\", \"black\"]"),
        ],
    );
    assert_eq!(
        messages(&compare(&ours, &theirs)),
        ["`color` of response 200 of `replaceNote` has the value `black` upstream, but not here"]
    );
}

/// The departure that the help suggests is accepted in the object that it names.
#[test]
fn the_departure_that_the_help_suggests() {
    for (name, edits, objects) in DIFFERENCES {
        let theirs = edited(THEIRS, edits);
        let differences = compare(OURS, &theirs).differences;
        let listed = differences.iter().map(|difference| {
            let (_, listed) = difference
                .help
                .split_once("x-client-departures: {")
                .unwrap();
            listed.strip_suffix('}').unwrap().replace("...", "Wanted.")
        });
        let listed: BTreeSet<String> = listed.collect();
        let listed: Vec<String> = listed.into_iter().collect();
        let listed = format!("x-client-departures: {{{}}}", listed.join(", "));
        let mut ours = OURS.to_owned();
        for object in *objects {
            let (before, after) = ours.split_once(object).unwrap();
            let spaces = after.chars().take_while(|c| *c == ' ').count();
            ours = match object.ends_with('{') {
                true => format!("{before}{object}{listed}, {after}"),
                false => format!("{before}{object}{}{listed}\n{after}", " ".repeat(spaces)),
            };
        }
        let report = compare(&ours, &theirs);
        assert_eq!(messages(&report), [""; 0], "{name}:\n{ours}");
        assert_eq!(report.departures, objects.len(), "{name}");
    }
}

/// The comparison of recursive schemas ends.
#[test]
fn recursive_schemas() {
    let ours = edited(
        OURS,
        &[(
            "            - {type: string}\n",
            "            - {type: string}\n            - {$ref: \"#/components/schemas/Note\"}\n",
        )],
    );
    let circle = r##"{"anyOf": [{"$ref": "#/components/schemas/Circle"}, {"type": "string"}]}"##;
    let theirs = edited(
        THEIRS,
        &[
            (
                "\"schemas\": {",
                &format!("\"schemas\": {{\"Circle\": {circle},"),
            ),
            (
                "{\"oneOf\": [",
                r##"{"oneOf": [{"$ref": "#/components/schemas/Circle"}, "##,
            ),
        ],
    );
    assert_eq!(
        messages(&compare(&ours, &theirs)),
        [
            "`owner` of response 200 of `replaceNote` is one of string, object, array here, but one \
          of choice, array, string upstream"
        ]
    );
}

#[test]
fn invalid_documents() {
    let options = Options {
        spec_path: "ours.yaml".to_owned(),
        spec_name: "ours.yaml".to_owned(),
        crate_name: "notes".to_owned(),
        keep_going: true,
        ..Options::default()
    };
    let cases = [
        (
            OURS,
            "{\"swagger\": \"2.0\", \"paths\": {}}",
            "theirs.json:1:1",
        ),
        (OURS, "{\"openapi\": \"3.0.0\"}", "theirs.json:1:1"),
        (OURS, "<html>", "theirs.json:1:1"),
        (OURS, "{\"openapi\": \"3.0.0\",", "theirs.json:1:"),
        ("openapi: 3.0.3\n", THEIRS, "ours.yaml:1:1"),
    ];
    for (ours, theirs, place) in cases {
        let found = codegen::upstream(ours.as_bytes(), theirs.as_bytes(), "theirs.json", &options);
        let found = found
            .err()
            .map(|found| found.to_string())
            .unwrap_or_default();
        assert!(found.contains(place), "{theirs}: {found}");
    }
}
