//! Streams of items, wherever their chunks begin and end.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::optional::items::{Framing, Splitter, decode};

/// What comes of a body in chunks of a size: items, or the reasons why there are none.
fn split<T: DeserializeOwned>(
    framing: Framing,
    body: &[u8],
    size: usize,
) -> Vec<Result<T, String>> {
    let mut splitter = Splitter::new(framing, 60);
    let mut items = Vec::new();
    for chunk in body.chunks(size) {
        let mut chunk = Bytes::copy_from_slice(chunk);
        while let Some(item) = splitter.next(&mut chunk) {
            items.push(item);
        }
        assert!(chunk.is_empty(), "{chunk:?} is left");
    }
    items.extend(splitter.last());
    let decoded = items.into_iter().filter_map(|item| match item {
        Ok(item) => decode(framing, &item),
        Err(_) => Some(Err("too large".to_owned())),
    });
    decoded.collect()
}

/// The same of chunks of every size.
#[track_caller]
fn items(framing: Framing, body: &[u8]) -> Vec<Result<Value, String>> {
    let whole = split(framing, body, body.len().max(1));
    for size in 1..body.len() {
        assert_eq!(split(framing, body, size), whole, "chunks of {size} bytes");
    }
    whole
}

#[track_caller]
fn events(body: &str, wanted: &[Value]) {
    let wanted: Vec<_> = wanted.iter().cloned().map(Ok).collect();
    assert_eq!(items(Framing::Events, body.as_bytes()), wanted, "{body:?}");
}

#[test]
fn an_event_ends_with_an_empty_line() {
    for end in ["\n", "\r\n", "\r"] {
        let body =
            "\u{feff}: hello\nevent: add\ndata: 1\nid: 7\n\n:\n\ndata:2\ndata\ndata:  3\n\ndata: 4";
        let first = json!({"event": "add", "data": "1", "id": "7"});
        events(
            &body.replace('\n', end),
            &[first, json!({"data": "2\n\n 3"})],
        );
    }
    events(
        "data: a\r\r\ndata: b\n\r\n",
        &[json!({"data": "a"}), json!({"data": "b"})],
    );
    events("", &[]);
    events("\n\r\n\r", &[]);
}

#[test]
fn fields_are_read_as_the_html_standard_defines_them() {
    events("data\n\n", &[json!({"data": ""})]);
    events(
        "retry: 1500\ndata: 1\n\n",
        &[json!({"data": "1", "retry": 1500})],
    );
    events(
        "retry: 1s\nid: a\0b\ndata: 1\nDATA: 2\nother\n\n",
        &[json!({"data": "1"})],
    );
    events(
        "data: a: b\nevent: x\nevent: y\n\n",
        &[json!({"data": "a: b", "event": "y"})],
    );
    // Without data, it is no event.
    events("event: ping\n\ndata: 1\n\n", &[json!({"data": "1"})]);
}

#[test]
fn the_data_may_be_the_item() {
    let found = items(
        Framing::EventData,
        b"data: {\"a\":\ndata: 1}\n\ndata: b\n\n",
    );
    assert_eq!(found, [Ok(json!({"a": 1})), Ok(json!("b"))]);
    let found = split::<u8>(Framing::EventData, b"data: x\n\ndata: 2\n\n", 3);
    assert!(found[0].is_err(), "{found:?}");
    assert_eq!(found[1], Ok(2));
}

/// The `data` of an event is a string, unless its type says otherwise.
#[test]
fn data_decodes_as_a_string_or_as_the_json_in_it() {
    let body = b"data: [1]\n\n";
    let mut text = split::<BTreeMap<String, String>>(Framing::Events, body, 1);
    assert_eq!(text.remove(0).unwrap()["data"], "[1]");
    let mut list = split::<BTreeMap<String, Vec<u8>>>(Framing::Events, body, 1);
    assert_eq!(list.remove(0).unwrap()["data"], [1]);
    let mut number = split::<BTreeMap<String, u8>>(Framing::Events, body, 1);
    let error = number.remove(0).unwrap_err();
    assert!(error.starts_with("at `data`: "), "{error}");
}

#[test]
fn each_line_is_an_item() {
    let found = items(Framing::Lines, b"\xef\xbb\xbf{\"a\":1}\n\n \r\n[2]\r\n3");
    assert_eq!(found, [Ok(json!({"a": 1})), Ok(json!([2])), Ok(json!(3))]);
    assert_eq!(items(Framing::Lines, b""), []);
    let found = items(Framing::Lines, b"1\n{\n\xff\n2\n");
    assert_eq!(found[0], Ok(json!(1)));
    assert!(found[1].is_err() && found[2].is_err(), "{found:?}");
    assert_eq!(found[3], Ok(json!(2)));
}

#[test]
fn a_record_separator_begins_an_item() {
    let found = items(
        Framing::Sequence,
        b"\x1e{\n\"a\":1}\n\x1e\x1e[2]\n\x1e{\"cut\":\n\x1e3\n",
    );
    assert_eq!(found[..2], [Ok(json!({"a": 1})), Ok(json!([2]))]);
    assert!(found[2].is_err(), "{found:?}");
    assert_eq!(found[3], Ok(json!(3)));
}

#[test]
fn an_item_that_is_too_large_does_not_end_the_stream() {
    let long = "x".repeat(70);
    let lines = format!("1\n\"{long}\"\n2\n");
    let found = items(Framing::Lines, lines.as_bytes());
    assert_eq!(
        found,
        [Ok(json!(1)), Err("too large".to_owned()), Ok(json!(2))]
    );
    // Many lines, and a comment of any size.
    let lines = "data: 1234567890\n".repeat(9);
    let body = format!(": ping\n\n{lines}\ndata: 1\n\n");
    let found = items(Framing::Events, body.as_bytes());
    assert_eq!(
        found,
        [Err("too large".to_owned()), Ok(json!({"data": "1"}))]
    );
    let body = format!("{}data: 1\n\n", ": ping\n".repeat(100));
    assert_eq!(
        items(Framing::Events, body.as_bytes()),
        [Ok(json!({"data": "1"}))]
    );
}

#[test]
fn an_event_is_utf_8() {
    let found = items(Framing::Events, b"data: \xff\n\ndata: \xc3\xbc\n\n");
    let reason = found[0].clone().unwrap_err();
    assert!(reason.starts_with("the text is not UTF-8"), "{reason}");
    assert_eq!(found[1], Ok(json!({"data": "ü"})));
}
