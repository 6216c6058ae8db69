//! The objects of OpenAPI 3.0.3, as tables.

use super::json_type::JsonType;
use super::object_model::FieldType::{
    self, Any, Boolean, BooleanOrSchema, Content, Count, Enumeration, List, Map, Number, OneOf,
    OrReference, String,
};
use super::object_model::{
    KeyPattern, Object, component, may, must, must_if, must_unless, object, patterned,
};
use super::style::{Location, Style};

pub(crate) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        must("openapi", String),
        must("info", FieldType::Object(&INFO)),
        may("servers", List(&FieldType::Object(&SERVER))),
        must("paths", FieldType::Object(&PATHS)),
        may("components", FieldType::Object(&COMPONENTS)),
        may("security", List(&Map(&List(&String)))),
        may("tags", List(&FieldType::Object(&TAG))),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
    ],
);

pub(crate) static INFO: Object = object(
    "Info Object",
    &[
        must("title", String),
        may("description", String),
        may("termsOfService", String),
        may("contact", FieldType::Object(&CONTACT)),
        may("license", FieldType::Object(&LICENSE)),
        must("version", String),
    ],
);

pub(crate) static CONTACT: Object = object(
    "Contact Object",
    &[
        may("name", String),
        may("url", String),
        may("email", String),
    ],
);

pub(crate) static LICENSE: Object = object(
    "License Object",
    &[must("name", String), may("url", String)],
);

pub(crate) static SERVER: Object = object(
    "Server Object",
    &[
        must("url", String),
        may("description", String),
        may("variables", Map(&FieldType::Object(&SERVER_VARIABLE))),
    ],
);

pub(crate) static SERVER_VARIABLE: Object = object(
    "Server Variable Object",
    &[
        may("enum", List(&String)),
        must("default", String),
        may("description", String),
    ],
);

pub(crate) static COMPONENTS: Object = object(
    "Components Object",
    &[
        may("schemas", Map(&OrReference(&SCHEMA))),
        may("responses", Map(&OrReference(&RESPONSE))),
        may("parameters", Map(&OrReference(&PARAMETER))),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        may("headers", Map(&OrReference(&HEADER))),
        may("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        may("links", Map(&OrReference(&LINK))),
        may("callbacks", Map(&OrReference(&CALLBACK))),
    ],
);

pub(crate) static PATHS: Object = patterned("Paths Object", &[], KeyPattern::Path);

pub(crate) static PATH_ITEM: Object = object(
    "Path Item Object",
    &[
        may("$ref", String),
        may("summary", String),
        may("description", String),
        may("get", FieldType::Object(&OPERATION)),
        may("put", FieldType::Object(&OPERATION)),
        may("post", FieldType::Object(&OPERATION)),
        may("delete", FieldType::Object(&OPERATION)),
        may("options", FieldType::Object(&OPERATION)),
        may("head", FieldType::Object(&OPERATION)),
        may("patch", FieldType::Object(&OPERATION)),
        may("trace", FieldType::Object(&OPERATION)),
        may("servers", List(&FieldType::Object(&SERVER))),
        may("parameters", List(&OrReference(&PARAMETER))),
    ],
);

pub(crate) static OPERATION: Object = object(
    "Operation Object",
    &[
        may("tags", List(&String)),
        may("summary", String),
        may("description", String),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
        may("operationId", String),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("requestBody", OrReference(&REQUEST_BODY)),
        must("responses", FieldType::Object(&RESPONSES)),
        may("callbacks", Map(&OrReference(&CALLBACK))),
        may("deprecated", Boolean),
        may("security", List(&Map(&List(&String)))),
        may("servers", List(&FieldType::Object(&SERVER))),
    ],
);

pub(crate) static EXTERNAL_DOCS: Object = object(
    "External Documentation Object",
    &[may("description", String), must("url", String)],
);

pub(crate) static PARAMETER: Object = component(
    "Parameter Object",
    "parameters",
    &[
        must("name", String),
        must("in", OneOf(&Location::KEYS)),
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(&Style::KEYS)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        must_unless("content", "schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content),
    ],
);

pub(crate) static REQUEST_BODY: Object = component(
    "Request Body Object",
    "requestBodies",
    &[
        may("description", String),
        must("content", Content),
        may("required", Boolean),
    ],
);

pub(crate) static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        may("schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("encoding", Map(&FieldType::Object(&ENCODING))),
    ],
);

pub(crate) static ENCODING: Object = object(
    "Encoding Object",
    &[
        may("contentType", String),
        may("headers", Map(&OrReference(&HEADER))),
        may("style", OneOf(&Style::KEYS)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
    ],
);

pub(crate) static RESPONSES: Object = patterned(
    "Responses Object",
    &[may("default", OrReference(&RESPONSE))],
    KeyPattern::Status,
);

pub(crate) static RESPONSE: Object = component(
    "Response Object",
    "responses",
    &[
        must("description", String),
        may("headers", Map(&OrReference(&HEADER))),
        may("content", Content),
        may("links", Map(&OrReference(&LINK))),
    ],
);

pub(crate) static CALLBACK: Object = Object {
    name: "Callback Object",
    section: Some("callbacks"),
    fields: &[],
    pattern: Some(KeyPattern::Expression),
};

pub(crate) static EXAMPLE: Object = component(
    "Example Object",
    "examples",
    &[
        may("summary", String),
        may("description", String),
        may("value", Any),
        may("externalValue", String),
    ],
);

pub(crate) static LINK: Object = component(
    "Link Object",
    "links",
    &[
        may("operationRef", String),
        may("operationId", String),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", String),
        may("server", FieldType::Object(&SERVER)),
    ],
);

pub(crate) static HEADER: Object = component(
    "Header Object",
    "headers",
    &[
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(&[Style::Simple.key()])),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content),
    ],
);

pub(crate) static TAG: Object = object(
    "Tag Object",
    &[
        must("name", String),
        may("description", String),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
    ],
);

pub(crate) static SCHEMA: Object = component(
    "Schema Object",
    "schemas",
    &[
        may("title", String),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Boolean),
        may("minimum", Number),
        may("exclusiveMinimum", Boolean),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", String),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Boolean),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", List(&String)),
        may("enum", Enumeration),
        may("type", OneOf(&JsonType::KEYS)),
        may("allOf", List(&OrReference(&SCHEMA))),
        may("oneOf", List(&OrReference(&SCHEMA))),
        may("anyOf", List(&OrReference(&SCHEMA))),
        may("not", OrReference(&SCHEMA)),
        must_if(("type", "array"), "items", OrReference(&SCHEMA)),
        may("properties", Map(&OrReference(&SCHEMA))),
        may("additionalProperties", BooleanOrSchema),
        may("description", String),
        may("format", String),
        may("default", Any),
        may("nullable", Boolean),
        may("discriminator", FieldType::Object(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", FieldType::Object(&XML)),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Boolean),
    ],
);

pub(crate) static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    &[must("propertyName", String), may("mapping", Map(&String))],
);

pub(crate) static XML: Object = object(
    "XML Object",
    &[
        may("name", String),
        may("namespace", String),
        may("prefix", String),
        may("attribute", Boolean),
        may("wrapped", Boolean),
    ],
);

pub(crate) static SECURITY_SCHEME: Object = component(
    "Security Scheme Object",
    "securitySchemes",
    &[
        must(
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        may("description", String),
        must_if(("type", "apiKey"), "name", String),
        must_if(
            ("type", "apiKey"),
            "in",
            OneOf(&["query", "header", "cookie"]),
        ),
        must_if(("type", "http"), "scheme", String),
        may("bearerFormat", String),
        must_if(("type", "oauth2"), "flows", FieldType::Object(&OAUTH_FLOWS)),
        must_if(("type", "openIdConnect"), "openIdConnectUrl", String),
    ],
);

pub(crate) static OAUTH_FLOWS: Object = object(
    "OAuth Flows Object",
    &[
        may("implicit", FieldType::Object(&OAUTH_FLOW)),
        may("password", FieldType::Object(&OAUTH_FLOW)),
        may("clientCredentials", FieldType::Object(&OAUTH_FLOW)),
        may("authorizationCode", FieldType::Object(&OAUTH_FLOW)),
    ],
);

pub(crate) static OAUTH_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        may("authorizationUrl", String),
        may("tokenUrl", String),
        may("refreshUrl", String),
        must("scopes", Map(&String)),
    ],
);

/// Every object, for naming the one that a misplaced key belongs to; the likeliest first.
pub(crate) static OBJECTS: &[&Object] = &[
    &OPERATION,
    &PARAMETER,
    &SCHEMA,
    &MEDIA_TYPE,
    &RESPONSE,
    &REQUEST_BODY,
    &PATH_ITEM,
    &COMPONENTS,
    &INFO,
    &OPENAPI,
    &SECURITY_SCHEME,
    &SERVER,
    &SERVER_VARIABLE,
    &EXAMPLE,
    &ENCODING,
    &LINK,
    &DISCRIMINATOR,
    &OAUTH_FLOW,
    &XML,
];
