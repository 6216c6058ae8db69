//! Whether null is a value of a schema.

use super::Lowering;
use super::part::{Part, Written};
use super::view::View;

impl<'a> Lowering<'a> {
    /// Whether all of these schemas take null.
    ///
    /// `nullable: true` counts wherever it stands, beside an `allOf` too, as it is written to mean
    /// that. Without it null is taken by a schema that says nothing of what a value is, and by
    /// combinations of such.
    pub(super) fn takes_null(&self, parts: &[Part<'a>]) -> bool {
        parts.iter().all(|part| self.part_takes_null(part))
    }

    /// Finds the components that take null: those that do by themselves, and then those that do by
    /// others, until there are no more.
    pub(super) fn find_nullable_components(&mut self) {
        loop {
            let components = self.components.iter();
            let found = components.filter(|(key, _)| !self.nullable.contains(**key));
            let found: Vec<&'a str> = found
                .filter(|(_, component)| {
                    let at = component.at.clone();
                    self.part_takes_null(&Part::new(component.schema, at, ""))
                })
                .map(|(key, _)| *key)
                .collect();
            if found.is_empty() {
                break;
            }
            self.nullable.extend(found);
        }
    }

    fn part_takes_null(&self, part: &Part<'a>) -> bool {
        let schema = match part.written {
            Written::Schema(schema) => schema,
            Written::Reference(reference) => {
                let component = self.component(reference);
                return component.is_some_and(|(key, _)| self.nullable.contains(key));
            }
        };
        let view = View::of(schema);
        if schema.schema_data.nullable || view.enumeration.iter().any(|value| value.is_null()) {
            return true;
        }
        if !view.is_bare() {
            return false;
        }
        let mut all = part.members(&view).into_iter();
        if !all.all(|member| self.part_takes_null(&member)) {
            return false;
        }
        [view.any_of, view.one_of].into_iter().all(|list| {
            let mut alternatives = part.listed("", list).into_iter();
            list.is_empty() || alternatives.any(|part| self.part_takes_null(&part))
        })
    }

    /// Whether null is all that a schema takes.
    pub(super) fn is_null_alone(&self, part: &Part<'a>) -> bool {
        let Some(schema) = part.schema() else {
            return false;
        };
        let values = View::of(schema).enumeration;
        !values.is_empty() && values.iter().all(|value| value.is_null())
    }
}
