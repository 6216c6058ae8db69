//! Keys of an object: those that have a form, and those that it does not know.

use super::Checker;
use super::extensions::read_of;
use super::model::{OBJECTS, Object, PATH_ITEM, Pattern, RESPONSE};
use super::suggest::nearest;
use crate::code::Code;
use crate::openapi::media_type;
use crate::problem::At;
use crate::source::Entry;
use crate::source::pointer::LazyPointer;

impl<'a> Checker<'a> {
    pub(super) fn media_type(&mut self, entry: &Entry, at: &LazyPointer<'_>) {
        let text = entry.key.as_str();
        let help = match media_type::intended(text) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if media_type::is_valid(text) => return,
            None => "it is a type and a subtype, such as `application/json`".to_owned(),
        };
        self.report(
            Code::UnknownMediaType,
            format!("`{text}` is not a known media type"),
            At::Key(at.pointer()),
            "no body has it",
            &help,
        );
    }

    pub(super) fn patterned(&mut self, entry: &'a Entry, at: &LazyPointer<'_>, pattern: &Pattern) {
        match pattern {
            Pattern::Paths => {
                if !entry.key.starts_with('/') {
                    self.report(
                        Code::BadPath,
                        format!("the path `{}` does not begin with a slash", entry.key),
                        At::Key(at.pointer()),
                        "a path is joined to the server's URL",
                        &format!("write `/{}`", entry.key),
                    );
                }
                self.object(&entry.value, at, &PATH_ITEM);
            }
            Pattern::Expressions => self.object(&entry.value, at, &PATH_ITEM),
            Pattern::Statuses => {
                let key = entry.key.as_bytes();
                let is_code = key.len() == 3
                    && matches!(key[0], b'1'..=b'5')
                    && (key[1..].iter().all(u8::is_ascii_digit) || &key[1..] == b"XX");
                if !is_code {
                    let help = match key {
                        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
                            "the letters are capitals: `2XX`"
                        }
                        _ => "it is 100 to 599, a range such as `2XX`, or `default`",
                    };
                    self.report(
                        Code::BadStatus,
                        format!("`{}` is not a status code", entry.key),
                        At::Key(at.pointer()),
                        "unknown status",
                        help,
                    );
                }
                self.or_reference(&entry.value, at, &RESPONSE);
            }
        }
    }

    pub(super) fn unknown_key(
        &mut self,
        entry: &Entry,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        let key = entry.key.as_str();
        let own = object.fields.iter().map(|field| field.key);
        let place = At::Key(at.pointer());
        if let Some(meant) = nearest(key, own.clone().chain(read_of(object))) {
            return self.report(
                Code::UnknownKey,
                format!("`{key}` is not a key of the {}", object.name),
                place,
                "unknown key",
                &format!("did you mean `{meant}`?"),
            );
        }
        let owner = OBJECTS
            .iter()
            .find(|other| other.fields.iter().any(|field| field.key == key));
        match owner {
            Some(owner) => self.report(
                Code::MisplacedKey,
                format!("`{key}` is not a key of the {}", object.name),
                place,
                &format!("it belongs to the {}", owner.name),
                &misplaced_help(key, object, owner),
            ),
            None => self.report(
                Code::UnknownKey,
                format!("`{key}` is not a key of the {}", object.name),
                place,
                "unknown key",
                &format!(
                    "its keys are: {}; a key of your own begins with `x-`",
                    own.collect::<Vec<_>>().join(", ")
                ),
            ),
        }
    }
}

fn misplaced_help(key: &str, object: &Object, owner: &Object) -> String {
    let has = |name: &str| object.fields.iter().any(|field| field.key == name);
    if owner.name == "Schema Object" && has("schema") {
        format!("put `{key}` under `schema`")
    } else {
        format!("move it to where the {} is, or take it out", owner.name)
    }
}
