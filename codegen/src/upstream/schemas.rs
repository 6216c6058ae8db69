//! Compares schemas.

use std::ops::Range;

use super::document::Located;
use super::name_lists::missing;
use super::schema::Schema;
use super::{Comparison, UpstreamDiff};
use crate::openapi::departure::KeywordValue;
use crate::source::{Node, NodeKind};

impl<'a> UpstreamDiff<'a> {
    /// Queues two schemas for comparison; `subject` names the value in messages.
    pub(super) fn schemas(&mut self, subject: &str, ours: Located<'a>, theirs: Located<'a>) {
        self.queue.push_back((subject.to_owned(), ours, theirs));
    }

    /// Compares the queued schemas, and those that they contain. A pair is compared once, under the
    /// name that it is reached by in the fewest steps.
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
        let words = |state: &KeywordValue| match state {
            KeywordValue::Absent => "of any type".to_owned(),
            KeywordValue::List(types) => format!("one of {}", types.join(", ")),
            KeywordValue::Text(_) | KeywordValue::Flag(_) => format!("of type {state}"),
        };
        let message = format!(
            "{subject} is {} here, but {} upstream",
            words(&here),
            words(&there)
        );
        self.compare("type", ours, theirs, there, differs.then_some(message));
        if differs {
            // Everything else would differ too.
            return;
        }
        self.format(subject, ours, theirs);
        self.limits(subject, ours, theirs);
        self.values(subject, ours, theirs);
        self.properties(subject, ours, theirs);
        if let (Some(ours), Some(theirs)) = (ours.get("items"), theirs.get("items")) {
            self.schemas(&format!("each item of {subject}"), ours, theirs);
        }
        // Variants of the same type are compared in order.
        let mut alternatives = theirs.alternatives();
        for here in ours.alternatives() {
            let kind = here.kind();
            if let Some(index) = alternatives.iter().position(|there| there.kind() == kind) {
                let there = alternatives.remove(index);
                self.schemas(subject, here.first().clone(), there.first().clone());
            }
        }
    }

    pub(super) fn compare(
        &mut self,
        key: &'static str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        upstream: KeywordValue,
        difference: Option<String>,
    ) {
        let of_choice = |schema: &Schema<'a>| match key {
            "type" if !schema.alternatives().is_empty() => {
                let choice = schema.get("anyOf").or_else(|| schema.get("oneOf"));
                choice.map(|located| located.place)
            }
            _ => None,
        };
        let comparison = Comparison {
            layers: &ours.layers,
            key,
            ours: of_choice(ours).unwrap_or_else(|| ours.place_of(key)),
            theirs: of_choice(theirs).unwrap_or_else(|| theirs.place_of(key)),
            upstream,
        };
        self.report(&comparison, difference.into_iter().collect());
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
            (true, false) => Some(format!("{subject} is {key} here, but not upstream")),
            (false, true) => Some(format!("{subject} is {key} upstream, but not here")),
            (true, true) | (false, false) => None,
        };
        self.compare(key, ours, theirs, KeywordValue::Flag(there), message);
    }

    fn format(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.text("format"), theirs.text("format"));
        let words = |format: Option<&str>| match format {
            Some(format) => format!("the format {format}"),
            None => "no format".to_owned(),
        };
        let message = format!(
            "{subject} has {} here, but {} upstream",
            words(here),
            words(there)
        );
        let message = (here != there).then_some(message);
        self.compare(
            "format",
            ours,
            theirs,
            KeywordValue::of_text(there),
            message,
        );
    }

    fn values(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.values(), theirs.values());
        let comparison = Comparison {
            layers: &ours.layers,
            key: "enum",
            ours: ours.place_of("enum"),
            theirs: theirs.place_of("enum"),
            upstream: match &there {
                None => KeywordValue::Absent,
                Some(values) => {
                    KeywordValue::List(values.iter().map(|(text, _)| (*text).to_owned()).collect())
                }
            },
        };
        let whole =
            |message: String| vec![(message, comparison.ours.clone(), comparison.theirs.clone())];
        let any = format!("accepts any {}", ours.kind_text());
        let differences = match (here, there) {
            (None, None) => Vec::new(),
            (Some(_), None) => whole(format!("{subject} is an enum here, but {any} upstream")),
            (None, Some(_)) => whole(format!("{subject} {any} here, but is an enum upstream")),
            (Some(here), Some(there)) => {
                let added = missing(&there, &here).map(|(value, place)| {
                    let message =
                        format!("{subject} has the value `{value}` upstream, but not here");
                    (message, comparison.ours.clone(), place)
                });
                let gone = missing(&here, &there).map(|(value, place)| {
                    let message =
                        format!("{subject} has the value `{value}` here, but not upstream");
                    (message, place, comparison.theirs.clone())
                });
                added.chain(gone).collect()
            }
        };
        self.report_each(&comparison, differences);
    }

    fn properties(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.properties(), theirs.properties());
        if here.is_empty()
            && there.is_empty()
            && ours.kind() != KeywordValue::Text("object".to_owned())
        {
            return;
        }
        let place = |list: &[(&str, Located<'a>)]| -> Vec<(String, Range<usize>)> {
            let list = list.iter();
            list.map(|(name, located)| ((*name).to_owned(), located.place.clone()))
                .collect()
        };
        self.names(
            &ours.layers,
            "properties",
            "property",
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
        let words = |state: &KeywordValue| match state {
            KeywordValue::Flag(false) => "no additional properties",
            KeywordValue::Flag(true) => "any additional properties",
            KeywordValue::Absent | KeywordValue::Text(_) | KeywordValue::List(_) => {
                "additional properties of one type"
            }
        };
        let message = format!(
            "{subject} accepts {} here, but {} upstream",
            words(&here),
            words(&there)
        );
        let message = (here != there).then_some(message);
        self.compare("additionalProperties", ours, theirs, there, message);
        let schema = |schema: &Schema<'a>| {
            let located = schema.get("additionalProperties")?;
            matches!(located.node.kind, NodeKind::Mapping(_)).then_some(located)
        };
        if let (Some(ours), Some(theirs)) = (schema(ours), schema(theirs)) {
            self.schemas(&format!("each value of {subject}"), ours, theirs);
        }
        for (name, here, there) in both {
            self.schemas(&format!("`{name}` of {subject}"), here, there);
        }
    }

    /// Of the fields that both have, each with its two named_places.
    fn required(
        &mut self,
        subject: &str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        both: &[(&str, Located<'a>, Located<'a>)],
    ) {
        let (here, there) = (ours.required(), theirs.required());
        let differences = both.iter().filter_map(|(name, our, their)| {
            let what = match (here.contains(name), there.contains(name)) {
                (true, false) => "required here, but optional upstream",
                (false, true) => "optional here, but required upstream",
                (true, true) | (false, false) => return None,
            };
            let message = format!("`{name}` of {subject} is {what}");
            Some((message, our.place.clone(), their.place.clone()))
        });
        let differences = differences.collect();
        let comparison = Comparison {
            layers: &ours.layers,
            key: "required",
            ours: ours.place_of("required"),
            theirs: theirs.place_of("required"),
            upstream: KeywordValue::List(there.iter().map(|name| (*name).to_owned()).collect()),
        };
        self.report_each(&comparison, differences);
    }
}
