//! Fields of structs.

use super::values::words;
use super::{Comparer, Effect};
use crate::ir::{Access, Field, Presence, Type};

/// The parts of a struct.
pub(super) struct Fields<'a> {
    pub(super) fields: &'a [Field],
    /// The required fields, in the order in which `new` takes them.
    pub(super) constructor: &'a [usize],
    pub(super) rest: Option<&'a (String, Type)>,
}

impl Fields<'_> {
    fn constructor_names(&self) -> Vec<&str> {
        let indices = self.constructor.iter();
        indices
            .map(|index| self.fields[*index].wire_name.as_str())
            .collect()
    }

    fn find(&self, wire_name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.wire_name == wire_name)
    }
}

impl Comparer<'_> {
    /// `is_constructible`: callers made values of the struct, and still do.
    pub(super) fn fields(
        &mut self,
        owner: &str,
        is_constructible: bool,
        old: &Fields<'_>,
        new: &Fields<'_>,
    ) {
        for field in new.fields {
            let subject = format!("field `{owner}.{}`", field.wire_name);
            match old.find(&field.wire_name) {
                Some(before) => self.field(&subject, owner, is_constructible, before, field),
                None if is_constructible && is_required(field) => self.breaking(format!(
                    "{subject} added, required: `{owner}::new` takes one more argument"
                )),
                None => self.compatible(format!("{subject} added, {}", adjective(field.presence))),
            }
        }
        for field in old.fields {
            if new.find(&field.wire_name).is_none() {
                self.breaking(format!("field `{owner}.{}` gone", field.wire_name));
            }
        }
        if is_constructible {
            self.constructor(owner, old, new);
        }
        self.rest(owner, old.rest, new.rest);
    }

    fn field(
        &mut self,
        subject: &str,
        owner: &str,
        is_constructible: bool,
        old: &Field,
        new: &Field,
    ) {
        if !self.is_same(&old.value, &new.value) {
            let (old, new) = (words(&old.value), words(&new.value));
            self.breaking(format!("{subject} is of another type: {new}, was {old}"));
        }
        if old.access != new.access {
            let access = match new.access {
                Access::Both => "is sent and answered now",
                Access::ReadOnly => "became read-only: callers cannot set it",
                Access::WriteOnly => "became write-only: answers do not have it",
            };
            self.breaking(format!("{subject} {access}"));
        } else if old.presence != new.presence {
            let (text, effect) = presence(old.presence, new.presence, is_constructible);
            self.change(effect, format!("{subject} {text}"));
        }
        if old.name != new.name {
            let (old, new) = (&old.name, &new.name);
            self.breaking(format!("{subject} is called `{new}` in Rust, was `{old}`"));
        }
        if is_constructible && old.clear_name != new.clear_name && old.presence == new.presence {
            let (old, new) = (&old.clear_name, &new.clear_name);
            self.breaking(format!("`{owner}::{old}` is called `{new}`"));
        }
        self.deprecation(subject, old.deprecated, new.deprecated);
    }

    /// The order of what `new` takes; what is added or gone is told with the field.
    fn constructor(&mut self, owner: &str, old: &Fields<'_>, new: &Fields<'_>) {
        let (old, new) = (old.constructor_names(), new.constructor_names());
        let kept = |names: &[&str], others: &[&str]| -> Vec<String> {
            let names = names.iter().filter(|name| others.contains(name));
            names.map(|name| (*name).to_owned()).collect()
        };
        if kept(&old, &new) != kept(&new, &old) {
            self.breaking(format!(
                "`required` of `{owner}` in another order: `{owner}::new` takes its arguments in it"
            ));
        }
    }

    fn rest(&mut self, owner: &str, old: Option<&(String, Type)>, new: Option<&(String, Type)>) {
        match (old, new) {
            (None, None) => {}
            (None, Some(_)) => {
                self.compatible(format!("`{owner}` keeps the keys that it does not list"));
            }
            (Some(_), None) => self.breaking(format!(
                "`{owner}` no longer keeps the keys that it does not list"
            )),
            (Some((old_name, old)), Some((new_name, new))) => {
                if !self.is_same(old, new) {
                    let (old, new) = (words(old), words(new));
                    self.breaking(format!(
                        "unlisted keys of `{owner}` are of another type: {new}, was {old}"
                    ));
                }
                if old_name != new_name {
                    self.breaking(format!(
                        "`{owner}.{old_name}` is called `{new_name}` in Rust"
                    ));
                }
            }
        }
    }
}

fn is_required(field: &Field) -> bool {
    match field.presence {
        Presence::Required | Presence::Nullable => true,
        Presence::Optional | Presence::Patch | Presence::ResponseOnly => false,
    }
}

fn adjective(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Nullable => "required and nullable",
        Presence::Optional => "optional",
        Presence::Patch => "optional and nullable",
        Presence::ResponseOnly => "required in answers",
    }
}

/// What became of a field, and what that means. A change of the type in Rust breaks, whichever way
/// it goes.
fn presence(old: Presence, new: Presence, is_constructible: bool) -> (String, Effect) {
    let required = |presence| matches!(presence, Presence::Required | Presence::Nullable);
    let nullable = |presence| matches!(presence, Presence::Nullable | Presence::Patch);
    let mut parts = Vec::new();
    match (required(old), required(new)) {
        (false, true) => parts.push("required"),
        (true, false) => parts.push("optional"),
        _ => {}
    }
    match (nullable(old), nullable(new)) {
        (false, true) => parts.push("nullable"),
        (true, false) => parts.push("not nullable"),
        _ => {}
    }
    // Both are an `Option` in Rust; they differ in `new` and in the setters.
    let is_option = |presence| matches!(presence, Presence::Nullable | Presence::Optional);
    let effect = match is_option(old) && is_option(new) && !is_constructible {
        true => Effect::Compatible,
        false => Effect::Breaking,
    };
    (format!("became {}", parts.join(" and ")), effect)
}
