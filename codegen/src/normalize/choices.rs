//! A `oneOf` or `anyOf` of constants: an enum whose values have descriptions.

use super::draft::{Draft, entry};
use crate::openapi::extension::ENUM_DESCRIPTIONS;
use crate::openapi::json_type::JsonType;
use crate::source::{Entry, Node, NodeKind};

/// The keys of a constant that an enum can express.
const KEYS: [&str; 6] = [
    "const",
    "type",
    "title",
    "description",
    "deprecated",
    "$comment",
];

pub(super) fn rewrite(schema: &mut Draft) {
    let keys = ["oneOf", "anyOf"];
    let other = ["oneOf", "anyOf", "enum", "const", "discriminator"];
    let Some(key) = keys.into_iter().find(|key| {
        schema.get(key).is_some_and(is_all_constants)
            && other.iter().filter(|other| schema.has(other)).count() == 1
    }) else {
        return;
    };
    let Some(choice) = schema.take(key) else {
        return;
    };
    let place = choice.value.with_text("");
    let NodeKind::Sequence(constants) = choice.value.kind else {
        return;
    };
    let mut values = Vec::new();
    let mut descriptions: Vec<Entry> = Vec::new();
    let mut types: Vec<Node> = Vec::new();
    for constant in constants {
        let Some(value) = constant.value("const") else {
            continue;
        };
        let name = value.text().unwrap_or_default();
        if let Some(text) = description(&constant, name)
            && descriptions.iter().all(|entry| entry.key != name)
        {
            descriptions.push(entry(name, &value.span, constant.with_text(&text)));
        }
        let kind = JsonType::of_value(value);
        types.extend(kind.map(|kind| value.with_text(kind.key())));
        values.push(value.clone());
    }
    if !schema.has("type") && types.windows(2).all(|pair| pair[0].is_same(&pair[1])) {
        schema.put("type", &choice.key_span, types.remove(0));
    }
    schema.put("enum", &choice.key_span, place.with_items(values));
    if !descriptions.is_empty() && !schema.has(ENUM_DESCRIPTIONS.key) {
        let descriptions = place.with_entries(descriptions);
        schema.put(ENUM_DESCRIPTIONS.key, &choice.key_span, descriptions);
    }
}

/// Whether all of at least two alternatives are strings or numbers without more keywords.
fn is_all_constants(choice: &Node) -> bool {
    let is_plain = |value: &Node| {
        let kind = JsonType::of_value(value);
        matches!(
            kind,
            Some(JsonType::String | JsonType::Integer | JsonType::Number)
        )
    };
    choice.items().len() > 1
        && choice.items().iter().all(|item| {
            let mut keys = item.entries().iter().map(|entry| entry.key.as_str());
            item.value("const").is_some_and(is_plain)
                && keys.all(|key| KEYS.contains(&key) || key.starts_with("x-"))
        })
}

/// The title and the description of a constant. A title that repeats the value says nothing.
fn description(constant: &Node, name: &str) -> Option<String> {
    let text = |key| constant.value(key).and_then(Node::string);
    match (
        text("title").filter(|title| !title.eq_ignore_ascii_case(name)),
        text("description"),
    ) {
        (Some(title), Some(description)) => Some(format!("{title}: {description}")),
        (title, description) => title.or(description).map(str::to_owned),
    }
}
