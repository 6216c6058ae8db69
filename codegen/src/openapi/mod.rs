//! What the OpenAPI specification says in its versions 3.0 to 3.2, each fact once. The check, the lowering, the API diff and
//! the comparison with the vendor's document read it from here.

pub(crate) mod departure;
pub(crate) mod extension;
pub(crate) mod format;
pub(crate) mod json_type;
mod keyed;
pub(crate) mod media_type;
pub(crate) mod method;
pub(crate) mod nullability;
pub(crate) mod object_model;
pub(crate) mod objects;
pub(crate) mod pages;
pub(crate) mod path_template;
pub(crate) mod reason_phrase;
pub(crate) mod reference;
pub(crate) mod security;
pub(crate) mod status;
pub(crate) mod style;
pub(crate) mod version;
pub(crate) mod walk;
