//! The optional modules of the runtime that an API needs.

use std::collections::BTreeSet;

use super::credentials::Credential;
use super::definitions::Definition;
use super::operations::OperationModule;
use super::parameters::Writer;
use crate::ir::{Api, BodyKind, ResponseShape, Shape, Type};
use crate::runtime_sources::{OPTIONAL, RuntimeModule};

/// Returns the modules that the output names, and those that they need, by name.
pub(super) fn needed(
    api: &Api,
    credentials: &[Credential<'_>],
    modules: &[OperationModule<'_>],
    definitions: &[Definition<'_>],
    has_mock: bool,
) -> Vec<&'static RuntimeModule> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for part in api.values().flat_map(Type::walk) {
        match part {
            Type::Scalar(scalar) => names.extend(scalar.facts().runtime_module),
            Type::Tuple(_) => names.extend(["tuple"]),
            Type::JsonText(_) => names.extend(["json_text"]),
            _ => {}
        }
    }
    names.extend(credentials.iter().filter_map(Credential::runtime_module));
    let operations = modules.iter().flat_map(|module| &module.operations);
    for operation in operations {
        let bodies = operation.ir.body.iter().flat_map(|body| &body.contents);
        names.extend(bodies.flat_map(|content| of_request(content.kind)));
        match &operation.ir.success {
            ResponseShape::Empty | ResponseShape::Enum(_) => {}
            ResponseShape::Redirect => {
                names.insert("redirect");
            }
            ResponseShape::Single(body) => names.extend(of_response(body.kind)),
            ResponseShape::Optional(body) => {
                names.insert("optional_body");
                names.extend(of_response(body.kind));
            }
        }
        if let (true, Some(stream)) = (operation.ir.offers_stream, operation.ir.stream()) {
            names.extend(of_response(stream.kind));
        }
        if operation.pages.is_some() {
            names.extend(["page_iterator", "pages"]);
        }
        for parameter in &operation.parameters {
            if let Writer::Styled(styled) = &parameter.writer {
                names.insert(styled.module);
            }
        }
    }
    for definition in definitions {
        names.extend(definition.runtime_module);
        if let Shape::ResponseEnum { variants, .. } = &definition.ir.shape {
            let bodies = variants
                .iter()
                .filter_map(|variant| variant.content.as_ref());
            let texts = bodies.filter(|(_, body)| body.kind == BodyKind::Text);
            names.extend(texts.flat_map(|_| of_response(BodyKind::Text)));
        }
    }
    if has_mock {
        names.insert("mock");
    }
    loop {
        let named = OPTIONAL.iter().filter(|part| names.contains(part.name));
        let others: BTreeSet<&str> = named.flat_map(|module| module.modules).copied().collect();
        if others.is_subset(&names) {
            break;
        }
        names.extend(others);
    }
    let parts = OPTIONAL.iter();
    parts.filter(|part| names.contains(part.name)).collect()
}

fn of_request(kind: BodyKind) -> &'static [&'static str] {
    match kind {
        BodyKind::Json => &[],
        BodyKind::Text | BodyKind::Stream => &["text"],
        BodyKind::Bytes | BodyKind::Items(_) => &["request_body"],
        BodyKind::Form => &["form"],
        BodyKind::Multipart => &["multipart"],
    }
}

fn of_response(kind: BodyKind) -> &'static [&'static str] {
    match kind {
        BodyKind::Json => &[],
        BodyKind::Text => &["text"],
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => {
            &["binary", "byte_reader", "byte_stream"]
        }
        BodyKind::Stream => &["byte_reader", "byte_stream"],
        BodyKind::Items(_) => &["item_reader", "item_stream"],
    }
}
