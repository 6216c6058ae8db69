//! The extension `x-client-departures`: which keys are listed, and what is said of each.

use super::Structure;
use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::departure::{Form, KeywordValue, keys};
use crate::openapi::extension::DEPARTURES;
use crate::openapi::object_model::Object;
use crate::problem::At;
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node, NodeKind};

const HELP: &str = "write it like `enum: {upstream: [a, b], reason: Why the client differs.}`";

impl Structure<'_> {
    pub(super) fn departures(&mut self, entry: &Entry, at: &LazyPointer<'_>, object: &Object) {
        let NodeKind::Mapping(listed) = &entry.value.kind else {
            return self.report(
                Code::BadExtension,
                format!("`{}` is not an object", DEPARTURES.key),
                At::Key(at.pointer()),
                "expected an entry for each key that differs",
                HELP,
            );
        };
        let keys = keys(object);
        for listed in listed {
            match keys.iter().find(|(key, _)| *key == listed.key) {
                Some((_, form)) => {
                    self.departure(listed, &at.child(&listed.key).pointer(), *form);
                }
                None => {
                    let names = keys.iter().map(|(key, _)| *key);
                    let meant = nearest(&listed.key, names.clone());
                    let names = names.collect::<Vec<_>>().join(", ");
                    let compared =
                        format!("keys of the {} that are compared: {names}", object.name);
                    let help = meant_or(meant, &compared);
                    self.report(
                        Code::BadExtension,
                        format!("a departure of `{}` cannot be declared here", listed.key),
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
        let upstream = listed.value.value("upstream").and_then(KeywordValue::of);
        if !upstream.is_some_and(|value| form.accepts(&value)) {
            let message = format!("the departure of `{key}` lacks `upstream`");
            wrong(message, at, form.expected());
        }
        let reason = listed.value.value("reason").and_then(Node::string);
        if reason.is_none_or(|reason| reason.trim().is_empty()) {
            let message = format!("the departure of `{key}` lacks `reason`");
            wrong(message, at, "`reason` has to be a string");
        }
    }
}
