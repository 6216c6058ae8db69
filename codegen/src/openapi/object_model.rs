//! What the tables of `objects` are made of: which keys each object has, and what they contain.

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
    List(&'static FieldType),
    /// An object whose keys are chosen by the author.
    Map(&'static FieldType),
    /// An object whose keys are media types.
    Content,
    Object(&'static Object),
    /// The object itself, or a Reference Object.
    OrReference(&'static Object),
    /// `additionalProperties`: true, false, or a schema.
    BooleanOrSchema,
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
    pub(crate) pattern: Option<KeyPattern>,
}

pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) value: FieldType,
    pub(crate) required: Required,
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
    /// `/path`, with a Path Item Object.
    Path,
    /// A status code or `2XX`, with a Response Object.
    Status,
    /// A runtime expression, with a Path Item Object.
    Expression,
}

impl Object {
    pub(crate) fn is(&self, other: &Object) -> bool {
        std::ptr::eq(self, other)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
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
    Object {
        name,
        section: Some(section),
        fields,
        pattern: None,
    }
}

pub(super) const fn patterned(
    name: &'static str,
    fields: &'static [Field],
    pattern: KeyPattern,
) -> Object {
    Object {
        name,
        section: None,
        fields,
        pattern: Some(pattern),
    }
}
