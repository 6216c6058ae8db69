//! Values of schemas of every kind, decoded and encoded.

use std::fmt::Debug;

use golden_schemas::types::{
    Access, Account, Formats, JustNamed, Merged, MergedState, Named, Node, Nulls, Numbers, NumbersLevel,
    NumbersEither, Reachable, Tree,
};
use golden_schemas::{Base64, Client, Decimal, Patch};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use crate::server::{CannedResponse, Server};

/// Decodes a value, and asserts that encoding it gives the same JSON.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + Debug>(json: Value) -> T {
    let text = json.to_string();
    let value: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(serde_json::to_value(&value).unwrap(), json, "{value:?}");
    value
}

#[track_caller]
fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
    serde_json::from_value::<T>(json).unwrap_err().to_string()
}

#[tokio::test]
async fn formats() {
    let text = r#"{"int32":-7,"int64":9007199254740993,"uint32":4294967295,"uint64":18446744073709551615,"float":0.5,"double":0.1,"date":"2024-02-29","dateTime":"2024-02-29T23:59:59.000Z","byte":"AP+A","urlByte":"AP-A","binary":"\u0000","uuid":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11","uri":"http://example.org/%7e","price":"1.10","exact":1.10,"exacts":[123456789012345678901234567890.5,-0.0,1E+2]}"#;
    let server = Server::start(CannedResponse::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let value = Formats::new(-7, 9007199254740993)
        .uint32(4294967295)
        .uint64(18446744073709551615)
        .float(0.5)
        .double(0.1)
        .date("2024-02-29".parse().unwrap())
        .date_time("2024-02-29T23:59:59Z".parse().unwrap())
        .byte(vec![0, 255, 128])
        .url_byte(vec![0, 255, 128])
        .binary("\0")
        .uuid("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")
        .uri("http://example.org/%7e")
        .price("1.10")
        .exact("1.10".parse().unwrap())
        .exacts(["123456789012345678901234567890.5", "-0.0", "1E+2"].map(|text| text.parse().unwrap()).into());
    for text in ["", " 1", "1 ", "0x1", "\"1\"", "null", "01", "1.", "NaN"] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
    let answer = client.echo_formats(&value).await.unwrap();
    assert_eq!(server.take_request().text(), text);
    assert_eq!(answer, value);
    assert_eq!(answer.byte, Some(Base64(vec![0, 255, 128])));
}

/// An integer that does not fit is an error at its place, and not another integer.
#[tokio::test]
async fn integers_that_do_not_fit() {
    for (text, at) in [
        (r#"{"int32":2147483648,"int64":1}"#, "int32"),
        (r#"{"int32":1,"int64":9223372036854775808}"#, "int64"),
        (r#"{"int32":1,"int64":1,"uint32":-1}"#, "uint32"),
        (r#"{"int32":1,"int64":1,"exact":"1"}"#, "exact"),
    ] {
        let server = Server::start(CannedResponse::json(200, text));
        let client = Client::builder().base_url(server.origin()).build().unwrap();
        let error = client.echo_formats(&Formats::new(1, 1)).await.unwrap_err();
        assert!(error.to_string().contains(at), "{error}");
    }
}

#[test]
fn all_of_gives_one_struct() {
    let merged: Merged = same(json!({
        "name": "a", "address": {"town": "b"}, "created": "2024-01-01T00:00:00.000Z",
        "state": "shut", "size": 2, "more": [null]
    }));
    assert_eq!(merged.name, "a");
    assert_eq!(merged.state, MergedState::Shut);
    assert_eq!(merged.address.as_ref().unwrap().town.as_deref(), Some("b"));
    assert_eq!(merged.additional_properties["more"], json!([null]));
    // What a member requires is required, of another member's properties too.
    for key in ["name", "created", "state", "size"] {
        let mut less = serde_json::to_value(&merged).unwrap();
        less.as_object_mut().unwrap().remove(key);
        assert!(refused::<Merged>(less).contains(key));
    }
    let created = "2024-01-01T00:00:00Z".parse().unwrap();
    let made = Merged::new("a", created, 2, MergedState::Shut);
    assert_eq!(made.address, None);
    // With nothing but words beside it, it is the same type.
    let named: Named = JustNamed::new("a");
    assert_eq!(named.name, "a");
    let reachable: Reachable = same(json!({"phone": "1", "mail": {"name": "a"}}));
    assert_eq!(reachable.email, None);
}

#[test]
fn null_is_kept_wherever_it_is_allowed() {
    let nulls: Nulls = same(json!({
        "date": null, "dates": [null, "2024-02-29"],
        "times": {"a": null, "b": "2024-01-01T00:00:00.000Z"},
        "list": [[1, null]], "named": null, "oneOrNull": null, "anything": null, "nothing": null,
        "other": null, "time": "2024-01-01T00:00:00.000Z"
    }));
    assert_eq!(nulls.date, None);
    assert_eq!(nulls.named, Patch::Null);
    assert_eq!(nulls.one_or_null, Patch::Null);
    assert_eq!(nulls.anything, Patch::Null);
    assert_eq!(nulls.additional_properties["other"], None);
    let nulls: Nulls = same(json!({
        "date": "2024-02-29", "dates": [], "list": null, "named": {"name": "a"},
        "oneOrNull": {"name": "b"}, "anything": {"x": [1, null]}
    }));
    assert_eq!(nulls.list, Patch::Null);
    assert_eq!(nulls.times, None);
    let absent: Nulls = same(json!({"date": null, "dates": []}));
    assert_eq!(absent.anything, Patch::Absent);
}

#[test]
fn recursive_types() {
    let node: Node = same(json!({
        "value": 1, "children": [{"value": 2, "children": []}], "trees": [[], [[]]],
        "next": {"value": 3, "children": [], "previous": null},
        "previous": {"value": 4, "children": []}, "other": {"node": {"value": 5, "children": []}}
    }));
    assert_eq!(node.next.unwrap().value, 3);
    assert_eq!(node.trees, Some(Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])])));
    let made = Node::new(1, vec![]).next(Node::new(2, vec![])).clear_previous();
    let json = json!({"value": 1, "children": [], "next": {"value": 2, "children": []}, "previous": null});
    assert_eq!(serde_json::to_value(made).unwrap(), json);
}

#[tokio::test]
async fn read_only_and_write_only_fields() {
    let text = r#"{"id":"1","name":"Ann","created":"2024-01-01T00:00:00Z","seen":null}"#;
    let server = Server::start(CannedResponse::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let account = Account::new("Ann", "secret").hint("s…t");
    let answer = client.put_account(&account).await.unwrap();
    let sent = server.take_request();
    assert_eq!(sent.text(), r#"{"name":"Ann","password":"secret","hint":"s…t"}"#);
    assert_eq!(answer.id.as_ref().unwrap(), "1");
    assert_eq!(answer.password, None);
    assert_eq!(answer.seen, Patch::Null);
    // What was read and is sent again does not send what the server sets.
    assert_eq!(serde_json::to_value(&answer).unwrap(), json!({"name": "Ann"}));
    // The mock server decodes requests as the same type, so a read-only field may be absent.
    let text = r#"{"name":"Ann","created":"2024-01-01T00:00:00Z"}"#;
    assert_eq!(serde_json::from_str::<Account>(text).unwrap().id, None);
}

/// Every combination of required, nullable, read-only, write-only and default, in a request and in a response.
#[tokio::test]
async fn access_and_nullability() {
    let read = json!({
        "optional_readOnly": 1, "optional_readOnly_default": 2,
        "optional_nullable_readOnly": null, "optional_nullable_readOnly_default": 3,
        "required_readOnly": 4, "required_readOnly_default": 5,
        "required_nullable_readOnly": null, "required_nullable_readOnly_default": 6,
    });
    let both = json!({
        "required": 1, "required_default": 2, "required_nullable": null, "required_nullable_default": 3,
    });
    let written = json!({
        "required_writeOnly": 7, "required_writeOnly_default": 8,
        "required_nullable_writeOnly": null, "required_nullable_writeOnly_default": 9,
    });
    let merged = |one: &Value, other: &Value| {
        let mut all = one.as_object().unwrap().clone();
        all.extend(other.as_object().unwrap().clone());
        Value::Object(all)
    };

    let response = CannedResponse::json(200, merged(&both, &read).to_string());
    let server = Server::start(response);
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let body = Access::new(1, 2, 7, 8, None, Some(3), None, Some(9));
    let received = client.put_access(&body).await.unwrap();
    let sent: Value = serde_json::from_str(server.take_request().text()).unwrap();
    assert_eq!(sent, merged(&both, &written));

    assert_eq!(received.required_read_only, Some(4));
    assert_eq!(received.required_nullable_read_only, None);
    assert_eq!(received.optional_nullable_read_only, Patch::Null);
    assert_eq!(received.optional_nullable_read_only_default, Patch::Value(3));
    assert_eq!(received.optional, None);
    assert_eq!(received.required_write_only, None);
    assert_eq!(received.required_nullable_write_only, Patch::Absent);
    // A value that was received is sent without the read-only properties.
    assert_eq!(serde_json::to_value(&received).unwrap(), both);
}

#[tokio::test]
async fn integers_written_as_floats() {
    let text = r#"{"required":1.0,"nullable":2.0,"list":[[1e2,null]],"map":{"a":3.0},"level":1e3,"either":-4.0,
        "tree":[[5.0]],"unsigned":18446744073709551615,"signed":-6.0,"more":7.0}"#;
    let server = Server::start(CannedResponse::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let numbers = client.get_numbers().await.unwrap();
    assert_eq!((numbers.required, numbers.nullable, numbers.signed), (1, Patch::Value(2), Some(-6)));
    assert_eq!(numbers.list, Some(vec![vec![Some(100), None]]));
    assert_eq!(numbers.map.as_ref().unwrap()["a"], 3);
    assert_eq!(numbers.level, Some(NumbersLevel::N1000));
    assert_eq!(numbers.either, Some(NumbersEither::Integer(-4)));
    assert_eq!(numbers.unsigned, Some(u64::MAX));
    assert_eq!(numbers.additional_properties["more"], 7);
    assert_eq!(serde_json::to_value(&numbers).unwrap()["tree"], json!([[5]]));

    let server = Server::start(CannedResponse::json(200, "[1.0, 2e1, 3]"));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    assert_eq!(client.get_integers().await.unwrap(), [1, 20, 3]);
    // Other integers would be a guess.
    for (wrong, name) in [("1.5", "1.5"), ("1e10", "10000000000"), ("1e300", "1e"), ("\"1\"", "\"1\"")] {
        let error = refused::<Numbers>(serde_json::from_str(&format!("{{\"required\":{wrong}}}")).unwrap());
        assert!(error.contains(name) && error.contains("expected i32"), "{error}");
    }
}

#[test]
fn base64_as_servers_write_it() {
    let bytes = |text: &str| {
        let formats: Formats = serde_json::from_value(json!({"int32": 1, "int64": 1, "byte": text})).unwrap();
        formats.byte.unwrap().0
    };
    for text in ["AP+A", "AP-A", " A P\r\n+A\n"] {
        assert_eq!(bytes(text), [0, 255, 128], "{text}");
    }
    // Without padding, and with bits after the last byte.
    for text in ["_w==", "_w", "/x==", "_x"] {
        assert_eq!(bytes(text), [255], "{text}");
    }
    for text in ["A", "A===", "AA=A", "!AAA"] {
        let error = refused::<Formats>(json!({"int32": 1, "int64": 1, "byte": text}));
        assert!(error.contains("invalid base64"), "{error}");
    }
}

/// A date-time without a time zone is an error that says so, unless the description allows it.
#[tokio::test]
async fn date_times_without_a_time_zone() {
    for (text, flaw) in [
        ("2024-02-29T23:59:59", "has no time zone"),
        ("2024-02-29 23:59:59.5", "has no time zone"),
        ("2024-02-29", "has no time of day"),
        ("soon", "is not a date-time of RFC 3339, such as `2025-12-31T23:59:59Z`"),
    ] {
        let body = json!({"int32": 1, "int64": 1, "dateTime": text}).to_string();
        let server = Server::start(CannedResponse::json(200, body));
        let client = Client::builder().base_url(server.origin()).build().unwrap();
        let error = client.echo_formats(&Formats::new(1, 1)).await.unwrap_err().to_string();
        assert!(error.contains("dateTime") && error.contains(&format!("`{text}` {flaw}")), "{error}");
    }
    let lenient = |text: &str| {
        let json = json!({"int32": 1, "int64": 1, "lenient": text, "lenients": [null, text]});
        let formats: Formats = serde_json::from_value(json).unwrap();
        assert_eq!(formats.lenients.as_ref().unwrap()[1], formats.lenient);
        serde_json::to_value(&formats).unwrap()["lenient"].clone()
    };
    assert_eq!(lenient("2024-02-29T23:59:59"), "2024-02-29T23:59:59.000Z");
    assert_eq!(lenient("2024-02-29 23:59:59"), "2024-02-29T23:59:59.000Z");
    assert_eq!(lenient("2024-02-29T23:59:59+01:00"), "2024-02-29T22:59:59.000Z");
    for key in ["local", "moved"] {
        let json = json!({"int32": 1, "int64": 1, key: "2024-02-29T23:59:59.500"});
        let formats: Formats = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&formats).unwrap(), json);
        let error = refused::<Formats>(json!({"int32": 1, "int64": 1, key: "2024-02-29T23:59:59Z"}));
        assert!(error.contains("without a time zone"), "{error}");
    }
}
