//! Compares schemas.

use super::UpstreamDiff;
use super::differences::{common, missing, named_places};
use super::document::Located;
use super::finding::Comparison;
use super::schema::Schema;
use crate::openapi::departure::KeywordValue;
use crate::openapi::json_type::LIMITS;
use crate::source::Node;

impl<'a> UpstreamDiff<'a> {
    /// Queues two schemas for comparison; `subject` names the value in messages.
    pub(super) fn schemas(&mut self, subject: &str, ours: Located<'a>, theirs: Located<'a>) {
        self.queue.push_back((subject.to_owned(), ours, theirs));
    }

    /// Compares the queued schemas, and those that they contain. A pair is compared once, under the
    /// name that it is reached by in the fewest steps.
    pub(super) fn compare_schemas(&mut self) {
        while let Some((subject, ours, theirs)) = self.queue.pop_front() {
            let ours = Schema::of(&self.ours, ours);
            let theirs = Schema::of(&self.theirs, theirs);
            let pair: (*const Node, *const Node) = (ours.first().node, theirs.first().node);
            if self.seen.insert(pair) {
                self.pair(&subject, &ours, &theirs);
            }
        }
    }

    fn pair(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        self.flag(subject, "nullable", ours, theirs, Schema::nullable);
        self.flag(subject, "deprecated", ours, theirs, Schema::deprecated);

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
        let comparison = Comparison {
            ours: ours.kind_place(),
            theirs: theirs.kind_place(),
            ..Comparison::of("type", &ours.layers, &theirs.layers, there)
        };
        self.report(&comparison, differs.then_some(message));
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

    fn compare(
        &mut self,
        key: &'static str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        upstream: KeywordValue,
        difference: Option<String>,
    ) {
        let comparison = Comparison::of(key, &ours.layers, &theirs.layers, upstream);
        self.report(&comparison, difference);
    }

    fn flag(
        &mut self,
        subject: &str,
        key: &'static str,
        ours: &Schema<'a>,
        theirs: &Schema<'a>,
        is_set: fn(&Schema<'a>) -> bool,
    ) {
        let (here, there) = (is_set(ours), is_set(theirs));
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

    fn limits(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        for key in LIMITS {
            let (here, there) = (limit(ours, key), limit(theirs, key));
            let message = (here != there).then(|| {
                let words = |value: &KeywordValue| match value {
                    KeywordValue::Absent => "not set".to_owned(),
                    KeywordValue::Text(text) => text.clone(),
                    KeywordValue::Flag(_) | KeywordValue::List(_) => value.to_string(),
                };
                format!(
                    "`{key}` of {subject} is {} here, but {} upstream",
                    words(&here),
                    words(&there)
                )
            });
            self.compare(key, ours, theirs, there, message);
        }
    }

    fn values(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        let (here, there) = (ours.values(), theirs.values());
        let upstream = match &there {
            None => KeywordValue::Absent,
            Some(values) => {
                KeywordValue::List(values.iter().map(|(text, _)| (*text).to_owned()).collect())
            }
        };
        let comparison = Comparison::of("enum", &ours.layers, &theirs.layers, upstream);
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
        self.names(
            &ours.layers,
            "properties",
            "property",
            subject,
            (named_places(&here), ours.place_of("properties")),
            (named_places(&there), theirs.place_of("properties")),
        );
        let both = common(&here, &there);
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
            let located = schema.get("additionalProperties");
            located.filter(|located| located.node.is_mapping())
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
        let upstream = there.iter().map(|name| (*name).to_owned()).collect();
        let upstream = KeywordValue::List(upstream);
        let comparison = Comparison::of("required", &ours.layers, &theirs.layers, upstream);
        self.report_each(&comparison, differences);
    }
}

/// The value of a limit. False is the default of those that are flags, and 1.0 is 1.
fn limit(schema: &Schema<'_>, key: &str) -> KeywordValue {
    match schema.text(key) {
        None | Some("false") => KeywordValue::Absent,
        Some("true") => KeywordValue::Flag(true),
        Some(text) => KeywordValue::Text(match (key, text.parse::<f64>()) {
            ("pattern", _) | (_, Err(_)) => text.to_owned(),
            (_, Ok(number)) => number.to_string(),
        }),
    }
}
