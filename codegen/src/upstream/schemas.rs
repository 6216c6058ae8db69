//! Compares schemas.

use std::ops::Range;

use super::document::{Document, Spot};
use super::state::State;
use super::{Comparer, Facet, text};
use crate::source::{Kind, Node, Scalar};

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

    fn first(&self) -> &Spot<'a> {
        // `gather` begins with a layer, always.
        &self.layers[0]
    }

    fn get(&self, key: &str) -> Option<Spot<'a>> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.layers.iter().find_map(|layer| layer.text(key))
    }

    /// The place of a key, or, if it is not there, of the schema.
    fn place_of(&self, key: &str) -> Range<usize> {
        self.get(key)
            .map_or_else(|| self.first().place.clone(), |spot| spot.place)
    }

    /// The schemas that a value may choose from, if they are more than one.
    fn alternatives(&self) -> Vec<Schema<'a>> {
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

    fn kind(&self) -> State {
        let alternatives = self.alternatives();
        match alternatives.is_empty() {
            true => self.own_kind(),
            false => State::List(alternatives.iter().map(Schema::kind_text).collect()),
        }
    }

    /// The type that the schema itself says.
    fn own_kind(&self) -> State {
        match self.get("type").map(|spot| &spot.node.kind) {
            Some(Kind::Scalar { text, .. }) => State::Text(text.clone()),
            // OpenAPI 3.1 has null among the types.
            Some(Kind::Sequence(items)) => {
                let types: Vec<String> = items
                    .iter()
                    .filter_map(text)
                    .filter(|text| *text != "null")
                    .map(str::to_owned)
                    .collect();
                match types.as_slice() {
                    [only] => State::Text(only.clone()),
                    _ => State::List(types),
                }
            }
            Some(Kind::Mapping(_)) => State::Nothing,
            None if self.get("properties").is_some() => State::Text("object".to_owned()),
            None => State::Nothing,
        }
    }

    /// The type as one word. A choice is not looked into: it may lead back to where it stands.
    fn kind_text(&self) -> String {
        if !self.alternatives().is_empty() {
            return "choice".to_owned();
        }
        match self.own_kind() {
            State::Nothing => "any".to_owned(),
            State::Text(text) => text,
            kind @ (State::Flag(_) | State::List(_)) => kind.to_string(),
        }
    }

    fn nullable(&self) -> bool {
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
    fn values(&self) -> Option<Vec<(&'a str, Range<usize>)>> {
        let values = self.get("enum")?;
        let items = values.node.items().iter().filter(|item| !is_null(item));
        Some(
            items
                .filter_map(|item| Some((text(item)?, item.span.clone())))
                .collect(),
        )
    }

    /// The properties by name.
    fn properties(&self) -> Vec<(&'a str, Spot<'a>)> {
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

    fn required(&self) -> Vec<&'a str> {
        let lists = self.layers.iter();
        let items = lists.flat_map(|layer| layer.node.items_of("required"));
        items.filter_map(text).collect()
    }

    /// What keys that are not listed hold: without the key, anything.
    fn additional(&self) -> State {
        match self.get("additionalProperties") {
            None => State::Flag(true),
            Some(spot) => match text(spot.node) {
                Some(flag) => State::Flag(flag == "true"),
                None => State::Text("schema".to_owned()),
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
        Kind::Scalar {
            value: Scalar::Null,
            ..
        }
    )
}

fn is_null_schema(node: &Node) -> bool {
    node.get("type")
        .is_some_and(|entry| text(&entry.value) == Some("null"))
}

impl<'a> Comparer<'a> {
    /// Leaves two schemas to be compared; `subject` is what the messages call the value.
    pub(super) fn schemas(&mut self, subject: &str, ours: Spot<'a>, theirs: Spot<'a>) {
        self.queue.push_back((subject.to_owned(), ours, theirs));
    }

    /// Compares all schemas that were left to it, and those in them. A pair is compared once, under
    /// the name by which it is reached in the fewest steps.
    pub(super) fn compare_schemas(&mut self) {
        while let Some((subject, ours, theirs)) = self.queue.pop_front() {
            let ours = Schema::of(self.ours, ours);
            let theirs = Schema::of(self.theirs, theirs);
            let pair: (*const Node, *const Node) = (ours.first().node, theirs.first().node);
            if self.seen.insert(pair) {
                self.pair(&subject, &ours, &theirs);
            }
        }
    }

    fn pair(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        self.flag(
            subject,
            "nullable",
            ours,
            theirs,
            ours.nullable(),
            theirs.nullable(),
        );
        let deprecated = |schema: &Schema<'_>| {
            let mut layers = schema.layers.iter();
            layers.any(|layer| layer.flag("deprecated") == Some(true))
        };
        let (here, there) = (deprecated(ours), deprecated(theirs));
        self.flag(subject, "deprecated", ours, theirs, here, there);

        let (here, there) = (ours.kind(), theirs.kind());
        let differs = here != there;
        let words = |state: &State| match state {
            State::Nothing => "of any type".to_owned(),
            State::List(types) => format!("one of {}", types.join(", ")),
            State::Text(_) | State::Flag(_) => format!("of type {state}"),
        };
        let message = format!(
            "{subject} is {} here, and {} upstream",
            words(&here),
            words(&there)
        );
        self.facet("type", ours, theirs, there, differs.then_some(message));
        if differs {
            // All else would be other as well.
            return;
        }
        self.format(subject, ours, theirs);
        self.values(subject, ours, theirs);
        self.properties(subject, ours, theirs);
        if let (Some(ours), Some(theirs)) = (ours.get("items"), theirs.get("items")) {
            self.schemas(&format!("each item of {subject}"), ours, theirs);
        }
        let alternatives = theirs.alternatives();
        for here in ours.alternatives() {
            let kind = here.kind();
            if let Some(there) = alternatives.iter().find(|there| there.kind() == kind) {
                self.schemas(subject, here.first().clone(), there.first().clone());
            }
        }
    }

    fn facet(
        &mut self,
        key: &'static str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        upstream: State,
        difference: Option<String>,
    ) {
        let of_choice = |schema: &Schema<'a>| match key {
            "type" if !schema.alternatives().is_empty() => {
                let choice = schema.get("anyOf").or_else(|| schema.get("oneOf"));
                choice.map(|spot| spot.place)
            }
            _ => None,
        };
        let facet = Facet {
            layers: &ours.layers,
            key,
            ours: of_choice(ours).unwrap_or_else(|| ours.place_of(key)),
            theirs: of_choice(theirs).unwrap_or_else(|| theirs.place_of(key)),
            upstream,
        };
        self.weigh(&facet, difference.into_iter().collect());
    }

    fn flag(
        &mut self,
        subject: &str,
        key: &'static str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        here: bool,
        there: bool,
    ) {
        let message = match (here, there) {
            (true, false) => Some(format!("{subject} is {key} here, and not upstream")),
            (false, true) => Some(format!("{subject} is {key} upstream, and not here")),
            (true, true) | (false, false) => None,
        };
        self.facet(key, ours, theirs, State::Flag(there), message);
    }

    fn format(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.text("format"), theirs.text("format"));
        let words = |format: Option<&str>| match format {
            Some(format) => format!("the format {format}"),
            None => "no format".to_owned(),
        };
        let message = format!(
            "{subject} has {} here, and {} upstream",
            words(here),
            words(there)
        );
        let message = (here != there).then_some(message);
        self.facet("format", ours, theirs, State::of_text(there), message);
    }

    fn values(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.values(), theirs.values());
        let facet = Facet {
            layers: &ours.layers,
            key: "enum",
            ours: ours.place_of("enum"),
            theirs: theirs.place_of("enum"),
            upstream: match &there {
                None => State::Nothing,
                Some(values) => {
                    State::List(values.iter().map(|(text, _)| (*text).to_owned()).collect())
                }
            },
        };
        let whole = |message: String| vec![(message, facet.ours.clone(), facet.theirs.clone())];
        let any = format!("takes any {}", ours.kind_text());
        let differences = match (here, there) {
            (None, None) => Vec::new(),
            (Some(_), None) => whole(format!("{subject} is an enum here, and {any} upstream")),
            (None, Some(_)) => whole(format!("{subject} {any} here, and is an enum upstream")),
            (Some(here), Some(there)) => {
                let added = missing(&there, &here).map(|(value, place)| {
                    let message =
                        format!("{subject} has the value `{value}` upstream, and not here");
                    (message, facet.ours.clone(), place)
                });
                let gone = missing(&here, &there).map(|(value, place)| {
                    let message =
                        format!("{subject} has the value `{value}` here, and not upstream");
                    (message, place, facet.theirs.clone())
                });
                added.chain(gone).collect()
            }
        };
        self.weigh_each(&facet, differences);
    }

    fn properties(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.properties(), theirs.properties());
        if here.is_empty() && there.is_empty() && ours.kind() != State::Text("object".to_owned()) {
            return;
        }
        let place = |list: &[(&str, Spot<'a>)]| -> Vec<(String, Range<usize>)> {
            let list = list.iter();
            list.map(|(name, spot)| ((*name).to_owned(), spot.place.clone()))
                .collect()
        };
        self.names(
            &ours.layers,
            "properties",
            "field",
            subject,
            (place(&here), ours.place_of("properties")),
            (place(&there), theirs.place_of("properties")),
        );
        let both: Vec<_> = here
            .iter()
            .filter_map(|(name, here)| {
                let (_, there) = there.iter().find(|(other, _)| other == name)?;
                Some((*name, here.clone(), there.clone()))
            })
            .collect();
        self.required(subject, ours, theirs, &both);
        let (here, there) = (ours.additional(), theirs.additional());
        let words = |state: &State| match state {
            State::Flag(false) => "no other keys",
            State::Flag(true) => "any other keys",
            State::Nothing | State::Text(_) | State::List(_) => "other keys of one type",
        };
        let message = format!(
            "{subject} takes {} here, and {} upstream",
            words(&here),
            words(&there)
        );
        let message = (here != there).then_some(message);
        self.facet("additionalProperties", ours, theirs, there, message);
        let schema = |schema: &Schema<'a>| {
            let spot = schema.get("additionalProperties")?;
            matches!(spot.node.kind, Kind::Mapping(_)).then_some(spot)
        };
        if let (Some(ours), Some(theirs)) = (schema(ours), schema(theirs)) {
            self.schemas(&format!("each value of {subject}"), ours, theirs);
        }
        for (name, here, there) in both {
            self.schemas(&format!("`{name}` of {subject}"), here, there);
        }
    }

    /// Of the fields that both have, each with its two places.
    fn required(
        &mut self,
        subject: &str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        both: &[(&str, Spot<'a>, Spot<'a>)],
    ) {
        let (here, there) = (ours.required(), theirs.required());
        let differences = both.iter().filter_map(|(name, our, their)| {
            let what = match (here.contains(name), there.contains(name)) {
                (true, false) => "required here, and optional upstream",
                (false, true) => "optional here, and required upstream",
                (true, true) | (false, false) => return None,
            };
            let message = format!("`{name}` of {subject} is {what}");
            Some((message, our.place.clone(), their.place.clone()))
        });
        let differences = differences.collect();
        let facet = Facet {
            layers: &ours.layers,
            key: "required",
            ours: ours.place_of("required"),
            theirs: theirs.place_of("required"),
            upstream: State::List(there.iter().map(|name| (*name).to_owned()).collect()),
        };
        self.weigh_each(&facet, differences);
    }

    /// Compares two lists of names, each with the place of the list; `what` is what one of them is.
    pub(super) fn names(
        &mut self,
        layers: &[Spot<'a>],
        key: &'static str,
        what: &str,
        subject: &str,
        ours: (Vec<(String, Range<usize>)>, Range<usize>),
        theirs: (Vec<(String, Range<usize>)>, Range<usize>),
    ) {
        let ((here, our_place), (there, their_place)) = (ours, theirs);
        let added = missing(&there, &here).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is upstream, and not here");
            (message, our_place.clone(), place)
        });
        let gone = missing(&here, &there).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is here, and not upstream");
            (message, place, their_place.clone())
        });
        let differences = added.chain(gone).collect();
        let facet = Facet {
            layers,
            key,
            ours: our_place.clone(),
            theirs: their_place.clone(),
            upstream: State::List(there.iter().map(|(name, _)| name.clone()).collect()),
        };
        self.weigh_each(&facet, differences);
    }
}

/// Those of the one list that the other has not.
fn missing<'l, T: PartialEq + Clone>(
    list: &'l [(T, Range<usize>)],
    other: &'l [(T, Range<usize>)],
) -> impl Iterator<Item = (T, Range<usize>)> {
    let is_missing = |(name, _): &&(T, Range<usize>)| !other.iter().any(|(has, _)| has == name);
    list.iter().filter(is_missing).cloned()
}
