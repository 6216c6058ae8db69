//! The keys that an object requires.

use super::{Structure, reading};
use crate::check::suggest::has_like;
use crate::code::Code;
use crate::openapi::object_model::{Object, Required};
use crate::openapi::version::Version;
use crate::problem::At;
use crate::source::Node;
use crate::source::pointer::LazyPointer;

impl<'a> Structure<'a> {
    /// Reports missing keys, and adds what is read in their place.
    pub(super) fn required_keys(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        for field in object.fields_of(self.version) {
            // A problem of the other key is reported already.
            let (is_required, follows) = match field.required {
                Required::Never => continue,
                Required::Always => (true, false),
                Required::If(key, value) => (
                    self.readings.text(node, key) == Some(value),
                    self.readings.added(node, key).is_some(),
                ),
                Required::Unless(key) => (!self.is_read(node, key), node.get(key).is_some()),
            };
            if !is_required || self.is_read(node, field.key) {
                continue;
            }
            let default = || reading::default_of(&field.value);
            let clear = reading::clear_default(object, field, node).or_else(|| {
                self.is_unused
                    .then(|| (default(), "the client does not need it"))
            });
            let code = match clear {
                Some(_) => Code::ClearWithoutKey,
                None => Code::MissingKey,
            };
            // A misspelt key or a value of the wrong type is reported already.
            let is_reported = match code {
                Code::MissingKey => node.value(field.key).is_some_and(|value| !value.is_null()),
                _ => has_like(node, field.key),
            };
            if !is_reported && !follows {
                let requires = format!("this {} requires it", object.name);
                let label = clear.as_ref().map_or(requires.as_str(), |(_, label)| label);
                let message = format!("missing key `{}`", field.key);
                self.report(code, message, At::Key(at.pointer()), label, "");
            }
            let reading = match clear {
                Some((reading, _)) => reading,
                None => {
                    self.malformed.insert(node.span.clone());
                    default()
                }
            };
            self.readings.add(node, field.key, reading);
        }
        if self.version > Version::V3_0 {
            for field in object.required() {
                if !self.is_read(node, field.key) {
                    let default = reading::default_of(&field.value);
                    self.readings.add(node, field.key, default);
                }
            }
        }
    }

    /// Whether an object has a key, or is read as if it had.
    fn is_read(&self, node: &Node, key: &str) -> bool {
        let value = node.value(key);
        self.readings.added(node, key).is_some()
            || value.is_some_and(|value| !self.readings.is_absent(value))
    }
}
