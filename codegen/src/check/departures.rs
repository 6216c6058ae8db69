//! The extension that lists departures from the vendor's document: which keys of an object can depart,
//! and what is said of each.

use super::Checker;
use super::model::Object;
use super::suggest::nearest;
use crate::code::Code;
use crate::problem::At;
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, NodeKind, Scalar};
use crate::upstream::{EXTENSION, State};

/// What a departure can say of a key.
#[derive(Clone, Copy)]
enum Form {
    Flag,
    List,
    ListOrNothing,
    Text,
    TextOrNothing,
    FlagOrText,
    /// One type, several, or any.
    Types,
}

use Form::{Flag, FlagOrText, List, ListOrNothing, Text, TextOrNothing, Types};

/// The keys whose departure can be listed, by the object that they are of.
const KEYS: [(&str, &[(&str, Form)]); 5] = [
    (
        "Operation Object",
        &[
            ("deprecated", Flag),
            ("operation", Flag),
            ("parameters", List),
            ("requestBody", Flag),
            ("responses", List),
            ("security", List),
        ],
    ),
    (
        "Parameter Object",
        &[
            ("deprecated", Flag),
            ("explode", Flag),
            ("required", Flag),
            ("style", Text),
        ],
    ),
    (
        "Request Body Object",
        &[("content", List), ("required", Flag)],
    ),
    ("Response Object", &[("content", List)]),
    (
        "Schema Object",
        &[
            ("additionalProperties", FlagOrText),
            ("deprecated", Flag),
            ("enum", ListOrNothing),
            ("format", TextOrNothing),
            ("nullable", Flag),
            ("properties", List),
            ("required", List),
            ("type", Types),
        ],
    ),
];

impl Form {
    fn takes(self, state: &State) -> bool {
        match state {
            State::Nothing => matches!(self, ListOrNothing | TextOrNothing | Types),
            State::Flag(_) => matches!(self, Flag | FlagOrText),
            State::Text(_) => matches!(self, Text | TextOrNothing | FlagOrText | Types),
            State::List(_) => matches!(self, List | ListOrNothing | Types),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Flag => "`upstream` is true or false",
            List => "`upstream` is a list of what is there",
            ListOrNothing => "`upstream` is a list of what is there, or null without one",
            Text => "`upstream` is a text",
            TextOrNothing => "`upstream` is a text, or null without one",
            FlagOrText => "`upstream` is true, false or `schema`",
            Types => "`upstream` is a type, a list of types, or null for any",
        }
    }
}

const HELP: &str = "write it like `enum: {upstream: [a, b], reason: Why it is not so here.}`";

impl Checker<'_> {
    /// The value of the extension, of an object that can have it.
    pub(super) fn departures(&mut self, entry: &Entry, at: &LazyPointer<'_>, object: &Object) {
        let NodeKind::Mapping(listed) = &entry.value.kind else {
            return self.report(
                Code::BadExtension,
                format!("`{EXTENSION}` is not an object"),
                At::Key(at.pointer()),
                "it has an entry for each key that departs",
                HELP,
            );
        };
        let keys = KEYS.iter().find(|(owner, _)| *owner == object.name);
        let keys = keys.map_or(&[][..], |(_, keys)| keys);
        for listed in listed {
            match keys.iter().find(|(key, _)| *key == listed.key) {
                Some((_, form)) => {
                    self.departure(listed, &at.child(&listed.key).pointer(), *form);
                }
                None => {
                    let names = keys.iter().map(|(key, _)| *key);
                    let help = match nearest(&listed.key, names.clone()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => {
                            let names: Vec<&str> = names.collect();
                            format!(
                                "what is compared of the {}: {}",
                                object.name,
                                names.join(", ")
                            )
                        }
                    };
                    self.report(
                        Code::BadExtension,
                        format!("a departure of `{}` cannot be listed here", listed.key),
                        At::Key(at.child(&listed.key).pointer()),
                        "unknown key",
                        &help,
                    );
                }
            }
        }
    }

    fn departure(&mut self, listed: &Entry, at: &Pointer, form: Form) {
        let mut wrong = |message: String, at: &Pointer, label: &str| {
            let place = At::Key(at.clone());
            self.report(Code::BadExtension, message, place, label, HELP);
        };
        let key = &listed.key;
        for part in listed.value.entries() {
            if !matches!(part.key.as_str(), "upstream" | "reason") {
                let message = format!("`{}` is not a key of a departure", part.key);
                wrong(message, &at.child(&part.key), "unknown key");
            }
        }
        let upstream = listed.value.get("upstream");
        let state = upstream.and_then(|upstream| State::of(&upstream.value));
        if !state.is_some_and(|state| form.takes(&state)) {
            let message = format!("the departure of `{key}` does not say what is upstream");
            wrong(message, at, form.words());
        }
        let reason = listed.value.get("reason").map(|reason| &reason.value.kind);
        let is_reason = reason.is_some_and(|reason| match reason {
            NodeKind::Scalar { text, value } => *value == Scalar::String && !text.trim().is_empty(),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => false,
        });
        if !is_reason {
            let message = format!("the departure of `{key}` has no reason");
            wrong(message, at, "`reason` is a text");
        }
    }
}
