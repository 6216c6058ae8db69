//! A schema, as far as it is compared.

use std::ops::Range;

use super::document::{Document, Spot};
use super::text;
use crate::openapi::departure::KeywordValue;
use crate::source::{Node, NodeKind, Scalar};

/// Schemas in schemas beyond this are not looked into.
const MAX_DEPTH: usize = 32;

/// A schema with those that it is made of: what its reference leads to, the members of an `allOf`,
/// and a choice of one.
pub(super) struct Schema<'a> {
    document: Document<'a>,
    pub(super) layers: Vec<Spot<'a>>,
}

impl<'a> Schema<'a> {
    pub(super) fn of(document: Document<'a>, spot: Spot<'a>) -> Self {
        let mut schema = Schema {
            document,
            layers: Vec::new(),
        };
        schema.gather(spot, 0);
        schema
    }

    fn gather(&mut self, spot: Spot<'a>, depth: usize) {
        let spot = self.document.resolve(spot);
        let is_known = |layer: &Spot<'_>| std::ptr::eq(layer.node, spot.node);
        if depth > MAX_DEPTH || self.layers.iter().any(is_known) {
            return;
        }
        self.layers.push(spot.clone());
        for member in spot.items_of("allOf") {
            self.gather(member, depth + 1);
        }
        for key in ["anyOf", "oneOf"] {
            if let [only] = choices(&spot, key).as_slice() {
                self.gather(only.clone(), depth + 1);
            }
        }
    }

    pub(super) fn first(&self) -> &Spot<'a> {
        // `gather` begins with a layer, always.
        &self.layers[0]
    }

    pub(super) fn get(&self, key: &str) -> Option<Spot<'a>> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.layers.iter().find_map(|layer| layer.text(key))
    }

    /// The place of a key, or, if it is not there, of the schema.
    pub(super) fn place_of(&self, key: &str) -> Range<usize> {
        self.get(key)
            .map_or_else(|| self.first().place.clone(), |spot| spot.place)
    }

    /// The schemas that a value may choose from, if they are more than one.
    pub(super) fn alternatives(&self) -> Vec<Schema<'a>> {
        let keys = ["anyOf", "oneOf"];
        let mut lists = self
            .layers
            .iter()
            .flat_map(|layer| keys.map(|key| choices(layer, key)));
        let list = lists.find(|list| list.len() > 1).unwrap_or_default();
        list.into_iter()
            .map(|member| Schema::of(self.document, member))
            .collect()
    }

    pub(super) fn kind(&self) -> KeywordValue {
        let alternatives = self.alternatives();
        match alternatives.is_empty() {
            true => self.own_kind(),
            false => KeywordValue::List(alternatives.iter().map(Schema::kind_text).collect()),
        }
    }

    /// The type that the schema itself says.
    fn own_kind(&self) -> KeywordValue {
        match self.get("type").map(|spot| &spot.node.kind) {
            Some(NodeKind::Scalar { text, .. }) => KeywordValue::Text(text.clone()),
            // OpenAPI 3.1 has null among the types.
            Some(NodeKind::Sequence(items)) => {
                let types: Vec<String> = items
                    .iter()
                    .filter_map(text)
                    .filter(|text| *text != "null")
                    .map(str::to_owned)
                    .collect();
                match types.as_slice() {
                    [only] => KeywordValue::Text(only.clone()),
                    _ => KeywordValue::List(types),
                }
            }
            Some(NodeKind::Mapping(_)) => KeywordValue::Absent,
            None if self.get("properties").is_some() => KeywordValue::Text("object".to_owned()),
            None => KeywordValue::Absent,
        }
    }

    /// The type as one word. A choice is not looked into: it may lead back to where it stands.
    pub(super) fn kind_text(&self) -> String {
        if !self.alternatives().is_empty() {
            return "choice".to_owned();
        }
        match self.own_kind() {
            KeywordValue::Absent => "any".to_owned(),
            KeywordValue::Text(text) => text,
            kind @ (KeywordValue::Flag(_) | KeywordValue::List(_)) => kind.to_string(),
        }
    }

    pub(super) fn nullable(&self) -> bool {
        let lists_null = |layer: &Spot<'a>, key: &str| layer.node.items_of(key).iter().any(is_null);
        let has_null_choice = |layer: &Spot<'a>, key: &str| {
            let members = layer.node.items_of(key).iter();
            members.clone().any(is_null_schema)
        };
        self.layers.iter().any(|layer| {
            layer.flag("nullable") == Some(true)
                || lists_null(layer, "enum")
                || layer
                    .node
                    .items_of("type")
                    .iter()
                    .any(|item| text(item) == Some("null"))
                || has_null_choice(layer, "anyOf")
                || has_null_choice(layer, "oneOf")
        })
    }

    /// The values of the enum, if it is one, each with its place.
    pub(super) fn values(&self) -> Option<Vec<(&'a str, Range<usize>)>> {
        let values = self.get("enum")?;
        let items = values.node.items().iter().filter(|item| !is_null(item));
        Some(
            items
                .filter_map(|item| Some((text(item)?, item.span.clone())))
                .collect(),
        )
    }

    /// The properties by name.
    pub(super) fn properties(&self) -> Vec<(&'a str, Spot<'a>)> {
        let mut properties: Vec<(&str, Spot<'a>)> = Vec::new();
        for (name, spot) in self
            .layers
            .iter()
            .flat_map(|layer| layer.entries_of("properties"))
        {
            if !properties.iter().any(|(other, _)| *other == name) {
                properties.push((name, spot));
            }
        }
        properties
    }

    pub(super) fn required(&self) -> Vec<&'a str> {
        let lists = self.layers.iter();
        let items = lists.flat_map(|layer| layer.node.items_of("required"));
        items.filter_map(text).collect()
    }

    /// What keys that are not listed hold: without the key, anything.
    pub(super) fn additional(&self) -> KeywordValue {
        match self.get("additionalProperties") {
            None => KeywordValue::Flag(true),
            Some(spot) => match text(spot.node) {
                Some(flag) => KeywordValue::Flag(flag == "true"),
                None => KeywordValue::Text("schema".to_owned()),
            },
        }
    }
}

/// The members of a choice, but for null, which says that the value is nullable.
fn choices<'a>(spot: &Spot<'a>, key: &str) -> Vec<Spot<'a>> {
    let members = spot.items_of(key).into_iter();
    members
        .filter(|member| !is_null_schema(member.node))
        .collect()
}

fn is_null(node: &Node) -> bool {
    matches!(
        node.kind,
        NodeKind::Scalar {
            value: Scalar::Null,
            ..
        }
    )
}

fn is_null_schema(node: &Node) -> bool {
    node.get("type")
        .is_some_and(|entry| text(&entry.value) == Some("null"))
}
