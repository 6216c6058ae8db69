//! Extensions that this generator reads.

use super::object_model::Object;
use super::objects::{OPENAPI, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA};

/// Keys with this prefix belong to this generator.
pub(crate) const PREFIX: &str = "x-client-";

// The rewriting of OpenAPI 3.1 and 3.2 writes the following marks. Those in a description are ignored.

/// Method of an operation that OpenAPI 3.0 has no key for.
pub(crate) const METHOD: &str = "x-client-method";

/// Whether the schema of a media type describes the items of a stream.
pub(crate) const OF_ITEMS: &str = "x-client-of-items";

/// Whether the items of a list are the variants of an `anyOf` in their order.
pub(crate) const TUPLE: &str = "x-client-tuple";

/// Whether the values are strings with the JSON of `items`.
pub(crate) const JSON_TEXT: &str = "x-client-json-text";

/// Media type of the content of a string.
pub(crate) const CONTENT_TYPE: &str = "x-client-content-type";

/// An extension that is read.
pub(crate) struct Extension {
    pub(crate) key: &'static str,
    /// The objects that it is read in.
    pub(crate) objects: &'static [&'static Object],
    pub(crate) value: ExtensionValue,
}

/// What the value of an extension has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExtensionValue {
    Boolean,
    String,
    /// A list of strings. Only path parameters have it.
    PathSegments,
    /// An object with a string for each value of the enum.
    EnumDescriptions,
    /// A format that decides how the client decodes a value.
    Format,
    /// An object that says how a list is split into pages.
    Pages,
    /// An object with a departure for each key that differs.
    Departures,
}

/// Whether a request may be sent more than once (its operation is idempotent).
pub(crate) static REPEATABLE: Extension = Extension {
    key: "x-client-repeatable",
    objects: &[&OPERATION],
    value: ExtensionValue::Boolean,
};

/// Whether the examples of the crate's documentation call this operation.
pub(crate) static FEATURED: Extension = Extension {
    key: "x-client-featured",
    objects: &[&OPERATION],
    value: ExtensionValue::Boolean,
};

/// How a list is split into pages. See [`super::pages`].
pub(crate) static PAGES: Extension = Extension {
    key: "x-client-pages",
    objects: &[&OPERATION],
    value: ExtensionValue::Pages,
};

/// Values of a path parameter that the client rejects, because they address other routes.
pub(crate) static REFUSED_VALUES: Extension = Extension {
    key: "x-client-refused-values",
    objects: &[&PARAMETER],
    value: ExtensionValue::PathSegments,
};

/// What an error status usually means.
pub(crate) static HINT: Extension = Extension {
    key: "x-client-hint",
    objects: &[&RESPONSE],
    value: ExtensionValue::String,
};

/// The format that the client decodes, in place of `format`.
pub(crate) static FORMAT: Extension = Extension {
    key: "x-client-format",
    objects: &[&SCHEMA],
    value: ExtensionValue::Format,
};

/// Whether a server treats null as it treats an absent property.
pub(crate) static NULL_MEANS_ABSENT: Extension = Extension {
    key: "x-client-null-means-absent",
    objects: &[&SCHEMA],
    value: ExtensionValue::Boolean,
};

/// Descriptions of the values of an enum.
pub(crate) static ENUM_DESCRIPTIONS: Extension = Extension {
    key: "x-enumDescriptions",
    objects: &[&SCHEMA],
    value: ExtensionValue::EnumDescriptions,
};

/// Intended differences from the vendor's document. See [`super::departure`].
pub(crate) static DEPARTURES: Extension = Extension {
    key: "x-client-departures",
    objects: &[
        &OPENAPI,
        &OPERATION,
        &PARAMETER,
        &REQUEST_BODY,
        &RESPONSE,
        &SCHEMA,
    ],
    value: ExtensionValue::Departures,
};

pub(crate) static ALL: [&Extension; 9] = [
    &REPEATABLE,
    &FEATURED,
    &PAGES,
    &REFUSED_VALUES,
    &HINT,
    &FORMAT,
    &NULL_MEANS_ABSENT,
    &ENUM_DESCRIPTIONS,
    &DEPARTURES,
];

impl Extension {
    pub(crate) fn is_read_in(&self, object: &Object) -> bool {
        self.objects.iter().any(|other| object.is(other))
    }
}

#[cfg(test)]
mod tests {
    use crate::code::Code;

    #[test]
    fn every_extension_is_documented() {
        let guide = include_str!("../../../spec/README.md");
        for extension in super::ALL {
            let key = format!("`{}`", extension.key);
            assert!(guide.contains(&key), "{key}: add it to spec/README.md");
            let page = Code::BadExtension.page();
            assert!(page.contains(&key), "{key}: add it to the page of E0030");
        }
    }
}
