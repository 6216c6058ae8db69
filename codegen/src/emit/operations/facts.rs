//! What the emitters of operations ask of one.

use heck::ToShoutySnakeCase;
use quote::format_ident;

use crate::ir::{Location, Operation, Parameter, Status};

pub(in crate::emit) fn static_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}", operation.name.to_shouty_snake_case())
}

pub(super) fn path_parameters(operation: &Operation) -> Vec<&Parameter> {
    let parameters = operation.parameters.iter();
    parameters
        .filter(|parameter| parameter.location == Location::Path)
        .collect()
}

/// The statuses of an answer, as documentation names them.
pub(in crate::emit) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "otherwise".to_owned(),
    }
}

/// The parameters that are arguments of the method.
pub(super) fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
}
