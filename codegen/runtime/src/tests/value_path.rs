//! Paths of values that do not decode.

use std::fmt;

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};

use crate::optional::base64::Base64;
use crate::runtime::{json, serde_object};

/// A struct as in a client.
#[derive(Debug)]
struct Task {
    id: String,
    parent: Option<Box<Task>>,
    sizes: Option<Vec<i64>>,
    rows: Option<Vec<Vec<String>>>,
    data: Option<Base64>,
    list: Option<Vec<Base64>>,
}

serde_object::object! {
    Task {
        "id" => id (required),
        "parent" => parent (optional),
        "sizes" => sizes (optional),
        "rows" => rows (optional),
        "data" => data (optional),
        "list" => list (optional),
    }
}

fn error<T: DeserializeOwned + fmt::Debug>(text: &str) -> String {
    json::decode::<T>(text.as_bytes()).expect_err(text)
}

#[test]
fn an_error_has_the_path_of_the_value() {
    for (text, expected) in [
        (r#"{"id":7}"#, "at `id`: invalid type: integer `7`"),
        (r#"{"id":[7]}"#, "at `id`: invalid type: sequence"),
        (r#"{"id":[[7]]}"#, "at `id`: invalid type: sequence"),
        (r#"{"id": {"a":7}}"#, "at `id`: invalid type: map"),
        (
            r#"{"id":"a","sizes":[1,2,"3"]}"#,
            "at `sizes[2]`: invalid type: string",
        ),
        (
            r#"{"id":"a","sizes":[true]}"#,
            "at `sizes[0]`: invalid type: boolean",
        ),
        (r#"{"id":"a","sizes":{}}"#, "at `sizes`: invalid type: map"),
        (
            r#"{"id":"a","sizes":[[]]}"#,
            "at `sizes[0]`: invalid type: sequence",
        ),
        (
            r#"{"id":"a","rows":[["b"],["c",{}]]}"#,
            "at `rows[1][1]`: invalid type: map",
        ),
        (
            r#"{"id":"a","rows":[["b"], "c"]}"#,
            "at `rows[1]`: invalid type: string",
        ),
        (r#"{"parent":{"id":"a"},"sizes":[]}"#, "missing field `id`"),
        (
            "{\n \"id\": \"a\",\n \"parent\": {\n }\n}",
            "at `parent`: missing field `id`",
        ),
        (
            r#"{"id":"a","parent":{"id":"b","parent":{"id":null}}}"#,
            "at `parent.parent.id`: ",
        ),
        (
            r#"{"id":"a","x":"\"},[","parent":{"x":[{},[1]],"id":0}}"#,
            "at `parent.id`: ",
        ),
        (r#"{"id":"a","parent":{"id":"b"#, "at `parent.id`: EOF"),
        (r#"{"id":"a","sizes":[1,"#, "at `sizes[1]`: EOF"),
        (
            r#"{"id":"a","sizes":[1 2]}"#,
            "at `sizes[0]`: expected `,` or `]`",
        ),
        (r#"{"id":"a","id":"b"}"#, "at `id`: duplicate field `id`"),
        (r#"{"id":"a","data":"?"}"#, "at `data`: invalid base64"),
        (r#"{"data": "?" , "id":"a"}"#, "at `data`: invalid base64"),
        (
            r#"{"id":"a","list":["","?" ]}"#,
            "at `list[1]`: invalid base64",
        ),
        (
            r#"{"id":"a","parent":{"id":"b","data":"?"},"sizes":[]}"#,
            "at `parent.data`: ",
        ),
        (
            r#"{"id":"a","parent":{"list":[],"id":{} } }"#,
            "at `parent.id`: invalid type: map",
        ),
        (
            r#"{"id":"a","data":[]}"#,
            "at `data`: invalid type: sequence",
        ),
        ("[]", "invalid "),
        ("7", "invalid type: integer `7`"),
        ("", "the body is empty"),
    ] {
        let found = error::<Task>(text);
        assert!(found.starts_with(expected), "{text}: {found}");
    }
    let found = error::<Vec<Task>>(r#"[{"id":"a"},{"id":"b","sizes":[0.5]}]"#);
    assert!(found.starts_with("at `[1].sizes[0]`: "), "{found}");
}

/// Any JSON without a boolean.
#[derive(Debug)]
struct NoBoolean;

impl<'de> Deserialize<'de> for NoBoolean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NoBoolean)
    }
}

impl<'de> Visitor<'de> for NoBoolean {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no boolean")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(NoBoolean)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(NoBoolean)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(NoBoolean)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<NoBoolean>()?.is_some() {}
        Ok(NoBoolean)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<String, NoBoolean>()?.is_some() {}
        Ok(NoBoolean)
    }
}

fn without_booleans() -> impl Strategy<Value = Value> {
    let key = r#"[a-c."\\\[\]{},:é\n]{1,5}"#;
    let text = r#"[a-c."\\\[\]{},:é\n]{0,5}"#;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<u16>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let entries = proptest::collection::vec((key, inner.clone()), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            entries.prop_map(|entries| Value::from(Map::from_iter(entries))),
        ]
    })
}

/// Puts a boolean in place of one scalar, and returns its path.
fn spoil(value: &mut Value, choice: usize) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let index = choice % items.len();
            format!("[{index}]{}", spoil(&mut items[index], choice / 2))
        }
        Value::Object(map) if !map.is_empty() => {
            let index = choice % map.len();
            let (key, value) = map.iter_mut().nth(index).expect("it has as many entries");
            let key = json!(key).to_string();
            format!(".{}{}", &key[1..key.len() - 1], spoil(value, choice / 2))
        }
        value => {
            *value = true.into();
            String::new()
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..proptest::test_runner::Config::with_cases(1_000)
    })]

    #[test]
    fn every_value_is_found(mut value in without_booleans(), choice: usize) {
        let path = spoil(&mut value, choice);
        let path = path.strip_prefix('.').unwrap_or(&path);
        for text in [value.to_string(), format!("{value:#}")] {
            let found = error::<NoBoolean>(&text);
            let expected = match path {
                "" => "invalid type: boolean `true`".to_owned(),
                path => format!("at `{path}`: invalid type: boolean `true`"),
            };
            proptest::prop_assert!(found.starts_with(&expected), "{}\nnot {}\n{}", found, expected, text);
        }
    }
}
