//! What OpenAPI 3.1 adds, decoded and encoded.

use golden_version_3_1::types::{
    AddFileForm, FinishParams, Since, Status, Values, ValuesEither, ValuesLevel, ValuesPairItem,
    ValuesVersion,
};
use golden_version_3_1::{Client, FormPart, Patch};
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
fn tuples_maps_and_bytes() {
    assert_eq!(same(json!({"point": [1.5, -2.0]})).point, Some(vec![1.5, -2.0]));
    let pair = same(json!({"pair": ["a", 1]})).pair.unwrap();
    assert_eq!(pair, [ValuesPairItem::Text("a".to_owned()), ValuesPairItem::Integer(1)]);
    assert_eq!(same(json!({"labels": {"a": "b"}})).labels.unwrap()["a"], "b");
    same(json!({"extended": {"name": "a", "more": 1}}));
    assert_eq!(same(json!({"bytes": "AQI="})).bytes.unwrap().0, [1, 2]);
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
    client.add_file(&AddFileForm::new(FormPart::new(vec![1, 2]))).await.unwrap();
    let request = server.take_request();
    assert!(request.text().contains("name=\"file\""), "{}", request.text());
}
