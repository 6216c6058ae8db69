//! Composed schemas: each variant with what it inherits, and the values of schemas that contradict each other.

use golden_composition::Client;
use golden_composition::types::{
    Animal, Impossible, Kitten, Twice, Values, ValuesAny, ValuesColour, ValuesItemsItem, ValuesTexts, Vehicle, Zoo,
};
use golden_composition::Patch;
use serde_json::{Value, json};
use crate::server::{CannedResponse, Server};

#[tokio::test]
async fn variants_have_the_fields_of_their_base() {
    let text = json!({
        "animals": [
            {"kind": "cat", "name": "Tom", "lives": 9, "friend": {"kind": "dog", "tricks": 2}},
            {"kind": "kitten", "lives": 9, "age": 1},
            {"kind": "cow", "horns": 2},
        ],
        "vehicle": {"wheels": 2, "bell": true},
    });
    let server = Server::start(CannedResponse::json(200, text.to_string()));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let kitten = Kitten::new("kitten").name("Kit").lives(9).age(1);
    let zoo = Zoo::new().animals(vec![Animal::Kitten(Box::new(kitten))]);
    let received = client.put_zoo(&zoo).await.unwrap();
    let sent: Value = serde_json::from_str(server.take_request().text()).unwrap();
    let kitten = json!({"kind": "kitten", "name": "Kit", "lives": 9, "age": 1});
    assert_eq!(sent, json!({"animals": [kitten]}));

    let animals = received.animals.as_ref().unwrap();
    let cat = animals[0].as_cat().unwrap();
    assert_eq!((cat.name.as_deref(), cat.lives), (Some("Tom"), Some(9)));
    assert_eq!(cat.friend.as_ref().unwrap().as_dog().unwrap().tricks, Some(2));
    assert_eq!(animals[1].as_kitten().unwrap().age, Some(1));
    assert!(matches!(&animals[2], Animal::Other(other) if other["horns"] == 2));
    assert!(matches!(&received.vehicle, Some(Vehicle::Bike(bike)) if bike.wheels == Some(2)));
    assert_eq!(serde_json::to_value(&received).unwrap(), text);
}

#[tokio::test]
async fn contradicting_schemas_keep_their_values() {
    let text = json!({
        "types": {"a": [1]}, "enums": "c", "formats": "2024-02-29", "narrower": 7, "list": [true, 1],
        "chosen": {"size": 1}, "one": 1, "itself": {"size": 2}, "access": "a",
        "twice": {"id": "x", "phone": "1", "due": "2024-02-29"},
    });
    let server = Server::start(CannedResponse::json(200, text.to_string()));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let received: Impossible = client.get_impossible().await.unwrap();
    assert_eq!(received.types.as_ref().unwrap()["a"][0], 1);
    assert_eq!(received.formats.as_deref(), Some("2024-02-29"));
    assert_eq!(received.narrower, Some(7_i32));
    assert_eq!(received.chosen.as_ref().unwrap().size, Some(1));
    assert!(received.one.unwrap().is_known());
    assert_eq!(received.itself.as_ref().unwrap().size, Some(2));
    assert!(!matches!(received.twice, Some(Twice::Other(_))));
    assert_eq!(serde_json::to_value(&received).unwrap(), text);
}

#[test]
fn enum_values_have_the_type_of_their_schema() {
    let text = json!({
        "texts": "2.50", "integers": 2, "booleans": false, "items": ["a", "b"], "lists": ["b", "c"],
        "any": {"b": 2}, "large": 1e30, "colour": "red", "nothing": null,
    });
    let values: Values = serde_json::from_value(text.clone()).unwrap();
    assert_eq!(values.texts, Some(ValuesTexts::N2Point50));
    assert!(values.integers.unwrap().is_known());
    assert_eq!(values.items, Some(vec![ValuesItemsItem::A, ValuesItemsItem::B]));
    assert!(values.lists.as_ref().unwrap().is_known() && values.large.as_ref().unwrap().is_known());
    assert_eq!(values.any, Patch::Value(ValuesAny::B2));
    assert_eq!(values.nothing, Patch::Null);
    assert_eq!(serde_json::to_value(&values).unwrap(), text);
}

/// Null is no variant, also if a component has no other value. Unknown text is no known variant.
#[test]
fn null_behind_a_reference() {
    let colour = |json: Value| serde_json::from_value::<Values>(json!({"colour": json})).unwrap().colour;
    assert_eq!(colour(Value::Null), Patch::Null);
    assert!(matches!(colour(json!("")), Patch::Value(ValuesColour::Blank(_))));
    assert_eq!(colour(json!("blue")), Patch::Value(ValuesColour::Other(json!("blue"))));
}
