//! Parameters: what a method takes for each, and how the value gets into the request.

use super::type_facts::{Argument, Text};
use super::types::{Types, rust_type};
use crate::ir::{self, Encoding, Location, Operation, Scalar, Style, Type};

pub(crate) struct Parameter<'a> {
    pub(crate) ir: &'a ir::Parameter,
    /// Type of the method's argument, if the parameter is required.
    pub(crate) argument_type: String,
    pub(crate) writer: Writer,
}

/// How the value of a parameter gets into the request.
pub(crate) enum Writer {
    /// As one text, or as one text for each item of a list.
    Plain(Plain),
    /// By an optional module of the runtime.
    Styled(Styled),
}

/// A value or a list of values, each of which is one text.
pub(crate) struct Plain {
    pub(crate) is_list: bool,
    /// Rust type of the value, or of an item of the list.
    pub(crate) rust_type: String,
    pub(crate) is_copy: bool,
    pub(crate) text: Text,
}

/// A value that an optional module of the runtime writes.
pub(crate) struct Styled {
    pub(crate) module: &'static str,
    pub(crate) style: RuntimeStyle,
    pub(crate) has_rfc3339: bool,
    /// How the argument becomes a value of this type first.
    pub(crate) conversion: Option<(Argument, String)>,
}

/// Returns the parameters of an operation.
pub(super) fn parameters<'a>(types: &Types<'_>, operation: &'a Operation) -> Vec<Parameter<'a>> {
    let is_in_path = |parameter: &ir::Parameter| parameter.location == Location::Path;
    // One module writes either all parameters of a path or none.
    let is_path_styled = operation
        .parameters
        .iter()
        .any(|parameter| is_in_path(parameter) && plain(types, parameter).is_none());
    let planned = operation.parameters.iter().map(|parameter| Parameter {
        ir: parameter,
        argument_type: match types.resolve(&parameter.value) {
            Type::Scalar(Scalar::String) => "&str".to_owned(),
            _ => types.argument_type(&parameter.value),
        },
        writer: match plain(types, parameter) {
            Some(plain) if !(is_path_styled && is_in_path(parameter)) => Writer::Plain(plain),
            _ => Writer::Styled(styled(types, parameter)),
        },
    });
    planned.collect()
}

/// Returns how the request itself writes a parameter, if it can.
fn plain(types: &Types<'_>, parameter: &ir::Parameter) -> Option<Plain> {
    let Encoding::Style {
        style,
        explode,
        allow_reserved: false,
    } = parameter.encoding
    else {
        return None;
    };
    let value = types.resolve(&parameter.value);
    let (is_list, item) = match (parameter.location, value) {
        (Location::Cookie, _) => return None,
        (Location::Query, Type::Array(items)) if style == Style::Form && explode => {
            (true, &**items)
        }
        _ if matches!(style, Style::Form | Style::Simple) => (false, value),
        _ => return None,
    };
    Some(Plain {
        is_list,
        rust_type: rust_type(item),
        is_copy: matches!(types.resolve(item), Type::Scalar(scalar) if scalar.facts().is_copy),
        text: types.text(item)?,
    })
}

fn styled(types: &Types<'_>, parameter: &ir::Parameter) -> Styled {
    let module = match (parameter.location, &parameter.encoding) {
        (Location::Path, _) => "styled_path",
        (Location::Header, _) => "styled_header",
        (Location::Cookie, _) => "styled_cookie",
        (
            Location::Query,
            Encoding::Style {
                allow_reserved: true,
                ..
            },
        ) => "reserved_query",
        (Location::Query, _) => "styled_query",
    };
    let is_str = types.text(&parameter.value) == Some(Text::Str);
    let conversion = match types.argument(&parameter.value) {
        Argument::Value => None,
        _ if is_str || !parameter.required => None,
        argument => Some((argument, rust_type(&parameter.value))),
    };
    Styled {
        module,
        style: RuntimeStyle::of(parameter.location, &parameter.encoding),
        has_rfc3339: types.has_rfc3339(&parameter.value),
        conversion,
    }
}

/// A style, as the runtime has it.
pub(crate) struct RuntimeStyle {
    /// The runtime's function for the style.
    pub(crate) function: &'static str,
    pub(crate) explode: bool,
}

impl RuntimeStyle {
    /// Returns the style of a parameter in a location. Properties of forms are as parameters of a query.
    pub(crate) fn of(location: Location, encoding: &Encoding) -> Self {
        let (function, explode) = match (encoding, location) {
            (Encoding::Json { .. }, Location::Query | Location::Cookie) => ("named_json", false),
            (Encoding::Json { .. }, Location::Path | Location::Header) => ("json", false),
            (Encoding::Style { style, explode, .. }, _) => {
                let function = match (style, location) {
                    (Style::Form, Location::Cookie) => "cookie",
                    (Style::Form, _) => "form",
                    (Style::Simple, _) => "simple",
                    (Style::Label, _) => "label",
                    (Style::Matrix, _) => "matrix",
                    (Style::SpaceDelimited, _) => "space_delimited",
                    (Style::PipeDelimited, _) => "pipe_delimited",
                    (Style::DeepObject, _) => "deep_object",
                };
                // An object in this style is always exploded.
                (function, *explode && *style != Style::DeepObject)
            }
        };
        RuntimeStyle { function, explode }
    }
}
