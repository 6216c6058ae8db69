//! How values become text in a request.

use crate::openapi::style::{Location, Style};

/// How the value of a parameter or of a form property becomes text.
#[derive(Debug)]
pub(crate) enum Encoding {
    Style {
        style: Style,
        explode: bool,
        allow_reserved: bool,
    },
    /// As JSON, whatever the value is.
    Json { media_type: String },
}

impl Encoding {
    /// Returns the encoding in the default style of a location.
    pub(crate) fn default_of(location: Location) -> Self {
        let style = location.default_style();
        Encoding::Style {
            style,
            explode: style.explodes_by_default(),
            allow_reserved: false,
        }
    }
}
