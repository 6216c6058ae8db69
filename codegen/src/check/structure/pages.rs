//! The extension `x-client-pages`: its keys and the types of their values.

use super::Structure;
use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::extension::PAGES;
use crate::openapi::pages::{CURSOR, CURSOR_KEYS, ITEMS, WAYS};
use crate::problem::At;
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node, NodeKind};

const HELP: &str =
    "write it like `{items: data, cursor: {parameter: after, response: nextCursor}}`";

impl Structure<'_> {
    pub(super) fn pages(&mut self, entry: &Entry, at: &LazyPointer<'_>) {
        let at = at.pointer();
        let keys: Vec<&str> = [ITEMS].into_iter().chain(WAYS).collect();
        if !self.keys_of(&entry.value, &at, PAGES.key, &keys) {
            return;
        }
        for part in entry.value.entries() {
            let at = at.child(&part.key);
            match part.key.as_str() {
                CURSOR if self.keys_of(&part.value, &at, CURSOR, &CURSOR_KEYS) => {
                    for key in CURSOR_KEYS {
                        match part.value.get(key) {
                            Some(text) => self.name(text, &at.child(key)),
                            None => self.wrong(format!("`{CURSOR}` lacks `{key}`"), &at, HELP),
                        }
                    }
                }
                CURSOR => {}
                key if keys.contains(&key) => self.name(part, &at),
                _ => {}
            }
        }
        let ways = WAYS.iter().filter(|key| entry.value.get(key).is_some());
        let ways: Vec<String> = ways.map(|key| format!("`{key}`")).collect();
        match ways.as_slice() {
            [_] => {}
            [] => {
                let message = format!(
                    "`{}` does not say how the next page is requested",
                    PAGES.key
                );
                let help = format!("add one of these keys: {}", WAYS.join(", "));
                self.wrong(message, &at, &help);
            }
            ways => {
                let message = format!(
                    "`{}` says in more than one way how the next page is requested",
                    PAGES.key
                );
                let help = format!("keep one of these keys: {}", ways.join(", "));
                self.wrong(message, &at, &help);
            }
        }
    }

    /// Checks that a value is an object with these keys only. Returns whether it is an object.
    fn keys_of(&mut self, value: &Node, at: &Pointer, name: &str, keys: &[&str]) -> bool {
        let NodeKind::Mapping(entries) = &value.kind else {
            self.wrong(format!("`{name}` is not an object"), at, HELP);
            return false;
        };
        for entry in entries {
            if !keys.contains(&entry.key.as_str()) {
                let meant = nearest(&entry.key, keys.iter().copied());
                let help = meant_or(meant, &format!("use one of: {}", keys.join(", ")));
                let message = format!("`{}` is not a key of `{name}`", entry.key);
                self.wrong(message, &at.child(&entry.key), &help);
            }
        }
        true
    }

    /// Checks that a value is the name of something.
    fn name(&mut self, entry: &Entry, at: &Pointer) {
        if entry.value.string().is_none_or(str::is_empty) {
            let message = format!("`{}` is not a name", entry.key);
            self.wrong(message, at, "write a string that is not empty");
        }
    }

    fn wrong(&mut self, message: String, at: &Pointer, help: &str) {
        let label = "the pages cannot be iterated";
        self.report(
            Code::BadExtension,
            message,
            At::Key(at.clone()),
            label,
            help,
        );
    }
}
