//! Parameters of operations.

use std::mem::discriminant;

use openapiv3::{
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle,
    ReferenceOr,
};
use serde_json::Value;

use super::Lowering;
use crate::code::Code;
use crate::ir::{
    self, Access, BodyKind, Encoding, Field, Location, Presence, Shape, Style, Type, TypeDefinition,
};
use crate::names::{Casing, Scope, type_name};
use crate::openapi::extension::REFUSED_VALUES;
use crate::openapi::path_template::PathTemplate;
use crate::openapi::style::is_ignored_header;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The parameters of an operation, and the name of the type that holds the optional ones.
    pub(super) fn lower_parameters(
        &mut self,
        path: &str,
        item: &'a PathItem,
        operation: &'a Operation,
        id: &str,
        at: &Pointer,
    ) -> (Vec<ir::Parameter>, Option<String>) {
        let path_at = Pointer::root()
            .child("paths")
            .child(path)
            .child("parameters");
        let own_at = at.child("parameters");
        let shared = item.parameters.iter().enumerate();
        let shared = shared.map(|(index, parameter)| (parameter, path_at.child(index)));
        let own = operation.parameters.iter().enumerate();
        let own = own.map(|(index, parameter)| (parameter, own_at.child(index)));

        let mut found: Vec<(&Parameter, Pointer)> = Vec::new();
        for (parameter, at) in shared.chain(own) {
            let Some((parameter, at)) = self.resolve(parameter, &at) else {
                continue;
            };
            if self.is_ignored(parameter, &at) {
                continue;
            }
            // A parameter of the operation replaces one of the path.
            match found
                .iter()
                .position(|(other, _)| is_same(other, parameter))
            {
                Some(position) => found[position] = (parameter, at),
                None => found.push((parameter, at)),
            }
        }
        let template: Vec<&str> = PathTemplate::parse(path).names().collect();
        found.sort_by_key(|(parameter, _)| {
            match parameter {
                Parameter::Path { parameter_data, .. } => {
                    let mut names = template.iter();
                    names.position(|name| *name == parameter_data.name)
                }
                _ => None,
            }
            .unwrap_or(template.len())
        });

        // The method calls `request`. The others are its own arguments.
        let mut names = Scope::with(&["body", "body_type", "new", "params", "request", "self"]);
        let mut parameters = Vec::new();
        for (parameter, at) in found {
            let wire_name = &parameter.parameter_data_ref().name;
            let chosen = names.choose(wire_name, Casing::Snake);
            let name = self.named(chosen, wire_name, At::Value(at.child("name")));
            parameters.push(self.parameter(parameter, name, id, at));
        }
        let optional = self.define_options(&parameters, id, at);
        (parameters, optional)
    }

    /// Whether OpenAPI ignores this declaration. Reports it if so.
    fn is_ignored(&mut self, parameter: &Parameter, at: &Pointer) -> bool {
        let name = &parameter.parameter_data_ref().name;
        let Parameter::Header { .. } = parameter else {
            return false;
        };
        let is_ignored = is_ignored_header(name);
        if is_ignored {
            let problem = Problem::new(
                Code::IgnoredHeader,
                format!("the header parameter `{name}` is ignored"),
                At::Value(at.child("name")),
                "OpenAPI ignores header parameters of this name",
            );
            self.problem(problem.help(match name.to_ascii_lowercase().as_str() {
                "authorization" => "describe it as a security scheme",
                _ => "remove it: the client sets this header from the media types",
            }));
        }
        is_ignored
    }

    fn parameter(
        &mut self,
        parameter: &'a Parameter,
        name: String,
        id: &str,
        at: Pointer,
    ) -> ir::Parameter {
        let data = parameter.parameter_data_ref();
        let (location, style, allow_reserved) = match parameter {
            Parameter::Query {
                style,
                allow_reserved,
                ..
            } => (Location::Query, query_style(style), *allow_reserved),
            Parameter::Header { .. } => (Location::Header, Style::Simple, false),
            Parameter::Path { style, .. } => (Location::Path, path_style(style), false),
            Parameter::Cookie { .. } => (Location::Cookie, Style::Form, false),
        };
        let hint = format!("{id} {}", data.name);
        let (value, encoding) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let value = self.type_of(schema, &at.child("schema"), &hint);
                let explode = data.explode.unwrap_or(style.explodes_by_default());
                (
                    value,
                    Encoding::Style {
                        style,
                        explode,
                        allow_reserved,
                    },
                )
            }
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, schema) = match content.first() {
                    Some((media_type, content)) => (media_type.clone(), content.schema.as_ref()),
                    None => (String::new(), None),
                };
                let at = at.child("content").child(&media_type).child("schema");
                let value = schema.map_or(Type::Any, |schema| self.type_of(schema, &at, &hint));
                let kind = BodyKind::of(&media_type);
                (value, Encoding::Content { media_type, kind })
            }
        };
        ir::Parameter {
            wire_name: data.name.clone(),
            name,
            location,
            required: data.required,
            // Null has no text: a null parameter is left out.
            value: value.non_null().clone(),
            encoding,
            default: self.default_of(data),
            limits: self.limits(&at.child("schema")),
            description: data.description.clone(),
            deprecated: data.deprecated.unwrap_or(false),
            example: data.example.clone(),
            reserved_values: refused_values(data),
            at,
        }
    }

    /// The default of the schema of a parameter, with references resolved.
    fn default_of(&self, data: &ParameterData) -> Option<Value> {
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => schema,
            ParameterSchemaOrContent::Content(content) => content.first()?.1.schema.as_ref()?,
        };
        let schema = match schema {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => self.end_of(reference)?.0,
        };
        schema.schema_data.default.clone()
    }

    /// Defines the type of the optional parameters, unless there are none.
    fn define_options(
        &mut self,
        parameters: &[ir::Parameter],
        id: &str,
        at: &Pointer,
    ) -> Option<String> {
        let fields: Vec<Field> = parameters
            .iter()
            .filter(|parameter| !parameter.required)
            .map(|parameter| Field {
                at: parameter.at.clone(),
                wire_name: parameter.wire_name.clone(),
                name: parameter.name.clone(),
                value: parameter.value.clone(),
                presence: Presence::Optional,
                access: Access::Both,
                description: parameter.description.clone(),
                deprecated: parameter.deprecated,
                default: parameter.default.clone(),
                limits: parameter.limits.clone(),
                example: parameter.example.clone(),
            })
            .collect();
        if fields.is_empty() {
            return None;
        }
        let name = self.type_names.claim(type_name(&format!("{id} params")));
        self.definitions.push(TypeDefinition {
            at: at.clone(),
            name: name.clone(),
            description: Some(format!("The optional parameters of `{id}`.")),
            deprecated: false,
            default: None,
            limits: Vec::new(),
            is_constructible: true,
            shape: Shape::OptionalParameters(fields),
        });
        Some(name)
    }
}

/// Whether two declarations are of one parameter.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    discriminant(one) == discriminant(other)
        && one.parameter_data_ref().name == other.parameter_data_ref().name
}

/// Values of a path parameter that the client rejects.
fn refused_values(data: &ParameterData) -> Vec<String> {
    let listed = data.extensions.get(REFUSED_VALUES.key);
    let values = listed.and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Simple => Style::Simple,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix => Style::Matrix,
    }
}
