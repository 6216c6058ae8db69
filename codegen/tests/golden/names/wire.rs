//! Names in requests and responses are those of the description, whatever their Rust names.

use golden_names::Client;
use golden_names::types::{All, Fields, N1, Signs, Thing, Thing3, Words};
use serde_json::{Map, Value, json};
use crate::server::{CannedResponse, Server};

#[tokio::test]
async fn a_call() {
    let text = r#"{"Vec":{"value":"a"},"a thing":{"a":"1"},"a Thing":{"b":"2"}}"#;
    let server = Server::start(CannedResponse::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let all: All = serde_json::from_str(text).unwrap();
    let _: (&Option<Thing>, &Option<Thing3>) = (&all.a_thing, &all.a_thing2);
    let params = golden_names::types::GrößeParams::new().größe("ß");
    let answer = client.größe("1", &all, &params).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.text(), text);
    let line = request.head.lines().next().unwrap();
    assert!(line.contains("gr%C3%B6%C3%9Fe=%C3%9F"), "{line}");
    assert_eq!(answer, all);
}

/// Every spelling of a field or a value is distinct from all others.
#[test]
fn spellings_stay_distinct() {
    let mut keys = Map::new();
    for (index, word) in Words::KNOWN.iter().enumerate() {
        assert_eq!(&Words::from(word.as_str()), word);
        keys.insert(word.as_str().to_owned(), json!(index.to_string()));
    }
    assert!(keys.len() > 50);
    let whole = Value::Object(keys);
    let fields: Fields = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&fields).unwrap(), whole);
    // Two enum values are no properties.
    let left: Vec<&String> = fields.additional_properties3.keys().collect();
    assert_eq!(left, ["Unknown", "unknown"]);
    let _: Option<N1> = None;
}

/// Values of signs have readable names, and their text is exact.
#[test]
fn signs_are_words() {
    for (value, text) in [
        (Signs::NotEqual, "!="),
        (Signs::GreaterOrEqual, ">="),
        (Signs::NotEqual2, "≠"),
        (Signs::SpaceSpace, "  "),
        (Signs::U1f389, "🎉"),
        (Signs::CHash, "C#"),
        (Signs::ADotB, "a.b"),
    ] {
        assert_eq!(serde_json::to_value(&value).unwrap(), text);
        assert_eq!(Signs::from(text), value);
    }
    let texts: std::collections::BTreeSet<&str> = Signs::KNOWN.iter().map(Signs::as_str).collect();
    assert_eq!(texts.len(), 55);
}
