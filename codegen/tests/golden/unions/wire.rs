//! Unions and enums of JSON values, decoded and encoded.

use std::fmt::Debug;

use golden_unions::types::{
    All, Bolt, Both, Cat, Chain, Change, ChangeCreated, ChangeCreatedType, Circle, Contact,
    Details, Disc, Dog, Either, Event, Fish, Level, Lists, Mail, Media, Mixed, Model, Nested, Part,
    Pet, Phone, Ratio, Recursive, Repeated, Scalar, Shape, Signal, Size, Song, Square, Step, Text,
    Texts, Wide,
};
use golden_unions::{Client, Patch};
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

#[tokio::test]
async fn a_discriminator_in_a_request() {
    let text = r#"{"kind":"cat","lives":9}"#;
    let server = Server::start(CannedResponse::json(200, text));
    let client = Client::builder().base_url(server.origin()).build().unwrap();
    let pet = Pet::Cat(Cat::new("cat", 9));
    let answer = client.echo_pet(Level::Minus1, &pet).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.text(), text);
    assert!(request.head.contains("/pets?level=-1 "), "{}", request.head);
    assert_eq!(answer, pet);
}

#[test]
fn discriminator_values_are_sent_and_kept() {
    // The key is absent, or has the value of another variant: the value of the variant is sent.
    let dog = Dog::new().barks(true);
    let tagged = serde_json::to_value(Pet::Dog(dog.clone().into())).unwrap();
    assert_eq!(tagged, json!({"kind": "dog", "barks": true}));
    let tagged = serde_json::to_value(Pet::Cat(Cat::new("dog", 1))).unwrap();
    assert_eq!(tagged, json!({"kind": "cat", "lives": 1}));
    // Two discriminator values of one schema are two variants.
    let wolf: Pet = same(json!({"kind": "wolf", "barks": false}));
    assert!(matches!(wolf, Pet::Wolf(_)), "{wolf:?}");
    let fish: Pet = same(json!({"kind": "Fish"}));
    assert_eq!(fish.as_fish(), Some(&Fish::new("Fish")));
    let friend: Pet = same(json!({"kind": "dog", "friend": {"kind": "cat", "lives": 1}}));
    assert!(friend.as_dog().unwrap().friend.as_ref().unwrap().as_cat().is_some());
}

#[test]
fn unknown_values_are_kept_as_json() {
    for json in [
        json!({"kind": "bird", "wings": [2, null]}),
        json!({"kind": "cat", "lives": "nine"}),
        json!({"kind": null}),
        json!({"barks": true}),
        json!([1]),
    ] {
        assert_eq!(same::<Pet>(json.clone()), Pet::Other(json));
    }
    // An alternative without a tag is found by what it is.
    assert_eq!(same::<Pet>(json!("rex")), Pet::Text("rex".to_owned()));
}

#[test]
fn subtypes_are_variants_of_their_base() {
    let square: Shape = same(json!({"form": "square", "side": 0.5, "inner": {"form": "Circle"}}));
    let Shape::Square(square) = square else { panic!("{square:?}") };
    assert!(matches!(square.inner.as_deref(), Some(Shape::Circle(_))));
    let made = Square::new("square", 2.5).inner(Shape::Disc(Disc::new("Disc").thick(true).into()));
    let json = json!({"form": "square", "side": 2.5, "inner": {"form": "Disc", "thick": true}});
    assert_eq!(serde_json::to_value(made).unwrap(), json);
    assert_eq!(same::<Circle>(json!({"form": "x"})).form, "x");
    same::<Shape>(json!({"form": "hexagon"}));
}

#[test]
fn without_a_discriminator_the_best_fit_is_used() {
    let phone: Contact = same(json!({"phone": "1", "note": "home"}));
    assert_eq!(phone, Contact::Phone(Phone::new().phone("1").note("home")));
    assert!(matches!(same(json!({"note": "x"})), Contact::Mail(_)));
    assert!(matches!(same(json!({"other": 1})), Contact::Map(_)));
    // With keys of both, neither has a place for all.
    assert!(matches!(same(json!({"phone": "1", "mail": "a"})), Contact::Other(_)));
    // Keys that are in no alternative are left out, as everywhere.
    let more: Contact = serde_json::from_value(json!({"phone": "1", "new": "x"})).unwrap();
    assert_eq!(more, Contact::Phone(Phone::new().phone("1")));
}

#[test]
fn properties_beside_one_of_are_in_every_variant() {
    let event: Event = same(json!({"id": 1, "phone": "2"}));
    let Event::EventPhone(event) = event else { panic!("{event:?}") };
    assert_eq!((event.id, event.phone.as_deref()), (1, Some("2")));
    let event: Event = same(json!({"id": 1, "at": "2024-01-01T00:00:00.000Z"}));
    assert!(matches!(event, Event::EventOption(_)), "{event:?}");
    assert!(matches!(same(json!({"phone": "2"})), Event::Other(_)));
}

#[test]
fn scalars_lose_nothing() {
    for (json, name) in [
        (json!(9007199254740993_i64), "Integer"),
        (json!(1.5), "Number"),
        (json!(true), "Boolean"),
        (json!("2024-01-01T00:00:00.000Z"), "DateTime"),
        (json!("never"), "ScalarOption"),
        (json!("later"), "Text"),
        (json!([1, null, ["x"]]), "List"),
        (json!({"a": 1}), "Other"),
    ] {
        let value: Scalar = same(json);
        assert!(format!("{value:?}").starts_with(name), "{value:?} is no {name}");
    }
    let either: Either = same(json!({"kind": "cat", "lives": 1}));
    assert!(matches!(either, Either::Pet(_)), "{either:?}");
    // What another union or enum only keeps is not of its type.
    let either: Either = same(json!({"mail": "a"}));
    assert_eq!(either, Either::Mail(Mail::new().mail("a")));
    assert!(matches!(same(json!(10)), Either::Level(Level::N10)));
    assert!(matches!(same(json!(11)), Either::Other(_)));
    let text: Texts = "a@b.example".into();
    assert_eq!(text, Texts::from("a@b.example"));
}

#[test]
fn enums_of_every_json_type() {
    let all: All = same(json!({
        "level": -1, "ratio": 1.5, "yes": true, "mixed": {"b": 1}, "size": 18446744073709551615_u64,
        "text": "größe", "maybe": null
    }));
    assert_eq!(all.level, Level::Minus1);
    assert_eq!(all.level.as_i64(), -1);
    assert_eq!(all.ratio, Some(Ratio::N1Point5));
    assert_eq!(all.size, Some(Size::N18446744073709551615));
    assert_eq!(all.text, Patch::Value(Text::Größe));
    assert_eq!(all.maybe, Patch::Null);
    // What is not listed is kept, and is not what is listed.
    let all: All = same(json!({
        "level": 7, "ratio": 2.5, "yes": false, "mixed": "off", "size": 2, "text": "b", "maybe": 2
    }));
    assert!(!all.level.is_known());
    assert_eq!(all.level, Level::from(7));
    assert_eq!(Level::from(1), Level::N1);
    assert_eq!(Level::KNOWN.len(), 4);
    assert_eq!(Mixed::from(json!("off")), all.mixed.unwrap());
    assert_eq!(Mixed::from(json!(1.0)), Mixed::N1);
    assert_eq!(Mixed::True.to_json(), json!(true));
    assert_eq!(Mixed::True2.to_json(), json!("true"));
    for text in Text::KNOWN {
        let json = serde_json::to_value(text).unwrap();
        assert_eq!(&same::<Text>(json), text);
    }
    assert_eq!([Text::Empty, Text::Plus1, Text::Minus1].map(|text| text.to_string()), ["", "+1", "-1"]);
}

/// A union that contains itself decodes at every level, and never falls back to JSON.
#[test]
fn unions_contain_themselves() {
    for json in [
        json!({"byType": "a"}),
        json!({"byType": {"not": {"not": "a"}}}),
        json!({"byFields": {"left": {"leaf": "a"}, "right": {"left": {"leaf": "b"}, "right": {"leaf": "c"}}}}),
        json!({"tagged": {"kind": "TaggedBranch", "inner": {"kind": "TaggedLeaf", "value": "a"}}}),
        json!({"any": {"all": {"all": true}}}),
        json!({"nullableUnion": null}),
        json!({"nullableUnion": {"next": {"next": null}}}),
        json!({"inLists": ["a", ["b", []], {"c": {"d": ["e"]}}]}),
        json!({"parent": {"parent": {"parent": "a"}}}),
        json!({"parents": [1, {"parents": [2]}]}),
    ] {
        let value: Recursive = same(json);
        let debug = format!("{value:?}");
        assert!(!debug.contains("Other("), "{debug}");
    }
}

/// A required key that may be null may be absent, but not if nothing else shows that the object is of the variant.
#[test]
fn an_object_of_which_no_key_is_known_is_kept_if_it_lacks_a_required_key() {
    let other: Recursive = same(json!({"nullableUnion": {"new": {"next": 1}}}));
    assert!(format!("{other:?}").contains("Other("), "{other:?}");
    let json = json!({"nullableUnion": {"name": "a", "new": 1}});
    let named: Recursive = serde_json::from_value(json).unwrap();
    assert!(!format!("{named:?}").contains("Other("), "{named:?}");
}

/// Only the variant whose enum has the value is tried, and other values are kept.
#[test]
fn enums_of_the_variants_are_an_implied_discriminator() {
    let created: Change = same(json!({"type": "created", "id": "a"}));
    assert!(matches!(created, Change::Created(_)), "{created:?}");
    for tag in ["deleted", "purged"] {
        let deleted: Change = same(json!({"type": tag, "id": "a"}));
        assert_eq!(deleted.as_deleted().unwrap().type_.as_str(), tag);
    }
    assert!(matches!(same(json!({"type": "renamed", "name": "b"})), Change::Renamed(_)));
    assert!(matches!(same(json!("text")), Change::Text(_)));
    for json in [
        json!({"type": "moved", "id": "a"}),
        json!({"type": "created"}),
        json!({"id": "a", "name": "b"}),
    ] {
        assert_eq!(same::<Change>(json.clone()), Change::Other(json));
    }
    let made = Change::Created(ChangeCreated::new(ChangeCreatedType::Created, "a"));
    assert_eq!(serde_json::to_value(made).unwrap(), json!({"type": "created", "id": "a"}));
    // Not required: an enum value that is listed is worth more than one that is not.
    assert!(matches!(same(json!({"colour": "green", "on": true})), Signal::SignalGreenSignal(_)));
    assert!(matches!(same(json!({"colour": "blue"})), Signal::SignalRedSignal(_)));
}

#[test]
fn a_discriminator_without_mapping_has_the_values_of_the_enums() {
    assert!(matches!(same(json!({"kind": "song", "artist": "x"})), Media::Song(_)));
    assert!(matches!(same(json!({"kind": "story"})), Media::Story(_)));
    assert!(matches!(same(json!({"kind": "radio", "station": "x"})), Media::Radio(_)));
    for kind in ["film", "short"] {
        let film: Media = same(json!({"kind": kind, "title": "x", "length": 1}));
        assert_eq!(film.as_film().unwrap().kind.as_str(), kind);
    }
    // The names of the schemas are no values.
    for kind in ["Song", "Film", "other"] {
        assert!(matches!(same(json!({"kind": kind})), Media::Other(_)));
    }
    let song = Media::Song(Song::new().artist("x"));
    assert_eq!(serde_json::to_value(song).unwrap(), json!({"kind": "song", "artist": "x"}));
}

#[test]
fn the_variant_that_keeps_most_is_used() {
    let more = |json: Value| serde_json::from_value::<Details>(json).unwrap();
    let step = more(json!({"step": {"name": "x", "new": 1, "newer": {"a": [1, 2]}}}));
    assert!(matches!(step, Details::DetailsOption2(_)), "{step:?}");
    let owner = more(json!({"owner": {"id": "1", "kind": "k", "new": 1}, "added": true}));
    let Details::DetailsOption3(owner) = owner else { panic!("{owner:?}") };
    assert_eq!(owner.owner.unwrap().id.as_deref(), Some("1"));
    // No variant keeps both.
    assert!(matches!(more(json!({"step": {"name": "x"}, "flow": {"name": "y"}})), Details::Other(_)));
    assert!(matches!(more(json!({"new": 1})), Details::DetailsOption(_)));
}

/// In time that does not grow exponentially: the test would not end.
#[test]
fn deep_unions_of_similar_variants_decode() {
    let mut json = json!({"new": 1});
    for _ in 0..60 {
        json = json!({"c": 1, "next": json});
    }
    let mut chain: Chain = serde_json::from_value(json).unwrap();
    for _ in 0..60 {
        let Chain::ChainOption3(inner) = chain else { panic!("{chain:?}") };
        assert_eq!(inner.c, Some(1));
        chain = *inner.next.unwrap();
    }
}

#[test]
fn unions_in_unions() {
    for (json, start) in [
        (json!({"kind": "film", "title": "x"}), "Media(Film("),
        (json!({"type": "purged", "id": "x"}), "Change(Deleted("),
        (json!("x"), "Change(Text("),
        (json!(1), "NestedOption(Integer("),
        (json!([1, {"kind": "song"}, [{"type": "new"}]]), "NestedOption(List("),
        (json!({"kind": "none"}), "Other("),
    ] {
        let value = format!("{:?}", same::<Nested>(json));
        assert!(value.starts_with(start), "{value}");
    }
    for (json, start) in [
        (json!({"id": 1, "paid": true, "mail": "a"}), "BothMail(BothMailPaid("),
        (json!({"id": 1, "due": 2, "phone": "a"}), "BothPhone(BothPhoneDue("),
        (json!({"id": 1}), "Other("),
    ] {
        let value = format!("{:?}", same::<Both>(json));
        assert!(value.starts_with(start), "{value}");
    }
}

#[test]
fn narrow_types_come_first() {
    for (json, name) in [
        (json!("2024-01-01T00:00:00.000Z"), "DateTime("),
        (json!("story"), "StoryKind("),
        (json!("x"), "Text("),
        (json!(10), "Level("),
        (json!(11), "Integer("),
        (json!(1.5), "Number("),
        (json!(18446744073709551615_u64), "Other("),
    ] {
        let value = format!("{:?}", same::<Wide>(json));
        assert!(value.starts_with(name), "{value} is no {name}");
    }
    assert_eq!(same::<Model>(json!("large")), Model::Large);
    assert!(!same::<Model>(json!("huge")).is_known());
    assert_eq!(same::<Step>(json!(3)), Step::N3);
    assert_eq!(same::<Repeated>(json!({"mail": "a"})), Mail::new().mail("a"));
    for (json, name) in [
        (json!(["a"]), "List("),
        (json!([1]), "List2("),
        (json!([{"type": "created", "id": "a"}]), "List3("),
        (json!({"a": ["b"]}), "Map("),
        (json!([true]), "List3([Other("),
    ] {
        let value = format!("{:?}", same::<Lists>(json));
        assert!(value.starts_with(name), "{value} is no {name}");
    }
}

#[test]
fn several_values_of_one_schema() {
    // It requires the key, and so knows its value.
    for kind in ["bolt", "screw"] {
        let bolt: Part = same(json!({"kind": kind, "size": 1.5}));
        assert_eq!(bolt.as_bolt().unwrap().kind, kind);
    }
    let bolt = serde_json::to_value(Part::Bolt(Bolt::new("nut"))).unwrap();
    assert_eq!(bolt, json!({"kind": "bolt"}));
    assert!(matches!(same(json!({"kind": "nut", "size": 1})), Part::Nut(_)));
}
