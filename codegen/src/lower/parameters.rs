//! Parameters of operations.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle,
};
use serde_json::Value;

use super::Lowering;
use super::schema_site::RefOrSchema;
use crate::code::Code;
use crate::ir::{
    self, Access, BodyKind, Encoding, Field, Location, Presence, Scalar, Shape, Struct, StructKind,
    Style, Type,
};
use crate::names::{Casing, Scope};
use crate::openapi::extension::REFUSED_VALUES;
use crate::openapi::path_template::{PathTemplate, query_names};
use crate::openapi::style::{is_framing_header, is_ignored_header};
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

        let template: Vec<&str> = PathTemplate::parse(path).names().collect();
        let in_template: HashSet<&str> = template.iter().copied().collect();
        let credentials = self.credential_places(operation);
        // A literal query of the path and the client's credentials are not arguments as well.
        let is_filled = |parameter: &Parameter| {
            let name = parameter.parameter_data_ref().name.as_str();
            let location = location(parameter);
            let same = |other: &str| match location {
                Location::Header => other.eq_ignore_ascii_case(name),
                _ => other == name,
            };
            location == Location::Path && !in_template.contains(name)
                || location == Location::Query && query_names(path).any(same)
                || credentials
                    .iter()
                    .any(|(place, other)| *place == location && same(other))
        };
        let mut found: IndexMap<(Location, String), (&Parameter, Pointer)> = IndexMap::new();
        for (parameter, at) in shared.chain(own) {
            let resolved = self.resolve(parameter, &at, "parameters", |all| &all.parameters);
            let Some((parameter, at)) = resolved else {
                continue;
            };
            if self.is_ignored(parameter, &at) || is_filled(parameter) {
                continue;
            }
            // A parameter of the operation replaces one of the path.
            let name = &parameter.parameter_data_ref().name;
            let identity = match location(parameter) {
                Location::Header => (Location::Header, name.to_ascii_lowercase()),
                location => (location, name.clone()),
            };
            found.insert(identity, (parameter, at));
        }
        let (mut in_path, others): (IndexMap<_, _>, IndexMap<_, _>) = found
            .into_iter()
            .partition(|((location, _), _)| *location == Location::Path);
        // The method calls `request`. The others are its own arguments.
        let mut names = Scope::with(&["body", "body_type", "new", "params", "request", "self"]);
        let mut parameters = Vec::new();
        for wire_name in template {
            let declared = in_path.swap_remove(&(Location::Path, wire_name.to_owned()));
            let place = match &declared {
                Some((_, at)) => At::Value(at.child("name")),
                None => At::Key(at.clone()),
            };
            let chosen = names.choose(wire_name, Casing::Snake);
            let name = self.named(chosen, wire_name, place);
            parameters.push(match declared {
                Some((parameter, at)) => self.parameter(parameter, name, id, at),
                None => undeclared(wire_name, name, at.clone()),
            });
        }
        for (_, (parameter, at)) in others {
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
                match is_framing_header(name) {
                    true => "the HTTP library sets this header",
                    false => "OpenAPI ignores header parameters of this name",
                },
            );
            self.problem(problem.help(match name.to_ascii_lowercase().as_str() {
                "authorization" => "describe it as a security scheme",
                _ if is_framing_header(name) => "remove it",
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
        let location = location(parameter);
        let (style, allow_reserved) = match parameter {
            Parameter::Query {
                style,
                allow_reserved,
                ..
            } => (query_style(style), *allow_reserved),
            Parameter::Path { style, .. } => (path_style(style), false),
            Parameter::Header { .. } | Parameter::Cookie { .. } => {
                (location.default_style(), false)
            }
        };
        let hint = format!("{id} {}", data.name);
        let default = Encoding::default_of(location);
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
                match BodyKind::of(&media_type) {
                    BodyKind::Json => {
                        let value = schema.map(|schema| self.type_of(schema, &at, &hint));
                        (value.unwrap_or(Type::Any), Encoding::Json { media_type })
                    }
                    // Text that the caller has encoded.
                    _ => (Type::Scalar(Scalar::String), default),
                }
            }
        };
        ir::Parameter {
            wire_name: data.name.clone(),
            name,
            location,
            required: data.required || location == Location::Path,
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
    fn default_of(&self, data: &'a ParameterData) -> Option<Value> {
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => schema,
            ParameterSchemaOrContent::Content(content) => content.first()?.1.schema.as_ref()?,
        };
        let schema = self.schema_of(RefOrSchema::of(schema))?;
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
        let shape = Shape::Struct(Struct {
            kind: StructKind::OptionalParameters,
            fields,
            constructor: Vec::new(),
            rest: None,
        });
        let description = format!("The optional parameters of `{id}`.");
        Some(self.define_own(&format!("{id} params"), description, shape, at))
    }
}

/// A parameter of the path that nothing declares: a string.
fn undeclared(wire_name: &str, name: String, at: Pointer) -> ir::Parameter {
    ir::Parameter {
        wire_name: wire_name.to_owned(),
        name,
        location: Location::Path,
        required: true,
        value: Type::Scalar(Scalar::String),
        encoding: Encoding::default_of(Location::Path),
        default: None,
        limits: Vec::new(),
        description: None,
        deprecated: false,
        example: None,
        reserved_values: Vec::new(),
        at,
    }
}

fn location(parameter: &Parameter) -> Location {
    match parameter {
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Path { .. } => Location::Path,
        Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// Values of a path parameter that the client rejects.
fn refused_values(data: &ParameterData) -> Vec<String> {
    let listed = data.extensions.get(REFUSED_VALUES.key);
    let values = listed.and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
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
