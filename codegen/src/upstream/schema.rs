//! A schema, as far as it is compared.

use std::ops::Range;

use super::document::{Document, Located, place_of};
use crate::openapi::departure::KeywordValue;
use crate::openapi::nullability::{is_null_alone, lists_null};
use crate::source::Node;

/// Schemas that are nested deeper than this are not compared.
const MAX_DEPTH: usize = 32;

/// A schema with the schemas that it consists of: the one that its reference resolves to, the members
/// of its `allOf`, and the only variant of its `anyOf` or `oneOf`.
pub(super) struct Schema<'a> {
    document: Document<'a>,
    pub(super) layers: Vec<Located<'a>>,
}

impl<'a> Schema<'a> {
    pub(super) fn of(document: &Document<'a>, located: Located<'a>) -> Self {
        let mut schema = Schema {
            document: document.clone(),
            layers: Vec::new(),
        };
        schema.gather(located, 0);
        schema
    }

    fn gather(&mut self, located: Located<'a>, depth: usize) {
        let located = self.document.resolve(located);
        let is_known = |layer: &Located<'_>| std::ptr::eq(layer.node, located.node);
        if depth > MAX_DEPTH || self.layers.iter().any(is_known) {
            return;
        }
        self.layers.push(located.clone());
        for member in located.items_of("allOf") {
            self.gather(member, depth + 1);
        }
        for key in ["anyOf", "oneOf"] {
            if let [only] = choices(&located, key).as_slice() {
                self.gather(only.clone(), depth + 1);
            }
        }
    }

    pub(super) fn first(&self) -> &Located<'a> {
        // `gather` always adds a layer first.
        &self.layers[0]
    }

    pub(super) fn get(&self, key: &str) -> Option<Located<'a>> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.layers.iter().find_map(|layer| layer.text(key))
    }

    /// The place of a key, or of the schema if the key is absent.
    pub(super) fn place_of(&self, key: &str) -> Range<usize> {
        place_of(&self.layers, key)
    }

    /// The place of what decides the type.
    pub(super) fn kind_place(&self) -> Range<usize> {
        let choice = self.get("anyOf").or_else(|| self.get("oneOf"));
        let choice = choice.filter(|_| !self.alternatives().is_empty());
        choice.map_or_else(|| self.place_of("type"), |choice| choice.place)
    }

    /// The variants of its `anyOf` or `oneOf`, if there is more than one.
    pub(super) fn alternatives(&self) -> Vec<Schema<'a>> {
        let keys = ["anyOf", "oneOf"];
        let mut lists = self
            .layers
            .iter()
            .flat_map(|layer| keys.map(|key| choices(layer, key)));
        let list = lists.find(|list| list.len() > 1).unwrap_or_default();
        list.into_iter()
            .map(|member| Schema::of(&self.document, member))
            .collect()
    }

    pub(super) fn kind(&self) -> KeywordValue {
        let alternatives = self.alternatives();
        match alternatives.is_empty() {
            true => self.own_kind(),
            false => KeywordValue::List(alternatives.iter().map(Schema::kind_text).collect()),
        }
    }

    /// The type of the schema itself.
    fn own_kind(&self) -> KeywordValue {
        match self.text("type") {
            Some(text) => KeywordValue::Text(text.to_owned()),
            None if self.get("properties").is_some() => KeywordValue::Text("object".to_owned()),
            None => KeywordValue::Absent,
        }
    }

    /// The type as one word. Variants are not named, as they may be recursive.
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

    pub(super) fn deprecated(&self) -> bool {
        let mut layers = self.layers.iter();
        layers.any(|layer| layer.flag("deprecated") == Some(true))
    }

    pub(super) fn nullable(&self) -> bool {
        self.layers.iter().any(|layer| lists_null(layer.node))
    }

    /// The values of the enum, each with its place.
    pub(super) fn values(&self) -> Option<Vec<(&'a str, Range<usize>)>> {
        let values = self.get("enum")?;
        let items = values.node.items().iter().filter(|item| !item.is_null());
        Some(
            items
                .filter_map(|item| Some((item.text()?, item.span.clone())))
                .collect(),
        )
    }

    /// The properties by name.
    pub(super) fn properties(&self) -> Vec<(&'a str, Located<'a>)> {
        let mut properties: Vec<(&str, Located<'a>)> = Vec::new();
        for (name, located) in self
            .layers
            .iter()
            .flat_map(|layer| layer.entries_of("properties"))
        {
            if !properties.iter().any(|(other, _)| *other == name) {
                properties.push((name, located));
            }
        }
        properties
    }

    pub(super) fn required(&self) -> Vec<&'a str> {
        let lists = self.layers.iter();
        let items = lists.flat_map(|layer| layer.node.items_of("required"));
        items.filter_map(Node::text).collect()
    }

    /// The values of keys that are not properties: any value by default.
    pub(super) fn additional(&self) -> KeywordValue {
        match self.get("additionalProperties") {
            None => KeywordValue::Flag(true),
            Some(located) => match located.node.text() {
                Some(flag) => KeywordValue::Flag(flag == "true"),
                None => KeywordValue::Text("schema".to_owned()),
            },
        }
    }
}

/// The variants of a choice, without null, which makes the value nullable.
fn choices<'a>(located: &Located<'a>, key: &str) -> Vec<Located<'a>> {
    let members = located.items_of(key).into_iter();
    members
        .filter(|member| !is_null_alone(member.node))
        .collect()
}
