//! Parameters of an operation: required ones are arguments of its method, optional ones are fields
//! of one struct.

use super::{ApiDiff, Pair, pairs};
use crate::ir::{Encoding, Location, Operation, Parameter};

impl ApiDiff<'_> {
    pub(super) fn parameters(&mut self, old: &Operation, new: &Operation) {
        for pair in pairs(&old.parameters, &new.parameters, is_same) {
            match pair {
                Pair::Both(before, after) => self.parameter(&subject(new, after), before, after),
                Pair::Removed(parameter) => {
                    self.breaking(format!("{} removed", subject(new, parameter)));
                }
                Pair::Added(parameter) => {
                    let subject = subject(new, parameter);
                    if parameter.required {
                        self.breaking(format!(
                            "{subject} added, required: the method takes one more argument"
                        ));
                    } else if old.optional_parameters.is_none() {
                        self.breaking(format!(
                            "{subject} added, the first optional one: the method takes `params` too"
                        ));
                    } else {
                        self.compatible(format!("{subject} added, optional"));
                    }
                }
            }
        }
        self.order_of_parameters(old, new);
        if let (Some(before), Some(after)) = (&old.optional_parameters, &new.optional_parameters)
            && self.new_name(before) != *after
        {
            self.breaking(format!("type `{before}` renamed to `{after}`"));
        }
    }

    fn parameter(&mut self, subject: &str, old: &Parameter, new: &Parameter) {
        self.value(subject, &old.value, &new.value);
        match (old.required, new.required) {
            (false, true) => self.breaking(format!(
                "{subject} became required: it is an argument of the method"
            )),
            (true, false) => self.breaking(format!(
                "{subject} became optional: it is no longer an argument of the method"
            )),
            (true, true) => {}
            (false, false) if old.name != new.name => {
                let (old, new) = (&old.name, &new.name);
                self.breaking(format!("{subject} is `{new}` in Rust instead of `{old}`"));
            }
            (false, false) => {}
        }
        let (before, after) = (encoding(&old.encoding), encoding(&new.encoding));
        if before != after {
            self.behaviour(format!("{subject} is sent in {after} instead of {before}"));
        }
        if old.reserved_values != new.reserved_values {
            let values = match new.reserved_values.as_slice() {
                [] => "no values".to_owned(),
                values => format!("`{}`", values.join("`, `")),
            };
            self.behaviour(format!("{subject} rejects other values: {values}"));
        }
        self.deprecation(subject, old.deprecated, new.deprecated);
    }

    /// The order of arguments. Parameters that are added or removed are reported by themselves.
    fn order_of_parameters(&mut self, old: &Operation, new: &Operation) {
        let arguments = |of: &Operation, other: &Operation| -> Vec<(Location, String)> {
            let required = of.parameters.iter().filter(|parameter| {
                let mut others = other.parameters.iter();
                parameter.required && others.any(|it| it.required && is_same(it, parameter))
            });
            required
                .map(|parameter| (parameter.location, parameter.wire_name.clone()))
                .collect()
        };
        if arguments(old, new) != arguments(new, old) {
            self.breaking(format!(
                "required parameters of `{}` are in another order, and so are the arguments of the method",
                new.id
            ));
        }
    }
}

fn is_same(old: &Parameter, new: &Parameter) -> bool {
    old.location == new.location && old.wire_name == new.wire_name
}

fn subject(operation: &Operation, parameter: &Parameter) -> String {
    let location = parameter.location.key();
    format!(
        "{location} parameter `{}` of `{}`",
        parameter.wire_name, operation.id
    )
}

fn encoding(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let explode = if *explode { ", exploded" } else { "" };
            let reserved = if *allow_reserved {
                ", with reserved characters"
            } else {
                ""
            };
            format!("style `{}`{explode}{reserved}", style.key())
        }
        Encoding::Json { media_type } => format!("media type `{media_type}`"),
    }
}
