//! Response bodies that are unusual JSON.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::runtime::{json, serde_object};

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    json::decode(text.as_bytes())
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

/// A struct as in a client.
#[derive(Debug, PartialEq)]
struct Task {
    id: String,
    size: Option<f64>,
}

serde_object::object! {
    Task {
        "id" => id (required),
        "size" => size (optional),
    }
}

/// A type that contains itself.
#[derive(Debug)]
struct List {
    next: Option<Box<List>>,
}

serde_object::object! {
    List {
        "next" => next (optional),
    }
}

#[test]
fn a_byte_order_mark_is_ignored() {
    assert_eq!(decode("\u{feff}[1]"), Ok(vec![1]));
    assert_eq!(
        decode::<Value>("\u{feff}"),
        Err("the body is empty".to_owned())
    );
    assert!(decode::<Value>("\u{feff}\u{feff}1").is_err());
}

#[test]
fn bytes_that_are_not_utf_8_are_an_error_only_where_they_are_read() {
    for bytes in [
        &b"\xff"[..],
        b"a\xc3",
        b"\xe9t\xe9",
        b"\xed\xa0\x80",
        b"\\ud83d\xff",
    ] {
        let unlisted = [br#"{"id":"a","new":[""#, bytes, br#""]}"#].concat();
        let task: Task = json::decode(&unlisted).expect("it decodes");
        assert_eq!(task.id, "a");

        let listed = [br#"{"id":""#, bytes, br#"","size":1}"#].concat();
        let reason = json::decode::<Task>(&listed).expect_err("it is not text");
        assert!(
            reason.starts_with("at `id`: invalid string at line 1 column "),
            "{reason}"
        );
        assert!(reason.ends_with(" (the body is not UTF-8)"), "{reason}");
    }
    assert!(json::decode::<Value>(b"\xff\xfe1\0").is_err());
}

#[test]
fn an_unlisted_field_may_have_any_value() {
    let deep = nested(200);
    let deeper = format!(r#"{{"a":{}}}"#, nested(100_000));
    let long = format!("1{}", "0".repeat(10_000));
    for value in [
        "1e400",
        "-1E+400",
        "[1e400,{\"x\":-1e999}]",
        &deep,
        &deeper,
        &long,
    ] {
        for body in [
            format!(r#"{{"id":"a","new":{value}}}"#),
            format!(r#"{{"new":{value},"id":"a"}}"#),
        ] {
            let task = decode::<Task>(body.as_str()).expect("it decodes");
            assert_eq!(
                task,
                Task {
                    id: "a".to_owned(),
                    size: None
                }
            );
        }
    }
}

#[test]
fn a_value_that_is_kept_keeps_its_text() {
    let deep = nested(150);
    let body = format!(r#" {{"a\"{{":"[1e400","b":1e400,"c":[-1E+999, 7],"d":{deep},"e":1e308}} "#);
    let value: Value = decode(body.as_str()).expect("it decodes");
    assert_eq!(value["a\"{"], "[1e400");
    assert_eq!(value["b"], "1e400");
    assert_eq!(value["c"][0], "-1E+999");
    assert_eq!(value["c"][1], 7);
    assert_eq!(value["e"], 1e308);
    let mut inner = &value["d"];
    while let Some(array) = inner.as_array() {
        inner = array.first().expect("it is nested");
    }
    let text = inner.as_str().expect("the rest is text");
    assert!(deep.contains(text) && text.len() > 80, "{text}");
}

#[test]
fn a_listed_field_is_not_changed() {
    let reason = decode::<Task>(r#"{"id":"a","size":1e400}"#).expect_err("too large");
    assert_eq!(reason, "at `size`: number out of range at line 1 column 22");

    let deep = r#"{"next":"#.repeat(200) + "null" + &"}".repeat(200);
    let reason = decode::<List>(deep.as_str()).expect_err("too deep");
    assert!(reason.contains("recursion limit exceeded"), "{reason}");
}

#[test]
fn text_that_is_not_json_is_an_error() {
    for text in [
        "",
        "[1e400",
        "1e400]",
        "\"1e400",
        "{\"a\":1e400,}",
        "[1e400}",
        "\\",
        "\"\\",
        "-",
        "]]]1e400",
    ] {
        assert!(decode::<Value>(text).is_err(), "{text}");
        let deep = nested(200);
        assert!(
            decode::<Value>(&format!("{deep}{text}x")).is_err(),
            "{text}"
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..proptest::test_runner::Config::with_cases(5_000)
    })]

    /// No text panics, and only JSON decodes: the skipping parser is the reference.
    #[test]
    fn only_json_decodes(text in r#"([\[\]{}:,"\\ ]|1e400|-|a|7|"a":|\[\]){0,12}"#) {
        if decode::<Value>(&text).is_ok() {
            proptest::prop_assert!(serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }
}
