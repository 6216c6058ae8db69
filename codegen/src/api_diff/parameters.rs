//! Parameters of an operation: required ones are arguments of its method, optional ones are fields
//! of one struct.

use super::values::words;
use super::{ApiDiff, Impact};
use crate::ir::{Encoding, Location, Operation, Parameter};

impl ApiDiff<'_> {
    pub(super) fn parameters(&mut self, old: &Operation, new: &Operation) {
        for parameter in &new.parameters {
            let subject = subject(new, parameter);
            match find(old, parameter) {
                Some(before) => self.parameter(&subject, before, parameter),
                None if parameter.required => self.breaking(format!(
                    "{subject} added, required: the method takes one more argument"
                )),
                None if old.optional_parameters.is_none() => self.breaking(format!(
                    "{subject} added, optional, the first such: the method takes `params` now"
                )),
                None => self.compatible(format!("{subject} added, optional")),
            }
        }
        for parameter in &old.parameters {
            if find(new, parameter).is_none() {
                self.breaking(format!("{} gone", subject(new, parameter)));
            }
        }
        self.order_of_parameters(old, new);
        if let (Some(before), Some(after)) = (&old.optional_parameters, &new.optional_parameters)
            && before != after
        {
            self.breaking(format!("type `{before}` is called `{after}`"));
        }
    }

    fn parameter(&mut self, subject: &str, old: &Parameter, new: &Parameter) {
        if !self.is_same(&old.value, &new.value) {
            let (old, new) = (words(&old.value), words(&new.value));
            self.breaking(format!("{subject} is of another type: {new}, was {old}"));
        }
        match (old.required, new.required) {
            (false, true) => self.breaking(format!(
                "{subject} became required: it is an argument of the method now"
            )),
            (true, false) => self.breaking(format!(
                "{subject} became optional: it is no argument of the method any more"
            )),
            (true, true) => {}
            (false, false) if old.name != new.name => self.breaking(format!(
                "{subject} is called `{}` in Rust, was `{}`",
                new.name, old.name
            )),
            (false, false) => {}
        }
        let (before, after) = (encoding(&old.encoding), encoding(&new.encoding));
        if before != after {
            self.compatible(format!(
                "{subject} is written in another way: {after}, was {before}"
            ));
        }
        if old.refused != new.refused {
            let impact = Impact::Compatible;
            let values = match new.refused.as_slice() {
                [] => "no value".to_owned(),
                values => format!("`{}`", values.join("`, `")),
            };
            self.change(impact, format!("{subject} refuses other values: {values}"));
        }
        self.deprecation(subject, old.deprecated, new.deprecated);
    }

    /// The order of arguments; what is added or gone is told with the parameter.
    fn order_of_parameters(&mut self, old: &Operation, new: &Operation) {
        let arguments = |of: &Operation, other: &Operation| -> Vec<(Location, String)> {
            let required = of.parameters.iter().filter(|parameter| {
                let same = find(other, parameter);
                parameter.required && same.is_some_and(|same| same.required)
            });
            required
                .map(|parameter| (parameter.location, parameter.wire_name.clone()))
                .collect()
        };
        if arguments(old, new) != arguments(new, old) {
            self.breaking(format!(
                "required parameters of `{}` in another order: the method takes its arguments in it",
                new.id
            ));
        }
    }
}

fn find<'o>(operation: &'o Operation, parameter: &Parameter) -> Option<&'o Parameter> {
    operation.parameters.iter().find(|other| {
        other.location == parameter.location && other.wire_name == parameter.wire_name
    })
}

fn subject(operation: &Operation, parameter: &Parameter) -> String {
    let location = parameter.location.as_str();
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
                ", reserved characters as they are"
            } else {
                ""
            };
            format!("style `{style}`{explode}{reserved}")
        }
        Encoding::Content { media_type, .. } => format!("media type `{media_type}`"),
    }
}
