//! The requests of operations as the description has them, for those who check requests: what is
//! resolved and lowered elsewhere, but without a loss, and of schemas what bears on values alone.

use openapiv3::{Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem};
use serde_json::{Map, Value, json};

use super::Lowering;
use super::parameters::REFUSED;
use crate::source::pointer::Pointer;

/// The keywords of schemas that bear on values.
const KEYWORDS: [&str; 27] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
];

impl<'a> Lowering<'a> {
    /// The component schemas; none without a mock.
    pub(super) fn schemas(&self) -> Vec<(String, Value)> {
        if !self.mock {
            return Vec::new();
        }
        let components = self.document.components.iter();
        let schemas = components.flat_map(|components| &components.schemas);
        schemas
            .map(|(name, schema)| (name.clone(), pruned(json!(schema))))
            .collect()
    }

    /// The parameters and the body of an operation, with OpenAPI's own keys; null without a mock.
    pub(super) fn request(
        &mut self,
        item: &'a PathItem,
        operation: &'a Operation,
        at: &Pointer,
    ) -> Value {
        if !self.mock {
            return Value::Null;
        }
        // What is wrong with references is told where they are lowered.
        let told = self.problems.len();
        let mut parameters: Vec<Value> = Vec::new();
        for parameter in item.parameters.iter().chain(&operation.parameters) {
            let Some((parameter, at)) = self.resolve(parameter, at) else {
                continue;
            };
            if self.is_ignored(parameter, &at) {
                continue;
            }
            let parameter = self::parameter(parameter);
            // One of the operation takes the place of one of the path.
            parameters.retain(|other| {
                ["name", "in"]
                    .iter()
                    .any(|key| other[key] != parameter[key])
            });
            parameters.push(parameter);
        }
        let mut request = Map::new();
        if !parameters.is_empty() {
            request.insert("parameters".to_owned(), Value::Array(parameters));
        }
        let body = operation.request_body.as_ref();
        if let Some((body, _)) = body.and_then(|body| self.resolve(body, at)) {
            let contents = body.content.iter().map(|(media_type, content)| {
                let schema = content.schema.as_ref().map(|schema| pruned(json!(schema)));
                (media_type.clone(), json!({"schema": schema}))
            });
            let contents: Map<String, Value> = contents.collect();
            let body = json!({"required": body.required, "content": contents});
            request.insert("requestBody".to_owned(), body);
        }
        self.problems.truncate(told);
        Value::Object(request)
    }
}

fn parameter(parameter: &Parameter) -> Value {
    let data: &ParameterData = parameter.parameter_data_ref();
    let (location, style) = match parameter {
        Parameter::Query { style, .. } => ("query", json!(style)),
        Parameter::Header { style, .. } => ("header", json!(style)),
        Parameter::Path { style, .. } => ("path", json!(style)),
        Parameter::Cookie { style, .. } => ("cookie", json!(style)),
    };
    let mut value = json!({"name": data.name, "in": location, "style": style});
    let mut set = |key: &str, part: Value| value[key] = part;
    if data.required {
        set("required", Value::Bool(true));
    }
    if let Some(explode) = data.explode {
        set("explode", Value::Bool(explode));
    }
    if let Some(refused) = data.extensions.get(REFUSED) {
        set("refused", refused.clone());
    }
    if let ParameterSchemaOrContent::Schema(schema) = &data.format {
        set("schema", pruned(json!(schema)));
    }
    value
}

/// A schema with the keywords alone that bear on values.
fn pruned(schema: Value) -> Value {
    let Value::Object(map) = schema else {
        return schema;
    };
    let kept = map.into_iter().filter(|(key, value)| {
        let says_nothing = matches!(value, Value::Null | Value::Bool(false));
        KEYWORDS.contains(&key.as_str()) && (!says_nothing || key == "additionalProperties")
    });
    let pruned = kept.map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(map)) => map
                .into_iter()
                .map(|(name, schema)| (name, pruned(schema)))
                .collect(),
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.into_iter().map(pruned).collect()
            }
            ("items" | "not" | "additionalProperties", schema) => pruned(schema),
            (_, value) => value,
        };
        (key, value)
    });
    Value::Object(pruned.collect())
}
