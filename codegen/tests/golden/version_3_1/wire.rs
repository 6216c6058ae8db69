//! What OpenAPI 3.1 adds, decoded and encoded.

use golden_version_3_1::types::{
    AddFileForm, FinishParams, Owner, Since, Status, Values, ValuesEither, ValuesLevel,
    ValuesOpenItem, ValuesVersion,
};
use golden_version_3_1::{Client, FormPart, JsonText, Patch};
use serde_json::{Value, json};
use crate::server::{CannedResponse, Server};

/// Decodes values, and asserts that encoding them gives the same JSON.
#[track_caller]
fn same(extra: Value) -> Values {
    let mut json = json!({"kind": "values", "version": 2});
    json.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let values: Values = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&values).unwrap(), json, "{values:?}");
    values
}

#[test]
fn null_is_a_type() {
    assert_eq!(same(json!({"title": null})).title, Patch::Null);
    assert_eq!(same(json!({"title": "a"})).title, Patch::Value("a".to_owned()));
    assert_eq!(same(json!({"owner": null})).owner, Patch::Null);
    let owner = same(json!({"owner": {"name": "Ada"}})).owner;
    assert!(matches!(owner, Patch::Value(_)), "{owner:?}");
    assert_eq!(same(json!({"level": null})).level, Patch::Null);
    assert_eq!(same(json!({"level": "low"})).level, Patch::Value(ValuesLevel::Low));
    assert_eq!(same(json!({"nothing": null})).nothing, Patch::Null);
}

#[test]
fn several_types_are_told_apart_by_json_type() {
    let either = |json: Value| match same(json!({"either": json})).either {
        Patch::Value(either) => either,
        none => panic!("{none:?}"),
    };
    assert_eq!(either(json!("a")), ValuesEither::Text("a".to_owned()));
    assert_eq!(either(json!(1.5)), ValuesEither::Number(1.5));
    assert_eq!(either(json!(["a"])), ValuesEither::List(vec!["a".to_owned()]));
    assert_eq!(either(json!({"a": 1})), ValuesEither::Other(json!({"a": 1})));
    same(json!({"anything": [1, {"a": null}]}));
    same(json!({"size": "small"}));
    same(json!({"size": 2}));
}

#[test]
fn constants_are_enums_of_one_value() {
    let values = Values::new("values", ValuesVersion::from(2));
    let json = serde_json::to_value(&values).unwrap();
    assert_eq!(json, json!({"kind": "values", "version": 2}));
    assert_eq!(same(json!({"status": "n/a"})).status, Some(Status::NA));
    assert_eq!(Status::KNOWN.len(), 3);
}

#[test]
fn a_list_of_a_fixed_length_is_a_tuple() {
    assert_eq!(same(json!({"point": [1.5, -2.0]})).point, Some((1.5, -2.0)));
    assert_eq!(same(json!({"pair": ["a", 1]})).pair, Some(("a".to_owned(), 1)));
    let inner = json!({"kind": "values", "version": 2});
    let (date, anything, values) = same(json!({"route": ["2025-01-31", {"a": 1}, inner]})).route.unwrap();
    assert_eq!((date.to_string(), anything), ("2025-01-31".to_owned(), json!({"a": 1})));
    assert_eq!(values.unwrap().kind, "values");
    assert_eq!(same(json!({"route": ["2025-01-31", null, null]})).route.unwrap().2, None);
    let open = same(json!({"open": ["a", 1, 2]})).open.unwrap();
    let number = ValuesOpenItem::Integer;
    assert_eq!(open, [ValuesOpenItem::Text("a".to_owned()), number(1), number(2)]);

    for (pair, wanted) in [
        (json!(["a"]), "invalid length 1, expected a list of 2 items"),
        (json!(["a", 1, 2]), "invalid length 3, expected a list of 2 items"),
        (json!([1, "a"]), "invalid type: integer `1`, expected a string"),
        (json!({}), "invalid type: map, expected a list of 2 items"),
    ] {
        let json = json!({"kind": "values", "version": 2, "pair": pair});
        let error = serde_json::from_value::<Values>(json).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn a_string_may_contain_json() {
    let settings = same(json!({"settings": "{\"name\":\"Ada\"}"})).settings;
    assert_eq!(settings, Patch::Value(JsonText(Owner::new().name("Ada"))));
    assert_eq!(same(json!({"settings": null})).settings, Patch::Null);
    let json = json!({"kind": "values", "version": 2, "settings": "{"});
    let error = serde_json::from_value::<Values>(json).unwrap_err().to_string();
    assert!(error.contains("the JSON in the string does not decode (EOF"), "{error}");
}

#[test]
fn schemas_that_are_true_or_false_and_habits_of_3_0() {
    assert_eq!(same(json!({"free": {"a": [1]}})).free, Patch::Value(json!({"a": [1]})));
    assert_eq!(same(json!({"list": [1, "a"]})).list.unwrap(), [json!(1), json!("a")]);
    same(json!({"none": 1}));
    let habits = same(json!({"habits": {"note": null, "share": 0.5}})).habits.unwrap();
    assert_eq!((habits.note, habits.share), (Patch::Null, Some(0.5)));
    let values = same(json!({"checked": {"b": "x"}})).checked.unwrap();
    assert_eq!(values.b.unwrap(), "x");
    assert_eq!(same(json!({"ratio": 0.5})).ratio, Some(0.5));
    assert_eq!(same(json!({"leaf": {"color": "red"}})).leaf.unwrap().color.unwrap(), "red");
}

#[test]
fn maps_and_bytes() {
    assert_eq!(same(json!({"labels": {"a": "b"}})).labels.unwrap()["a"], "b");
    same(json!({"extended": {"name": "a", "more": 1}}));
    assert_eq!(same(json!({"bytes": "AQI="})).bytes.unwrap().0, [1, 2]);
    assert_eq!(same(json!({"url_bytes": "-_8"})).url_bytes.unwrap().0, [0xfb, 0xff]);
    let padded = json!({"kind": "values", "version": 2, "url_bytes": "+/8="});
    assert_eq!(serde_json::from_value::<Values>(padded).unwrap().url_bytes.unwrap().0, [0xfb, 0xff]);
    // What the client does not decode is text.
    assert_eq!(same(json!({"hidden": "a=3D"})).hidden.unwrap(), "a=3D");
}

#[test]
fn keys_next_to_a_reference_count() {
    let narrowed = same(json!({"narrowed": {"name": "Ada", "since": "2025-01-31"}})).narrowed;
    assert_eq!(narrowed.unwrap().name, "Ada");
    let tree = same(json!({"tree": {"left": {"left": {}}}})).tree.unwrap();
    assert!(tree.left.unwrap().left.is_some());
    same(json!({"unit": {"symbol": "m", "base": {"symbol": "m"}}}));
}

#[tokio::test]
async fn files_shared_paths_and_operations_without_responses() {
    let server = Server::start(CannedResponse::empty(204));
    let client = Client::builder().bearer_token("t").base_url(server.origin()).build().unwrap();
    client.get_shared().await.unwrap();
    assert_eq!(server.take_request().request_line(), "GET /shared HTTP/1.1");
    client.finish(&FinishParams::new().since(Since::Integer(5))).await.unwrap();
    assert_eq!(server.take_request().request_line(), "PUT /done?since=5 HTTP/1.1");
    server.set_response(CannedResponse::json(200, "png"));
    let form = AddFileForm::new(FormPart::new("a"))
        .old("b")
        .page("<p>")
        .about("{}")
        .key(vec![0xfb, 0xff])
        .name("n");
    client.add_file(&form).await.unwrap();
    let request = server.take_request();
    let parts: Vec<&str> = request.text().split("\r\nContent-Disposition: form-data; ").skip(1).collect();
    for (part, wanted) in parts.iter().zip([
        "name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\na\r\n",
        "name=\"old\"; filename=\"old\"\r\nContent-Type: application/octet-stream\r\n\r\nb\r\n",
        "name=\"page\"\r\nContent-Type: text/html\r\n\r\n<p>\r\n",
        "name=\"about\"\r\nContent-Type: application/json\r\n\r\n{}\r\n",
        "name=\"key\"\r\n\r\n-_8\r\n",
        "name=\"name\"\r\n\r\nn\r\n",
    ]) {
        assert!(part.starts_with(wanted), "{part:?} does not start with {wanted:?}");
    }
    assert_eq!(parts.len(), 6);
}

/// A response by a reference with a description, and a request with the media type of an item.
#[tokio::test]
async fn values_in_both_directions() {
    let server = Server::start(CannedResponse::json(200, r#"{"kind":"values","version":2,"title":null}"#));
    let client = Client::builder().bearer_token("t").base_url(server.origin()).build().unwrap();
    let values = Values::new("values", ValuesVersion::from(2)).point((1.0, 2.0));
    assert_eq!(client.echo_values(&values).await.unwrap().title, Patch::Null);
    let request = server.take_request();
    assert_eq!(request.text(), r#"{"kind":"values","version":2,"point":[1.0,2.0]}"#);
    assert_eq!(request.header("authorization"), Some("Bearer t"));
}
