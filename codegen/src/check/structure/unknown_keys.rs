//! Keys that an object does not have, and keys of the wrong form.

use super::Structure;
use super::extensions::names_in;
use super::reading::Slot;
use crate::check::suggest::nearest;
use crate::code::Code;
use crate::openapi::media_type;
use crate::openapi::object_model::{KeyPattern, Object};
use crate::openapi::objects::{OBJECTS, PARAMETER, SCHEMA};
use crate::openapi::status::Status;
use crate::problem::At;
use crate::readings::Reading;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node};

impl<'a> Structure<'a> {
    pub(super) fn media_type(&mut self, entry: &Entry, at: &LazyPointer<'_>) {
        let text = entry.key.as_str();
        let help = match media_type::intended(text) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if media_type::is_valid(text) => return,
            None => "write a type and a subtype, such as `application/json`".to_owned(),
        };
        self.report(
            Code::UnknownMediaType,
            format!("`{text}` is not a known media type"),
            At::Key(at.pointer()),
            "unknown media type",
            &help,
        );
    }

    /// Checks a key that has a form.
    pub(super) fn patterned_key(
        &mut self,
        entry: &'a Entry,
        at: &LazyPointer<'_>,
        object: &Node,
        pattern: &KeyPattern,
    ) {
        let key = entry.key.as_str();
        match pattern {
            KeyPattern::Path => {
                if !key.starts_with('/') {
                    let path = format!("/{key}");
                    if object.get(&path).is_none() {
                        self.readings.rename(&entry.value, path);
                    }
                    self.report(
                        Code::RelativePath,
                        format!("the path `{key}` does not start with a slash"),
                        At::Key(at.pointer()),
                        &format!("read as `/{key}`"),
                        &format!("write `/{key}`"),
                    );
                }
            }
            KeyPattern::Expression => {}
            KeyPattern::Status => {
                if Status::of_key(key).is_none() {
                    let intended = Status::intended(key);
                    let (label, help) = match &intended {
                        Some(meant) => (format!("read as `{meant}`"), format!("write `{meant}`")),
                        None => (
                            "ignored".to_owned(),
                            "use a code from 100 to 599, a range such as `2XX`, or `default`"
                                .to_owned(),
                        ),
                    };
                    match intended.filter(|key| object.get(key).is_none()) {
                        Some(key) => self.readings.rename(&entry.value, key),
                        None => self.readings.read(&entry.value, Reading::Absent),
                    }
                    let message = format!("`{key}` is not a status code");
                    self.report(
                        Code::BadStatus,
                        message,
                        At::Key(at.pointer()),
                        &label,
                        &help,
                    );
                }
            }
        }
    }

    pub(super) fn unknown_key(
        &mut self,
        entry: &'a Entry,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        let key = entry.key.as_str();
        // A parameter without a schema has the keys beside it.
        if object.is(&PARAMETER)
            && let Some(field) = SCHEMA.field(key, &entry.value, self.version)
        {
            self.field(entry, at, field, Slot::Field(field));
        }
        let own = object.fields_of(self.version).map(|field| field.key);
        let meant = nearest(key, own.clone().chain(names_in(object)));
        let owner = OBJECTS.iter().find(|other| other.has(key));
        let (code, label, help) = match (meant, owner) {
            (Some(meant), _) => (
                Code::UnknownKey,
                "unknown key".to_owned(),
                format!("did you mean `{meant}`?"),
            ),
            (None, Some(owner)) => (
                Code::MisplacedKey,
                format!("this is a key of the {}", owner.name),
                match owner.is(&SCHEMA) && object.has("schema") {
                    true => format!("move `{key}` to `schema`"),
                    false => format!("move it to the {}, or remove it", owner.name),
                },
            ),
            (None, None) => (
                Code::UnknownKey,
                "unknown key".to_owned(),
                format!(
                    "use one of: {}; keys of your own start with `x-`",
                    own.collect::<Vec<_>>().join(", ")
                ),
            ),
        };
        self.report(
            code,
            format!("`{key}` is not a key of the {}", object.name),
            At::Key(at.pointer()),
            &label,
            &help,
        );
    }
}
