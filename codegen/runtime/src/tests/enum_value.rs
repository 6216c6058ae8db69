//! What is suggested for an unlisted enum value.

use crate::runtime::enum_value::parse_enum_error;

const KNOWN: &[&str] = &["todo", "in_progress", "in_review", "done", "é"];

#[track_caller]
fn assert_suggested(text: &str, expected: Option<&str>) {
    let error = parse_enum_error(text, KNOWN);
    assert_eq!(error.suggestion(), expected, "{text:?}");
    assert_eq!(error.known(), KNOWN);
}

#[test]
fn the_nearest_value_is_suggested() {
    assert_suggested("inreview", Some("in_review"));
    assert_suggested("In Progress", Some("in_progress"));
    assert_suggested("in_reviews", Some("in_review"));
    assert_suggested("DONE", Some("done"));
    assert_suggested("tood", None);
    assert_suggested("todoo", Some("todo"));
    assert_suggested("tdo", Some("todo"));
}

#[test]
fn nothing_is_suggested_for_another_word() {
    for text in [
        "",
        "x",
        "finished",
        "in",
        "🔐🔐🔐🔐",
        &"todo".repeat(100_000),
    ] {
        assert_suggested(text, None);
    }
}

#[test]
fn the_message_is_one_line_with_every_listed_value() {
    let listed = "(expected one of: todo, in_progress, in_review, done, é)";
    let error = parse_enum_error("don", KNOWN);
    let expected = format!("unknown value `don`, did you mean `done`? {listed}");
    assert_eq!(error.to_string(), expected);
    let error = parse_enum_error("a\nb\u{1b}", KNOWN);
    let expected = format!("unknown value `a\\nb\\u{{1b}}` {listed}");
    assert_eq!(error.to_string(), expected);
}
