//! What the OpenAPI 3.0 specification says, each fact once. The check, the lowering, the API diff and
//! the comparison with the vendor's document read it from here.

pub(crate) mod media_type;
pub(crate) mod method;
pub(crate) mod path_template;
pub(crate) mod reason_phrase;
pub(crate) mod reference;
pub(crate) mod status;
