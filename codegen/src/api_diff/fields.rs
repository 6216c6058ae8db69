//! Fields of structs.

use super::values::words;
use super::{ApiDiff, Impact};
use crate::ir::{Access, Presence};
use crate::plan::structs::{Field, Rest, Struct};

impl ApiDiff<'_> {
    /// Compares two structs. `is_constructible`: callers made values of the struct, and still do.
    pub(super) fn fields(
        &mut self,
        owner: &str,
        is_constructible: bool,
        old: &Struct<'_>,
        new: &Struct<'_>,
    ) {
        for field in &new.fields {
            let subject = format!("field `{owner}.{}`", field.ir.wire_name);
            match find(old, field) {
                Some(before) => self.field(&subject, owner, is_constructible, before, field),
                None if is_constructible && is_required(field) => self.breaking(format!(
                    "{subject} added, required: `{owner}::new` takes one more argument"
                )),
                None => {
                    self.compatible(format!("{subject} added, {}", adjective(field.ir.presence)))
                }
            }
        }
        for field in &old.fields {
            if find(new, field).is_none() {
                self.breaking(format!("field `{owner}.{}` gone", field.ir.wire_name));
            }
        }
        if is_constructible {
            self.constructor(owner, old, new);
        }
        self.rest(owner, old.rest.as_ref(), new.rest.as_ref());
    }

    fn field(
        &mut self,
        subject: &str,
        owner: &str,
        is_constructible: bool,
        planned_old: &Field<'_>,
        planned_new: &Field<'_>,
    ) {
        let (old, new) = (planned_old.ir, planned_new.ir);
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
            let (text, impact) = presence(old.presence, new.presence, is_constructible);
            self.change(impact, format!("{subject} {text}"));
        }
        if old.name != new.name {
            let (old, new) = (&old.name, &new.name);
            self.breaking(format!("{subject} is called `{new}` in Rust, was `{old}`"));
        }
        if let (Some(before), Some(after)) = (&planned_old.clear_name, &planned_new.clear_name)
            && is_constructible
            && before != after
            && old.presence == new.presence
        {
            self.breaking(format!("`{owner}::{before}` is called `{after}`"));
        }
        self.deprecation(subject, old.deprecated, new.deprecated);
    }

    /// The order of what `new` takes; what is added or gone is told with the field.
    fn constructor(&mut self, owner: &str, old: &Struct<'_>, new: &Struct<'_>) {
        let (old, new) = (arguments(old), arguments(new));
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

    fn rest(&mut self, owner: &str, old: Option<&Rest<'_>>, new: Option<&Rest<'_>>) {
        match (old, new) {
            (None, None) => {}
            (None, Some(_)) => {
                self.compatible(format!("`{owner}` keeps the keys that it does not list"));
            }
            (Some(_), None) => self.breaking(format!(
                "`{owner}` no longer keeps the keys that it does not list"
            )),
            (Some(old), Some(new)) => {
                if !self.is_same(old.value, new.value) {
                    let (old, new) = (words(old.value), words(new.value));
                    self.breaking(format!(
                        "unlisted keys of `{owner}` are of another type: {new}, was {old}"
                    ));
                }
                if old.name != new.name {
                    let (old, new) = (&old.name, &new.name);
                    self.breaking(format!("`{owner}.{old}` is called `{new}` in Rust"));
                }
            }
        }
    }
}

/// The wire names of what `new` takes.
fn arguments<'f>(planned: &Struct<'f>) -> Vec<&'f str> {
    let indices = planned.constructor.iter();
    let fields = indices.map(|index| planned.fields[*index].ir);
    fields.map(|field| field.wire_name.as_str()).collect()
}

fn find<'f, 'a>(planned: &'f Struct<'a>, field: &Field<'_>) -> Option<&'f Field<'a>> {
    let mut fields = planned.fields.iter();
    fields.find(|other| other.ir.wire_name == field.ir.wire_name)
}

fn is_required(field: &Field<'_>) -> bool {
    match field.ir.presence {
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
fn presence(old: Presence, new: Presence, is_constructible: bool) -> (String, Impact) {
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
    let impact = match is_option(old) && is_option(new) && !is_constructible {
        true => Impact::Compatible,
        false => Impact::Breaking,
    };
    (format!("became {}", parts.join(" and ")), impact)
}
