//! Fields of structs.

use super::type_names::words;
use super::{ApiDiff, Impact, Pair, pairs};
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
        let is_same = |old: &Field<'_>, new: &Field<'_>| old.ir.wire_name == new.ir.wire_name;
        for pair in pairs(&old.fields, &new.fields, is_same) {
            let (Pair::Added(field) | Pair::Removed(field) | Pair::Both(_, field)) = pair;
            let subject = format!("field `{owner}.{}`", field.ir.wire_name);
            match pair {
                Pair::Both(old, new) => self.field(&subject, owner, is_constructible, old, new),
                Pair::Removed(_) => self.breaking(format!("{subject} removed")),
                Pair::Added(field) if is_constructible && is_required(field) => {
                    self.breaking(format!(
                        "{subject} added, required: `{owner}::new` takes one more argument"
                    ));
                }
                Pair::Added(field) => {
                    self.compatible(format!("{subject} added, {}", adjective(field.ir.presence)));
                }
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
        self.value(subject, &old.value, &new.value);
        if old.access != new.access {
            let access = match new.access {
                Access::Both => "is part of requests and responses",
                Access::ReadOnly => "became read-only: callers cannot set it",
                Access::WriteOnly => "became write-only: responses do not have it",
            };
            self.breaking(format!("{subject} {access}"));
        } else if old.presence != new.presence {
            let (text, impact) = presence(old.presence, new.presence, is_constructible);
            self.change(impact, format!("{subject} {text}"));
        }
        if old.name != new.name {
            let (old, new) = (&old.name, &new.name);
            self.breaking(format!("{subject} is `{new}` in Rust instead of `{old}`"));
        }
        if let (Some(before), Some(after)) = (&planned_old.clear_name, &planned_new.clear_name)
            && is_constructible
            && before != after
            && old.presence == new.presence
        {
            self.breaking(format!("`{owner}::{before}` renamed to `{after}`"));
        }
        self.deprecation(subject, old.deprecated, new.deprecated);
    }

    /// The order of the arguments of `new`. Fields that are added or removed are reported by themselves.
    fn constructor(&mut self, owner: &str, old: &Struct<'_>, new: &Struct<'_>) {
        let (old, new) = (arguments(old), arguments(new));
        let kept = |names: &[&str], others: &[&str]| -> Vec<String> {
            let names = names.iter().filter(|name| others.contains(name));
            names.map(|name| (*name).to_owned()).collect()
        };
        if kept(&old, &new) != kept(&new, &old) {
            self.breaking(format!(
                "`required` of `{owner}` is in another order, and so are the arguments of `{owner}::new`"
            ));
        }
    }

    fn rest(&mut self, owner: &str, old: Option<&Rest<'_>>, new: Option<&Rest<'_>>) {
        match (old, new) {
            (None, None) => {}
            (None, Some(_)) => {
                self.compatible(format!("`{owner}` keeps unlisted keys"));
            }
            (Some(_), None) => self.breaking(format!("`{owner}` no longer keeps unlisted keys")),
            (Some(old), Some(new)) => {
                if !self.is_same(old.value, new.value) {
                    let (old, new) = (words(old.value), words(new.value));
                    self.breaking(format!(
                        "unlisted keys of `{owner}` are {new} instead of {old}"
                    ));
                }
                if old.name != new.name {
                    let (old, new) = (&old.name, &new.name);
                    self.breaking(format!("`{owner}.{old}` is `{new}` in Rust"));
                }
            }
        }
    }
}

/// Returns the wire names of what `new` takes.
fn arguments<'f>(planned: &Struct<'f>) -> Vec<&'f str> {
    let fields = planned.arguments();
    fields.map(|field| field.ir.wire_name.as_str()).collect()
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
        Presence::ResponseOnly => "required in responses",
    }
}

/// Returns the change of a field's presence, and its impact. Every change of the Rust type breaks
/// programs.
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
