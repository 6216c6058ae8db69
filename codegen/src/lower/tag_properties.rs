//! Properties that can tell variants apart: those with an enum.

use indexmap::IndexMap;

/// The properties of a schema with an enum, and the properties that it requires.
#[derive(Clone, Default)]
pub(super) struct TagProperties<'a> {
    pub(super) values: IndexMap<&'a str, Vec<String>>,
    pub(super) required: Vec<&'a str>,
    /// The number of components in a row that they come from.
    pub(super) levels: usize,
}

impl<'a> TagProperties<'a> {
    /// The values of a property. None, if it has no enum.
    pub(super) fn values(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_required(&self, key: &str) -> bool {
        self.required.contains(&key)
    }

    /// Adds the properties of a schema that values match as well.
    pub(super) fn and(&mut self, other: TagProperties<'a>) {
        for (key, values) in other.values {
            match self.values.get_mut(key) {
                Some(own) => own.retain(|value| values.contains(value)),
                None => {
                    self.values.insert(key, values);
                }
            }
        }
        self.required.extend(other.required);
        self.levels = self.levels.max(other.levels);
    }

    /// Adds the properties of another variant.
    pub(super) fn or(&mut self, other: &TagProperties<'a>) {
        self.levels = self.levels.max(other.levels);
        self.required.retain(|key| other.required.contains(key));
        self.values
            .retain(|key, values| match other.values.get(key) {
                Some(more) => {
                    values.extend(more.iter().cloned());
                    true
                }
                None => false,
            });
    }
}
