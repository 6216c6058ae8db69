//! What the tables of `objects` are made of: which keys each object has in which versions, and what they
//! contain.

use super::version::Version;
use crate::source::{Node, NodeKind, Scalar};

/// What the value of a key has to be.
pub(crate) enum FieldType {
    /// Any JSON: examples, defaults.
    Any,
    String,
    Boolean,
    /// An integer that is not negative.
    Count,
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// One of these strings, or a list of them.
    OneOrMoreOf(&'static [&'static str]),
    List(&'static FieldType),
    /// An object whose keys are chosen by the author.
    Map(&'static FieldType),
    /// An object whose keys are media types.
    Content(&'static FieldType),
    Object(&'static Object),
    /// The object itself, or a Reference Object.
    OrReference(&'static Object),
    /// True, false, the object itself, or a Reference Object.
    BooleanOr(&'static Object),
    /// The values of an enum.
    Enumeration,
}

/// An object of the specification.
pub(crate) struct Object {
    /// Its name in the specification, such as `Operation Object`.
    pub(crate) name: &'static str,
    /// The section of `components` that can contain it.
    pub(crate) section: Option<&'static str>,
    pub(crate) fields: &'static [Field],
    /// The form of the keys that are not fixed, and what they contain.
    pub(crate) pattern: Option<(KeyPattern, FieldType)>,
}

pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) value: FieldType,
    pub(crate) required: Required,
    /// The first and the last version that have the field.
    versions: (Version, Version),
}

/// When a field has to be present.
#[derive(Clone, Copy)]
pub(crate) enum Required {
    Never,
    Always,
    /// If another key has this value.
    If(&'static str, &'static str),
    /// If another key is absent.
    Unless(&'static str),
}

/// The form of keys that are not fixed.
pub(crate) enum KeyPattern {
    /// `/path`.
    Path,
    /// A status code or `2XX`.
    Status,
    /// A runtime expression.
    Expression,
}

impl Object {
    pub(crate) fn is(&self, other: &Object) -> bool {
        std::ptr::eq(self, other)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }

    /// What the value of a key has to be.
    pub(crate) fn child(&'static self, key: &str) -> Option<&'static FieldType> {
        let field = self.fields.iter().find(|field| field.key == key);
        let pattern = self.pattern.as_ref().filter(|_| !key.starts_with("x-"));
        field
            .map(|field| &field.value)
            .or(pattern.map(|(_, value)| value))
    }

    /// The keys that OpenAPI 3.0 requires in any case.
    pub(crate) fn required(&self) -> impl Iterator<Item = &'static Field> {
        let fields = self.fields_of(Version::V3_0);
        fields.filter(|field| matches!(field.required, Required::Always))
    }

    /// The fields of a version.
    pub(crate) fn fields_of(
        &self,
        version: Version,
    ) -> impl Iterator<Item = &'static Field> + Clone {
        self.fields.iter().filter(move |field| field.is_of(version))
    }

    /// The field that a key with this value is read as: the version's own, unless only another
    /// version has the key, or only another version accepts the value.
    pub(crate) fn field(
        &self,
        key: &str,
        value: &Node,
        version: Version,
    ) -> Option<&'static Field> {
        let mut all = self.fields.iter().filter(|field| field.key == key);
        let first = all.next()?;
        let Some(second) = all.next() else {
            return Some(first);
        };
        let (own, other) = match first.is_of(version) {
            true => (first, second),
            false => (second, first),
        };
        match !own.value.accepts(value) && other.value.accepts(value) {
            true => Some(other),
            false => Some(own),
        }
    }
}

impl Field {
    pub(crate) fn is_of(&self, version: Version) -> bool {
        self.versions.0 <= version && version <= self.versions.1
    }

    /// The version to name as one that has the field.
    pub(crate) fn version(&self) -> Version {
        match self.versions.0 {
            Version::V3_0 => self.versions.1,
            since => since,
        }
    }

    /// The same field, which versions before this one do not have.
    pub(super) const fn since(mut self, version: Version) -> Self {
        self.versions.0 = version;
        self
    }

    /// The same field, which versions after this one do not have.
    pub(super) const fn until(mut self, version: Version) -> Self {
        self.versions.1 = version;
        self
    }
}

impl FieldType {
    /// The object that a value is, or refers to.
    pub(crate) fn object(&self) -> Option<&'static Object> {
        match self {
            FieldType::Object(object)
            | FieldType::OrReference(object)
            | FieldType::BooleanOr(object) => Some(object),
            _ => None,
        }
    }

    /// What the value under a key, or the item with an index, has to be.
    pub(crate) fn child(&self, key: &str) -> Option<&'static FieldType> {
        match self {
            FieldType::List(inner) | FieldType::Map(inner) | FieldType::Content(inner) => {
                Some(inner)
            }
            _ => self.object()?.child(key),
        }
    }

    /// Whether a value has the JSON type that is expected. Its entries and items may be wrong.
    pub(crate) fn accepts(&self, value: &Node) -> bool {
        let number = match value.scalar() {
            Some((text, Scalar::Integer | Scalar::Number)) => Some(text),
            _ => None,
        };
        match self {
            FieldType::Any => true,
            FieldType::String => value.string().is_some(),
            FieldType::Boolean => value.boolean().is_some(),
            FieldType::Count => number
                .and_then(|text| text.parse().ok())
                .is_some_and(|count: f64| count >= 0.0 && count.fract() == 0.0),
            FieldType::Number => number.is_some(),
            FieldType::OneOrMoreOf(_) if !value.items().is_empty() => true,
            FieldType::OneOf(values) | FieldType::OneOrMoreOf(values) => {
                value.string().is_some_and(|text| values.contains(&text))
            }
            FieldType::Enumeration => !value.items().is_empty(),
            FieldType::List(_) => matches!(value.kind, NodeKind::Sequence(_)),
            FieldType::BooleanOr(_) => value.is_mapping() || value.boolean().is_some(),
            FieldType::Map(_)
            | FieldType::Content(_)
            | FieldType::Object(_)
            | FieldType::OrReference(_) => value.is_mapping(),
        }
    }
}

pub(super) const fn may(key: &'static str, value: FieldType) -> Field {
    field(key, value, Required::Never)
}

pub(super) const fn must(key: &'static str, value: FieldType) -> Field {
    field(key, value, Required::Always)
}

/// A field that is required if another key has a certain value.
pub(super) const fn must_if(
    (other, other_value): (&'static str, &'static str),
    key: &'static str,
    value: FieldType,
) -> Field {
    field(key, value, Required::If(other, other_value))
}

/// A field that is required if another key is absent.
pub(super) const fn must_unless(other: &'static str, key: &'static str, value: FieldType) -> Field {
    field(key, value, Required::Unless(other))
}

const fn field(key: &'static str, value: FieldType, required: Required) -> Field {
    Field {
        key,
        value,
        required,
        versions: (Version::V3_0, Version::V3_2),
    }
}

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object {
        name,
        section: None,
        fields,
        pattern: None,
    }
}

pub(super) const fn component(
    name: &'static str,
    section: &'static str,
    fields: &'static [Field],
) -> Object {
    let mut object = object(name, fields);
    object.section = Some(section);
    object
}

impl Object {
    /// The same object, with keys that are not fixed.
    pub(super) const fn with(mut self, pattern: KeyPattern, value: FieldType) -> Self {
        self.pattern = Some((pattern, value));
        self
    }
}
